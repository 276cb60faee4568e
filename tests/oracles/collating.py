"""Slow, obvious twins of the kernels that set witnesses beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np

from stemmata.kernels.weaving import CHANCE, CLOSE, FULL, LONGER, OPEN, SURE, UNLIKE


def met_once(x: Sequence[int], y: Sequence[int], k: int) -> list[tuple[int, int]]:
    """Where the k-grams begin that stand once in both."""
    grams = [[tuple(side[i : i + k]) for i in range(len(side) - k + 1)] for side in (x, y)]
    often = [Counter(some) for some in grams]
    return [(i, grams[1].index(g)) for i, g in enumerate(grams[0]) if often[0][g] == 1 and often[1][g] == 1]


def longest_rising(values: Sequence[int]) -> int:
    """How long the longest strictly rising row is."""
    ends: list[int] = []
    for i, value in enumerate(values):
        ends.append(1 + max((ends[j] for j in range(i) if values[j] < value), default=0))
    return max(ends, default=0)


def fit(word: int, readings: dict[int, int], rarity: Sequence[float], letters: Sequence[int]) -> float:
    """How well a word fits where some words are read so often."""
    if word in readings:
        told = rarity[word] + float(np.log(readings[word] / sum(readings.values())))
        return max(-UNLIKE, told / float(FULL))
    likes = [CHANCE]
    for other in readings:
        either = letters[word].bit_count() + letters[other].bit_count()
        likes.append(2 * (letters[word] & letters[other]).bit_count() / either if either else 0.0)
    return CLOSE * (min(SURE, max(likes)) - CHANCE) / (SURE - CHANCE) - UNLIKE


def best(fits: Sequence[Sequence[float]], shares: Sequence[float]) -> float:
    """The score of the best alignment of words (rows) and places: every way is tried."""

    @cache
    def score(i: int, j: int, state: str) -> float:
        if i == 0 and j == 0:
            return 0.0 if state == "meet" else -np.inf
        if state == "meet":
            return fits[i - 1][j - 1] + max(score(i - 1, j - 1, s) for s in STATES) if i and j else -np.inf
        if state == "extra":
            return max(score(i - 1, j, s) - OPEN * (s != "extra") - LONGER for s in STATES) if i else -np.inf
        if not j:
            return -np.inf
        grown = max(0.0, shares[j - 1] - shares[j - 2]) if j > 1 else shares[0]
        opened = {s: OPEN * (grown if s == "pass" else shares[j - 1]) for s in STATES}
        return max(score(i, j - 1, s) - opened[s] - LONGER * shares[j - 1] for s in STATES)

    return max(score(len(fits), len(shares), state) for state in STATES)


def score_of(at: Sequence[int], fits: Sequence[Sequence[float]], shares: Sequence[float]) -> float:
    """The score of one alignment: the column of each word, -1 for none."""
    total, column, extra = 0.0, 0, 0
    for i, j in enumerate([*at, len(shares)]):
        if j < 0:
            extra += 1
            continue
        total -= OPEN * (extra > 0) + LONGER * extra
        for passed in range(column, j):
            before = shares[passed - 1] if passed > column else 0.0
            total -= OPEN * max(0.0, shares[passed] - before) + LONGER * shares[passed]
        if i < len(at):
            total += fits[i][j]
        column, extra = j + 1, 0
    return total


STATES = ("meet", "extra", "pass")
