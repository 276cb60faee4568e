"""The lines of many texts, each as one hash, and each once a text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.gaps import LINE

STEP = np.uint64(0x9E3779B97F4A7C15)
SPREAD = np.uint64(0xBF58476D1CE4E5B9)
SHIFT = np.uint64(31)


@kernel
def hash_lines(
    word: NDArray[np.uint64],
    flags: NDArray[np.uint8],
    first: NDArray[np.int64],
    seeds: NDArray[np.uint64],
    begins: NDArray[np.int64],
    lines: NDArray[np.uint64],
) -> int:
    """Write where each line begins and a hash of its words and of its text's seed; return how many there are.

    Text d is words [first[d], first[d + 1]). There are no more lines than words.
    """
    n = 0
    for d in range(len(first) - 1):
        low, high = first[d], first[d + 1]
        i = low
        while i < high:
            begins[n] = i
            found, place = np.uint64(0), np.uint64(0)
            while i < high and (place == np.uint64(0) or flags[i] & LINE == 0):
                mixed = (word[i] ^ (place * STEP)) * SPREAD
                found += (mixed ^ (mixed >> SHIFT)) * STEP
                place += np.uint64(1)
                i += 1
            lines[n] = found ^ seeds[d]
            n += 1
    return n


@kernel
def distinct_within(lines: NDArray[np.uint64], first: NDArray[np.int64], kept: NDArray[np.bool_]) -> None:
    """Mark the first of equal hashes in each group [first[g], first[g + 1])."""
    longest = 0
    for g in range(len(first) - 1):
        longest = max(longest, first[g + 1] - first[g])
    size = 2
    while size < 2 * longest:
        size *= 2
    held, stamp = np.empty(size, np.uint64), np.full(size, -1, np.int64)  # emptied by the next group's stamp
    mask = np.uint64(size - 1)
    for g in range(len(first) - 1):
        for i in range(first[g], first[g + 1]):
            at = (lines[i] * STEP) >> np.uint64(20) & mask
            while stamp[at] == g and held[at] != lines[i]:
                at = (at + np.uint64(1)) & mask
            kept[i] = stamp[at] != g
            held[at], stamp[at] = lines[i], g
