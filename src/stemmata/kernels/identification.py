"""Which language texts are in: what a byte automaton finds in each, weighed by naive Bayes.

Weights are rounded to a byte, so that those of a text's features stay in the cache. What rounding may change is
reckoned with: where it could change the answer, the text is left open.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

NONE, OPEN = -1, -2
SHIFT = np.uint64(47)  # of the product by which a move is divided
BYTE = np.uint64(8)
WARM = 6  # bytes after which the automaton has forgotten what was before
LOGS = np.log1p(np.arange(64, dtype=np.float32))
UNIT = 2.0**-24  # by how much of itself each summand may put a sum of 32 bits off
SLACK = 1e-3  # for the rounding of exponentials and of their sum
HIGH, SIGNS = 0xCC, 0xE2  # from which byte on code points may want composing; with which quotation marks begin
FIRST_SIGN, LAST_SIGN = 0x90, 0xA6  # of U+2010 to U+2026


@kernel
def cut_samples(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    most: int,
    letters: int,
    ends: NDArray[np.int64],
    plain: NDArray[np.bool_],
) -> None:
    """Write where the first ``most`` code points of each text end, and whether they can be judged as they stand.

    That is so where at least so many ``letters`` are ASCII, one of them small, and nothing may want composing (NFC):
    no code point is U+0300 or beyond but for dashes, quotation marks and the like.
    """
    for d in range(len(offsets) - 1):
        begin, end = offsets[d], offsets[d + 1]
        if end - begin > most:
            points, at = 0, begin
            while at < end:
                points += data[at] & 0xC0 != 0x80
                if points > most:
                    break
                at += 1
            end = at
        small = great = high = 0
        for i in range(begin, end):
            small += np.uint8(data[i] - np.uint8(97)) < 26
            great += np.uint8(data[i] - np.uint8(65)) < 26
            high += data[i] >= HIGH
        if high:
            for i in range(begin, end - 2):
                high -= data[i] == SIGNS and data[i + 1] == 0x80 and FIRST_SIGN <= data[i + 2] <= LAST_SIGN
        ends[d] = end
        plain[d] = high == 0 and small > 0 and small + great >= letters


@kernel
def identify(
    data: NDArray[np.uint8],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    moves: NDArray[np.uint32],
    first: int,
    rows: int,
    magic: int,
    weights: NDArray[np.uint8],
    step: float,
    priors: NDArray[np.float32],
    folded: NDArray[np.int64],
    least: float,
    found: NDArray[np.int64],
) -> None:
    """Write which class has the probability ``least`` of each text; ``NONE`` where none has, ``OPEN`` of a doubt.

    Parameters
    ----------
    begins, ends : int64 arrays
        Of each text in ``data``.
    moves : uint32 array
        By row of the automaton and byte, ``row + rows * feature``: where that leads, and what is found there. Feature
        0 is none.
    first : int
        The row in which a text begins.
    magic : int
        ``move * magic >> SHIFT`` is the feature.
    weights : uint8 array, features by classes, or wider
        Logarithms of probabilities but for a constant, in units of ``step``.
    priors : float32 array
        Of each class, such a logarithm.
    folded : int64 array
        Of each class the first one of the same language, to which its probability is added.
    least : float
        Over one half.
    """
    longest = 0
    for t in range(len(begins)):
        longest = max(longest, ends[t] - begins[t])
    features = np.empty(longest, np.uint32)
    distinct = np.empty(longest + 3, np.int32)
    times = np.empty(longest + 3, np.float32)
    counts = np.zeros(len(weights), np.int32)
    sums = np.empty(weights.shape[1], np.float32)
    shares = np.empty(len(priors), np.float64)
    needed = math.log(least / (1.0 - least))
    for t in range(len(begins)):
        size = ends[t] - begins[t]
        if not _walk(data, begins[t], size, moves, np.uint64(first), np.uint64(rows), np.uint64(magic), features):
            found[t] = OPEN
            continue
        n = 0
        counts[0] = 1  # as if it were known already
        for k in range(size):
            one = features[k]
            distinct[n] = one
            n += counts[one] == 0
            counts[one] += 1
        if n == 0:
            found[t] = NONE
            continue
        weight = 0.0
        for k in range(n):
            count = counts[distinct[k]]
            counts[distinct[k]] = 0
            times[k] = LOGS[count] if count < len(LOGS) else math.log1p(count)
            weight += times[k]
        for k in range(n, n + 3):
            distinct[k], times[k] = 0, 0.0
        _add_up(distinct, times, n, weights, sums)
        scale = 1.0 / math.sqrt(size)
        best = -np.inf
        for c in range(len(priors)):
            shares[c] = (step * sums[c] + priors[c]) * scale
            best = max(best, shares[c])
        for c in range(len(priors)):
            own = math.exp(shares[c] - best)
            shares[c] = 0.0
            shares[folded[c]] += own
        likeliest = np.argmax(shares)
        others = shares.sum() - shares[likeliest]
        odds = math.log(shares[likeliest] / others) if others > 0.0 else np.inf
        # each score may be off by half a step a unit of weight, and by the rounding of both sums
        off = weight * (0.5 * step + 2.0 * (n + 16) * UNIT * (255.0 * step + 16.0)) * scale
        doubt = 2.0 * off + SLACK
        found[t] = likeliest if odds >= needed + doubt else NONE if odds < needed - doubt else OPEN


@kernel
def _told(move: Any, rows: Any, magic: Any) -> Any:
    """Return the feature of a move, and the row to which it leads."""
    move = np.uint64(move)
    feature = (move * magic) >> SHIFT
    return feature, move - feature * rows


@kernel
def _walk(
    data: NDArray[np.uint8],
    begin: int,
    size: int,
    moves: NDArray[np.uint32],
    first: Any,
    rows: Any,
    magic: Any,
    features: NDArray[np.uint32],
) -> bool:
    """Write what is found at each byte of a text; False if the automaton remembers more than ``WARM`` bytes.

    Four parts of the text are gone through at once, since each look-up waits for the one before.
    """
    part = size // 4 if size >= 4 * WARM else 0
    second, third, fourth = begin + part, begin + 2 * part, begin + 3 * part
    row1 = row2 = row3 = row4 = first
    for k in range(-WARM if part else 0, 0):
        _, row2 = _told(moves[(row2 << BYTE) + np.uint64(data[second + k])], rows, magic)
        _, row3 = _told(moves[(row3 << BYTE) + np.uint64(data[third + k])], rows, magic)
        _, row4 = _told(moves[(row4 << BYTE) + np.uint64(data[fourth + k])], rows, magic)
    begun2, begun3, begun4 = row2, row3, row4
    for k in range(part):
        features[k], row1 = _told(moves[(row1 << BYTE) + np.uint64(data[begin + k])], rows, magic)
        features[part + k], row2 = _told(moves[(row2 << BYTE) + np.uint64(data[second + k])], rows, magic)
        features[2 * part + k], row3 = _told(moves[(row3 << BYTE) + np.uint64(data[third + k])], rows, magic)
        features[3 * part + k], row4 = _told(moves[(row4 << BYTE) + np.uint64(data[fourth + k])], rows, magic)
    for k in range(4 * part, size):
        features[k], row4 = _told(moves[(row4 << BYTE) + np.uint64(data[begin + k])], rows, magic)
    return part == 0 or (row1 == begun2 and row2 == begun3 and row3 == begun4)


@kernel
def _add_up(
    distinct: NDArray[np.int32],
    times: NDArray[np.float32],
    n: int,
    weights: NDArray[np.uint8],
    sums: NDArray[np.float32],
) -> None:
    """Set the sum of each class over the features, four at a time; three more stand behind them, of no weight."""
    sums[:] = np.float32(0.0)
    for k in range(0, n, 4):
        one, two = weights[distinct[k]], weights[distinct[k + 1]]
        three, four = weights[distinct[k + 2]], weights[distinct[k + 3]]
        for c in range(len(sums)):
            sums[c] += (
                times[k] * np.float32(one[c])
                + times[k + 1] * np.float32(two[c])
                + times[k + 2] * np.float32(three[c])
                + times[k + 3] * np.float32(four[c])
            )
