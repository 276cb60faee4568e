"""Exchanges of a few words for others, that only another meaning of words can tell from one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations.alteration import Alteration
from stemmata.alterations.collation import Run
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.spelling import plain_words
from stemmata.tokens import among, hash_words
from stemmata.wordvectors import WordVectors

LONGEST = 3  # words of a side
STEM, ENDING = 4, 3  # letters in common, but for an ending, by which two words are forms of one
JUDGED = ("date", "unit", "comparison", "quantifier", "hedge", "causal")  # cues that other rules weighed


class Word(NamedTuple):
    """A word in the one spelling by which words are compared, and as it is written."""

    plain: str
    written: str


class Swap(NamedTuple):
    """An exchange that is looked at: its place among the alterations, its words in the source, and both sides.

    ``before`` and ``after`` are all words of the two sides, ``lost`` and ``gained`` those of which only one has
    any, without function words.
    """

    place: int
    first: int
    last: int
    before: NDArray[np.uint64]
    after: NDArray[np.uint64]
    lost: NDArray[np.uint64]
    gained: NDArray[np.uint64]


def list_swaps(
    found: Sequence[Alteration],
    source: MarkedText,
    copy: MarkedText,
    swapped: Sequence[Run],
    vectors: WordVectors,
    silent: NDArray[np.uint64],
) -> Iterator[Swap]:
    """Yield the exchanges of a few words for others, in the given passages, that no other rule has judged.

    Parameters
    ----------
    found : sequence of Alteration
    swapped : sequence of Run
        The passages.
    vectors : WordVectors
        By which a word in two spellings is looked up in the one that is known.
    silent : uint64 array
        Function words, ascending.
    """
    for place, one in enumerate(found):
        here = source.words.within(one.source_start, one.source_end)
        if one.type != "wording" or not _inside(here, swapped):
            continue
        there = copy.words.within(one.copy_start, one.copy_end)
        before, after = _words(source, here), _words(copy, there)
        if not 0 < len(before) <= LONGEST or not 0 < len(after) <= LONGEST:
            continue
        if any(source.names[here]) or any(copy.names[there]) or (_judged(source, here) and _judged(copy, there)):
            continue
        lost = [word for word in before if word.plain not in {other.plain for other in after}]
        gained = [word for word in after if word.plain not in {other.plain for other in before}]
        if any(_one_stem(a.plain, b.plain) for a in lost for b in gained):
            continue
        hashed = [_hash(words, vectors) for words in (before, after, lost, gained)]
        lost_words, gained_words = (words[~among(words, silent)] for words in hashed[2:])
        if len(lost_words) and len(gained_words):
            yield Swap(place, here.start, here.stop, hashed[0], hashed[1], lost_words, gained_words)


def _words(text: MarkedText, here: slice) -> list[Word]:
    """Return words, contractions written out and without a genitive's ending."""
    found = []
    for k in range(here.start, here.stop):
        written = text.word(k).lower().replace("’", "'")
        plain = [word for word in plain_words(written) if not word.startswith("'")]
        found += [Word(word, written.partition("'")[0] if len(plain) == 1 else word) for word in plain]
    return found


def _hash(words: Sequence[Word], vectors: WordVectors) -> NDArray[np.uint64]:
    """Return the hashes of words as they are written; of an unknown one in its plain spelling, where that is known."""
    written, plain = hash_words([word.written for word in words]), hash_words([word.plain for word in words])
    respelled = ~vectors.look_up(written).any(axis=1) & vectors.look_up(plain).any(axis=1)
    return np.where(respelled, plain, written)


def _inside(here: slice, passages: Sequence[Run]) -> bool:
    return any(run.source_first <= here.start and here.stop <= run.source_last for run in passages)


def _judged(text: MarkedText, here: slice) -> bool:
    return any(text.holds(kind, here.start, here.stop) for kind in JUDGED)


def _one_stem(a: str, b: str) -> bool:
    size = max(STEM, min(len(a), len(b)) - ENDING)
    return min(len(a), len(b)) >= size and a[:size] == b[:size]
