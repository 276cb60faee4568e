"""The words of a language, to be found by their hashes, or by what is left of them when letters are taken out.

Two words at a small distance have something in common that is left of both (Mor and Fraenkel 1982).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

LONGEST = 20  # letters of a word that is looked up
DEEP = 6  # letters from which two are taken out, and not one
FNV, PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
SPREAD, HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)
SHIFT = np.uint64(48)  # keys are looked up by their highest 16 bits first


class Lexicon(NamedTuple):
    """The words of a language, ready to be found by words that look like them.

    Parameters
    ----------
    points, first : uint32 and int64 arrays
        Their small letters, word after word, and where each begins; one longer than the words.
    word : uint64 array
        Their hashes, as ``tokenise`` makes them.
    cost : float64 array
        -ln of their shares.
    slots : int32 array, as long as a power of two
        One more than the word whose hash has the lowest bits of its place, or of one before that was taken; else 0.
    keys, entry : uint64 and int32 arrays
        What is left of each with letters taken out, ascending, and of which word.
    heads : int64 array of 65,537
        Where the keys of each beginning begin.
    lower, fold : uint32 arrays
        The small letter of each code point, and that without marks.
    shapes : uint32 array
        By letter, a bit for each group of letters that look alike.
    runs : uint32 array of shape (n, 3)
        A letter, and two in a row that look like it.
    """

    points: NDArray[np.uint32]
    first: NDArray[np.int64]
    word: NDArray[np.uint64]
    cost: NDArray[np.float64]
    slots: NDArray[np.int32]
    keys: NDArray[np.uint64]
    entry: NDArray[np.int32]
    heads: NDArray[np.int64]
    lower: NDArray[np.uint32]
    fold: NDArray[np.uint32]
    shapes: NDArray[np.uint32]
    runs: NDArray[np.uint32]


@kernel
def hash_without(letters: NDArray[np.uint32], one: int, other: int) -> np.uint64:
    """Return the hash of a word's letters without two of them; -1: without none."""
    value = FNV
    for k in range(len(letters)):
        if k != one and k != other:
            value = (value ^ np.uint64(letters[k])) * PRIME
    value *= SPREAD
    return value ^ (value >> HALF)


@kernel
def count_left(letters: int) -> int:
    """Return in how many ways one letter, two or none can be taken out of a word of so many."""
    return 1 + letters + (letters * (letters - 1) // 2 if letters >= DEEP else 0)


@kernel
def take_out(letters: NDArray[np.uint32], keys: NDArray[np.uint64], deep: bool) -> int:
    """Write the hashes of what is left of a word with one letter or none taken out; return how many they are.

    With ``deep`` also of long ones with two.
    """
    size = len(letters)
    keys[0] = hash_without(letters, -1, -1)
    count = 1
    for one in range(size):
        keys[count] = hash_without(letters, one, -1)
        count += 1
        if deep and size >= DEEP:
            for other in range(one + 1, size):
                keys[count] = hash_without(letters, one, other)
                count += 1
    return count


@kernel
def take_out_of_all(
    points: NDArray[np.uint32], first: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return what ``take_out`` writes of each word, and which word it is of."""
    count = 0
    for word in range(len(first) - 1):
        count += count_left(first[word + 1] - first[word])
    keys, entry = np.empty(count, np.uint64), np.empty(count, np.int32)
    count = 0
    for word in range(len(first) - 1):
        more = take_out(points[first[word] : first[word + 1]], keys[count:], True)
        entry[count : count + more] = word
        count += more
    return keys, entry


@kernel
def fill_slots(word: NDArray[np.uint64], slots: NDArray[np.int32]) -> None:
    """Fill ``Lexicon.slots``; of equal hashes the first word is kept."""
    mask = len(slots) - 1
    for entry in range(len(word)):
        at = np.int64(word[entry] & np.uint64(mask))
        while slots[at] and word[slots[at] - 1] != word[entry]:
            at = (at + 1) & mask
        if not slots[at]:
            slots[at] = entry + 1


@kernel
def find_word(value: np.uint64, word: NDArray[np.uint64], slots: NDArray[np.int32]) -> int:
    """Return which word has a hash; -1 for none."""
    mask = len(slots) - 1
    at = np.int64(value & np.uint64(mask))
    while slots[at]:
        if word[slots[at] - 1] == value:
            return slots[at] - 1
        at = (at + 1) & mask
    return -1


@kernel
def count_unknown(
    word: NDArray[np.uint64],
    first: NDArray[np.int64],
    most: int,
    known: NDArray[np.uint64],
    slots: NDArray[np.int32],
    share: NDArray[np.float64],
) -> None:
    """Fill in of each text the share of its words that are not among ``known``; 0 of one without words.

    Of a text of twice as many words as ``most`` and more, only as many as that are looked at, evenly spread.
    """
    for text in range(len(first) - 1):
        step = max(1, (first[text + 1] - first[text]) // most)
        looked = unknown = 0
        for i in range(first[text], first[text + 1], step):
            looked += 1
            unknown += find_word(word[i], known, slots) < 0
        share[text] = unknown / looked if looked else 0.0
