"""The family tree of copies that are mostly there, as pages of the web are."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING, OMISSION, Collation
from stemmata.collating.frames import Frames
from stemmata.genealogy.absent import Tree, add_lost
from stemmata.genealogy.copying import trace_copies, weight_of_most
from stemmata.genealogy.drawing import Genealogy
from stemmata.genealogy.evidence import distinct, with_equal
from stemmata.genealogy.rooting import Root
from stemmata.kernels.copying import NOTHING, UNKNOWN
from stemmata.kernels.sankoff import sort_down

SHARPNESS = 0.7  # by which costs become odds
MOST = 0.97  # what texts alone may claim of a root, dates of some among them
DECIDED = 0.6  # probability from which a root is one
RIVAL = 0.3  # probability of another, to that of the best, from which it is named where none is decided
EVEN = 0.5  # how sure it is which of two equal texts came first


def draw_copies(
    collation: Collation,
    age: NDArray[np.float64],
    directed: Mapping[tuple[int, int], float],
    frames: Frames | None = None,
) -> Genealogy:
    """Draw the tree of witnesses that were copied from one another.

    Parameters
    ----------
    collation : Collation
        Of equal witnesses the first stands for all.
    age : float array of shape (places, most readings)
        For each reading how likely it is the older (``likely_older``).
    directed : mapping of (int, int) to float
        Log-odds that the first of two witnesses is the source, and the second the copy.
    frames : Frames, optional
        What belongs to pages: headlines say nothing, lines of pages were in no first text.

    Returns
    -------
    Genealogy
        The same whatever the order of different witnesses.
    """
    words = _words(collation)
    lines = np.zeros(words.shape[1], bool)
    if frames is not None:
        words[frames.headlines] = UNKNOWN
        lines = frames.lines
    moves = [column for _, column in collation.moves()]
    moved = np.stack(moves, axis=1) if moves else np.zeros((len(words), 0), np.int32)
    first, number = distinct(np.hstack([words.astype(np.int32), moved]))
    first = _sources(first, number, directed)
    known: dict[tuple[int, int], float] = {}
    later: dict[int, float] = {}  # of equal texts those that were copied from the first of them
    for (source, copy), odds in directed.items():
        pair = int(number[source]), int(number[copy])
        if pair[0] != pair[1]:
            known[pair] = max(odds, known.get(pair, 0.0))
        elif source == first[pair[0]]:
            later[copy] = odds
    copies = trace_copies(words[first], moved[first], age, known, lines)
    tree = add_lost(copies.parents, words[first], age, known, lines)
    top = _tops(tree, copies.costs, copies.root)
    sure = _sureness(tree, copies.costs, top)
    roots = _roots(tree, top)
    return _expanded(first, number, tree, sure, roots, later)


def _sources(
    first: NDArray[np.int64], number: NDArray[np.int64], directed: Mapping[tuple[int, int], float]
) -> NDArray[np.int64]:
    """Return of each text the first witness that is not known to be copied from another one with the same text."""
    copied = np.zeros(len(number), bool)
    copied[[copy for source, copy in directed if number[source] == number[copy]]] = True
    found = first.copy()
    for witness in np.flatnonzero(~copied)[::-1].tolist():
        found[number[witness]] = witness
    return found


def _words(collation: Collation) -> NDArray[np.int16]:
    """Return the word of each witness at each place, ``NOTHING`` where it has none, whatever the reason."""
    omitted = [here.index(OMISSION) if OMISSION in here else MISSING for here in collation.readings]
    return np.where(collation.codes == np.array(omitted, np.int32), NOTHING, collation.codes).astype(np.int16)


def _tops(tree: Tree, costs: NDArray[np.float64], root: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how likely each node is the root, given all edges without their directions.

    A lost copy is asked only where it is the root; then the chance that it was not there is that of the text from which
    the tree would hang without it.
    """
    size = len(root)
    order = sort_down(tree.parents)
    first = order[0]
    if first >= size:
        likely = np.zeros(len(tree.parents))
        below = np.flatnonzero((tree.parents == first) & (np.arange(len(tree.parents)) < size))
        likely[first] = _lost_sureness(tree, size)[first]
        likely[below[np.argmin(root[below])] if len(below) else first] += 1 - likely[first]
        return likely
    dearer = np.full(len(tree.parents), np.inf)
    dearer[first] = 0.0
    for node in order[1:]:
        above = int(tree.parents[node])
        if node < size and above < size:
            turned = costs[node, above] - costs[above, node] + root[node] - root[above]
            dearer[node] = dearer[above] + turned
    odds = np.exp(-SHARPNESS * weight_of_most(size) * (dearer - dearer.min()))
    return np.asarray(MOST * odds / odds.sum() + (1 - MOST) / len(odds))


def _lost_sureness(tree: Tree, size: int) -> NDArray[np.float64]:
    """Return how sure it is of each node that there was such a text; 1 of witnesses."""
    odds = SHARPNESS * weight_of_most(size) * tree.gain
    sure: NDArray[np.float64] = np.where(np.isinf(tree.gain), 1.0, MOST / (1 + np.exp(-odds)))
    return sure


def _sureness(tree: Tree, costs: NDArray[np.float64], top: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how sure the edge above each node is: that it is there, and that it leads down."""
    size = len(costs)
    order = sort_down(tree.parents)
    below = top.copy()
    for node in order[:0:-1]:
        below[tree.parents[node]] += below[node]
    within = np.eye(len(tree.parents), dtype=bool)
    for node in order[:0:-1]:
        within[tree.parents[node]] |= within[node]
    there = _lost_sureness(tree, size)
    sure = np.ones(len(tree.parents))
    for node in order[1:]:
        above = int(tree.parents[node])
        chance = float(there[node] * there[above])
        if node < size and above < size:
            others = ~within[node, :size]
            chance = float(1 / np.exp(-SHARPNESS * (costs[others, node] - costs[above, node])).sum())
        sure[node] = min(1.0, chance) * (1 - below[node])
    sure[order[0]] = top[order[0]]
    return sure


def _roots(tree: Tree, top: NDArray[np.float64]) -> tuple[Root, ...]:
    """Return the root, and where it is not decided, whatever else may be it."""
    best = int(sort_down(tree.parents)[0])
    found = [Root(best, float(top[best]))]
    if top[best] < DECIDED:
        rivals = np.flatnonzero(top >= RIVAL * top[best])
        found += sorted((Root(int(node), float(top[node])) for node in rivals if node != best), key=lambda r: -r.score)
    return tuple(found)


def _expanded(
    first: NDArray[np.int64],
    number: NDArray[np.int64],
    tree: Tree,
    sure: NDArray[np.float64],
    roots: tuple[Root, ...],
    later: Mapping[int, float],
) -> Genealogy:
    """Return the tree of all witnesses, given that of those that differ.

    Where the first of equal ones is the root, each of the others may be it as well, unless it is known to be later.
    """
    node, parents, support = with_equal(first, number, tree.parents, sure, EVEN)
    size = len(number)
    told = [Root(int(node[root.node]), root.score) for root in roots]
    support[list(later)] = [1 / (1 + math.exp(-odds)) for odds in later.values()]
    equal = np.flatnonzero((parents[:size] == told[0].node) & (first[number] == told[0].node)).tolist()
    told += [Root(twin, told[0].score) for twin in equal if twin not in later and twin != told[0].node]
    read = tree.words[len(first) :].astype(np.int32)
    return Genealogy(parents, read, support, tuple(told), len(told) == 1, ())
