"""A text with its names, quotations, values and cues marked, word by word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.alterations.amounts import CURRENCY, MINUS, read_amount
from stemmata.alterations.cues import Cue, Meaning, lexicon
from stemmata.alterations.dates import date_forms, read_date
from stemmata.alterations.spelling import plain_words
from stemmata.alterations.tongues import TONGUES
from stemmata.alterations.units import SIGNS
from stemmata.alterations.values import Value
from stemmata.furniture import find_furniture
from stemmata.quotations import between_marks
from stemmata.tokens import NUMBER, PARAGRAPH, SENTENCE, Words, among, distinct, read_words

_OPENERS, _CLOSERS = "\"'“‘«„([", ".!?…\"'”’»)]。！？"
_SIGN = re.compile(f"[{SIGNS}]")
_BEFORE = re.compile(rf"(?:{MINUS}(?:{CURRENCY}[^\S\n]?)?|{CURRENCY}[^\S\n]?|(?<![\w.)])\.)\Z", re.IGNORECASE)
_SIGNED = f"{SIGNS}-. \N{NO-BREAK SPACE}RDPYFs"  # with what such signs end
_REACH = 12  # code points that such signs take

CUE, PHRASE, NAME, FIGURE, VALUE = 1, 2, 4, 8, 16
"""What may lie on a word; a phrase is a cue of several words."""


class Placed(NamedTuple):
    """A value that lies on words [first, last)."""

    first: int
    last: int
    value: Value


@dataclass
class MarkedText:
    """A text and what is marked in it; values and cues only near the words given to ``mark``.

    Parameters
    ----------
    text : str
    words : Words
    language : str or None
    names, proper, common : bool arrays
        By word: whether it is part of a name; never stands in lower case; is among the commonest of its
        language.
    """

    text: str
    words: Words
    language: str | None
    names: NDArray[np.bool_]
    proper: NDArray[np.bool_]
    common: NDArray[np.bool_]
    values: list[Placed] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts: list[int] = self.words.start.tolist()
        self._ends: list[int] = self.words.end.tolist()
        self._common = self.common.tobytes()
        self._begins = (self.words.flags & (SENTENCE | PARAGRAPH) != 0).tobytes()
        self._index()

    def mark(self, near: NDArray[np.bool_]) -> None:
        """Find values and cues that begin at a word where ``near`` holds."""
        self.values = self._find_values(near)
        self.cues = list(lexicon(self.language).find(self.words, near))
        self._index()

    def _index(self) -> None:
        """Make values and cues ready to be asked for by word."""
        self.value_at = {placed.first: placed for placed in self.values}
        self._cue_ends = [cue.last for cue in self.cues]
        told = bytearray(self.names * np.uint8(NAME) | (self.words.flags & NUMBER != 0) * np.uint8(FIGURE))
        for cue in self.cues:
            for k in range(cue.first, cue.last):
                told[k] |= CUE if cue.last == cue.first + 1 else CUE | PHRASE
        for placed in self.values:
            for k in range(placed.first, placed.last):
                told[k] |= VALUE
        self._told = bytes(told)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the code points of words [first, last); an empty run lies where the word before it ends."""
        if first == last:
            at = self._ends[first - 1] if first else 0
            return at, at
        return self._starts[first], self._ends[last - 1]

    def sentence_span(self, first: int, last: int) -> tuple[int, int]:
        """Return the code points of words [first, last), with the signs round them where they are whole sentences."""
        start, end = self.span(first, last)
        if self.begins_sentence(first) and self.begins_sentence(last):
            before, after = self.gap(first), self.gap(last)
            start -= len(before) - len(before.rstrip(_OPENERS))
            end += len(after) - len(after.lstrip(_CLOSERS))
        return start, end

    def slice(self, first: int, last: int) -> str:
        """Return words [first, last) as they stand."""
        return self.text[self._starts[first] : self._ends[last - 1]] if first < last else ""

    def word(self, k: int) -> str:
        """Return a word as it stands."""
        return self.text[self._starts[k] : self._ends[k]]

    def plain(self, k: int) -> tuple[str, ...]:
        """Return the plain words for which a word stands."""
        return plain_words(self.word(k), self.language)

    def gap(self, k: int) -> str:
        """Return the signs between word k and the word before it; k may be the number of words."""
        start = self._ends[k - 1] if k else 0
        return self.text[start : self._starts[k] if k < len(self._starts) else len(self.text)]

    def begins_sentence(self, k: int) -> bool:
        """Say whether a sentence begins at word k; the text's end counts."""
        return k >= len(self._begins) or bool(self._begins[k])

    def is_parted(self, first: int, last: int) -> bool:
        """Say whether a sentence begins inside words [first, last), and not only with the first of them."""
        return 1 in self._begins[first + 1 : last]

    def told(self, first: int, last: int) -> int:
        """Return what lies on words [first, last): a sum of CUE, PHRASE, NAME, FIGURE and VALUE."""
        told = 0
        for each in self._told[first:last]:
            told |= each
        return told

    def sentences(self, first: int, last: int) -> NDArray[np.int64]:
        """Return the words of [first, last] at which a sentence begins; the text's end counts."""
        begins = first + np.flatnonzero(self.words.flags[first : last + 1] & (SENTENCE | PARAGRAPH))
        return np.append(begins, last) if last == len(self.words) else begins

    def content(self, first: int, last: int) -> int:
        """Count the words of [first, last) that are not among the commonest of the language."""
        return last - first - self._common.count(1, first, last)

    def is_quoted(self, first: int, last: int) -> bool:
        """Say whether words [first, last) stand between quotation marks; of an empty run, a neighbour."""
        if first == last:
            return any(self.is_quoted(k, k + 1) for k in (first - 1, first) if 0 <= k < len(self.words))
        quotation = self._quotations[first]
        return quotation > 0 and quotation == self._quotations[last - 1]

    def cues_at(self, first: int, last: int) -> list[Cue]:
        """Return the cues that share a word with [first, last); of an empty run, the phrase that goes across it."""
        if first < last and not self.told(first, last) & CUE:
            return []
        place = bisect_right(self._cue_ends, first)
        found = []
        while place < len(self.cues) and self.cues[place].first < last:
            found.append(self.cues[place])
            place += 1
        return found

    def holds(self, kind: str, first: int, last: int) -> bool:
        """Say whether a cue of this kind lies on words [first, last)."""
        return any(kind in cue.kinds for cue in self.cues_at(first, last))

    def is_filler(self, first: int, last: int) -> bool:
        """Say whether words [first, last) are a phrase that says nothing by itself."""
        return any(
            (cue.first, cue.last) == (first, last) and Meaning("filler") in cue.meanings
            for cue in self.cues_at(first, last)
        )

    def definite(self, first: int, last: int) -> bool:
        """Say whether an article or the like stands in words [first, last) or before them."""
        return self.holds("definite", max(0, first - 1), last)

    @cached_property
    def folded(self) -> str:
        """The text in lower case and with single blanks, to look for a phrase in."""
        return " ".join(self.text.lower().split())

    @cached_property
    def vocabulary(self) -> NDArray[np.uint64]:
        """The distinct words, ascending."""
        return distinct(self.words.word)

    @cached_property
    def triples(self) -> frozenset[tuple[int, ...]]:
        """The runs of three words."""
        return frozenset(triples(self.words.word.tolist()))

    @cached_property
    def furniture(self) -> list[tuple[int, int]]:
        """The words [first, last) of lines that are page furniture."""
        lines = (self.words.within(line.start, line.end) for line in find_furniture(self.text))
        return [(line.start, line.stop) for line in lines]

    @cached_property
    def _quotations(self) -> list[int]:
        """The number of the quotation, from 1, in which each word stands whole; 0 for none."""
        starts, ends = np.array([(0, 0), *between_marks(self.text)]).T
        number = np.searchsorted(starts, self.words.start, "right") - 1
        numbers: list[int] = np.where(self.words.end <= ends[number], number, 0).tolist()
        return numbers

    @cached_property
    def signs(self) -> NDArray[np.int32]:
        """The currency, percent, degree and minus signs at each word, as a sum of code points; 0 for none."""
        signs = np.zeros(len(self.words) + 1, np.int32)
        for sign in _SIGN.finditer(self.text):
            after = int(np.searchsorted(self.words.start, sign.start()))
            follows = sign[0] in "%‰°º"
            signs[max(after - 1, 0) if follows else after] += ord(sign[0])
        return signs[:-1]

    def _find_values(self, near: NDArray[np.bool_]) -> list[Placed]:
        words = self.words
        number_words, counted, articles = _number_words(self.language)
        elisions = _elisions(self.language)
        begins = near & ((words.flags & NUMBER != 0) | among(words.word, number_words))
        before = np.flatnonzero(near[:-1])
        before = before[among(words.word[before], articles)]
        begins[before] |= among(words.word[before + 1], counted)
        found: list[Placed] = []
        free = 0
        for k in np.flatnonzero(begins).tolist():
            if k < free:
                continue
            at = self._starts[k]
            if elisions:
                at += next((len(elided) for elided in elisions if self.text.startswith(elided, at)), 0)  # d'un million
            sign = at and self.text[at - 1] in _SIGNED and _BEFORE.search(self.text, max(0, at - _REACH), at)
            start = sign.start() if sign else at
            value = read_date(self.text, at, self.language) or read_amount(self.text, start, self.language)
            if value is not None:
                first, free = bisect_left(self._starts, value.start), bisect_left(self._starts, value.end)
                found.append(Placed(min(first, k), free, value))
        return found


