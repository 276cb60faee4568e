"""Whole sentences that stand between two passages in one text, and have nothing against them in the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations.collation import Collation, Run
from stemmata.alterations.judgement import Judgement
from stemmata.alterations.marked import MarkedText
from stemmata.furniture import find_furniture

LEAST = 5  # words


def sentences_between(
    source: MarkedText, copy: MarkedText, passages: list[Collation], furniture: list[Run]
) -> Iterator[tuple[Run, Judgement]]:
    """Yield omissions and additions between passages that follow each other in both texts.

    Page furniture does not count: lines that look like it, and what was aligned as such (``furniture``). Where
    both texts have words of their own between two passages neither is set against the other.
    """
    order = {passage.copy: k for k, passage in enumerate(sorted(passages, key=lambda p: p.copy))}
    for before, after in pairwise(passages):
        if order[after.copy] != order[before.copy] + 1:
            continue
        at = Run(before.source[1], before.source[1], before.copy[1], before.copy[1])
        ours = _own(source, before.source[1], after.source[0], [run[:2] for run in furniture])
        theirs = _own(copy, before.copy[1], after.copy[0], [run[2:] for run in furniture])
        if ours.any() and not theirs.any():
            for first, last in _sentences(source, before.source[1], ours):
                yield at._replace(source_first=first, source_last=last), _lacking("omission", "left out", last - first)
        if theirs.any() and not ours.any():
            for first, last in _sentences(copy, before.copy[1], theirs):
                yield at._replace(copy_first=first, copy_last=last), _lacking("addition", "added", last - first)


def _lacking(kind: str, verb: str, size: int) -> Judgement:
    return Judgement(kind, f"A passage of {size:,} words is {verb}.")


def _own(text: MarkedText, first: int, last: int, furniture: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Say which words of [first, last) are no page furniture."""
    own = np.ones(max(0, last - first), bool)
    if len(own):
        lines = [text.words.within(line.start, line.end) for line in find_furniture(text.text)]
        for low, high in [*furniture, *((line.start, line.stop) for line in lines)]:
            own[max(0, low - first) : max(0, high - first)] = False
    return own


def _sentences(text: MarkedText, first: int, own: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of whole sentences in runs of a text's own words."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], own, [False]]).astype(np.int8)))
    for low, high in (edges.reshape(-1, 2) + first).tolist():
        begins = [k for k in range(low, high + 1) if text.begins_sentence(k)]
        if len(begins) > 1 and begins[-1] - begins[0] >= LEAST:
            yield begins[0], begins[-1]
