"""The family tree of witnesses, with their lost copies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING
from stemmata.genealogy.ages import dated_roots
from stemmata.genealogy.ancestors import Parents, hang_down, place_lost, readings
from stemmata.genealogy.evidence import Evidence, distinct, weigh, with_equal
from stemmata.genealogy.expectation import likeliest_tree
from stemmata.genealogy.mixture import SecondParent, second_parents
from stemmata.genealogy.parsimony import shortest_tree
from stemmata.genealogy.rooting import Root, Rooting, choose_root, hung
from stemmata.genealogy.support import expected, resampled, splits

RESAMPLED = 32
WIDE = 150  # witnesses up to which trees are resampled, a second opinion is asked, and second parents are sought
BEGINS = 0.7  # how sure a root is that readings decide: of such the first parting is right in two of three
EVEN = 0.5  # and which of two witnesses that read the same was copied from the other, where no dates tell
DOUBT = 0.8  # what is left of the support of an edge that the second opinion does not have


class Genealogy(NamedTuple):
    """A family tree of witnesses.

    Parameters
    ----------
    parents : int32 array
        The parent of each node, -1 at the root. Nodes are witnesses, then lost copies.
    readings : int32 array of shape (lost copies, places)
        What lost copies read, when the fewest readings changed; ``MISSING`` where no witness reads anything.
    support : float array
        How sure it is that the edge above each node parts the witnesses as it does, 0 to 1; at the root, that it is
        the root; 0 above a witness of which nothing can be read. Of two that read the same and of which no dates tell
        which was copied, one half.
    roots : tuple of Root
        Nodes where the tree may begin; it hangs by the first.
    decided : bool
        Whether there is one such node.
    others : tuple of SecondParent
        Witnesses that were copied from a second exemplar as well.
    """

    parents: Parents
    readings: NDArray[np.int32]
    support: NDArray[np.float64]
    roots: tuple[Root, ...]
    decided: bool
    others: tuple[SecondParent, ...]


def draw_genealogy(
    codes: NDArray[np.int32],
    weights: NDArray[np.float64] | None = None,
    *,
    older: NDArray[np.float64] | None = None,
    directed: Sequence[tuple[int, int, float]] = (),
    dates: NDArray[np.float64] | None = None,
    rounds: int = RESAMPLED,
) -> Genealogy:
    """Draw the tree of witnesses that were copied from one another, or from copies that are lost.

    Parameters
    ----------
    codes : int32 array of shape (witnesses, places)
        The number of what each witness reads, ``MISSING`` where that is not known; as ``telling_codes`` gives them.
    weights : float array, optional
        What a change counts at each place, from 0; without it 1.
    older : float array of shape (places, readings), optional
        For each reading how likely it is the older, as the logarithm of its frequency tells; NaN for an omission.
    directed : sequence of (int, int, float)
        Source, copy and log-odds of two witnesses of which dates or a verdict tell which copied. They overrule
        everything else about the root.
    dates : float array of shape (witnesses, 2), optional
        Before and after which each cannot have been written, on any scale; infinite where that is not known. Of the
        roots that are left, those go at which more witnesses would derive from younger ones than at others.
    rounds : int
        How many trees are drawn of resampled places; 0 for none, and full support.

    Returns
    -------
    Genealogy
        The same whatever the order of the witnesses. Of witnesses that read the same the first stands for all, and the
        others hang by it.

    Raises
    ------
    ValueError
        There is no witness.
    """
    if not len(codes):
        raise ValueError("a tree needs a witness")
    places = codes.shape[1]
    first, number = distinct(codes)
    weighed = weigh(codes[first], np.ones(places) if weights is None else weights)
    evidence, kept = weighed
    parent, sure = _tree(evidence, rounds)
    read = readings(parent, evidence)
    known = [(int(number[a]), int(number[b]), odds) for a, b, odds in directed if number[a] != number[b]]
    rooting = choose_root(parent, read, evidence, _older(older, kept, evidence), known)
    if dates is not None and np.isfinite(dates).any():
        rooting = dated_roots(rooting, parent, _first_dates(dates, number))
    top = rooting.candidates[0].node
    turned = hung(parent, top)
    sure = _turned_support(parent, turned, sure)
    sure[: len(first)][(codes[first] == MISSING).all(1) & (turned[: len(first)] >= 0)] = 0.0
    if not len(kept):  # nothing tells anything
        rooting = Rooting(tuple(Root(node, 0.0) for node in range(len(first))), decided=len(codes) == 1)
    sure[top] = 1.0 if len(codes) == 1 else max([BEGINS, *(1 / (1 + math.exp(-odds)) for *_, odds in known)])
    if len(first) == 2:
        sure[:] = sure[top]  # of two the one is the copy if the other is the source
    others = second_parents(turned, evidence) if len(kept) and 2 < len(first) <= WIDE else ()
    drawn = _expanded(codes, weighed, (first, number), turned, sure, *rooting, others)
    return _doubted(drawn, first[number], dates)


def _doubted(drawn: Genealogy, text: NDArray[np.int64], dates: NDArray[np.float64] | None) -> Genealogy:
    """Return a tree in which of witnesses that read the same the later ones are told apart by dates alone.

    Parameters
    ----------
    text : int64 array
        For each witness the first that reads the same.
    """
    again = np.flatnonzero(text != np.arange(len(text)))
    later = np.zeros(len(again), bool) if dates is None else dates[again, 0] > dates[text[again], 1]
    drawn.support[again] = np.where(later, 1.0, EVEN)
    held = {root.node for root in drawn.roots}
    more = tuple(Root(int(node), 0.0) for node in again[~later] if text[node] in held)
    return drawn._replace(roots=drawn.roots + more, decided=drawn.decided and not more)


def _first_dates(dates: NDArray[np.float64], number: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the dates of different witnesses: of several that read the same, of the first that was written."""
    found = np.full((int(number.max()) + 1, 2), np.inf)
    np.minimum.at(found, number, dates)
    return found


