"""Slots of forms: runs of names and numbers, and the words around them, in many texts at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.gaps import FIRST, PARAGRAPH, SENTENCE
from stemmata.kernels.tokenise import CAPITAL, NUMBER

HEADLINE = 0.6  # share of capitals in a sentence from which they mark no names
AROUND = 2  # words on either side of a slot; one of the four may be a slot again
FILLED, OUTSIDE = np.uint64(1), np.uint64(2)  # stand among words for a slot, and for what lies outside the text
SPREAD = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(29)


@kernel
def mark_facts(
    flags: NDArray[np.uint8], first: NDArray[np.int64], names: NDArray[np.bool_], fact: NDArray[np.bool_]
) -> None:
    """Mark numbers, and names in the texts where ``names`` says that capitals tell them.

    A name is a capital that is not sentence-first, or one that is and stands before a name; not in a sentence that has
    mostly capitals. Text d is words [first[d], first[d + 1]).
    """
    for d in range(len(first) - 1):
        low, high = first[d], first[d + 1]
        if not names[d]:
            for i in range(low, high):
                fact[i] = flags[i] & NUMBER != 0
            continue
        i = low
        while i < high:
            end = i
            spoken, capitals = 0, 0
            while end < high and (end == i or flags[end] & (SENTENCE | PARAGRAPH) == 0):
                if flags[end] & NUMBER == 0:
                    spoken += 1
                    capitals += flags[end] & CAPITAL != 0
                end += 1
            some = capitals <= HEADLINE * spoken
            while i < end:
                fact[i] = some and flags[i] & CAPITAL != 0
                i += 1
        for i in range(low, high):  # what follows is still a mark of capitals
            name = flags[i] & FIRST == 0 or (i + 1 < high and fact[i + 1] and flags[i + 1] & FIRST == 0)
            fact[i] = flags[i] & NUMBER != 0 or (fact[i] and name)


@kernel
def find_slots(
    word: NDArray[np.uint64], flags: NDArray[np.uint8], first: NDArray[np.int64], fact: NDArray[np.bool_]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Return the slots of some texts in order, and how many each text has.

    Returns
    -------
    slot, filling : uint64 arrays
        Hashes of the words around, and of what stands in it, whatever the order.
    begin, end : int64 arrays
        Its words with those around, half-open; counted from the first text's beginning.
    sizes : int32 array, by text
    """
    texts = len(first) - 1
    longest, runs = 0, 0
    for d in range(texts):
        longest = max(longest, first[d + 1] - first[d])
        for i in range(first[d], first[d + 1]):
            runs += fact[i] and (i == first[d] or not fact[i - 1] or flags[i] & (SENTENCE | PARAGRAPH) != 0)
    slot, filling = np.empty(runs, np.uint64), np.empty(runs, np.uint64)
    begin, end = np.empty(runs, np.int64), np.empty(runs, np.int64)
    sizes = np.zeros(texts, np.int32)
    edge = np.empty(longest + 1, np.int64)  # where each word, or run of a slot, begins, and the one before ends
    n = 0
    for d in range(texts):
        low, high = first[d], first[d + 1]
        size = 0
        for i in range(low, high):
            if not fact[i] or i == low or not fact[i - 1] or flags[i] & (SENTENCE | PARAGRAPH) != 0:
                edge[size] = i
                size += 1
        edge[size] = high
        for k in range(size):
            if not fact[edge[k]]:
                continue
            slots, around = 0, np.uint64(0)
            for step in range(-AROUND, AROUND + 1):
                at = k + step
                symbol = OUTSIDE
                if 0 <= at < size:
                    symbol = FILLED if fact[edge[at]] else word[edge[at]]
                slots += symbol == FILLED
                around = ((around ^ (around >> SHIFT)) + symbol) * SPREAD
            if slots > 2:  # itself and two more
                continue
            held = np.uint64(0)
            for i in range(edge[k], edge[k + 1]):
                held += ((word[i] ^ (word[i] >> SHIFT)) + SPREAD) * SPREAD
            slot[n], filling[n] = around, held
            begin[n], end[n] = edge[max(0, k - AROUND)], edge[min(size, k + AROUND + 1)]
            sizes[d] += 1
            n += 1
    return slot[:n], filling[:n], begin[:n], end[:n], sizes
