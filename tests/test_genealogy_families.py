"""A table's tree in the numbers of a collation's witnesses."""

from __future__ import annotations

from stemmata.genealogy.families import tree_over

PARENTS = {"A": None, "lost:f/1": "A", "B": "lost:f/1", "C": "lost:f/1", "D": "E", "E": "C", "lost:f/2": "A"}
LOST = frozenset({"lost:f/1", "lost:f/2"})


def test_members_that_are_no_witnesses_are_passed_over() -> None:
    """D was made from E, that from C, and E is no witness of this text; of the lost 2 there is none."""
    tree = tree_over(["A", "B", "C", "D"], PARENTS, LOST)
    assert tree.names == ("A", "B", "C", "D", "lost:f/1")
    assert tree.parents.tolist() == [-1, 4, 4, 2, 0]


def test_several_roots_hang_by_a_node_without_a_name() -> None:
    tree = tree_over(["B", "C"], {"B": None, "C": None}, frozenset())
    assert tree.names == ("B", "C", "")
    assert tree.parents.tolist() == [2, 2, -1]