def _tree(evidence: Evidence, rounds: int) -> tuple[Parents, NDArray[np.float64]]:
    """Return the tree of different witnesses, which hangs by the first, and the support of its edges."""
    n = len(evidence.codes)
    if n < 3 or not len(evidence.states):
        return np.minimum(np.arange(-1, n - 1), 0).astype(np.int32), np.ones(n)
    near = shortest_tree(evidence)
    parent = place_lost(near, evidence)
    if not rounds:
        return parent, np.ones(len(parent))
    if n > WIDE:
        return parent, expected(parent, evidence)
    sure = resampled(parent, evidence, rounds)
    second = splits(likeliest_tree(hang_down(near), evidence), n)
    return parent, np.where(np.isin(splits(parent, n), second), sure, DOUBT * sure)


def _turned_support(parent: Parents, turned: Parents, sure: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the support of the edge above each node of a tree that was hung by another one."""
    nodes = np.arange(len(parent))
    return np.where(turned < 0, 1.0, np.where(turned == parent, sure[nodes], sure[turned]))


def _older(
    older: NDArray[np.float64] | None, kept: NDArray[np.int64], evidence: Evidence
) -> NDArray[np.float64] | None:
    """Return how old the readings are that the evidence has, by its own numbers."""
    if older is None:
        return None
    held = np.minimum(evidence.original, older.shape[1] - 1)
    return np.take_along_axis(np.asarray(older, np.float64)[kept], held, 1)


def _expanded(
    codes: NDArray[np.int32],
    weighed: tuple[Evidence, NDArray[np.int64]],
    distinct_ones: tuple[NDArray[np.int64], NDArray[np.int64]],
    parent: Parents,
    sure: NDArray[np.float64],
    roots: tuple[Root, ...],
    decided: bool,
    others: tuple[SecondParent, ...],
) -> Genealogy:
    """Return the tree of all witnesses, given that of those that read differently."""
    (evidence, kept), (first, number) = weighed, distinct_ones
    node, parents, support = with_equal(first, number, parent, sure, 1.0)
    read = np.full((len(parent) - len(first), codes.shape[1]), MISSING, np.int32)
    read[:] = codes.max(0, initial=MISSING)  # where all who read anything read one thing
    told = readings(parent, evidence)[len(first) :]
    read[:, kept] = evidence.original[np.arange(len(kept)), told]
    return Genealogy(
        parents,
        read,
        support,
        tuple(root._replace(node=int(node[root.node])) for root in roots),
        decided,
        tuple(x._replace(node=int(node[x.node]), parent=int(node[x.parent])) for x in others),
    )
