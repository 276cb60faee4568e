"""What it costs to read some letters as a word, and the cheapest way to read a text, as one would try them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

ALIKE, UNLIKE, ADDED = 3.0, 5.5, 5.5
SPACE, UNKNOWN, EACH = 4.0, 6.0, 1.6
DEEP = 6


def change(seen: str, meant: str, groups: Sequence[str]) -> float:
    """Return what it costs that one word was seen where another was meant."""

    @cache
    def cost(i: int, j: int) -> float:
        if not i or not j:
            return ADDED * (i + j)
        one, other = seen[i - 1], meant[j - 1]
        alike = any(one in group and other in group for group in groups)
        price = 0.0 if one == other else ALIKE if alike else UNLIKE
        return min(cost(i - 1, j - 1) + price, cost(i - 1, j) + ADDED, cost(i, j - 1) + ADDED)

    return cost(len(seen), len(meant))


def left(word: str, deep: bool) -> set[str]:
    """Return a word, and what is left of it with one letter taken out; of long ones also with two."""
    most = 2 if deep and len(word) >= DEEP else 1
    return {
        "".join(letter for k, letter in enumerate(word) if k not in out)
        for count in range(most + 1)
        for out in combinations(range(len(word)), count)
    }


def nearest(letters: str, most: float, costs: Mapping[str, float], groups: Sequence[str]) -> tuple[str | None, float]:
    """Return the word that is cheapest to read where letters stand, of those with something left in common."""
    ways = [
        (costs[word] + change(letters, word, groups), number, word)
        for number, word in enumerate(costs)
        if left(letters, True) & left(word, True)
    ]
    best = min(ways, default=(most, 0, None))
    return (best[2], best[0]) if best[0] < most else (None, most)


def alike(a: str, b: str) -> float:
    """Return the share of letters that two passages have in common, in order."""
    one, other = ("".join(sign.lower() for sign in text if sign.isalnum()) for text in (a, b))
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row = row, [i]
        for j, sign in enumerate(other, 1):
            row.append(min(before[j - 1] + (letter != sign), before[j] + 1, row[j - 1] + 1))
    return 1 - row[-1] / max(len(one), len(other)) if one or other else 0.0
