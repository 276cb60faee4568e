"""What one text holds and the other lacks: its outer parts, its length, its names and numbers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from stemmata.direction.comparison import Comparison, Side
from stemmata.direction.reasons import Measure
from stemmata.tokens import CAPITAL, FIRST, NUMBER

LONG = 3  # words of a match that marks where the common text begins or ends
REACH = 30.0  # words outside it that tell a cut
START_SD, END_SD, END_SHARE = 0.34, 0.48, 0.5
LEAST_START = 0.2
NEAR = 150  # words on either side of a piece that are asked whether they are about the same
COMMON = 5.3  # on Zipf's scale: words as frequent as this stand in every text
STRANGE, KINDRED = 0.15, 0.30  # shares of them that recur in the piece: of other articles, of its own
FEW_AROUND = 4
NAME_SD, NUMBER_SD = 1.5, 1.15
EXAMPLES = 5


def cut(c: Comparison) -> Measure:
    """Judge whether y is a piece cut out of x: x goes on before the first long match, and after the last.

    The start speaks only where the longer text has more before it; the end only where the start speaks. A page that
    reprints a whole article among others is no source of it: what stands around the piece must speak of the same.
    """
    blocks = c.blocks[c.blocks[:, 2] >= LONG]
    if not len(blocks):
        return Measure(0.0)
    x_before, y_before = int(blocks[:, 0].min()), int(blocks[:, 1].min())
    x_after = len(c.x.words) - int((blocks[:, 0] + blocks[:, 2]).max())
    y_after = len(c.y.words) - int((blocks[:, 1] + blocks[:, 2]).max())
    start = math.tanh((x_before - y_before) / REACH) / START_SD
    if start * (len(c.x.words) - len(c.y.words)) <= 0 or abs(start) <= LEAST_START:
        return Measure(0.0)
    end = math.tanh((x_after - y_after) / REACH) / END_SD
    side = c.x if start > 0 else c.y
    before, after = (x_before, x_after) if start > 0 else (y_before, y_after)
    size = len(side.words)
    examples = [f"{before:,} words stand before it, {after:,} after it, of {size:,}"]
    around = np.r_[max(0, before - NEAR) : before, size - after : min(size, size - after + NEAR)]
    kinship = _recurring(side, around, c.y if start > 0 else c.x)
    believed = float(np.clip((kinship - STRANGE) / (KINDRED - STRANGE), 0, 1))
    return Measure((start + END_SHARE * end) * believed, examples)


def _recurring(side: Side, places: NDArray[np.int64], piece: Side) -> float:
    """Return the share of words, common ones and numbers aside, that stand in the piece too."""
    telling = places[(side.zipf[places] < COMMON) & (side.words.flags[places] & NUMBER == 0)]
    held = np.isin(side.words.word[telling], piece.words.word)
    return float(np.count_nonzero(held)) / (len(telling) + FEW_AROUND)


def shorter(c: Comparison) -> Measure:
    """Return by how much y is shorter, as the logarithm of a ratio."""
    examples = [(f"{len(c.x):,} words", f"{len(c.y):,} words")]
    return Measure(math.log((len(c.x) + 5) / (len(c.y) + 5)), examples)


def facts(c: Comparison) -> Measure:
    """Count names and numbers that one text lacks: of x less those of y, over sqrt(both + 2), each kind."""
    value = 0.0
    places: list[list[NDArray[np.int64]]] = [[], []]
    for number, sd in ((True, NUMBER_SD), (False, NAME_SD)):
        if number or c.names:
            x, y = _own_facts(c.x, c.y, number), _own_facts(c.y, c.x, number)
            value += (len(x) - len(y)) / math.sqrt(len(x) + len(y) + 2) / sd
            places[0].append(x)
            places[1].append(y)
    side, found = (c.x, places[0]) if value > 0 else (c.y, places[1])
    return Measure(value, side.readings(np.sort(np.concatenate(found))[:EXAMPLES]))


def _own_facts(side: Side, other: Side, number: bool) -> NDArray[np.int64]:
    """Return where each number, or each name, that the other text lacks stands first."""
    flags = side.words.flags
    name = (flags & CAPITAL != 0) & (flags & (FIRST | NUMBER) == 0)
    places = np.flatnonzero(side.core & ((flags & NUMBER != 0) if number else name))
    places = places[~np.isin(side.words.word[places], other.words.word)]
    _, at = np.unique(side.words.word[places], return_index=True)
    return places[np.sort(at)]
