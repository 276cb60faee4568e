"""What is known of a language beforehand: how frequent each word is, from the lists of ``wordfreq``.

Figures are per word of ``tokens``: list entries are cut by our own tokeniser, so that contractions,
diacritics and scripts without spaces fold as they do in documents.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.once import once
from stemmata.tokens import NUMBER, distinct, read_words

FLOOR = 3e-5  # for words that no list knows: names and terms recur within a text
EXACTLY = np.uint64(2**64 - 1)
FUNCTION_WORDS = 50  # words of a language that are taken for its function words
LISTED = 8  # list entries looked at for each function word: in unspaced scripts most are of several signs


@dataclass(frozen=True)
class Frequencies:
    """Relative frequencies of words.

    Parameters
    ----------
    words : uint64 array
        Hashes, ascending.
    shares : float64 array
        Share of running text, 0 to 1.
    mask : uint64
        The bits of a hash by which words are told apart, where these are not all.
    """

    words: NDArray[np.uint64]
    shares: NDArray[np.float64]
    mask: np.uint64 = EXACTLY

    def look_up(self, words: NDArray[np.uint64], floor: float) -> NDArray[np.float64]:
        """Return the share of each word, ``floor`` where it is unknown or rarer."""
        if not len(self.words):
            return np.full(len(words), floor)
        words = words & self.mask
        place = np.minimum(np.searchsorted(self.words, words), len(self.words) - 1)
        return np.maximum(np.where(self.words[place] == words, self.shares[place], 0.0), floor)

    def commonest(self, count: int) -> NDArray[np.uint64]:
        """Return the hashes of the ``count`` most frequent words, ascending."""
        order = np.lexsort((self.words, -self.shares))[:count]
        return np.sort(self.words[order])


@once
def frequencies(language: str | None, size: str = "small") -> Frequencies:
    """Return the word frequencies of a language; an empty list where none is shipped.

    Parameters
    ----------
    language : str or None
        ISO 639-1 code.
    size : {"small", "large"}
        About 30,000 or 300,000 words. A language without a large list gives its small one.
    """
    import wordfreq

    best = wordfreq.available_languages("best")
    if language not in best:
        return Frequencies(np.zeros(0, np.uint64), np.zeros(0))
    if size == "large" and language not in wordfreq.available_languages("large"):
        size = "small"
    listed = wordfreq.get_frequency_dict(language, size)
    tokens = read_words(pa.array(list(listed), pa.large_string()))
    shares = np.repeat(np.fromiter(listed.values(), np.float64, len(listed)), np.diff(tokens.first))
    words, place = np.unique(tokens.words.word, return_inverse=True)
    return Frequencies(words, np.bincount(place, shares, len(words)).astype(np.float64))


def listed_words(language: str | None) -> tuple[list[str], NDArray[np.uint64], NDArray[np.float64]]:
    """Return the words of a language's list, the commonest first, their hashes and shares; no numbers, no compounds."""
    import wordfreq

    if language not in wordfreq.available_languages("best"):
        return [], np.zeros(0, np.uint64), np.zeros(0)
    listed = wordfreq.get_frequency_dict(language, "small")
    names = list(listed)
    hashes, whole = _single(names)
    shares = np.fromiter(listed.values(), np.float64, len(listed))
    return [names[k] for k in np.flatnonzero(whole)], hashes[whole], shares[whole]


@once
def function_words(language: str | None, count: int) -> NDArray[np.uint64]:
    """Return the hashes of the ``count`` most frequent words of a language, ascending; no numbers, no compounds."""
    import wordfreq

    if language not in wordfreq.available_languages("best"):
        return np.zeros(0, np.uint64)
    hashes, whole = _single(list(wordfreq.get_frequency_dict(language, "small"))[: LISTED * count])
    return distinct(hashes[whole][:count])


def _single(listed: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Return the hash of each entry of a list, and whether it is one word, and that of letters."""
    tokens = read_words(pa.array(listed, pa.large_string()))
    words = tokens.words
    hashes, whole = np.zeros(len(listed), np.uint64), np.diff(tokens.first) == 1
    at = tokens.first[:-1][whole]
    sizes = np.array([len(word) for word in listed])[whole]
    hashes[whole] = words.word[at]
    whole[whole] = (words.end[at] - words.start[at] == sizes) & (words.flags[at] & NUMBER == 0)
    return hashes, whole


def common_language(a: str | None, b: str | None) -> str | None:
    """Return the language of a pair: the one both share, else the one that is known; None where they differ."""
    return a or b if a == b or not (a and b) else None
