"""JSON Lines: where the values of objects stand in the bytes, and their strings without escapes.

Only what is plain is read: one object a line, each name once, everything as JSON wants it. Whatever else comes, the
whole is left to whoever reads JSON by the rules.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.lanes import LANES, copy_bytes, find_escapes, find_marks, lowest_bit

ABSENT, NULL, STRING, ESCAPED, TRUE, FALSE, INTEGER, OTHER = range(8)  # what a value is
ODD, FULL = -1, -2  # what is found instead of objects: something else; more than there is room for
NAMES = 64  # of an object that are remembered for the next
DEPTH = 64  # of arrays and objects in a value
DIGITS = 18  # of an integer of 64 bits, at least
TAB, NEWLINE, RETURN, SPACE, QUOTE, BACKSLASH = 9, 10, 13, 32, 34, 92
PLUS, COMMA, MINUS, DOT, ZERO, NINE, COLON, OPEN, CLOSE, BRACE, END = 43, 44, 45, 46, 48, 57, 58, 91, 93, 123, 125
SIMPLE = np.zeros(128, np.uint8)  # what a letter behind a backslash stands for
SIMPLE[[ord(letter) for letter in '"\\/bfnrt']] = [ord(sign) for sign in '"\\/\b\f\n\r\t']
HEX = np.full(256, 255, np.uint8)
HEX[[ord(digit) for digit in "0123456789abcdefABCDEF"]] = [int(digit, 16) for digit in "0123456789abcdefABCDEF"]
LETTER_U, LETTER_E = 117, 101
WORDS = np.frombuffer(b"nulltruefalse", np.uint8)


@kernel
def find_values(
    data: NDArray[np.uint8],
    names: NDArray[np.uint8],
    edges: NDArray[np.int64],
    first: int,
    begins: NDArray[np.int32],
    ends: NDArray[np.int32],
    kinds: NDArray[np.uint8],
    lines: NDArray[np.int64],
) -> int:
    """Write where the values of some names stand, and what they are; return how many objects there are, ``ODD`` or ``FULL``.

    Parameters
    ----------
    data : uint8 array
        Lines, in UTF-8.
    names, edges : uint8 and int64 arrays
        The names, one behind the other, and where each begins and the last ends.
    first : int
        The number of the first line.
    begins, ends, kinds : int32, int32 and uint8 arrays, names by objects
        Of strings, between the quotation marks.
    lines : int64 array
        The number of each object's line.
    """
    size, known = len(data), len(edges) - 1
    seen = np.zeros((NAMES, 2), np.int64)  # the names of the object before: from and to
    meant = np.full(NAMES, -1, np.int64)  # and which these are
    i, line, row = 0, first, 0
    while i < size:
        sign = data[i]
        if sign == NEWLINE:
            line += 1
            i += 1
            continue
        if sign == SPACE or sign == TAB or sign == RETURN:
            i += 1
            continue
        if sign != BRACE:
            return ODD
        if row == len(lines):
            return FULL
        for name in range(known):
            kinds[name, row] = ABSENT
        i = _skip(data, i + 1)
        place = 0
        while _at(data, i) != END or place:
            if _at(data, i) != QUOTE:
                return ODD
            end, escaped = _end_of_string(data, i + 1)
            if end < 0 or escaped:
                return ODD
            begin = i + 1
            here = place if place < NAMES else NAMES - 1
            if not _same(data, begin, end, data, seen[here, 0], seen[here, 1]) or seen[here, 1] == 0:
                seen[here, 0], seen[here, 1], meant[here] = begin, end, -1
                for name in range(known):
                    if _same(data, begin, end, names, edges[name], edges[name + 1]):
                        meant[here] = name
                        break
            name = meant[here]
            place += 1
            i = _skip(data, end + 1)
            if _at(data, i) != COLON:
                return ODD
            i = _skip(data, i + 1)
            begin = i
            if _at(data, i) == QUOTE:
                end, escaped = _end_of_string(data, i + 1)
                begin, i, kind = i + 1, end + 1, ESCAPED if escaped else STRING
            else:
                end, kind = _end_of_value(data, i)
                i = end
            if end < 0:
                return ODD
            if name >= 0:
                if kinds[name, row] != ABSENT:
                    return ODD
                begins[name, row], ends[name, row], kinds[name, row] = begin, end, kind
            i = _skip(data, i)
            sign = _at(data, i)
            if sign == END:
                break
            if sign != COMMA:
                return ODD
            i = _skip(data, i + 1)
        i = _skip(data, i + 1)
        if i < size and data[i] != NEWLINE:
            return ODD
        lines[row] = line
        row += 1
    return row


@kernel
def unescape(
    data: NDArray[np.uint8],
    begins: NDArray[np.int32],
    ends: NDArray[np.int32],
    kinds: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    texts: NDArray[np.uint8],
) -> None:
    """Write values one behind the other: strings without escapes, integers as they stand, of others nothing.

    ``texts`` has room for all of them as they are in ``data``, and 64 bytes more.
    """
    size, source, target = len(data), data.ctypes.data, texts.ctypes.data
    at = 0
    for t in range(len(begins)):
        offsets[t] = at
        i, end = np.int64(begins[t]), np.int64(ends[t])
        if kinds[t] == STRING or kinds[t] == INTEGER:
            copy_bytes(target + at, source + i, end - i)
            at += end - i
        elif kinds[t] == ESCAPED:
            while i < end:
                if i + LANES <= size:
                    more = lowest_bit(find_escapes(source + i, target + at))
                else:
                    more = 0
                    while i + more < end and data[i + more] != BACKSLASH:
                        texts[at + more] = data[i + more]
                        more += 1
                more = min(more, end - i)
                i += more
                at += more
                while i < end and data[i] == BACKSLASH:
                    i, at = _write_escaped(data, i, texts, at)
    offsets[len(begins)] = at


@kernel
def _write_escaped(data: NDArray[np.uint8], i: int, texts: NDArray[np.uint8], at: int) -> Any:
    """Write what the escape at ``i`` stands for; return where both go on."""
    letter = data[i + 1]
    if letter != LETTER_U:
        texts[at] = SIMPLE[letter]
        return i + 2, at + 1
    point = _hex(data, i + 2)
    i += 6
    if 0xD800 <= point < 0xDC00:
        point = 0x10000 + ((point - 0xD800) << 10) + _hex(data, i + 2) - 0xDC00
        i += 6
    if point < 0x80:
        texts[at] = point
        return i, at + 1
    if point < 0x800:
        texts[at] = 0xC0 | (point >> 6)
        texts[at + 1] = 0x80 | (point & 0x3F)
        return i, at + 2
    if point < 0x10000:
        texts[at] = 0xE0 | (point >> 12)
        texts[at + 1] = 0x80 | ((point >> 6) & 0x3F)
        texts[at + 2] = 0x80 | (point & 0x3F)
        return i, at + 3
    texts[at] = 0xF0 | (point >> 18)
    texts[at + 1] = 0x80 | ((point >> 12) & 0x3F)
    texts[at + 2] = 0x80 | ((point >> 6) & 0x3F)
    texts[at + 3] = 0x80 | (point & 0x3F)
    return i, at + 4


@kernel
def _at(data: NDArray[np.uint8], i: int) -> int:
    """Return a byte; past the end 0, which JSON has nowhere."""
    return np.int64(data[i]) if i < len(data) else 0


@kernel
def _skip(data: NDArray[np.uint8], i: int) -> int:
    """Return where something other than blanks stands; a line end is no blank."""
    while i < len(data) and (data[i] == SPACE or data[i] == TAB or data[i] == RETURN):
        i += 1
    return i


@kernel
def _same(
    data: NDArray[np.uint8], begin: int, end: int, other: NDArray[np.uint8], other_begin: int, other_end: int
) -> bool:
    if end - begin != other_end - other_begin:
        return False
    for k in range(end - begin):
        if data[begin + k] != other[other_begin + k]:
            return False
    return True


@kernel
def _end_of_string(data: NDArray[np.uint8], i: int) -> Any:
    """Return where the quotation mark behind a string stands, or ``ODD``, and whether there are escapes before."""
    size, address = len(data), data.ctypes.data
    escaped = False
    while True:
        if i + LANES <= size:
            more = lowest_bit(find_marks(address + i))
            i += more
            if more == LANES:
                continue
        else:
            while i < size and data[i] >= SPACE and data[i] != QUOTE and data[i] != BACKSLASH:
                i += 1
            if i == size:
                return ODD, escaped
        if data[i] == QUOTE:
            return i, escaped
        while data[i] == BACKSLASH:
            i = _end_of_escape(data, i)
            if i < 0 or i >= size:
                return ODD, escaped
            escaped = True
        if data[i] < SPACE:
            return ODD, escaped


@kernel
def _end_of_escape(data: NDArray[np.uint8], i: int) -> int:
    """Return where an escape ends, or ``ODD``: of NUL, and of half a pair of surrogates."""
    letter = _at(data, i + 1)
    if letter != LETTER_U:
        return i + 2 if letter < 128 and SIMPLE[letter] else ODD
    point = _hex(data, i + 2)
    if point <= 0 or 0xDC00 <= point < 0xE000:
        return ODD
    if point < 0xD800 or point >= 0xE000:
        return i + 6
    if _at(data, i + 6) != BACKSLASH or _at(data, i + 7) != LETTER_U:
        return ODD
    other = _hex(data, i + 8)
    return i + 12 if 0xDC00 <= other < 0xE000 else ODD


@kernel
def _hex(data: NDArray[np.uint8], i: int) -> int:
    """Return the number of four hexadecimal digits, or ``ODD``."""
    if i + 4 > len(data):
        return ODD
    number = 0
    for k in range(4):
        digit = np.int64(HEX[data[i + k]])
        if digit > 15:
            return ODD
        number = number * 16 + digit
    return number


@kernel
def _end_of_value(data: NDArray[np.uint8], i: int) -> Any:
    """Return where a value that is no string ends, or ``ODD``, and what it is."""
    sign = _at(data, i)
    if sign == OPEN or sign == BRACE:
        return _end_of_nested(data, i), OTHER
    return _end_of_plain(data, i)


@kernel
def _end_of_plain(data: NDArray[np.uint8], i: int) -> Any:
    """Return where a number, null, true or false ends, or ``ODD``, and what it is."""
    if _same(data, i, min(i + 4, len(data)), WORDS, 0, 4):
        return i + 4, NULL
    if _same(data, i, min(i + 4, len(data)), WORDS, 4, 8):
        return i + 4, TRUE
    if _same(data, i, min(i + 5, len(data)), WORDS, 8, 13):
        return i + 5, FALSE
    begin, kind = i, INTEGER
    if _at(data, i) == MINUS:
        i += 1
    lead, whole = _at(data, i), i
    i = _end_of_digits(data, i)
    if i == whole or (lead == ZERO and i > whole + 1):
        return ODD, OTHER
    if i - whole > DIGITS or (lead == ZERO and whole > begin):
        kind = OTHER
    if _at(data, i) == DOT:
        kind, begin = OTHER, i + 1
        i = _end_of_digits(data, begin)
        if i == begin:
            return ODD, OTHER
    if _at(data, i) | 32 == LETTER_E:
        kind, begin = OTHER, i + 1
        if _at(data, begin) == PLUS or _at(data, begin) == MINUS:
            begin += 1
        i = _end_of_digits(data, begin)
        if i == begin:
            return ODD, OTHER
    return i, kind


@kernel
def _end_of_digits(data: NDArray[np.uint8], i: int) -> int:
    while i < len(data) and ZERO <= data[i] <= NINE:
        i += 1
    return i


@kernel
def _end_of_nested(data: NDArray[np.uint8], i: int) -> int:
    """Return where an array or an object ends, or ``ODD``."""
    objects = np.zeros(DEPTH, np.bool_)
    objects[0] = data[i] == BRACE
    depth, fresh = 1, True  # fresh: nothing stands in the innermost yet
    i = _skip(data, i + 1)
    while True:
        sign, inner = _at(data, i), objects[depth - 1]
        if sign == (END if inner else CLOSE) and fresh:
            i += 1
        else:
            if inner:
                if sign != QUOTE:
                    return ODD
                end, _ = _end_of_string(data, i + 1)
                if end < 0:
                    return ODD
                i = _skip(data, end + 1)
                if _at(data, i) != COLON:
                    return ODD
                i = _skip(data, i + 1)
                sign = _at(data, i)
            if sign == OPEN or sign == BRACE:
                if depth == DEPTH:
                    return ODD
                objects[depth] = sign == BRACE
                depth, fresh = depth + 1, True
                i = _skip(data, i + 1)
                continue
            if sign == QUOTE:
                end, _ = _end_of_string(data, i + 1)
                i = end + 1
            else:
                end, _ = _end_of_plain(data, i)
                i = end
            if end < 0:
                return ODD
            depth += 1  # as if the value were one of them that ends here
        while True:  # a value has ended
            depth -= 1
            if depth == 0:
                return i
            i = _skip(data, i)
            sign = _at(data, i)
            if sign == COMMA:
                i = _skip(data, i + 1)
                fresh = False
                break
            if sign != (END if objects[depth - 1] else CLOSE):
                return ODD
            i += 1
