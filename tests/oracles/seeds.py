"""Cells of a grid over two texts that share more rare words than chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp, log

CELL, CAP, RARE = 16, 5.0, 16


def surprise(frequency: float) -> float:
    """Return -ln of the probability that a word meets by chance in 32 words, at most 5."""
    return min(CAP, -log(1 - exp(-2 * CELL * frequency)))


def seed_cells(
    a: Sequence[int], b: Sequence[int], frequency: Sequence[float], threshold: float
) -> dict[tuple[int, int], float]:
    """Return the cells (row, column) whose 2 x 2 box sums to more than ``threshold``."""
    met = {(t, i // CELL, j // CELL) for i, t in enumerate(a) for j, u in enumerate(b) if t == u}
    grid: Counter[tuple[int, int]] = Counter()
    for t, row, column in met:
        if surprise(frequency[t]) >= 1:
            grid[row, column] += surprise(frequency[t])  # type: ignore[assignment]
    boxes = {
        (row, column): sum(grid[row + down, column + right] for down in (0, 1) for right in (0, 1))
        for row in range(len(a) // CELL + 1)
        for column in range(len(b) // CELL + 1)
    }
    return {cell: score for cell, score in boxes.items() if score > threshold}


def triple_cells(a: Sequence[int], b: Sequence[int], frequency: Sequence[float]) -> list[tuple[tuple[int, int], float]]:
    """Return the cell and the surprise of every meeting of three words that stand seldom in either text."""
    in_a, in_b = triples(a), triples(b)
    often_a, often_b = Counter(in_a), Counter(in_b)
    return [
        ((i // CELL, j // CELL), sum(surprise(frequency[t]) for t in one))
        for i, one in enumerate(in_a)
        for j, other in enumerate(in_b)
        if one == other and often_a[one] <= RARE and often_b[one] <= RARE
    ]


def triples(ids: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return every three words in a row."""
    return list(zip(ids, ids[1:], ids[2:], strict=False))
