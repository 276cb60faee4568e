"""K-grams of words: hashes of n words in order, and which of them to keep."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import inlined, kernel

MIX = np.uint64(0x9E3779B97F4A7C15)
BASE = np.uint64(0xD6E8FEB86659FD93)
SPREAD = np.uint64(0xBF58476D1CE4E5B9)
FINISH = np.uint64(0x94D049BB133111EB)
TURN = np.uint64(32)
DOWN = np.uint64(29)
EVERY = np.uint64(2**64 - 1)
SPAN = float(2**64 - 2**11)  # the largest of these hashes that a float holds


@inlined
def mix(value: np.uint64, own: np.uint64) -> np.uint64:
    """Spread what differs in a polynomial over all bits of a hash."""
    mixed = value ^ own
    mixed = (mixed ^ (mixed >> TURN)) * SPREAD
    mixed = (mixed ^ (mixed >> DOWN)) * FINISH
    return mixed ^ (mixed >> TURN)


@inlined
def leading(n: int) -> np.uint64:
    """Return what the first of n words is multiplied with."""
    last = np.uint64(1)
    for _ in range(n - 1):
        last *= BASE
    return last


@inlined
def opening(words: NDArray[np.uint64], begin: np.uint64, end: np.uint64) -> np.uint64:
    """Return the polynomial of some words, with which it begins to roll."""
    value = np.uint64(0)
    for i in range(begin, end):
        value = value * BASE + words[np.uint64(i)]
    return value


@kernel
def kgrams(words: NDArray[np.uint64], first: NDArray[np.int64], n: int, seed: int, hashes: NDArray[np.uint64]) -> None:
    """Set ``hashes[i]`` to the hash of words i … i + n - 1 of one document; the last n - 1 of each are not set.

    A polynomial of the words' hashes that rolls on from word to word, mixed at the end (Karp and Rabin 1987).
    """
    own = np.uint64(seed) * MIX
    last = leading(n)
    before = np.uint64(n - 1)
    for document in range(len(first) - 1):
        if first[document + 1] - first[document] < n:
            continue
        begin, end = np.uint64(first[document]), np.uint64(first[document + 1])
        value = opening(words, begin, begin + before)
        for i in range(begin + before, end):
            value = value * BASE + words[np.uint64(i)]
            at = np.uint64(i) - before
            hashes[at] = mix(value, own)
            value -= words[at] * last


@kernel
def sample_kgrams(
    words: NDArray[np.uint64],
    first: NDArray[np.int64],
    n: int,
    seed: int,
    below: np.uint64,
    hashes: NDArray[np.uint64],
    places: NDArray[np.int32],
    begins: NDArray[np.int64],
) -> None:
    """Write of the hashes that ``kgrams`` sets those that are at most ``below``, and the words with which they begin.

    Parameters
    ----------
    hashes, places : arrays
        At least as long as ``words``, and ``n`` longer for each document.
    begins : int64 array, one longer than the documents
        Set to where each one's begin; after each document n - 1 places are left free, as ``kgrams`` does.
    """
    own = np.uint64(seed) * MIX
    last = leading(n)
    before, one = np.uint64(n - 1), np.uint64(1)
    count = np.uint64(0)
    for document in range(len(first) - 1):
        begins[document] = count
        if first[document + 1] - first[document] >= n:
            begin, end = np.uint64(first[document]), np.uint64(first[document + 1])
            value = opening(words, begin, begin + before)
            for i in range(begin + before, end):
                value = value * BASE + words[np.uint64(i)]
                at = np.uint64(i) - before
                mixed = mix(value, own)
                hashes[count], places[count] = mixed, np.int32(at)  # without a branch, which nobody could foresee
                count += one if mixed <= below else np.uint64(0)
                value -= words[at] * last
        count += before
    begins[len(first) - 1] = count


@kernel
def bound_kept(
    hashes: NDArray[np.uint64],
    first: NDArray[np.int64],
    n: int,
    below: np.uint64,
    floor: int,
    bound: NDArray[np.uint64],
    sizes: NDArray[np.int64],
) -> None:
    """Set the largest hash that each document keeps, and how many k-grams it keeps so.

    FracMinHash with a floor: k-grams whose hash is at most ``below``, and the ``floor`` smallest whatever they are; of
    k-grams with the hash of the last of these all are kept.
    """
    few = np.empty(1024, np.uint64)
    one = np.uint64(1)
    for document in range(len(first) - 1):
        begin, end = np.uint64(first[document]), np.uint64(max(first[document], first[document + 1] - n + 1))
        total = np.int64(end - begin)
        if total <= floor:
            bound[document], sizes[document] = EVERY, total
            continue
        count = np.uint64(0)
        for i in range(begin, end):
            count += np.uint64(hashes[np.uint64(i)] <= below)
        if count >= floor:
            bound[document], sizes[document] = below, count
            continue
        if len(few) <= total:
            few = np.empty(2 * total, np.uint64)
        # the floor lies among the smallest few: hashes are spread evenly, so that a bound is easily guessed
        share = (floor + 4.0 * np.sqrt(floor) + 8.0) / total
        guess = np.uint64(share * SPAN) if share < 1.0 else EVERY
        held = np.uint64(0)
        while True:
            for i in range(begin, end):
                few[held] = hashes[np.uint64(i)]
                held += np.uint64(few[held] <= guess)
            if held >= floor:
                break
            held, guess = np.uint64(0), EVERY
        low, high = 0, np.int64(held - one)
        while low < high:  # the place of the last that is kept (Hoare 1961)
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
        size = floor
        for k in range(floor, np.int64(held)):  # what stands behind is as large or larger
            size += few[k] == most
        bound[document], sizes[document] = most, size


@kernel
def winnow(
    hashes: NDArray[np.uint64],
    first: NDArray[np.int64],
    n: int,
    window: int,
    bound: NDArray[np.uint64],
    sizes: NDArray[np.int64],
) -> None:
    """Keep the smallest hash of every ``window`` in a row, the rightmost of equals (Schleimer et al. 2003).

    A document of fewer keeps the smallest of all. The others are set to 2^64 - 1, and ``bound`` to one less.
    """
    for document in range(len(first) - 1):
        begin, end = first[document], max(first[document], first[document + 1] - n + 1)
        best, kept, size = -1, -1, 0
        bound[document] = EVERY - np.uint64(1)
        for i in range(begin, end):
            hashes[i] = min(hashes[i], bound[document])
            if best <= i - window:  # the last choice left the window
                best = max(begin, i - window + 1)
                for k in range(best + 1, i + 1):
                    if hashes[k] <= hashes[best]:
                        best = k
            elif best < 0 or hashes[i] <= hashes[best]:
                best = i
            if (i - begin >= window - 1 or i == end - 1) and best != kept:
                # what lies between two choices, and left the window, is none
                hashes[max(begin, kept + 1) : best] = EVERY
                kept = best
                size += 1
        hashes[max(begin, kept + 1) : end] = EVERY
        sizes[document] = size
