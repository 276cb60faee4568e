"""K-grams of words: hashes of n words in order, and which of them to keep."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

MIX = np.uint64(0x9E3779B97F4A7C15)
BASE = np.uint64(0xD6E8FEB86659FD93)
SPREAD = np.uint64(0xBF58476D1CE4E5B9)
FINISH = np.uint64(0x94D049BB133111EB)
TURN = np.uint64(32)
DOWN = np.uint64(29)


@kernel
def kgrams(words: NDArray[np.uint64], first: NDArray[np.int64], n: int, seed: int, hashes: NDArray[np.uint64]) -> None:
    """Set ``hashes[i]`` to the hash of words i … i + n - 1 of one document; the last n - 1 of each are not set.

    A polynomial of the words' hashes that rolls on from word to word, mixed at the end (Karp and Rabin 1987).
    """
    own = np.uint64(seed) * MIX
    last = np.uint64(1)
    for _ in range(n - 1):
        last *= BASE
    before = np.uint64(n - 1)
    for document in range(len(first) - 1):
        if first[document + 1] - first[document] < n:
            continue
        begin, end = np.uint64(first[document]), np.uint64(first[document + 1])
        value = np.uint64(0)
        for i in range(begin, begin + before):
            value = value * BASE + words[np.uint64(i)]
        for i in range(begin + before, end):
            value = value * BASE + words[np.uint64(i)]
            at = np.uint64(i) - before
            mixed = value ^ own
            mixed = (mixed ^ (mixed >> TURN)) * SPREAD
            mixed = (mixed ^ (mixed >> DOWN)) * FINISH
            hashes[at] = mixed ^ (mixed >> TURN)
            value -= words[at] * last


@kernel
def keep_smallest(
    hashes: NDArray[np.uint64], first: NDArray[np.int64], n: int, below: np.uint64, floor: int, keep: NDArray[np.bool_]
) -> None:
    """Keep the k-grams whose hash is at most ``below``, and of each document the ``floor`` smallest.

    FracMinHash with a floor. Of k-grams with the hash of the last of the smallest all are kept. The others are unset.
    """
    few = np.empty(0, np.uint64)
    for document in range(len(first) - 1):
        begin, end = first[document], max(first[document], first[document + 1] - n + 1)
        most = below
        count = 0
        for i in range(begin, end):
            count += hashes[i] <= below
        if count < floor and end - begin > floor:
            # the floor lies among the smallest few: hashes are spread evenly, so that a bound is easily guessed
            if len(few) < end - begin:
                few = np.empty(end - begin, np.uint64)
            share = (floor + 4.0 * np.sqrt(floor) + 8.0) / (end - begin)
            count = 0
            if share < 1.0:
                bound = np.uint64(share * 18446744073709549568.0)
                for i in range(begin, end):
                    few[count] = hashes[i]
                    count += hashes[i] <= bound
            if count < floor:
                count = 0
                for i in range(begin, end):
                    few[count] = hashes[i]
                    count += 1
            low, high = 0, count - 1
            while low < high:  # Hoare's selection of the floor-th
                pivot = few[(low + high) // 2]
                x, y = low, high
                while x <= y:
                    while few[x] < pivot:
                        x += 1
                    while few[y] > pivot:
                        y -= 1
                    if x <= y:
                        few[x], few[y] = few[y], few[x]
                        x += 1
                        y -= 1
                if floor - 1 <= y:
                    high = y
                elif floor - 1 >= x:
                    low = x
                else:
                    break
            most = few[floor - 1]
        elif count < floor:
            most = np.uint64(18446744073709551615)
        for i in range(begin, end):
            keep[i] = hashes[i] <= most
        for i in range(end, first[document + 1]):
            keep[i] = False


@kernel
def winnow(
    hashes: NDArray[np.uint64], first: NDArray[np.int64], n: int, window: int, keep: NDArray[np.bool_]
) -> None:
    """Keep the smallest hash of every ``window`` in a row, the rightmost of equals (Schleimer et al. 2003).

    A document of fewer keeps the smallest of all. The others are unset.
    """
    for document in range(len(first) - 1):
        begin, end = first[document], max(first[document], first[document + 1] - n + 1)
        keep[begin : first[document + 1]] = False
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
