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


def kept(hashes: Sequence[int], below: int, floor: int) -> list[int]:
    """Return where hashes stand that are small enough, or among the ``floor`` smallest; equal ones share their fate."""
    last = sorted(hashes)[:floor][-1:] if floor else []
    return [i for i, value in enumerate(hashes) if value <= below or value <= max(last, default=-1)]


def merge(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the (place, hash) of both by place, those of the first before others, what both have once."""
    return sorted([*one, *(pair for pair in other if pair not in one)], key=lambda pair: (pair[0], pair not in one))


def weight(documents: int, cap: int) -> int:
    """Return what a key weighs that so many documents have."""
    return 2 if documents > cap else 3 + sum(documents <= few for few in (4, 8, 16))


def links(groups: Sequence[Sequence[int]], cap: int, neighbours: int) -> list[tuple[int, int, int]]:
    """Return (i, j, weight): all pairs of a small group; in a large one the next neighbours and the first."""
    return [
        (group[x], group[y], weight(len(group), cap))
        for group in groups
        for x, y in combinations(range(len(group)), 2)
        if len(group) <= cap or y - x <= neighbours or x < neighbours
    ]


def crowded(groups: Sequence[Sequence[int]], cap: int) -> set[int]:
    """Return the members of large groups that are in as many large ones as small ones, or more."""
    large = [member for group in groups if len(group) > cap for member in group]
    small = [member for group in groups if len(group) <= cap for member in group]
    return {member for member in large if large.count(member) >= small.count(member)}


def common_share(groups: Sequence[Sequence[int]], documents: int) -> list[int]:
    """For each group of a document add how many are in it and take away how many more are in its larger groups.

    The largest eighth of its groups is as large as the next.
    """
    found = []
    for document in range(documents):
        sizes = sorted(len(group) for group in groups if document in group)
        most = sizes[(len(sizes) - 1) * 7 // 8] if sizes else 0
        found.append(sum(min(size, most) - (most - min(size, most)) for size in sizes))
    return found


def components(size: int, links: Sequence[tuple[int, int]]) -> list[int]:
    """Return the smallest node within reach of each: spread small numbers until nothing changes."""
    root = list(range(size))
    for _ in range(size):
        for x, y in links:
            root[x] = root[y] = min(root[x], root[y])
    return root


def bounded_components(sizes: Sequence[int], links: Sequence[tuple[int, int]], most: int) -> list[int]:
    """Return the smallest node of each group: links join groups in turn, unless they would be too large."""
    groups = [{node} for node in range(len(sizes))]
    for x, y in links:
        one, other = (next(group for group in groups if node in group) for node in (x, y))
        if one is not other and sum(sizes[node] for node in one | other) <= most:
            groups = [group for group in groups if group not in (one, other)] + [one | other]
    return [min(next(group for group in groups if node in group)) for node in range(len(sizes))]


def blocks(sizes: Sequence[int], links: Sequence[tuple[int, int]], most: int) -> list[int]:
    """Return the number of each link's block: a new one where the nodes of the last would be too large."""
    found: list[int] = []
    held: set[int] = set()
    for link in links:
        full = bool(held) and sum(sizes[node] for node in held | set(link)) > most
        held = set(link) if full else held | set(link)
        found.append(found[-1] + full if found else 0)
    return found
