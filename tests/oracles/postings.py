"""Where each word type stands in a text."""

from __future__ import annotations

from collections.abc import Sequence


def postings(ids: Sequence[int], types: int) -> list[list[int]]:
    """Return the places of each type."""
    return [[place for place, t in enumerate(ids) if t == wanted] for wanted in range(types)]


def first_at_least(places: Sequence[int], low: int, high: int, bound: int) -> int:
    """Return the first index in [low, high) whose place is ``bound`` or more; ``high`` where none is."""
    return next((k for k in range(low, high) if places[k] >= bound), high)
