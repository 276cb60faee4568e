"""The cheapest tree over directed edges, from a table of all of them (Tarjan 1977; Camerini, Fratta and Maffioli 1979).

The cheapest edge into a node is followed backwards until a circle closes. A circle becomes one node, into which an edge
costs what it costs more than the one that it replaces; so all nodes become one at last. Then the circles are opened
again from the root downwards. This takes as many steps as the table has cells.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

ABSENT = np.int64(2**62)  # the cost of an edge that is not there
LAST = np.int64(2**60)  # of one into the root, which no tree has


@kernel
def cheapest_tree(cost: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the parents of all nodes but node 0, all edges together the cheapest.

    Parameters
    ----------
    cost : int64 array of shape (nodes, nodes)
        Of the edge from the first to the second; ``ABSENT`` where there is none, else from 0 to 2**50. Every node
        can be reached from node 0.

    Returns
    -------
    int32 array
        -1 at node 0. Of edges that cost the same the one from the lower node is followed.
    """
    n = len(cost)
    into = np.full((2 * n, n), ABSENT, np.int64)  # of each node and circle: what it costs to come from a node
    head = np.zeros((2 * n, n), np.int32)  # and to which node of the circle
    for v in range(n):
        for u in range(n):
            if u != v:
                into[v, u] = LAST if v == 0 else cost[u, v]
            head[v, u] = v
    knot = np.arange(n).astype(np.int32)  # the circle that each node is in
    outer = np.full(2 * n, -1, np.int32)  # the circle that each circle is in
    tail, end, paid = np.zeros(2 * n, np.int32), np.zeros(2 * n, np.int32), np.zeros(2 * n, np.int64)
    on = np.zeros(2 * n, np.bool_)
    path = np.empty(2 * n, np.int32)
    size, knots, left = 1, n, n
    path[0] = 0
    on[0] = True
    while left > 1:
        s = path[size - 1]
        best = -1
        for u in range(n):
            if knot[u] != s and (best < 0 or into[s, u] < into[s, best]):
                best = u
        tail[s], end[s], paid[s] = best, head[s, best], into[s, best]
        t = knot[best]
        if not on[t]:
            path[size] = t
            on[t] = True
            size += 1
            continue
        new = knots
        knots += 1
        while True:
            c = path[size - 1]
            size -= 1
            on[c] = False
            outer[c] = new
            left -= 1
            for u in range(n):
                if into[c, u] < ABSENT and into[c, u] - paid[c] < into[new, u]:
                    into[new, u] = into[c, u] - paid[c]
                    head[new, u] = head[c, u]
            if c == t:
                break
        left += 1
        for u in range(n):
            above = outer[knot[u]]
            if above == new:
                knot[u] = new
        path[size] = new
        on[new] = True
        size += 1
    parent = np.full(n, -1, np.int32)
    waiting = np.empty(2 * n, np.int32)
    count = _open(np.int32(0), outer, waiting, 0)
    while count:
        count -= 1
        c = waiting[count]
        v = end[c]
        parent[v] = tail[c]
        count = _open(v, outer, waiting, count)
    return parent


@kernel
def _open(node: int, outer: NDArray[np.int32], waiting: NDArray[np.int32], count: int) -> int:
    """Open all circles about a node, add what else was in them to what waits for an edge, and count what waits."""
    c = node
    while outer[c] >= 0:
        above = outer[c]
        for other in range(len(outer)):
            if outer[other] == above:
                outer[other] = -1
                if other != c:
                    waiting[count] = other
                    count += 1
        c = above
    return count
