"""Where a tree of witnesses begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING
from stemmata.genealogy.ancestors import Parents
from stemmata.genealogy.evidence import UNIT, Evidence
from stemmata.kernels.sankoff import sort_down

MIDDLE = 6.0  # what it is worth to have the reading of most at all places
MARGIN = 0.3  # by which a root must be better than any other, but for a lost copy beside it
OMITTED = 0.7  # that a lack of words is the later state
FARTHEST = 2.0  # difference of two readings that counts in full
BORNE_OUT = 0.4  # what a direction that a root bears out counts, to one that it contradicts: of two copies of one
# text the one is often taken for the source of the other, but a copy seldom for the source of its own source
SLIGHT = 1e-9

Directed = Sequence[tuple[int, int, float]]


class Root(NamedTuple):
    """A node where the tree may begin, and how well it fits; a score has no unit."""

    node: int
    score: float


class Rooting(NamedTuple):
    """Nodes where a tree may begin, best first; there is one where it is ``decided``."""

    candidates: tuple[Root, ...]
    decided: bool


def choose_root(
    parent: Parents,
    read: NDArray[np.int32],
    evidence: Evidence,
    older: NDArray[np.float64] | None = None,
    directed: Directed = (),
) -> Rooting:
    """Say at which node the tree begins.

    What is known of two witnesses overrules all else. Of the nodes that it leaves open that is best from which readings
    change most from old to new, and which reads most often as most do. Neither the middle of a tree nor what was
    omitted decides, as long as nothing is known of words: the editors' root of a florilegium is far from both.

    Parameters
    ----------
    parent : int32 array
        A tree, hung by any node.
    read : int32 array of shape (nodes, places)
    evidence : Evidence
    older : float array of shape (places, most readings), optional
        For each reading how likely it is the older, on any scale where 2 is much; NaN for an omission.
    directed : sequence of (int, int, float)
        Source, copy and log-odds of two witnesses of which it is known which copied.
    """
    order = sort_down(parent)
    turned, changes = _turned(parent, read, evidence, older)
    towards = np.zeros(len(parent))  # what the changes away from each node say
    towards[order[0]] = sum(turned[v] for v in order[1:])
    for v in order[1:]:
        towards[v] = towards[parent[v]] - 2 * turned[v]
    towards /= np.sqrt(max(changes, 1.0))
    majority = np.argmax(evidence.share, axis=1)
    middle = (read == majority).mean(1) if len(majority) else np.zeros(len(parent))
    score = towards + MIDDLE * middle
    apart = _steps(parent)
    allowed = np.ones(len(parent), bool)
    allowed[: len(evidence.codes)] = (evidence.codes != MISSING).any(1)
    allowed |= not allowed.any()
    if directed:
        said = np.zeros(len(parent))
        for source, copy, odds in directed:
            between = apart[source, copy]
            said += BORNE_OUT * odds * (apart[source] + between == apart[copy])
            said -= odds * (apart[copy] + between == apart[source])
        allowed = said >= said.max() - SLIGHT
    nodes = np.flatnonzero(allowed)
    best = _highest(nodes, score)
    lost = nodes >= len(evidence.codes)
    near = (apart[best][nodes] == 1) & (lost | (best >= len(evidence.codes)))  # a lost copy beside it is as good
    beyond = nodes[~near & (nodes != best)]
    candidates = [best]
    if (np.abs(towards) > SLIGHT).any():
        oldest = _highest(nodes, towards)
        if oldest in beyond:
            candidates.append(oldest)
    close = beyond[score[beyond] > score[best] - MARGIN] if _words_tell(older) else beyond
    if len(close):
        candidates.append(_highest(close, score))
    roots = tuple(Root(v, float(score[v])) for v in dict.fromkeys(candidates))
    return Rooting(roots, len(roots) == 1)


def hung(parent: Parents, root: int) -> Parents:
    """Return the tree hung by another node."""
    turned = parent.copy()
    above, v = -1, root
    while v >= 0:
        turned[v], above, v = above, v, int(parent[v])
    return turned


def _words_tell(older: NDArray[np.float64] | None) -> bool:
    """Say whether of two words anywhere one is likelier the older."""
    if older is None or not older.size:
        return False
    low, high = np.nan_to_num(older, nan=np.inf).min(1), np.nan_to_num(older, nan=-np.inf).max(1)
    return bool((high > low + SLIGHT).any())


def _highest(nodes: NDArray[np.int64], score: NDArray[np.float64]) -> int:
    return int(nodes[np.argmax(np.round(score[nodes], 9))])


def _turned(
    parent: Parents, read: NDArray[np.int32], evidence: Evidence, older: NDArray[np.float64] | None
) -> tuple[NDArray[np.float64], float]:
    """Return for each node how much the changes below its parent look like changes from old to new, and all changes."""
    below = np.flatnonzero(parent >= 0)
    turned = np.zeros(len(parent))
    changes = 0.0
    places = np.arange(len(evidence.weight))
    for v in below:
        before, after = read[parent[v]], read[v]
        weight = (before != after) * evidence.weight / UNIT
        changes += float(weight.sum())
        if older is not None:
            old, new = older[places, before], older[places, after]
            lean = np.clip(old - new, -FARTHEST, FARTHEST) / FARTHEST
            lean[np.isnan(new)], lean[np.isnan(old)] = OMITTED, -OMITTED
            turned[v] = float((weight * lean).sum())
    return turned, changes


def _steps(parent: Parents) -> NDArray[np.int16]:
    """Return how many edges lie between each two nodes."""
    order = sort_down(parent)
    apart = np.zeros((len(parent), len(parent)), np.int16)
    for i, v in enumerate(order[1:], 1):
        done = order[:i]
        apart[v, done] = apart[done, v] = apart[parent[v], done] + 1
    return apart
