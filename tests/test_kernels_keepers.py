"""Who stays: the kernel and its slow twin."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.keepers import choose_keepers
from tests.oracles import keepers as oracle

LINKS = st.integers(0, 30).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, max(0, size - 1)), max_size=6) if size else st.just([]), min_size=size, max_size=size
    )
)


@given(LINKS)
def test_the_kernel_keeps_what_its_twin_keeps(links: list[list[int]]) -> None:
    first = np.cumsum([0, *map(len, links)]).astype(np.int64)
    target = np.array([other for some in links for other in some], np.int64)
    assert choose_keepers(first, target).tolist() == oracle.choose_keepers(links)


@given(LINKS)
def test_whatever_goes_goes_for_one_that_stays(links: list[list[int]]) -> None:
    first = np.cumsum([0, *map(len, links)]).astype(np.int64)
    target = np.array([other for some in links for other in some], np.int64)
    keeper = choose_keepers(first, target)
    assert (keeper[keeper] == keeper).all()
    assert all(keeper[x] in links[x] for x in range(len(links)) if keeper[x] != x)
