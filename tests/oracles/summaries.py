"""The segment that reads most like words drawn from another text: every segment is tried."""

from __future__ import annotations

from collections.abc import Sequence


def drawn_segment(a: Sequence[int], value: Sequence[float], bonus: Sequence[float]) -> float:
    """Return the highest sum of values between two cuts, with what the cuts earn."""
    return max(
        bonus[low] + sum(value[t] for t in a[low:high]) + bonus[high]
        for low in range(len(a))
        for high in range(low + 1, len(a) + 1)
    )
