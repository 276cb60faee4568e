"""JSON Lines: where the values of objects stand in the bytes.

Only what is plain is read: one object a line, each name once, everything as JSON wants it. Whatever else comes, the
whole is left to whoever reads JSON by the rules.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.strings import (
    ABSENT,
    ESCAPED,
    FALSE,
    INTEGER,
    NULL,
    ODD,
    OTHER,
    QUOTE,
    SPACE,
    STRING,
    TRUE,
    byte_at,
    end_of_string,
)

FULL = -2  # instead of a number of objects: there is no room for all
NAMES = 64  # of an object that are remembered for the next
DEPTH = 64  # of arrays and objects in a value
DIGITS = 18  # of an integer of 64 bits, at least
TAB, NEWLINE, RETURN, LETTER_E = 9, 10, 13, 101
PLUS, COMMA, MINUS, DOT, ZERO, NINE, COLON, OPEN, CLOSE, BRACE, END = 43, 44, 45, 46, 48, 57, 58, 91, 93, 123, 125
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
    """Write where the values of some names stand, and what they are; return how many objects there are.

    Or ``ODD``, or ``FULL``.

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
        if sign in (SPACE, TAB, RETURN):
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
        while byte_at(data, i) != END or place:
            if byte_at(data, i) != QUOTE:
                return ODD
            end, escaped = end_of_string(data, i + 1)
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
            if byte_at(data, i) != COLON:
                return ODD
            i = _skip(data, i + 1)
            begin = i
            if byte_at(data, i) == QUOTE:
                end, escaped = end_of_string(data, i + 1)
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
            sign = byte_at(data, i)
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
    differing = 0
    for k in range(end - begin):
        differing |= data[begin + k] ^ other[other_begin + k]
    return differing == 0


@kernel
def _end_of_value(data: NDArray[np.uint8], i: int) -> Any:
    """Return where a value that is no string ends, or ``ODD``, and what it is."""
    sign = byte_at(data, i)
    if sign in (OPEN, BRACE):
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
    if byte_at(data, i) == MINUS:
        i += 1
    lead, whole = byte_at(data, i), i
    i = _end_of_digits(data, i)
    if i == whole or (lead == ZERO and i > whole + 1):
        return ODD, OTHER
    if i - whole > DIGITS or (lead == ZERO and whole > begin):
        kind = OTHER
    if byte_at(data, i) == DOT:
        kind, begin = OTHER, i + 1
        i = _end_of_digits(data, begin)
        if i == begin:
            return ODD, OTHER
    if byte_at(data, i) | 32 == LETTER_E:
        kind, begin = OTHER, i + 1
        if byte_at(data, begin) == PLUS or byte_at(data, begin) == MINUS:
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
        sign, inner = byte_at(data, i), objects[depth - 1]
        if sign == (END if inner else CLOSE) and fresh:
            i += 1
        else:
            if inner:
                if sign != QUOTE:
                    return ODD
                end, _ = end_of_string(data, i + 1)
                if end < 0:
                    return ODD
                i = _skip(data, end + 1)
                if byte_at(data, i) != COLON:
                    return ODD
                i = _skip(data, i + 1)
                sign = byte_at(data, i)
            if sign in (OPEN, BRACE):
                if depth == DEPTH:
                    return ODD
                objects[depth] = sign == BRACE
                depth, fresh = depth + 1, True
                i = _skip(data, i + 1)
                continue
            if sign == QUOTE:
                end, _ = end_of_string(data, i + 1)
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
            sign = byte_at(data, i)
            if sign == COMMA:
                i = _skip(data, i + 1)
                fresh = False
                break
            if sign != (END if objects[depth - 1] else CLOSE):
                return ODD
            i += 1
