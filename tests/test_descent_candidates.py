"""Which of several texts is likeliest the first, by pairs of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.descent.candidates import first_of, lean

TEXTS = "abcd"
PAIRS = [(a, b) for a in TEXTS for b in TEXTS if a < b]


@given(st.lists(st.floats(-3, 3), min_size=len(PAIRS), max_size=len(PAIRS)))
def test_the_shares_are_those_of_a_least_squares_fit(odds: list[float]) -> None:
    """What each text has for itself, so that the differences come nearest to the log-odds of the pairs."""
    rows = [
        (a, b, a if of > 0 else b if of < 0 else None, 1 / (1 + math.exp(-abs(of))))
        for (a, b), of in zip(PAIRS, odds, strict=True)
    ]
    design = np.array([[(text == a) - (text == b) for text in TEXTS] for a, b in PAIRS], float)
    strength = np.linalg.lstsq(design, np.array(odds), rcond=None)[0]
    expected = np.exp(strength) / np.exp(strength).sum()
    assert list(first_of(TEXTS, lean(rows, 0.999)).values()) == pytest.approx(expected.tolist())


def test_pairs_with_texts_that_are_not_asked_about_say_nothing() -> None:
    assert first_of(["a", "b"], lean([("a", "c", "c", 0.9)], 0.97)) == {"a": 0.5, "b": 0.5}


def test_no_pair_claims_more_than_it_may() -> None:
    assert first_of(["a", "b"], lean([("a", "b", "b", 1.0)], 0.9))["b"] == pytest.approx(0.9)
