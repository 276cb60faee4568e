"""K-grams, winnowing, links between documents, and what they connect."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from stemmata.kernels.components import bounded_components, components, cut_blocks
from stemmata.kernels.gathering import gather_kept, merge_kept
from stemmata.kernels.kgrams import bound_kept, kgrams, sample_kgrams, winnow
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


@given(
    st.lists(st.lists(st.integers(0, 9), max_size=20), max_size=4),
    st.integers(1, 5),
    st.sampled_from([0, 2**62, 2**63, 2**64 - 1]),
)
def test_a_sample_is_of_the_small_hashes_and_of_where_they_stand(
    documents: list[list[int]], n: int, below: int
) -> None:
    words = np.array([word for words in documents for word in words], np.uint64)
    first = np.array([0, *accumulate(map(len, documents))], np.int64)
    room = len(words) + n * len(first)
    hashes, places = np.zeros(room, np.uint64), np.zeros(room, np.int32)
    begins = np.zeros(len(first), np.int64)
    sample_kgrams(words, first, n, 1, np.uint64(below), hashes, places, begins)
    for document, own in enumerate(documents):
        kept = slice(int(begins[document]), int(begins[document + 1]) - n + 1)
        small = [(value, first[document] + i) for i, value in enumerate(hashed([own], n)) if value <= below]
        assert list(zip(hashes[kept].tolist(), places[kept].tolist(), strict=True)) == small


def laid(documents: list[list[int]], n: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hashes of several documents as ``kgrams`` leaves them: the last n - 1 of each are none, though they be small."""
    flat = [value for values in documents for value in [*values, *[0] * (n - 1)]]
    first = [0, *accumulate(len(values) + n - 1 for values in documents)]
    return np.array(flat, np.uint64), np.array(first, np.int64)


def bounds(count: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    return np.zeros(count, np.uint64), np.full(count, -1, np.int64)


HASHES = st.lists(st.one_of(st.integers(1, 9), st.integers(1, 2**64 - 1)), max_size=60)


@given(st.lists(HASHES, max_size=4), st.integers(1, 5), st.sampled_from([5, 2**61, 2**64 - 1]), st.integers(0, 20))
def test_a_document_keeps_small_hashes_and_the_smallest_of_its_own(
    documents: list[list[int]], n: int, below: int, floor: int
) -> None:
    hashes, first = laid(documents, n)
    bound, sizes = bounds(len(documents))
    bound_kept(hashes, first, n, np.uint64(below), floor, bound, sizes)
    for values, most, size in zip(documents, bound.tolist(), sizes.tolist(), strict=True):
        found = [i for i, value in enumerate(values) if value <= most]
        assert found == oracle.kept(values, below, floor)
        assert len(found) == size


@given(st.lists(st.lists(st.integers(1, 6), max_size=30), max_size=3), st.integers(1, 8), st.integers(1, 3))
def test_winnowing_keeps_the_smallest_of_every_window(documents: list[list[int]], window: int, n: int) -> None:
    """Of equals the rightmost; what is not kept is past the bound."""
    hashes, first = laid(documents, n)
    bound, sizes = bounds(len(documents))
    winnow(hashes, first, n, window, bound, sizes)
    for document, values in enumerate(documents):
        own = hashes[first[document] : first[document] + len(values)]
        assert set(np.flatnonzero(own <= bound[document]).tolist()) == oracle.winnow(values, window)
        assert np.count_nonzero(own <= bound[document]) == sizes[document]


@given(st.lists(st.lists(st.integers(1, 9), max_size=9), min_size=1, max_size=4), st.integers(1, 3))
def test_what_is_kept_is_gathered_where_there_is_room_for_it(documents: list[list[int]], n: int) -> None:
    """Each document has a bound and a place of its own, here in the opposite order."""
    hashes, first = laid(documents, n)
    bound = np.array([3 + document for document in range(len(documents))], np.uint64)
    kept = [[i for i, value in enumerate(values) if value <= 3 + d] for d, values in enumerate(documents)]
    begins = np.array([sum(map(len, kept[d + 1 :])) for d in range(len(documents))], np.int64)
    found, position = np.zeros(sum(map(len, kept)), np.uint64), np.zeros(sum(map(len, kept)), np.int32)
    places = np.arange(len(hashes), dtype=np.int32) * 2
    gather_kept(hashes, places, first, n, bound, first[:-1] * 2, begins, found, position)
    assert position.tolist() == [2 * i for own in kept[::-1] for i in own]
    assert found.tolist() == [documents[d][i] for d in range(len(documents))[::-1] for i in kept[d]]


PLACED: Any = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 9)), max_size=8, unique_by=lambda pair: pair[0]
).map(sorted)


@given(st.lists(st.tuples(PLACED, PLACED, st.booleans()), max_size=4), st.integers(1, 3))
def test_two_sequences_of_k_grams_become_one(documents: list[Any], n: int) -> None:
    sides = []
    for side in (0, 1):
        own, first = laid([[value for _, value in document[side]] for document in documents], n)
        at, _ = laid([[place for place, _ in document[side]] for document in documents], n)
        sides.append((own, at.astype(np.int32), first, np.full(len(documents), 7, np.uint64)))
    also = np.array([document[2] for document in documents], np.bool_)
    hashes, places, first = merge_kept(*sides[0], *sides[1], also, n)
    for document, (one, other, both) in enumerate(documents):
        part = slice(first[document], first[document + 1] - n + 1)
        kept = [[pair for pair in pairs if pair[1] <= 7] for pairs in (one, other if both else [])]
        assert list(zip(places[part].tolist(), hashes[part].tolist(), strict=True)) == oracle.merge(*kept)


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=20))
def test_a_component_is_known_by_its_smallest_node(links: list[tuple[int, int]]) -> None:
    left, right = (np.array([link[side] for link in links], np.int64) for side in (0, 1))
    assert components(15, left, right).tolist() == oracle.components(15, links)


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_chain_is_one_component(order: int) -> None:
    nodes = np.arange(20_000, dtype=np.int64)[::order]
    assert not components(20_000, nodes[:-1].copy(), nodes[1:].copy()).any()


LINKS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda link: link[0] != link[1]), max_size=15)


@given(LINKS, st.lists(st.integers(1, 9), min_size=8, max_size=8), st.integers(1, 40))
def test_groups_stay_small_enough(links: list[tuple[int, int]], sizes: list[int], most: int) -> None:
    left, right = (np.array([link[side] for link in links], np.int64) for side in (0, 1))
    found = bounded_components(left, right, np.array(sizes, np.int64), most)
    assert found.tolist() == oracle.bounded_components(sizes, links, most)


@given(LINKS, st.lists(st.integers(0, 9), min_size=8, max_size=8), st.integers(1, 40))
def test_blocks_of_links_have_nodes_of_a_bounded_size(
    links: list[tuple[int, int]], sizes: list[int], most: int
) -> None:
    left, right = (np.array([link[side] for link in links], np.int64) for side in (0, 1))
    block = np.full(len(links), -1, np.int64)
    cut_blocks(left, right, np.array(sizes, np.int64), most, block)
    assert block.tolist() == oracle.blocks(sizes, links, most)
