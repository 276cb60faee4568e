"""The words that each side put in the other's place.

A copyist who exchanges words draws them from a wider stock than the author: his are rarer, longer, and now
and then no words at all.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from stemmata.direction.comparison import Comparison, Side
from stemmata.direction.fitting import plainest_swaps
from stemmata.direction.reasons import Measure

MOST = 3.0  # difference on Zipf's scale beyond which a swap says no more
FEW = 8  # words at which a mean is believed by a good half
EXAMPLES = 5


def rarer_swaps(c: Comparison) -> Measure:
    """Return by how much swapped words are rarer in y: differences on Zipf's scale, over sqrt(n + 4)."""
    x, y, _ = c.swaps
    differences = np.clip(c.x.zipf[x] - c.y.zipf[y], -MOST, MOST)
    value = float(differences.sum() / np.sqrt(len(x) + 4))
    return Measure(value, plainest_swaps(c, differences * np.sign(value)))


def rarer_words(c: Comparison) -> Measure:
    """Return by how much the words of y alone are rarer: difference of the means on Zipf's scale."""
    x, y = c.own
    value = _believed(_mean(c.x.zipf[x]) - _mean(c.y.zipf[y]), len(x), len(y))
    side, places = (c.y, y) if value > 0 else (c.x, x)
    known = places[side.zipf[places] > 0]
    return Measure(value, _first(side, known[np.argsort(side.zipf[known], kind="stable")]))


def unknown_words(c: Comparison) -> Measure:
    """Count words that no list knows: of y alone less those of x alone, over sqrt(all such words + 4)."""
    x, y = c.own
    x_unknown, y_unknown = x[c.x.zipf[x] <= 0], y[c.y.zipf[y] <= 0]
    value = (len(y_unknown) - len(x_unknown)) / math.sqrt(len(x) + len(y) + 4)
    return Measure(value, _first(c.y, y_unknown) if value > 0 else _first(c.x, x_unknown))


def longer_words(c: Comparison) -> Measure:
    """Return by how much the words of y alone are longer: difference of the means in code points."""
    x, y = c.own
    value = _believed(_mean(_lengths(c.y, y)) - _mean(_lengths(c.x, x)), len(x), len(y))
    side, places = (c.y, y) if value > 0 else (c.x, x)
    return Measure(value, _first(side, places[np.argsort(-_lengths(side, places), kind="stable")]))


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else 0.0


def _believed(difference: float, x: int, y: int) -> float:
    """Return a difference of means as far as the smaller group bears it out; 0 where one is empty."""
    fewer = min(x, y)
    return difference * math.sqrt(fewer / (fewer + FEW))


def _lengths(side: Side, places: NDArray[np.int64]) -> NDArray[np.float64]:
    return (side.words.end[places] - side.words.start[places]).astype(np.float64)


def _first(side: Side, places: NDArray[np.int64]) -> list[str]:
    """Return the first distinct words as they stand."""
    _, at = np.unique(side.words.word[places], return_index=True)
    return side.readings(places[np.sort(at)[:EXAMPLES]])
