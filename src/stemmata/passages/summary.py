"""A short passage of a that condenses much of b, in other words and order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.summaries import drawn_segment
from stemmata.kinds import MODELLED, bounded_odds
from stemmata.passages.pair import TextPair
from stemmata.passages.rectangles import Rectangle

PRIOR, CAP, ROUNDS = 1000.0, 5.0, 4
LEAST_SCORE, LEAST_WORDS, LEAST_RATIO = 60.0, 40, 1.5
WHOLE = 0.6  # share of b that the evidence must span for all of b to be the source
UNCARRIED, ANY_KIND = 0.5, 1 / len(MODELLED)  # what is taken of a passage where none lies inside
# log-odds that the segment is a summary; fitted by benchmarks/train_summaries.py on the `train` part of PAN13
BY_UNEXPLAINED, BY_SCORE, BY_SHARE, BY_SPREAD = 1.062, 1.546, 5.059, 6.220
BY_CARRIED, BY_KIND, CONSTANT = -4.476, 1.230, -11.885


class Part(NamedTuple):
    """An accepted passage, and the probability that its kind is ``summarised``, 0 to 1."""

    rectangle: Rectangle
    summarised: float

    def mirrored(self) -> Self:
        """Exchange the sides."""
        return self._replace(rectangle=self.rectangle.mirrored())


class Condensed(NamedTuple):
    """A passage of a that may condense b, and what tells.

    Parameters
    ----------
    rectangle : Rectangle
    figures : float64 array
        Evidence a word that no accepted passage explains (log), evidence (log), share of the words drawn from b, share
        of b that the evidence spans, words carried over in the strongest passage inside, log-odds of its kind; as
        ``BY_UNEXPLAINED`` and the others weigh them.
    """

    rectangle: Rectangle
    figures: NDArray[np.float64]

    @property
    def odds(self) -> float:
        """Log-odds that it is a summary."""
        weights = np.array([BY_UNEXPLAINED, BY_SCORE, BY_SHARE, BY_SPREAD, BY_CARRIED, BY_KIND])
        return float(self.figures @ weights + CONSTANT)


def find_summary(pair: TextPair, accepted: Sequence[Part]) -> Condensed | None:
    """Return the passage of a that summarises b, if there is a candidate; ``accepted`` best first."""
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
    inside = [c for c in accepted if min(c.rectangle.a_to, high) > max(c.rectangle.a_from, low)]
    if score < LEAST_SCORE or length < LEAST_WORDS or len(b) < LEAST_RATIO * length:
        return None
    if not inside and length > len(a) / 2:
        return None
    other = (outside + PRIOR * pair.background) / (outside.sum() + PRIOR)
    value = np.minimum(CAP, np.log((share * in_b / len(b) + (1 - share) * other) / other))
    evidence = np.maximum(value[words], 0) * (in_b[words] > 0)
    begin, end = _spread(evidence, words, b, in_b)
    b_from, b_to = (0, len(b)) if end - begin >= WHOLE else (int(begin * len(b)), int(end * len(b)))
    if b_to <= b_from:
        return None
    explained = np.zeros(length)
    for c in (part.rectangle for part in inside):
        here = slice(max(c.a_from, low) - low, min(c.a_to, high) - low)
        held = np.isin(words[here], b[c.b_from : c.b_to])
        explained[here] = np.maximum(explained[here], evidence[here] * held)
    unexplained = score * (1 - explained.sum() / max(evidence.sum(), 1e-9))
    carried, kind = (inside[0].rectangle.q, inside[0].summarised) if inside else (UNCARRIED, ANY_KIND)
    figures = [
        np.log(max(unexplained, 1) / length),
        np.log(score),
        share,
        end - begin,
        carried,
        bounded_odds(kind),
    ]
    return Condensed(Rectangle(low, high, b_from, b_to, score, share, 0.0), np.array(figures))


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
