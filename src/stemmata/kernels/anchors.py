"""Where two texts surely meet: k-grams that stand once in each, the longest rising chain of them, and what moved."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.runs import DOWN, FINISH, SPREAD

NOWHERE = -1  # of a word whose place is not known
MOVED = 5  # words that a run needs to count as moved
SKIPPED = 1.5  # words
APART = 8  # words from one k-gram of a moved passage to the next
SHIFT = 3  # words that may come in or fall out between them


@kernel
def met_once(
    x: NDArray[np.int32], x_from: int, x_to: int, y: NDArray[np.int32], y_from: int, y_to: int, k: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return where the k-grams begin that stand once in x[x_from:x_to] and once in y[y_from:y_to], in order of x."""
    size = 16
    while size < 2 * (x_to - x_from + y_to - y_from):
        size *= 2
    mask = np.uint64(size - 1)
    keys = np.zeros(size, np.uint64)
    place = np.full((2, size), NOWHERE, np.int32)
    slots = np.empty(max(0, x_to - x_from - k + 1), np.int64)
    for side in range(2):
        words, begin, end = (y, y_from, y_to) if side else (x, x_from, x_to)
        for i in range(begin, end - k + 1):
            value = np.uint64(0)
            for d in range(i, i + k):
                value = (value ^ (value >> DOWN) ^ np.uint64(words[d] + 1)) * SPREAD
            value = (value ^ (value >> DOWN)) * FINISH
            value ^= value >> DOWN
            slot = np.int64(value & mask)
            while keys[slot] != value and (place[0, slot] != NOWHERE or place[1, slot] != NOWHERE):
                slot = np.int64(np.uint64(slot + 1) & mask)
            keys[slot] = value
            place[side, slot] = i if place[side, slot] == NOWHERE else -2
            if side == 0:
                slots[i - begin] = slot
    at_x, at_y = np.empty(len(slots), np.int32), np.empty(len(slots), np.int32)
    count = 0
    for slot in slots:
        if place[0, slot] >= 0 and place[1, slot] >= 0:
            at_x[count], at_y[count] = place[0, slot], place[1, slot]
            count += 1
    return at_x[:count], at_y[:count]


@kernel
def rising(values: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Say which values make a longest strictly rising row (Fredman 1975)."""
    last = np.empty(len(values) + 1, np.int64)  # of the rows of each length the one that ends lowest
    before = np.empty(len(values), np.int64)
    length = 0
    for i in range(len(values)):
        low, high = 0, length
        while low < high:
            middle = (low + high) // 2
            if values[last[middle]] < values[i]:
                low = middle + 1
            else:
                high = middle
        before[i] = last[low - 1] if low else -1
        last[low] = i
        length = max(length, low + 1)
    kept = np.zeros(len(values), np.bool_)
    i = last[length - 1] if length else -1
    while i >= 0:
        kept[i] = True
        i = before[i]
    return kept


@kernel
def stretch(
    x: NDArray[np.int32],
    x_edge: int,
    y: NDArray[np.int32],
    y_edge: int,
    ranks: NDArray[np.int32],
    at: NDArray[np.int32],
    i: int,
    j: int,
    side: int,
) -> tuple[int, int]:
    """Return the last words to one side, 1 or -1, up to which x goes on from i as y does from j.

    They are the same, or stand past one that is another; none beyond the edges, and none whose place is known.
    """
    going = True
    while going:
        going = False
        for step in (1, 2):
            to_i, to_j = i + side * step, j + side * step
            free = not going and (x_edge - to_i) * side >= 0 and (y_edge - to_j) * side >= 0
            if free and x[to_i] == y[to_j] and at[to_i] == NOWHERE and (ranks[to_j] - ranks[j]) * side > 0:
                i, j, going = to_i, to_j, True
    return i, j


@kernel
def anchor(
    x: NDArray[np.int32],
    x_from: int,
    x_to: int,
    y: NDArray[np.int32],
    y_from: int,
    y_to: int,
    k: int,
    ranks: NDArray[np.int32],
    low: int,
    high: int,
    depth: NDArray[np.float64],
    at: NDArray[np.int32],
    aside: NDArray[np.bool_],
    taken: NDArray[np.bool_],
) -> NDArray[np.int32]:
    """Set ``at[i]`` to the place of each word of x[x_from:x_to] that surely is a word of y[y_from:y_to].

    Parameters
    ----------
    ranks : int32 array
        The place of each word of y.
    low, high : int
        Places below and above which nothing is set; those of unmoved words rise.
    depth : float64 array
        How many words an average witness has before each place. A k-gram inside which y leaves out more than
        ``SKIPPED`` does not say where its words stand: those at the edge of a gap may as well stand at the other.
    at : int32 array
        By words of x; ``NOWHERE`` inside the part that is looked at, but for words that are set aside.
    aside, taken : bool arrays by word of x, by place
        What has its counterpart already.

    Returns
    -------
    int32 array of shape (n, 4)
        Passages that stand elsewhere in y: words of x and places, half-open.
    """
    at_x, at_y = met_once(x, x_from, x_to, y, y_from, y_to, k)
    count = 0
    for n in range(len(at_x)):
        inside = True
        for d in range(k):
            rank = ranks[at_y[n] + d]
            inside = inside and low <= rank < high and not taken[rank] and not aside[at_x[n] + d]
            inside = inside and (d == 0 or rank > ranks[at_y[n] + d - 1])
        inside = inside and depth[ranks[at_y[n] + k - 1]] - depth[ranks[at_y[n]]] <= k + SKIPPED
        if inside:
            at_x[count], at_y[count] = at_x[n], at_y[n]
            count += 1
    at_x, at_y = at_x[:count], at_y[:count]
    kept = rising(ranks[at_y])
    doubtful = np.zeros(x_to - x_from, np.bool_)
    for n in range(count):
        if kept[n]:
            for d in range(k):
                i, rank = at_x[n] + d, ranks[at_y[n] + d]
                doubtful[i - x_from] |= at[i] != NOWHERE and at[i] != rank
                at[i] = rank
    last = low - 1
    for i in range(x_from, x_to):
        if aside[i]:
            continue
        if doubtful[i - x_from] or at[i] <= last:
            at[i] = NOWHERE
        else:
            last = at[i]
            taken[last] = True
    moved = np.empty((count, 4), np.int32)
    found = 0
    begin = 0
    while begin < count:
        end = begin + 1
        if not kept[begin]:
            while end < count and not kept[end]:
                over, beyond = at_x[end] - at_x[end - 1], at_y[end] - at_y[end - 1]
                rises = ranks[at_y[end]] > ranks[at_y[end - 1]]
                if over > APART or abs(over - beyond) > SHIFT or not rises:
                    break
                end += 1
            i, j = stretch(x, x_from, y, y_from, ranks, at, at_x[begin], at_y[begin], -1)
            last_x, last_y = at_x[end - 1] + k - 1, at_y[end - 1] + k - 1
            stop, final = stretch(x, x_to - 1, y, y_to - 1, ranks, at, last_x, last_y, 1)
            stop += 1
            while i < stop and at[i] != NOWHERE:
                i += 1
            while stop > i and at[stop - 1] != NOWHERE:
                stop -= 1
            if stop - i >= MOVED:
                moved[found, 0], moved[found, 1] = i, stop
                moved[found, 2], moved[found, 3] = max(low, ranks[j]), min(high, ranks[final] + 1)
                found += 1
        begin = end
    return moved[:found]
