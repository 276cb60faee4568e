"""Sentences that were exchanged for others: one was left out and one put in, and no word of theirs was reworded.

Between sentences that stand in both texts the aligner sets what is left against each other, and every *of the* of two
strangers becomes a partner. They are known by that: they have no word with content in common, and few others.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations.collation import NONE, Collation, Run
from stemmata.alterations.marked import MarkedText
from stemmata.tokens import PARAGRAPH, SENTENCE

LEAST, CONTENT = 5, 3  # words, and words with content, of each of two strangers
SHARED = 0.3  # of the words of the shorter that may be partners
KEPT = 2  # words before and after that stand in both texts
STEM = 4  # letters that two forms of a word have in common


def part_strangers(passage: Collation, source: MarkedText, copy: MarkedText) -> None:
    """Take the partners from sentences that have little but the commonest words in common."""
    low, high = passage.source
    flags = source.words.flags[low:high] & (SENTENCE | PARAGRAPH) != 0
    begins = np.union1d(np.flatnonzero(flags), [0])
    if high > low and source.begins_sentence(high):
        begins = np.append(begins, high - low)
    held = passage.to_copy >= 0
    told = held & ~source.common[low:high]
    counts = (np.concatenate([[0], np.cumsum(each)])[begins] for each in (held, told))
    few, content = (np.diff(count) for count in counts)
    sizes = np.diff(begins)
    for k in np.flatnonzero((content == 0) & (few <= SHARED * sizes) & (sizes >= LEAST)).tolist():
        run = _opposite(passage, low + int(begins[k]), low + int(begins[k + 1]))
        if run and are_strangers(run, source, copy) and few[k] <= SHARED * (run[3] - run[2]):
            for i in range(run[0] - low, run[1] - low):
                if passage.to_copy[i] >= 0:
                    passage.to_source[passage.to_copy[i] - passage.copy[0]] = passage.to_copy[i] = NONE


def are_strangers(run: Run, source: MarkedText, copy: MarkedText) -> bool:
    """Say whether a run is a sentence or several on both sides, without a word with content in common."""
    sides = ((source, run[0], run[1]), (copy, run[2], run[3]))
    if any(last - first < LEAST or text.content(first, last) < CONTENT for text, first, last in sides):
        return False
    if not all(text.begins_sentence(first) and text.begins_sentence(last) for text, first, last in sides):
        return False
    ours, theirs = (set(_stems(*side)) for side in sides)
    return not ours & theirs


def _opposite(passage: Collation, first: int, last: int) -> Run | None:
    """Return a sentence with what stands against it in the copy, between words that both texts keep."""
    before, after = _partners(passage, first - KEPT, first), _partners(passage, last, last + KEPT)
    if before is None or after is None:
        return None
    copy_first, copy_last = int(before[-1]) + 1, int(after[0])
    inside = passage.to_source[copy_first - passage.copy[0] : copy_last - passage.copy[0]]
    inside = inside[inside >= 0]
    return Run(first, last, copy_first, copy_last) if ((inside >= first) & (inside < last)).all() else None


def _partners(passage: Collation, first: int, last: int) -> NDArray[np.int64] | None:
    """Return the partners of words [first, last), where all have one and these follow each other."""
    if first < passage.source[0] or last > passage.source[1]:
        return None
    partners = passage.to_copy[first - passage.source[0] : last - passage.source[0]]
    return partners if (partners >= 0).all() and (np.diff(partners) == 1).all() else None


def _stems(text: MarkedText, first: int, last: int) -> Iterator[str]:
    return (text.word(k).lower()[:STEM] for k in range(first, last) if not text.common[k])
