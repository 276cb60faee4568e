"""Pairs of neighbouring words and where they stand: the word before a pair and the word after it.

A pair counts once in each distinct surroundings, so that notices, copies and quotations, however often they are
repeated, count once. Nothing past the ends of a text counts; a pair with a number in it is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.neighbours import list_neighbours
from stemmata.kernels.ordering import least_of_each, sort_with
from stemmata.tokens import Words

MIX = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)
TURN = np.uint64(31)

Hashes = NDArray[np.uint32]
Figures = NDArray[np.float64]


class Counts(NamedTuple):
    """Hashes, ascending, and how often each was seen."""

    keys: Hashes
    times: Figures

    def look_up(self, keys: Hashes) -> Figures:
        """Return how often each key was seen."""
        if not len(self.keys):
            return np.zeros(len(keys))
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.times[place], 0.0)

    def seen(self, least: int) -> Counts:
        """Return what was seen so often or more."""
        kept = self.times >= least
        return Counts(self.keys[kept], self.times[kept])


def word_keys(words: NDArray[np.uint64]) -> Hashes:
    """Return the keys under which words are counted."""
    return (words >> HALF).astype(np.uint32)


def pair_keys(words: NDArray[np.uint64]) -> Hashes:
    """Return the keys under which each word and its right neighbour are counted."""
    return _mixed(words[:-1], words[1:])


def _mixed(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> Hashes:
    mixed = (left * MIX) ^ right
    return (((mixed ^ (mixed >> TURN)) * MIX) >> HALF).astype(np.uint32)


class Surroundings(NamedTuple):
    """Distinct surroundings of pairs, ascending; 12 bytes each.

    Parameters
    ----------
    places : uint64 array
        The pair's key, and below it 32 bits of the words around it.
    words : uint32 array
        The key of the pair's left word.
    """

    places: NDArray[np.uint64]
    words: Hashes

    def tally(self) -> tuple[Counts, Counts]:
        """Count the left words, and the pairs."""
        return _counted(np.sort(self.words)), _counted((self.places >> HALF).astype(np.uint32))


def _counted(keys: Hashes) -> Counts:
    """Count keys that stand in order."""
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    return Counts(keys[first], np.diff(np.append(first, len(keys))).astype(np.float64))


def find_surroundings(words: NDArray[np.uint64], flags: NDArray[np.uint8], first: NDArray[np.int64]) -> Surroundings:
    """Return the surroundings of all pairs of some texts, laid end to end as in ``tokens.Tokens``."""
    return merge([list_surroundings(words, flags, first)])


def list_surroundings(words: NDArray[np.uint64], flags: NDArray[np.uint8], first: NDArray[np.int64]) -> Surroundings:
    """Return the surroundings of all pairs one after another as they stand: neither distinct nor sorted."""
    return Surroundings(*list_neighbours(words, flags, first))


def surroundings_of(texts: Sequence[Words]) -> Surroundings:
    """Return the surroundings of all pairs of some texts."""
    first = np.cumsum([0, *map(len, texts)])
    words = np.concatenate([np.zeros(0, np.uint64), *(text.word for text in texts)])
    return find_surroundings(words, np.concatenate([np.zeros(0, np.uint8), *(text.flags for text in texts)]), first)


def merge(parts: Sequence[Surroundings]) -> Surroundings:
    """Return the surroundings that stand in any of the parts; the same however they were parted."""
    places, words = (np.concatenate(columns) if len(parts) > 1 else columns[0] for columns in zip(*parts, strict=True))
    # two words under one place are two pairs under one key: the smaller word stands for both
    return Surroundings(*least_of_each(*sort_with(places, words)))
