"""Where each word type stands in a text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel


@kernel
def postings(ids: NDArray[np.int32], types: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return ``first`` and ``places``: type t stands at ``places[first[t]:first[t + 1]]``, ascending."""
    first = np.zeros(types + 1, np.int32)
    for t in ids:
        first[t + 1] += 1
    for t in range(types):
        first[t + 1] += first[t]
    places = np.empty(len(ids), np.int32)
    room = first.copy()
    for i in range(len(ids)):
        places[room[ids[i]]] = i
        room[ids[i]] += 1
    return first, places


@kernel
def first_at_least(places: NDArray[np.int32], low: int, high: int, bound: int) -> int:
    """Return the first index in [low, high) whose place is ``bound`` or more; ``high`` where none is."""
    while low < high:
        middle = (low + high) // 2
        if places[middle] < bound:
            low = middle + 1
        else:
            high = middle
    return low
