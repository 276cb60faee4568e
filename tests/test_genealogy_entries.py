"""Where a reading entered a tree."""

from __future__ import annotations

import numpy as np

from stemmata.genealogy.entries import Entry, find_entries

# 0 is the root; 1 and the lost 4 were copied from it, 2 and 3 from 4
PARENTS = np.array([-1, 0, 4, 4, 0], np.int32)


def entries(*column: int) -> list[Entry]:
    read = np.array(column, np.int32)[:, None]
    return find_entries(PARENTS, read, read[:4])


def test_a_reading_of_two_copies_of_a_lost_text_entered_there() -> None:
    assert entries(0, 0, 1, 1, 1) == [Entry(0, 0, 0, 1), Entry(0, 1, 4, 1)]


def test_a_slip_that_was_made_twice_is_counted_twice() -> None:
    """Of equals the node that is reached first is named."""
    assert entries(0, 1, 1, 0, 0) == [Entry(0, 0, 0, 1), Entry(0, 1, 1, 2)]


def test_what_a_damaged_witness_may_have_read_counts_for_nothing() -> None:
    read = np.array([[0], [0], [1], [1], [1]], np.int32)
    codes = np.array([[0], [0], [1], [-1]], np.int32)
    assert find_entries(PARENTS, read, codes) == [Entry(0, 0, 0, 1), Entry(0, 1, 4, 1)]
