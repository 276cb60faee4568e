"""Postings: where each word type stands."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.postings import first_at_least, postings
from tests.oracles import postings as oracle

TYPES = 6


@given(st.lists(st.integers(0, TYPES - 1), max_size=40))
def test_postings_list_the_places_of_each_type(ids: list[int]) -> None:
    first, places = postings(np.array(ids, np.int32), TYPES)
    assert [places[first[t] : first[t + 1]].tolist() for t in range(TYPES)] == oracle.postings(ids, TYPES)


@given(st.lists(st.integers(0, 20), max_size=12).map(sorted), st.data(), st.integers(-1, 22))
def test_first_at_least_is_the_first_from_the_left(places: list[int], data: st.DataObject, bound: int) -> None:
    low = data.draw(st.integers(0, len(places)))
    high = data.draw(st.integers(low, len(places)))
    expected = oracle.first_at_least(places, low, high, bound)
    assert first_at_least(np.array(places, np.int32), low, high, bound) == expected
