"""Each pair of neighbouring words in many texts, with the words around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.tokenise import NUMBER

MIX = np.uint64(0x9E3779B97F4A7C15)
HALF, TURN = np.uint64(32), np.uint64(31)


@kernel
def list_neighbours(
    word: NDArray[np.uint64], flags: NDArray[np.uint8], first: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Return the place and the left word of each pair without a number, as they stand.

    A place has 32 bits of the pair and, below them, 32 bits of the words around it; 0 stands for what is past the ends
    of a text. Of the left word the upper 32 bits are returned. Text d is words [first[d], first[d + 1]).
    """
    places, lefts = np.empty(len(word), np.uint64), np.empty(len(word), np.uint32)
    n = 0
    for d in range(len(first) - 1):
        low, high = first[d], first[d + 1]
        for i in range(low, high - 1):
            if (flags[i] | flags[i + 1]) & NUMBER != 0:
                continue
            before = word[i - 1] if i > low else np.uint64(0)
            after = word[i + 2] if i + 2 < high else np.uint64(0)
            pair = (word[i] * MIX) ^ word[i + 1]
            pair = (pair ^ (pair >> TURN)) * MIX
            around = (before * MIX) ^ after
            around = (around ^ (around >> TURN)) * MIX
            places[n] = (pair >> HALF << HALF) | (around >> HALF)
            lefts[n] = word[i] >> HALF
            n += 1
    return places[:n], lefts[:n]
