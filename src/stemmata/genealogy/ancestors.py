"""Which lost copies are worth their price, and what they read."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.genealogy.distances import distances
from stemmata.genealogy.evidence import UNIT, Evidence
from stemmata.kernels.disagreement import span
from stemmata.kernels.merging import drop_idle, merge_lost
from stemmata.kernels.sankoff import GONE, count_changes, read_lost, sort_down

LEAST = 1.0  # changes that a lost copy must save more than,
PART = 0.15  # and what part of the changes of a usual edge
ROUNDS = 8
DOUBT = UNIT // 2  # changes where a witness cannot be read, were all of it lost
TOGETHER = 8  # one in so many witnesses: merges that are done before all are reckoned anew

Parents = NDArray[np.int32]


def hang_down(near: NDArray[np.int32]) -> Parents:
    """Return the parent of each node of a tree given by neighbours, which hangs by witness 0."""
    parent = np.full(len(near), GONE, np.int32)
    parent[0] = -1
    line = [0]
    for v in line:
        for u in near[v]:
            if u >= 0 and parent[u] == GONE:
                parent[u] = v
                line.append(u)
    return parent


def place_lost(near: NDArray[np.int32], evidence: Evidence) -> Parents:
    """Return a tree whose lost copies cost less than what readings would change without them.

    Parameters
    ----------
    near : int32 array of shape (nodes, 3)
        A tree of witnesses and lost copies, by neighbours.
    evidence : Evidence

    Returns
    -------
    int32 array
        The parent of each node: witnesses, then lost copies. It hangs by witness 0, whose parent is -1.
    """
    n = len(evidence.codes)
    parent = hang_down(near)
    at_once = max(1, n // TOGETHER)
    merge_lost(parent, evidence.codes, evidence.states, evidence.weight, 0, DOUBT, at_once)
    price = price_of_lost(parent, evidence)
    parent = spanned(parent, evidence, price)
    merge_lost(parent, evidence.codes, evidence.states, evidence.weight, price, DOUBT, at_once)
    drop_idle(parent, n)
    return packed(parent)


def price_of_lost(parent: Parents, evidence: Evidence) -> int:
    """Return what a lost copy costs, in parts of ``UNIT``: one change, or a part of a usual edge's."""
    read = readings(parent, evidence)
    below = np.flatnonzero(parent >= 0)
    changes = (read[below] != read[parent[below]]) @ evidence.weight.astype(np.int64)
    return int(max(LEAST * UNIT, PART * float(np.median(changes)) if len(changes) else 0))


def readings(parent: Parents, evidence: Evidence) -> NDArray[np.int32]:
    """Return what each node reads when the fewest readings change; a missing reading of a witness is guessed too."""
    return read_lost(parent, sort_down(parent), evidence.codes, evidence.states, evidence.share)


def total_price(parent: Parents, evidence: Evidence, price: int) -> int:
    """Return the changes along a tree and the price of its lost copies."""
    changes = count_changes(parent, sort_down(parent), evidence.codes, evidence.states, evidence.weight)
    return int(changes) + price * int((parent[len(evidence.codes) :] != GONE).sum())


def spanned(parent: Parents, evidence: Evidence, price: int) -> Parents:
    """Join all nodes anew by what they read, as long as that makes the tree cheaper."""
    n = len(evidence.codes)
    best = total_price(parent, evidence, price)
    for _ in range(ROUNDS):
        nodes = np.flatnonzero(parent != GONE)
        read = readings(parent, evidence)[nodes]
        read[:n] = evidence.codes
        above = span(distances(evidence, read))
        tree = np.full(len(parent), GONE, np.int32)
        tree[nodes] = np.where(above < 0, -1, nodes[above])
        drop_idle(tree, n)
        now = total_price(tree, evidence, price)
        if now >= best:
            return parent
        best, parent = now, tree
    return parent


def packed(parent: Parents) -> Parents:
    """Return a tree whose nodes are numbered without gaps."""
    kept = np.flatnonzero(parent != GONE)
    number = np.full(len(parent), -1, np.int32)
    number[kept] = np.arange(len(kept))
    above = parent[kept]
    return np.where(above < 0, -1, number[above]).astype(np.int32)
