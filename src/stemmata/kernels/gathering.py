"""Kept k-grams of several views, gathered document by document."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel


@kernel
def count_kept(keep: NDArray[np.bool_], first: NDArray[np.int64], sizes: NDArray[np.int64]) -> None:
    """Set how many k-grams of each document are kept."""
    for document in range(len(first) - 1):
        count = 0
        for i in range(first[document], first[document + 1]):
            count += keep[i]
        sizes[document] = count


@kernel
def gather_kept(
    hashes: NDArray[np.uint64],
    place: NDArray[np.int32],
    keep: NDArray[np.bool_],
    first: NDArray[np.int64],
    origin: NDArray[np.int64],
    begins: NDArray[np.int64],
    found: NDArray[np.uint64],
    position: NDArray[np.int32],
) -> None:
    """Copy the kept hashes of each document, and their places in it, to where ``begins`` says.

    Parameters
    ----------
    place : int32 array
        The place of each k-gram among the words of all documents.
    origin : int64 array
        The first word of each document.
    begins : int64 array
        One for each document; ``count_kept`` says how much room it needs.
    """
    for document in range(len(first) - 1):
        at = begins[document]
        for i in range(first[document], first[document + 1]):
            if keep[i]:
                found[at] = hashes[i]
                position[at] = place[i] - origin[document]
                at += 1


@kernel
def merge_kept(
    hashes: NDArray[np.uint64],
    place: NDArray[np.int32],
    keep: NDArray[np.bool_],
    first: NDArray[np.int64],
    more_hashes: NDArray[np.uint64],
    more_place: NDArray[np.int32],
    more_keep: NDArray[np.bool_],
    more_first: NDArray[np.int64],
) -> tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.int64]]:
    """Return the kept k-grams of two sequences of the same documents by place, each once, and where documents begin.

    Of two with one place and different hashes the first sequence's comes first.
    """
    room = np.count_nonzero(keep) + np.count_nonzero(more_keep)
    found, where = np.empty(room, np.uint64), np.empty(room, np.int32)
    begins = np.zeros(len(first), np.int64)
    count = 0
    for document in range(len(first) - 1):
        begins[document] = count
        x, y = first[document], more_first[document]
        end, more_end = first[document + 1], more_first[document + 1]
        while x < end or y < more_end:
            if x < end and not keep[x]:
                x += 1
            elif y < more_end and not more_keep[y]:
                y += 1
            elif y >= more_end or (x < end and place[x] <= more_place[y]):
                if y < more_end and place[x] == more_place[y] and hashes[x] == more_hashes[y]:
                    y += 1
                found[count], where[count] = hashes[x], place[x]
                count += 1
                x += 1
            else:
                found[count], where[count] = more_hashes[y], more_place[y]
                count += 1
                y += 1
    begins[len(first) - 1] = count
    return found[:count], where[:count], begins
