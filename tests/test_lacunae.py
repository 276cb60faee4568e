"""The sign for what is lost, and the words around it."""

from __future__ import annotations

from stemmata.collating.lacunae import SIGN, find_fragments, find_lacunae
from stemmata.readers.tei_text import GAP
from stemmata.tokens import words_of


def lost(text: str) -> tuple[list[int], list[str]]:
    """Before which words something is lost, and which words are fragments."""
    words = words_of(text)
    fragments = [text[words.start[n] : words.end[n]] for n in find_fragments(text, words).nonzero()[0]]
    return find_lacunae(text, words).nonzero()[0].tolist(), fragments


def test_a_sign_between_words_says_that_words_are_lost_there() -> None:
    assert lost("arma […] cano, Troiae [...] qui […]") == ([1, 3, 4], [])


def test_a_sign_that_touches_a_word_makes_a_fragment_of_it() -> None:
    assert lost("arma vir[…] cano […]iae qui") == ([2, 3], ["vir", "iae"])
    assert lost("ar[…]ma") == ([1], ["ar", "ma"])


def test_a_text_without_signs_has_lost_nothing() -> None:
    assert lost("בראשית ברא … אלהים [ברא]") == ([], [])
    assert lost("") == ([], [])
    assert lost("[…]") == ([0], [])


def test_the_reader_of_tei_writes_the_sign() -> None:
    assert SIGN.fullmatch(GAP)
