"""Grow a rectangle around a seed, then sharpen it: sections 5 to 7 of the alignment method, on lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tests.oracles.evidence import best_segment, estimate_rates, matched_evidence, presence
from tests.oracles.matching import match_one_to_one

CELL, WINDOW, DROP = 16, 24, 60.0
WIDEN, LOOK, SLACK, MOST = 30, 200, 20, 16
NOWHERE = 1 << 30


class Text(NamedTuple):
    """Word types of a text, and what a cut before each word earns."""

    ids: Sequence[int]
    bonus: Sequence[float]


Rates = tuple[float, float]  # q and r of one side


class Box(NamedTuple):
    """Words [a0, a1) against [b0, b1)."""

    a0: int
    a1: int
    b0: int
    b1: int


def grow_passage(
    a: Text, b: Text, frequency: Sequence[float], weight: Sequence[float], row: int, column: int
) -> tuple[Box, float, float, float, float]:
    """Return the passage around the seed cell (row, column), the scores of both sides, q and r."""
    box = Box(row * CELL, min(len(a.ids), (row + 2) * CELL), column * CELL, min(len(b.ids), (column + 2) * CELL))
    rates_a = rates_b = 0.6, 0.5
    turns, turn = 6, 0
    while turn <= turns:
        before = box
        wide = turn < turns
        (a0, a1), score_a, rates_a = _side(a, b, (box.a0, box.a1), (box.b0, box.b1), frequency, rates_a, wide)
        (b0, b1), score_b, rates_b = _side(b, a, (box.b0, box.b1), (a0, a1), frequency, rates_b, wide)
        box = Box(a0, a1, b0, b1)
        if 1 < turn < turns - 1 and box == before:
            break
        if turn == turns - 1 and turns < MOST and a1 - a0 > 2 * (before.a1 - before.a0):
            turns += 1
        turn += 1
    for turn in range(4):
        slack = SLACK if turn == 3 else NOWHERE
        box, score_a, score_b, rates_a, rates_b = _sharpen(a, b, frequency, weight, box, slack, rates_a, rates_b)
    return box, score_a, score_b, (rates_a[0] + rates_b[0]) / 2, (rates_a[1] + rates_b[1]) / 2


def _widened(low: int, high: int, by: int, size: int) -> tuple[int, int]:
    return max(0, low - by), min(size, high + by)


def _side(
    x: Text,
    y: Text,
    x_span: tuple[int, int],
    y_span: tuple[int, int],
    frequency: Sequence[float],
    rates: Rates,
    wide: bool,
) -> tuple[tuple[int, int], float, Rates]:
    """Return the best segment of x against an interval of y, its score and its rates."""
    by = max(WIDEN, (y_span[1] - y_span[0]) // 2) if wide else 0
    interval = _widened(*y_span, by, len(y.ids))
    limits = _widened(*x_span, max(LOOK, 2 * (x_span[1] - x_span[0])), len(x.ids))
    found = dict(zip(range(*limits), presence(x.ids, y.ids, frequency, (*limits, *interval), *rates), strict=True))
    value = [found[i][1] if i in found else 0.0 for i in range(len(x.ids))]
    start, end, score = best_segment(value, x_span, limits, x.bonus, WINDOW, DROP)
    levels = [found[i][0] for i in range(start, end)]
    rates = estimate_rates(x.ids[start:end], frequency, interval[1] - interval[0], levels)
    return (start, end), score, rates


def _sharpen(
    a: Text,
    b: Text,
    frequency: Sequence[float],
    weight: Sequence[float],
    box: Box,
    slack: int,
    rates_a: Rates,
    rates_b: Rates,
) -> tuple[Box, float, float, Rates, Rates]:
    """Cut both sides again by what a one-to-one matching supports."""
    x_limits = _widened(box.a0, box.a1, max(WIDEN, (box.a1 - box.a0) // 2), len(a.ids))
    y_limits = _widened(box.b0, box.b1, max(WIDEN, (box.b1 - box.b0) // 2), len(b.ids))
    matches = match_one_to_one(a.ids, b.ids, weight, frequency, (*x_limits, *y_limits))
    a_partner = {m.i: (m.j, m.rarest) for m in matches}
    b_partner = {m.j: (m.i, m.rarest) for m in matches}
    cut = []
    for x, limits, span, partner, other, rates in (
        (a, x_limits, (box.a0, box.a1), a_partner, (box.b0, box.b1), rates_a),
        (b, y_limits, (box.b0, box.b1), b_partner, (box.a0, box.a1), rates_b),
    ):
        length = max(20, other[1] - other[0])
        partners = [partner.get(i, (-1, 1.0)) for i in range(len(x.ids))]
        found = matched_evidence(
            x.ids,
            frequency,
            limits,
            [p[0] for p in partners],
            [p[1] for p in partners],
            (other[0] - slack, other[1] + slack),
            length,
            *rates,
        )
        level = dict(zip(range(*limits), found, strict=True))
        value = [level[i][1] if i in level else 0.0 for i in range(len(x.ids))]
        start, end, score = best_segment(value, span, limits, x.bonus, WINDOW, DROP)
        cut.append((start, end, score, [level[i][0] for i in range(start, end)]))
    (a0, a1, score_a, levels_a), (b0, b1, score_b, levels_b) = cut
    rates_a = estimate_rates(a.ids[a0:a1], frequency, b1 - b0, levels_a)
    rates_b = estimate_rates(b.ids[b0:b1], frequency, a1 - a0, levels_b)
    return Box(a0, a1, b0, b1), score_a, score_b, rates_a, rates_b
