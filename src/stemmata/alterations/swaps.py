"""Exchanges of a few words for others, that only another meaning of words can tell from one another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations import english
from stemmata.alterations.alteration import Alteration
from stemmata.alterations.collation import Run
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.spelling import plain_words
from stemmata.tokens import hash_words
from stemmata.wordvectors import WordVectors

LONGEST = 3  # words of a side
STEM, ENDING = 4, 3  # letters in common, but for an ending, by which two words are forms of one
JUDGED = frozenset(["date", "unit", "comparison", "quantifier", "hedge", "causal"])  # cues that other rules weighed

GRAMMAR = frozenset("".join(english.GRAMMAR.split()).split("|"))  # vectors ship for English only


class Word(NamedTuple):
    """A word in the one spelling by which words are compared, and as it is written."""

    plain: str
    written: str


class Swap(NamedTuple):
    """An exchange that is looked at: its place among the alterations, its words in the source, and both sides.

    ``before`` and ``after`` are the hashes of all words of the two sides, ``lost`` and ``gained`` of those of which
    only one has any, without function words; each at most ``LONGEST``.
    """

    place: int
    first: int
    last: int
    before: list[int]
    after: list[int]
    lost: list[int]
    gained: list[int]


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
    asked = []
    for place, one in enumerate(found):
        here = source.words.within(one.source_start, one.source_end)
        if one.type == "wording" and _inside(here, swapped):
            both = _sides(source, here, copy, copy.words.within(one.copy_start, one.copy_end))
            asked += [(place, here, *both)] if both else []
    hashed = _hash({word for _, _, before, after in asked for word in (*before, *after)}, vectors)
    unspoken = set(silent.tolist())
    spoken = {word for word, known in hashed.items() if known not in unspoken}
    for place, here, before, after in asked:
        lost, gained = _only(before, after), _only(after, before)
        if any(GRAMMAR.issuperset(word.plain for word in side) for side in (lost, gained)):
            continue
        sides = (before, after, [w for w in lost if w in spoken], [w for w in gained if w in spoken])
        if sides[2] and sides[3] and not any(_one_stem(a.plain, b.plain) for a in lost for b in gained):
            yield Swap(place, here.start, here.stop, *([hashed[word] for word in side] for side in sides))


def _sides(source: MarkedText, here: slice, copy: MarkedText, there: slice) -> tuple[list[Word], list[Word]] | None:
    """Return the words of both sides; None where they are too many, names, or weighed by another rule."""
    if not 0 < here.stop - here.start <= LONGEST or not 0 < there.stop - there.start <= LONGEST:
        return None
    if source.names[here].any() or copy.names[there].any() or (_judged(source, here) and _judged(copy, there)):
        return None
    before, after = _words(source, here), _words(copy, there)
    return (before, after) if 0 < len(before) <= LONGEST and 0 < len(after) <= LONGEST else None


def _only(side: Sequence[Word], other: Sequence[Word]) -> list[Word]:
    plain = {one.plain for one in other}
    return [word for word in side if word.plain not in plain]


def _words(text: MarkedText, here: slice) -> list[Word]:
    """Return words, contractions written out and without a genitive's ending."""
    found = []
    for k in range(here.start, here.stop):
        written = text.word(k).lower().replace("’", "'")
        plain = [word for word in plain_words(written, text.language) if not word.startswith("'")]
        found += [Word(word, written.partition("'")[0] if len(plain) == 1 else word) for word in plain]
    return found


def _hash(words: Collection[Word], vectors: WordVectors) -> dict[Word, int]:
    """Return the hashes of words as they are written; of an unknown one in its plain spelling, where that is known."""
    ordered = sorted(words)
    written, plain = hash_words([word.written for word in ordered]), hash_words([word.plain for word in ordered])
    respelled = ~vectors.known(written) & vectors.known(plain)
    return dict(zip(ordered, np.where(respelled, plain, written).tolist(), strict=True))


def _inside(here: slice, passages: Sequence[Run]) -> bool:
    return any(run.source_first <= here.start and here.stop <= run.source_last for run in passages)


def _judged(text: MarkedText, here: slice) -> bool:
    return any(not JUDGED.isdisjoint(cue.kinds) for cue in text.cues_at(here.start, here.stop))


def _one_stem(a: str, b: str) -> bool:
    size = max(STEM, min(len(a), len(b)) - ENDING)
    return min(len(a), len(b)) >= size and a[:size] == b[:size]
