"""Sort by a key of 64 bits what travels with it: a radix sort from the lowest byte, in linear time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

BITS = 8  # more make buckets that no cache holds
ROUNDS = 64 // BITS
BUCKETS = 1 << BITS
LAST = np.uint64(BUCKETS - 1)


@kernel
def sort_with(
    keys: NDArray[np.uint64], values: NDArray[np.uint32]
) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Return the keys, ascending, and the values beside them; what has one key stays in order."""
    size = len(keys)
    counts = np.zeros((ROUNDS, BUCKETS), np.int64)
    for i in range(size):
        rest = keys[i]
        for turn in range(ROUNDS):
            counts[turn, rest & LAST] += 1
            rest >>= np.uint64(BITS)
    to_keys, to_values = np.empty(size, np.uint64), np.empty(size, np.uint32)
    spare_keys, spare_values = np.empty(size, np.uint64), np.empty(size, np.uint32)
    from_keys, from_values = keys, values
    for turn in range(ROUNDS):
        shift = np.uint64(turn * BITS)
        room = np.empty(BUCKETS, np.int64)
        before = 0
        for bucket in range(BUCKETS):
            room[bucket] = before
            before += counts[turn, bucket]
        for i in range(size):
            bucket = (from_keys[i] >> shift) & LAST
            to_keys[room[bucket]] = from_keys[i]
            to_values[room[bucket]] = from_values[i]
            room[bucket] += 1
        if turn:
            from_keys, to_keys = to_keys, from_keys
            from_values, to_values = to_values, from_values
        else:  # what was handed in is not written to
            from_keys, from_values = to_keys, to_values
            to_keys, to_values = spare_keys, spare_values
    return from_keys, from_values
