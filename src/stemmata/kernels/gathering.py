"""Kept k-grams of several views, gathered document by document."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel


@kernel
def gather_kept(
    hashes: NDArray[np.uint64],
    places: NDArray[np.int32],
    first: NDArray[np.int64],
    n: int,
    bound: NDArray[np.uint64],
    origin: NDArray[np.int64],
    begins: NDArray[np.int64],
    found: NDArray[np.uint64],
    position: NDArray[np.int32],
) -> None:
    """Copy the kept hashes of each document, and their places in it, to where ``begins`` says.

    Parameters
    ----------
    hashes, first, n : arrays and int
        As ``kgrams`` leaves them: the last n - 1 of a document are none.
    places : int32 array
        The place of each k-gram among the words of all documents.
    bound : uint64 array
        The largest hash that each document keeps.
    origin : int64 array
        The first word of each document.
    begins : int64 array
        One for each document.
    """
    one = np.uint64(1)
    for document in range(len(first) - 1):
        at = np.uint64(begins[document])
        most, zero = bound[document], np.int32(origin[document])
        for i in range(np.uint64(first[document]), np.uint64(max(first[document], first[document + 1] - n + 1))):
            value = hashes[np.uint64(i)]
            if value <= most:
                found[at] = value
                position[at] = places[np.uint64(i)] - zero
                at += one


@kernel
def merge_kept(
    hashes: NDArray[np.uint64],
    places: NDArray[np.int32],
    first: NDArray[np.int64],
    bound: NDArray[np.uint64],
    more_hashes: NDArray[np.uint64],
    more_places: NDArray[np.int32],
    more_first: NDArray[np.int64],
    more_bound: NDArray[np.uint64],
    also: NDArray[np.bool_],
    n: int,
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int64]]:
    """Return the kept k-grams of two sequences of each document by place, each once, and where documents begin.

    Of two with one place and different hashes the first sequence's comes first. A document that is not in ``also`` has
    no second sequence. After each document n - 1 places are left free, as ``kgrams`` does.
    """
    room = len(hashes) + len(more_hashes) + n * len(first)
    found, where = np.zeros(room, np.uint64), np.zeros(room, np.int32)
    begins = np.zeros(len(first), np.int64)
    count = 0
    for document in range(len(first) - 1):
        begins[document] = count
        x, y = first[document], more_first[document]
        end, more_end = first[document + 1] - n + 1, more_first[document + 1] - n + 1
        if not also[document]:
            more_end = y
        while x < end or y < more_end:
            if x < end and hashes[x] > bound[document]:
                x += 1
            elif y < more_end and more_hashes[y] > more_bound[document]:
                y += 1
            elif y >= more_end or (x < end and places[x] <= more_places[y]):
                if y < more_end and places[x] == more_places[y] and hashes[x] == more_hashes[y]:
                    y += 1
                found[count], where[count] = hashes[x], places[x]
                count += 1
                x += 1
            else:
                found[count], where[count] = more_hashes[y], more_places[y]
                count += 1
                y += 1
        count += n - 1
    begins[len(first) - 1] = count
    return found[:count], where[:count], begins
