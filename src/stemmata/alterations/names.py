"""Names by their shape: words with a capital where the language would write none.

No list and no model: a capital inside a sentence marks a name, and a word that bears one there is a name at a
sentence's beginning as well, as long as neither text writes it in lower case. Names that were recognised otherwise
(:mod:`stemmata.alterations.recognised`) come on top.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemmata.tokens import CAPITAL, FIRST, LOWERCASE, NUMBER, SENTENCE, Words, among, distinct

HEADLINE, NEARBY = 0.75, 0.6  # share of longer words with a capital, in a sentence or near, from which it says nothing
LEAST = 4  # capitals that make many
WINDOW = 7  # words to each side that are near: lists of titles are no sentences
LONGER = 4  # code points


def find_names(
    sides: tuple[Words, Words],
    function_words: NDArray[np.uint64],
    abbreviated: NDArray[np.uint64],
    recognised: tuple[NDArray[np.bool_], NDArray[np.bool_]] | None = None,
    *,
    names: bool,
) -> list[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Say for each word of two texts whether it is part of a name, and whether it never stands in lower case.

    Parameters
    ----------
    sides : two Words
        The texts; what one shows of a word holds in the other.
    function_words, abbreviated : uint64 arrays
        Words that are no names, whatever their capital; words after which a full stop ends no sentence.
    recognised : pair of bool arrays, optional
        By word, for each text: whether it is known otherwise to be part of a name. It is one then, whatever its
        shape; and where it has a capital, so it is wherever else it has one.
    names : bool
        Whether a capital inside a sentence marks a name in this language; else there are none to be told by it.
    """
    recognised = recognised or (np.zeros(len(sides[0]), bool), np.zeros(len(sides[1]), bool))
    if not names:
        return [(known, np.zeros(len(known), bool)) for known in recognised]
    inner = [
        _inside_sentences(words, function_words, abbreviated) | known
        for words, known in zip(sides, recognised, strict=True)
    ]
    within = distinct(np.concatenate([w.word[i] for w, i in zip(sides, inner, strict=True)]))
    within = within[~among(within, function_words)]
    lower = distinct(np.concatenate([words.word[words.flags & LOWERCASE != 0] for words in sides]))
    known = within[~among(within, lower)]
    found = []
    for words, mask in zip(sides, inner, strict=True):
        capital = words.flags & CAPITAL != 0
        found.append((mask | (capital & among(words.word, known)), capital & ~among(words.word, lower)))
    return found


def _inside_sentences(
    words: Words, function_words: NDArray[np.uint64], abbreviated: NDArray[np.uint64]
) -> NDArray[np.bool_]:
    if not len(words):
        return np.zeros(0, bool)
    capital = (words.flags & CAPITAL != 0) & (words.flags & NUMBER == 0)
    first = words.flags & (SENTENCE | FIRST) != 0
    length = words.end - words.start
    stopped = among(words.word, abbreviated) | (capital & (length == 1))  # Mr. Smith, J. Smith
    close = words.start[1:] - words.end[:-1] <= 2
    first[1:] &= ~(stopped[:-1] & close)
    longer = (length >= LONGER) & (words.flags & NUMBER == 0)
    capitals = longer & capital
    sentence = np.cumsum(words.flags & SENTENCE != 0)
    headline = _many(np.bincount(sentence, capitals), np.bincount(sentence, longer), HEADLINE)[sentence]
    headline |= _many(_near(capitals), _near(longer), NEARBY)
    inside: NDArray[np.bool_] = capital & ~first & ~among(words.word, function_words) & ~headline
    return inside


def _many(capitals: NDArray[Any], words: NDArray[Any], share: float) -> NDArray[np.bool_]:
    many: NDArray[np.bool_] = (capitals > share * words) & (capitals >= LEAST)
    return many


def _near(which: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count the words near each word of which ``which`` holds."""
    counts = np.concatenate([[0], np.cumsum(which)])
    here = np.arange(len(which))
    near: NDArray[np.int64] = counts[np.minimum(here + WINDOW + 1, len(which))] - counts[np.maximum(here - WINDOW, 0)]
    return near
