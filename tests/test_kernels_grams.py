"""K-grams, winnowing, links between documents, and what they connect."""

from __future__ import annotations

from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.components import components
from stemmata.kernels.kgrams import kgrams, winnow
from stemmata.kernels.links import link_groups
from tests.oracles import grams as oracle


def hashed(documents: list[list[int]], n: int, seed: int = 1) -> list[int]:
    """The kernel's hashes of all complete k-grams."""
    words = np.array([word for words in documents for word in words], np.uint64)
    first = [0, *accumulate(map(len, documents))]
    hashes = np.zeros(len(words), np.uint64)
    kgrams(words, np.array(first, np.int64), n, seed, hashes)
    complete = np.zeros(len(words), bool)
    for begin, end in pairwise(first):
        complete[begin : max(begin, end - n + 1)] = True
    assert not hashes[~complete].any()  # the others are not touched
    return list(map(int, hashes[complete]))


@given(st.lists(st.lists(st.integers(0, 2), max_size=10), max_size=4), st.integers(1, 5))
def test_equal_k_grams_have_equal_hashes_and_others_do_not(documents: list[list[int]], n: int) -> None:
    """A k-gram never runs on into the next document."""
    grams, hashes = oracle.kgrams(documents, n), hashed(documents, n)
    assert len(grams) == len(hashes)
    assert len({*zip(grams, hashes, strict=True)}) == len({*grams}) == len({*hashes})


def test_views_have_hashes_of_their_own() -> None:
    assert set(hashed([[1, 2, 3]], 2, seed=1)).isdisjoint(hashed([[1, 2, 3]], 2, seed=2))


@given(st.lists(st.integers(0, 6), max_size=30), st.integers(1, 8), st.integers(0, 3))
def test_winnowing_keeps_the_smallest_of_every_window(values: list[int], window: int, begin: int) -> None:
    """Of equals the rightmost; documents before and after are not touched."""
    hashes = np.array([*[0] * begin, *values, 0, 0], np.uint64)
    keep = np.zeros(len(hashes), np.bool_)
    winnow(hashes, begin, begin + len(values), window, keep)
    assert set(np.flatnonzero(keep) - begin) == oracle.winnow(values, window)


@given(
    st.lists(st.lists(st.integers(0, 30), max_size=9, unique=True).map(sorted), max_size=5),
    st.integers(2, 6),
    st.integers(1, 3),
)
def test_small_groups_are_linked_pair_by_pair_and_large_ones_in_a_chain_and_to_the_first(
    groups: list[list[int]], cap: int, neighbours: int
) -> None:
    first = np.array([0, *accumulate(map(len, groups))], np.int64)
    members = np.array([m for group in groups for m in group], np.int32)
    left, right, group = link_groups(first, members, cap, neighbours)
    found = list(zip(left.tolist(), right.tolist(), group.tolist(), strict=True))
    assert sorted(found) == sorted(oracle.link_groups(groups, cap, neighbours))


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=20))
def test_a_component_is_known_by_its_smallest_node(links: list[tuple[int, int]]) -> None:
    left, right = (np.array([link[side] for link in links], np.int64) for side in (0, 1))
    assert components(15, left, right).tolist() == oracle.components(15, links)


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_chain_is_one_component(order: int) -> None:
    nodes = np.arange(20_000, dtype=np.int64)[::order]
    assert not components(20_000, nodes[:-1].copy(), nodes[1:].copy()).any()
