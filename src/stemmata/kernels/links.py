"""Documents that share a key: every pair of a small group; in a large one, neighbours and the first few."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import inlined, kernel

WEIGHT = 3  # bits of a link that say how much it weighs
RIVALS, EIGHTHS = 7, 8
RARE, SELDOM, COMMON = 4, 8, 16  # documents with a key, up to which it weighs most, less, and less again


@inlined
def weigh(documents: int, cap: int) -> int:
    """Return what it says of two documents that they share a key which so many have: 6 to 2."""
    if documents > cap:
        return 2
    return 6 if documents <= RARE else 5 if documents <= SELDOM else 4 if documents <= COMMON else 3


@kernel
def pack_postings(
    hashes: NDArray[np.uint64],
    document: NDArray[np.int32],
    age: NDArray[np.int32],
    view: NDArray[np.int8],
    wanted: NDArray[np.bool_],
    bits: int,
    keys: NDArray[np.uint64],
) -> int:
    """Write the highest bits of each hash with the age of its document in the lowest ``bits``, and count them.

    Left out: documents of an age below 0, and views that are not ``wanted``.
    """
    low = (np.uint64(1) << np.uint64(bits)) - np.uint64(1)
    count = np.uint64(0)
    for i in range(len(hashes)):
        at = age[document[i]]
        keys[count] = (hashes[i] & ~low) | np.uint64(max(at, 0))
        count += np.uint64(at >= 0 and wanted[view[i]])
    return int(count)


@kernel
def shared_keys(keys: NDArray[np.uint64], bits: int) -> int:
    """Move to the front, of ascending keys, those that two documents share, each document once; return how many."""
    shift = np.uint64(bits)
    count = 0
    begin = 0
    size = len(keys)
    while begin < size:
        at = count
        head = keys[begin]
        keys[at] = head
        held = 1
        end = begin + 1
        while end < size and keys[end] >> shift == head >> shift:
            if keys[end] != keys[at + held - 1]:
                keys[at + held] = keys[end]
                held += 1
            end += 1
        if held > 1:
            count += held
        begin = end
    return count


@kernel
def count_links(keys: NDArray[np.uint64], bits: int, cap: int, neighbours: int, links: NDArray[np.int64]) -> int:
    """Add to ``links`` how many younger documents ``link_documents`` links each to; return the groups past ``cap``."""
    shift = np.uint64(bits)
    low = (np.uint64(1) << shift) - np.uint64(1)
    large = 0
    begin = 0
    while begin < len(keys):
        end = begin + 1
        while end < len(keys) and keys[end] >> shift == keys[begin] >> shift:
            end += 1
        size = end - begin
        large += size > cap
        for x in range(begin, end):
            reach = end - x - 1
            if size > cap and x - begin >= neighbours:
                reach = min(reach, neighbours)
            links[keys[x] & low] += reach
        begin = end
    return large


@kernel
def common_share(keys: NDArray[np.uint64], bits: int, documents: int) -> NDArray[np.int64]:
    """Return how near each document is to what most have: for each of its keys how many have it, less how many do not.

    Those who may have a key are as many as share the commonest keys of the document, but for an eighth of them, which
    may be a line that other texts have as well. ``keys`` ascend; a key that stands several times in a document counts
    once.
    """
    shift = np.uint64(bits)
    low = (np.uint64(1) << shift) - np.uint64(1)
    first = np.zeros(documents + 1, np.int64)
    for x in range(len(keys)):
        first[np.int64(keys[x] & low) + 1] += x == 0 or keys[x] != keys[x - 1]
    first = np.cumsum(first)
    end_of, sizes = first[:-1].copy(), np.empty(first[-1], np.int64)
    begin = 0
    while begin < len(keys):
        end, size = begin + 1, 1
        while end < len(keys) and keys[end] >> shift == keys[begin] >> shift:
            size += keys[end] != keys[end - 1]
            end += 1
        for x in range(begin, end):
            if x == begin or keys[x] != keys[x - 1]:
                document = np.int64(keys[x] & low)
                sizes[end_of[document]] = size
                end_of[document] += 1
        begin = end
    share = np.zeros(documents, np.int64)
    for document in range(documents):
        own = np.sort(sizes[first[document] : first[document + 1]])
        if len(own):
            most = own[(len(own) - 1) * RIVALS // EIGHTHS]
            for size in own:
                share[document] += 2 * min(size, most) - most
    return share


@kernel
def weigh_crowds(
    keys: NDArray[np.uint64], bits: int, cap: int, balance: NDArray[np.int64], crowded: NDArray[np.bool_]
) -> None:
    """Add to ``balance`` of each document how many of its keys more than ``cap`` share, less how many do not.

    ``crowded`` becomes true of documents of which more than ``cap`` share a key. A document is in a crowd that is
    crowded and has a balance of 0 or more: at least half of the keys that it shares are shared by so many.
    """
    shift = np.uint64(bits)
    low = (np.uint64(1) << shift) - np.uint64(1)
    begin = 0
    while begin < len(keys):
        end = begin + 1
        while end < len(keys) and keys[end] >> shift == keys[begin] >> shift:
            end += 1
        step = 1 if end - begin > cap else -1
        for x in range(begin, end):
            document = keys[x] & low
            balance[document] += step
            crowded[document] |= step > 0
        begin = end


@kernel
def link_documents(
    keys: NDArray[np.uint64],
    bits: int,
    cap: int,
    neighbours: int,
    start: int,
    stop: int,
    pairs: NDArray[np.uint64],
) -> None:
    """Write every link of documents ``start`` to ``stop`` to younger ones, once for each key that they share.

    The documents of one key are distinct and ascend. Past ``cap`` of them each is linked to its next ``neighbours``
    only, and the first ``neighbours`` to all: that keeps the group connected, and each with those from which all may
    derive, at linear cost.

    Parameters
    ----------
    keys : uint64 array
        Ascending; the lowest ``bits`` of each are a document.
    pairs : uint64 array
        As long as ``count_links`` says; filled with older << 33 | younger << 3 | what the key weighs.
    """
    shift = np.uint64(bits)
    low = (np.uint64(1) << shift) - np.uint64(1)
    one, up, high = np.uint64(1), np.uint64(WEIGHT), np.uint64(30 + WEIGHT)
    count = np.uint64(0)
    begin = 0
    while begin < len(keys):
        end = begin + 1
        while end < len(keys) and keys[end] >> shift == keys[begin] >> shift:
            end += 1
        large = end - begin > cap
        for x in range(begin, end - 1):
            older = keys[x] & low
            if older < start:
                continue
            if older >= stop:
                break
            last = end
            if large and x - begin >= neighbours:
                last = min(end, x + 1 + neighbours)
            head = older << high | np.uint64(weigh(end - begin, cap))
            for y in range(x + 1, last):
                pairs[count] = head | (keys[y] & low) << up
                count += one
        begin = end


@kernel
def tally(pairs: NDArray[np.uint64], least: int, weight: NDArray[np.int64]) -> int:
    """Move to the front, of ascending pairs, those whose links weigh ``least`` together, and return how many.

    The weight of a link is cut off its pair. ``weight`` is filled with the sums.
    """
    count = 0
    begin = 0
    up, own = np.uint64(WEIGHT), np.uint64(2**WEIGHT - 1)
    while begin < len(pairs):
        pair = pairs[begin] >> up
        total = 0
        end = begin
        while end < len(pairs) and pairs[end] >> up == pair:
            total += np.int64(pairs[end] & own)
            end += 1
        if total >= least:
            pairs[count], weight[count] = pair, total
            count += 1
        begin = end
    return count
