"""What of a collation tells who copied whom."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING, OMISSION, Codes, Collation

UNIT = 1000  # parts in which a change is counted: whole numbers add up alike in any order
MOST = 64  # readings of a place that are told apart: a bit for each


class Evidence(NamedTuple):
    """What different witnesses read, at places where they differ.

    Parameters
    ----------
    codes : int32 array of shape (witnesses, places)
        The number of each reading; ``MISSING`` where it is not known.
    states : int32 array
        For each place how many readings it has.
    weight : int32 array
        What a change counts there, in parts of ``UNIT``.
    share : int32 array of shape (places, most readings)
        How many witnesses have each reading.
    original : int32 array of shape (places, most readings)
        The number that each reading had before.
    """

    codes: Codes
    states: NDArray[np.int32]
    weight: NDArray[np.int32]
    share: NDArray[np.int32]
    original: NDArray[np.int32]

    def counting(self, times: NDArray[np.int64]) -> Evidence:
        """Return the evidence with each place counted so many times as given; what counts nothing is left out."""
        kept = times > 0
        weight = (self.weight * times)[kept].astype(np.int32)
        return Evidence(self.codes[:, kept], self.states[kept], weight, self.share[kept], self.original[kept])


def telling_codes(collation: Collation) -> Codes:
    """Return the codes of a collation with what tells nothing about descent taken for missing.

    Of a run of places where a witness has nothing only the first is a reading, for one slip made it; what lies before
    its first word or after its last may never have been its own.

    Returns
    -------
    int32 array of shape (witnesses, places)
        Shaped as ``collation.codes``.
    """
    codes = collation.codes.copy()
    empty_code = [here.index(OMISSION) if OMISSION in here else MISSING - 1 for here in collation.readings]
    empty = codes == np.array(empty_code, np.int32)
    for own, gaps in zip(codes, empty, strict=True):
        if not len(own):
            continue
        words = np.flatnonzero(~gaps & (own != MISSING))
        first, last = (words[0], words[-1]) if len(words) else (len(own), -1)
        outside = np.ones(len(own), bool)
        outside[first : last + 1] = False
        again = np.zeros(len(own), bool)
        again[1:] = gaps[1:] & gaps[:-1]
        own[gaps & (again | outside)] = MISSING
    return codes


def weigh(codes: Codes, weights: NDArray[np.float64]) -> tuple[Evidence, NDArray[np.int64]]:
    """Return the evidence in what some witnesses read, and which places it is of.

    Parameters
    ----------
    codes : int32 array of shape (witnesses, places)
    weights : float array
        What a change counts at each place, from 0; a usual one 1.

    Notes
    -----
    A place has 64 readings at most: of more the rarest are missing.
    """
    most = max(int(codes.max(initial=0)) + 1, 1)
    share = np.zeros((codes.shape[1], most), np.int32)
    witness, place = np.nonzero(codes != MISSING)
    np.add.at(share, (place, codes[witness, place]), 1)
    kept = np.flatnonzero(((share > 0).sum(1) > 1) & (np.round(weights * UNIT) > 0))
    codes, share = codes[:, kept], share[kept]
    original = np.tile(np.arange(most), (len(kept), 1))
    if most > MOST:
        original = np.argsort(-share, axis=1, kind="stable")
        rank = np.empty_like(original)
        np.put_along_axis(rank, original, np.arange(most)[None, :], 1)
        ranked = rank[np.arange(len(kept)), np.maximum(codes, 0)]
        codes = np.where((codes == MISSING) | (ranked >= MOST), MISSING, ranked)
        share, original = np.take_along_axis(share, original, 1)[:, :MOST], original[:, :MOST]
    states = share.shape[1] - np.argmax(share[:, ::-1] > 0, axis=1)
    return (
        Evidence(
            np.ascontiguousarray(codes, np.int32),
            states.astype(np.int32),
            np.round(weights[kept] * UNIT).astype(np.int32),
            share,
            original.astype(np.int32),
        ),
        kept,
    )


def distinct(codes: Codes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first of those that read the same, in an order of what they read, and each one's number there."""
    _, first, number = np.unique(codes, axis=0, return_index=True, return_inverse=True)
    return first.astype(np.int64), number.reshape(-1).astype(np.int64)


def with_equal(
    first: NDArray[np.int64],
    number: NDArray[np.int64],
    parents: NDArray[np.int32],
    sure: NDArray[np.float64],
    equal: float,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """Return the tree of all witnesses, given that of those that differ: equal ones hang by the first of them.

    Parameters
    ----------
    first, number : int64 arrays
        As :func:`distinct` gives them.
    parents, sure : arrays
        Of the different witnesses, and after them of lost copies.
    equal : float
        How sure it is that one of two that are equal was copied from the first.

    Returns
    -------
    node : int64 array
        What each node of the given tree is called in the new one.
    parents, sure : arrays
        Of all witnesses, and after them of the lost copies.
    """
    size, lost = len(number), len(parents) - len(first)
    node = np.concatenate([first, np.arange(size, size + lost)])
    above = np.concatenate([first[number], np.full(lost, -1)]).astype(np.int32)
    above[node] = np.where(parents < 0, -1, node[parents])
    surely = np.full(size + lost, equal)
    surely[node] = sure
    return node, above, surely
