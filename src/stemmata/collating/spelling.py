"""What words are spelt with: the pairs of their letters, in 64 bits each."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from stemmata.tokens import Tokens

SPREAD = np.uint64(0x9E3779B97F4A7C15)
EDGE = "\0"  # before the first letter and behind the last


@dataclass(frozen=True, eq=False)
class Spelling:
    """How words are spelt.

    Parameters
    ----------
    hashes : uint64 array
        Of words, distinct and ascending.
    letters : uint64 array
        A bit for each pair of letters of the word, its beginning and its end being letters too.
    """

    hashes: NDArray[np.uint64]
    letters: NDArray[np.uint64]

    def of(self, hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return the letters of words; 0 for a word that is not known."""
        if not len(self.hashes):
            return np.zeros(len(hashes), np.uint64)
        place = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[place] == hashes, self.letters[place], np.uint64(0))


def read_spelling(texts: Sequence[str], tokens: Tokens) -> Spelling:
    """Read how the words of some texts are spelt.

    Of several forms of one word ("two" and "2") the first in order of the letters counts, wherever it stands.
    """
    words = tokens.words
    _, some = np.unique(words.word ^ (words.form.astype(np.uint64) * SPREAD), return_index=True)
    document = np.searchsorted(tokens.first, some, "right") - 1
    spelt: dict[int, str] = {}
    for word, at, start, end in zip(
        words.word[some].tolist(), document.tolist(), words.start[some].tolist(), words.end[some].tolist(), strict=True
    ):
        letters = _fold(texts[at][start:end])
        spelt[word] = min(spelt.get(word, letters), letters)
    hashes = np.array(sorted(spelt), np.uint64)
    return Spelling(hashes, np.array([_letters(spelt[word]) for word in hashes.tolist()], np.uint64))


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def _letters(word: str) -> int:
    bits = 0
    edged = f"{EDGE}{word}{EDGE}"
    for first, second in pairwise(edged):
        bits |= 1 << (crc32(f"{first}{second}".encode()) % 64)
    return bits
