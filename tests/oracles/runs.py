"""Runs of words that stand in both texts: look along every diagonal, then walk word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

LEAST, OFTEN, GAP, AGAIN, COST, DROP, REACH = 4, 16, 3, 2, 6.0, 18.0, 60


class Side(NamedTuple):
    """Word types, the evidence of each word, and what a cut at each gap earns."""

    words: Sequence[int]
    value: Sequence[float]
    bonus: Sequence[float]


class Run(NamedTuple):
    """Words [a_from, a_to) against [b_from, b_to): equal ones, differing ones, repeats of the rarest gram, evidence."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int
    equal: int
    unlike: int
    repeats: int
    evidence: float


def common_runs(a: Side, b: Side, fewest: int) -> tuple[list[Run], int]:
    """Return the runs in ascending order, and how many grams of both texts stand too often."""
    in_a, in_b = Counter(grams(a.words)), Counter(grams(b.words))
    often = {gram: max(in_a[gram], in_b[gram]) for gram in in_a.keys() & in_b.keys()}
    runs = []
    for i, j, length in maximal(a.words, b.words):
        repeats = min(often[gram] for gram in grams(a.words[i : i + length]))
        if repeats > OFTEN:
            continue
        middle = length // 2
        left, right = (walk(a, b, i + middle, j + middle, side) for side in (-1, 1))
        if left.equal + right.equal >= fewest:
            equal, unlike = left.equal + right.equal, left.unlike + right.unlike
            evidence = left.evidence + right.evidence
            runs.append(Run(left.i, right.i, left.j, right.j, equal, unlike, repeats, evidence))
    return sorted(runs), sum(count > OFTEN for count in often.values())


def grams(words: Sequence[int]) -> list[tuple[int, ...]]:
    """Return every four words in a row."""
    return [tuple(words[i : i + LEAST]) for i in range(len(words) - LEAST + 1)]


def maximal(a: Sequence[int], b: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return (i, j, length) of all longest runs of equal words, of four or more."""
    runs = []
    for i, j in product(range(len(a)), range(len(b))):
        if i and j and a[i - 1] == b[j - 1]:
            continue
        length = 0
        while i + length < len(a) and j + length < len(b) and a[i + length] == b[j + length]:
            length += 1
        if length >= LEAST:
            runs.append((i, j, length))
    return runs


class Stop(NamedTuple):
    """A pair of gaps on a walk, what was met up to there, and how good an end it is."""

    i: int
    j: int
    evidence: float
    equal: int
    unlike: int
    worth: float


def walk(a: Side, b: Side, i: int, j: int, side: int) -> Stop:
    """Return the best of all stops to one side."""
    stops = [Stop(i, j, 0.0, 0, 0, (a.bonus[i] + b.bonus[j]) / 2)]
    evidence, equal, unlike, beyond, top = 0.0, 0, 0, 0, 0.0
    while beyond < REACH:
        x, y = (i, j) if side == 1 else (i - 1, j - 1)
        if not (0 <= x < len(a.words) and 0 <= y < len(b.words)):
            break
        if a.words[x] == b.words[y]:
            evidence += (a.value[x] + b.value[y]) / 2
            equal += 1
            beyond += unlike > 0
            i, j = i + side, j + side
            top = max(top, evidence - COST * unlike)
            worth = evidence - COST * unlike + (a.bonus[i] + b.bonus[j]) / 2
            stops.append(Stop(i, j, evidence, equal, unlike, worth))
        else:
            ways = [way for way in product(range(GAP + 1), repeat=2) if any(way) and agree(a, b, x, y, side, *way)]
            if not ways:
                break
            smaller_in_a = a.words[x] < b.words[y]
            way = min(ways, key=lambda w: (sum(w), abs(w[0] - w[1]), (w[0] > w[1]) != smaller_in_a))
            unlike += max(way)
            if evidence - COST * unlike < top - DROP:
                break
            i, j = i + side * way[0], j + side * way[1]
    return max(stops, key=lambda stop: stop.worth)


def agree(a: Side, b: Side, x: int, y: int, side: int, out_a: int, out_b: int) -> bool:
    """Say whether two words in a row are equal once so many are left out."""
    for k in range(AGAIN):
        p, q = x + side * (out_a + k), y + side * (out_b + k)
        if not (0 <= p < len(a.words) and 0 <= q < len(b.words) and a.words[p] == b.words[q]):
            return False
    return True


def free_of_overlap(runs: Sequence[tuple[int, int, int, int]]) -> list[int]:
    """Return the places of those that share no word with one returned before."""
    kept: list[int] = []
    for k, (a_from, a_to, b_from, b_to) in enumerate(runs):
        others = [runs[m] for m in kept]
        on_a = {i for other in others for i in range(*other[:2])} & set(range(a_from, a_to))
        on_b = {j for other in others for j in range(*other[2:])} & set(range(b_from, b_to))
        if not on_a and not on_b:
            kept.append(k)
    return kept
