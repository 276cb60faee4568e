"""Look up what the table ``statistics`` says; where it is silent, what is known of the language."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.languages import Frequencies, frequencies, function_words
from stemmata.tokens import distinct, hash_words
from stemmata.wordpairs import WordPairs, word_pairs

FUNCTION_WORDS = 50
CAP = 50  # documents that may share a k-gram before its postings are linked to neighbours only
NAMELESS = ("de", "lb")  # languages that write every noun with a capital


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

    @classmethod
    def of(cls, statistics: pa.Table | None) -> Facts:
        """Return the facts of a table; of none, the languages' defaults."""
        return cls() if statistics is None else cls(schemas.STATISTICS.check(statistics))

    @cached_property
    def digest(self) -> str:
        """The sha256 of all rows: two runs with one digest treat words alike."""
        return hashlib.sha256(repr(self.table.to_pydict()).encode()).hexdigest()

    @property
    def cap(self) -> int:
        """Documents that may share a k-gram before it says little."""
        return int(self._value("cap", "", CAP))

    def names(self, language: str | None) -> bool:
        """Say whether a capital inside a sentence marks a name in this language."""
        if language not in self._named:
            self._named[language] = bool(self._value("names", language or "", language not in NAMELESS))
        return self._named[language]

    def function_words(self, language: str | None) -> NDArray[np.uint64]:
        """Return the hashes of the language's function words, ascending; the collection's own where it has any."""
        if (language or "") not in self._frames:
            own, _ = self._words("function_word", language)
            self._frames[language or ""] = distinct(own) if len(own) else function_words(language, FUNCTION_WORDS)
        return self._frames[language or ""]

    def frequencies(self, language: str | None) -> Frequencies:
        """Return the shares of words in this language; the collection's own where it has counted any."""
        if (language or "") not in self._counted:
            self._counted[language or ""] = self._count(language)
        return self._counted[language or ""]

    def word_pairs(self, language: str | None) -> WordPairs:
        """Return the counts of words and word pairs of this language."""
        return word_pairs(language)

    def hashes(self, fact: str) -> NDArray[np.uint64]:
        """Return the hashes, ascending, that the facts of one name are about, as ``written`` writes them."""
        rows = self.table.filter(pc.equal(self.table.column("fact"), fact))
        return distinct(np.array([int(word, 16) for word in rows.column("word").to_pylist()], np.uint64))

    def _count(self, language: str | None) -> Frequencies:
        words, counts = self._words("word_count", language)
        if not len(words):
            return frequencies(language)
        types, place = np.unique(words, return_inverse=True)
        return Frequencies(types, np.bincount(place, counts, len(types)) / self._value("words", language or "", 1))

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
