"""K-grams, what winnowing keeps, the documents that a key links, and what links connect."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations


def kgrams(documents: Sequence[Sequence[int]], n: int) -> list[tuple[int, ...]]:
    """Return every n words in a row, document by document."""
    return [tuple(words[i : i + n]) for words in documents for i in range(len(words) - n + 1)]


def winnow(hashes: Sequence[int], window: int) -> set[int]:
    """Return the smallest of each ``window`` in a row, the rightmost of equals; of fewer, the smallest of all."""
    window = min(window, len(hashes))
    return {min(range(i, i + window), key=lambda k: (hashes[k], -k)) for i in range(len(hashes) - window + 1) if window}


def link_groups(groups: Sequence[Sequence[int]], cap: int, neighbours: int) -> list[tuple[int, int, int]]:
    """Return (i, j, group): all pairs of a small group; in a large one each with its next neighbours and the first."""
    return [
        (group[x], group[y], g)
        for g, group in enumerate(groups)
        for x, y in combinations(range(len(group)), 2)
        if len(group) <= cap or y - x <= neighbours or x < neighbours
    ]


def components(size: int, links: Sequence[tuple[int, int]]) -> list[int]:
    """Return the smallest node within reach of each: spread small numbers until nothing changes."""
    root = list(range(size))
    for _ in range(size):
        for x, y in links:
            root[x] = root[y] = min(root[x], root[y])
    return root
