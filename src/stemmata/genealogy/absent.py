"""Copies that are not there: which of them make a tree cheaper than it is without.

A text is put above another whose copies do not have what that has alone: they were made from what it was made from.
Copies of one text that share what it lacks are no evidence: two spinners often take the same word for another. Whatever
costs less as a copy of a lost text than of its source is put below that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.genealogy.copying import DEPARTURE, FOR, OTHER_WORD, PRICE, count_words, had_by_most, weight_of_most
from stemmata.kernels.copying import UNKNOWN, count_departures, price_copies

HALF, AGREED = 0.5, 0.8  # of those who reach a place: at first, and of those who are left
LEAST = 8.0  # what a lost copy must save,
BY_CHANCE = 1.0  # and what part of the cheapest copy that is to be made from it, which may be no more than chance
Words = NDArray[np.int16]


class Tree(NamedTuple):
    """A tree of witnesses and lost copies.

    Parameters
    ----------
    parents : int32 array
        Of each node, witnesses first; -1 at the root.
    words : int16 array of shape (nodes, places)
        What each reads, as for ``trace_copies``.
    gain : float array
        Of each lost copy how much more the tree would cost without it than that is bound to by chance; infinite of
        witnesses.
    """

    parents: NDArray[np.int32]
    words: Words
    gain: NDArray[np.float64]


def add_lost(
    parents: NDArray[np.int32],
    words: Words,
    age: NDArray[np.float64],
    directed: Mapping[tuple[int, int], float],
    lines: NDArray[np.bool_],
) -> Tree:
    """Return a tree with the lost copies that make it cheaper, one after another, the best first.

    Parameters
    ----------
    parents : int32 array
        The tree of the witnesses.
    words, age, directed, lines
        As for ``trace_copies``.
    """
    prices = _Prices(words, age, directed, lines)
    tree = Tree(parents.copy(), words.copy(), np.full(len(parents), np.inf))
    moves = {node: _above(tree, node, prices) for node in range(len(parents))}
    while True:
        worth = [move for move in moves.values() if move is not None and move.gain > 0]
        if not worth:
            return _merged(tree, len(parents), prices)
        best = max(worth, key=lambda move: (round(move.gain, 6), -move.below[0]))
        new = len(tree.parents)
        before = tree.parents
        tree = _gathered(_done(tree, best), new, prices)
        turned = np.flatnonzero(before != tree.parents[:new])
        touched = {new, *turned.tolist(), *before[turned].tolist(), *tree.parents[turned].tolist(), best.above}
        for node in touched - {-1}:
            moves[node] = _above(tree, node, prices)


class _Move(NamedTuple):
    """A lost copy to be put below a node (-1: above the root) and above some others; what it reads, and saves."""

    above: int
    below: tuple[int, ...]
    reads: NDArray[np.int16]
    gain: float


class _Prices:
    """What edges cost, as for ``trace_copies``."""

    def __init__(
        self,
        words: Words,
        age: NDArray[np.float64],
        directed: Mapping[tuple[int, int], float],
        lines: NDArray[np.bool_],
    ) -> None:
        self._count = count_words(words)
        self._common = had_by_most(words) & ~lines
        self._age = np.nan_to_num(age).astype(np.float32)
        self._weight = weight_of_most(len(words))
        self._directed = directed

    def told(self, source: int, copies: Sequence[int]) -> NDArray[np.float64]:
        """Return what directions of pairs take off the cost of copies of a text; nothing of a lost one."""
        return np.array([FOR * self._directed.get((source, copy), 0.0) for copy in copies])

    def edges(self, source: NDArray[np.int16], copies: Words) -> NDArray[np.float64]:
        """Return what it costs to make each of some texts from one."""
        codes = np.vstack([source[None, :], copies])
        other = np.arange(1, len(codes), dtype=np.int32)
        return price_copies(codes, self._count, self._age, self._common, np.zeros_like(other), other, PRICE)

    def root(self, reads: NDArray[np.int16]) -> float:
        """Return what it costs to be the root."""
        exchanged, runs = count_departures(reads[None, :], self._count, self._common)
        return self._weight * (DEPARTURE * float(runs[0]) + OTHER_WORD * float(exchanged[0]))


def _above(tree: Tree, node: int, prices: _Prices) -> _Move | None:
    """Return the move that makes a text a sibling of those of its copies that do not have what it has alone."""
    children = np.flatnonzero(tree.parents == node)
    if not len(children):
        return None
    own, below = tree.words[node], tree.words[children]
    straight = prices.edges(own, below) - prices.told(node, children.tolist())
    above = int(tree.parents[node])
    over = tree.words[[above]] if above >= 0 else tree.words[:0]
    stay = np.ones(len(children), bool)
    reads, after = own, straight
    for share in (HALF, *[AGREED] * len(children)):
        if not stay.any():
            break
        before = np.count_nonzero(stay)
        reads = _instead(own, np.vstack([over, below[stay]]), share)
        after = prices.edges(reads, below)
        stay &= after < straight
        if share == AGREED and np.count_nonzero(stay) == before:
            break  # the same would read the same
    if stay.sum() + len(over) < 2 or np.array_equal(reads, own):
        return None
    saved = float((straight - after)[stay].sum()) - float(prices.edges(reads, own[None, :])[0])
    if above >= 0:
        saved += float(np.subtract(*prices.edges(over[0], np.stack([own, reads]))))
    else:
        saved += prices.root(own) - prices.root(reads)
    least = max(LEAST, BY_CHANCE * float(straight[stay].min()))
    return _Move(above, (node, *children[stay].tolist()), reads, saved - least)


def _reached(words: Words) -> NDArray[np.bool_]:
    """Say for each place of some texts whether it lies between their first and their last word."""
    held = words >= 0
    return np.logical_or.accumulate(held, axis=1) & np.logical_or.accumulate(held[:, ::-1], axis=1)[:, ::-1]


def _instead(own: NDArray[np.int16], below: Words, share: float) -> NDArray[np.int16]:
    """Return what a text reads, and where two of some others, and such a share of them, read another thing, that."""
    there = _reached(below)
    there &= below != UNKNOWN
    votes = np.zeros((len(own), int(below.max(initial=0)) + 2), np.int32)  # to have nothing is a reading, the first
    voter, place = np.nonzero(there)
    np.add.at(votes, (place, below[voter, place] + 1), 1)
    most = np.argmax(votes, axis=1)
    agreed = votes[np.arange(len(own)), most]
    sure = (agreed > 1) & (agreed >= share * there.sum(0))
    reads: NDArray[np.int16] = np.where(sure, most - 1, own).astype(np.int16)
    return reads


def _done(tree: Tree, move: _Move) -> Tree:
    new = len(tree.parents)
    parents = np.append(tree.parents, move.above).astype(np.int32)
    parents[list(move.below)] = new
    return Tree(parents, np.vstack([tree.words, move.reads[None, :]]), np.append(tree.gain, move.gain))


def _gathered(tree: Tree, lost: int, prices: _Prices) -> Tree:
    """Return a tree in which all that cost less as copies of a lost text than of their sources hang by that."""
    parents = tree.parents.copy()
    for source in np.unique(parents[parents >= 0]).tolist():
        copies = np.flatnonzero(parents == source)
        copies = copies[~_line(lost, tree.parents)[copies]]
        if source != lost and len(copies):
            straight = prices.edges(tree.words[source], tree.words[copies]) - prices.told(source, copies.tolist())
            parents[copies[prices.edges(tree.words[lost], tree.words[copies]) < straight]] = lost
    return tree._replace(parents=parents)


def _merged(tree: Tree, witnesses: int, prices: _Prices) -> Tree:
    """Return a tree without lost copies of lost copies that save no more than a lost copy must."""
    parents = tree.parents.copy()
    for lost in range(witnesses, len(parents)):
        above = int(parents[lost])
        if above >= witnesses:
            below = np.flatnonzero(parents == lost)
            copies = tree.words[below]
            kept = prices.edges(tree.words[lost], copies).sum() + prices.edges(tree.words[above], tree.words[[lost]])[0]
            if prices.edges(tree.words[above], copies).sum() <= kept + LEAST:
                parents[below], parents[lost] = above, lost  # its own parent: gone
    held = parents != np.arange(len(parents))
    number = np.cumsum(held) - 1
    return Tree(np.where(parents < 0, -1, number[parents])[held].astype(np.int32), tree.words[held], tree.gain[held])


def _line(node: int, parents: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Say of each node whether it is a given one, or one from which that derives."""
    found = np.zeros(len(parents), bool)
    while node >= 0:
        found[node] = True
        node = int(parents[node])
    return found
