"""All witnesses of one text set beside each other: in which place each of their words stands.

Equal witnesses are one. The one that shares most with all others comes first; then, one after another, whichever is
most like one that is in already (Prim 1957). Each is set against the profile of those before it: where three words
in a row stand once in both it and its nearest it meets the profile, and between two such places its words are set
against the places by an alignment with affine gaps. At last each is taken out and added again, so that nobody's places
depend on who came first. Nothing here knows names or order: whoever is equal in all comes in order of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.profile import Kinds, Profile
from stemmata.collating.spelling import Spelling
from stemmata.kernels.likeness import mark_pairs, order_of_joining, shared_bits

ASKED = 4  # witnesses that show where another meets the profile
BITS, MANY, FEW_BITS = 512, 500, 128  # of 64: word pairs of a witness, and of one of many
AGAIN = 2_000_000  # words of all witnesses up to which each is added a second time


@dataclass(frozen=True, eq=False)
class Places:
    """In which place each word of each witness stands.

    Parameters
    ----------
    place : tuple of int32 arrays
        For each witness and word the place, from 0. Those of words that are not moved rise strictly, and no two words
        of a witness share a place.
    moved : tuple of int32 arrays
        For words of a passage that a witness has elsewhere than the others the place of their counterparts and 1,
        which is their ``place`` as well; 0 for words that are not moved.
    count : int
        How many places there are; each has a word of some witness.
    """

    place: tuple[NDArray[np.int32], ...]
    moved: tuple[NDArray[np.int32], ...]
    count: int


def align_witnesses(words: Sequence[NDArray[np.uint64]], spelling: Spelling | None = None) -> Places:
    """Set the witnesses of one text beside each other, word by word.

    Parameters
    ----------
    words : sequence of uint64 arrays
        The hashes of the folded words of each witness, as ``tokens.read_words`` finds them.
    spelling : Spelling, optional
        How words are spelt: of several words that could share a place those that are spelt alike do.

    Returns
    -------
    Places
        The same whatever the order of the witnesses.
    """
    texts: dict[bytes, int] = {}
    for text in sorted({hashes.astype(np.uint64).tobytes() for hashes in words}, key=lambda text: (len(text), text)):
        texts[text] = len(texts)
    kinds, letters = _kinds([np.frombuffer(text, np.uint64) for text in texts], spelling)
    profile = _grow(kinds, letters)
    rank = np.zeros(len(profile.order), np.int32)
    rank[profile.order[: profile.size]] = np.arange(profile.size, dtype=np.int32)
    place, moved = [], []
    for hashes in words:
        witness = texts[hashes.astype(np.uint64).tobytes()]
        place.append(rank[profile.where[witness]])
        moved.append(np.where(profile.aside[witness], place[-1] + 1, 0).astype(np.int32))
    return Places(tuple(place), tuple(moved), profile.size)


def _kinds(texts: Sequence[NDArray[np.uint64]], spelling: Spelling | None) -> tuple[list[Kinds], NDArray[np.uint64]]:
    """Give each word of all texts a number, in order of their hashes, and say what each is spelt with."""
    hashes, kinds = np.unique(np.concatenate([*texts, np.zeros(0, np.uint64)]), return_inverse=True)
    letters = np.zeros(len(hashes), np.uint64) if spelling is None else spelling.of(hashes)
    ends = np.cumsum([len(text) for text in texts])
    return np.split(kinds.astype(np.int32), ends[:-1]), letters


def _grow(texts: Sequence[Kinds], letters: NDArray[np.uint64]) -> Profile:
    """Add all witnesses to a profile, each beside those that are most like it."""
    words = sum(map(len, texts))
    rounds = 2 if words <= AGAIN and len(texts) > 2 else 1
    profile = Profile(texts, letters, rounds)
    if not texts:
        return profile
    bits = np.zeros((len(texts), BITS if len(texts) <= MANY else FEW_BITS), np.uint64)
    first = np.concatenate([[0], np.cumsum([len(text) for text in texts])]).astype(np.int64)
    mark_pairs(np.concatenate(texts), first, bits)
    order, beside = order_of_joining(bits)
    joined = np.zeros(len(texts), bool)
    shared = np.zeros(len(texts), np.int64)
    for turn in range(rounds):
        for witness, nearest in zip(order.tolist(), beside.tolist(), strict=True):
            if turn:
                profile.take_out(witness)
                joined[witness] = False
            shared_bits(bits, witness, shared)
            by_likeness = np.lexsort((np.arange(len(texts)), -shared))
            near = by_likeness[joined[by_likeness]][:ASKED].tolist()
            if nearest >= 0 and not turn:
                near = [nearest, *(other for other in near if other != nearest)]
            profile.add(witness, near)
            joined[witness] = True
    return profile
