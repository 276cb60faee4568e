"""What a document's k-grams are taken over: all its words, or the frame that a spinner leaves alone.

- ``surface``: all words, n = 5.
- ``skeleton``: function words, names and numbers in order, the rest skipped, n = 5. It survives the exchange
  of content words.
- ``quotation``: all words, n = 5, winnowed, so that every run of 8 equal words is found.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.facts import Facts
from stemmata.kernels.kgrams import kgrams
from stemmata.languages import function_words
from stemmata.schemas import VIEWS
from stemmata.tokens import CAPITAL, FIRST, NUMBER, Tokens, among, distinct

N = 5
QUOTATION_WINDOW = 4  # N + window - 1 = 8 words
NOT_NAMES = 200  # the most frequent words are no names, however they are written
DOCUMENT = np.uint64(0xD6E8FEB86659FD93)


class Grams(NamedTuple):
    """All k-grams of one view: hash, index of the first word in its document, and where documents begin."""

    hash: NDArray[np.uint64]
    position: NDArray[np.int32]
    first: NDArray[np.int64]


def all_grams(tokens: Tokens, languages: list[str | None], facts: Facts, view: str) -> Grams:
    """Return every k-gram of a view, document by document."""
    words = tokens.words.word
    chosen = _skeleton(tokens, languages, facts) if view == "skeleton" else np.ones(len(words), bool)
    places = np.flatnonzero(chosen)
    first = np.searchsorted(places, tokens.first)
    hashes = np.zeros(len(places), np.uint64)
    kgrams(words[places], first, N, VIEWS.index(view) + 1, hashes)
    document = np.repeat(np.arange(len(tokens)), np.diff(first))
    complete = np.arange(len(places)) + N <= first[document + 1]
    sizes = np.bincount(document[complete], minlength=len(tokens))
    position = (places - tokens.first[document])[complete].astype(np.int32)
    return Grams(hashes[complete], position, np.concatenate([[0], np.cumsum(sizes)]))


def _skeleton(tokens: Tokens, languages: list[str | None], facts: Facts) -> NDArray[np.bool_]:
    """Mark function words, names and numbers.

    A name is a form that stands capitalised, not sentence-first, at least once in its text; then all its
    capitalised uses there are names.
    """
    word, flags = tokens.words.word, tokens.words.flags
    chosen: NDArray[np.bool_] = flags & NUMBER != 0
    document = np.repeat(np.arange(len(tokens), dtype=np.uint64), np.diff(tokens.first))
    spoken = np.array([language or "" for language in languages])
    for language in sorted(set(spoken.tolist())):
        here = np.repeat(spoken == language, np.diff(tokens.first))
        code = language or None
        chosen |= here & among(word, facts.function_words(code))
        if facts.names(code):
            capital = here & (flags & CAPITAL != 0) & ~among(word, function_words(code, NOT_NAMES))
            form = word ^ (document * DOCUMENT)  # a form of one text
            chosen |= capital & among(form, distinct(form[capital & (flags & FIRST == 0)]))
    return chosen
