"""Seeds: cells of a grid in which rare words meet."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.postings import postings
from stemmata.kernels.seeds import seed_cells, triple_cells
from tests.oracles import seeds as oracle

TYPES = 12
texts = st.lists(st.integers(0, TYPES - 1), min_size=3, max_size=70)
frequencies = st.lists(st.floats(1e-6, 0.2), min_size=TYPES, max_size=TYPES)


@given(texts, texts, frequencies)
def test_dense_cells_are_sums_over_types_that_meet(a: list[int], b: list[int], frequency: list[float]) -> None:
    """A type counts once a cell, however often it meets there; common words do not count."""
    threshold = 6.337
    keys, scores, columns = seed_cells(
        *postings(np.array(a, np.int32), TYPES),
        *postings(np.array(b, np.int32), TYPES),
        np.array(frequency),
        threshold,
    )
    expected = oracle.seed_cells(a, b, frequency, threshold)
    assert columns == len(b) // 16 + 1
    assert keys.tolist() == sorted(row * columns + column for row, column in expected)
    found = {divmod(key, columns): score for key, score in zip(keys.tolist(), scores.tolist(), strict=True)}
    assert found == pytest.approx(expected)


@given(texts, texts, frequencies)
def test_sparse_cells_are_meetings_of_three_words(a: list[int], b: list[int], frequency: list[float]) -> None:
    """One entry for each meeting; three words that stand more than 16 times in a text are no seed."""
    a, b = a + [0] * 19, [0] * 10 + b  # the triple (0, 0, 0) stands 17 times in a
    names = {triple: k for k, triple in enumerate(dict.fromkeys(oracle.triples(a) + oracle.triples(b)))}
    triples_a, triples_b = (np.array([names[t] for t in oracle.triples(x)], np.int32) for x in (a, b))
    keys, scores, columns = triple_cells(
        np.array(a, np.int32), np.array(b, np.int32), triples_a, triples_b, len(names), np.array(frequency)
    )
    found = Counter(
        (*divmod(key, columns), round(score, 6)) for key, score in zip(keys.tolist(), scores.tolist(), strict=True)
    )
    assert found == Counter((*cell, round(score, 6)) for cell, score in oracle.triple_cells(a, b, frequency))
    assert all(column < columns - 1 for _, column, _ in found)  # so that no row's end touches the next row
