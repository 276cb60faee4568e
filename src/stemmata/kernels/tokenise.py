"""UTF-8 bytes to words: one pass, any script.

A word is a run of letters (with inner apostrophes), a number (with inner commas and full stops), or one
code point of a script written without spaces. Its hash is taken over folded code points (case, compatibility
form and loose marks removed, commas out of numbers, look-alike letters made those of one script inside a word that
mixes scripts); its form is a hash over the code points as they stand, case aside. A word of nothing but another script
means itself, and so does a Greek letter that is a sign: TNFα, NFκB.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

# class of a code point: the lowest three bits of its properties
LETTER, SINGLE, IGNORED, DIGIT, EXTENDER = 1, 2, 3, 4, 5
CLASS = 7
# further properties
UPPER, LOWER, LATIN, CYRILLIC_GREEK = 1 << 3, 1 << 4, 1 << 5, 1 << 6
ENDER, CLOSER, OPENER, NEWLINE, SPACE = 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11
COLON, HIDDEN, APOSTROPHE, CLOSED = 1 << 12, 1 << 13, 1 << 14, 1 << 15
STYLED = HIDDEN  # of a letter, which does not hide itself: it is one of mathematics, or of wide type
MATHEMATICAL = 0x1D400
LONG_STYLED = 4  # letters of mathematics in one word that are no formula
STACK = 4  # loose marks on one letter that no script has
LEAST_OWN = 3  # letters of another script from which a word is of that script, and Latin letters in it are strangers
ALPHA, OMICRON, OMEGA = 0x3B1, 0x3BF, 0x3C9  # small Greek letters are signs of science, but for the one that is an o
EXPANDED = 0x80000000  # a fold of several code points: the rest is an index into ``expansions``

# flags of a word; the last five tell of the gap before it
CAPITAL, LOWERCASE, NUMBER, DISGUISED = 1, 2, 4, 8
SENTENCE, LINE, PARAGRAPH, FIRST = 16, 32, 64, 128

SEED = np.uint64(0x9E3779B97F4A7C15)
PRIME = np.uint64(0xFF51AFD7ED558CCD)
FORM = np.uint64(0xC4CEB9FE1A85EC53)
SHIFT = np.uint64(29)
END = np.uint64(32)


@kernel
def look_alike(point: np.uint32, fold: NDArray[np.uint32], look_alikes: NDArray[np.uint32]) -> np.uint32:
    """Return the Latin letter that a letter looks like, with or without its marks; 0 for none."""
    for one in (point, fold[point] if point < len(fold) else point):
        low, high = 0, len(look_alikes)
        while low < high:
            middle = (low + high) // 2
            if look_alikes[middle, 0] < one:
                low = middle + 1
            else:
                high = middle
        if low < len(look_alikes) and look_alikes[low, 0] == one:
            return np.uint32(look_alikes[low, 1])
    return np.uint32(0)


@kernel
def is_sign(k: int, points: NDArray[np.uint32], properties: NDArray[np.uint16]) -> bool:
    """Tell whether a letter of a word is a Greek sign: at its beginning or end, or between two Latin capitals."""
    if not ALPHA <= points[k] <= OMEGA or points[k] == OMICRON:
        return False
    if k == 0 or k == len(points) - 1:
        return True
    capital = LATIN | UPPER
    before, after = points[k - 1], points[k + 1]
    if before >= len(properties) or after >= len(properties):
        return False
    return properties[before] & capital == capital and properties[after] & capital == capital


@kernel
def meant_script(
    points: NDArray[np.uint32],
    properties: NDArray[np.uint16],
    fold: NDArray[np.uint32],
    look_alikes: NDArray[np.uint32],
    counterparts: NDArray[np.uint32],
) -> int:
    """Return the script of a word that mixes some: 1 Latin, 2 Cyrillic, 3 Greek, 0 where none is disguised."""
    alike = own = strange = greek = others = 0
    for k in range(len(points)):
        one = points[k]
        if one < len(properties) and properties[one] & CYRILLIC_GREEK:
            others += 1
            greek += one < 0x400 or one >= 0x1F00
            if look_alike(one, fold, look_alikes):
                alike += not is_sign(k, points, properties)
            else:
                own += 1
    row = 1 if 2 * greek > others else 0
    for one in points:
        if one < len(properties) and properties[one] & LATIN:
            strange += one >= 128 or counterparts[row, one] == 0
    if own and not strange and others >= LEAST_OWN:
        return 2 + row
    return 1 if alike else 0


@kernel
def count_styled(points: NDArray[np.uint32], properties: NDArray[np.uint16]) -> tuple[int, int]:
    """Return how many letters of a word are of mathematics, and how often it changes to styled letters or back."""
    styled = turns = was = 0
    for k in range(len(points)):
        here = int(properties[points[k]]) if points[k] < len(properties) else 0
        if here & CLASS == LETTER:
            turns += k > 0 and here & STYLED != was
            was = here & STYLED
            styled += was != 0 and points[k] >= MATHEMATICAL
    return styled, turns


@kernel
def tokenise(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    properties: NDArray[np.uint16],
    fold: NDArray[np.uint32],
    lower: NDArray[np.uint32],
    expansions: NDArray[np.uint32],
    look_alikes: NDArray[np.uint32],
    counterparts: NDArray[np.uint32],
    first: NDArray[np.int64],
    start: NDArray[np.int32],
    end: NDArray[np.int32],
    word: NDArray[np.uint64],
    form: NDArray[np.uint32],
    flags: NDArray[np.uint8],
) -> int:
    """Fill the word arrays for documents ``data[offsets[d]:offsets[d + 1]]``.

    ``first`` receives the index of each document's first word, ``start`` and ``end`` count code points from
    the document's beginning. Returns the number of words, or -1 where the arrays are too short.
    """
    count = 0
    points = np.empty(256, np.uint32)  # of the word being read; the rest of a longer one goes into the hash as it comes
    for document in range(len(offsets) - 1):
        first[document] = count
        byte, stop = offsets[document], offsets[document + 1]
        position = 0  # in code points
        sentence = 0  # 1 after a sentence's full stop, 2 when white space followed
        closed = False
        fresh = True  # "sentence-first", also after colons and opening quotes
        sentence_start = True
        lines = 2
        spaced = True
        open_word = 0  # class of the word being read, 0 outside words
        length = 0
        scripts = 0
        hidden = False
        clings = False  # a hidden sign after the word's last letter: inside the word only if that goes on
        dressed = marks = 0  # whether a letter is styled; loose marks in a row
        raw = SEED
        beyond = np.uint64(0)
        pending = 0  # an apostrophe or separator that belongs to the word only if it goes on
        pending_point = np.uint32(0)
        while True:
            # decode one code point; text comes from Arrow and is valid UTF-8
            at_end = byte >= stop
            if at_end:
                point = 0
                bits = 0
            else:
                lead = data[byte]
                if lead < 0x80:
                    point = int(lead)
                    byte += 1
                elif lead < 0xE0:
                    point = (int(lead) & 0x1F) << 6 | (int(data[byte + 1]) & 0x3F)
                    byte += 2
                elif lead < 0xF0:
                    point = (int(lead) & 0x0F) << 12 | (int(data[byte + 1]) & 0x3F) << 6
                    point |= int(data[byte + 2]) & 0x3F
                    byte += 3
                else:
                    point = (int(lead) & 0x07) << 18 | (int(data[byte + 1]) & 0x3F) << 12
                    point |= (int(data[byte + 2]) & 0x3F) << 6 | (int(data[byte + 3]) & 0x3F)
                    byte += 4
                if point < len(properties):
                    bits = int(properties[point])
                elif point < 0x40000:
                    bits = SINGLE
                elif 0xE0000 <= point < 0xE1000:
                    bits = IGNORED | HIDDEN
                else:
                    bits = 0
            kind = bits & CLASS

            if open_word:
                goes_on = False
                if kind == IGNORED:
                    clings = clings or (scripts != 0 and bits & HIDDEN != 0)
                    marks += 1
                    # tags spell text that nobody sees
                    hidden = hidden or (scripts != 0 and (point >= 0xE0000 or marks >= STACK))
                    position += 1
                    continue
                if pending:
                    goes_on = kind == open_word and open_word != SINGLE
                    if goes_on:
                        if open_word == LETTER:
                            if length < len(points):
                                points[length] = 39
                                length += 1
                        elif pending_point != 44 and length < len(points):
                            points[length] = 46
                            length += 1
                        raw = (raw ^ np.uint64(pending_point)) * FORM
                        raw ^= raw >> SHIFT
                    pending = 0  # where the word does not go on it ended before the sign: ``end`` says so
                elif (open_word == LETTER and bits & APOSTROPHE) or (
                    open_word == DIGIT and (point == 44 or point == 46)
                ):
                    pending, pending_point = 1, np.uint32(point)
                    end[count] = position
                    position += 1
                    continue
                else:
                    goes_on = (kind == open_word and open_word != SINGLE) or kind == EXTENDER
                    if not goes_on:
                        end[count] = position
                if not goes_on:
                    # finish the word
                    into = 0  # 1: look-alike letters become Latin; 2, 3: Latin ones become Cyrillic, or Greek
                    if scripts == LATIN | CYRILLIC_GREEK:
                        into = meant_script(points[:length], properties, fold, look_alikes, counterparts)
                        hidden = hidden or into != 0
                    if dressed:
                        styled, turns = count_styled(points[:length], properties)
                        hidden = hidden or turns >= 2
                        if styled >= LONG_STYLED:
                            flags[count] |= DISGUISED
                    if into:
                        for k in range(length):
                            one = points[k]
                            if into == 1:
                                one = look_alike(one, fold, look_alikes)
                                one = one if one else points[k]
                            elif one < 128 and counterparts[into - 2, one]:
                                one = counterparts[into - 2, one]
                            points[k] = one
                    value = SEED
                    for k in range(length):
                        one = points[k]
                        folded = fold[one] if one < len(fold) else one
                        if folded & np.uint32(EXPANDED):
                            at = int(folded & np.uint32(0x7FFFFFFF))
                            for e in range(int(expansions[at])):
                                value = (value ^ np.uint64(expansions[at + 1 + e])) * PRIME
                                value ^= value >> SHIFT
                        else:
                            value = (value ^ np.uint64(folded)) * PRIME
                            value ^= value >> SHIFT
                    value ^= beyond
                    word[count] = value ^ (value >> END)
                    form[count] = np.uint32((raw ^ (raw >> END)) & np.uint64(0xFFFFFFFF))
                    if hidden and scripts:
                        flags[count] |= DISGUISED
                    count += 1
                    open_word = 0
                    # signs between the word and here: only a pending apostrophe or separator
                    if end[count - 1] < position:
                        gap = int(properties[pending_point])
                        sentence = 1 if gap & ENDER else 0
                        closed = False
                        fresh = (gap & (ENDER | OPENER)) != 0
                        spaced = False
                    else:
                        sentence, closed, fresh, spaced = 0, False, False, False
                    lines = 0
                    sentence_start = False
            if at_end:
                break
            if open_word == 0 and kind in (LETTER, SINGLE, DIGIT):
                if count >= len(start):
                    return -1
                sentence_start = sentence_start or sentence == 2
                if sentence == 1 and closed and bits & LOWER == 0:
                    sentence_start = True
                flag = 0
                if bits & UPPER:
                    flag |= CAPITAL
                if bits & LOWER:
                    flag |= LOWERCASE
                if kind == DIGIT:
                    flag |= NUMBER
                if sentence_start:
                    flag |= SENTENCE
                if lines >= 1:
                    flag |= LINE
                if lines >= 2:
                    flag |= PARAGRAPH
                if fresh or lines >= 2:
                    flag |= FIRST
                start[count] = position
                flags[count] = flag
                open_word = kind
                length = 0
                scripts = 0
                hidden = clings = False
                dressed = marks = 0
                raw = SEED
                beyond = np.uint64(0)
            if open_word:
                hidden, clings, marks = hidden or clings, False, 0
                dressed |= bits & STYLED
                if length < len(points):
                    points[length] = point
                    length += 1
                else:  # the rest of a very long word goes into the hash as it comes
                    one = fold[point] if point < len(fold) and fold[point] < EXPANDED else np.uint32(point)
                    beyond = (beyond ^ np.uint64(one)) * PRIME
                    beyond ^= beyond >> SHIFT
                scripts |= bits & (LATIN | CYRILLIC_GREEK)
                plain = np.uint64(point)
                if bits & UPPER:
                    plain = np.uint64(lower[point])
                raw = (raw ^ plain) * FORM
                raw ^= raw >> SHIFT
            elif kind != IGNORED:
                if bits & ENDER:
                    sentence, closed, fresh = 1, (bits & CLOSED) != 0, True
                elif bits & COLON:
                    fresh, sentence = True, 0
                elif bits & NEWLINE:
                    lines += 1
                    spaced = True
                    if sentence == 1:
                        sentence = 2
                elif bits & SPACE:
                    spaced = True
                    if sentence == 1:
                        sentence = 2
                elif bits & CLOSER and sentence == 1:
                    closed = True
                elif bits & OPENER or (point == 34 and spaced):
                    fresh = True
                    if sentence == 1:
                        sentence = 0
                elif sentence == 1:
                    sentence = 0
                if not bits & SPACE:
                    spaced = False
            position += 1
    first[len(offsets) - 1] = count
    return count
