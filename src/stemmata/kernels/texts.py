"""Texts as bytes: a hash of each, and where code points lie in them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

STEP = np.uint64(0x9E3779B97F4A7C15)
SPREAD = np.uint64(0xBF58476D1CE4E5B9)
SHIFT, BYTE = np.uint64(32), np.uint64(8)


@kernel
def hash_texts(data: NDArray[np.uint8], offsets: NDArray[np.int64], hashes: NDArray[np.uint64]) -> None:
    """Write a hash of the bytes of each text, [offsets[d], offsets[d + 1])."""
    for d in range(len(offsets) - 1):
        low, high = offsets[d], offsets[d + 1]
        found = np.uint64(high - low) * STEP
        i = low
        while i < high:
            eight = np.uint64(0)
            if i + 8 <= high:
                for k in range(8):
                    eight |= np.uint64(data[i + k]) << (np.uint64(k) * BYTE)
            else:
                for k in range(high - i):
                    eight |= np.uint64(data[i + k]) << (np.uint64(k) * BYTE)
            found = (found ^ eight) * SPREAD
            found ^= found >> SHIFT
            i += 8
        found = (found ^ (found >> SHIFT)) * STEP
        hashes[d] = found ^ (found >> SHIFT)


@kernel
def byte_places(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    text: NDArray[np.int64],
    point: NDArray[np.int64],
    places: NDArray[np.int64],
) -> None:
    """Write the byte at which code point ``point[k]`` of text ``text[k]`` begins, or the text ends.

    Rows of one text stand together, points ascending.
    """
    at, seen, before = np.int64(0), np.int64(0), np.int64(-1)
    for k in range(len(text)):
        if text[k] != before:
            before = text[k]
            at, seen = offsets[before], np.int64(0)
        end = offsets[before + 1]
        while seen < point[k] and at < end:
            at += 1
            while at < end and data[at] & 0xC0 == 0x80:
                at += 1
            seen += 1
        places[k] = at
