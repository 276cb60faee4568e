"""Words inside a passage: the heaviest chain of anchors, and affine gaps between them."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from stemmata.kernels import words as kernel
from stemmata.kernels.words import align_gap, align_words, heaviest_chain
from tests.oracles import words as oracle
from tests.texts import edited

TYPES = 7
WEIGHT = [0.3, 1.0, 2.0, 3.0, 4.0, 5.0, 5.0]
FLAGS = [0, 0, 1, 1, 2, 4, 6]  # of each type: some capitalised, some numbers


def align(a: list[int], b: list[int], *, compiled: bool = True) -> list[int]:
    """The path of the kernel through two texts whose words' flags go by type."""
    path = np.full(len(a), 7777, np.int32)
    ids_a, ids_b = np.array(a, np.int32), np.array(b, np.int32)
    if compiled:
        align_gap(ids_a, ids_b, flags(a), flags(b), np.array(WEIGHT), 0, len(a), 0, len(b), path)
    else:  # plain numbers for flags: two NumPy truths add up to one
        cast("Any", align_gap).py_func(
            ids_a, ids_b, flags(a).tolist(), flags(b).tolist(), WEIGHT, 0, len(a), 0, len(b), path
        )
    return path.tolist()


def flags(ids: list[int]) -> NDArray[np.uint8]:
    return np.array([FLAGS[t] for t in ids], np.uint8)


def score(path: list[int], a: list[int], b: list[int]) -> float:
    return oracle.path_score(path, a, b, flags(a).tolist(), flags(b).tolist(), WEIGHT)


def optimum(a: list[int], b: list[int]) -> float:
    return oracle.best_score(a, b, flags(a).tolist(), flags(b).tolist(), WEIGHT)


@given(st.permutations(range(9)), st.lists(st.integers(4, 20), min_size=9, max_size=9), st.data())
@settings(max_examples=200)
def test_the_chain_is_the_heaviest_that_rises(places: list[int], weights: list[int], data: st.DataObject) -> None:
    """Against every subset; anchors outside the passage or with a weak context do not count."""
    partner = [data.draw(st.sampled_from([place, place, -1])) for place in places]
    a_from, b_from = data.draw(st.integers(0, 3)), data.draw(st.integers(0, 3))
    bounds = (a_from, data.draw(st.integers(6, 9)), b_from, data.draw(st.integers(6, 9)))
    chain = heaviest_chain(np.array(partner, np.int32), np.array(weights, float), *bounds).tolist()
    assert all(x < y and partner[x] < partner[y] for x, y in pairwise(chain))
    assert all(weights[i] >= oracle.ANCHOR and bounds[2] <= partner[i] < bounds[3] for i in chain)
    assert set(chain) <= set(range(*bounds[:2]))
    assert sum(weights[i] for i in chain) == oracle.heaviest_chain(partner, weights, bounds)


@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_a_long_chain_is_the_heaviest_too(rng: random.Random, size: int) -> None:
    """Weights so much alike that a chain must be weighed to its end."""
    places, weights = rng.sample(range(size), size), [float(rng.randrange(6, 12)) for _ in range(size)]
    chain = heaviest_chain(np.array(places, np.int32), np.array(weights), 0, size, 0, size)
    assert sum(weights[i] for i in chain) == oracle.heaviest_rising(places, weights)


@given(edited(types=TYPES))
def test_a_gap_is_aligned_as_well_as_can_be(sides: tuple[list[int], list[int]]) -> None:
    """The score of the path found is that of the textbook's full matrices."""
    a, b = sides
    assert score(align(a, b), a, b) == pytest.approx(optimum(a, b))


@pytest.mark.parametrize(("a", "b"), [([], []), ([1, 2], []), ([], [1, 2])])
def test_nothing_is_set_against_nothing(a: list[int], b: list[int]) -> None:
    assert align(a, b) == [-1] * len(a)


