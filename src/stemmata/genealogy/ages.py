"""What the dates of witnesses say about the root: nobody copied a witness that was not yet there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.genealogy.ancestors import Parents
from stemmata.genealogy.rooting import Root, Rooting, hung
from stemmata.kernels.sankoff import sort_down


def count_younger_sources(parent: Parents, dates: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return for each node how many pairs have a younger witness above an older one if the tree begins there.

    Parameters
    ----------
    parent : int32 array
        A tree, hung by any node.
    dates : float array of shape (witnesses, 2)
        Before and after which no witness can have been written, on any scale; infinite where that is not known.
    """
    found = np.zeros(len(parent), np.int64)
    younger = np.zeros(len(parent), np.int64)
    for witness, latest in enumerate(dates[:, 1].tolist()):
        younger[: len(dates)] = dates[:, 0] > latest
        if not younger.any():
            continue
        above = hung(parent, witness)
        passed = younger.copy()
        for node in sort_down(above)[1:].tolist():
            passed[node] += passed[above[node]]
        found += passed
    return found


def dated_roots(rooting: Rooting, parent: Parents, dates: NDArray[np.float64]) -> Rooting:
    """Return those roots at which the fewest witnesses stand below a younger one.

    Where none of them is such a root, it is the one that is nearest to the best. That an older witness is the source of
    a younger one nobody says: the oldest may be a bad copy.

    Parameters
    ----------
    rooting : Rooting
        As the readings tell it.
    parent, dates : arrays
        As for :func:`count_younger_sources`.
    """
    against = count_younger_sources(parent, dates)
    kept = [root for root in rooting.candidates if against[root.node] == against.min()]
    if not kept:
        best = rooting.candidates[0]
        above = hung(parent, best.node)
        steps = np.zeros(len(parent), np.int64)
        for node in sort_down(above)[1:].tolist():
            steps[node] = steps[above[node]] + 1
        allowed = np.flatnonzero(against == against.min())
        kept = [Root(int(allowed[np.argmin(steps[allowed])]), best.score)]
    return Rooting(tuple(kept), len(kept) == 1)
