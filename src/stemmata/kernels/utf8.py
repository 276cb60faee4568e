"""Bytes of text files: line ends, and whether they are UTF-8."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import inlined, kernel
from stemmata.kernels.lanes import LANES, sort_utf8

INVALID, VALID, CUT_OFF = range(3)  # the last: but for a character that is cut off at the end
END_OF_LINE, ASCII, SPACE = 10, 128, 32
STRETCH = 1 << 14  # bytes that are looked through at a time
WIDTH = np.uint64(64)


@kernel
def count_lines(data: NDArray[np.uint8]) -> int:
    """Return how many line ends there are."""
    ends = 0
    for i in range(len(data)):
        ends += data[i] == END_OF_LINE
    return ends


@kernel
def is_utf8(data: NDArray[np.uint8]) -> int:
    """Return whether bytes are UTF-8, as Python decodes it: ``VALID``, ``INVALID`` or ``CUT_OFF``."""
    nothing = np.uint64(0)
    lead = longer = longest = e0 = ed = f0 = f4 = nothing  # of the 64 bytes before
    tail = np.full(LANES, SPACE, np.uint8)
    lacking = nothing
    for start in range(0, len(data), STRETCH):
        end = min(start + STRETCH, len(data))
        for i in range(start, end, LANES):
            count = min(end - i, LANES)
            address = data.ctypes.data + i
            if count < LANES:
                tail[:count] = data[i:end]
                address = tail.ctypes.data
            within, two, three, four, wrong, now_e0, now_ed, now_f0, now_f4, below_a0, below_90 = sort_utf8(address)
            now_lead, now_longer = two | three | four, three | four
            expected = (
                _moved(now_lead, lead, np.uint64(1))
                | _moved(now_longer, longer, np.uint64(2))
                | _moved(four, longest, np.uint64(3))
            )
            wrong |= expected ^ within
            wrong |= _moved(now_e0, e0, np.uint64(1)) & below_a0  # longer than need be
            wrong |= _moved(now_ed, ed, np.uint64(1)) & ~below_a0  # surrogates
            wrong |= _moved(now_f0, f0, np.uint64(1)) & below_90
            wrong |= _moved(now_f4, f4, np.uint64(1)) & ~below_90  # beyond U+10FFFF
            lead, longer, longest, e0, ed, f0, f4 = now_lead, now_longer, four, now_e0, now_ed, now_f0, now_f4
            lacking = _moved(nothing, lead, np.uint64(1)) | _moved(nothing, longer, np.uint64(2))
            lacking |= _moved(nothing, longest, np.uint64(3))
            if count < LANES:
                lacking = expected >> np.uint64(count)
                wrong &= (np.uint64(1) << np.uint64(count)) - np.uint64(1)
            if wrong:
                return INVALID
    return CUT_OFF if lacking else VALID


@inlined
def _moved(bits: Any, before: Any, by: Any) -> Any:
    """Return bits moved up, and behind them those that the 64 bytes before leave over."""
    return (bits << by) | (before >> (WIDTH - by))
