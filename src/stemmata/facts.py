"""Look up what the table ``statistics`` says; where it is silent, what is known of the language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.buffers import text_views
from stemmata.languages import FUNCTION_WORDS, Frequencies, frequencies, function_words
from stemmata.sampling import in_sample
from stemmata.surroundings import HALF
from stemmata.tokens import Words, distinct, hash_words
from stemmata.wordpairs import SHARE, WORDS, WordPairs, parse_counts, word_pairs

MISREAD = 0.08  # share of words that look like known ones from which a text is read anew (``misreadings``)
CAP = 50  # documents that may share a k-gram before its postings are linked to neighbours only
NAMELESS = ("de", "lb")  # languages that write every noun with a capital
KEY_BITS = np.uint64(0xFFFFFFFF00000000)  # by which words are counted in the background


def written(hashes: NDArray[np.uint64]) -> list[str]:
    """Return hashes as the table holds them: in 16 hexadecimal digits."""
    return [f"{value:016x}" for value in hashes.tolist()]


@dataclass(frozen=True)
class Facts:
    """The table ``statistics``, ready to be asked.

    Parameters
    ----------
    table : pyarrow.Table
        Rows of ``schemas.STATISTICS``.
    """

    table: pa.Table = field(default_factory=schemas.STATISTICS.empty)
    _counted: dict[str, Frequencies] = field(default_factory=dict, compare=False, repr=False)
    _frames: dict[str, NDArray[np.uint64]] = field(default_factory=dict, compare=False, repr=False)
    _named: dict[str | None, bool] = field(default_factory=dict, compare=False, repr=False)
    _mixed: dict[str | None, bool] = field(default_factory=dict, compare=False, repr=False)
    _paired: dict[str | None, tuple[WordPairs, float]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, statistics: pa.Table | None) -> Facts:
        """Return the facts of a table; of none, the languages' defaults."""
        return cls() if statistics is None else cls(schemas.STATISTICS.check(statistics))

    @cached_property
    def digest(self) -> str:
        """The sha256 of all rows: two runs with one digest treat words alike."""
        found = hashlib.sha256()
        for name in ("fact", "language", "word"):
            data, offsets = text_views(self.table.column(name))
            found.update(np.diff(offsets).astype("<i8").tobytes())
            found.update(data[offsets[0] : offsets[-1]].tobytes())
        found.update(self.table.column("value").to_numpy().astype("<f8").tobytes())
        return found.hexdigest()

    @property
    def cap(self) -> int:
        """Documents that may share a k-gram before it says little."""
        return int(self._value("cap", "", CAP))

    @property
    def misread(self) -> float:
        """The share of words that look like known ones from which a text counts as recognised with errors."""
        return self._value("misread", "", MISREAD)

    def documents(self, default: int) -> int:
        """Return how many documents the collection has; where nothing is known of it, ``default``."""
        return int(self._value("documents", "", default))

    def names(self, language: str | None) -> bool:
        """Say whether a capital inside a sentence marks a name in this language."""
        if language not in self._named:
            self._named[language] = bool(self._value("names", language or "", language not in NAMELESS))
        return self._named[language]

    def caseless(self, language: str | None) -> bool:
        """Say whether some texts of this language have no capitals though others have."""
        if language not in self._mixed:
            self._mixed[language] = self.names(language) and self._value("caseless", language or "", 0) > 0
        return self._mixed[language]

    def function_words(self, language: str | None) -> NDArray[np.uint64]:
        """Return the hashes of the language's function words, ascending; the collection's own where it has any."""
        if (language or "") not in self._frames:
            own, _ = self._words("function_word", language)
            self._frames[language or ""] = distinct(own) if len(own) else function_words(language, FUNCTION_WORDS)
        return self._frames[language or ""]

    def frequencies(self, language: str | None) -> Frequencies:
        """Return the shares of words in this language.

        The collection's own where it has counted any, else those of its list; of a language without one, those of the
        background's words.
        """
        if (language or "") not in self._counted:
            self._counted[language or ""] = self._count(language)
        return self._counted[language or ""]

    def word_pairs(self, language: str | None, judged: Iterable[tuple[str | None, str, Words]] = ()) -> WordPairs:
        """Return the counts of words and word pairs of this language: what ships, and what the table holds.

        Parameters
        ----------
        language : str or None
        judged : iterable of language, text and words
            Texts that are judged: what they put into the collection's own counts is taken out.
        """
        if language not in self._paired:
            self._paired[language] = self._pair(language)
        counted, share = self._paired[language]
        return counted.without([words for own, text, words in judged if own == language and in_sample(text, share)])

    def hashes(self, fact: str) -> NDArray[np.uint64]:
        """Return the hashes, ascending, that the facts of one name are about, as ``written`` writes them."""
        rows = self.table.filter(pc.equal(self.table.column("fact"), fact))
        return distinct(np.array([int(word, 16) for word in rows.column("word").to_pylist()], np.uint64))

    def _count(self, language: str | None) -> Frequencies:
        words, counts = self._words("word_count", language)
        if not len(words):
            listed = frequencies(language)
            return listed if len(listed.words) else self._background(language)
        types, place = np.unique(words, return_inverse=True)
        return Frequencies(types, np.bincount(place, counts, len(types)) / self._value("words", language or "", 1))

    def _background(self, language: str | None) -> Frequencies:
        total = self._value(WORDS, language or "", 0)
        if not total:
            return frequencies(language)
        words = self.word_pairs(language).words
        return Frequencies(words.keys.astype(np.uint64) << HALF, words.times / total, KEY_BITS)

    def _pair(self, language: str | None) -> tuple[WordPairs, float]:
        """Return the counts, and the share of the collection's texts that are in them."""
        shipped, counted = word_pairs(language), parse_counts(self.table, language)
        both = shipped.plus(counted) if shipped and counted else shipped or counted
        return both, self._value(SHARE, language or "", 0)

    def _rows(self, fact: str, language: str | None) -> pa.Table:
        mask = pc.and_(
            pc.equal(self.table.column("fact"), fact), pc.equal(self.table.column("language"), language or "")
        )
        return self.table.filter(mask)

    def _value(self, fact: str, language: str, default: float) -> float:
        values = self._rows(fact, language).column("value").to_pylist()
        return float(values[0]) if values else float(default)

    def _words(self, fact: str, language: str | None) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
        rows = self._rows(fact, language)
        return hash_words(rows.column("word").to_pylist()), rows.column("value").to_numpy()
