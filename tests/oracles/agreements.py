"""Words that two of three texts share against the third, word by word, with dicts and loops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.oracles import direction


class Passage(NamedTuple):
    """A passage of two texts: words [x_from, x_to) against [y_from, y_to)."""

    x_from: int
    x_to: int
    y_from: int
    y_to: int


def partners(x: Sequence[str], y: Sequence[str], passages: Sequence[Passage]) -> dict[int, int | None]:
    """For each word of x inside a passage its place in y, None where y reads otherwise."""
    found: dict[int, int | None] = {}
    for x_from, x_to, y_from, y_to in passages:
        for place in range(x_from, x_to):
            found.setdefault(place, None)
        for op, i, j, k, _ in direction.rows(list(x[x_from:x_to]), list(y[y_from:y_to])):
            if op == "match":
                for n in range(j - i):
                    place, other = x_from + i + n, y_from + k + n
                    before = found[place]
                    found[place] = other if before is None else max(before, other)
    return found


def against(
    held: Mapping[tuple[str, str], Mapping[int, int | None]], one: str, other: str, third: str
) -> list[tuple[int, int]]:
    """Places in one text, and in another, of words that both hold and a third does not, within passages of all."""
    found = []
    for place, over in sorted(held[one, other].items()):
        if over is None or held[other, one].get(over) != place:
            continue
        lost = [place in held[one, third], over in held[other, third]]
        lost += [held[one, third].get(place) is None, held[other, third].get(over) is None]
        if all(lost):
            found.append((place, over))
    return found


def runs(places: Sequence[int]) -> int:
    """How many runs there are among places."""
    ordered = sorted(places)
    return sum(place - 1 not in ordered for place in ordered)
