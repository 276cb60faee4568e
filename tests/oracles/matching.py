"""Match equal words one to one: try all pairs, strongest context first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

REACH, AFTER_MISS, STEPS, OFTEN, WINDOW, BLOCK = 6, 0.6, 16, 64, 2000, 512


class Match(NamedTuple):
    """Two equal words: their places, the context's weight, and the rarest neighbour's frequency."""

    i: int
    j: int
    strength: float
    rarest: float


def match_one_to_one(
    a: Sequence[int],
    b: Sequence[int],
    weight: Sequence[float],
    frequency: Sequence[float],
    bounds: tuple[int, int, int, int],
) -> list[Match]:
    """Return the matches, in the order in which they are made."""
    a_from, a_to, b_from, b_to = bounds
    wide = max(a_to - a_from, b_to - b_from) > 2 * WINDOW
    ahead = diagonal(a, b, bounds)
    tried = []
    for i in range(a_from, a_to):
        centre = i + ahead[(i - a_from) // BLOCK]
        low, high = (centre - WINDOW, centre + WINDOW) if wide else (b_from, b_to)
        places = [j for j in range(max(b_from, low), min(b_to, high)) if b[j] == a[i]]
        if len(places) > OFTEN:
            before = sum(j < centre for j in places)
            begin = max(0, min(before - OFTEN // 2, len(places) - OFTEN))
            places = places[begin : begin + OFTEN]
        tried += [Match(i, j, *context(a, b, weight, frequency, i, j)) for j in places]
    matches = []
    used_a: set[int] = set()
    used_b: set[int] = set()
    for match in sorted(tried, key=lambda m: (-int(m.strength * STEPS), m.i, m.j)):
        if match.i not in used_a and match.j not in used_b:
            used_a.add(match.i)
            used_b.add(match.j)
            matches.append(match)
    return matches


def diagonal(a: Sequence[int], b: Sequence[int], bounds: tuple[int, int, int, int]) -> list[int]:
    """Return by how much b runs ahead, block by block: the median over three or more words unique to both."""
    a_from, a_to, b_from, b_to = bounds
    in_a, in_b = Counter(a[a_from:a_to]), Counter(b)
    place = {t: j for j, t in enumerate(b) if in_b[t] == 1 and b_from <= j < b_to}
    found = [b_from - a_from]
    for block in range(a_from, a_to + 1, BLOCK):
        words = range(block, min(a_to, block + BLOCK))
        unique = sorted(place[a[i]] - i for i in words if in_a[a[i]] == 1 and a[i] in place)
        found.append(unique[len(unique) // 2] if len(unique) >= 3 else found[-1])
    return found[1:]


def context(
    a: Sequence[int], b: Sequence[int], weight: Sequence[float], frequency: Sequence[float], i: int, j: int
) -> tuple[float, float]:
    """Walk up to six words each way: sum what matches, and find the rarest match within two words."""
    total, rarest = 0.0, 1.0
    for side in (-1, 1):
        x, y, misses = i, j, 0
        for step in range(1, REACH + 1):
            x, y = x + side, y + side
            if not (0 <= x < len(a) and 0 <= y < len(b)):
                break
            if a[x] == b[y]:
                total += weight[a[x]] * (AFTER_MISS if misses else 1.0)
                if step <= 2:
                    rarest = min(rarest, frequency[a[x]])
                continue
            shared = None
            if 0 <= y + side < len(b) and a[x] == b[y + side]:  # a word more in b
                shared, y = a[x], y + side
            elif 0 <= x + side < len(a) and a[x + side] == b[y]:  # a word more in a
                shared, x = b[y], x + side
            if shared is not None:
                total += weight[shared] * AFTER_MISS
                if step == 1:
                    rarest = min(rarest, frequency[shared])
            misses += 1
            if misses == 3:
                break
    return total, rarest
