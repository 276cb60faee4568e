"""Every run of words set against every run of a phrase."""

from __future__ import annotations

from collections.abc import Sequence

from stemmata.kernels.phrases import MATCH, OTHER


def find_phrase(phrase: Sequence[int], words: Sequence[int]) -> tuple[int, int, int]:
    """Return points, from and to, of the best run: the shortest, then the first."""
    found = (0, 0, 0)
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            points = max(
                (
                    _points(phrase[i:j], words[start:end])
                    for i in range(len(phrase))
                    for j in range(i + 1, len(phrase) + 1)
                ),
                default=0,
            )
            if points > found[0] or (points == found[0] > 0 and end - start < found[2] - found[1]):
                found = (points, start, end)
    return found


def _points(x: Sequence[int], y: Sequence[int]) -> int:
    """Align two runs from end to end."""
    table = {(0, 0): 0}
    for i in range(len(x) + 1):
        for j in range(len(y) + 1):
            ways = []
            if i and j:
                ways.append(table[i - 1, j - 1] + (MATCH if x[i - 1] == y[j - 1] else OTHER))
            if i:
                ways.append(table[i - 1, j] + OTHER)
            if j:
                ways.append(table[i, j - 1] + OTHER)
            if ways:
                table[i, j] = max(ways)
    return table[len(x), len(y)]
