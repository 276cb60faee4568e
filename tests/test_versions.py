"""Versions of one text: what was edited beside passages that are the same word for word."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from stemmata.alignments import align
from stemmata.relations import classify
from tests.witnesses import WITNESSES

STRANGER = WITNESSES["en"].stranger.strip()
FIRST = (
    "The lamp room of the old lighthouse at Skerrow Point will open to visitors in May, the harbour trust said on "
    "Tuesday. Its brass gallery has been shut since a storm tore away the outer rail nineteen years ago."
)
SECOND = (
    "Volunteers scraped eleven layers of paint from the iron stair and found the names of four keepers under the "
    "last of them. The trust has decided to leave one step as it was, so that children may count the coats."
)
THIRD = (
    "Nobody lives on the point today, and the track floods twice a day with the tide. Visitors are asked to look at "
    "the table of tides by the gate before they set out, and to carry a torch."
)
FOURTH = "A café in the former oil store will sell soup and maps, and the income is to pay for a new rail."
PARTS = (FIRST, SECOND, THIRD, FOURTH)
ARTICLE = "\n\n".join(PARTS)
LAST = FOURTH.removesuffix(".")


def relation(a: str, b: str, language: str = "en") -> dict[str, Any]:
    documents = pa.table({"doc": ["a", "b"], "text": [a, b], "language": [language, language]})
    pairs = pa.table({"a": ["a"], "b": ["b"], "copy": pa.array([None], pa.string())})
    (row,) = classify(documents, pairs, align(documents, pairs)).to_pylist()
    return dict(row)


def kind(a: str, b: str) -> str:
    """The kind of a pair, which does not depend on the order of its texts."""
    (one, other) = (relation(*texts)["kind"] for texts in ((a, b), (b, a)))
    assert one == other
    return str(one)


@pytest.mark.parametrize(
    "copy",
    [
        f"{ARTICLE}\n\nThe trust expects some four thousand visitors in the first year.",
        f"It is a day that many on the coast had given up waiting for.\n\n{ARTICLE}",
        f"{ARTICLE} Tickets, which cost three pounds, are sold at the gate from the first of May on.",
        f"{ARTICLE[:-1]}, which is being forged by a smith in Marrow Bay.",
        f"{ARTICLE[:-1]}, allegedly.",
        f"Allegedly the{ARTICLE[3:]}",
        "\n\n".join(PARTS[:3]),
        "\n\n".join(PARTS[1:]),
        "\n\n".join([FIRST, THIRD, FOURTH]),
        "\n\n".join([FIRST, SECOND, STRANGER, THIRD, FOURTH]),
        "\n\n".join([SECOND, FIRST, THIRD, FOURTH]),
        "\n\n".join([THIRD, FOURTH, FIRST, SECOND]),
    ],
    ids=[
        "a sentence at the end",
        "a sentence at the beginning",
        "a sentence in the last paragraph",
        "the last sentence goes on",
        "a word at the end of the last sentence",
        "a word at the beginning of the first",
        "without the last paragraph",
        "without the first",
        "without the second",
        "another text in its middle",
        "two paragraphs exchanged",
        "its halves exchanged",
    ],
)
def test_a_text_that_gained_or_lost_a_sentence_or_was_put_in_another_order_is_edited(copy: str) -> None:
    """However few the words: nobody may be told that these are the same."""
    assert kind(ARTICLE, copy) == "edited"


@pytest.mark.parametrize(
    "copy",
    [
        f"Skerrow lighthouse to open again after nineteen years\n\n{ARTICLE}",
        f"Keepers of the old light open its brass gallery to all who dare to climb\n\nBy Nina Orlova\n\n{ARTICLE}",
        f"{ARTICLE}\n\nThis article first appeared in the Skerrow Mail.",
        f"{ARTICLE}\n\nSkerrow Mail, 4 May",
        f"Home\nNews\nSport\nWeather\nTides\n\n{ARTICLE}\n\nShare this on your favourite network\nContact\nAbout us",
        f"{ARTICLE}\n\nSubscribe to our newsletter for more stories from the coast every morning, free of charge.",
        f"{ARTICLE}\n\n© 2026 Skerrow Mail. All rights reserved. Nothing may be copied without leave of the owners.",
        "\n\n".join([FIRST, SECOND, "Read also: Ferry to the outer islands cancelled until the spring", THIRD, FOURTH]),
    ],
    ids=["headline", "headline and byline", "credit", "source", "menus", "newsletter", "rights", "related article"],
)
def test_a_reprint_in_another_frame_is_verbatim(copy: str) -> None:
    """Another headline, a byline, a credit, and what a site puts around its pages and into them."""
    assert kind(ARTICLE, copy) == "verbatim"


def test_an_extract_is_verbatim_unless_something_was_left_out_of_it() -> None:
    whole = "\n\n".join([*PARTS, STRANGER])
    assert kind(whole, SECOND) == "verbatim"
    assert kind(whole, f"Quoted from the Skerrow Mail\n\n{SECOND}") == "verbatim"
    assert kind(whole, f"{FIRST}\n\n{THIRD}") == "edited"


def test_a_paragraph_in_a_text_of_somebodys_own_is_verbatim() -> None:
    """Where it stands does not matter, nor that there are two in another order."""
    own = STRANGER.split("\n\n")
    assert kind(ARTICLE, "\n\n".join([own[0], SECOND, *own[1:]])) == "verbatim"
    assert kind(ARTICLE, "\n\n".join([SECOND, *own, FIRST])) == "verbatim"


def test_a_text_with_more_than_its_half_beside_it_is_one_that_it_was_taken_into() -> None:
    """Below that it is the same text, with additions."""
    assert kind(FIRST, f"{FIRST} {FOURTH}") == "edited"
    assert kind(FIRST, f"{FIRST}\n\n{SECOND}\n\n{THIRD}") == "verbatim"


def test_thirty_words_without_a_full_stop_are_prose() -> None:
    """In Thai no sign ends a sentence."""
    article = "ประภาคารเก่าที่ปลายแหลมจะเปิดให้ประชาชนเข้าชมในเดือนพฤษภาคม " * 2
    more = "อาสาสมัครได้ขูดสีเก่าออกจากบันไดเหล็กและพบชื่อของผู้ดูแลประภาคารสี่คน"
    assert relation(article, article + more, "th")["kind"] == "edited"
    assert relation(article, f"{article}\n\n{more[:12]}", "th")["kind"] == "verbatim"
