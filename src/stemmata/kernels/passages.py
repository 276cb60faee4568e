"""Passages that two texts share: grow a rectangle around each seed, then sharpen its bounds.

The method of the project's own design: seeds on a grid, likelihood-ratio evidence per word, alternating best
segments on the two sides, then a one-to-one matching that stops a passage from overrunning where the source
repeats itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.evidence import best_segment, estimate_rates, matched_evidence, presence
from stemmata.kernels.matching import match_one_to_one
from stemmata.kernels.seeds import CELL

GROW, SHARPEN = 6, 4  # rounds
MOST = 16  # rounds for a passage that doubles in each
WINDOW, DROP = 24, 60.0
WIDEN = 30  # words, or half the passage
LOOK = 200  # words beyond, or twice the passage
SLACK = 20  # words by which a partner may lie outside in the last round
EVERYWHERE = 1 << 30


@kernel
def grow_passage(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    first_a: NDArray[np.int32],
    places_a: NDArray[np.int32],
    first_b: NDArray[np.int32],
    places_b: NDArray[np.int32],
    frequency: NDArray[np.float64],
    weight: NDArray[np.float64],
    bonus_a: NDArray[np.float64],
    bonus_b: NDArray[np.float64],
    a0: int,
    a1: int,
    b0: int,
    b1: int,
    low_a: int,
    high_a: int,
    low_b: int,
    high_b: int,
) -> tuple[int, int, int, int, float, float, float, float]:
    """Grow the rectangle a[a0:a1], b[b0:b1] inside the given limits; a row of ``find_passages``."""
    value_a, value_b = np.empty(len(a), np.float64), np.empty(len(b), np.float64)
    level_a, level_b = np.empty(len(a), np.int8), np.empty(len(b), np.int8)
    partner_a, partner_b = np.empty(len(a), np.int32), np.empty(len(b), np.int32)
    context_a, context_b = np.empty(len(a), np.float64), np.empty(len(b), np.float64)
    strength = np.empty(len(a), np.float64)
    q_a, q_b, r_a, r_b = 0.6, 0.6, 0.5, 0.5
    score_a, score_b = 0.0, 0.0
    turns = GROW
    turn = 0
    while turn <= turns:
        last = turn == turns
        before = (a0, a1, b0, b1)
        widen = 0 if last else max(WIDEN, (b1 - b0) // 2)
        y0, y1 = max(low_b, b0 - widen), min(high_b, b1 + widen)
        look = max(LOOK, 2 * (a1 - a0))
        x0, x1 = max(low_a, a0 - look), min(high_a, a1 + look)
        presence(a, b, frequency, first_b, places_b, x0, x1, y0, y1, q_a, r_a, value_a, level_a)
        a0, a1, score_a = best_segment(value_a, a0, a1, x0, x1, bonus_a, WINDOW, DROP)
        q_a, r_a = estimate_rates(a, frequency, a0, a1, float(y1 - y0), level_a)
        widen = 0 if last else max(WIDEN, (a1 - a0) // 2)
        x0, x1 = max(low_a, a0 - widen), min(high_a, a1 + widen)
        look = max(LOOK, 2 * (b1 - b0))
        y0, y1 = max(low_b, b0 - look), min(high_b, b1 + look)
        presence(b, a, frequency, first_a, places_a, y0, y1, x0, x1, q_b, r_b, value_b, level_b)
        b0, b1, score_b = best_segment(value_b, b0, b1, y0, y1, bonus_b, WINDOW, DROP)
        q_b, r_b = estimate_rates(b, frequency, b0, b1, float(x1 - x0), level_b)
        if 1 < turn < turns - 1 and before == (a0, a1, b0, b1):
            break
        if turn == turns - 1 and turns < MOST and a1 - a0 > 2 * (before[1] - before[0]):
            turns += 1  # a long copy is still growing at full speed
        turn += 1
    matched = (-1, -1, -1, -1)
    turn = 0
    while turn < SHARPEN:
        before, rates = (a0, a1, b0, b1), (q_a, q_b, r_a, r_b)
        slack = SLACK if turn == SHARPEN - 1 else EVERYWHERE
        widen_a, widen_b = max(WIDEN, (a1 - a0) // 2), max(WIDEN, (b1 - b0) // 2)
        x0, x1 = max(low_a, a0 - widen_a), min(high_a, a1 + widen_a)
        y0, y1 = max(low_b, b0 - widen_b), min(high_b, b1 + widen_b)
        if matched != (x0, x1, y0, y1):
            match_one_to_one(
                a, b, weight, frequency, first_b, places_b, x0, x1, y0, y1,
                partner_a, partner_b, context_a, context_b, strength,
            )  # fmt: skip
            matched = (x0, x1, y0, y1)
        length_b, length_a = float(max(b1 - b0, 20)), 0.0
        matched_evidence(
            a, frequency, x0, x1, partner_a, context_a, b0 - slack, b1 + slack, length_b, q_a, r_a,
            value_a, level_a,
        )  # fmt: skip
        new_a0, new_a1, score_a = best_segment(value_a, a0, a1, x0, x1, bonus_a, WINDOW, DROP)
        length_a = float(max(a1 - a0, 20))
        matched_evidence(
            b, frequency, y0, y1, partner_b, context_b, a0 - slack, a1 + slack, length_a, q_b, r_b,
            value_b, level_b,
        )  # fmt: skip
        b0, b1, score_b = best_segment(value_b, b0, b1, y0, y1, bonus_b, WINDOW, DROP)
        a0, a1 = new_a0, new_a1
        q_a, r_a = estimate_rates(a, frequency, a0, a1, float(b1 - b0), level_a)
        q_b, r_b = estimate_rates(b, frequency, b0, b1, float(a1 - a0), level_b)
        turn += 1
        if turn < SHARPEN - 1 and before == (a0, a1, b0, b1) and rates == (q_a, q_b, r_a, r_b):
            turn = SHARPEN - 1  # all rounds before the last would end as this one did
    return a0, a1, b0, b1, score_a, score_b, (q_a + q_b) / 2, (r_a + r_b) / 2


@kernel
def find_passages(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    first_a: NDArray[np.int32],
    places_a: NDArray[np.int32],
    first_b: NDArray[np.int32],
    places_b: NDArray[np.int32],
    frequency: NDArray[np.float64],
    weight: NDArray[np.float64],
    bonus_a: NDArray[np.float64],
    bonus_b: NDArray[np.float64],
    seeds: NDArray[np.int64],
    columns: int,
    tries: int,
) -> NDArray[np.float64]:
    """Return the candidate passages, one row per seed that was tried.

    Parameters
    ----------
    a, b : word types
    frequency, weight : by type: expected frequency; -ln of it, capped
    bonus_a, bonus_b : by gap: what a cut there earns
    seeds : keys of the seed cells, best first
    columns : columns of the seed grid
    tries : seeds tried at most

    Returns
    -------
    array of shape (n, 8)
        a_from, a_to, b_from, b_to, score on a, score on b, q, r.
    """
    rows = np.empty((tries, 8), np.float64)
    limits = np.zeros(2, np.int64)  # a literal zero would compile the growing twice
    tried = 0
    for seed in seeds:
        if tried == tries:
            break
        row, column = seed // columns, seed % columns
        inside = False
        for k in range(tried):  # inside what an earlier seed grew to
            if (
                rows[k, 0] // CELL - 1 <= row <= rows[k, 1] // CELL
                and rows[k, 2] // CELL - 1 <= column <= rows[k, 3] // CELL
            ):
                inside = True
                break
        if inside:
            continue
        low_a, low_b = limits[0], limits[1]
        high_a, high_b = len(a), len(b)
        for _ in range(2):
            a0, a1 = max(low_a, int(row) * CELL), min(high_a, int(row + 2) * CELL)
            b0, b1 = max(low_b, int(column) * CELL), min(high_b, int(column + 2) * CELL)
            if a1 - a0 < 8 or b1 - b0 < 8 or tried == tries:
                break
            a0, a1, b0, b1, score_a, score_b, q, r = grow_passage(
                a, b, first_a, places_a, first_b, places_b, frequency, weight, bonus_a, bonus_b,
                a0, a1, b0, b1, low_a, high_a, low_b, high_b,
            )  # fmt: skip
            rows[tried, 0], rows[tried, 1], rows[tried, 2], rows[tried, 3] = a0, a1, b0, b1
            rows[tried, 4], rows[tried, 5], rows[tried, 6], rows[tried, 7] = score_a, score_b, q, r
            tried += 1
            # a seed that was drawn away into a stronger passage grows once more, beside that
            place_a, place_b = int(row + 1) * CELL, int(column + 1) * CELL
            if a0 <= place_a < a1:
                break
            low_a, high_a = (low_a, a0) if place_a < a0 else (a1, high_a)
            if place_b < b0:
                high_b = b0
            elif place_b >= b1:
                low_b = b1
    return rows[:tried]
