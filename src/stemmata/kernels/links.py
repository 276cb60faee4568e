"""Documents that share a key: every pair of a small group; in a large one, neighbours and the first few."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel


@kernel
def link_groups(
    first: NDArray[np.int64], members: NDArray[np.int32], cap: int, neighbours: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """Return the linked pairs (i, j) and the group of each.

    Group g holds ``members[first[g]:first[g + 1]]``, distinct and ascending. Past ``cap`` members each is
    linked to its next ``neighbours`` only, and to as many at the beginning of the group: that keeps the group
    connected, and each with those from which all may derive, at linear cost.
    """
    count = 0
    for keep in range(2):
        if keep:
            left, right = np.empty(count, np.int32), np.empty(count, np.int32)
            group = np.empty(count, np.int64)
            count = 0
        for g in range(len(first) - 1):
            size = first[g + 1] - first[g]
            reach = size if size <= cap else neighbours
            for x in range(first[g], first[g + 1]):
                for y in range(x + 1, min(first[g + 1], x + 1 + reach)):
                    if keep:
                        left[count], right[count], group[count] = members[x], members[y], g
                    count += 1
                for y in range(first[g], min(first[g] + neighbours, x - reach)):
                    if keep:
                        left[count], right[count], group[count] = members[y], members[x], g
                    count += 1
    return left, right, group
