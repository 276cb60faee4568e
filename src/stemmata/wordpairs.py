"""How often words, and pairs of neighbouring words, stand in a background: how well a word fits its place.

Counts are rows of the table ``statistics`` (facts ``counted_words``, ``counted_word``, ``counted_pair``). Words and
pairs stand in them as hashes of 32 bits in 8 hexadecimal digits: of a million pairs one in 4,000 is taken for another.
English ships with the package (``data/counts-en.parquet``, by ``stemmata counts build``).
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from stemmata.buffers import text_views
from stemmata.once import once

WORDS, WORD, PAIR = "counted_words", "counted_word", "counted_pair"
PRIOR = 50.0  # times that a word counts as seen before what its neighbour's frequency alone foretells
MIX = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)

Hashes = NDArray[np.uint32]
Figures = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """Hashes, ascending, and how often each was seen."""

    keys: Hashes
    times: Figures

    def look_up(self, keys: Hashes) -> Figures:
        """Return how often each key was seen."""
        if not len(self.keys):
            return np.zeros(len(keys))
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.times[place], 0.0)


@dataclass(frozen=True)
class WordPairs:
    """Counts of words and of pairs of neighbouring words in a background."""

    words: Counts
    pairs: Counts

    def __bool__(self) -> bool:
        return len(self.pairs.keys) > 0

    def links(self, words: NDArray[np.uint64], shares: Figures) -> Figures:
        """Return how much likelier each word is after the one before it than anywhere.

        ``log[(c(l, r) + K p(r)) / ((c(l) + K) p(r))]`` with counts c and K = 50; 0 where a frequency is unknown.

        Parameters
        ----------
        words : uint64 array of shape (n,)
        shares : float64 array of shape (n,)
            Their frequencies in the language, 0 to 1; 0 where unknown.

        Returns
        -------
        float64 array of shape (n - 1,)
            Natural logarithms; one for each pair of neighbours.
        """
        left, right = shares[:-1], shares[1:]
        known = (left > 0) & (right > 0)
        prior = PRIOR * np.where(known, right, 1.0)
        together = self.pairs.look_up(pair_keys(words)) + prior
        alone = (self.words.look_up(word_keys(words[:-1])) / PRIOR + 1) * prior
        return np.where(known, np.log(together / alone), 0.0)


def word_keys(words: NDArray[np.uint64]) -> Hashes:
    """Return the keys under which words are counted."""
    return (words >> HALF).astype(np.uint32)


def pair_keys(words: NDArray[np.uint64]) -> Hashes:
    """Return the keys under which each word and its right neighbour are counted."""
    mixed = (words[:-1] * MIX) ^ words[1:]
    return (((mixed ^ (mixed >> np.uint64(31))) * MIX) >> HALF).astype(np.uint32)


def parse_counts(facts: pa.Table) -> WordPairs:
    """Return the counts among the rows of a table ``statistics`` that are of one language."""
    return WordPairs(*(_counts(facts.filter(pc.equal(facts.column("fact"), fact))) for fact in (WORD, PAIR)))


def _counts(rows: pa.Table) -> Counts:
    keys = _unwritten(rows.column("word").combine_chunks())
    order = np.argsort(keys)
    return Counts(keys[order], rows.column("value").to_numpy()[order])


def written(keys: Hashes) -> pa.Array:
    """Return keys as the table holds them: in 8 hexadecimal digits."""
    digits = (keys[:, None] >> np.arange(28, -4, -4, dtype=np.uint32)) & 15
    letters = np.frombuffer(b"0123456789abcdef", np.uint8)[digits]
    offsets = np.arange(0, 8 * len(keys) + 1, 8, dtype=np.int32)
    return pa.StringArray.from_buffers(len(keys), pa.py_buffer(offsets), pa.py_buffer(letters.tobytes()))


def _unwritten(words: pa.Array) -> Hashes:
    """Return what ``written`` wrote."""
    data, offsets = text_views(words)
    letters = data[offsets[0] : offsets[-1]].reshape(-1, 8)
    keys = np.zeros(len(letters), np.uint32)
    for column in letters.T:
        keys = (keys << np.uint32(4)) | np.where(column > ord("9"), column - (ord("a") - 10), column - ord("0"))
    return keys


@once
def word_pairs(language: str | None) -> WordPairs:
    """Return the counts that ship with the package; of a language without any, empty ones."""
    shipped = files("stemmata") / "data" / f"counts-{language}.parquet"
    if not shipped.is_file():
        return NOTHING
    with as_file(shipped) as path:
        return parse_counts(pq.read_table(path))


NOTHING = WordPairs(*(Counts(np.zeros(0, np.uint32), np.zeros(0)) for _ in range(2)))
