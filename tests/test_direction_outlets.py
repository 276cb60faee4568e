"""Names in credits: a careful person's eye for whether a line names an outlet."""

from __future__ import annotations

import pytest

from stemmata.direction.outlets import mentions, same_name
from stemmata.readers.attribution import find_attribution

NAMED = [
    ("First published in the Harbour Gazette.", "The Harbour Gazette"),
    ("First published in The Harbour Gazette.", "Harbour Gazette"),
    ("First published in the Harbour Gazette.", "harbourgazette.example"),
    ("First published in the Harbour Gazette.", "https://www.theharbourgazette.example/"),
    ("Originally published at harbourgazette.example", "Harbour Gazette"),
    ("Via www.harbour-gazette.example", "harbour-gazette.example"),
    ("This article first appeared in the HARBOUR GAZETTE", "Harbour Gazette"),
    ("First published by Skarvik-Posten.", "Skarvik Posten"),
    ("First published by Posten yesterday", "Posten"),
    ("Reprinted from the Gazette’s winter number", "The Gazette"),
    ("Dieser Artikel erschien zuerst in der Mornacher Zeitung.", "Mornacher Zeitung"),
    ("Dieser Artikel erschien zuerst im Mornacher Boten.", "Der Mornacher Bote"),
    ("Mit freundlicher Genehmigung des Mornacher Tagblatts", "Mornacher Tagblatt"),
    ("Zuerst erschienen in: Süddeutsche Küstenpost", "suddeutsche-kustenpost.example"),
    ("Cet article a été initialement publié dans L’Écho du Val.", "L'Écho du Val"),
    ("Avec l’aimable autorisation du Courrier du Val", "Le Courrier du Val"),
    ("Publicado originalmente en El Correo del Valle", "Correo del Valle"),
    ("Το άρθρο δημοσιεύτηκε αρχικά στον Ταχυδρόμο της Κοιλάδας.", "Ο Ταχυδρόμος της Κοιλάδας"),
    ("Αναδημοσίευση από την Καθημερινή της Λυγιώνας", "Η Καθημερινή της Λυγιώνας"),
    ("ΠΗΓΗ: ΤΑΧΥΔΡΟΜΟΣ", "Ταχυδρόμος"),
    ("Источник: Вестник долины", "Вестник долины"),
    ("Источник: по материалам «Вестника долины»", "Вестник долины"),
    ("来源：河谷日报网", "河谷日报"),
    ("出典：河谷新聞より", "河谷新聞"),
    ("출처: 하곡일보에서", "하곡일보"),
    ("المصدر: بريد الوادي", "بريد الوادي"),
]


@pytest.mark.parametrize(("line", "name"), NAMED)
def test_a_credit_that_names_an_outlet_is_found_and_understood(line: str, name: str) -> None:
    """With or without an article, by its name or its host, in the case that the sentence wants."""
    assert find_attribution(line) == line
    assert mentions(line, name)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Source: AP", "AP News"),
        ("First published in the New York Times", "Times"),  # a piece of a longer name
        ("First published in the New York Times", "times.example"),
        ("First published by Skarvik-Posten", "Posten"),
        ("Source: Gazette Weekly", "The Gazette"),
        ("Source: Metropolitan Police", "metro.example"),  # not a word of its own
        ("Source: the newspapers of the valley", "News"),  # names that name nobody
        ("Source: Valley news", "news"),
        ("Courtesy of the editors", "Editor"),
        ("Via https://elsewhere.example/lamp", "https://posten.example/"),
        ("Skarvik - photograph by the harbour office", "-"),
        ("First published in A", "A"),
        ("Источник: Вестник равнины", "Вестник долины"),
        ("来源：山谷日报", "河谷日报"),
        ("Source: the ferry", None),
    ],
)
def test_a_line_that_names_somebody_else_or_nobody_does_not_count(line: str, name: str | None) -> None:
    assert not mentions(line, name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Harbour Gazette", "harbour gazette", True),
        ("Harbour Gazette", "https://www.harbourgazette.example/", True),
        ("BBX", "bbx.example", True),
        ("Harbour Gazette", "Harbour Post", False),
        ("ada.blogspot.example", "bob.blogspot.example", False),
        ("News", "News", False),  # as good as unknown
        ("", "", False),
        (None, "Harbour Gazette", False),
    ],
)
def test_names_of_one_outlet_are_told_from_those_of_two(one: str | None, other: str | None, same: bool) -> None:
    assert same_name(one, other) == same == same_name(other, one)
