"""What a copy costs, place by place, as one would reckon it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

NOTHING, UNKNOWN = -1, -2


def price(
    source: Sequence[int],
    copy: Sequence[int],
    count: Sequence[Sequence[int]],
    age: Sequence[Sequence[float]],
    common: Sequence[bool],
    prices: Sequence[float],
) -> float:
    """Return what it costs to make one witness of another."""
    exchange, older, back, omit, add, own_word, common_word = prices
    told = []
    for place, (x, y) in enumerate(zip(source, copy, strict=True)):
        if UNKNOWN in (x, y) or (x < 0 and y < 0):
            continue
        told.append(("omitted" if y < 0 else "added" if x < 0 else "both", place))
    total = 0.0
    for what, run in groupby(told, key=lambda each: each[0]):
        places = [place for _, place in run]
        if what == "omitted":
            total += omit
        elif what == "added":
            total += add + sum(common_word if common[place] else own_word for place in places)
        else:
            for place in places:
                x, y = source[place], copy[place]
                if x != y:
                    lean = max(-2.0, min(2.0, age[place][x] - age[place][y])) / 2.0
                    total += exchange - older * lean
                    if count[place][y] > count[place][x]:
                        total += back * (1 - count[place][x] / count[place][y])
    return total


def departures(witness: Sequence[int], count: Sequence[Sequence[int]], common: Sequence[bool]) -> tuple[int, int]:
    """Return how many words of a witness are not what most have, and how many runs it lacks or has alone."""
    told = []
    for place, x in enumerate(witness):
        if x == UNKNOWN or (x < 0 and not common[place]):
            continue
        told.append(
            "lacks" if x < 0 else "alone" if not common[place] else f"has {count[place][x] < max(count[place])}"
        )
    words = told.count("has True")
    runs = sum(what in ("lacks", "alone") for what, _ in groupby(told))
    return words, runs
