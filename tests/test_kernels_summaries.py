"""The segment that reads most like words drawn from another text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.summaries import drawn_segment
from tests.oracles import summaries as oracle

TYPES = 5


@given(
    st.lists(st.integers(0, TYPES - 1), min_size=1, max_size=15),
    st.lists(st.integers(-5, 5), min_size=TYPES, max_size=TYPES),
    st.data(),
)
def test_no_other_segment_is_better(a: list[int], value: list[int], data: st.DataObject) -> None:
    bonus = data.draw(st.lists(st.integers(-3, 3), min_size=len(a) + 1, max_size=len(a) + 1))
    low, high, score = drawn_segment(np.array(a, np.int32), np.array(value, float), np.array(bonus, float))
    assert 0 <= low < high <= len(a)
    assert score == bonus[low] + sum(value[t] for t in a[low:high]) + bonus[high]
    assert score == oracle.drawn_segment(a, value, bonus)
