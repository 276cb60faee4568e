"""The tree of copies that are mostly there: each was made from another, at the least cost.

Where scribes copy and most copies are lost, a tree is drawn of what all have in common (``drawing``). On the web most
copies are there, and each is made of one that is there or was a step away. So each copy is priced from each other one.
A word is exchanged for another at a price; to exchange it for the word that most others have costs more, for whoever
copies does not know it; to leave something out is one step, however much it is, and so is to move it; to put in what
most others have costs every word of it. Of all trees the cheapest is taken (Chu and Liu 1965, Edmonds 1967), which
tells its root as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.arborescence import ABSENT, cheapest_tree
from stemmata.kernels.copying import UNKNOWN, count_alike, count_departures, price_copies

PRICE = np.array([0.85, 0.4, 1.5, 1.2, 0.25, 0.1, 0.5])  # see ``price_copies``
MOVED = 1.0  # of a passage that one has elsewhere than the other
AGAINST = 12.0  # of a direction that is contradicted, for each of its log-odds
FOR = 1.2  # of one that is borne out
DEPARTURE, OTHER_WORD = 3.0, 0.6  # of a root that lacks a run that most have, or has one alone; that has another word
FEW = 6  # witnesses of which what most have weighs half: of three, whoever stands between two others has it
COPIED = 0.6  # what a source costs less, for the logarithm of its other copies: who is copied once is copied again
TURNS = 2  # in which copies are counted, and the tree drawn anew
MANY = 200  # witnesses of which each is priced from each;
NEAREST = 16  # of more only from so many that are most like it, and so many that are most like all,
LOOKED_AT = 512  # by so many places
UNIT = 1_000  # parts of a cost that are told apart: sums of whole numbers are the same in any order


class Copies(NamedTuple):
    """Who was copied from whom.

    Parameters
    ----------
    parents : int32 array
        For each witness; -1 at the root.
    costs : float array of shape (witnesses, witnesses)
        Of a copy (second) made from a source (first), the number of its other copies counted.
    root : float array
        What it costs each to be the root.
    """

    parents: NDArray[np.int32]
    costs: NDArray[np.float64]
    root: NDArray[np.float64]


def trace_copies(
    words: NDArray[np.int16],
    moved: NDArray[np.int32],
    age: NDArray[np.float64],
    directed: Mapping[tuple[int, int], float],
    lines: NDArray[np.bool_],
) -> Copies:
    """Return the cheapest tree over different witnesses.

    Parameters
    ----------
    words : int16 array of shape (witnesses, places)
        The number of the word that each reads; ``kernels.copying.NOTHING`` where it has none, ``UNKNOWN`` where nobody
        can know.
    moved : int32 array of shape (witnesses, passages)
        Whether each has a passage elsewhere than others; negative where it does not have it.
    age : float array of shape (places, most readings)
        How likely each is the older, on any scale where 2 is much; NaN where nothing is known.
    directed : mapping of (int, int) to float
        Log-odds that the first is the source and the second the copy.
    lines : bool array of shape (places,)
        Where lines of pages stand, which were in no first text, however many have them.
    """
    size = len(words)
    count = count_words(words)
    common = had_by_most(words) & ~lines
    one, other = _worth_pricing(words, directed)
    costs = np.full((size, size), np.inf)
    costs[one, other] = price_copies(words, count, np.nan_to_num(age).astype(np.float32), common, one, other, PRICE)
    here, elsewhere = ((moved == where).astype(np.float32) for where in (0, 1))
    costs += MOVED * (here @ elsewhere.T + elsewhere @ here.T)
    for (source, copy), odds in directed.items():
        costs[copy, source] += AGAINST * odds
        costs[source, copy] -= FOR * odds
    exchanged, runs = count_departures(words, count, common)
    root = weight_of_most(size) * (DEPARTURE * runs + OTHER_WORD * exchanged)
    parents = cheapest(costs, root)
    told = costs
    for _ in range(TURNS):
        copies = np.bincount(parents[parents >= 0], minlength=size)
        others = copies[:, None] - (parents[None, :] == np.arange(size)[:, None])
        told = costs - COPIED * np.log1p(others)
        parents = cheapest(told, root)
    return Copies(parents, told, root)


def weight_of_most(witnesses: int) -> float:
    """Return what it weighs, up to 1, that most of so many witnesses read something."""
    return witnesses / (witnesses + FEW)


def had_by_most(words: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Say for each place whether most witnesses of which that is known have a word there."""
    had: NDArray[np.bool_] = 2 * (words >= 0).sum(0) > (words != UNKNOWN).sum(0)
    return had


def _worth_pricing(
    words: NDArray[np.int16], directed: Iterable[tuple[int, int]]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return pairs of witnesses, both ways: all; of many, those whose direction is known, and each with its nearest."""
    size = len(words)
    if size <= MANY:
        pairs = ~np.eye(size, dtype=bool)
    else:
        differ = np.flatnonzero(words.min(0) != words.max(0))
        some = differ[np.linspace(0, len(differ) - 1, min(LOOKED_AT, len(differ))).astype(np.int64)]
        alike = count_alike(np.ascontiguousarray(words[:, some]))
        np.fill_diagonal(alike, -1)
        pairs = np.zeros((size, size), bool)
        pairs[np.argsort(-alike, axis=0, kind="stable")[:NEAREST].ravel(), np.tile(np.arange(size), NEAREST)] = True
        pairs[np.argsort(-alike.sum(0), kind="stable")[:NEAREST]] = True
        for source, copy in directed:
            pairs[source, copy] = True
        pairs |= pairs.T
        np.fill_diagonal(pairs, False)
    one, other = np.nonzero(pairs)
    return one.astype(np.int32), other.astype(np.int32)


def cheapest(costs: NDArray[np.float64], root: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the parents in the cheapest tree with one root.

    Parameters
    ----------
    costs : float array of shape (nodes, nodes)
        Of an edge from the first to the second.
    root : float array
        What it costs each node to be the root.
    """
    size = len(root)
    priced = np.isfinite(costs) & ~np.eye(size, dtype=bool)
    least = min(float(costs[priced].min(initial=0)), float(root.min(initial=0)))
    most = math.ceil(float(costs[priced].max(initial=0)) - least) + 1
    table = np.full((size + 1, size + 1), ABSENT)
    table[1:, 1:][priced] = np.round((costs[priced] - least) * UNIT)
    table[0, 1:] = np.round((root - least + size * most) * UNIT)  # a second root costs more than all edges of a tree
    parents: NDArray[np.int32] = cheapest_tree(table)[1:] - np.int32(1)
    return parents


def count_words(words: NDArray[np.int16]) -> NDArray[np.int32]:
    """Return how many witnesses have each word of each place: int32 array of shape (places, most readings)."""
    count = np.zeros((words.shape[1], int(words.max(initial=0)) + 1), np.int32)
    witness, place = np.nonzero(words >= 0)
    np.add.at(count, (place, words[witness, place]), 1)
    return count
