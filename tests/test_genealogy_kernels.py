"""Kernels that draw trees of witnesses, beside slow and obvious twins."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from stemmata.genealogy.evidence import weigh
from stemmata.genealogy.parsimony import shortest_tree
from stemmata.kernels.beliefs import believe
from stemmata.kernels.disagreement import disagree, join_neighbours, span
from stemmata.kernels.exemplars import best_two
from stemmata.kernels.merging import drop_idle, merge_lost
from stemmata.kernels.parsimony import add_in_turn, fill_sides, shorten
from stemmata.kernels.sankoff import count_changes, fit_below, price_merges, read_lost, sort_down
from tests.oracles import genealogies as oracle

Ints = NDArray[np.int32]


class Case(NamedTuple):
    """A tree that hangs by witness 0, and what its witnesses read."""

    parent: Ints
    codes: Ints
    states: Ints
    weight: Ints
    share: Ints

    def changes(self, parent: list[int] | None = None) -> list[int]:
        tree = self.parent.tolist() if parent is None else parent
        return [oracle.changes(tree, self.codes.tolist(), j, k) for j, k in enumerate(self.states)]


@st.composite
def cases(draw: st.DrawFn, most: int = 9, places: int = 4) -> Case:
    nodes = draw(st.integers(3, most))
    witnesses = draw(st.integers(2, nodes))
    parent = [-1] + [draw(st.integers(0, v - 1)) for v in range(1, nodes)]
    row = st.lists(st.integers(-1, 2), min_size=places, max_size=places)
    codes = np.array(draw(st.lists(row, min_size=witnesses, max_size=witnesses)), np.int32)
    weight = np.array(draw(st.lists(st.integers(1, 3), min_size=places, max_size=places)), np.int32)
    share = np.array([[(codes[:, j] == x).sum() for x in range(3)] for j in range(places)], np.int32)
    return Case(np.array(parent, np.int32), codes, np.full(places, 3, np.int32), weight, share)


@given(cases())
def test_the_fewest_changes_along_any_tree(case: Case) -> None:
    parent, codes, states, weight, _ = case
    expected = sum(w * n for w, n in zip(weight.tolist(), case.changes(), strict=True))
    assert count_changes(parent, sort_down(parent), codes, states, weight) == expected


@given(cases())
def test_the_readings_that_cost_least_from_a_node_down(case: Case) -> None:
    parent, codes, states, _, _ = case
    fits = fit_below(parent, sort_down(parent), codes, states)
    for v in range(len(parent)):
        for j, k in enumerate(states):
            cost = oracle.costs(parent.tolist(), codes.tolist(), j, k, v)
            assert [x for x in range(k) if int(fits[v, j]) >> x & 1] == [x for x in range(k) if cost[x] == min(cost)]


@given(cases())
def test_readings_of_lost_copies_need_no_more_changes_than_must_be(case: Case) -> None:
    parent, codes, states, _, share = case
    read = read_lost(parent, sort_down(parent), codes, states, share)
    below = np.flatnonzero(parent >= 0)
    assert (read[below] != read[parent[below]]).sum(0).tolist() == case.changes()
    assert ((read[: len(codes)] == codes) | (codes < 0)).all()


def test_on_a_tie_a_lost_copy_reads_as_its_parent() -> None:
    parent = np.array([-1, 3, 3, 0], np.int32)  # witness 0 above a lost copy above two witnesses
    codes = np.array([[1], [0], [2]], np.int32)
    share = np.array([[1, 1, 1]], np.int32)
    assert read_lost(parent, sort_down(parent), codes, np.array([3], np.int32), share)[3, 0] == 1


@given(cases())
def test_what_it_costs_to_make_two_nodes_one(case: Case) -> None:
    parent, codes, states, weight, _ = case
    cost = price_merges(parent, sort_down(parent), codes, states, weight)
    before = np.array(case.changes()) @ weight
    for v, p in enumerate(parent.tolist()):
        if p >= 0 and (v >= len(codes) or p >= len(codes)):
            after = np.array(case.changes(oracle.merged(parent.tolist(), v, len(codes)))) @ weight
            assert cost[v] == after - before


@given(cases(), st.integers(0, 6), st.integers(1, 3))
def test_merging_leaves_a_tree_with_all_witnesses_and_the_root(case: Case, price: int, at_once: int) -> None:
    parent, codes, states, weight, _ = case
    merged = parent.copy()
    gone = merge_lost(merged, codes, states, weight, price, 1, at_once)
    assert (merged == -2).sum() == gone
    assert (merged[: len(codes)] != -2).all()
    assert len(sort_down(merged)) == len(parent) - gone
    drop_idle(merged, len(codes))
    assert all((merged == v).sum() > 1 for v in range(len(codes), len(merged)) if merged[v] >= 0)


@given(cases(most=7, places=2), st.floats(0.01, 0.3))
def test_beliefs_are_those_of_every_way_to_read_the_lost(case: Case, rate: float) -> None:
    parent, codes, states, _, _ = case
    belief = np.zeros((len(parent), len(states), 3), np.float32)
    found = believe(parent, sort_down(parent), codes, states, np.ones(len(states)), rate, belief)
    expected = [oracle.beliefs(parent.tolist(), codes.tolist(), j, k, rate) for j, k in enumerate(states)]
    assert math.isclose(found, sum(math.log(likelihood) for _, likelihood in expected), abs_tol=1e-6)
    for j, (rows, _) in enumerate(expected):
        assert np.allclose(belief[:, j], rows, atol=1e-5)


words = st.lists(st.lists(st.integers(-1, 3), min_size=12, max_size=12), min_size=4, max_size=9)


def leaves(codes: Ints) -> NDArray[np.uint8]:
    sides = np.zeros((2 * len(codes) - 2, 3, codes.shape[1]), np.uint8)
    sides[: len(codes), 0] = np.where(codes < 0, 15, 1 << np.maximum(codes, 0))
    return sides


def length(near: Ints, codes: Ints) -> int:
    tree = oracle.hung(near.tolist())
    return sum(oracle.changes(tree, codes.tolist(), j, 4) for j in range(codes.shape[1]))


@given(words, st.integers(0, 5))
def test_moving_parts_never_lengthens_a_tree(rows: list[list[int]], seed: int) -> None:
    codes = np.array(rows, np.int32)
    sides, weight = leaves(codes), np.ones(codes.shape[1], np.int64)
    turn = np.random.default_rng(seed).permutation(len(codes)).astype(np.int32)
    near = add_in_turn(turn, sides, weight)
    before = fill_sides(near, 0, weight, sides)
    assert before == length(near, codes)
    after = shorten(near, sides, weight, 99, 99)
    assert after == length(near, codes) <= before
    assert sorted((near >= 0).sum(1).tolist()) == [1] * len(codes) + [3] * (len(codes) - 2)


@given(words)
def test_what_is_left_out_of_patterns_does_not_matter_to_the_tree(rows: list[list[int]]) -> None:
    """Readings of one witness alone cost the same on every tree: no move of a part makes the chosen one shorter."""
    codes = np.array(rows, np.int32)
    near = shortest_tree(weigh(codes, np.ones(12))[0])
    found = length(near, codes)
    assert shorten(near, leaves(codes), np.ones(12, np.int32), 99, 99) == found


@given(words)
def test_distances_count_places_that_both_have(rows: list[list[int]]) -> None:
    codes = np.array(rows, np.int32)
    apart = disagree(codes, np.ones(12, np.int32), 12.0)
    for i, a in enumerate(rows):
        for j, b in enumerate(rows):
            both = [(x, y) for x, y in zip(a, b, strict=True) if x >= 0 and y >= 0]
            expected = 12 * sum(x != y for x, y in both) / len(both) if both else 12.0
            assert math.isclose(apart[i, j], 0 if i == j else expected)


@st.composite
def binary_trees(draw: st.DrawFn) -> Ints:
    turn = np.array(draw(st.permutations(range(draw(st.integers(4, 9))))), np.int32)
    sides = np.random.default_rng(draw(st.integers(0, 9))).integers(1, 4, (2 * len(turn) - 2, 3, 5)).astype(np.uint8)
    return add_in_turn(turn, sides, np.ones(5, np.int32))


@given(binary_trees())
def test_neighbour_joining_finds_a_tree_from_the_distances_along_it(near: Ints) -> None:
    n = (len(near) + 2) // 2
    parent = oracle.hung(near.tolist())
    ways = []
    for v in range(n):
        way = [v]
        while parent[way[-1]] >= 0:
            way.append(parent[way[-1]])
        ways.append(set(way))
    apart = np.array([[float(len(a ^ b)) for b in ways] for a in ways])
    found = oracle.hung(join_neighbours(apart).tolist())
    assert set(oracle.split_sets(found, n)) == set(oracle.split_sets(parent, n))


@given(words)
def test_a_spanning_tree_is_the_lightest(rows: list[list[int]]) -> None:
    apart = disagree(np.array(rows, np.int32), np.ones(12, np.int32), 12.0)
    parent = span(apart)
    assert parent[0] == -1
    assert math.isclose(sum(apart[v, p] for v, p in enumerate(parent) if p >= 0), oracle.lightest_span(apart.tolist()))


@given(st.lists(st.tuples(*[st.integers(0, 1)] * 3, st.integers(-1, 1)), min_size=2, max_size=8), st.integers(1, 3))
def test_two_exemplars_by_turns(rows: list[tuple[int, int, int, int]], change: int) -> None:
    *read, own = np.array(rows, np.int32).T
    nodes = np.arange(3)
    a, b, left = best_two(own, np.array(read), nodes, nodes, np.ones(len(own), np.int32), change)
    pairs = [(0, 1), (0, 2), (1, 2)]
    expected = [oracle.two_exemplars(own.tolist(), read[x].tolist(), read[y].tolist(), change) for x, y in pairs]
    assert left == min(expected)
    assert expected[pairs.index((min(a, b), max(a, b)))] == left
