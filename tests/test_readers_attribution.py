"""Attributions: a credit is told from a mention."""

import pytest

from stemmata.readers.attribution import find_attribution

PROSE = """The old bridge over the Mornach was closed on Tuesday.
According to the Valley Courier, the flood has washed out two of its piers.
The novel was first published in 1820 and reprinted with great success.
Originally published in 1820, the novel made the bridge famous.
The source: a spring above the village, said the mayor. Reuters sent a reporter.
She came via London and left by train. The story was shared by thousands of readers.
Permission of the owner was never asked.
"""


@pytest.mark.parametrize(
    "line",
    [
        "This article first appeared in the Valley Courier.",
        "This article was originally published on Mornach Today and is republished here with permission.",
        "This story originally ran in The Harbour Gazette on 3 May 2019.",
        "A version of this article was previously published by the Valley Courier.",
        "Editor's note: This essay is adapted from a talk at the Bridge Society.",
        "This article is republished from The Conversation under a Creative Commons license.",
        "The post Old bridge closed appeared first on Mornach Today.",
        "This is an excerpt from “Bridges of the North”.",
        "Read the original article on Mornach Today.",
        "Originally published by the Valley Courier.",
        "(First published in the Harbour Gazette, May 2019)",
        "Reprinted with permission of the Valley Courier.",
        "* Reprinted by permission",
        "Cross-posted from Bridges Weekly",
        "With kind permission of the Bridge Society",
        "Courtesy of the Valley Courier",
        "Source: Valley Courier",
        "SOURCE: https://courier.example/bridge",
        "Original article: courier.example/bridge",
        "H/T Anna at Bridges Weekly",
        "via Bridges Weekly",
        "(via courier.example)",
        "By The Associated Press",
        "(Reuters)",
        "Copyright 2019 The Associated Press. All rights reserved.",
        "Dieser Artikel erschien zuerst in der Mornacher Zeitung.",
        "Dieser Beitrag wurde ursprünglich von der Mornacher Zeitung veröffentlicht.",
        "Zuerst erschienen in: Mornacher Zeitung",
        "Mit freundlicher Genehmigung der Mornacher Zeitung",
        "Quelle: Mornacher Zeitung",
        "Cet article a été initialement publié dans Le Courrier du Val.",
        "Publié initialement par Le Courrier du Val",
        "Avec l’aimable autorisation du Courrier du Val",
        "Source : Le Courrier du Val",
        "Este artículo fue publicado originalmente en El Correo del Valle.",
        "Publicado originalmente en El Correo del Valle",
        "Fuente: El Correo del Valle",
        "Con información de EFE",
        "Το άρθρο δημοσιεύτηκε αρχικά στον Ταχυδρόμο της Κοιλάδας.",
        "Πηγή: Ταχυδρόμος της Κοιλάδας",
        "ΠΗΓΗ: Ταχυδρόμος",
        "Αναδημοσίευση από τον Ταχυδρόμο",
        "Источник: Вестник долины",
        "来源：河谷日报",
        "المصدر: بريد الوادي",
    ],
)
def test_a_credit_is_found_among_prose_and_returned_as_a_line(line: str) -> None:
    assert find_attribution(f"{PROSE}\n  {line} \n\nMore of the text follows here.") == line


def test_whom_prose_quotes_or_mentions_is_no_source_of_the_text() -> None:
    assert find_attribution(PROSE) is None


@pytest.mark.parametrize(
    "line",
    [
        "This article was originally published on May 3, 2019.",
        "Originally published on 3 May 2019 at 10:30",
        "First published in 2019",
        "Cet article, initialement publié en avril 2017, a été mis à jour.",
        "Dieser Artikel wurde ursprünglich am 3. Mai 2019 veröffentlicht.",
        "Dieser Beitrag zeigt zunächst, wie die Brücke gebaut wurde.",
        "Source: ",
        "Quelle: Foto Anna Berg",
        "Photo courtesy of the Bridge Society",
        "Courtesy of Anna Berg (image)",
        "© dpa | Anna Berg",
        "Sources close to the mayor: no comment",
        "via the old road",
    ],
)
def test_a_date_a_picture_and_a_figure_of_speech_name_no_source(line: str) -> None:
    assert find_attribution(line) is None


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("MORNACH, May 3 (AP) — The old bridge was closed on Tuesday.", "MORNACH, May 3 (AP)"),
        ("LONDON (Reuters) - The bridge will stay shut.", "LONDON (Reuters)"),
        ("Mornach (dpa) - Die Brücke bleibt gesperrt.", "Mornach (dpa)"),
        ("(AFP) – Le pont restera fermé.", "(AFP)"),
    ],
)
def test_of_a_dateline_only_the_credit_is_returned(line: str, credit: str) -> None:
    assert find_attribution(line) == credit


def test_an_agency_within_a_sentence_is_no_credit() -> None:
    assert find_attribution("The agency Reuters (AP) has always been a rival of the (AFP) in London.") is None


def test_around_a_text_the_credits_of_agencies_may_be_those_of_other_texts() -> None:
    teaser = "PARIS (AFP) - Another story."
    assert find_attribution(teaser) == "PARIS (AFP)"
    assert find_attribution(teaser, agencies=False) is None


def test_a_sentence_about_the_text_goes_before_a_label_and_a_label_before_an_agency() -> None:
    dateline, label, sentence = "ROME (AP) — News.", "Source: Courier", "This post first appeared on Bridges Weekly."
    assert find_attribution(f"{dateline}\n{label}\n{sentence}") == sentence
    assert find_attribution(f"{dateline}\n{label}") == label


def test_of_a_long_line_only_the_sentence_is_returned() -> None:
    sentence = "This article was first published by the Valley Courier."
    assert find_attribution("The bridge is old. " * 30 + sentence + " The mayor agrees." * 20) == sentence


@pytest.mark.parametrize("text", ["", "\n\n", "via", "Source:", "This article " * 20_000, "(" * 50_000, "a: " * 50_000])
def test_texts_without_a_credit_are_gone_through_quickly(text: str) -> None:
    assert find_attribution(text) is None
