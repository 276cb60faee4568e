"""Who swaps words one by one breaks the company that they keep: counted pairs of words tell it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.direction.comparison import Comparison
from stemmata.direction.fitting import more_misfits, rougher, worse_swaps
from stemmata.languages import frequencies
from stemmata.surroundings import Counts, pair_keys, word_keys
from stemmata.tokens import words_of
from stemmata.wordpairs import NOTHING, WordPairs, word_pairs, written
from tests.directed import compare_by_textbook
from tests.oracles import direction as oracle

SHARES = {
    "the": 0.05,
    "fighter": 1e-4,
    "boxer": 3e-5,
    "aircraft": 2e-4,
    "flew": 5e-5,
    "over": 1e-3,
    "and": 0.03,
    "jet": 4e-5,
}
PROSE = (
    "the fighter aircraft flew over the aircraft and the boxer and the fighter jet flew over the fighter aircraft "
    "and the jet aircraft flew over the boxer"
)
BACKGROUND = PROSE.split()
PAIRS = Counter(pairwise(BACKGROUND))
words = st.lists(st.sampled_from([*SHARES, "gloam", "7"]), min_size=1, max_size=25)


def background() -> WordPairs:
    """The background, counted as the package counts."""
    hashes = words_of(PROSE).word
    counts = []
    for keys in (word_keys(hashes[:-1]), pair_keys(hashes)):
        kinds, times = np.unique(keys, return_counts=True)
        counts.append(Counts(kinds, times.astype(float)))
    return WordPairs(*counts)


def compared(x: list[str], y: list[str]) -> Comparison:
    """Two lists of words as one passage, beside the background."""
    return compare_by_textbook(x, y, SHARES, background())


@given(words, words)
def test_the_figures_are_those_of_the_textbook(x: list[str], y: list[str]) -> None:
    """The arrays give what loops over words give."""
    comparison = compared(x, y)
    for measure in (worse_swaps, more_misfits, rougher):
        expected = getattr(oracle, measure.__name__)(x, y, PAIRS, SHARES)
        assert measure(comparison).value == pytest.approx(expected, abs=1e-9)


@given(words, words)
def test_exchanging_the_sides_changes_the_sign(x: list[str], y: list[str]) -> None:
    """Whatever was counted."""
    one = compared(x, y)
    turned = Comparison(one.y, one.x, one.rows[:, [0, 3, 4, 1, 2]], one.passage, one.names)
    for measure in (worse_swaps, more_misfits, rougher):
        assert measure(one).value == pytest.approx(-measure(turned).value, abs=1e-12)


def test_a_word_of_the_wrong_sense_fits_its_place_worse() -> None:
    """A boxer aircraft is nowhere; the example shows what stands where."""
    measure = worse_swaps(compared(["the", "fighter", "aircraft", "flew"], ["the", "boxer", "aircraft", "flew"]))
    assert measure.value > 0
    assert measure.examples == [("fighter", "boxer")]


def test_the_shipped_counts_know_what_english_words_go_together() -> None:
    """Public-domain prose: fighters are aircraft and wars break out, boxers and damage do neither."""
    pairs, listed = word_pairs("en"), frequencies("en", "large")

    def fit(phrase: str, place: int) -> float:
        hashes = words_of(phrase).word
        links = pairs.links(hashes, listed.look_up(hashes, 0.0))
        return float(links[place - 1 : place + 1].sum())

    for good, bad, place in (
        ("a fighter aircraft landed", "a boxer aircraft landed", 1),
        ("war could break out", "war could damage out", 2),
        ("the presidential election", "the governmental election", 1),
    ):
        assert fit(good, place) > fit(bad, place) + 1


def test_a_language_without_counts_has_none() -> None:
    assert not word_pairs("la")
    assert not word_pairs(None)
    assert word_pairs("en")


def test_nothing_counted_says_nothing() -> None:
    """Every link is then 0 or what the prior says: nothing."""
    hashes = words_of("the fighter aircraft").word
    assert NOTHING.links(hashes, np.full(3, 0.01)) == pytest.approx([0.0, 0.0])


@given(st.lists(st.integers(0, 2**32 - 1), max_size=20))
def test_keys_are_written_in_eight_hexadecimal_digits(keys: list[int]) -> None:
    """As Python writes them."""
    assert written(np.array(keys, np.uint32)).to_pylist() == [f"{key:08x}" for key in keys]
