"""UTF-8 bytes to words: one pass, any script.

Runs of ASCII are told apart 64 bytes at a time; a word that touches any other sign is read code point by code point.

A word is a run of letters (with inner apostrophes), a number (with inner commas and full stops), or one
code point of a script written without spaces. Its hash is taken over folded code points (case, compatibility
form and loose marks removed, commas out of numbers, look-alike letters made those of one script inside a word that
mixes scripts); its form is a hash over the code points as they stand, case aside. A word of nothing but another script
means itself, and so does a Greek letter that is a sign: TNFα, NFκB.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import inlined, kernel
from stemmata.kernels.gaps import AFTER, BEGINNING, GAP_FLAGS, WIDTH, WITHIN, kind_of_sign
from stemmata.kernels.lanes import LANES, eight_bytes, highest_bit, lowest_bit, multiply, tell_apart

# class of a code point: the lowest three bits of its properties
LETTER, SINGLE, IGNORED, DIGIT, EXTENDER = 1, 2, 3, 4, 5
CLASS = 7
# further properties
UPPER, LOWER, LATIN, CYRILLIC_GREEK = 1 << 3, 1 << 4, 1 << 5, 1 << 6
HIDDEN, APOSTROPHE = 1 << 13, 1 << 14  # those in between are of ``gaps``
STYLED = HIDDEN  # of a letter, which does not hide itself: it is one of mathematics, or of wide type
MATHEMATICAL = 0x1D400
LONG_STYLED = 4  # letters of mathematics in one word that are no formula
STACK = 4  # loose marks on one letter that no script has
LEAST_OWN = 3  # letters of another script from which a word is of that script, and Latin letters in it are strangers
ALPHA, OMICRON, OMEGA = 0x3B1, 0x3BF, 0x3C9  # small Greek letters are signs of science, but for the one that is an o
EXPANDED = 0x80000000  # a fold of several code points: the rest is an index into ``expansions``

CAPITAL, LOWERCASE, NUMBER, DISGUISED = 1, 2, 4, 8  # flags of a word, beside those of ``gaps``

ONE, HALF, ALL = np.uint64(1), np.uint64(0xFFFFFFFF), np.uint64(0xFFFFFFFFFFFFFFFF)
SEED, LENGTH = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xA0761D6478BD642F)
MORE, LAST = np.uint64(0xE7037ED1A0B428DB), np.uint64(0x8EBC6AF09C88C6E3)
CASE = np.uint64(0x2020202020202020)  # the bit by which small letters of ASCII differ from capitals
TOP = np.uint64(63)
BLANK, SINGLE_QUOTE, COMMA, FULL_STOP, NINE = 32, 39, 44, 46, 57  # of ASCII
MOST = 256  # code points of a word that are looked at together; the rest of a longer one goes into the hash as it comes


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


@inlined
def finish(value: np.uint64, eight: np.uint64, length: int) -> np.uint64:
    """Return the hash of a word of so many bytes by its last one to eight, and by what those before them made."""
    return multiply(eight ^ value ^ (np.uint64(length) * LENGTH), LAST)


@inlined
def hash_ascii(address: int, length: int) -> np.uint64:
    """Return the hash of 8 bytes or fewer, or of more: of letters their small ones. Eight bytes may be read at its end.

    Every eight bytes are crossed with what came before and multiplied (after wyhash, Wang Yi 2019).
    """
    value = SEED
    left = length
    while left > 8:
        value = multiply((eight_bytes(address) | CASE) ^ value, MORE)
        address += 8
        left -= 8
    rest = (eight_bytes(address) | CASE) & (ALL >> np.uint64(64 - 8 * left))
    return finish(value, rest, length)


@inlined
def absorb(point: int, value: np.uint64, eight: np.uint64, length: int) -> tuple[np.uint64, np.uint64, int]:
    """Take a code point's bytes into a hash: ``value``, the last one to eight bytes, and how many bytes there were."""
    count = 1 if point < 0x80 else 2 if point < 0x800 else 3 if point < 0x10000 else 4
    for k in range(count):
        if count == 1:
            byte = point
        elif k == 0:
            byte = (0xF00 >> count & 0xFF) | point >> 6 * (count - 1)
        else:
            byte = 0x80 | (point >> 6 * (count - 1 - k) & 0x3F)
        if length & 7 == 0 and length:
            value = multiply(eight ^ value, MORE)
            eight = np.uint64(0)
        eight |= np.uint64(byte) << np.uint64(8 * (length & 7))
        length += 1
    return value, eight, length


