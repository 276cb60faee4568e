"""How strongly each word speaks for reuse; the formulas of the alignment method, written out."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log

Q0, R0 = 0.05, 0.4


def log_ratio(level: int, p1: float, p2: float, q: float, r: float) -> float:
    """Return ln P(level | reuse at rates q, r) / P(level | same topic), at most 5."""
    if level == 0:
        value = log((1 - q) / (1 - Q0))
    elif level == 1:
        value = log((q * (1 - r) + (1 - q) * p1) / (Q0 * (1 - R0) + (1 - Q0) * p1))
    else:
        value = log((q * r + (1 - q * r) * p2) / (Q0 * R0 + (1 - Q0 * R0) * p2))
    return min(5.0, value)


def chances(frequency: float, neighbour: float, length: float) -> tuple[float, float]:
    """Return the chance that a word meets in ``length`` words, and that it does beside a neighbour."""
    p1 = 1 - exp(-length * frequency)
    return p1, min(p1, 1 - exp(-10 * length * frequency * neighbour))


def presence(
    x: Sequence[int],
    y: Sequence[int],
    frequency: Sequence[float],
    bounds: tuple[int, int, int, int],
    q: float,
    r: float,
) -> list[tuple[int, float]]:
    """Return level and evidence of each word of x[x0:x1] against y[y0:y1]."""
    x0, x1, y0, y1 = bounds
    found = []
    for i in range(x0, x1):
        places = [j for j in range(y0, y1) if y[j] == x[i]][:64]
        near = [
            frequency[x[i + side * d]]
            for j in places
            for side in (-1, 1)
            for d, e in ((1, 1), (1, 2), (2, 1))
            if 0 <= i + side * d < len(x) and y0 <= j + side * e < y1 and x[i + side * d] == y[j + side * e]
        ]
        level = 2 if near else 1 if places else 0
        p1, p2 = chances(frequency[x[i]], min(near, default=1.0), y1 - y0)
        found.append((level, log_ratio(level, p1, p2, q, r)))
    return found


def matched_evidence(
    x: Sequence[int],
    frequency: Sequence[float],
    x_bounds: tuple[int, int],
    partner: Sequence[int],
    context: Sequence[float],
    partner_bounds: tuple[int, int],
    length: float,
    q: float,
    r: float,
) -> list[tuple[int, float]]:
    """As ``presence``, with levels from a one-to-one matching."""
    found = []
    for i in range(*x_bounds):
        matched = partner[i] != -1 and partner[i] in range(*partner_bounds)
        level = (2 if context[i] < 1 else 1) if matched else 0
        found.append((level, log_ratio(level, *chances(frequency[x[i]], context[i], length), q, r)))
    return found


def estimate_rates(
    x: Sequence[int], frequency: Sequence[float], length: float, levels: Sequence[int]
) -> tuple[float, float]:
    """Return the shares of words carried over, and of those carried over in phrase."""
    chance = [1 - exp(-length * frequency[t]) for t in x]
    rows = list(zip(levels, chance, strict=True))
    q = (sum((level > 0) - p for level, p in rows) + 2.4) / (sum(1 - p for _, p in rows) + 4)
    phrased = sum(1 - p for level, p in rows if level == 2)
    r = (phrased + 2) / (sum(1 - p for level, p in rows if level) + 4)
    return min(max(q, 0.4), 0.98), min(max(r, 0.1), 0.98)


def best_segment(
    value: Sequence[float],
    near: tuple[int, int],
    limits: tuple[int, int],
    bonus: Sequence[float],
    window: int,
    drop: float,
) -> tuple[int, int, float]:
    """Return the segment from the centre of the best window out to the best cut each way."""
    window = min(window, near[1] - near[0])
    windows = {i + window - 1 - window // 2: sum(value[i : i + window]) for i in range(near[0], near[1] - window + 1)}
    centre = max(windows, key=lambda c: (round(windows[c], 9), -c))
    left = _walk([value[i] for i in range(centre, limits[0] - 1, -1)], drop)
    start, start_score = _best_cut([(centre - k, left[k] + bonus[centre - k]) for k in range(len(left))])
    right = _walk([value[i] for i in range(centre + 1, limits[1])], drop)
    cuts = [(centre + 1, bonus[centre + 1])]
    cuts += [(centre + 2 + k, right[k] + bonus[centre + 2 + k]) for k in range(len(right))]
    end, end_score = _best_cut(cuts)
    return start, end, start_score + end_score


def _walk(values: Sequence[float], drop: float) -> list[float]:
    """Running sums, up to the first that lies ``drop`` below the highest before it."""
    sums: list[float] = []
    for k in range(len(values)):
        sums.append(sum(values[: k + 1]))
        if sums[-1] < max(0.0, *sums) - drop:
            break
    return sums


def _best_cut(cuts: list[tuple[int, float]]) -> tuple[int, float]:
    best = (cuts[0][0], -inf)
    for cut in cuts:
        if cut[1] > best[1]:
            best = cut
    return best
