"""Words with offsets: one tokeniser for all stages.

Rules (design: every figure that counts words counts these): a word is a run of letters with inner
apostrophes, a number with inner commas and full stops, or a single code point of a script written without
spaces. Hyphens and underscores part words. Case, compatibility forms, loose marks, zero-width signs, soft
hyphens and look-alike letters are folded; ``two`` … ``twelve``, ``twenty`` and ``thirty`` are numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.buffers import text_views
from stemmata.kernels.gaps import FIRST, LINE, PARAGRAPH, SENTENCE
from stemmata.kernels.numberwords import replace_numbers
from stemmata.kernels.tokenise import CAPITAL, DISGUISED, LOWERCASE, NUMBER, tokenise
from stemmata.once import once

__all__ = [
    "CAPITAL",
    "DISGUISED",
    "FIRST",
    "LINE",
    "LOWERCASE",
    "NUMBER",
    "PARAGRAPH",
    "SENTENCE",
    "Keys",
    "Tokens",
    "Words",
    "among",
    "distinct",
    "hash_words",
    "letter_tables",
    "read_keys",
    "read_words",
    "words_of",
]

NumberWords: TypeAlias = "tuple[NDArray[np.uint64], NDArray[np.uint64]]"
PLACES = 2048  # of number words, a power of two: most words find an empty one at once
SIGN = 0.5  # how much of a word a sign is, in a script without spaces
NUMBER_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "twenty": 20,
    "thirty": 30,
}


@dataclass(frozen=True)
class Words:
    """The words of one document.

    Parameters
    ----------
    start, end : int32 arrays
        Code points from the document's beginning, half-open.
    word : uint64 array
        Hash of the folded word: equal words have equal hashes in every document.
    form : uint32 array
        Hash of the word as it stands, case aside.
    flags : uint8 array
        CAPITAL, LOWERCASE (its first letter), NUMBER, DISGUISED (letters of another script that look alike, or of
        mathematics, or signs hidden inside it), and of the gap before it SENTENCE, LINE (a line end), PARAGRAPH
        (a blank line), FIRST (sentence-first in the sense that a capital says nothing).
    """

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    word: NDArray[np.uint64]
    form: NDArray[np.uint32]
    flags: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.word)

    def __getitem__(self, part: slice) -> Words:
        """Return some words in a row; offsets still count from the document's beginning."""
        return Words(self.start[part], self.end[part], self.word[part], self.form[part], self.flags[part])

    def within(self, start: int, end: int) -> slice:
        """Return the words that begin inside code points [start, end)."""
        return slice(*self.start.searchsorted(np.array((start, end), np.int32)).tolist())

    def sizes(self) -> NDArray[np.float64]:
        """Return how much of a word each word is: signs that touch one another are one half."""
        touches = self.start[1:] == self.end[:-1]
        sizes = np.ones(len(self))
        sizes[1:][touches] = SIGN
        sizes[:-1][touches] = SIGN
        return sizes

    def inside(self, spans: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
        """Say of each word whether it begins inside some code points [start, end)."""
        held = np.zeros(len(self), bool)
        for start, end in spans:
            held[self.within(start, end)] = True
        return held


@dataclass(frozen=True)
class Tokens:
    """The words of several documents, laid end to end; ``tokens[i]`` is the i-th document's ``Words``."""

    first: NDArray[np.int64]
    words: Words

    def __len__(self) -> int:
        return len(self.first) - 1

    def __getitem__(self, document: int) -> Words:
        if not 0 <= document < len(self):
            raise IndexError(document)
        return self.words[int(self.first[document]) : int(self.first[document + 1])]


def read_words(texts: pa.Array | pa.ChunkedArray) -> Tokens:
    """Cut every text of a column into words.

    Parameters
    ----------
    texts : pyarrow.Array or ChunkedArray
        Strings, none of them null.

    Notes
    -----
    21 bytes a word, plus the column itself.
    """
    return _tokenise(*text_views(texts), _number_words())


class Keys(NamedTuple):
    """The words of several documents, without where they stand: document i has ``word[first[i]:first[i + 1]]``.

    Where flags are not wanted there are none.
    """

    first: NDArray[np.int64]
    word: NDArray[np.uint64]
    flags: NDArray[np.uint8]


def read_keys(texts: pa.Array | pa.ChunkedArray, rows: NDArray[np.int64] | None = None, *, flags: bool = True) -> Keys:
    """Cut the texts of a column into words, as ``read_words`` does, and return their hashes and flags alone.

    Parameters
    ----------
    texts : pyarrow.Array or ChunkedArray
        Strings, none of them null.
    rows : int64 array, optional
        Which of them, in which order; by default all. Nothing of the others is looked at.
    flags : bool
        Whether flags are wanted; without them it is twice as fast.
    """
    data, offsets = text_views(texts)
    begins, ends = offsets[:-1], offsets[1:]
    if rows is not None:
        begins, ends = begins[rows], ends[rows]
        for view in (begins, ends):
            view.setflags(write=False)  # as views of a column are: kernels compile once for both
    kinds = (np.uint8 if flags else None, None, None, None)
    first, word, (found, *_) = _fill(data, begins, ends, _number_words(), kinds)
    return Keys(first, word, np.zeros(0, np.uint8) if found is None else found)


def letter_tables() -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint16]]:
    """Return by code point the small letter; that without marks, or what stands for several; and the kind of sign.

    Kinds are numbered as in ``kernels.tokenise``; what stands for several letters is 2**31 or more.
    """
    tables = _tables()
    return tables.lower, tables.fold, tables.properties


