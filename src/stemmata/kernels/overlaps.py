"""Distinct hashes that two documents share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

TAKEN = np.uint64(1)  # set in every hash that is held, so that 0 is a free place
HALF = np.uint64(32)


@kernel
def count_shared(
    hashes: NDArray[np.uint64],
    first: NDArray[np.int64],
    n: int,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    distinct: NDArray[np.int64],
    shared: NDArray[np.int64],
) -> None:
    """Set how many distinct k-grams each document has, and how many each pair (left, right) shares.

    Fastest where pairs with the same ``left`` stand together: its hashes are laid into a table once.

    Parameters
    ----------
    hashes, first, n : arrays and int
        As ``kgrams`` leaves them: the last n - 1 of a document are none.
    distinct : int64 array, one for each document
        Set for those that stand in pairs.
    """
    longest = 0
    for document in range(len(first) - 1):
        longest = max(longest, first[document + 1] - first[document])
    room = 64
    while room < 2 * longest:
        room *= 2
    table = np.zeros(room, np.uint64)
    seen = np.zeros(room, np.int64)  # the pair in which a hash was last met
    own = np.zeros(room, np.uint64)
    distinct[:] = -1
    now = -1
    mask = np.uint64(0)
    step = np.uint64(1)
    for pair in range(len(left)):
        for side in range(2):
            document = left[pair] if side == 0 else right[pair]
            begin, end = first[document], max(first[document], first[document + 1] - n + 1)
            fresh = side == 0 and document != now
            if not fresh and distinct[document] >= 0:
                continue
            size = 64
            while size < 2 * (end - begin):
                size *= 2
            places = table if side == 0 else own
            places[:size] = 0
            bound = np.uint64(size - 1)
            count = 0
            for i in range(begin, end):
                value = hashes[np.uint64(i)] | TAKEN
                at = (value >> HALF) & bound
                while places[at] != 0 and places[at] != value:
                    at = (at + step) & bound
                count += places[at] == 0
                places[at] = value
            distinct[document] = count
            if side == 0:
                seen[:size] = -1
                now, mask = document, bound
        other = right[pair]
        count = 0
        for i in range(first[other], first[other + 1] - n + 1):
            value = hashes[np.uint64(i)] | TAKEN
            at = (value >> HALF) & mask
            while table[at] != 0 and table[at] != value:
                at = (at + step) & mask
            if table[at] != 0 and seen[at] != pair:
                seen[at] = pair
                count += 1
        shared[pair] = count
