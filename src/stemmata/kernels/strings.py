"""Strings of JSON: where they end in the bytes, and their text without escapes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.lanes import LANES, copy_bytes, find_escapes, find_marks, lowest_bit

ABSENT, NULL, STRING, ESCAPED, TRUE, FALSE, INTEGER, OTHER = range(8)  # what a value is
ODD = -1  # instead of a place: something else than is read here
SPACE, QUOTE, BACKSLASH, LETTER_U = 32, 34, 92, 117
SIMPLE = np.zeros(128, np.uint8)  # what a letter behind a backslash stands for
SIMPLE[[ord(letter) for letter in '"\\/bfnrt']] = [ord(sign) for sign in '"\\/\b\f\n\r\t']
HEX = np.full(256, 255, np.uint8)
HEX[[ord(digit) for digit in "0123456789abcdefABCDEF"]] = [int(digit, 16) for digit in "0123456789abcdefABCDEF"]


@kernel
def end_of_string(data: NDArray[np.uint8], i: int) -> Any:
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
    letter = byte_at(data, i + 1)
    if letter != LETTER_U:
        return i + 2 if letter < 128 and SIMPLE[letter] else ODD
    point = _hex(data, i + 2)
    if point <= 0 or 0xDC00 <= point < 0xE000:
        return ODD
    if point < 0xD800 or point >= 0xE000:
        return i + 6
    if byte_at(data, i + 6) != BACKSLASH or byte_at(data, i + 7) != LETTER_U:
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
        digit = int(HEX[data[i + k]])
        if digit > 15:
            return ODD
        number = number * 16 + digit
    return number


@kernel
def byte_at(data: NDArray[np.uint8], i: int) -> int:
    """Return a byte; past the end 0, which JSON has nowhere."""
    return int(data[i]) if i < len(data) else 0


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
