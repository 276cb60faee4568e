"""Two aligned texts as the reasons see them: what matches, and what lies between.

The two sides are ``x`` and ``y``: they are put in an order that depends on the texts alone, so that every
figure is the same to the last bit whichever of them is called a.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.aligned import Passages
from stemmata.furniture import Furniture, find_furniture
from stemmata.kernels.edits import MATCH, RESTYLE, SAME
from stemmata.languages import Frequencies
from stemmata.tokens import NUMBER, Words, hash_words
from stemmata.wordpairs import NOTHING, WordPairs

SWAP = 3  # words a side up to which an even segment is taken word by word
APOSTROPHE = re.compile("['’ʼ＇]")
NOWHERE = 1e-9  # the share of a word that no list knows: 0 on Zipf's scale


class Segments(NamedTuple):
    """What lies between two matched blocks: words [x_from, x_to) against [y_from, y_to), and how many.

    A moved word may stand inside the bounds; it matches and does not count.
    """

    x_from: NDArray[np.int64]
    x_to: NDArray[np.int64]
    y_from: NDArray[np.int64]
    y_to: NDArray[np.int64]
    x_size: NDArray[np.int64]
    y_size: NDArray[np.int64]


class Swaps(NamedTuple):
    """Words of x, the words of y that stand in their place, and whether nothing beside them changed."""

    x: NDArray[np.int64]
    y: NDArray[np.int64]
    single: NDArray[np.bool_]


@dataclass(frozen=True)
class Side:
    """One text of a pair.

    Parameters
    ----------
    text : str
    words : Words
    furniture : tuple of Furniture
        Its own lines of page furniture; none where the texts share but passages.
    shared : tuple of Furniture
        Its lines of page furniture that both texts hold.
    core : bool array, by word
        Whether the word is compared: it is not furniture, and, unless the texts are reused as wholes, stands
        in a passage.
    zipf : float64 array, by word
        Frequency on Zipf's scale: log10 of occurrences in 10^9 words; 0 where no list knows the word.
    links : float64 array, by word
        How much likelier the word is after the one before it than anywhere (``wordpairs``); 0 where nothing is known.
    """

    text: str
    words: Words
    furniture: tuple[Furniture, ...]
    shared: tuple[Furniture, ...]
    core: NDArray[np.bool_]
    zipf: NDArray[np.float64]
    links: NDArray[np.float64]

    def __len__(self) -> int:
        return int(np.count_nonzero(self.core))

    def reading(self, first: int, last: int) -> str:
        """Return words [first, last) as they stand."""
        if first >= last:
            return ""
        return self.text[self.words.start[first] : self.words.end[last - 1]]

    def readings(self, places: Iterable[int]) -> list[str]:
        """Return single words as they stand."""
        return [self.reading(int(i), int(i) + 1) for i in places]


@dataclass(frozen=True)
class Comparison:
    """Two texts and the words that the aligner set against each other.

    Parameters
    ----------
    x, y : Side
    rows : int64 array of shape (n, 5)
        Edits of the passages of role ``reuse`` in words: op, x from, x to, y from, y to; in the order of x.
    passage : int64 array, one a row
        The passage that it belongs to.
    names : bool
        Whether a capital inside a sentence marks a name.
    """

    x: Side
    y: Side
    rows: NDArray[np.int64]
    passage: NDArray[np.int64]
    names: bool

    @cached_property
    def same(self) -> NDArray[np.bool_]:
        """Whether the words of a row match."""
        return np.isin(self.rows[:, 0], SAME)

    @cached_property
    def segments(self) -> Segments:
        """What lies between matched blocks, in the order of x."""
        changed = self.rows[~self.same]
        if not len(changed):
            return Segments(*np.zeros((6, 0), np.int64))
        begins = np.ones(len(self.rows), bool)
        begins[1:] = self.same[:-1] | (np.diff(self.passage) != 0)
        first = np.flatnonzero(begins[~self.same])
        _, x_from, x_to, y_from, y_to = changed.T
        return Segments(
            np.minimum.reduceat(x_from, first),
            np.maximum.reduceat(x_to, first),
            np.minimum.reduceat(y_from, first),
            np.maximum.reduceat(y_to, first),
            np.add.reduceat(x_to - x_from, first),
            np.add.reduceat(y_to - y_from, first),
        )

    @cached_property
    def swaps(self) -> Swaps:
        """Words that stand in each other's place, in the order of x."""
        s = self.segments
        even = (s.x_size == s.y_size) & (s.x_size <= SWAP)
        even &= (s.x_to - s.x_from == s.x_size) & (s.y_to - s.y_from == s.y_size)
        x, y = spread(s.x_from[even], s.x_to[even]), spread(s.y_from[even], s.y_to[even])
        single = np.repeat(s.x_size[even] == 1, s.x_size[even])
        spoken = (self.x.words.flags[x] | self.y.words.flags[y]) & NUMBER == 0
        spoken &= self.x.words.word[x] != self.y.words.word[y]
        return Swaps(x[spoken], y[spoken], single[spoken])

    @cached_property
    def own(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Words of x, and of y, that match nothing in their passage; numbers aside."""
        changed = self.rows[~self.same]
        x, y = spread(changed[:, 1], changed[:, 2]), spread(changed[:, 3], changed[:, 4])
        return x[self.x.words.flags[x] & NUMBER == 0], y[self.y.words.flags[y] & NUMBER == 0]

    @cached_property
    def matched(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which words of x, and of y, match."""
        masks = []
        for side, column in ((self.x, 1), (self.y, 3)):
            mask = np.zeros(len(side.words), bool)
            mask[spread(self.rows[self.same, column], self.rows[self.same, column + 1])] = True
            masks.append(mask)
        return masks[0], masks[1]

    @cached_property
    def blocks(self) -> NDArray[np.int64]:
        """Matched blocks as rows of x from, y from, words; moved words do not belong to them."""
        on_path = np.isin(self.rows[:, 0], (MATCH, RESTYLE))
        rows = self.rows[on_path]
        if not len(rows):
            return np.zeros((0, 3), np.int64)
        breaks = np.ones(len(rows), bool)
        breaks[1:] = (rows[1:, 1] != rows[:-1, 2]) | (rows[1:, 3] != rows[:-1, 4])
        first = np.flatnonzero(breaks)
        return np.column_stack([rows[first, 1], rows[first, 3], np.add.reduceat(rows[:, 2] - rows[:, 1], first)])


def spread(first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of runs [first, last), run after run."""
    lengths = last - first
    ends = np.cumsum(lengths)
    places: NDArray[np.int64] = np.arange(lengths.sum()) + np.repeat(first - ends + lengths, lengths)
    return places


def compare_sides(
    x: tuple[str, Words],
    y: tuple[str, Words],
    passages: Passages,
    *,
    extent: str | None,
    names: bool,
    frequencies: Frequencies,
    pairs: WordPairs = NOTHING,
) -> Comparison:
    """Lay two texts side by side.

    Parameters
    ----------
    x, y : str and Words
        The texts.
    passages : Passages
    extent : str or None
        As in ``schemas.RELATIONS``.
    names : bool
        Whether a capital inside a sentence marks a name.
    frequencies : Frequencies
        Of their language; empty where no list is known.
    pairs : WordPairs
        Of their language; empty where none were counted.
    """
    both, reuse = passages.having("furniture", "base"), passages.having("reuse")
    x_side, y_side = (
        _side(*each, both[:, columns], reuse[:, columns], extent, frequencies, pairs)
        for each, columns in ((x, slice(0, 2)), (y, slice(2, 4)))
    )
    rank = np.empty(len(passages.spans), np.int64)
    rank[np.lexsort(passages.spans.T[::-1])] = np.arange(len(rank))
    kept = np.array([role == "reuse" for role in passages.roles], bool)[passages.passage]
    ops, edits, passage = passages.ops[kept], passages.edits[kept], rank[passages.passage[kept]]
    order = np.lexsort((*edits.T[::-1], passage))
    rows = np.column_stack(
        [
            ops[order],
            np.searchsorted(x_side.words.start, edits[order, :2]),
            np.searchsorted(y_side.words.start, edits[order, 2:]),
        ]
    )
    return Comparison(x_side, y_side, rows.astype(np.int64), passage[order], names)


def _side(
    text: str,
    words: Words,
    both: NDArray[np.int64],
    reuse: NDArray[np.int64],
    extent: str | None,
    frequencies: Frequencies,
    pairs: WordPairs,
) -> Side:
    """Make a side; ``both`` and ``reuse`` are the spans of furniture that both texts hold, and of reuse."""
    furniture = find_furniture(text)
    core = np.full(len(words), extent == "whole")
    for start, end in reuse.tolist():
        core[words.within(start, end)] = True
    for start, end in (*((f.start, f.end) for f in furniture), *both.tolist()):
        core[words.within(start, end)] = False
    zipf = _zipf(text, words, frequencies)
    links = np.zeros(len(words))
    if pairs and len(words):
        links[1:] = pairs.links(words.word, np.where(zipf > 0, 10 ** (zipf - 9), 0.0))
    shared = [bool(np.any((both[:, 0] < f.end) & (f.start < both[:, 1]))) for f in furniture]
    return Side(
        text,
        words,
        tuple(f for f, held in zip(furniture, shared, strict=True) if not held and extent != "partial"),
        tuple(f for f, held in zip(furniture, shared, strict=True) if held),
        core,
        zipf,
        links,
    )


def _zipf(text: str, words: Words, frequencies: Frequencies) -> NDArray[np.float64]:
    """Return the words' frequencies; an unknown word with an apostrophe is as rare as its rarest part."""
    shares = frequencies.look_up(words.word, NOWHERE)
    signs = np.array([m.start() for m in APOSTROPHE.finditer(text)], np.int64)
    places = np.searchsorted(words.start, signs, "right") - 1
    places = np.unique(places[(places >= 0) & (signs < words.end[places])])
    places = places[shares[places] <= NOWHERE]
    if len(places):
        parts = [APOSTROPHE.split(text[words.start[p] : words.end[p]]) for p in places]
        each = frequencies.look_up(hash_words(part for word in parts for part in word), NOWHERE)
        first = np.cumsum([0, *(len(word) for word in parts[:-1])])
        shares[places] = np.minimum.reduceat(each, first)
    return np.log10(shares) + 9
