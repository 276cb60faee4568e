"""Witnesses that were copied from two exemplars by turns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING
from stemmata.genealogy.ancestors import Parents, readings
from stemmata.genealogy.evidence import UNIT, Evidence
from stemmata.kernels.exemplars import best_two
from stemmata.kernels.sankoff import sort_down

CHANGE = 3  # changes of reading that going over to another exemplar costs
LEAST = 6.0  # changes that a second exemplar must explain,
PART = 0.25  # and what part of those that one leaves
LIKELY = 20.0  # from here on it is likely
FIRST = 12  # nodes nearest to a witness of which one must be the main exemplar


class SecondParent(NamedTuple):
    """A node that a witness seems to have been copied from besides its parent.

    Parameters
    ----------
    node, parent : int
        The witness, and its second exemplar.
    gain : float
        Changes that it explains.
    verdict : {"possible", "likely"}
    """

    node: int
    parent: int
    gain: float
    verdict: str


def second_parents(parent: Parents, evidence: Evidence) -> tuple[SecondParent, ...]:
    """Return which witnesses have a second parent.

    For each witness the readings of lost copies are told without it; then two nodes that are not below it are sought
    between which it goes to and fro. Copies of a witness that mixes are no help against it.

    Parameters
    ----------
    parent : int32 array
        A tree, hung by its root.
    evidence : Evidence
        Its places in the order of the text.
    """
    order = sort_down(parent)
    found = []
    for w in range(len(evidence.codes)):
        if parent[w] < 0:
            continue
        allowed = _not_below(parent, order, w)
        blank = evidence.codes.copy()
        blank[w] = MISSING
        read = readings(parent, evidence._replace(codes=blank))
        own = evidence.codes[w]
        known = own >= 0
        single = (read[allowed][:, known] != own[known]) @ evidence.weight[known].astype(np.int64)
        if single.min() < LEAST * UNIT:
            continue
        rank = np.argsort(single, kind="stable")
        nearest = allowed[rank[:FIRST]]
        a, b, left = best_two(own, read, allowed[rank], nearest, evidence.weight, CHANGE * UNIT)
        gain = (int(single.min()) - left) / UNIT
        if a < 0 or gain < max(LEAST, PART * int(single.min()) / UNIT):
            continue
        other = _other(parent, a, b, w)
        found.append(SecondParent(w, other, gain, "likely" if gain >= LIKELY else "possible"))
    return tuple(found)


def _other(parent: Parents, a: int, b: int, w: int) -> int:
    """Return which of two exemplars is not the parent; where neither is, the one farther along the tree."""
    if parent[w] in (a, b):
        return a if parent[w] == b else b
    return max((a, b), key=lambda v: (_steps_between(parent, int(parent[w]), v), -v))


def _steps_between(parent: Parents, v: int, u: int) -> int:
    """Return how many edges lie between two nodes."""
    way = []
    while v >= 0:
        way.append(v)
        v = int(parent[v])
    steps = 0
    while u not in way:
        u = int(parent[u])
        steps += 1
    return steps + way.index(u)


def _not_below(parent: Parents, order: NDArray[np.int32], w: int) -> NDArray[np.int64]:
    """Return the nodes other than one and those below it."""
    below = np.zeros(len(parent), bool)
    below[w] = True
    for v in order:
        below[v] |= parent[v] >= 0 and below[parent[v]]
    return np.flatnonzero(~below)
