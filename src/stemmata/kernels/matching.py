"""Match equal words one to one, strongest context first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.postings import first_at_least

CAP = 5.0
REACH = 6  # words looked at each way along the diagonal
AFTER_MISS = 0.6  # what a match counts after a miss
STEPS = 16  # scores are sorted in steps of 1/16
WINDOW = 2000  # beyond this size a passage is matched near its diagonal only
BLOCK, UNIQUE = 512, 3  # words of a that share a diagonal, and unique words that it takes to place it
OFTEN = 64  # occurrences of one word that are tried


@kernel
def _candidates(
    first_b: NDArray[np.int32],
    places_b: NDArray[np.int32],
    t: int,
    low_place: int,
    high_place: int,
    centre: int,
) -> tuple[int, int]:
    """Return the range of ``places_b`` inside [low_place, high_place), at most OFTEN, about ``centre``."""
    low = first_at_least(places_b, np.int64(first_b[t]), np.int64(first_b[t + 1]), low_place)
    high = first_at_least(places_b, low, np.int64(first_b[t + 1]), high_place)
    if high - low > OFTEN:
        middle = first_at_least(places_b, low, high, centre)
        low = max(low, min(middle - OFTEN // 2, high - OFTEN))
        high = low + OFTEN
    return low, high


@kernel
def _diagonal(
    a: NDArray[np.int32],
    types: int,
    first_b: NDArray[np.int32],
    places_b: NDArray[np.int32],
    a_from: int,
    a_to: int,
    b_from: int,
    b_to: int,
) -> NDArray[np.int64]:
    """Return for each ``BLOCK`` words of a by how many places b runs ahead: the median over words unique to both.

    A block without such words goes on as the one before it.
    """
    count = np.zeros(types, np.int32)
    for i in range(a_from, a_to):
        count[a[i]] += 1
    offset = np.zeros((a_to - a_from) // BLOCK + 1, np.int64)
    ahead = np.empty(BLOCK, np.int64)
    last = b_from - a_from
    for block in range(len(offset)):
        found = 0
        for i in range(a_from + block * BLOCK, min(a_to, a_from + (block + 1) * BLOCK)):
            t = a[i]
            if count[t] == 1 and first_b[t + 1] - first_b[t] == 1 and b_from <= places_b[first_b[t]] < b_to:
                at = found  # kept in order by insertion: numba's own sort costs a second to compile
                while at and ahead[at - 1] > places_b[first_b[t]] - i:
                    ahead[at] = ahead[at - 1]
                    at -= 1
                ahead[at] = places_b[first_b[t]] - i
                found += 1
        if found >= UNIQUE:
            last = ahead[found // 2]
        offset[block] = last
    return offset


@kernel
def match_one_to_one(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    weight: NDArray[np.float64],
    frequency: NDArray[np.float64],
    first_b: NDArray[np.int32],
    places_b: NDArray[np.int32],
    a_from: int,
    a_to: int,
    b_from: int,
    b_to: int,
    partner_a: NDArray[np.int32],
    partner_b: NDArray[np.int32],
    context_a: NDArray[np.float64],
    context_b: NDArray[np.float64],
    strength: NDArray[np.float64],
) -> None:
    """Match equal words of a[a_from:a_to] and b[b_from:b_to].

    The context of a candidate is the summed ``weight`` of matching words up to ``REACH`` words each way,
    bridging single insertions and deletions, up to the third miss. ``partner`` is -1 for unmatched words;
    ``context`` as ``evidence.matched_evidence`` wants it; ``strength`` is the winning context's sum, by words
    of a.
    """
    for i in range(a_from, a_to):
        partner_a[i] = -1
        context_a[i] = 1.0
    for j in range(b_from, b_to):
        partner_b[j] = -1
        context_b[j] = 1.0
    wide = max(a_to - a_from, b_to - b_from) > 2 * WINDOW
    offset = _diagonal(a, len(weight), first_b, places_b, a_from, a_to, b_from, b_to)
    count = 0
    for fill in range(2):
        if fill:
            place_i = np.empty(count, np.int32)
            place_j = np.empty(count, np.int32)
            score = np.empty(count, np.float64)
            rarest = np.empty(count, np.float64)
            count = 0
        for i in range(a_from, a_to):
            centre = i + offset[(i - a_from) // BLOCK]
            low_place, high_place = b_from, b_to
            if wide:
                low_place, high_place = max(b_from, centre - WINDOW), min(b_to, centre + WINDOW)
            low, high = _candidates(first_b, places_b, a[i], low_place, high_place, centre)
            if not fill:
                count += high - low
                continue
            for k in range(low, high):
                j = places_b[k]
                total = 0.0
                near = 1.0
                for side in (-1, 1):
                    at_i, at_j, misses = i, j, 0
                    for d in range(1, REACH + 1):
                        at_i += side
                        at_j += side
                        if at_i < 0 or at_j < 0 or at_i >= len(a) or at_j >= len(b):
                            break
                        if a[at_i] == b[at_j]:
                            total += weight[a[at_i]] * (1.0 if misses == 0 else AFTER_MISS)
                            if d <= 2:
                                near = min(near, frequency[a[at_i]])
                            continue
                        if 0 <= at_j + side < len(b) and a[at_i] == b[at_j + side]:
                            bridged = a[at_i]
                            at_j += side
                        elif 0 <= at_i + side < len(a) and a[at_i + side] == b[at_j]:
                            bridged = b[at_j]
                            at_i += side
                        else:
                            bridged = -1
                        if bridged >= 0:
                            total += weight[bridged] * AFTER_MISS
                            if d == 1:
                                near = min(near, frequency[bridged])
                        misses += 1
                        if misses > 2:
                            break
                place_i[count], place_j[count], score[count], rarest[count] = i, j, total, near
                count += 1
    # counting sort by falling score; stable, so ties go to the earlier place
    buckets = int(2 * REACH * CAP * STEPS) + 2
    begin = np.zeros(buckets + 1, np.int64)
    for k in range(count):
        begin[buckets - 1 - min(buckets - 1, int(score[k] * STEPS)) + 1] += 1
    for k in range(buckets):
        begin[k + 1] += begin[k]
    order = np.empty(count, np.int64)
    for k in range(count):
        bucket = buckets - 1 - min(buckets - 1, int(score[k] * STEPS))
        order[begin[bucket]] = k
        begin[bucket] += 1
    for k in order:
        i, j = place_i[k], place_j[k]
        if partner_a[i] < 0 and partner_b[j] < 0:
            partner_a[i], partner_b[j] = j, i
            context_a[i] = context_b[j] = rarest[k]
            strength[i] = score[k]
