"""Names by their capitals."""

from __future__ import annotations

import numpy as np

from stemmata.alterations.names import find_names
from stemmata.tokens import hash_words, words_of

NO_WORDS = np.zeros(0, np.uint64)


def names(text: str, other: str = "", abbreviated: tuple[str, ...] = (), marked: bool = True) -> list[str]:
    words = words_of(text)
    ((found, _), _) = find_names((words, words_of(other)), NO_WORDS, np.unique(hash_words(abbreviated)), names=marked)
    return [text[words.start[k] : words.end[k]] for k in np.flatnonzero(found)]


def test_a_capital_inside_a_sentence_is_a_name() -> None:
    assert names("Rain fell when old Captain Marnow left the harbour of Lund for good.") == [
        "Captain",
        "Marnow",
        "Lund",
    ]


def test_a_sentence_begins_with_a_name_if_it_stands_inside_another_one() -> None:
    """In either text; not if it stands anywhere in lower case."""
    text = "Marnow left at dawn. Rain had fallen all night long."
    assert names(text) == []
    assert names(text, "they waited for Marnow and the rain") == ["Marnow"]


def test_a_full_stop_after_an_abbreviation_ends_no_sentence() -> None:
    text = "they waited all night long for Dr. Marnow and his dog"
    assert names(text) == ["Dr"]
    assert names(text, abbreviated=("dr",)) == ["Dr", "Marnow"]


def test_in_headlines_and_in_german_a_capital_is_no_sign_of_a_name() -> None:
    """German writes every noun with a capital."""
    assert names("Old Ferry Finds New Harbour After Long Search Along Coast\n\nthe boat was found by a dog") == []
    assert names("Der alte Kapitän verließ den Hafen mit seinem Hund und einem Brief.", marked=False) == []


def test_a_script_without_capitals_has_no_names() -> None:
    assert names("غادر القبطان الميناء مع كلبه") == []


def test_names_known_otherwise_come_on_top_and_are_known_in_both_texts() -> None:
    """A name without a capital is one where it was recognised; one with a capital, wherever it has one."""
    texts = "Marnow met olsen. Rain fell on olsen.", "Marnow left the harbour. Rain fell."
    sides = words_of(texts[0]), words_of(texts[1])
    known = np.zeros(len(sides[0]), bool), np.zeros(len(sides[1]), bool)
    known[0][[0, 2]] = True
    for marked, expected in ((True, [["Marnow", "olsen"], ["Marnow"]]), (False, [["Marnow", "olsen"], []])):
        found = find_names(sides, NO_WORDS, NO_WORDS, known, names=marked)
        assert [
            [text[words.start[k] : words.end[k]] for k in np.flatnonzero(held)]
            for text, words, (held, _) in zip(texts, sides, found, strict=True)
        ] == expected
