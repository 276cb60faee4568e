"""How far each edge of a tree hangs on a few places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.genealogy.ancestors import Parents, place_lost
from stemmata.genealogy.evidence import Evidence
from stemmata.genealogy.parsimony import shortest_tree
from stemmata.kernels.sankoff import sort_down

SEED = 20090401


def splits(parent: Parents, witnesses: int) -> NDArray[np.uint64]:
    """Return for each node a number that says which witnesses the edge to its parent parts from which; 0 at the root."""
    key = np.random.default_rng(SEED).integers(1, 2**63, witnesses, dtype=np.uint64)
    below = np.zeros(len(parent), np.uint64)
    below[:witnesses] = key
    for v in sort_down(parent)[:0:-1]:
        below[parent[v]] ^= below[v]
    return np.where(parent < 0, np.uint64(0), np.minimum(below, below ^ np.bitwise_xor.reduce(key)))


def resampled(parent: Parents, evidence: Evidence, rounds: int) -> NDArray[np.float64]:
    """Return in which share of trees of resampled places the edge above each node parts the same witnesses (Felsenstein 1985).

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
        From 0 to 1; 1 at the root, which has no edge.
    """
    own = splits(parent, len(evidence.codes))
    found = np.zeros(len(parent))
    places = len(evidence.weight)
    random = np.random.default_rng(SEED)
    for _ in range(rounds):
        drawn = evidence.counting(random.multinomial(places, np.full(places, 1 / places)))
        tree = place_lost(shortest_tree(drawn, starts=0), drawn)
        found += np.isin(own, splits(tree, len(evidence.codes)))
    return np.where(parent < 0, 1.0, found / rounds)
