"""Sort by a key of 64 bits what travels with it: by the highest byte first, then from the lowest in cached parts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

BUCKETS = 256
BYTE, TOP, LAST = np.uint64(8), np.uint64(56), np.uint64(255)
FEW = 24  # keys that are sorted by inserting them


@kernel
def sort_with(keys: NDArray[np.uint64], values: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Return the keys, ascending, and the values beside them; what has one key stays in order."""
    size = len(keys)
    edge = np.zeros(BUCKETS + 1, np.int64)
    for key in keys:
        edge[(key >> TOP) + np.uint64(1)] += 1
    for bucket in range(BUCKETS):
        edge[bucket + 1] += edge[bucket]
    room = edge[:-1].copy()
    left_keys, left_values = np.empty(size, np.uint64), np.empty(size, np.uint32)
    right_keys, right_values = np.empty(size, np.uint64), np.empty(size, np.uint32)
    for i in range(size):
        bucket = keys[i] >> TOP
        left_keys[room[bucket]], left_values[room[bucket]] = keys[i], values[i]
        room[bucket] += 1
    counts = np.empty((7, BUCKETS), np.int64)
    for part in range(BUCKETS):
        low, high = edge[part], edge[part + 1]
        if high - low <= FEW:
            for i in range(low, high):
                key, value = left_keys[i], left_values[i]
                at = i
                while at > low and right_keys[at - 1] > key:
                    right_keys[at], right_values[at] = right_keys[at - 1], right_values[at - 1]
                    at -= 1
                right_keys[at], right_values[at] = key, value
            continue
        counts[:] = 0
        for i in range(low, high):
            rest = left_keys[i]
            for turn in range(7):
                counts[turn, rest & LAST] += 1
                rest >>= BYTE
        for turn in range(7):  # an odd number: the last writes to the right
            shift = np.uint64(turn) * BYTE
            before = low
            for bucket in range(BUCKETS):
                room[bucket], before = before, before + counts[turn, bucket]
            if turn % 2 == 0:
                for i in range(low, high):
                    bucket = (left_keys[i] >> shift) & LAST
                    right_keys[room[bucket]], right_values[room[bucket]] = left_keys[i], left_values[i]
                    room[bucket] += 1
            else:
                for i in range(low, high):
                    bucket = (right_keys[i] >> shift) & LAST
                    left_keys[room[bucket]], left_values[room[bucket]] = right_keys[i], right_values[i]
                    room[bucket] += 1
    return right_keys, right_values


@kernel
def least_of_each(
    keys: NDArray[np.uint64], values: NDArray[np.uint32]
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Return the distinct keys, of keys that ascend, and the least value beside each."""
    kept, least = np.empty(len(keys), np.uint64), np.empty(len(keys), np.uint32)
    n = 0
    for i in range(len(keys)):
        if n and keys[i] == kept[n - 1]:
            least[n - 1] = min(least[n - 1], values[i])
        else:
            kept[n], least[n] = keys[i], values[i]
            n += 1
    return kept[:n].copy(), least[:n].copy()