def test_only_the_gap_is_touched() -> None:
    path = np.full(6, 7777, np.int32)
    a, b = [1, 2, 3, 4, 5, 6], [9, 9, 3, 4, 9, 9]
    ids_a, ids_b, none = np.array(a, np.int32), np.array(b, np.int32), np.zeros(6, np.uint8)
    align_gap(ids_a, ids_b, none, none, np.full(10, 5.0), 2, 4, 2, 4, path)
    assert path.tolist() == [7777, 7777, 2, 3, 7777, 7777]


@given(st.integers(0, 10**6), st.integers(0, 3))
def test_a_band_about_the_diagonal_loses_nothing_near_it(seed: int, edits: int) -> None:
    """With the limits made small: texts that differ in a few words are aligned as by the full matrix."""
    a, b = near(random.Random(seed), 40, edits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "CELLS", 100)
        patch.setattr(kernel, "BAND", 10)
        path = align(a, b, compiled=False)
    assert score(path, a, b) == pytest.approx(optimum(a, b))


@given(edited(types=TYPES, longest=60), st.integers(1, 4))
def test_the_best_alignment_inside_the_band_is_found(sides: tuple[list[int], list[int]], reach: int) -> None:
    """Whatever the shape of the gap: no alignment that keeps to the band is better."""
    a, b = sides
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "CELLS", 0)
        patch.setattr(kernel, "BAND", reach)
        path = align(a, b, compiled=False)
    flags_a, flags_b = flags(a).tolist(), flags(b).tolist()
    band = oracle.band(len(a), len(b), reach)
    assert score(path, a, b) == pytest.approx(oracle.best_score(a, b, flags_a, flags_b, WEIGHT, band))


def test_a_large_gap_is_aligned_in_a_band() -> None:
    """900 words a side are past the limit on cells; a word left out here and there is found all the same."""
    a, b = near(random.Random(8), 900, 12)
    assert len(a) * len(b) > kernel.CELLS
    assert score(align(a, b), a, b) == pytest.approx(optimum(a, b))


def near(rng: random.Random, size: int, edits: int) -> tuple[list[int], list[int]]:
    """A text and what remains of it after a few small changes."""
    a = [rng.randrange(TYPES) for _ in range(size)]
    b = list(a)
    for _ in range(edits):
        place = rng.randrange(len(b))
        b[place : place + rng.randrange(3)] = [rng.randrange(TYPES) for _ in range(rng.randrange(3))]
    return a, b


@given(edited(types=TYPES), st.data())
def test_a_passage_is_aligned_between_its_anchors(sides: tuple[list[int], list[int]], data: st.DataObject) -> None:
    """Anchors stand; each gap between two of them is aligned as well as can be."""
    a, b = sides
    equal = [(i, j) for i in range(len(a)) for j in range(len(b)) if a[i] == b[j]]
    chain = [(-1, -1)]
    for i, j in data.draw(st.lists(st.sampled_from(equal), max_size=3).map(sorted)) if equal else []:
        if i > chain[-1][0] and j > chain[-1][1]:
            chain.append((i, j))
    partner = np.full(len(a), -1, np.int32)
    for i, j in chain[1:]:
        partner[i] = j
    path = np.full(len(a), 7777, np.int32)
    align_words(
        np.array(a, np.int32), np.array(b, np.int32), flags(a), flags(b), np.array(WEIGHT),
        np.array([i for i, _ in chain[1:]], np.int32), partner, 0, len(a), 0, len(b), path,
    )  # fmt: skip
    for (i, j), (k, m) in pairwise([*chain, (len(a), len(b))]):
        part = [j2 - j - 1 if j2 >= 0 else -1 for j2 in path[i + 1 : k].tolist()]
        gap = a[i + 1 : k], b[j + 1 : m]
        assert score(part, *gap) == pytest.approx(optimum(*gap))
        assert k == len(a) or path[k] == m
