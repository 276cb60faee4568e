"""Runs of words that stand in both texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.runs import common_runs, free_of_overlap
from tests.oracles import runs as oracle
from tests.texts import edited

TYPES = 20
values = st.sampled_from([0.5, 2.0, 6.5, 9.75])
bonuses = st.sampled_from([-2.5, -0.5, 2.5])


def find(a: oracle.Side, b: oracle.Side, fewest: int) -> tuple[list[oracle.Run], int]:
    """What the kernel finds, in ascending order."""
    rows, evidence, passed = common_runs(
        np.array(a.words, np.int32), np.array(b.words, np.int32), np.array(a.value), np.array(b.value),
        np.array(a.bonus), np.array(b.bonus), fewest,
    )  # fmt: skip
    runs = [oracle.Run._make((*row, total)) for row, total in zip(rows.tolist(), evidence.tolist(), strict=True)]
    return sorted(runs), passed


def plain(words: list[int]) -> oracle.Side:
    """Words that all say as much, and gaps that are all alike."""
    return oracle.Side(words, [6.0] * len(words), [0.0] * (len(words) + 1))


def spans(a: list[int], b: list[int], fewest: int = 8) -> list[tuple[int, ...]]:
    return [run[:4] for run in find(plain(a), plain(b), fewest)[0]]


@st.composite
def two_sides(draw: st.DrawFn) -> tuple[oracle.Side, oracle.Side]:
    """Two texts of which one is made of pieces of the other, with any evidence and any gaps."""
    sides = draw(edited(types=TYPES, longest=60))
    a, b = (
        oracle.Side(
            words,
            draw(st.lists(values, min_size=len(words), max_size=len(words))),
            draw(st.lists(bonuses, min_size=len(words) + 1, max_size=len(words) + 1)),
        )
        for words in sides
    )
    return a, b


@given(two_sides(), st.integers(1, 9))
def test_runs_are_those_of_looking_along_every_diagonal(sides: tuple[oracle.Side, oracle.Side], fewest: int) -> None:
    """Each longest run of four words or more, grown over small differences."""
    assert find(*sides, fewest) == oracle.common_runs(*sides, fewest)


@given(two_sides())
def test_exchanged_sides_give_exchanged_runs(sides: tuple[oracle.Side, oracle.Side]) -> None:
    a, b = sides
    found, passed = find(a, b, 4)
    turned, passed_turned = find(b, a, 4)
    assert sorted(
        run._replace(a_from=run.b_from, a_to=run.b_to, b_from=run.a_from, b_to=run.a_to) for run in turned
    ) == (found)
    assert passed == passed_turned


def test_a_quotation_is_found_among_other_words() -> None:
    quoted = list(range(1, 11))
    assert spans([*range(100, 150), *quoted, *range(150, 200)], [*range(200, 230), *quoted, *range(230, 300)]) == [
        (50, 60, 30, 40)
    ]


@pytest.mark.parametrize(
    "copy",
    [
        [1, 2, 3, 4, 5, 99, 7, 8, 9, 10, 11, 12],
        [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12],
        [1, 2, 3, 4, 5, 99, 6, 7, 8, 9, 10, 11, 12],
        [1, 2, 3, 4, 98, 99, 7, 8, 9, 10, 11, 12],
    ],
    ids=["substituted", "left out", "put in", "two substituted"],
)
def test_a_run_goes_on_over_a_small_difference(copy: list[int]) -> None:
    a, b = [50, *range(1, 13), 51], [60, 61, *copy, 62]
    assert set(spans(a, b)) == {(1, 13, 2, 2 + len(copy))}


def test_a_run_ends_where_a_difference_costs_more_than_what_follows() -> None:
    """Four differing words are too many, and two poor words behind one do not pay for it."""
    a = [*range(1, 11), 30, 31, 32, 33, *range(11, 21)]
    b = [*range(1, 11), 40, 41, 42, 43, *range(11, 21)]
    assert spans(a, b) == [(0, 10, 0, 10), (14, 24, 14, 24)]
    poor = oracle.Side([*range(1, 11), 30, 11, 12], [6.0] * 11 + [1.0, 1.0], [0.0] * 14)
    other = oracle.Side([*range(1, 11), 40, 11, 12], [6.0] * 11 + [1.0, 1.0], [0.0] * 14)
    assert [run[:4] for run in find(poor, other, 8)[0]] == [(0, 10, 0, 10)]


def test_a_run_ends_where_a_sentence_ends() -> None:
    """A cheap word that both texts happen to have beyond is left out."""
    words = list(range(1, 11))
    side = oracle.Side(words, [6.0] * 9 + [3.0], [2.5] + [-2.5] * 8 + [2.5] + [-2.5])
    assert [run[:4] for run in find(side, side, 8)[0]] == [(0, 9, 0, 9)]


def test_words_of_a_negative_type_are_met_by_none() -> None:
    """Thus a run does not enter a passage that was found before."""
    words = list(range(1, 21))
    assert spans([*words[:10], *[-1] * 10], words) == [(0, 10, 0, 10)]
    assert spans([-1] * 20, [-2] * 20) == []


@pytest.mark.parametrize("period", [1, 2, 7, 90])
def test_texts_that_repeat_themselves_without_end_give_nothing(period: int) -> None:
    """Their grams stand too often; they are counted."""
    words = [k % period for k in range(100_000)]
    found, passed = find(plain(words), plain(words), 8)
    assert found == []
    assert passed == period


def test_a_repeated_word_between_rare_ones_is_passed_in_linear_time() -> None:
    """Each rare phrase is met, and all on one diagonal are one run."""
    words = [word for k in range(2_000) for word in (k, *[5_000] * 40)]
    assert spans(words, words) == [(0, len(words), 0, len(words))]
    turned = [word for k in reversed(range(2_000)) for word in (k, *[5_000] * 40)]
    assert len(spans(words, turned)) == 2_000


def test_a_gram_may_stand_sixteen_times() -> None:
    phrase = list(range(1, 9))
    for times, expected in ((16, 16), (17, 0)):
        repeated = [word for k in range(times) for word in (*phrase, 100 + k)]
        assert len(spans(phrase, repeated)) == len(spans(repeated, phrase)) == expected


@pytest.mark.parametrize("words", [[], [1], [1, 2, 3]])
def test_texts_of_fewer_than_four_words_have_no_run(words: list[int]) -> None:
    assert spans(words, [1, 2, 3, 4, 5, 6, 7, 8]) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.integers(0, 40), st.integers(1, 9)), max_size=12))
def test_of_runs_that_overlap_the_first_is_kept(spans: list[tuple[int, int, int, int]]) -> None:
    """On either side; the order is the caller's."""
    rows = [(a, a + in_a, b, b + in_b) for a, in_a, b, in_b in spans]
    order = np.arange(len(rows))[::-1].copy()
    kept = free_of_overlap(np.array(rows, np.int32).reshape(-1, 4), order, 50, 50)
    assert [len(rows) - 1 - k for k in kept.tolist()] == oracle.free_of_overlap(rows[::-1])
