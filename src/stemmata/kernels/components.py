"""Connected components by union-find with path halving; the smaller index wins, so the answer is one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel


@kernel
def components(size: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each of ``size`` nodes the smallest node that it is connected with."""
    root = np.arange(size)
    for k in range(len(left)):
        x, y = left[k], right[k]
        while root[x] != x:
            root[x] = root[root[x]]
            x = root[x]
        while root[y] != y:
            root[y] = root[root[y]]
            y = root[y]
        root[max(x, y)] = min(x, y)
    for x in range(size):  # a root is smaller than its nodes: one pass settles all
        root[x] = root[root[x]]
    return root
