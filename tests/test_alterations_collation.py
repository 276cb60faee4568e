"""Runs without a partner, and which belong together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemmata.alterations.collation import Collation, Run


def collated(kept: list[Run], moved: list[Run] | None = None, replaced: list[Run] | None = None) -> Collation:
    return Collation.of((0, 10), (0, 10), kept, moved or [], replaced or [])


def test_runs_between_the_same_neighbours_belong_together() -> None:
    assert collated([Run(0, 3, 0, 3), Run(5, 10, 4, 9)]).runs() == [Run(3, 5, 3, 4), Run(10, 10, 9, 10)]


def test_a_run_of_one_side_lies_where_it_would_stand_in_the_other() -> None:
    assert collated([Run(0, 4, 0, 4), Run(6, 10, 4, 8)]).runs() == [Run(4, 6, 4, 4), Run(10, 10, 8, 10)]


def test_a_word_between_two_that_moved_meets_its_counterpart_there() -> None:
    """0 1 [2 3] 4 [5 6] 7 8 9 against 0 1 7 8 9 [2 3] x [5 6]."""
    collation = collated([Run(0, 2, 0, 2), Run(7, 10, 2, 5)], [Run(2, 4, 5, 7), Run(5, 7, 8, 10)])
    assert collation.runs() == [Run(4, 5, 7, 8)]


def test_what_the_aligner_set_against_each_other_goes_before_neighbours() -> None:
    """Both runs of the copy have a neighbour in common with word 2; the aligner knows which one is meant."""
    kept, moved = [Run(0, 2, 0, 2), Run(3, 6, 7, 10)], [Run(6, 10, 3, 7)]
    copy_runs = Collation.of((0, 10), (0, 10), kept, [], []).runs()
    assert copy_runs[0] == Run(2, 3, 2, 7)
    against = Collation.of((0, 10), (0, 10), [Run(0, 2, 0, 2), Run(3, 6, 7, 10)], moved, [Run(2, 3, 2, 3)]).runs()
    assert against == [Run(2, 3, 2, 3)]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 3)), max_size=6))
def test_every_word_without_a_partner_is_in_one_run(steps: list[tuple[int, int, int]]) -> None:
    """And no other word is."""
    i = j = 0
    kept = []
    for before, after, size in steps:
        i, j = i + before, j + after
        kept.append(Run(i, i + size, j, j + size))
        i, j = i + size, j + size
    collation = Collation.of((0, i + 2), (0, j + 2), kept, [], [])
    runs = collation.runs()
    for low, high, partner in ((0, 1, collation.to_copy), (2, 3, collation.to_source)):
        covered = [word for run in runs for word in range(run[low], run[high])]
        assert sorted(covered) == [k for k, other in enumerate(partner.tolist()) if other < 0]
