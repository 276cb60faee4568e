"""Evidence: the likelihood ratios of the alignment method, and the segments that they add up to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from stemmata.kernels.evidence import (
    best_segment,
    estimate_rates,
    log_ratio,
    matched_evidence,
    presence,
)
from stemmata.kernels.postings import postings
from tests.oracles import evidence as oracle

TYPES = 6
texts = st.lists(st.integers(0, TYPES - 1), min_size=1, max_size=25)
frequencies = st.lists(st.floats(1e-6, 0.3), min_size=TYPES, max_size=TYPES)
rates = st.floats(0.1, 0.98)


def ids(words: list[int]) -> NDArray[np.int32]:
    return np.array(words, np.int32)


@st.composite
def bounds(draw: st.DrawFn, size: int, shortest: int = 0) -> tuple[int, int]:
    low = draw(st.integers(0, size - shortest))
    return low, draw(st.integers(low + shortest, size))


@given(st.integers(0, 2), st.floats(0, 1), st.floats(0, 1), rates, rates)
def test_a_level_is_worth_its_likelihood_ratio(level: int, p1: float, share: float, q: float, r: float) -> None:
    value = log_ratio(level, p1, p1 * share, q, r)
    assert value == pytest.approx(oracle.log_ratio(level, p1, p1 * share, q, r))
    assert value <= 5


@given(texts, texts, frequencies, st.data(), rates, rates)
def test_presence_looks_for_a_word_and_for_its_neighbours(
    x: list[int], y: list[int], frequency: list[float], data: st.DataObject, q: float, r: float
) -> None:
    """Level 1 where the word stands in the interval, 2 where a neighbour matches within two words."""
    x0, x1 = data.draw(bounds(len(x)))
    y0, y1 = data.draw(bounds(len(y)))
    value, level = np.full(len(x), np.nan), np.full(len(x), 9, np.int8)
    first, places = postings(ids(y), TYPES)
    presence(ids(x), ids(y), np.array(frequency), first, places, x0, x1, y0, y1, q, r, value, level)
    expected = oracle.presence(x, y, frequency, (x0, x1, y0, y1), q, r)
    assert level[x0:x1].tolist() == [one for one, _ in expected]
    assert value[x0:x1].tolist() == pytest.approx([one for _, one in expected])
    assert set(level[:x0]) | set(level[x1:]) <= {9}


@pytest.mark.parametrize(
    ("x", "y", "level"),
    [
        ([5, 1], [5, 1], 2),
        ([5, 1], [5, 7, 1], 2),
        ([5, 6, 1], [5, 1], 2),
        ([5, 6, 1], [5, 7, 1], 1),
        ([5, 1], [1, 5], 1),
        ([1, 5], [7, 1, 5], 2),
        ([5, 6], [5, 7], 0),
    ],
)
def test_a_neighbour_stands_on_the_same_side_within_two_words(x: list[int], y: list[int], level: int) -> None:
    """Both at distance two is too far; on the other side is no phrase."""
    at = x.index(1) if 1 in x else 1
    frequency = [0.01] * 8
    assert oracle.presence(x, y, frequency, (at, at + 1, 0, len(y)), 0.6, 0.5)[0][0] == level
    value, found = np.zeros(len(x)), np.zeros(len(x), np.int8)
    presence(ids(x), ids(y), np.array(frequency), *postings(ids(y), 8), at, at + 1, 0, len(y), 0.6, 0.5, value, found)
    assert found[at] == level


def test_a_word_that_stands_very_often_is_looked_at_64_times() -> None:
    """The neighbour beside its 65th occurrence is not seen."""
    x = [0, 1]
    for meetings, expected in ((64, 2), (65, 1)):
        y = [0] * (meetings - 1) + [2, 2, 0, 1]
        value, level = np.zeros(2), np.zeros(2, np.int8)
        first, places = postings(ids(y), 3)
        presence(ids(x), ids(y), np.full(3, 0.01), first, places, 0, 1, 0, len(y), 0.6, 0.5, value, level)
        assert level[0] == expected
        assert oracle.presence(x, y, [0.01] * 3, (0, 1, 0, len(y)), 0.6, 0.5)[0][0] == expected


@given(texts, frequencies, st.data(), rates, rates)
def test_matched_evidence_counts_partners_inside_the_interval(
    x: list[int], frequency: list[float], data: st.DataObject, q: float, r: float
) -> None:
    """No partner is no match, also where the interval begins below -1."""
    some = st.lists(st.integers(-1, 30), min_size=len(x), max_size=len(x))
    partner = data.draw(some)
    context = data.draw(st.lists(st.sampled_from([1e-4, 0.02, 1.0]), min_size=len(x), max_size=len(x)))
    x0, x1 = data.draw(bounds(len(x)))
    low = data.draw(st.integers(-20, 30))
    high = data.draw(st.integers(low, 50))
    value, level = np.zeros(len(x)), np.zeros(len(x), np.int8)
    matched_evidence(
        ids(x), np.array(frequency), x0, x1, ids(partner), np.array(context), low, high, 24.0, q, r, value, level
    )
    expected = oracle.matched_evidence(x, frequency, (x0, x1), partner, context, (low, high), 24.0, q, r)
    assert level[x0:x1].tolist() == [one for one, _ in expected]
    assert value[x0:x1].tolist() == pytest.approx([one for _, one in expected])


@given(texts, frequencies, st.data(), st.floats(1, 500))
def test_rates_are_shares_less_chance(x: list[int], frequency: list[float], data: st.DataObject, length: float) -> None:
    """With a prior worth four words; q stays in [.4, .98] and r in [.1, .98]."""
    levels = data.draw(st.lists(st.integers(0, 2), min_size=len(x), max_size=len(x)))
    found = estimate_rates(ids(x), np.array(frequency), 0, len(x), length, np.array(levels, np.int8))
    assert found == pytest.approx(oracle.estimate_rates(x, frequency, length, levels))


@given(
    st.lists(st.integers(-4, 5), min_size=3, max_size=40),
    st.data(),
    st.integers(1, 12),
    st.sampled_from([3.0, 8.0, 1000.0]),
)
def test_best_segment_runs_from_the_best_window_to_the_best_cuts(
    words: list[int], data: st.DataObject, window: int, drop: float
) -> None:
    """Whole numbers, so that sums are exact and equal cuts are told apart by nearness alone."""
    bonus = data.draw(st.lists(st.integers(-3, 3), min_size=len(words) + 1, max_size=len(words) + 1))
    low, high = data.draw(bounds(len(words), 1))
    near_from = data.draw(st.integers(low, high - 1))
    near_to = data.draw(st.integers(near_from + 1, high))
    value, earned = np.array(words, float), np.array(bonus, float)
    found = best_segment(value, near_from, near_to, low, high, earned, window, drop)
    expected = oracle.best_segment(words, (near_from, near_to), (low, high), bonus, window, drop)
    assert found == expected
    start, end, score = found
    assert score == bonus[start] + sum(words[start:end]) + bonus[end]


@pytest.mark.parametrize(("drop", "segment"), [(9.5, (4, 9)), (10.0, (0, 13))])
def test_the_walk_ends_where_it_has_fallen_too_far(drop: float, segment: tuple[int, int]) -> None:
    """Ten below its top on either side there is more to win, for those who go on."""
    value = np.array([9.0, 9, -5, -5, 1, 2, 9, 2, 1, -5, -5, 9, 9])
    found = best_segment(value, 5, 8, 0, 13, np.zeros(14), 3, drop)
    assert found[:2] == segment
