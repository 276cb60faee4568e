"""A profile of witnesses: places in order, and what is read at each, to which a witness is added or taken out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.anchors import NOWHERE


@kernel
def shares(
    order: NDArray[np.int32],
    held: NDArray[np.int32],
    starts: NDArray[np.int32],
    stops: NDArray[np.int32],
    rank: NDArray[np.int32],
    share: NDArray[np.float64],
) -> None:
    """Set the rank of each place, and by rank the share of the witnesses that reach it which have a word there.

    A witness reaches the places from its first word to its last: ``starts`` and ``stops`` count those by place.
    """
    reach = 0
    for r in range(len(order)):
        place = order[r]
        rank[place] = r
        reach += starts[place]
        share[r] = min(1.0, held[place] / max(1, reach))
        reach -= stops[place]


@kernel
def add_witness(
    x: NDArray[np.int32],
    at: NDArray[np.int32],
    aside: NDArray[np.bool_],
    order: NDArray[np.int32],
    size: int,
    places: int,
    readings: int,
    held: NDArray[np.int32],
    head: NDArray[np.int32],
    after: NDArray[np.int32],
    kind: NDArray[np.int32],
    count: NDArray[np.int32],
    starts: NDArray[np.int32],
    stops: NDArray[np.int32],
    where: NDArray[np.int32],
) -> tuple[int, int, int]:
    """Put the words of a witness into the places at their ranks, and make places for those that are nowhere.

    A new place comes right before that of the next word of the witness; after its last, right behind.

    Parameters
    ----------
    order : int32 array
        The places by rank; those that there are, and room for others.
    size, places, readings : int
        How many places are in order, how many were ever made, how many readings.
    where : int32 array
        Set to the place of each word.

    Returns
    -------
    size, places, readings
    """
    new = 0
    behind = np.empty(len(x), np.int32)
    next_rank = NOWHERE
    for i in range(len(x) - 1, -1, -1):
        if at[i] == NOWHERE:
            behind[i] = next_rank
            new += 1
        elif not aside[i]:
            next_rank = at[i]
    last = size  # of words behind the last that has a rank
    for i in range(len(x) - 1, -1, -1):
        if at[i] != NOWHERE and not aside[i]:
            last = at[i] + 1
            break
    for i in range(len(x)):
        where[i] = order[at[i]] if at[i] != NOWHERE else NOWHERE
        if at[i] == NOWHERE and behind[i] == NOWHERE:
            behind[i] = last
    read, write = size - 1, size + new - 1
    for i in range(len(x) - 1, -1, -1):
        if at[i] == NOWHERE:
            while read >= behind[i]:
                order[write] = order[read]
                read -= 1
                write -= 1
            where[i] = order[write] = places
            head[places] = NOWHERE
            places += 1
            write -= 1
    first, final = NOWHERE, NOWHERE
    for i in range(len(x)):
        place = where[i]
        held[place] += 1
        if not aside[i]:
            first = place if first == NOWHERE else first
            final = place
        reading, before = head[place], NOWHERE
        while reading != NOWHERE and kind[reading] != x[i]:
            before, reading = reading, after[reading]
        if reading == NOWHERE:
            reading = readings
            readings += 1
            kind[reading], count[reading], after[reading] = x[i], 0, NOWHERE
            if before == NOWHERE:
                head[place] = reading
            else:
                after[before] = reading
        count[reading] += 1
    if first != NOWHERE:
        starts[first] += 1
        stops[final] += 1
    return size + new, places, readings


@kernel
def take_out(
    x: NDArray[np.int32],
    where: NDArray[np.int32],
    aside: NDArray[np.bool_],
    order: NDArray[np.int32],
    size: int,
    held: NDArray[np.int32],
    head: NDArray[np.int32],
    after: NDArray[np.int32],
    kind: NDArray[np.int32],
    count: NDArray[np.int32],
    starts: NDArray[np.int32],
    stops: NDArray[np.int32],
) -> int:
    """Take the words of a witness out of their places, and places that nobody has any more out of order.

    Returns
    -------
    size
        How many places are left in order.
    """
    first, final = NOWHERE, NOWHERE
    for i in range(len(x)):
        place = where[i]
        held[place] -= 1
        if not aside[i]:
            first = place if first == NOWHERE else first
            final = place
        reading = head[place]
        while kind[reading] != x[i]:
            reading = after[reading]
        count[reading] -= 1
    if first != NOWHERE:
        starts[first] -= 1
        stops[final] -= 1
    left = 0
    for r in range(size):
        if held[order[r]] > 0:
            order[left] = order[r]
            left += 1
    return left
