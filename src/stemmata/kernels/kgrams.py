"""K-grams of words: hashes of n words in order, and which of them to keep."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

MIX = np.uint64(0x9E3779B97F4A7C15)
SPREAD = np.uint64(0xBF58476D1CE4E5B9)
FINISH = np.uint64(0x94D049BB133111EB)
TURN = np.uint64(27)
DOWN = np.uint64(31)


@kernel
def kgrams(words: NDArray[np.uint64], first: NDArray[np.int64], n: int, seed: int, hashes: NDArray[np.uint64]) -> None:
    """Set ``hashes[i]`` to the hash of words i … i + n - 1 of one document; the last n - 1 of each are not set."""
    for document in range(len(first) - 1):
        for i in range(first[document], first[document + 1] - n + 1):
            value = np.uint64(seed) * MIX
            for k in range(n):
                value = (value ^ words[i + k]) * SPREAD
                value ^= value >> TURN
            value *= FINISH
            hashes[i] = value ^ (value >> DOWN)


@kernel
def winnow(hashes: NDArray[np.uint64], begin: int, end: int, window: int, keep: NDArray[np.bool_]) -> None:
    """Keep the smallest hash of every ``window`` in a row, the rightmost of equals (Schleimer et al. 2003)."""
    best = -1
    for i in range(begin, end):
        if best <= i - window:  # the last choice left the window
            best = max(begin, i - window + 1)
            for k in range(best + 1, i + 1):
                if hashes[k] <= hashes[best]:
                    best = k
        elif best < 0 or hashes[i] <= hashes[best]:
            best = i
        if i - begin >= window - 1 or i == end - 1:
            keep[best] = True
