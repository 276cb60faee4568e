"""Passages carried to the ends of their sentences: what one side has there alone was left out or put in.

The aligner ends a passage at the last words that both texts share, so that a clause lost at a sentence's end, or other
words at a text's beginning, lie outside of it. Sometimes it ends one text a sentence before the other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations.collation import Run
from stemmata.alterations.marked import MarkedText
from stemmata.tokens import PARAGRAPH

ALONE = 12  # words that one side has at the edge of a passage, where the other has none
BOTH = 6  # words of each side at the edge, where a paragraph of both begins or ends
LOPSIDED = 8  # words that one side has more, behind the last that both have, where its other half was cut off


def widen(passages: list[Run], matched: list[Run], source: MarkedText, copy: MarkedText) -> list[Run]:
    """Return the passages, each carried to the ends of its sentences where little stands there and nothing else does.

    Words of another passage are never taken. Where both sides have words of their own, they are taken at the ends of
    paragraphs only: elsewhere a stranger's sentence may go on. ``matched`` are the words of each passage from the first
    to the last that has a partner: where one side goes on far behind them, so does the other, if it can.
    """
    free = [_free(passages, side, text) for side, text in ((0, source), (2, copy))]
    widened = []
    for run, kept in zip(passages, matched, strict=True):
        run = _evened(run, kept, (source, copy), free)
        before = [_back(text, run[side], free[side // 2]) for side, text in ((0, source), (2, copy))]
        after = [_on(text, run[side + 1], free[side // 2]) for side, text in ((0, source), (2, copy))]
        if not _taken(before, (run[0], run[2]), source, copy):
            before = [run[0], run[2]]
        if not _taken(after, (run[1], run[3]), source, copy):
            after = [run[1], run[3]]
        for taken, low, high in ((free[0], before[0], after[0]), (free[1], before[1], after[1])):
            taken[low:high] = False
        widened.append(Run(before[0], after[0], before[1], after[1]))
    return widened


def bounds(runs: list[Run], whole: Run) -> Run:
    """Return the words from the first to the last of some runs on both sides; of none, the whole."""
    if not runs:
        return whole
    firsts, lasts, copy_firsts, copy_lasts = zip(*runs, strict=True)
    return Run(min(firsts), max(lasts), min(copy_firsts), max(copy_lasts))


def _evened(run: Run, kept: Run, texts: tuple[MarkedText, MarkedText], free: list[NDArray[np.bool_]]) -> Run:
    """Return a passage that ends in both texts where it ends in one, if a sentence of the other does so too."""
    edges = list(run)
    for far, step in ((0, -1), (1, 1)):
        tails = [step * (run[2 * side + far] - kept[2 * side + far]) for side in (0, 1)]
        short = 0 if tails[0] < tails[1] else 1
        missing = abs(tails[0] - tails[1])
        if missing >= LOPSIDED:
            edge = place = run[2 * short + far]
            while abs(place - edge) < missing + BOTH and _goes_on(texts[short], place, step, free[short]):
                place += step
                if texts[short].begins_sentence(place) and abs(place - edge) >= missing - BOTH:
                    edges[2 * short + far] = place
                    break
    return Run(*edges)


def _goes_on(text: MarkedText, word: int, step: int, free: NDArray[np.bool_]) -> bool:
    """Say whether a free word follows, or stands before, a place."""
    next_ = word if step > 0 else word - 1
    return 0 <= next_ < len(text.words) and bool(free[next_])


def _free(passages: list[Run], side: int, text: MarkedText) -> NDArray[np.bool_]:
    """Say which words lie in no passage."""
    free = np.ones(len(text.words), bool)
    for run in passages:
        free[run[side] : run[side + 1]] = False
    return free


def _back(text: MarkedText, word: int, free: NDArray[np.bool_]) -> int:
    """Return where the sentence of a word begins, or as far as words are free; no further than can be taken."""
    first = word
    while first and not text.begins_sentence(first) and word - first <= ALONE and free[first - 1]:
        first -= 1
    return first


def _on(text: MarkedText, word: int, free: NDArray[np.bool_]) -> int:
    """Return where the sentence ends of which ``word`` follows a word, in the same way."""
    last = word
    while not text.begins_sentence(last) and last - word <= ALONE and free[last]:
        last += 1
    return last


def _taken(reached: list[int], edges: tuple[int, int], source: MarkedText, copy: MarkedText) -> bool:
    """Say whether the words between the edges of a passage and the places reached belong to it."""
    sizes = sorted(abs(place - edge) for place, edge in zip(reached, edges, strict=True))
    ends = zip((source, copy), reached, strict=True)
    if not sizes[1] or not all(text.begins_sentence(place) for text, place in ends):
        return False
    if not sizes[0]:
        return sizes[1] <= ALONE
    return sizes[1] <= BOTH and all(
        _paragraph(text, place) for text, place in zip((source, copy), reached, strict=True)
    )


def _paragraph(text: MarkedText, word: int) -> bool:
    """Say whether a paragraph begins at a word; the text's end counts."""
    return word >= len(text.words) or not word or bool(text.words.flags[word] & PARAGRAPH)