@inlined
def flags_by(bits: int) -> int:
    """Return the flags of a word by the properties of its first sign."""
    number = NUMBER if bits & CLASS == DIGIT else 0
    return number | (CAPITAL if bits & UPPER else LOWERCASE if bits & LOWER else 0)


@kernel
def tokenise(
    data: NDArray[np.uint8],
    begins: NDArray[np.int64],
    stops: NDArray[np.int64],
    properties: NDArray[np.uint16],
    fold: NDArray[np.uint32],
    lower: NDArray[np.uint32],
    expansions: NDArray[np.uint32],
    look_alikes: NDArray[np.uint32],
    counterparts: NDArray[np.uint32],
    first: NDArray[np.int64],
    word: NDArray[np.uint64],
    flags: NDArray[np.uint8] | None,
    start: NDArray[np.int32] | None,
    end: NDArray[np.int32] | None,
    form: NDArray[np.uint32] | None,
) -> int:
    """Fill the word arrays for documents ``data[begins[d]:stops[d]]``.

    ``first`` receives the index of each document's first word, ``start`` and ``end`` count code points from the
    document's beginning. Without ``flags`` the gaps are not looked at; ``start``, ``end`` and ``form`` may be left out
    together. Returns the number of words, or -1 where the arrays are too short.
    """
    count = 0
    address, size = data.ctypes.data, len(data)
    points = np.empty(MOST, np.uint32)  # of the word being read
    scratch = np.zeros(
        2 * LANES, np.uint8
    )  # the last bytes of the data, where a block of them would reach past the end
    room = len(word)
    ascii_signs, own_flags = np.empty(128, np.uint8), np.empty(128, np.uint8)
    for k in range(128):
        ascii_signs[k] = kind_of_sign(int(properties[k]), k)
        own_flags[k] = flags_by(int(properties[k]))
    for document in range(len(begins)):
        first[document] = count
        begin, stop = begins[document], stops[document]
        byte = begin
        extra = 0  # bytes so far that begin no code point
        state = BEGINNING
        while byte < stop:
            # ASCII: blocks of 64 bytes, until a word touches another sign
            gap = byte  # where the last word ended
            block = byte
            odd = False
            opened = -1
            letters_before = digits_before = np.uint64(0)  # whether the block before ends with them
            letter_open = digit_open = np.uint64(0)  # whether a word goes on from there
            dots_before = np.uint64(0)
            while block <= stop and not odd:
                left = stop - block
                letters = digits = high = quotes = dots = np.uint64(0)
                if left > 0:
                    if block + LANES <= size:
                        letters, digits, high, quotes, dots = tell_apart(address + block)
                    else:
                        for k in range(size - block):
                            scratch[k] = data[block + k]
                        letters, digits, high, quotes, dots = tell_apart(scratch.ctypes.data)
                    if left < LANES:
                        inside = (ONE << np.uint64(left)) - ONE
                        letters, digits, high = letters & inside, digits & inside, high & inside
                letterlike, digitlike = letters | high, digits | high
                quotes &= letterlike << ONE | letters_before
                dots &= digitlike << ONE | digits_before
                if quotes | dots:
                    letter_after, digit_after = letterlike >> ONE, digitlike >> ONE
                    if (quotes | dots) >> TOP and left > LANES:
                        bits = int(data[block + LANES])
                        if bits >= 0x80 or properties[bits] & CLASS == LETTER:
                            letter_after |= ONE << TOP
                        if bits >= 0x80 or properties[bits] & CLASS == DIGIT:
                            digit_after |= ONE << TOP
                    quotes &= letter_after
                    dots &= digit_after
                in_word, in_number = letterlike | quotes, digitlike | dots
                letters_before, digits_before = letterlike >> TOP, digitlike >> TOP
                if high:
                    odd = True
                    before = (ONE << np.uint64(lowest_bit(high))) - ONE
                    cut = highest_bit(~(in_word | in_number) & before) + 1
                    if cut == 0:
                        break  # a word that goes on from the block before is dropped, and read again
                    kept = (ONE << np.uint64(cut)) - ONE
                    in_word &= kept
                    in_number &= kept
                word_before, number_before = in_word << ONE | letter_open, in_number << ONE | digit_open
                starts = in_word & ~word_before | in_number & ~number_before
                ends = ~in_word & word_before | ~in_number & number_before
                letter_open, digit_open = in_word >> TOP, in_number >> TOP
                while True:
                    if opened < 0:
                        if starts == 0:
                            break
                        opened = block + lowest_bit(starts)
                        starts &= starts - ONE
                    if ends == 0:
                        break
                    ended = block + lowest_bit(ends)
                    ends &= ends - ONE
                    length = ended - opened
                    plain = length <= LANES
                    if (dots | dots_before) and data[opened] <= NINE:
                        for k in range(opened, ended):
                            plain = plain and data[k] != COMMA
                    if not plain:
                        odd = True
                        break
                    if count >= room:
                        return -1
                    if flags is not None:
                        flag = np.int64(own_flags[data[opened]])
                        if opened - gap != 1 or data[gap] != BLANK or state != WITHIN:
                            for k in range(gap, opened):
                                state = np.int64(AFTER[WIDTH * state + ascii_signs[data[k]]])
                            flag |= np.int64(GAP_FLAGS[2 * state + (flag & LOWERCASE != 0)])
                            state = WITHIN
                    if opened + 8 * ((length + 7) >> 3) <= size:
                        value = hash_ascii(address + opened, length)
                    else:
                        value, eight, taken = SEED, np.uint64(0), 0
                        for k in range(opened, ended):
                            value, eight, taken = absorb(int(data[k]) | 0x20, value, eight, taken)
                        value = finish(value, eight, taken)
                    word[count] = value
                    if flags is not None:
                        flags[count] = flag
                    if start is not None:
                        start[count] = opened - begin - extra
                        end[count] = ended - begin - extra
                        form[count] = np.uint32(value & HALF)
                    count += 1
                    gap = ended
                    opened = -1
                block += LANES
                dots_before = dots
            byte = gap
            if not odd:
                break

            # any script: code point by code point, until a word is followed by ASCII
            position = byte - begin - extra
            open_word = 0  # class of the word being read, 0 outside words
            length = scripts = 0
            hidden = False
            clings = False  # a hidden sign after the word's last letter: inside the word only if that goes on
            dressed = marks = 0  # whether a letter is styled; loose marks in a row
            raw, raw_eight, raw_length = SEED, np.uint64(0), 0
            beyond = np.uint64(0)
            pending = 0  # an apostrophe or separator that belongs to the word only if it goes on
            pending_point = 0
            flag = 0
            back, began_at, ended_at = byte, 0, 0  # where the word ended, in bytes; where it began and ended
            while True:
                # decode one code point; text comes from Arrow and is valid UTF-8
                here = byte
                at_end = byte >= stop
                if at_end:
                    point = 0
                    bits = 0
                else:
                    leading = int(data[byte])
                    if leading < 0x80:
                        point = leading
                        byte += 1
                    elif leading < 0xE0:
                        point = (leading & 0x1F) << 6 | (int(data[byte + 1]) & 0x3F)
                        byte += 2
                    elif leading < 0xF0:
                        point = (leading & 0x0F) << 12 | (int(data[byte + 1]) & 0x3F) << 6
                        point |= int(data[byte + 2]) & 0x3F
                        byte += 3
                    else:
                        point = (leading & 0x07) << 18 | (int(data[byte + 1]) & 0x3F) << 12
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
                                if length < MOST:
                                    points[length] = SINGLE_QUOTE
                                    length += 1
                            elif pending_point != COMMA and length < MOST:
                                points[length] = FULL_STOP
                                length += 1
                            raw, raw_eight, raw_length = absorb(pending_point, raw, raw_eight, raw_length)
                            pending = 0
                    elif (open_word == LETTER and bits & APOSTROPHE) or (
                        open_word == DIGIT and point in (COMMA, FULL_STOP)
                    ):
                        pending, pending_point = 1, point
                        back, ended_at = here, position
                        position += 1
                        continue
                    else:
                        goes_on = (kind == open_word and open_word != SINGLE) or kind == EXTENDER
                        if not goes_on:
                            back, ended_at = here, position
                    if not goes_on:
                        # finish the word; where a sign was pending it ended before that
                        into = 0  # 1: look-alike letters become Latin; 2, 3: Latin ones become Cyrillic, or Greek
                        if scripts == LATIN | CYRILLIC_GREEK:
                            into = meant_script(points[:length], properties, fold, look_alikes, counterparts)
                            hidden = hidden or into != 0
                        if dressed:
                            styled, turns = count_styled(points[:length], properties)
                            hidden = hidden or turns >= 2
                            if styled >= LONG_STYLED:
                                flag |= DISGUISED
                        if into:
                            for k in range(length):
                                one = points[k]
                                if into == 1:
                                    one = look_alike(one, fold, look_alikes)
                                    one = one if one else points[k]
                                elif one < 128 and counterparts[into - 2, one]:
                                    one = counterparts[into - 2, one]
                                points[k] = one
                        value, eight, taken = SEED, np.uint64(0), 0
                        for k in range(length):
                            one = points[k]
                            folded = fold[one] if one < len(fold) else one
                            if folded & np.uint32(EXPANDED):
                                at = int(folded & np.uint32(0x7FFFFFFF))
                                for e in range(int(expansions[at])):
                                    value, eight, taken = absorb(int(expansions[at + 1 + e]), value, eight, taken)
                            else:
                                value, eight, taken = absorb(int(folded), value, eight, taken)
                        value = finish(value, eight, taken) ^ beyond
                        raw = finish(raw, raw_eight, raw_length)
                        if hidden and scripts:
                            flag |= DISGUISED
                        word[count] = value
                        if flags is not None:
                            flags[count] = flag
                        if start is not None:
                            start[count], end[count] = began_at, ended_at
                            form[count] = np.uint32(raw & HALF)
                        count += 1
                        open_word = pending = 0
                        # on from the word's end, in ASCII or as here
                        byte, position = back, ended_at
                        state = WITHIN
                        if at_end and back >= stop:
                            break
                        if data[byte] < 0x80 and (byte + 1 >= stop or data[byte + 1] < 0x80):
                            break
                        continue
                if at_end:
                    break
                if open_word == 0 and kind in (LETTER, SINGLE, DIGIT):
                    if count >= room:
                        return -1
                    began_at = position
                    flag = flags_by(bits) | np.int64(GAP_FLAGS[2 * state + (bits & LOWER != 0)])
                    open_word = kind
                    length = scripts = 0
                    hidden = clings = False
                    dressed = marks = 0
                    raw, raw_eight, raw_length = SEED, np.uint64(0), 0
                    beyond = np.uint64(0)
                if open_word:
                    hidden, clings, marks = hidden or clings, False, 0
                    dressed |= bits & STYLED
                    if length < MOST:
                        points[length] = point
                        length += 1
                    else:
                        one = fold[point] if point < len(fold) and fold[point] < EXPANDED else np.uint32(point)
                        beyond = multiply(beyond ^ np.uint64(one), MORE)
                    scripts |= bits & (LATIN | CYRILLIC_GREEK)
                    plain_point = int(lower[point]) if bits & UPPER else point
                    raw, raw_eight, raw_length = absorb(plain_point, raw, raw_eight, raw_length)
                elif kind != IGNORED:
                    state = np.int64(AFTER[WIDTH * state + kind_of_sign(bits, point)])
                position += 1
            extra = byte - begin - position
    first[len(begins)] = count
    return count
