"""Who stays: one after another, each node unless it may go for one that stays already."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel


@kernel
def choose_keepers(first: NDArray[np.int64], target: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each node the first of all nodes for which it goes, itself if it stays.

    Parameters
    ----------
    first : int64 array, one longer than there are nodes
        Node ``x`` may go for each of ``target[first[x]:first[x + 1]]``. Nodes stand in order of preference.
    target : int64 array
        Nodes.
    """
    keeper = np.arange(len(first) - 1)
    for x in range(len(first) - 1):
        best = x
        for k in range(first[x], first[x + 1]):
            t = target[k]
            if t < best and keeper[t] == t:
                best = t
        keeper[x] = best
    return keeper
