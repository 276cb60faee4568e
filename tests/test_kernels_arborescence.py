"""The cheapest tree over directed edges."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.arborescence import ABSENT, cheapest_tree


def price(cost: list[list[int]], parents: list[int]) -> int:
    return sum(cost[above][node] for node, above in enumerate(parents) if node)


def is_tree(parents: list[int]) -> bool:
    for node in range(1, len(parents)):
        steps = 0
        while node and steps < len(parents):
            node, steps = parents[node], steps + 1
        if node:
            return False
    return True


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_no_other_tree_is_cheaper(cost: list[list[int]]) -> None:
    found = cheapest_tree(np.array(cost, np.int64)).tolist()
    assert found[0] == -1
    assert is_tree([0, *found[1:]])
    every = product(*(range(len(cost)) for _ in cost[1:]))
    assert price(cost, found) == min(price(cost, [0, *some]) for some in every if is_tree([0, *some]))


def test_edges_that_are_not_there_are_not_taken() -> None:
    """2 can only be reached by 1, though 0 costs less from everywhere else."""
    cost = np.full((3, 3), ABSENT)
    cost[0, 1], cost[1, 2], cost[2, 1] = 7, 9, 1
    assert cheapest_tree(cost).tolist() == [-1, 0, 1]


def test_a_chain_of_two_thousand_circles_is_opened() -> None:
    """Each node is nearest to the next and that to it, as copies of copies are."""
    size = 2000
    cost = np.full((size, size), 1_000_000, np.int64)
    line = np.arange(size - 1)
    cost[line, line + 1] = cost[line + 1, line] = line + 1
    assert cheapest_tree(cost).tolist() == list(range(-1, size - 1))
