"""What a document's k-grams are taken over: all its words, or the frame that a spinner leaves alone.

- ``surface``: all words, n = 5.
- ``skeleton``: function words, names and numbers in order, the rest skipped, n = 5. It survives the exchange
  of content words.
- ``quotation``: all words, n = 5, winnowed, so that every run of 8 equal words is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.facts import Facts
from stemmata.kernels.kgrams import kgrams, sample_kgrams
from stemmata.kernels.skeletons import COMMON, FUNCTION, LISTED, choose_skeleton
from stemmata.languages import function_words
from stemmata.schemas import VIEWS
from stemmata.tokens import Keys, among, distinct

N = 5
NOT_NAMES = 200  # the most frequent words are no names, however they are written
SALT = 0x9E3779B97F4A7C15  # odd: of its powers the first that puts no three words into one bucket
BUCKETS = 10  # bits: of 1,024 buckets of two, for some 250 words
CACHED = 400_000  # bytes of text whose words stay in a processor's cache


class Grams(NamedTuple):
    """All k-grams of one view, at the words with which they begin.

    Parameters
    ----------
    hash : uint64 array
        One for each word of the view; the last N - 1 of a document begin no k-gram.
    places : int32 array
        The index of each word of the view among all words.
    first : int64 array, one longer than the documents
        Where documents begin in ``hash``.
    """

    hash: NDArray[np.uint64]
    places: NDArray[np.int32]
    first: NDArray[np.int64]


class Skeletons(NamedTuple):
    """Skeletons of some documents.

    Parameters
    ----------
    grams : Grams
    caseless : bool array
        Documents whose capitals mark no names, though they do in their language: lower-cased texts, texts in capitals.
    """

    grams: Grams
    caseless: NDArray[np.bool_]


def surface_grams(keys: Keys, view: str = "surface") -> Grams:
    """Return every k-gram over all words, hashed for one of the two views of them."""
    return _grams(keys.word, np.arange(len(keys.word), dtype=np.int32), keys.first, view)


def surface_sample(keys: Keys, below: int) -> Grams:
    """Return of ``surface_grams`` those whose hash is at most ``below``."""
    room = len(keys.word) + N * len(keys.first)
    hashes, places = np.empty(room, np.uint64), np.empty(room, np.int32)
    first = np.empty(len(keys.first), np.int64)
    sample_kgrams(keys.word, keys.first, N, _seed("surface"), np.uint64(below), hashes, places, first)
    return Grams(hashes[: first[-1]], places[: first[-1]], first)


@dataclass(frozen=True)
class Frame:
    """The words that make a skeleton in each language of a collection, ready to be looked up.

    Parameters
    ----------
    facts : Facts
    languages : sequence of str or None
        All that documents are in.
    """

    facts: Facts
    languages: Iterable[str | None]
    _row: dict[str | None, int] = field(init=False, repr=False)
    _listed: NDArray[np.uint64] = field(init=False, repr=False)
    _salt: NDArray[np.uint64] = field(init=False, repr=False)
    _named: NDArray[np.bool_] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        spoken = sorted({language or "" for language in self.languages}) or [""]
        tables = [self._list_words(language or None) for language in spoken]
        object.__setattr__(self, "_row", {language or None: row for row, language in enumerate(spoken)})
        object.__setattr__(self, "_listed", np.stack([listed for listed, _ in tables]))
        object.__setattr__(self, "_salt", np.array([salt for _, salt in tables], np.uint64))
        object.__setattr__(self, "_named", np.array([self.facts.names(language or None) for language in spoken]))

    def _list_words(self, language: str | None) -> tuple[NDArray[np.uint64], int]:
        """Return a language's words in buckets of two, as ``choose_skeleton`` reads them, and the salt that does it."""
        function, common = self.facts.function_words(language), function_words(language, NOT_NAMES)
        words = distinct(np.concatenate([function, common]))
        kinds = FUNCTION * among(words, function) + COMMON * among(words, common)
        salt = SALT
        while True:
            bucket = (words * np.uint64(salt)) >> np.uint64(64 - BUCKETS)
            order = np.argsort(bucket, kind="stable")
            bucket = bucket[order].astype(np.int64)
            second = np.concatenate([[False], bucket[1:] == bucket[:-1]])
            if not (second[1:] & second[:-1]).any():
                break
            salt = salt * SALT % 2**64
        listed = np.zeros(2 << BUCKETS, np.uint64)
        listed[2 * bucket + second] = (words[order] | LISTED) ^ kinds[order].astype(np.uint64)
        return listed, salt

    def skeletons(self, keys: Keys, languages: list[str | None], *, names: bool = True) -> Skeletons:
        """Return every k-gram of the skeletons.

        Parameters
        ----------
        keys : Keys
            With flags.
        languages : list of str or None
            One for each document.
        names : bool
            Whether names count, where capitals mark them.
        """
        place = np.empty(len(keys.word), np.int32)
        chosen = np.empty(len(keys.word), np.uint64)
        first = np.empty(len(languages) + 1, np.int64)
        caseless = np.zeros(len(languages), np.bool_)
        row = np.array([self._row[language or None] for language in languages], np.int64)
        named = self._named if names else np.zeros(len(self._named), np.bool_)
        tables = self._listed, self._salt, 64 - BUCKETS, named
        count = choose_skeleton(keys.word, keys.flags, keys.first, row, *tables, place, chosen, first, caseless)
        return Skeletons(_grams(chosen[:count], place[:count], first, "skeleton"), caseless)

    def mixed(self, languages: list[str | None]) -> NDArray[np.bool_]:
        """Say of each document whether texts with and without capitals are met in its language."""
        return np.array([self.facts.caseless(language or None) for language in languages], np.bool_)


def _grams(words: NDArray[np.uint64], places: NDArray[np.int32], first: NDArray[np.int64], view: str) -> Grams:
    hashes = np.empty(len(words), np.uint64)
    kgrams(words, first, N, _seed(view), hashes)
    return Grams(hashes, places, first)


def _seed(view: str) -> int:
    return VIEWS.index(view) + 1
