"""The tree along which the fewest readings changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING
from stemmata.genealogy.distances import distances, neighbour_joining
from stemmata.genealogy.evidence import Evidence
from stemmata.kernels.parsimony import add_in_turn, shorten

STARTS = 3  # trees to which witnesses are added in turn
SWEEPS = 50  # no tree that was seen needed ten
WIDE = 300  # witnesses above which there is one first tree, without distances, and parts are moved near by only,
NEAR = 12  # so many edges far,
FEW = 3  # and so many times


def shortest_tree(evidence: Evidence, seed: int = 0, starts: int = STARTS) -> NDArray[np.int32]:
    """Return the shortest tree that moving parts of some first trees leads to (Fitch 1971).

    Parameters
    ----------
    evidence : Evidence
        Of three witnesses at least.
    seed : int
        Of the order in which witnesses are added.
    starts : int
        First trees beside that of neighbour joining.

    Returns
    -------
    int32 array of shape (2 x witnesses - 2, 3)
        The neighbours of each node, -1 for none. Witnesses come first and have one.
    """
    sides, weight = _patterns(evidence)
    many = len(evidence.codes) > WIDE
    reach, sweeps = (NEAR, FEW) if many else (len(sides), SWEEPS)
    random = np.random.default_rng(seed)
    trees = [] if many else [neighbour_joining(distances(evidence))]
    for _ in range(1 if many else starts):
        turn = random.permutation(len(evidence.codes)).astype(np.int32)
        trees.append(add_in_turn(turn, sides, weight))
    lengths = [shorten(near, sides, weight, reach, sweeps) for near in trees]
    return trees[int(np.argmin(lengths))]


def _patterns(evidence: Evidence) -> tuple[NDArray[np.unsignedinteger], NDArray[np.int64]]:
    """Return the sides of a tree with its leaves filled, for each way in which readings part witnesses, and its weight.

    A reading of one witness alone costs one change on any tree: it is left out, and so is a place that then parts
    nobody.
    """
    codes = evidence.codes.copy()
    alone = np.take_along_axis(evidence.share, np.maximum(codes.T, 0), 1).T == 1
    codes[alone] = MISSING
    parting = np.flatnonzero((evidence.share > 1).sum(1) > 1)
    codes, weight = codes[:, parting], evidence.weight[parting]
    for k in range(codes.shape[1]):  # readings are numbered as they come
        _, first, number = np.unique(codes[:, k], return_index=True, return_inverse=True)
        rank = np.argsort(np.argsort(np.where(codes[first, k] == MISSING, -1, first)))
        number = rank[number.reshape(-1)]
        codes[:, k] = number - 1 if (codes[:, k] == MISSING).any() else number
    patterns, which = np.unique(codes, axis=1, return_inverse=True)
    times = np.bincount(which.reshape(-1), weight, patterns.shape[1]).astype(np.int64)
    kind = np.uint8 if patterns.max(initial=0) < 8 else np.uint64
    everything = (2 ** (patterns.max(0, initial=0).astype(object) + 1) - 1).astype(np.uint64)
    bits = np.where(patterns == MISSING, everything[None, :], np.uint64(1) << np.maximum(patterns, 0).astype(np.uint64))
    sides = np.zeros((2 * len(codes) - 2, 3, patterns.shape[1]), kind)
    sides[: len(codes), 0] = bits
    return sides, times
