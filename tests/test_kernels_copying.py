"""What it takes to make one witness of another, against a reckoning by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.genealogy.copying import PRICE, count_words, had_by_most
from stemmata.kernels.copying import UNKNOWN, count_alike, count_departures, price_copies
from tests.oracles import copying as oracle

PLACES, READINGS = 9, 3
WITNESS = st.lists(st.integers(UNKNOWN, READINGS - 1), min_size=PLACES, max_size=PLACES)
AGE = st.lists(st.floats(-5, 5, width=32), min_size=PLACES * READINGS, max_size=PLACES * READINGS)


@given(st.lists(WITNESS, min_size=2, max_size=6), AGE)
def test_a_copy_costs_what_was_exchanged_left_out_and_put_in(rows: list[list[int]], ages: list[float]) -> None:
    words = np.array(rows, np.int16)
    count, common = count_words(words), had_by_most(words)
    age = np.array(ages, np.float32).reshape(PLACES, READINGS)
    one, other = (side.astype(np.int32) for side in np.nonzero(~np.eye(len(rows), dtype=bool)))
    found = price_copies(words, count, age, common, one, other, PRICE)
    expected = [
        oracle.price(rows[a], rows[b], count.tolist(), age.tolist(), common.tolist(), PRICE.tolist())
        for a, b in zip(one.tolist(), other.tolist(), strict=True)
    ]
    assert found.tolist() == pytest.approx(expected, abs=1e-5)


@given(st.lists(WITNESS, min_size=1, max_size=6))
def test_departures_are_words_that_few_have_and_runs_that_one_lacks_or_has_alone(rows: list[list[int]]) -> None:
    words = np.array(rows, np.int16)
    count, common = count_words(words), had_by_most(words)
    exchanged, runs = count_departures(words, count, common)
    expected = [oracle.departures(row, count.tolist(), common.tolist()) for row in rows]
    assert list(zip(exchanged.tolist(), runs.tolist(), strict=True)) == expected


@given(st.lists(WITNESS, min_size=1, max_size=6))
def test_witnesses_are_alike_at_the_places_where_they_read_the_same(rows: list[list[int]]) -> None:
    alike = count_alike(np.array(rows, np.int16))
    for a, one in enumerate(rows):
        for b, other in enumerate(rows):
            assert alike[a, b] == (0 if a == b else sum(x == y for x, y in zip(one, other, strict=True)))
