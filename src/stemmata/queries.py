"""Search strings that find copies of a text elsewhere: what a spinner leaves, in the words of search engines.

Whoever swaps words seldom swaps names and figures, and what stands between quotation marks more seldom than the rest.
A string is made of names and numbers that stand close together, of a phrase of a quotation, or, in a script that has
no capitals, of rare words; in one without spaces, of a few signs in a row.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.facts import Facts
from stemmata.languages import frequencies
from stemmata.quotations import find_quotations
from stemmata.tokens import CAPITAL, DISGUISED, FIRST, LINE, LOWERCASE, NUMBER, PARAGRAPH, SENTENCE, Words, words_of

RAREST = 1e-8  # share of a word that no list knows
LEAST, ENOUGH = 30.0, 44.0  # bits: less finds strangers, and more than that tells nothing new
NAME, BARE = 12.0, 17.0  # bits of a word that may be a name; without a capital that says so, of one that is rare
UNKNOWN = 15.0  # bits of each word of a language without a list: a name with a capital, but not rare without one
FIRST_DIGIT, DIGIT, FIGURE = 4.0, 3.0, 16.0  # bits of a figure, for each digit and at most
STAYS = {"names": 0.93, "numbers": 0.95, "quote": 0.92, "words": 0.7}  # chance that a copy keeps a word; by judgement
WORDS, PARTS, REACH = 10, 4, 25  # of a string: words, names and numbers; words of the text over which they may lie
ROUND = 4  # words before a string from which the words of a k-gram reach into it
PHRASE = (5, 8)  # words of a phrase out of a quotation, at least and at most
SIGNS = (6, 9)  # of a phrase in a script without spaces
EXPECTED = 0.7, 0.5  # share of its words' bits that a phrase tells: they foretell one another; signs more than words
QUOTES = 3  # strings out of quotations, at most: some spin these as well
ALIKE = 0.4  # share of words from which two strings are nearly the same
AGAIN, NEAR = 0.6, 0.8  # what a string is worth for each of its parts that was used, and in a tenth that has one
LOOKED_AT = 2_000  # strings among which the best are chosen
OPERATORS = frozenset(("AND", "OR", "NOT", "NEAR"))
MANY, HEADLINE = 0.6, 3  # share of words with a capital that makes a headline, of so many words at least
_BETWEEN = re.compile(r"\s{1,3}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_GENITIVE = re.compile(r"['’]s$")


class Part(NamedTuple):
    """A name, a number, a phrase or a rare word.

    Parameters
    ----------
    first, last : int
        Its words: [first, last).
    made_of : {"names", "numbers", "quote", "words"}
    bits : float
        How much it tells.
    """

    first: int
    last: int
    made_of: str
    bits: float


class _String(NamedTuple):
    parts: tuple[Part, ...]
    bits: float
    worth: float


def make_queries(
    text: str,
    language: str | None,
    *,
    facts: Facts | None = None,
    elsewhere: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
    most: int = 10,
) -> pa.Table:
    """Make search strings of a text, those first that should tell most.

    Parameters
    ----------
    text : str
    language : str or None
        ISO 639-1 code.
    facts : Facts, optional
        Of the collection: whether capitals mark names.
    elsewhere : two int64 arrays, optional
        Words of the text, ascending, at which k-grams begin; and how many documents that are no copies of it have
        each. A string is worth less by those of the k-gram that most have.
    most : int
        How many are wanted.

    Returns
    -------
    pyarrow.Table
        ``schemas.QUERIES``; fewer rows where the text gives no more.
    """
    words = words_of(text)
    reading = _Reading(text, words, language, facts or Facts())
    strings = sorted(_distinct(reading, elsewhere), key=lambda one: (-one.worth, one.parts))[:LOOKED_AT]
    return schemas.QUERIES.table(
        {
            "rank": rank,
            "query": " ".join(reading.quoted(part) for part in one.parts),
            "made_of": " and ".join(sorted({part.made_of for part in one.parts})),
            "start": int(words.start[one.parts[0].first]),
            "end": int(words.end[one.parts[-1].last - 1]),
            "bits": one.bits,
        }
        for rank, one in enumerate(_spread(reading, strings, most), 1)
    )


class _Reading:
    """A text, and what may be made of its words."""

    def __init__(self, text: str, words: Words, language: str | None, facts: Facts) -> None:
        self.text, self.words = text, words
        listed = frequencies(language, "large")
        known = len(listed.words) > 0
        self.bits = -np.log2(listed.look_up(words.word, RAREST)) if known else np.full(len(words), UNKNOWN)
        self.touches = np.zeros(len(words) + 1, bool)  # the word before, in a script without spaces
        self.touches[1:-1] = words.start[1:] == words.end[:-1]
        cased = words.flags & (CAPITAL | LOWERCASE) > 0
        self.cased = bool(np.count_nonzero(cased) * 2 > len(words))
        self.least = NAME if facts.names(language) else BARE
        inside = (words.flags & CAPITAL > 0) & (words.flags & FIRST == 0)
        address = words.inside(match.span() for match in _ADDRESS.finditer(text))
        self.skipped = address | (words.flags & DISGUISED > 0)
        self.named = (inside | self._known(inside)) & ~self.skipped & (words.flags & NUMBER == 0)
        if facts.names(language):
            self.named &= ~self._headlines()
        self.paragraph = np.cumsum(words.flags & PARAGRAPH > 0)

    def _known(self, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Say which words at the beginning of a sentence have a capital wherever they stand."""
        word, flags = self.words.word, self.words.flags
        lower = np.unique(word[flags & LOWERCASE > 0])
        return (flags & CAPITAL > 0) & np.isin(word, word[inside]) & ~np.isin(word, lower)

    def _headlines(self) -> NDArray[np.bool_]:
        """Say which words stand in sentences and lines of which most words have a capital, that marks no names."""
        flags = self.words.flags
        sentence = np.cumsum(flags & (SENTENCE | LINE | PARAGRAPH) > 0)
        capitals, cased = (
            np.bincount(sentence, flags & sort > 0, minlength=1) for sort in (CAPITAL, CAPITAL | LOWERCASE)
        )
        headline = (capitals > MANY * cased) & (cased >= HEADLINE)
        return headline[sentence] if len(flags) else np.zeros(0, bool)

    def surface(self, first: int, last: int) -> str:
        """Return some words as they stand, on one line, without signs that nobody sees and a last genitive."""
        there = self.text[self.words.start[first] : self.words.end[last - 1]]
        seen = "".join(sign for sign in unicodedata.normalize("NFC", there) if unicodedata.category(sign) != "Cf")
        return _GENITIVE.sub("", " ".join(seen.split()))

    def quoted(self, part: Part) -> str:
        """Return a part as it is searched for: exact where it is more than one plain word."""
        there = self.surface(part.first, part.last)
        plain = part.last - part.first == 1 and there.isalnum() and there not in OPERATORS
        return there if plain else f'"{there}"'

    def parts(self) -> list[Part]:
        """Return names, numbers and, where no capitals tell names, rare words, in order."""
        found = []
        at = 0
        while at < len(self.words):
            last = self._name(at)
            if last:
                if last - at <= PARTS and self.bits[at:last].max() >= self.least:
                    found.append(Part(at, last, "names", float(self.bits[at:last].sum())))
                at = max(last, at + 1)
                continue
            if part := self._single(at):
                found.append(part)
            at += 1
        return found

    def _name(self, at: int) -> int:
        """Return where a name that begins at a word ends; 0 where none does."""
        last = at
        while (
            last < len(self.words)
            and self.named[last]
            and not self.words.flags[last] & NUMBER
            and not self.skipped[last]
        ):
            if last > at and not self._joined(last):
                break
            last += 1
        return last if last > at else 0

    def _joined(self, word: int) -> bool:
        between = self.text[self.words.end[word - 1] : self.words.start[word]]
        return bool(_BETWEEN.fullmatch(between)) and not self.words.flags[word] & PARAGRAPH

    def _single(self, at: int) -> Part | None:
        if self.skipped[at]:
            return None
        if self.words.flags[at] & NUMBER:
            digits = sum(sign.isdigit() for sign in self.surface(at, at + 1))  # none: spelt out, and often restyled
            bits = min(FIGURE, FIRST_DIGIT + DIGIT * (digits - 1))
            return Part(at, at + 1, "numbers", bits) if digits else None
        alone = not self.touches[at] and not self.touches[at + 1]
        if alone and self.bits[at] >= BARE:
            return Part(at, at + 1, "words", float(self.bits[at]))
        return None

    def phrases(self) -> Iterator[Part]:
        """Yield phrases out of quotations, and runs of signs where words have no spaces between them."""
        for quotation in find_quotations(self.text):
            within = self.words.within(*quotation)
            yield from self._runs(within.start, within.stop, PHRASE, "quote")
        begin = 0
        for at in range(1, len(self.words) + 1):
            if not self.touches[at]:
                if at - begin >= SIGNS[0]:
                    yield from self._runs(begin, at, SIGNS, "words")
                begin = at

    def _runs(self, first: int, last: int, sizes: tuple[int, int], made_of: str) -> Iterator[Part]:
        least, largest = sizes
        if last - first > WORDS * REACH:  # what is that long is no quotation, but a mark that found a wrong partner
            last = first + WORDS * REACH if made_of == "quote" else last
        for begin in range(first, last - least + 1):
            for end in range(begin + least, min(begin + largest, last) + 1):
                if self.paragraph[begin] != self.paragraph[end - 1]:
                    break
                if '"' in self.surface(begin, end) or self.skipped[begin:end].any():
                    continue
                tells = float(self.bits[begin:end].sum())
                yield Part(begin, end, made_of, tells * EXPECTED[int(self.touches[begin + 1])])


