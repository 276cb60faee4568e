"""Counts as bars: how long each is, and where it begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

WHOLE = 100  # the length of the longest bar, or of all together


class Bar(NamedTuple):
    """A count of something as a bar."""

    of: Any
    size: int
    x: float
    width: float


def beside(counts: Sequence[tuple[Any, int]]) -> list[Bar]:
    """Return counts as parts of one bar, one behind the other; none where all are 0."""
    total = sum(count for _, count in counts)
    return _bars(counts, accumulate((count for _, count in counts), initial=0), total) if total else []


def below(counts: Sequence[tuple[Any, int]]) -> list[Bar]:
    """Return counts as bars of their own, which all begin at one place."""
    return _bars(counts, [0] * len(counts), max((count for _, count in counts), default=0))


def _bars(counts: Iterable[tuple[Any, int]], begins: Iterable[int], most: int) -> list[Bar]:
    scale = WHOLE / max(1, most)
    placed = zip(counts, begins, strict=False)  # behind the last begins none
    return [Bar(of, count, round(scale * x, 2), round(scale * count, 2)) for (of, count), x in placed]
