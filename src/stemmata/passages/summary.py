"""A short passage of a that condenses much of b, in other words and order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.summaries import drawn_segment
from stemmata.passages.pair import TextPair
from stemmata.passages.rectangles import Rectangle

PRIOR, CAP, ROUNDS = 1000.0, 5.0, 4
LEAST_SCORE, LEAST_WORDS, LEAST_RATIO = 60.0, 40, 1.5
WHOLE = 0.6  # share of b that the evidence must span for all of b to be the source
# log-odds that the segment is a summary; fitted on the `train` part of PAN13
BY_UNEXPLAINED, BY_SCORE, BY_SHARE, BY_BEGIN, BY_INSIDE, CONSTANT = 2.059, 0.278, 3.576, -13.366, 1.137, -2.742


def find_summary(pair: TextPair, accepted: list[Rectangle]) -> tuple[Rectangle, float] | None:
    """Return the passage of a that summarises b and its log-odds; None where there is no candidate."""
    a, b, types = pair.a.ids, pair.b.ids, len(pair.frequency)
    if len(a) < 20 or len(b) < 20:
        return None
    in_a = np.bincount(a, minlength=types)
    in_b = np.bincount(b, minlength=types)
    outside, share = np.maximum(in_a - 1, 0), 0.5
    segment = (-1, -1)
    for turn in range(ROUNDS):
        other = (outside + PRIOR * pair.background) / (outside.sum() + PRIOR)
        drawn = in_b / len(b)
        value = np.minimum(CAP, np.log((share * drawn + (1 - share) * other) / other))
        low, high, score = drawn_segment(a, value, pair.a.bonus)
        words = a[low:high]
        if len(words) < 5:
            return None
        mixed = share * drawn[words]
        share = float(np.clip((mixed / (mixed + (1 - share) * other[words])).mean(), 0.3, 0.95))
        outside = in_a - np.bincount(words, minlength=types)
        if turn > 1 and segment == (low, high):
            break
        segment = (low, high)
    length = high - low
    inside = [c for c in accepted if min(c.a_to, high) > max(c.a_from, low)]
    if score < LEAST_SCORE or length < LEAST_WORDS or len(b) < LEAST_RATIO * length:
        return None
    if not inside and length > len(a) / 2:
        return None
    other = (outside + PRIOR * pair.background) / (outside.sum() + PRIOR)
    value = np.minimum(CAP, np.log((share * in_b / len(b) + (1 - share) * other) / other))
    evidence = np.maximum(value[words], 0) * (in_b[words] > 0)
    begin, end = _spread(evidence, words, b, in_b)
    explained = np.zeros(length)
    for c in inside:
        here = slice(max(c.a_from, low) - low, min(c.a_to, high) - low)
        held = np.isin(words[here], b[c.b_from : c.b_to])
        explained[here] = np.maximum(explained[here], evidence[here] * held)
    unexplained = score * (1 - explained.sum() / max(evidence.sum(), 1e-9))
    odds = (
        BY_UNEXPLAINED * np.log(max(unexplained, 1) / length)
        + BY_SCORE * np.log(score)
        + BY_SHARE * share
        + BY_BEGIN * begin
        + BY_INSIDE * min(len(inside), 3)
        + CONSTANT
    )
    b_from, b_to = (0, len(b)) if end - begin >= WHOLE else (int(begin * len(b)), int(end * len(b)))
    if b_to <= b_from:
        return None
    return Rectangle(low, high, b_from, b_to, score, share, 0.0), float(odds)


def _spread(
    evidence: NDArray[np.float64], words: NDArray[np.int32], b: NDArray[np.int32], in_b: NDArray[np.int64]
) -> tuple[float, float]:
    """Where 5 and 95 percent of the evidence lie along b, as fractions: best evidence a type, spread evenly."""
    by_type = np.zeros(len(in_b))
    np.maximum.at(by_type, words, evidence)
    along = np.cumsum(by_type[b] / in_b[b])
    if along[-1] <= 0:
        return 0.0, 0.0
    low, high = np.searchsorted(along, [0.05 * along[-1], 0.95 * along[-1]])
    return float(low / len(b)), float(high / len(b))


def replace_by_summary(summary: Rectangle, accepted: list[Rectangle]) -> list[Rectangle]:
    """Return ``accepted`` with the summary in place of the passages that overlap it on a."""
    return [summary, *(c for c in accepted if min(c.a_to, summary.a_to) <= max(c.a_from, summary.a_from))]
