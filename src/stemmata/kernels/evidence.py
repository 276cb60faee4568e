"""How strongly each word speaks for reuse: log-likelihood ratios against same-topic text.

Level 0: the word is absent from the other side's interval; 1: present; 2: present with a neighbour that
matches near the same place. ``q`` is the share of words carried over, ``r`` the share of those carried over
in phrase; both are estimated from the passage itself, each side by itself, which adapts the model to the kind of
reuse: a copy takes nearly every word from its source where the source has sentences that the copy left out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.postings import first_at_least

CAP = 5.0
TOPIC_Q, TOPIC_R = 0.05, 0.4  # rates at which two texts on one subject share words, and phrases
NEAR = 10.0  # places at which a neighbour counts as near
OFTEN = 64  # occurrences of one word that are looked at


@kernel
def log_ratio(level: int, chance: float, near: float, q: float, r: float) -> float:
    """Return the log-likelihood ratio of a word at a level; ``near`` is the chance of level 2."""
    if level == 0:
        value = np.log((1.0 - q) / (1.0 - TOPIC_Q))
    elif level == 1:
        value = np.log((q * (1.0 - r) + (1.0 - q) * chance) / (TOPIC_Q * (1.0 - TOPIC_R) + (1.0 - TOPIC_Q) * chance))
    else:
        value = np.log((q * r + (1.0 - q * r) * near) / (TOPIC_Q * TOPIC_R + (1.0 - TOPIC_Q * TOPIC_R) * near))
    return min(CAP, value)


@kernel
def presence(
    x: NDArray[np.int32],
    y: NDArray[np.int32],
    frequency: NDArray[np.float64],
    first_y: NDArray[np.int32],
    places_y: NDArray[np.int32],
    x_from: int,
    x_to: int,
    y_from: int,
    y_to: int,
    q: float,
    r: float,
    value: NDArray[np.float64],
    level: NDArray[np.int8],
) -> None:
    """Set ``value`` and ``level`` of words x[x_from:x_to] against the whole interval y[y_from:y_to]."""
    length = float(y_to - y_from)
    for i in range(x_from, x_to):
        t = x[i]
        chance = 1.0 - np.exp(-length * frequency[t])
        low = first_at_least(places_y, np.int64(first_y[t]), np.int64(first_y[t + 1]), y_from)
        high = min(first_y[t + 1], low + OFTEN)
        found = 0
        rarest = 1.0
        while low < high and places_y[low] < y_to:
            j = places_y[low]
            low += 1
            found = max(found, 1)
            for side in (-1, 1):
                for d in range(1, 3):
                    near_i = i + side * d
                    if near_i < 0 or near_i >= len(x):
                        continue
                    u = x[near_i]
                    for e in range(1, 3):
                        near_j = j + side * e
                        if d + e < 4 and y_from <= near_j < y_to and y[near_j] == u and frequency[u] < rarest:
                            rarest = frequency[u]
                            found = 2
        level[i] = found
        near = min(chance, 1.0 - np.exp(-length * frequency[t] * rarest * NEAR))
        value[i] = log_ratio(found, chance, near, q, r)


@kernel
def matched_evidence(
    x: NDArray[np.int32],
    frequency: NDArray[np.float64],
    x_from: int,
    x_to: int,
    partner: NDArray[np.int32],
    context: NDArray[np.float64],
    partner_from: int,
    partner_to: int,
    length: float,
    q: float,
    r: float,
    value: NDArray[np.float64],
    level: NDArray[np.int8],
) -> None:
    """As ``presence``, with levels from a one-to-one matching; partners outside the interval do not count.

    ``context[i]`` is the frequency of the rarest matching neighbour at distance 1 or 2; 1 where there is none.
    """
    for i in range(x_from, x_to):
        t = x[i]
        chance = 1.0 - np.exp(-length * frequency[t])
        found = 0
        # an unmatched word has partner -1: tested by itself, for an interval may begin below it
        if partner[i] >= 0 and partner_from <= partner[i] < partner_to:
            found = 1 if context[i] >= 1.0 else 2
        level[i] = found
        near = min(chance, 1.0 - np.exp(-length * frequency[t] * context[i] * NEAR))
        value[i] = log_ratio(found, chance, near, q, r)


@kernel
def estimate_rates(
    x: NDArray[np.int32],
    frequency: NDArray[np.float64],
    x_from: int,
    x_to: int,
    length: float,
    level: NDArray[np.int8],
) -> tuple[float, float]:
    """Estimate q and r from the levels of a passage, with a prior worth four words at .6 and .5."""
    carried, words, phrased, met = 2.4, 4.0, 2.0, 4.0
    for i in range(x_from, x_to):
        surprise = np.exp(-length * frequency[x[i]])  # 1 - chance
        words += surprise
        carried -= 1.0 - surprise
        if level[i] > 0:
            carried += 1.0
            met += surprise
            if level[i] == 2:
                phrased += surprise
    return min(max(carried / words, 0.4), 0.98), min(max(phrased / met, 0.1), 0.98)


@kernel
def best_segment(
    value: NDArray[np.float64],
    near_from: int,
    near_to: int,
    low: int,
    high: int,
    bonus: NDArray[np.float64],
    window: int,
    drop: float,
) -> tuple[int, int, float]:
    """Return the best segment around the best ``window`` words of [near_from, near_to), inside [low, high).

    ``bonus[g]`` is what a cut before word g earns or costs. Each way from the centre the walk goes to the cut
    with the highest running sum plus bonus, and stops ``drop`` below the running top.
    """
    window = min(window, near_to - near_from)
    centre = (near_from + near_to) // 2
    best = -np.inf
    run = 0.0
    for i in range(near_from, near_to):
        run += value[i]
        if i - near_from >= window:
            run -= value[i - window]
        if i - near_from >= window - 1 and run > best:
            best = run
            centre = i - window // 2
    start, start_score, run, top = centre, -np.inf, 0.0, 0.0
    for i in range(centre, low - 1, -1):
        run += value[i]
        top = max(top, run)
        if run + bonus[i] > start_score:
            start, start_score = i, run + bonus[i]
        if run < top - drop:
            break
    end, end_score, run, top = centre + 1, bonus[centre + 1], 0.0, 0.0
    for i in range(centre + 1, high):
        run += value[i]
        top = max(top, run)
        if run + bonus[i + 1] > end_score:
            end, end_score = i + 1, run + bonus[i + 1]
        if run < top - drop:
            break
    return start, end, start_score + end_score
