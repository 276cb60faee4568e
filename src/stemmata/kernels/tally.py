"""How often each key stands in a stream, and where it stood first: an open-addressing table that grows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

STEP = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(32)


@kernel
def tally(
    keys: NDArray[np.uint64], counted: NDArray[np.bool_]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct keys among those that are ``counted``, how often each stands, and its first place.

    They come in the order in which they first stand.
    """
    size = 1 << 12
    slots = np.full(size, -1, np.int32)
    mask = np.uint64(size - 1)
    types = np.empty(size // 2, np.uint64)
    times, places = np.empty(size // 2, np.int64), np.empty(size // 2, np.int64)
    n = 0
    for i in range(len(keys)):
        if not counted[i]:
            continue
        key = keys[i]
        at = ((key * STEP) >> SHIFT) & mask
        while slots[at] >= 0 and types[slots[at]] != key:
            at = (at + np.uint64(1)) & mask
        if slots[at] >= 0:
            times[slots[at]] += 1
            continue
        slots[at] = n
        types[n], times[n], places[n] = key, 1, i
        n += 1
        if 2 * n == size:
            size *= 2
            slots = np.full(size, -1, np.int32)
            mask = np.uint64(size - 1)
            for k in range(n):
                at = ((types[k] * STEP) >> SHIFT) & mask
                while slots[at] >= 0:
                    at = (at + np.uint64(1)) & mask
                slots[at] = k
            more = np.empty(n, np.int64)
            types = np.append(types, more.view(np.uint64))
            times, places = np.append(times, more), np.append(places, more)
    return types[:n], times[:n], places[:n]


@kernel
def add_up(keys: NDArray[np.uint64], shift: np.uint64, counters: NDArray[np.int32]) -> None:
    """Add one to the counter that the high bits of each key name: the counter ``key >> shift``."""
    for key in keys:
        counters[key >> shift] += 1
