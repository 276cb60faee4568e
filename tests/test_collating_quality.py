"""Floors of a collation's quality on traditions whose places are known; skipped where the data are absent."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks import corpora
from benchmarks.collating import agreement, collating

NEEDS_DATA = pytest.mark.skipif(not corpora.DATA.is_dir(), reason=f"no benchmark data at {corpora.DATA}")


@NEEDS_DATA
def test_words_that_share_a_place_are_put_in_one_and_others_are_not() -> None:
    figures = collating(3).figures
    assert figures["simulated copying, stemmata, recall"] >= 0.998
    assert figures["simulated copying, stemmata, precision"] >= 0.998
    assert figures["Florilegium, stemmata, recall"] >= 0.99
    assert figures["Florilegium, stemmata, precision"] >= 0.985
    for name in ("spun star", "slips, copies of copies"):
        assert figures[f"{name}, stemmata, recall"] >= 0.97
        assert figures[f"{name}, stemmata, precision"] >= 0.97


def test_agreement_counts_pairs_of_words_in_one_place() -> None:
    """Two of three words of one row share a place, and one of them shares it with a word of another row."""
    true = [np.array([0, 1]), np.array([0, 1]), np.array([0, 1])]
    found = [np.array([0, 1]), np.array([0, 1]), np.array([1, 2])]
    assert agreement(true, found) == (2 / 6, 2 / 4)
