"""Connected components by union-find with path halving; the smaller index wins, so the answer is one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import inlined, kernel


@inlined
def find_root(root: NDArray[np.int64], node: int) -> int:
    """Return the root of a node, and halve the way to it."""
    while root[node] != node:
        root[node] = root[root[node]]
        node = root[node]
    return node


@kernel
def components(size: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each of ``size`` nodes the smallest node that it is connected with."""
    root = np.arange(size)
    for k in range(len(left)):
        x, y = find_root(root, left[k]), find_root(root, right[k])
        root[max(x, y)] = min(x, y)
    for x in range(size):  # a root is smaller than its nodes: one pass settles all
        root[x] = root[root[x]]
    return root


@kernel
def bounded_components(
    left: NDArray[np.int64], right: NDArray[np.int64], sizes: NDArray[np.int64], most: int
) -> NDArray[np.int64]:
    """Return for each node the smallest of its group; links join groups in turn unless they had ``most`` together."""
    root = np.arange(len(sizes))
    held = sizes.copy()
    for k in range(len(left)):
        x, y = find_root(root, left[k]), find_root(root, right[k])
        if x != y and held[x] + held[y] <= most:
            root[max(x, y)] = min(x, y)
            held[min(x, y)] += held[max(x, y)]
    for x in range(len(sizes)):
        root[x] = root[root[x]]
    return root


@kernel
def cut_blocks(
    left: NDArray[np.int64], right: NDArray[np.int64], sizes: NDArray[np.int64], most: int, block: NDArray[np.int64]
) -> None:
    """Set the block of each link: links in a row whose nodes have at most ``most`` together, at least one link."""
    last = np.full(len(sizes), -1, np.int64)
    now = 0
    held = 0
    for k in range(len(left)):
        x, y = left[k], right[k]
        more = (sizes[x] if last[x] != now else 0) + (sizes[y] if last[y] != now else 0)
        if held and held + more > most:
            now += 1
            held = 0
            more = sizes[x] + sizes[y]
        held += more
        last[x] = last[y] = now
        block[k] = now
