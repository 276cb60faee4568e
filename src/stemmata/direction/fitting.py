"""How well words fit their places: who swaps words one by one breaks the company that they keep.

A word's fit is that of the pairs which it makes with its neighbours, as counted in a background (``wordpairs``).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from stemmata.direction.comparison import Comparison, Side
from stemmata.direction.reasons import Measure

MOST = 5.0  # difference of log-odds beyond which a swap says no more
CLEARLY = 0.7  # difference of log-odds from which a swap fits worse, or better
SHORT, SHORT_WEIGHT, MOST_SHORT = 4, 1.5, 3.0  # words of a short segment, and how far its mean is believed
RUN_SCALE, RUN = 3.0, 60  # words at which the mean of a whole text is believed by a good half
EXAMPLES = 5


def worse_swaps(c: Comparison) -> Measure:
    """Return by how much swapped words fit their places worse in y: differences of log-odds, over sqrt(n + 4).

    A word's fit is that of the pairs which it makes with its neighbours. Short segments that are no swaps count by
    the mean of their pairs.
    """
    x, y, _ = c.swaps
    differences = np.clip(_fit(c.x, x) - _fit(c.y, y), -MOST, MOST)
    s = c.segments
    short = (np.minimum(s.x_size, s.y_size) > 0) & (np.maximum(s.x_size, s.y_size) <= SHORT) & (s.x_size != s.y_size)
    means = _mean_links(c.x, s.x_from[short], s.x_to[short]) - _mean_links(c.y, s.y_from[short], s.y_to[short])
    means = np.clip(SHORT_WEIGHT * means, -MOST_SHORT, MOST_SHORT)
    value = float((differences.sum() + means.sum()) / np.sqrt(len(x) + len(means) + 4))
    return Measure(value, plainest_swaps(c, differences * np.sign(value)))


def more_misfits(c: Comparison) -> Measure:
    """Count the swaps that fit clearly worse in y less those that fit clearly better, over sqrt(n + 4)."""
    x, y, _ = c.swaps
    differences = _fit(c.x, x) - _fit(c.y, y)
    worse, better = int((differences > CLEARLY).sum()), int((differences < -CLEARLY).sum())
    most, least = max(worse, better), min(worse, better)
    return Measure(
        (worse - better) / math.sqrt(len(x) + 4), [f"{most:,} fit worse and {least:,} better, of {len(x):,} words"]
    )


def rougher(c: Comparison) -> Measure:
    """Return by how much y runs less smoothly: difference of the mean links of neighbours, times 3 sqrt(n/(n + 60))."""
    x, y = (_linked(side) for side in (c.x, c.y))
    fewer = min(len(x), len(y))
    if not fewer:
        return Measure(0.0)
    difference = float(c.x.links[x].mean() - c.y.links[y].mean())
    rough, places, own = (c.y, y, c.own[1]) if difference > 0 else (c.x, x, c.own[0])
    places = places[np.isin(places, own) | np.isin(places - 1, own)]
    places = places[np.argsort(rough.links[places], kind="stable")]
    examples = list(dict.fromkeys(rough.reading(int(i) - 1, int(i) + 1) for i in places[:EXAMPLES]))
    return Measure(difference * RUN_SCALE * math.sqrt(fewer / (fewer + RUN)), examples)


def _linked(side: Side) -> NDArray[np.int64]:
    """Return the words that are compared, as the one before them is."""
    return np.flatnonzero(side.core[1:] & side.core[:-1]) + 1


def _fit(side: Side, places: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how well words fit between their neighbours."""
    after = np.append(side.links, 0.0)[places + 1]
    fit: NDArray[np.float64] = side.links[places] + after
    return fit


def _mean_links(side: Side, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the mean of the links of runs of words [first, last), with those to the words around them."""
    sums = np.concatenate([[0.0], np.cumsum(side.links), [0.0]])
    sums[-1] = sums[-2]
    means: NDArray[np.float64] = (sums[last + 1] - sums[first]) / (last + 1 - first)
    return means


def plainest_swaps(c: Comparison, speaking: NDArray[np.float64]) -> list[tuple[str, str]]:
    """Return the swaps that speak most plainly; a swap by itself before one of several."""
    x, y, single = c.swaps
    order = np.lexsort((-speaking, ~single))
    order = order[speaking[order] > 0]
    pairs = zip(c.x.readings(x[order]), c.y.readings(y[order]), strict=True)
    return list(dict.fromkeys(pairs))[:EXAMPLES]
