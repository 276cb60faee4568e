"""How much witnesses differ, and the trees that follow from distances alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

Distances = NDArray[np.float64]


@kernel
def disagree(codes: NDArray[np.int32], weight: NDArray[np.int32], total: float) -> Distances:
    """Return how much each two rows differ, as if all places were read in both; what is negative is missing."""
    n, m = codes.shape
    apart = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            both, differ = np.int64(0), np.int64(0)
            for k in range(m):
                a, b = codes[i, k], codes[j, k]
                read = weight[k] if a >= 0 and b >= 0 else 0
                both += read
                differ += read if a != b else 0
            apart[i, j] = apart[j, i] = differ / both * total if both else total
    return apart


@kernel
def join_neighbours(apart: Distances) -> NDArray[np.int32]:
    """Return the tree of neighbour joining (Saitou and Nei 1987) as neighbours, at most three, of each node.

    There are three rows at least. Rows are leaves; node n + k is the k-th that joined two. Of equal pairs the first.
    """
    n = len(apart)
    near = np.full((2 * n - 2, 3), -1, np.int32)
    apart = apart.copy()
    node = np.arange(n)
    sums = np.empty(n)
    for i in range(n):
        sums[i] = apart[i].sum()
    left = n
    for fresh in range(n, 2 * n - 3):
        a, b, least = 0, 1, np.inf
        for i in range(left):
            for j in range(i + 1, left):
                closeness = (left - 2) * apart[i, j] - sums[i] - sums[j]
                if closeness < least - 1e-9:
                    a, b, least = i, j, closeness
        between = apart[a, b]
        hang(near, fresh, node[a])
        hang(near, fresh, node[b])
        for k in range(left):  # the new node takes the row of a, the last row that of b
            if k != a and k != b:
                distance = (apart[a, k] + apart[b, k] - between) / 2
                sums[k] += distance - apart[a, k] - apart[b, k]
                apart[a, k] = apart[k, a] = distance
        node[a] = fresh
        left -= 1
        if b != left:
            node[b], sums[b] = node[left], sums[left]
            for k in range(left):
                apart[b, k] = apart[k, b] = apart[left, k]
        apart[b, b] = 0
        sums[a] = 0
        for k in range(left):
            if k != a:
                sums[a] += apart[a, k]
    for k in range(3):
        hang(near, 2 * n - 3, node[k])
    return near


@kernel
def hang(near: NDArray[np.int32], a: int, b: int) -> None:
    """Make two nodes neighbours."""
    for v, u in ((a, b), (b, a)):
        k = 0
        while near[v, k] >= 0:
            k += 1
        near[v, k] = u


@kernel
def span(apart: Distances) -> NDArray[np.int64]:
    """Return the smallest spanning tree as the parent of each row; row 0 has none. Of equal edges the first row's."""
    n = len(apart)
    parent = np.full(n, -1)
    nearest = np.full(n, np.inf)
    from_ = np.zeros(n, np.int64)
    inside = np.zeros(n, np.bool_)
    v = 0
    for _ in range(n):
        inside[v] = True
        for u in range(n):
            if not inside[u] and apart[v, u] < nearest[u] - 1e-9:
                nearest[u], from_[u] = apart[v, u], v
        best = -1
        for u in range(n):
            if not inside[u] and (best < 0 or nearest[u] < nearest[best] - 1e-9):
                best = u
        if best < 0:
            break
        parent[best] = from_[best]
        v = best
    return parent
