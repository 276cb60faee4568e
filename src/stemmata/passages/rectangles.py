"""Find and accept the passages of a pair, as rectangles of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.passages import find_passages
from stemmata.kernels.postings import postings
from stemmata.kernels.seeds import CELL, DENSE, seed_cells, triple_cells
from stemmata.passages.pair import TextPair

WORDS_A_TRY = 250  # long texts get more tries
SPREAD = np.uint64(0x9E3779B97F4A7C15)
SEED = 25.0  # least score of a seed cell
# log-odds of reuse by evidence alone, which choose the candidates; fitted on the `train` part of PAN13
BY_SCORE, BY_Q, BY_R, CONSTANT = 5.285, -3.093, -7.816, -16.323


class Rectangle(NamedTuple):
    """Words [a_from, a_to) of a against [b_from, b_to) of b, with the evidence of both sides."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int
    score: float
    q: float
    r: float

    def meets(self, other: Rectangle) -> bool:
        """Say whether two rectangles have words in common on either side."""
        on_a = self.a_from < other.a_to and other.a_from < self.a_to
        return on_a or (self.b_from < other.b_to and other.b_from < self.b_to)

    def mirrored(self) -> Rectangle:
        """Exchange the sides."""
        return Rectangle(self.b_from, self.b_to, self.a_from, self.a_to, self.score, self.q, self.r)


@dataclass(frozen=True)
class Found:
    """Accepted rectangles, best first, and how many seed cells a cap left untried."""

    rectangles: list[Rectangle]
    untried: int


def find_rectangles(pair: TextPair, accept: float, tries: int, *, reused: bool) -> Found:
    """Return the accepted passages of a pair; none overlaps another on a.

    Parameters
    ----------
    accept : float
        Least log-odds of acceptance.
    tries : int
        Seeds tried at most.
    reused : bool
        Whether passages may overlap on b: a copy may use a piece of its source twice.
    """
    a, b, types = pair.a.ids, pair.b.ids, len(pair.frequency)
    if len(a) < 8 or len(b) < 8:
        return Found([], 0)
    first_a, places_a = postings(a, types)
    first_b, places_b = postings(b, types)
    if len(a) * len(b) <= DENSE * CELL * CELL:
        keys, scores, columns = seed_cells(first_a, places_a, first_b, places_b, pair.frequency, SEED)
    else:
        keys, scores, columns = _sparse_cells(pair)
    seeds = keys[np.lexsort((keys, -scores))]
    tries = max(tries, (len(a) + len(b)) // WORDS_A_TRY)
    rows = find_passages(
        a, b, first_a, places_a, first_b, places_b, pair.frequency, pair.weight, pair.a.bonus, pair.b.bonus,
        seeds, columns, tries,
    )  # fmt: skip
    score = rows[:, 4] + rows[:, 5]
    good = rows[:, 4:6].min(axis=1, initial=np.inf) > 0
    odds = BY_SCORE * np.log(np.where(good, score, 1)) + BY_Q * rows[:, 6] + BY_R * rows[:, 7] + CONSTANT
    good &= odds > accept
    chosen: list[Rectangle] = []
    for k in np.flatnonzero(good)[np.argsort(-score[good], kind="stable")]:
        a_from, a_to, b_from, b_to = (int(v) for v in rows[k, :4])
        taken = any(
            (a_to > c.a_from and a_from < c.a_to) or (not reused and b_to > c.b_from and b_from < c.b_to)
            for c in chosen
        )
        if not taken:
            chosen.append(Rectangle(a_from, a_to, b_from, b_to, float(score[k]), rows[k, 6], rows[k, 7]))
    return Found(chosen, _untried(seeds, rows, columns) if len(rows) == tries else 0)


def _untried(seeds: NDArray[np.int64], rows: NDArray[np.float64], columns: int) -> int:
    """Count the seed cells that lie in no candidate: what the cap on tries may have cost."""
    row, column = seeds // columns, seeds % columns
    inside = np.zeros(len(seeds), bool)
    for a_from, a_to, b_from, b_to in rows[:, :4] // CELL:
        inside |= (row >= a_from - 1) & (row <= a_to) & (column >= b_from - 1) & (column <= b_to)
    return int(np.count_nonzero(~inside))


def _sparse_cells(pair: TextPair) -> tuple[NDArray[np.int64], NDArray[np.float64], int]:
    a, b = pair.a.ids, pair.b.ids
    both = np.concatenate([_triples(a), _triples(b)])
    kinds: NDArray[np.int32] = np.unique(both, return_inverse=True)[1].astype(np.int32)
    split = len(a) - 2
    keys, scores, columns = triple_cells(a, b, kinds[:split], kinds[split:], int(kinds.max()) + 1, pair.frequency)
    cells, place = np.unique(keys, return_inverse=True)
    sums = np.bincount(place, scores, len(cells))
    near: NDArray[np.float64] = sums.astype(
        np.float64
    )  # as in the dense grid: a cell with its neighbours below and to the right
    for step in (1, columns, columns + 1):
        at = np.minimum(np.searchsorted(cells, cells + step), max(0, len(cells) - 1))
        near += np.where(cells[at] == cells + step, sums[at], 0)
    return cells[near > SEED], near[near > SEED], columns


def _triples(ids: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Return a 64-bit hash of each three words in a row."""
    wide = ids.astype(np.uint64) + np.uint64(1)
    mixed = wide[:-2] * SPREAD
    for step in (wide[1:-1], wide[2:]):
        mixed = ((mixed ^ (mixed >> np.uint64(29))) + step) * SPREAD
    return mixed ^ (mixed >> np.uint64(32))
