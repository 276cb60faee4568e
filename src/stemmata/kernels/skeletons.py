"""The frame of a text: its function words, names and numbers, in order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

CAPITAL, LOWERCASE, NUMBER, FIRST = 1, 2, 4, 128  # flags, as in ``tokenise``
FUNCTION, COMMON = 1, 2  # what a listed word is
LISTED = np.uint64(3)  # the bits that say so
OTHERS = np.uint64(4)
TAKEN = np.uint64(1)  # set in every form that is held, so that 0 is a free place
HALF = np.uint64(32)
LOW = np.uint64(2**32 - 1)
SHOUTED = 0.9  # share of capitals inside sentences from which a text is written in capitals


@kernel
def word_codes() -> NDArray[np.uint8]:
    """Return by kind and flags whether a word is of the skeleton or may be a name (1), and whether it may be one (2)."""
    codes = np.zeros((5, 256), np.uint8)
    for kind in range(5):
        for flags in range(256):
            if (kind < OTHERS and kind & FUNCTION) or flags & NUMBER:
                codes[kind, flags] = 1
            elif flags & CAPITAL and not (kind < OTHERS and kind & COMMON):
                codes[kind, flags] = 3
    return codes


@kernel
def choose_skeleton(
    word: NDArray[np.uint64],
    flags: NDArray[np.uint8],
    first: NDArray[np.int64],
    language: NDArray[np.int64],
    listed: NDArray[np.uint64],
    salt: NDArray[np.uint64],
    shift: int,
    named: NDArray[np.bool_],
    place: NDArray[np.int32],
    chosen: NDArray[np.uint64],
    begins: NDArray[np.int64],
    caseless: NDArray[np.bool_],
) -> int:
    """Write place and hash of each word of the skeletons, document by document, and return how many there are.

    A name is a form that stands capitalised, not sentence-first, at least once in its text, and is not common; then
    all its capitalised uses there are names. A text without such a capital, or with hardly anything else, has none.

    Parameters
    ----------
    language : int64 array
        The row of ``listed``, ``salt`` and ``named`` that speaks for each document.
    listed : two-dimensional uint64 array
        Of each language, its function words and its common ones: a hash stands in the first or second place of bucket
        ``hash * salt >> shift``, its two lowest bits set but for those that say which it is.
    named : bool array
        Whether capitals mark names in each language.
    place, chosen : arrays as long as ``word``
        Filled with the words' indices and hashes.
    begins : int64 array, one longer than the documents
        Filled with where each skeleton begins.
    caseless : bool array
        Set for documents whose capitals mark no names, though they do in their language.
    """
    by = np.uint64(shift)
    codes = word_codes()
    inside = np.zeros(256, np.uint64)  # words inside sentences that have a case, and in the high half those in capitals
    for flag in range(FIRST):
        inside[flag] = (np.uint64(flag & CAPITAL) << HALF) + np.uint64(flag & (CAPITAL | LOWERCASE) != 0)
    seen = np.zeros(256, np.uint64)
    candidate = np.empty(1024, np.int32)
    capital = np.empty(1024, np.int32)
    count = np.uint64(0)
    one = np.uint64(1)
    for document in range(len(first) - 1):
        begins[document] = count
        spoken = language[document]
        table, times = listed[spoken], salt[spoken]
        begin, end = first[document], first[document + 1]
        if len(candidate) <= end - begin:
            candidate = np.empty(2 * (end - begin), np.int32)
            capital = np.empty(2 * (end - begin), np.int32)
        # chosen words as they are, and what may be a name as ~index; without branches, which nobody could foresee
        held = capitals = np.uint64(0)
        cased = np.uint64(0)
        for i in range(np.uint64(begin), np.uint64(end)):
            at = np.uint64(i)
            value, flag = word[at], np.uint64(flags[at])
            bucket = ((value * times) >> by) << one
            value |= LISTED
            kind = min(min(table[bucket] ^ value, table[bucket | one] ^ value), OTHERS)
            code = np.uint64(codes[kind, flag])
            perhaps = code >> one
            candidate[held] = np.int32(at) ^ -np.int32(perhaps)
            capital[capitals] = np.int32(held)
            held += code & one
            capitals += perhaps
            cased += inside[flag]
        inner = np.int64(cased >> HALF)
        cased &= LOW
        names = named[spoken] and inner > 0 and inner < SHOUTED * np.int64(cased)
        caseless[document] = named[spoken] and not names
        if names and capitals:
            size = 64
            while size < 2 * capitals:
                size *= 2
            if size > len(seen):
                seen = np.zeros(size, np.uint64)
            else:
                seen[:size] = 0
            mask = np.uint64(size - 1)
            for k in range(capitals):
                i = np.uint64(~candidate[capital[np.uint64(k)]])
                if flags[i] & FIRST == 0:
                    form = word[i] | TAKEN
                    at = (word[i] >> HALF) & mask
                    while seen[at] != 0 and seen[at] != form:
                        at = (at + one) & mask
                    seen[at] = form
            for k in range(capitals):
                place_held = capital[np.uint64(k)]
                i = np.uint64(~candidate[place_held])
                form = word[i] | TAKEN
                at = (word[i] >> HALF) & mask
                while seen[at] != 0 and seen[at] != form:
                    at = (at + one) & mask
                if seen[at] != 0:
                    candidate[place_held] = np.int32(i)
        for k in range(held):
            index = candidate[np.uint64(k)]
            own = np.uint64(index ^ (index >> 31))
            place[count] = index
            chosen[count] = word[own]
            count += np.uint64(index >= 0)
    begins[len(first) - 1] = count
    return np.int64(count)
