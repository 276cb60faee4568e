"""How much witnesses differ, and the tree that follows from that alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.genealogy.evidence import UNIT, Evidence
from stemmata.kernels.disagreement import disagree, join_neighbours


def distances(evidence: Evidence, codes: NDArray[np.int32] | None = None) -> NDArray[np.float64]:
    """Return the changes between each two witnesses, as if both were read everywhere.

    Parameters
    ----------
    evidence : Evidence
    codes : int32 array of shape (nodes, places), optional
        What others than the witnesses read, too.

    Returns
    -------
    float array of shape (nodes, nodes)
        From 0; two that are never read together are as far apart as can be.
    """
    read = evidence.codes if codes is None else codes
    return disagree(read, evidence.weight, float(evidence.weight.sum())) / UNIT


def neighbour_joining(apart: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the tree of neighbour joining (Saitou and Nei 1987) of three witnesses or more.

    Returns
    -------
    int32 array of shape (2 x witnesses - 2, 3)
        The neighbours of each node, -1 for none. Witnesses come first and have one.
    """
    return join_neighbours(apart)
