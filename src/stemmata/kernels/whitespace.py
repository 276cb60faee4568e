"""A hash of each text without its white space, 128 bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

ONE, OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
SPREAD, TWIST = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
TURN, DOWN, STEP = np.uint64(32), np.uint64(29), np.uint64(1)
PLAIN, SPACE, LEAD = 0, 1, 2  # a byte of a text; white space; the first of several that may be white space


def byte_kinds() -> NDArray[np.uint8]:
    """Return what ``hash_bare`` asks of each byte: the white space of Unicode."""
    kinds = np.zeros(256, np.uint8)
    kinds[[*range(0x09, 0x0E), *range(0x1C, 0x21)]] = SPACE
    kinds[[0xC2, 0xE1, 0xE2, 0xE3]] = LEAD
    return kinds


@kernel
def hash_bare(
    data: NDArray[np.uint8],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    most: int,
    digest: NDArray[np.uint64],
    length: NDArray[np.int64],
) -> None:
    """Set the two halves of each text's digest, and its length in code points; white space counts in neither.

    Parameters
    ----------
    kinds : uint8 array
        As ``byte_kinds`` returns them.
    most : int
        How many bytes that are no white space are looked at, from each text's beginning; length is of these.
    digest : uint64 array, two rows
    """
    bare = np.empty(1 << 12, np.uint8)
    for text in range(len(begins)):
        room = min(ends[text] - begins[text], most) + 8
        if len(bare) < room:
            bare = np.empty((room + 7) // 8 * 16, np.uint8)
        size = later = np.uint64(0)
        i, end = np.uint64(begins[text]), np.uint64(ends[text])
        while i < end and size < np.uint64(most):
            byte = data[i]
            kind = kinds[byte]
            i += STEP
            if kind == LEAD:
                rest = end - i
                if byte == 0xC2:
                    if rest >= 1 and (data[i] == 0x85 or data[i] == 0xA0):
                        i += STEP
                        continue
                elif rest >= 2:
                    middle, last = data[i], data[i + STEP]
                    if (
                        (byte == 0xE1 and middle == 0x9A and last == 0x80)
                        or (byte == 0xE3 and middle == 0x80 and last == 0x80)
                        or (
                            byte == 0xE2
                            and (
                                (middle == 0x81 and last == 0x9F)
                                or (middle == 0x80 and (last <= 0x8A or last == 0xA8 or last == 0xA9 or last == 0xAF))
                            )
                        )
                    ):
                        i += STEP + STEP
                        continue
            bare[size] = byte
            size += np.uint64(kind != SPACE)
            later += np.uint64((byte & 0xC0) == 0x80)
        length[text] = size - later
        bare[np.int64(size) : np.int64(size) + 8] = 0
        words = bare.view(np.uint64)
        one, other = ONE ^ np.uint64(size), OTHER + np.uint64(size)
        for k in range((np.int64(size) + 7) // 8):
            value = words[np.uint64(k)]
            one = (one ^ value) * SPREAD
            one ^= one >> TURN
            other = (other + value) * TWIST
            other ^= other >> DOWN
        one *= TWIST
        other *= SPREAD
        digest[0, text] = one ^ (one >> DOWN)
        digest[1, text] = other ^ (other >> TURN)
