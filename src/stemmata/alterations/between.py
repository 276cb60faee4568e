"""Whole sentences that stand between two passages in one text, and have nothing against them in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations.collation import Collation, Run
from stemmata.alterations.judgement import Judgement
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.strangers import are_strangers
from stemmata.tokens import LINE, LOWERCASE, PARAGRAPH

ENDS = re.compile(r"[.!?…。！？؟۔।]")
LEAST = 5  # words
LITTLE = 0.4  # of the words reused: what a text has besides, at one end, without being another text
SHORT = 60  # words up to which what stands between two passages can be exchanged for other words
FAR = 200  # words to the end of a paragraph from which it is text of its own


def sentences_between(
    source: MarkedText, copy: MarkedText, passages: list[Collation], furniture: list[Run]
) -> Iterator[tuple[Run, Judgement]]:
    """Yield omissions and additions between passages that follow each other in both texts.

    So too before the first and after the last passage: to the text's end where little is left of it, else as far
    as the paragraph goes in which the passage begins or ends. Headlines and bylines, which end without a full
    stop, do not count. Nor does page furniture: lines that look like it, and what was aligned as such
    (``furniture``). Where both texts have words of their own neither is set against the other, unless both are short,
    stand between passages, and have no word with content in common: then one was left out and one put in.
    """
    for at, ours, theirs in _gaps(source, copy, passages):
        inside = ours[0] and theirs[0] and ours[1] < len(source.words) and theirs[1] < len(copy.words)
        ours, theirs = _unequal(source, copy, ours, theirs)
        own = _own(source, *ours, [run[:2] for run in furniture])
        other = _own(copy, *theirs, [run[2:] for run in furniture])
        exchanged = inside and max(len(own), len(other)) <= SHORT and are_strangers(Run(*ours, *theirs), source, copy)
        if own.any() and (exchanged or not other.any()):
            for first, last in _sentences(source, ours[0], own):
                yield at._replace(source_first=first, source_last=last), _lacking("omission", "left out", last - first)
        if other.any() and (exchanged or not own.any()):
            for first, last in _sentences(copy, theirs[0], other):
                yield at._replace(copy_first=first, copy_last=last), _lacking("addition", "added", last - first)


def _unequal(
    source: MarkedText, copy: MarkedText, ours: tuple[int, int], theirs: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return two stretches without the words that both begin or end with: a sentence too short to be a passage."""
    a, b = source.words.word[slice(*ours)], copy.words.word[slice(*theirs)]
    size = max(0, min(len(a), len(b)))
    same = a[:size] == b[:size]
    head = size if same.all() else int(np.argmin(same))
    size -= head
    same = a[len(a) - size :][::-1] == b[len(b) - size :][::-1]
    tail = size if same.all() else int(np.argmin(same))
    return (ours[0] + head, ours[1] - tail), (theirs[0] + head, theirs[1] - tail)


Gap = tuple[Run, tuple[int, int], tuple[int, int]]


def _gaps(source: MarkedText, copy: MarkedText, passages: list[Collation]) -> Iterator[Gap]:
    """Yield a place, and the words of both texts there, between and beside the passages."""
    copied = sorted(passages, key=lambda passage: passage.copy)
    reused = sum(passage.source[1] - passage.source[0] for passage in passages)
    following = {before.copy: after for before, after in pairwise(copied)}
    for before, after in pairwise(passages):
        if following.get(before.copy) is after:
            at = Run(before.source[1], before.source[1], before.copy[1], before.copy[1])
            yield at, (before.source[1], after.source[0]), (before.copy[1], after.copy[0])
    if passages and passages[0] is copied[0]:
        source_first, copy_first = passages[0].source[0], passages[0].copy[0]
        at = Run(source_first, source_first, copy_first, copy_first)
        yield (
            at,
            (_edge(source, source_first, -1, reused), source_first),
            (_edge(copy, copy_first, -1, reused), copy_first),
        )
    if passages and passages[-1] is copied[-1]:
        source_last, copy_last = passages[-1].source[1], passages[-1].copy[1]
        at = Run(source_last, source_last, copy_last, copy_last)
        yield at, (source_last, _edge(source, source_last, 1, reused)), (copy_last, _edge(copy, copy_last, 1, reused))


def _edge(text: MarkedText, word: int, step: int, reused: int) -> int:
    """Return how far the text goes before or after a passage that belongs to it; ``word`` where none does."""
    end = 0 if step < 0 else len(text.words)
    if abs(end - word) <= LITTLE * reused:
        return end
    flags = text.words.flags
    begins = (flags & PARAGRAPH != 0) | ((flags & LINE != 0) & (flags & LOWERCASE == 0))
    paragraphs = np.flatnonzero(begins)
    if step < 0:
        before = paragraphs[paragraphs <= word]
        edge = int(before[-1]) if len(before) else 0
    else:
        after = paragraphs[paragraphs >= word]
        edge = int(after[0]) if len(after) else len(flags)
    return edge if abs(edge - word) <= FAR else word


def _lacking(kind: str, verb: str, size: int) -> Judgement:
    return Judgement(kind, f"A passage of {size:,} words is {verb}.")


def _own(text: MarkedText, first: int, last: int, furniture: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Say which words of [first, last) are no page furniture."""
    own = np.ones(max(0, last - first), bool)
    if len(own):
        for low, high in (*furniture, *text.furniture):
            own[max(0, low - first) : max(0, high - first)] = False
    return own


def _sentences(text: MarkedText, first: int, own: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of whole sentences in runs of a text's own words."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], own, [False]]).astype(np.int8)))
    for low, high in (edges.reshape(-1, 2) + first).tolist():
        begins = text.sentences(low, high)
        if len(begins) > 1 and begins[-1] - begins[0] >= LEAST:
            first, last = int(begins[0]), int(begins[-1])
            if ENDS.search(text.text, *text.sentence_span(first, last)):
                yield first, last
