"""How far each edge of a tree hangs on a few places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.genealogy.ancestors import Parents, place_lost, price_of_lost, readings
from stemmata.genealogy.evidence import UNIT, Evidence
from stemmata.genealogy.parsimony import shortest_tree
from stemmata.kernels.sankoff import fit_below, price_merges, sort_down

SEED = 20090401
ROUGH = (
    0.9  # the most that is said without drawing trees anew: of edges that reckoning is sure of nine in ten were right
)


def splits(parent: Parents, witnesses: int) -> NDArray[np.uint64]:
    """Return for each node a number for how the edge to its parent parts the witnesses; 0 at the root."""
    key = np.random.default_rng(SEED).integers(1, 2**63, witnesses, dtype=np.uint64)
    below = np.zeros(len(parent), np.uint64)
    below[:witnesses] = key
    for v in sort_down(parent)[:0:-1]:
        below[parent[v]] ^= below[v]
    return np.where(parent < 0, np.uint64(0), np.minimum(below, below ^ np.bitwise_xor.reduce(key)))


def resampled(parent: Parents, evidence: Evidence, rounds: int) -> NDArray[np.float64]:
    """Return in which share of trees of resampled places an edge parts the witnesses alike (Felsenstein 1985).

    Parameters
    ----------
    parent : int32 array
    evidence : Evidence
        Of three witnesses at least.
    rounds : int
        Trees, from 1.

    Returns
    -------
    float array
        For the edge above each node, 0 to 1; 1 at the root, which has none. Between two witnesses it is asked as well
        whether they hang together: that an edge parts one witness from all others goes without saying.
    """
    own = splits(parent, len(evidence.codes))
    found = np.zeros(len(parent))
    places = len(evidence.weight)
    random = np.random.default_rng(SEED)
    for _ in range(rounds):
        drawn = evidence.counting(random.multinomial(places, np.full(places, 1 / places)))
        tree = place_lost(shortest_tree(drawn, starts=0), drawn)
        found += np.isin(own, splits(tree, len(evidence.codes))) & _together(parent, tree, len(evidence.codes))
    return np.where(parent < 0, 1.0, found / rounds)


def _together(parent: Parents, other: Parents, witnesses: int) -> NDArray[np.bool_]:
    """Say of each node whether it hangs by its parent in another tree as well, either way; of lost copies, always."""
    node = np.arange(len(parent))
    found = (node >= witnesses) | (parent >= witnesses) | (parent < 0)
    pairs = np.flatnonzero(~found)
    found[pairs] = (other[pairs] == parent[pairs]) | (other[parent[pairs]] == pairs)
    return found


def expected(parent: Parents, evidence: Evidence) -> NDArray[np.float64]:
    """Return about what :func:`resampled` would, without drawing a tree anew: for families too large for that.

    The edge above a node falls where resampled places would rather hang the node one edge away, or make a lost copy one
    with a neighbour. How often that is follows from how many places speak for either.

    Returns
    -------
    float array
        From 0 to ``ROUGH``; 1 at the root.
    """
    n = len(evidence.codes)
    order = sort_down(parent)
    read = readings(parent, evidence)
    fits = fit_below(parent, order, evidence.codes, evidence.states)
    merged = price_merges(parent, order, evidence.codes, evidence.states, evidence.weight) / UNIT
    price = price_of_lost(parent, evidence) / UNIT
    children: list[list[int]] = [[] for _ in parent]
    for v in order[1:]:
        children[parent[v]].append(int(v))
    weight = evidence.weight / UNIT
    sure = np.where(parent < 0, 1.0, ROUGH)
    for v in order[1:]:
        p = int(parent[v])
        others = [u for u in children[p] if u != v] + ([int(parent[p])] if parent[p] >= 0 else [])
        if others:
            misfit = (fits[v] >> read[others].astype(np.uint64)) & np.uint64(1) == 0
            here = (fits[v] >> read[p].astype(np.uint64)) & np.uint64(1) == 0
            gain = (misfit.astype(float) - here) * weight
            sure[v] = min(ROUGH, float(_likely(gain.sum(1), np.square(gain).sum(1)).min()))
        if v >= n or p >= n:
            sure[v] = min(sure[v], float(_likely(np.array(merged[v] - price), np.array(merged[v]))))
    return sure


def _likely(gain: NDArray[np.float64], variance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how likely a sum is above 0 that spreads so much around its mean."""
    z = gain / np.sqrt(np.maximum(variance, 1e-9))
    return 1 / (1 + np.exp(-1.702 * z))  # the normal distribution, within .01
