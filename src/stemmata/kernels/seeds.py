"""Where to begin: cells of a coarse grid over two texts that share more rare words than chance.

Each cell covers ``CELL`` x ``CELL`` words. A shared word type adds -ln of the probability that it meets there
by chance, once to a cell; sums over 2 x 2 cells above a threshold are seeds. Where the grid would have more
than ``DENSE`` cells, words are replaced by word triples that are rare in both texts, and cells are kept in a
sorted list: long texts need their copies to keep a phrase here and there, and memory stays linear.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.postings import postings

CELL = 16
CAP = 5.0  # no single word counts for more
DENSE = 6_000_000
RARE = 16  # a triple that stands more often in a text is no seed


@kernel
def seed_cells(
    first_a: NDArray[np.int32],
    places_a: NDArray[np.int32],
    first_b: NDArray[np.int32],
    places_b: NDArray[np.int32],
    frequency: NDArray[np.float64],
    threshold: float,
) -> tuple[NDArray[np.int64], NDArray[np.float64], int]:
    """Return the keys (row x columns + column) and scores of the seed cells, in order of key, and ``columns``."""
    rows = len(places_a) // CELL + 1
    columns = len(places_b) // CELL + 1
    grid = np.zeros((rows + 1, columns + 1), np.float64)
    last = np.full((rows, columns), -1, np.int32)
    for t in range(len(frequency)):
        if first_a[t] == first_a[t + 1] or first_b[t] == first_b[t + 1]:
            continue
        weight = min(CAP, -np.log(1.0 - np.exp(-2.0 * CELL * frequency[t])))
        if weight < 1.0:
            continue
        for x in range(first_a[t], first_a[t + 1]):
            row = places_a[x] // CELL
            for y in range(first_b[t], first_b[t + 1]):
                column = places_b[y] // CELL
                if last[row, column] != t:
                    last[row, column] = t
                    grid[row, column] += weight
    count = 0
    for keep in range(2):
        if keep:
            keys = np.empty(count, np.int64)
            scores = np.empty(count, np.float64)
            count = 0
        for row in range(rows):
            for column in range(columns):
                score = grid[row, column] + grid[row + 1, column]
                score += grid[row, column + 1] + grid[row + 1, column + 1]
                if score > threshold:
                    if keep:
                        keys[count] = row * columns + column
                        scores[count] = score
                    count += 1
    return keys, scores, columns


@kernel
def triple_cells(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    triples_a: NDArray[np.int32],
    triples_b: NDArray[np.int32],
    types: int,
    frequency: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64], int]:
    """Return one (key, score) for every meeting of a rare triple, and ``columns``; equal keys are to be added.

    ``triples_a[i]`` is the type of the triple that begins at word i of ``a``.
    """
    columns = len(b) // CELL + 2  # the last is empty, so that the key after a row's end is no neighbour
    first_a, places_a = postings(triples_a, types)
    first_b, places_b = postings(triples_b, types)
    count = 0
    for t in range(types):
        in_a, in_b = first_a[t + 1] - first_a[t], first_b[t + 1] - first_b[t]
        if in_a <= RARE and in_b <= RARE:
            count += in_a * in_b
    keys = np.empty(count, np.int64)
    scores = np.empty(count, np.float64)
    count = 0
    for t in range(types):
        in_a, in_b = first_a[t + 1] - first_a[t], first_b[t + 1] - first_b[t]
        if in_a > RARE or in_b > RARE:
            continue
        for x in range(first_a[t], first_a[t + 1]):
            i = places_a[x]
            weight = 0.0
            for k in range(3):
                weight += min(CAP, -np.log(1.0 - np.exp(-2.0 * CELL * frequency[a[i + k]])))
            for y in range(first_b[t], first_b[t + 1]):
                keys[count] = (i // CELL) * columns + places_b[y] // CELL
                scores[count] = weight
                count += 1
    return keys, scores, columns
