"""How often words, and pairs of neighbouring words, stand in a background: how well a word fits its place.

Counts are rows of the table ``statistics`` (facts ``counted_words``, ``counted_word``, ``counted_pair``). Words and
pairs stand in them as hashes of 32 bits in 8 hexadecimal digits: of a million pairs one in 4,000 is taken for another.
English ships with the package (``data/counts-en.parquet``, by ``stemmata counts build``); a large collection counts
for itself, and says in ``counted_share`` how many of its texts it counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from stemmata.buffers import text_views
from stemmata.once import once
from stemmata.shipped import shipped
from stemmata.surroundings import Counts, Figures, Hashes, pair_keys, surroundings_of, word_keys
from stemmata.tokens import Words

WORDS, WORD, PAIR, SHARE = "counted_words", "counted_word", "counted_pair", "counted_share"
PRIOR = 50.0  # times that a word counts as seen before what its neighbour's frequency alone foretells
NONE = Counts(np.zeros(0, np.uint32), np.zeros(0))


@dataclass(frozen=True)
class WordPairs:
    """Counts of words and of pairs of neighbouring words in a background.

    Parameters
    ----------
    words, pairs : Counts
        How often each was seen.
    own_words, own_pairs : Counts
        What of these the texts at hand put in themselves.
    """

    words: Counts
    pairs: Counts
    own_words: Counts = NONE
    own_pairs: Counts = NONE

    def __bool__(self) -> bool:
        return len(self.pairs.keys) > 0

    def plus(self, other: WordPairs) -> WordPairs:
        """Return both counts added up."""
        return WordPairs(_sum(self.words, other.words), _sum(self.pairs, other.pairs))

    def without(self, texts: Sequence[Words]) -> WordPairs:
        """Return the counts less what some texts put in that were counted: a text must not speak for itself.

        Surroundings that stand in another text as well are subtracted with theirs, down to 0.
        """
        if not texts:
            return self
        own_words, own_pairs = surroundings_of(texts).tally()
        return replace(self, own_words=own_words, own_pairs=own_pairs)

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
        together = _less(self.pairs, self.own_pairs, pair_keys(words)) + prior
        alone = (_less(self.words, self.own_words, word_keys(words[:-1])) / PRIOR + 1) * prior
        return np.where(known, np.log(together / alone), 0.0)


def _sum(one: Counts, other: Counts) -> Counts:
    keys, place = np.unique(np.concatenate([one.keys, other.keys]), return_inverse=True)
    return Counts(keys, np.bincount(place, np.concatenate([one.times, other.times]), len(keys)).astype(np.float64))


def _less(counts: Counts, own: Counts, keys: Hashes) -> Figures:
    return np.maximum(counts.look_up(keys) - own.look_up(keys), 0.0)


def parse_counts(facts: pa.Table, language: str | None) -> WordPairs:
    """Return the counts of a language among the rows of a table ``statistics``."""
    here = pc.equal(facts.column("language"), language or "")
    words, pairs = (facts.filter(pc.and_(pc.equal(facts.column("fact"), fact), here)) for fact in (WORD, PAIR))
    return WordPairs(_counts(words), _counts(pairs))


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
    with shipped("counts", language) as path:
        return parse_counts(pq.read_table(path), language) if path else NOTHING


NOTHING = WordPairs(NONE, NONE)
