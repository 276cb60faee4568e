"""How much texts share, told by bits: word pairs of a text, and the letters of a word, hashed into bitmaps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import inlined, kernel
from stemmata.kernels.runs import FINISH, SPREAD

ODD, PAIRS, NIBBLES, ONES = (
    np.uint64(0x5555555555555555),
    np.uint64(0x3333333333333333),
    np.uint64(0x0F0F0F0F0F0F0F0F),
    np.uint64(0x0101010101010101),
)
ONE, TWO, FOUR, TOP, DOWN, LOW = (np.uint64(n) for n in (1, 2, 4, 56, 31, 63))
SIX = np.uint64(6)


@inlined
def ones(bits: np.uint64) -> int:
    """Count the bits that are set (Warren 2012, Hacker's Delight)."""
    bits -= (bits >> ONE) & ODD
    bits = (bits & PAIRS) + ((bits >> TWO) & PAIRS)
    bits = (bits + (bits >> FOUR)) & NIBBLES
    total: int = np.int64((bits * ONES) >> TOP)
    return total


@kernel
def mark_pairs(kinds: NDArray[np.int32], first: NDArray[np.int64], bits: NDArray[np.uint64]) -> None:
    """Set in ``bits[i]`` a bit for each two words in a row of text i, which has ``kinds[first[i]:first[i + 1]]``."""
    places = np.uint64(64 * bits.shape[1])
    for text in range(len(bits)):
        for i in range(first[text], first[text + 1]):
            value = np.uint64(kinds[i]) * SPREAD
            if i + 1 < first[text + 1]:
                value = (value ^ (value >> DOWN) ^ np.uint64(kinds[i + 1])) * FINISH
            bit = (value ^ (value >> DOWN)) % places
            bits[text, np.int64(bit >> SIX)] |= ONE << (bit & LOW)


@kernel
def shared_bits(bits: NDArray[np.uint64], text: int, shared: NDArray[np.int64]) -> None:
    """Set how many bits each text shares with one of them."""
    for other in range(len(bits)):
        total = 0
        for k in range(bits.shape[1]):
            total += ones(bits[other, k] & bits[text, k])
        shared[other] = total


@kernel
def order_of_joining(bits: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return in which order texts join so that each is most like one that is in already, and that one (Prim 1957).

    Likeness is the share of the bits of the text with fewer. The first is the one that shares most with all others,
    and has -1 beside it; of equals the one that stands first.
    """
    texts = len(bits)
    size = np.empty(texts, np.int64)
    often = np.zeros(64 * bits.shape[1], np.int64)
    for text in range(texts):
        size[text] = 0
        for k in range(bits.shape[1]):
            size[text] += ones(bits[text, k])
            for bit in range(64):
                often[64 * k + bit] += np.int64((bits[text, k] >> np.uint64(bit)) & ONE)
    best, chosen = -1, 0
    for text in range(texts):
        total = 0
        for k in range(bits.shape[1]):
            for bit in range(64):
                total += often[64 * k + bit] * np.int64((bits[text, k] >> np.uint64(bit)) & ONE)
        if total > best:
            best, chosen = total, text
    order, beside = np.empty(texts, np.int64), np.full(texts, -1, np.int64)
    near, parent, joined = np.full(texts, -1.0), np.full(texts, -1, np.int64), np.zeros(texts, np.bool_)
    shared = np.empty(texts, np.int64)
    for step in range(texts):
        order[step], beside[step], joined[chosen] = chosen, parent[chosen], True
        shared_bits(bits, chosen, shared)
        nearest = -1
        for text in range(texts):
            if joined[text]:
                continue
            share = shared[text] / max(1, min(size[text], size[chosen]))
            if share > near[text]:
                near[text], parent[text] = share, chosen
            if nearest < 0 or near[text] > near[nearest]:
                nearest = text
        chosen = nearest
    return order, beside
