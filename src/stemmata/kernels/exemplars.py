"""Which two texts a third was copied from, by turns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel


@kernel
def best_two(
    own: NDArray[np.int32],
    read: NDArray[np.int32],
    allowed: NDArray[np.int64],
    first: NDArray[np.int64],
    weight: NDArray[np.int32],
    change: int,
) -> tuple[int, int, np.int64]:
    """Return the two nodes that tell best what a text reads, and the weight of what they leave and of going over.

    One of the two is among ``first``, the other among ``allowed``; ``change`` is the price of going over once. Of equal
    pairs the first. Where no reading is known the nodes are -1.
    """
    known = np.flatnonzero(own >= 0)
    best_a, best_b, least = -1, -1, np.int64(2**62)
    for a in first:
        for b in allowed:
            if a == b:
                continue
            on_a, on_b = np.int64(0), np.int64(0)  # the least so far, with a or b as the exemplar at this place
            for j in known:
                here_a = weight[j] if read[a, j] != own[j] else 0
                here_b = weight[j] if read[b, j] != own[j] else 0
                on_a, on_b = min(on_a, on_b + change) + here_a, min(on_b, on_a + change) + here_b
                if min(on_a, on_b) >= least:
                    break
            if min(on_a, on_b) < least:
                best_a, best_b, least = a, b, min(on_a, on_b)
    return best_a, best_b, least