def _strings(reading: _Reading) -> Iterator[tuple[Part, ...]]:
    """Yield what may be put together: names and numbers near one another, and phrases by themselves."""
    parts = reading.parts()
    for first, part in enumerate(parts):
        chosen: list[Part] = []
        for other in parts[first:]:
            far = other.last - part.first > REACH or reading.paragraph[other.first] != reading.paragraph[part.first]
            if far or len(chosen) == PARTS or sum(p.last - p.first for p in (*chosen, other)) > WORDS:
                break
            chosen.append(other)
            yield tuple(chosen)
    yield from ((phrase,) for phrase in reading.phrases())


def _distinct(reading: _Reading, elsewhere: tuple[NDArray[np.int64], NDArray[np.int64]] | None) -> Iterator[_String]:
    """Yield the strings that tell enough, each part once."""
    words = reading.words.word
    for parts in _strings(reading):
        hashes = [tuple(words[part.first : part.last].tolist()) for part in parts]
        if len(set(hashes)) < len(hashes):
            continue
        bits = sum(part.bits for part in parts)
        if bits < LEAST:
            continue
        stays = 1.0
        for part in parts:
            signs = 0.5 if reading.touches[part.first + 1] and part.last - part.first > 1 else 1.0
            stays *= STAYS[part.made_of] ** ((part.last - part.first) * signs)
        yield _String(parts, bits, min(bits, ENOUGH) * stays / (1 + _others(parts, elsewhere)))


