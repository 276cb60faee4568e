"""What dates say about the root: nobody copied a witness that was not yet there."""

from __future__ import annotations

import math

import numpy as np
import pytest

from stemmata.genealogy.ages import count_younger_sources, dated_roots
from stemmata.genealogy.rooting import Root, Rooting

LINE = np.array([-1, 0, 1, 2], np.int32)  # a - b - c - d
STAR = np.array([3, 3, 3, -1], np.int32)  # three witnesses about a lost copy


def dates(*years: float | tuple[float, float] | None) -> np.ndarray:
    """When each was written: a year, a span, or nobody knows."""
    spans = [(-math.inf, math.inf) if y is None else y if isinstance(y, tuple) else (y, y) for y in years]
    return np.array(spans, np.float64)


def rooted(*nodes: int) -> Rooting:
    return Rooting(tuple(Root(node, 1.0) for node in nodes), len(nodes) == 1)


def test_pairs_are_counted_with_a_younger_witness_above_an_older_one() -> None:
    counts = count_younger_sources(LINE, dates(1100, 1200, 1300, 1400))
    assert counts.tolist() == [0, 1, 3, 6]
    assert count_younger_sources(LINE, dates(1100, None, None, 1000)).tolist() == [1, 0, 0, 0]


def test_spans_that_overlap_say_nothing() -> None:
    assert not count_younger_sources(LINE, dates((1100, 1200), (1150, 1300), (1200, 1250), None)).any()


def test_a_root_below_which_all_are_younger_stays() -> None:
    """Though it is the youngest but one: the others are no older."""
    assert dated_roots(rooted(2), LINE, dates(1400, 1400, 1400, 1400)) == rooted(2)


def test_roots_go_at_which_an_older_witness_would_be_a_copy_of_a_younger() -> None:
    assert dated_roots(rooted(3, 0), LINE, dates(1100, None, None, 1400)) == rooted(0)


def test_where_none_is_left_the_nearest_is_taken() -> None:
    """Root d is too young; c is next to it, and nothing is known of it."""
    assert [root.node for root in dated_roots(rooted(3), LINE, dates(1100, None, None, 1400)).candidates] == [2]


def test_the_oldest_need_not_be_the_source_of_the_others() -> None:
    """It may be a bad copy of what is lost."""
    assert dated_roots(rooted(3), STAR, dates(1100, 1300, 1400)) == rooted(3)


@pytest.mark.parametrize("top", [0, 3])
def test_it_does_not_matter_by_which_node_the_tree_hangs(top: int) -> None:
    hung = LINE if top == 0 else np.array([1, 2, 3, -1], np.int32)
    assert count_younger_sources(hung, dates(1100, 1200, 1300, 1400)).tolist() == [0, 1, 3, 6]
