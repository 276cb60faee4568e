"""What trees of witnesses cost, by trying every reading at every node."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise, product
from math import inf, prod

Parents = Sequence[int]
Codes = Sequence[Sequence[int]]


def children(parent: Parents, node: int) -> list[int]:
    return [v for v, p in enumerate(parent) if p == node]


def costs(parent: Parents, codes: Codes, place: int, states: int, node: int) -> list[float]:
    """Return for each reading what the tree from a node down costs at a place if the node has it (Sankoff 1975)."""
    held = codes[node][place] if node < len(codes) else -1
    below = [costs(parent, codes, place, states, child) for child in children(parent, node)]
    return [
        sum(min(cost + (x != y) for y, cost in enumerate(of)) for of in below) if held in (-1, x) else inf
        for x in range(states)
    ]


def changes(parent: Parents, codes: Codes, place: int, states: int) -> int:
    """Return the fewest changes at a place along a tree."""
    return int(min(costs(parent, codes, place, states, list(parent).index(-1))))


def merged(parent: Parents, node: int, witnesses: int) -> list[int]:
    """Return the tree in which a node and its parent are one; the other is gone."""
    above = parent[node]
    kept, gone = (node, above) if node < witnesses <= above else (above, node)
    tree = [kept if p == gone else p for p in parent]
    if kept == node:
        tree[node] = parent[above]
    tree[gone] = -2
    return tree


def hung(near: Sequence[Sequence[int]]) -> list[int]:
    """Return the parents of a tree given by neighbours that hangs by node 0."""
    parent = [-2] * len(near)
    parent[0] = -1
    line = [0]
    for v in line:
        for u in near[v]:
            if u >= 0 and parent[u] == -2:
                parent[u] = v
                line.append(u)
    return parent


def beliefs(parent: Parents, codes: Codes, place: int, states: int, rate: float) -> tuple[list[list[float]], float]:
    """Return how likely each node has each reading at a place, and how likely the codes are."""
    nodes = [v for v, p in enumerate(parent) if p != -2]
    found = [[0.0] * states for _ in parent]
    for read in product(range(states), repeat=len(nodes)):
        of = dict(zip(nodes, read, strict=True))
        if any(codes[v][place] not in (-1, of[v]) for v in range(len(codes))):
            continue
        edges = [1 - rate if of[v] == of[parent[v]] else rate / (states - 1) for v in nodes if parent[v] >= 0]
        for v in nodes:
            found[v][of[v]] += prod(edges) / states
    likelihood = sum(found[nodes[0]])
    return [[x / likelihood for x in row] for row in found], likelihood


def split_sets(parent: Parents, witnesses: int) -> list[frozenset[frozenset[int]] | None]:
    """Return for each node the two sets of witnesses that the edge to its parent parts; None at the root."""

    def below(node: int) -> set[int]:
        return {v for v in [node] if v < witnesses}.union(*(below(child) for child in children(parent, node)))

    everyone = frozenset(range(witnesses))
    return [
        None if p < 0 else frozenset({frozenset(below(v)), everyone - frozenset(below(v))})
        for v, p in enumerate(parent)
    ]


def two_exemplars(own: Sequence[int], a: Sequence[int], b: Sequence[int], change: int) -> int:
    """Return what is left when a text is copied from two by turns, by every way of taking turns."""
    known = [j for j, code in enumerate(own) if code >= 0]
    return min(
        sum(pair[turn][j] != own[j] for turn, j in zip(turns, known, strict=True))
        + change * sum(x != y for x, y in pairwise(turns))
        for pair in [(a, b)]
        for turns in product((0, 1), repeat=len(known))
    )


def lightest_span(apart: Sequence[Sequence[float]]) -> float:
    """Return the weight of the lightest tree over all rows (Kruskal 1956)."""
    part = list(range(len(apart)))
    total = 0.0
    for weight, i, j in sorted((apart[i][j], i, j) for i, j in combinations(range(len(apart)), 2)):
        if part[i] != part[j]:
            total += weight
            old, new = part[j], part[i]
            part = [new if x == old else x for x in part]
    return total
