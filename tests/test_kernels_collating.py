"""The kernels that set witnesses beside each other do what their slow twins do."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.anchors import NOWHERE, met_once, rising
from stemmata.kernels.likeness import mark_pairs, order_of_joining, shared_bits
from stemmata.kernels.weaving import weave
from tests.oracles import collating as oracle

WORDS = st.lists(st.integers(0, 4), max_size=12)


@given(WORDS, WORDS, st.integers(1, 3))
def test_grams_that_stand_once_in_both_are_those_of_counting(x: list[int], y: list[int], k: int) -> None:
    found = met_once(np.array(x, np.int32), 0, len(x), np.array(y, np.int32), 0, len(y), k)
    assert list(zip(*(side.tolist() for side in found), strict=True)) == oracle.met_once(x, y, k)


@given(st.lists(st.integers(0, 20), max_size=20))
def test_a_rising_row_rises_and_none_is_longer(values: list[int]) -> None:
    kept = np.array(values, np.int32)[rising(np.array(values, np.int32))]
    assert (np.diff(kept) > 0).all()
    assert len(kept) == oracle.longest_rising(values)


@pytest.mark.parametrize("seed", range(30))
def test_no_way_to_set_words_against_places_is_better(seed: int) -> None:
    rng = random.Random(seed)
    kinds = 6
    rarity = [rng.uniform(2, 7) for _ in range(kinds)]
    letters = [rng.getrandbits(64) for _ in range(kinds)]
    places = [{rng.randrange(kinds): rng.randint(1, 4) for _ in range(rng.randint(1, 3))} for _ in range(7)]
    shares = [rng.choice((0.1, 0.5, 1.0)) for _ in places]
    x = [rng.randrange(kinds) for _ in range(rng.randint(1, 7))]
    entries = [(kind, often, at) for at, place in enumerate(places) for kind, often in place.items()]
    head = np.array([next(n for n, e in enumerate(entries) if e[2] == at) for at in range(len(places))], np.int32)
    after = np.array(
        [n + 1 if n + 1 < len(entries) and entries[n + 1][2] == e[2] else -1 for n, e in enumerate(entries)], np.int32
    )
    at = np.full(len(x), NOWHERE, np.int32)
    weave(
        np.array(x, np.int32), np.arange(len(x), dtype=np.int32), np.arange(len(places), dtype=np.int32),
        np.arange(len(places), dtype=np.int32), np.array(shares), head, after,
        np.array([e[0] for e in entries], np.int32), np.array([e[1] for e in entries], np.int32),
        np.array([sum(place.values()) for place in places], np.int32), np.array(rarity),
        np.array(letters, np.uint64), np.zeros(kinds, np.int32), at,
    )  # fmt: skip
    fits = [[oracle.fit(word, place, rarity, letters) for place in places] for word in x]
    assert oracle.score_of(at.tolist(), fits, shares) == pytest.approx(oracle.best(fits, shares), abs=1e-5)


def test_texts_join_beside_the_one_they_are_most_like() -> None:
    texts = [[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 9, 10], [11, 12, 5, 6, 9, 10], [20, 21, 22]]
    first = np.cumsum([0, *map(len, texts)]).astype(np.int64)
    bits = np.zeros((len(texts), 64), np.uint64)
    mark_pairs(np.array([kind for text in texts for kind in text], np.int32), first, bits)
    shared = np.zeros(len(texts), np.int64)
    shared_bits(bits, 1, shared)
    assert shared.tolist() == [5, 8, 4, 0]
    order, beside = order_of_joining(bits)
    assert order.tolist() == [1, 2, 0, 3]
    assert beside.tolist() == [-1, 1, 1, 1]