def words_of(text: str) -> Words:
    """Cut one text into words."""
    return read_words(pa.array([text], pa.large_string()))[0]


def hash_words(words: Iterable[str]) -> NDArray[np.uint64]:
    """Return the hash of each given word as ``read_words`` would find it; 0 for what is not one word."""
    tokens = read_words(pa.array(list(words), pa.large_string()))
    single = np.diff(tokens.first) == 1
    hashes = np.zeros(len(tokens), np.uint64)
    hashes[single] = tokens.words.word[tokens.first[:-1][single]]
    return hashes


def distinct(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the distinct hashes, ascending; several times faster than ``numpy.unique`` on long texts."""
    ordered = np.sort(hashes)
    new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def among(hashes: NDArray[np.uint64], chosen: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Say of each hash whether it is one of ``chosen``, which are distinct and ascending.

    ``numpy.isin`` would sort the long side; this looks each hash up.
    """
    if not len(chosen):
        return np.zeros(len(hashes), bool)
    place = np.minimum(np.searchsorted(chosen, hashes), len(chosen) - 1)
    held: NDArray[np.bool_] = chosen[place] == hashes
    return held


def _tokenise(data: NDArray[np.uint8], offsets: NDArray[np.int64], numbers: NumberWords | None) -> Tokens:
    kinds = (np.uint8, np.int32, np.int32, np.uint32)
    first, word, (flags, start, end, form) = _fill(data, offsets[:-1], offsets[1:], numbers, kinds)
    return Tokens(first, Words(start, end, word, form, flags))


def _fill(
    data: NDArray[np.uint8],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    numbers: NumberWords | None,
    wanted: tuple[type[np.generic] | None, ...],
) -> tuple[NDArray[np.int64], NDArray[np.uint64], list[Any]]:
    """Return where documents begin, the words' hashes, and what else is wanted of each word."""
    size = int((ends - begins).sum())
    first = np.zeros(len(begins) + 1, np.int64)
    for room in (size // 3 + 64, size + 64):  # prose has a word every five bytes; "1a1a1a" one a byte
        word = np.empty(room, np.uint64)
        beside = [None if kind is None else np.empty(room, kind) for kind in wanted]
        count = tokenise(data, begins, ends, *_tables(), first, word, *beside)
        if count >= 0:
            break
    word, beside = word[:count], [None if one is None else one[:count] for one in beside]
    if numbers is not None:
        replace_numbers(word, beside[0], *numbers)
    return first, word, beside


class _Tables(NamedTuple):
    """What the tokeniser knows of each code point, in the order in which it takes the tables."""

    properties: NDArray[np.uint16]
    fold: NDArray[np.uint32]
    lower: NDArray[np.uint32]
    expansions: NDArray[np.uint32]
    look_alikes: NDArray[np.uint32]
    counterparts: NDArray[np.uint32]


@once
def _tables() -> _Tables:
    with (files("stemmata") / "data" / "unicode.npz").open("rb") as stream, np.load(stream) as tables:
        return _Tables(*(tables[name] for name in _Tables._fields))


@once
def _number_words() -> NumberWords:
    """Return the hashes of the number words, each at its lowest bits or in the next free place, and of their digits."""
    texts = [*NUMBER_WORDS, *map(str, NUMBER_WORDS.values())]
    tokens = _tokenise(*text_views(pa.array(texts, pa.large_string())), None)
    named, numbers = np.zeros(PLACES, np.uint64), np.zeros(PLACES, np.uint64)
    for name, digits in zip(*np.split(tokens.words.word, 2), strict=True):
        place = int(name) % PLACES
        while named[place]:
            place = (place + 1) % PLACES
        named[place], numbers[place] = name, digits
    return named, numbers
