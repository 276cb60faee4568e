"""Floors of what counts of word pairs are worth, on real benchmark data; skipped where the data are absent."""

from __future__ import annotations

import pytest
from benchmarks import corpora
from benchmarks.counted import counted

pytestmark = pytest.mark.skipif(not corpora.DATA.is_dir(), reason=f"no benchmark data at {corpora.DATA}")


def test_counts_tell_who_swapped_words() -> None:
    """A collection's own help beside those that ship, where few are copies; alone they are better than none."""
    figures = counted(12, parts=(1.0,)).figures
    assert all(figures[name] == 1 for name in figures if name.endswith("right"))
    assert figures["shipped >= 0.9"] >= figures["none >= 0.9"] + 0.06
    assert figures["both, 1.0 >= 0.9"] >= figures["shipped >= 0.9"]
    assert figures["both, 1.0 health"] >= figures["shipped health"] + 0.05
    assert figures["both, all >= 0.9"] >= figures["shipped >= 0.9"] - 0.06
    assert figures["own, 1.0 >= 0.9"] >= figures["none >= 0.9"] + 0.03
    assert figures["file 1.0, 1 >= 0.9"] >= figures["file 1.0, 2 >= 0.9"]