def _others(parts: tuple[Part, ...], elsewhere: tuple[NDArray[np.int64], NDArray[np.int64]] | None) -> int:
    """Return how many other documents have what stands round a string: of its k-grams, the one that most have."""
    if elsewhere is None:
        return 0
    positions, counts = elsewhere
    low, high = np.searchsorted(positions, [parts[0].first - ROUND, parts[-1].last])
    return int(counts[low:high].max(initial=0))


def _spread(reading: _Reading, strings: list[_String], most: int) -> Iterator[_String]:
    """Yield the best string, then the best of others that are unlike it, and so on."""
    words = reading.words.word
    tenths = [len(words) * tenth // 10 for tenth in range(1, 10)]
    told = [frozenset(word for part in one.parts for word in words[part.first : part.last].tolist()) for one in strings]
    places = [bisect_right(tenths, one.parts[0].first) for one in strings]
    left = dict.fromkeys(range(len(strings)))
    used: Counter[int] = Counter()
    there: Counter[int] = Counter()
    quotes = 0
    for _ in range(most):
        if not left:
            return
        best = max(
            left,
            key=lambda k: (strings[k].worth * AGAIN ** sum(used[w] for w in told[k]) * NEAR ** there[places[k]], -k),
        )
        yield strings[best]
        used.update(told[best])
        there[places[best]] += 1
        quotes += strings[best].parts[0].made_of == "quote"
        for k in [*left]:
            alike = len(told[k] & told[best]) >= ALIKE * min(len(told[k]), len(told[best]))
            if alike or (quotes == QUOTES and strings[k].parts[0].made_of == "quote"):
                del left[k]