def triples(words: list[int]) -> list[tuple[int, ...]]:
    """Return the runs of three words in order."""
    return list(zip(words, words[1:], words[2:], strict=False))


@cache
def _number_words(language: str | None) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the words with which a value may begin, what is counted, and the articles that begin one before it."""
    tongue, elisions = TONGUES.get(language or ""), _elisions(language)
    begins = date_forms(language).begins
    if tongue is None:
        return _first_words(begins, ()), _first_words((), ()), _first_words((), ())
    numbers = tongue.forms.NUMBERS
    return (
        _first_words((*begins, *numbers.begins), elisions),
        _first_words(numbers.counted, elisions),
        _first_words(numbers.articles, elisions),
    )


@cache
def _elisions(language: str | None) -> tuple[str, ...]:
    """Return what may be written before a word, with either apostrophe."""
    tongue = TONGUES.get(language or "")
    written = tongue.forms.ELISIONS if tongue else ()
    return (*written, *(elided.replace("'", "’") for elided in written))


def _first_words(phrases: Sequence[str], elisions: Sequence[str]) -> NDArray[np.uint64]:
    listed = [f"{elided}{phrase}" for phrase in phrases for elided in ("", *elisions)]
    tokens = read_words(pa.array(listed, pa.large_string()))
    return distinct(tokens.words.word[tokens.first[:-1][np.diff(tokens.first) > 0]])
