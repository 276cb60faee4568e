"""What samples of hashes share: of two that keep all up to a bound, only hashes up to the lower bound count."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel


@kernel
def order_samples(hashes: NDArray[np.uint64], first: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
    """Sort each document's hashes, keep each once, and set where they end now; they begin where they did."""
    for document in range(len(first) - 1):
        own = hashes[first[document] : first[document + 1]]
        own.sort()
        count = 0
        for value in own:
            if count == 0 or own[count - 1] != value:
                own[count] = value
                count += 1
        ends[document] = first[document] + count


@kernel
def compare_samples(
    hashes: NDArray[np.uint64],
    first: NDArray[np.int64],
    ends: NDArray[np.int64],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    shared: NDArray[np.int64],
    in_left: NDArray[np.int64],
    in_right: NDArray[np.int64],
) -> None:
    """Set how many hashes each pair of samples shares, and how many each side has up to the lower of both largest.

    Parameters
    ----------
    hashes, first, ends : arrays
        As ``order_samples`` leaves them: document d has ``hashes[first[d]:ends[d]]``, ascending.
    """
    for pair in range(len(left)):
        x, y = first[left[pair]], first[right[pair]]
        a, b = x, y
        x_end, y_end = ends[left[pair]], ends[right[pair]]
        count = 0
        while x < x_end and y < y_end:
            one, other = hashes[x], hashes[y]
            count += one == other
            x += one <= other
            y += other <= one
        shared[pair], in_left[pair], in_right[pair] = count, x - a, y - b
