"""Set the words of a witness against the places of a profile, by affine gaps (Gotoh 1982).

A profile is what witnesses read at each place: a list of readings (``head`` by place, ``after`` by reading, ``kind``
and ``count``) and ``held``, how many witnesses have a word there. To pass over a place costs as much as the share of
witnesses that have a word there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.anchors import NOWHERE
from stemmata.kernels.likeness import ones

FULL = np.log(200.0)  # a word that is so much likelier there than anywhere counts 1
UNLIKE, CLOSE, CHANCE = 0.55, 1.3, 0.4  # another word; how much less if spelt alike; likeness that means nothing
SURE = 0.7  # likeness that means one word in two spellings
OPEN, LONGER = 1.1, 0.2  # a gap, and each word of it
UNKNOWN = np.float32(-1e9)
LOOKED_AT = 16  # readings of a place whose spelling is looked at
CELLS = 4_000_000  # of one table; where it would have more, only those about the diagonal
MEET, EXTRA, PASS = 0, 1, 2


@kernel
def fits(
    x: NDArray[np.int32],
    words: NDArray[np.int32],
    ranks: NDArray[np.int32],
    order: NDArray[np.int32],
    head: NDArray[np.int32],
    after: NDArray[np.int32],
    kind: NDArray[np.int32],
    count: NDArray[np.int32],
    held: NDArray[np.int32],
    rarity: NDArray[np.float64],
    letters: NDArray[np.uint64],
    low: NDArray[np.int64],
    begin: NDArray[np.int64],
    rows: NDArray[np.int32],
) -> NDArray[np.float32]:
    """Return how well each word fits into each place that is looked at; the first row and column stand for nothing.

    Parameters
    ----------
    low, begin : int64 arrays by row
        The first column that is looked at, and where the row begins in what is returned.
    rows : int32 array by kind
        All 0, and left so.
    """
    fit = np.full(begin[len(words) + 1], UNKNOWN, np.float32)
    again = np.zeros(len(words) + 1, np.int32)
    for row in range(len(words), 0, -1):
        again[row] = rows[x[words[row - 1]]]
        rows[x[words[row - 1]]] = row
    seen = np.empty(LOOKED_AT, np.uint64)
    top = 1
    for column in range(1, len(ranks) + 1):
        place = order[ranks[column - 1]]
        looked = 0
        at = head[place]
        while at >= 0:
            if count[at] > 0:
                row = rows[kind[at]]
                while row and low[row] + begin[row + 1] - begin[row] <= column:
                    row = again[row]  # nor do later columns look at it
                rows[kind[at]] = row
                told = (rarity[kind[at]] + np.log(count[at] / held[place])) / FULL
                while row and low[row] <= column:
                    fit[begin[row] + column - low[row]] = max(-UNLIKE, told)
                    row = again[row]
                if looked < LOOKED_AT:
                    seen[looked] = letters[kind[at]]
                    looked += 1
            at = after[at]
        while top <= len(words) and low[top] + begin[top + 1] - begin[top] <= column:
            top += 1
        row = top
        while row <= len(words) and low[row] <= column:
            here = begin[row] + column - low[row]
            if fit[here] == UNKNOWN:
                best = CHANCE
                own = letters[x[words[row - 1]]]
                for k in range(looked):
                    either = ones(own) + ones(seen[k])
                    if either:
                        best = max(best, 2.0 * ones(own & seen[k]) / either)
                fit[here] = CLOSE * (min(best, SURE) - CHANCE) / (SURE - CHANCE) - UNLIKE
            row += 1
    for word in words:
        rows[x[word]] = 0
    return fit


@kernel
def weave(
    x: NDArray[np.int32],
    words: NDArray[np.int32],
    ranks: NDArray[np.int32],
    order: NDArray[np.int32],
    share: NDArray[np.float64],
    head: NDArray[np.int32],
    after: NDArray[np.int32],
    kind: NDArray[np.int32],
    count: NDArray[np.int32],
    held: NDArray[np.int32],
    rarity: NDArray[np.float64],
    letters: NDArray[np.uint64],
    rows_of: NDArray[np.int32],
    at: NDArray[np.int32],
) -> None:
    """Set ``at[words[i]]`` to one of ``ranks`` where the word stands there; both rise.

    Parameters
    ----------
    x : int32 array
        Kinds of all words of the witness.
    order, share : arrays by rank
        The place at each rank, and which share of the witnesses has a word there.
    rows_of : int32 array by kind
        All 0, and left so.
    """
    rows, columns = len(words), len(ranks)
    wide = columns
    if (rows + 1) * (columns + 1) > CELLS:
        wide = max(32, (CELLS - columns) // (2 * (rows + 1)))
    low, begin = np.empty(rows + 1, np.int64), np.zeros(rows + 2, np.int64)
    for i in range(rows + 1):
        low[i] = max(0, i * columns // rows - wide)
        begin[i + 1] = begin[i] + min(columns, (i + 1) * columns // rows + wide) + 1 - low[i]
    fit = fits(x, words, ranks, order, head, after, kind, count, held, rarity, letters, low, begin, rows_of)
    came = np.zeros(begin[rows + 1], np.uint8)
    worst = -1e18
    old = np.full((3, columns + 1), worst)
    new = np.full((3, columns + 1), worst)
    for i in range(rows + 1):
        end = low[i] + begin[i + 1] - begin[i]
        for j in range(low[i], end):
            trace = 0
            if i == 0 and j == 0:
                new[MEET, 0], new[EXTRA, 0], new[PASS, 0] = 0.0, worst, worst
                continue
            meet, extra, passed = worst, worst, worst
            reached = i > 0 and j <= low[i - 1] + begin[i] - begin[i - 1] - 1 and j >= low[i - 1]
            if i > 0 and j > low[i - 1] and j <= low[i - 1] + begin[i] - begin[i - 1]:
                meet = old[MEET, j - 1]
                if old[PASS, j - 1] > meet:
                    meet, trace = old[PASS, j - 1], PASS
                if old[EXTRA, j - 1] > meet:
                    meet, trace = old[EXTRA, j - 1], EXTRA
                meet += fit[begin[i] + j - low[i]]
            if reached:
                extra = old[MEET, j] - OPEN
                state = MEET
                if old[EXTRA, j] > extra:
                    extra, state = old[EXTRA, j], EXTRA
                if old[PASS, j] - OPEN > extra:
                    extra, state = old[PASS, j] - OPEN, PASS
                extra -= LONGER
                trace |= state << 2
            if j > low[i]:
                here = share[ranks[j - 1]]
                grown = max(0.0, here - share[ranks[j - 2]]) if j > 1 else here
                passed = new[PASS, j - 1] - OPEN * grown
                state = PASS
                if new[MEET, j - 1] - OPEN * here > passed:
                    passed, state = new[MEET, j - 1] - OPEN * here, MEET
                if new[EXTRA, j - 1] - OPEN * here > passed:
                    passed, state = new[EXTRA, j - 1] - OPEN * here, EXTRA
                passed -= LONGER * here
                trace |= state << 4
            new[MEET, j], new[EXTRA, j], new[PASS, j] = meet, extra, passed
            came[begin[i] + j - low[i]] = trace
        old, new = new, old
    state = MEET
    if old[PASS, columns] > old[state, columns]:
        state = PASS
    if old[EXTRA, columns] > old[state, columns]:
        state = EXTRA
    i, j = rows, columns
    while i > 0 or j > 0:
        trace = came[begin[i] + j - low[i]]
        if state == MEET:
            at[words[i - 1]] = ranks[j - 1]
            state = trace & 3
            i -= 1
            j -= 1
        elif state == EXTRA:
            state = (trace >> 2) & 3
            i -= 1
        else:
            state = (trace >> 4) & 3
            j -= 1


@kernel
def gaps(at: NDArray[np.int32], aside: NDArray[np.bool_], size: int) -> NDArray[np.int32]:
    """Return the gaps between words whose places are known: words and ranks, half-open, and how many words are free.

    Words that are set aside stand out of order; they bound no gap.
    """
    found = np.empty((len(at) + 1, 5), np.int32)
    count, begin, low, free = 0, 0, 0, 0
    for i in range(len(at) + 1):
        if i < len(at) and (aside[i] or at[i] == NOWHERE):
            free += not aside[i]
            continue
        high = at[i] if i < len(at) else size
        if free:
            found[count, 0], found[count, 1] = begin, i
            found[count, 2], found[count, 3] = low, high
            found[count, 4] = free
            count += 1
        begin, low, free = i + 1, high + 1, 0
    return found[:count]


@kernel
def weave_gaps(
    x: NDArray[np.int32],
    parts: NDArray[np.int32],
    order: NDArray[np.int32],
    share: NDArray[np.float64],
    head: NDArray[np.int32],
    after: NDArray[np.int32],
    kind: NDArray[np.int32],
    count: NDArray[np.int32],
    held: NDArray[np.int32],
    rarity: NDArray[np.float64],
    letters: NDArray[np.uint64],
    at: NDArray[np.int32],
    aside: NDArray[np.bool_],
    taken: NDArray[np.bool_],
    moving: bool,
) -> None:
    """Set ``at`` for the free words of each part (words and ranks, half-open); places that are taken stay so.

    Words that are set while ``moving`` are set aside.
    """
    rows_of = np.zeros(len(rarity), np.int32)
    for part in range(len(parts)):
        x_from, x_to, low, high = parts[part, 0], parts[part, 1], parts[part, 2], parts[part, 3]
        words, ranks = np.empty(x_to - x_from, np.int32), np.empty(high - low, np.int32)
        n, m = 0, 0
        for i in range(x_from, x_to):
            if at[i] == NOWHERE:
                words[n] = i
                n += 1
        for rank in range(low, high):
            if not taken[rank]:
                ranks[m] = rank
                m += 1
        if n == 0 or m == 0:
            continue
        weave(x, words[:n], ranks[:m], order, share, head, after, kind, count, held, rarity, letters, rows_of, at)
        for i in words[:n]:
            if at[i] != NOWHERE:
                taken[at[i]] = True
                aside[i] = moving
