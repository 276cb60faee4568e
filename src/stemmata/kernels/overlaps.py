"""Distinct hashes that two documents share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

TAKEN = np.uint64(1)  # set in every hash that is held, so that 0 is a free place
HALF = np.uint64(32)
SIEVE = 14  # bits: of 16,384 places, 2 kB; most hashes that the other text lacks fall through
SIX, WITHIN = np.uint64(6), np.uint64(63)


@kernel
def count_shared(
    hashes: NDArray[np.uint64],
    first: NDArray[np.int64],
    n: int,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    shared: NDArray[np.int64],
    held: NDArray[np.bool_],
) -> None:
    """Set how many distinct k-grams each pair (left, right) shares, and whether ``left`` has all of ``right``, if any.

    Fastest where pairs with the same ``left`` stand together: its hashes are laid into a table once.

    Parameters
    ----------
    hashes, first, n : arrays and int
        As ``kgrams`` leaves them: the last n - 1 of a document are none.
    """
    longest = 0
    for document in range(len(first) - 1):
        longest = max(longest, first[document + 1] - first[document])
    room = 64
    while room < 2 * longest:
        room *= 2
    table = np.zeros(room, np.uint64)
    seen = np.zeros(room, np.int32)  # the pair in which a hash was last met
    sieve = np.zeros(1 << (SIEVE - 6), np.uint64)  # a bit for the highest bits of each hash that is laid
    down = np.uint64(64 - SIEVE)
    now = -1
    mask = np.uint64(0)
    step = np.uint64(1)
    for pair in range(len(left)):
        if left[pair] != now:
            now = left[pair]
            begin, end = first[now], max(first[now], first[now + 1] - n + 1)
            size = 64
            while size < 2 * (end - begin):
                size *= 2
            table[:size] = 0
            seen[:size] = -1
            sieve[:] = 0
            mask = np.uint64(size - 1)
            for i in range(np.uint64(begin), np.uint64(end)):
                value = hashes[np.uint64(i)] | TAKEN
                at = (value >> HALF) & mask
                while table[at] != 0 and table[at] != value:
                    at = (at + step) & mask
                table[at] = value
                bit = value >> down
                sieve[bit >> SIX] |= step << (bit & WITHIN)
        begin, end = first[right[pair]], max(first[right[pair]], first[right[pair] + 1] - n + 1)
        count = met = 0
        for i in range(np.uint64(begin), np.uint64(end)):
            value = hashes[np.uint64(i)] | TAKEN
            bit = value >> down
            if (sieve[bit >> SIX] >> (bit & WITHIN)) & step == 0:
                continue
            at = (value >> HALF) & mask
            while table[at] != 0 and table[at] != value:
                at = (at + step) & mask
            if table[at] != 0:
                met += 1
                count += seen[at] != pair
                seen[at] = pair
        shared[pair] = count
        held[pair] = met == end - begin and met > 0


@kernel
def count_distinct(
    hashes: NDArray[np.uint64], first: NDArray[np.int64], n: int, wanted: NDArray[np.bool_], counts: NDArray[np.int64]
) -> None:
    """Set how many distinct k-grams each document has that is ``wanted``."""
    table = np.zeros(64, np.uint64)
    step = np.uint64(1)
    for document in range(len(first) - 1):
        if not wanted[document]:
            continue
        begin, end = first[document], max(first[document], first[document + 1] - n + 1)
        size = 64
        while size < 2 * (end - begin):
            size *= 2
        if size > len(table):
            table = np.zeros(size, np.uint64)
        else:
            table[:size] = 0
        mask = np.uint64(size - 1)
        count = 0
        for i in range(np.uint64(begin), np.uint64(end)):
            value = hashes[np.uint64(i)] | TAKEN
            at = (value >> HALF) & mask
            while table[at] != 0 and table[at] != value:
                at = (at + step) & mask
            count += table[at] == 0
            table[at] = value
        counts[document] = count
