"""Word by word inside a passage: affine-gap alignment between anchors.

Anchors are the one-to-one matches with a strong context that lie on the heaviest chain which rises on both
sides. Between two anchors the words are aligned exactly (Gotoh 1982), or, where the rectangle is larger than
``CELLS``, inside a band about its diagonal.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

ANCHOR = 6.0  # context that makes a match an anchor
OPEN, EXTEND = -3.0, -0.4
SUBSTITUTE = -1.0
SAME_SHAPE = 1.2  # both numbers, or both capitalised
OTHER_SHAPE = -1.0  # a number for a word
CELLS = 250_000
BAND = 128
CAPITAL, NUMBER = 1, 4  # flags, as in ``tokenise``


@kernel
def heaviest_chain(
    partner: NDArray[np.int32], strength: NDArray[np.float64], a_from: int, a_to: int, b_from: int, b_to: int
) -> NDArray[np.int32]:
    """Return the words of a that lie on the heaviest chain of anchors rising on both sides, ascending."""
    size = b_to - b_from
    tree = np.full(size + 1, -1, np.int32)  # Fenwick tree of the best chain that ends before a place of b
    total = np.zeros(a_to - a_from, np.float64)
    before = np.full(a_to - a_from, -1, np.int32)
    best = -1
    for i in range(a_from, a_to):
        j = partner[i]
        if j < b_from or j >= b_to or strength[i] < ANCHOR:
            continue
        k = i - a_from
        total[k] = strength[i]
        at = j - b_from
        found = -1
        while at > 0:
            if tree[at] >= 0 and (found < 0 or total[tree[at]] > total[found]):
                found = tree[at]
            at -= at & -at
        if found >= 0:
            total[k] += total[found]
            before[k] = found
        at = j - b_from + 1
        while at <= size:
            if tree[at] < 0 or total[k] > total[tree[at]]:
                tree[at] = k
            at += at & -at
        if best < 0 or total[k] > total[best]:
            best = k
    count = 0
    k = best
    while k >= 0:
        count += 1
        k = before[k]
    chain = np.empty(count, np.int32)
    k = best
    while k >= 0:
        count -= 1
        chain[count] = k + a_from
        k = before[k]
    return chain


@kernel
def align_gap(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    flags_a: NDArray[np.uint8],
    flags_b: NDArray[np.uint8],
    weight: NDArray[np.float64],
    a_from: int,
    a_to: int,
    b_from: int,
    b_to: int,
    path: NDArray[np.int32],
) -> None:
    """Align a[a_from:a_to] with b[b_from:b_to] end to end; ``path[i]`` becomes the word set against word i, or -1.

    A word set against another may be equal or not. Both corners are fixed.
    """
    rows, columns = a_to - a_from, b_to - b_from
    for i in range(a_from, a_to):
        path[i] = -1
    if rows == 0 or columns == 0:
        return
    width = columns
    if rows * columns > CELLS:
        width = min(columns, 2 * BAND + abs(columns - rows) // max(1, rows) + 1)
    slope = columns / rows
    # trace: bits 0-1 where the best score comes from (0 both, 1 a alone, 2 b alone), 4 and 8 an open gap goes on
    trace = np.zeros((rows + 1, width + 2), np.uint8)
    offset = np.zeros(rows + 1, np.int32)
    score = np.full(columns + 1, -1e18)
    gap_a = np.full(columns + 1, -1e18)  # best with a's last word against nothing
    score[0] = 0.0
    top = min(columns, width)  # the band only ever moves on: past its end all is still as it was made
    for j in range(1, top + 1):
        score[j] = OPEN + EXTEND * j
        trace[0, j] = 2 | (8 if j > 1 else 0)
    for i in range(1, rows + 1):
        low = 0
        if width < columns:
            low = min(max(0, int(i * slope) - width // 2), columns - width)
        offset[i] = low
        high = min(columns, low + width)
        corner = score[low - 1] if low > 0 else -1e18  # score of (i - 1, j - 1)
        if low > 0:
            score[low - 1] = -1e18
        gap_b = -1e18
        for j in range(low, high + 1):
            above = score[j]
            bits = 0
            opened = above + OPEN + EXTEND
            if gap_a[j] + EXTEND > opened:
                gap_a[j] += EXTEND
                bits |= 4
            else:
                gap_a[j] = opened
            both = -1e18
            if j > 0:
                if j > low:
                    opened = score[j - 1] + OPEN + EXTEND
                    if gap_b + EXTEND > opened:
                        gap_b += EXTEND
                        bits |= 8
                    else:
                        gap_b = opened
                s, t = a_from + i - 1, b_from + j - 1
                if a[s] == b[t]:
                    both = corner + weight[a[s]]
                else:
                    both = corner + SUBSTITUTE
                    number = (flags_a[s] & NUMBER != 0) + (flags_b[t] & NUMBER != 0)
                    if number == 2 or (number == 0 and flags_a[s] & flags_b[t] & CAPITAL):
                        both += SAME_SHAPE
                    elif number == 1:
                        both += OTHER_SHAPE
            corner = above
            best = both
            if gap_a[j] > best:
                best = gap_a[j]
                bits |= 1
            if gap_b > best:
                best = gap_b
                bits = (bits & 12) | 2
            score[j] = best
            trace[i, j - low] = bits
    i, j, state = rows, columns, 0
    while i > 0 or j > 0:
        if i == 0:
            break
        if j - offset[i] < 0 or j - offset[i] > width:  # outside the band: only there to be left
            state = 1 if j < offset[i] else 2
            bits = 0
        else:
            bits = trace[i, j - offset[i]]
        if state == 0:
            state = bits & 3
        if j == 0:
            state = 1
        if state == 1:
            state = 1 if bits & 4 else 0
            i -= 1
        elif state == 2:
            state = 2 if bits & 8 else 0
            j -= 1
        else:
            i -= 1
            j -= 1
            path[a_from + i] = b_from + j


@kernel
def align_words(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    flags_a: NDArray[np.uint8],
    flags_b: NDArray[np.uint8],
    weight: NDArray[np.float64],
    chain: NDArray[np.int32],
    partner: NDArray[np.int32],
    a_from: int,
    a_to: int,
    b_from: int,
    b_to: int,
    path: NDArray[np.int32],
) -> None:
    """Fill ``path`` for a whole passage: the chain's matches stand, the gaps between them are aligned."""
    i, j = a_from, b_from
    for k in range(len(chain)):
        at, against = np.int64(chain[k]), np.int64(partner[chain[k]])
        align_gap(a, b, flags_a, flags_b, weight, i, at, j, against, path)
        path[at] = against
        i, j = at + 1, against + 1
    align_gap(a, b, flags_a, flags_b, weight, i, a_to, j, b_to, path)
