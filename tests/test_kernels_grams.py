"""K-grams, winnowing, links between documents, and what they connect."""

from __future__ import annotations

from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.components import components
from stemmata.kernels.kgrams import kgrams, winnow
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


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=20))
def test_a_component_is_known_by_its_smallest_node(links: list[tuple[int, int]]) -> None:
    left, right = (np.array([link[side] for link in links], np.int64) for side in (0, 1))
    assert components(15, left, right).tolist() == oracle.components(15, links)


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_chain_is_one_component(order: int) -> None:
    nodes = np.arange(20_000, dtype=np.int64)[::order]
    assert not components(20_000, nodes[:-1].copy(), nodes[1:].copy()).any()
