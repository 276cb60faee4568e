"""Where the rows of a side-by-side reading begin, so that what belongs together stands together.

Passages that come in the same order on both sides make the rows, reuse before what is none; within a passage a row
begins with each paragraph of the source. The other passages stand within the rows, where they occur.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from stemmata.report.finding import Edit, Finding, Passage, Span, Witness
from stemmata.tokens import LINE, PARAGRAPH, SENTENCE

_ROW = 240  # code points: short paragraphs are gathered into rows of at least this length
_LONG_ROW = 900  # where paragraphs are longer, a row may also begin with a sentence
_BETWEEN = 30  # code points that would fill the space between two rows


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Where a row begins on both sides; ``passage`` is None between passages.

    ``top`` and ``height`` say where it lies among all rows and how tall it is, in thousandths of all; the longer side
    counts.
    """

    source: int
    copy: int
    passage: Passage | None
    top: float = 0.0
    height: float = 0.0


def cut_rows(finding: Finding) -> list[Cut]:
    """Return where rows begin, in order on both sides; the first begins with both texts."""
    cuts = list(_cuts(finding))
    return _placed(finding, [replace(cuts[0], source=0, copy=0), *cuts[1:]])


def _placed(finding: Finding, cuts: list[Cut]) -> list[Cut]:
    """Say where rows lie, and how tall they are."""
    ends = [(cut.source, cut.copy) for cut in cuts[1:]] + [(len(finding.source.text), len(finding.copy.text))]
    tall = [
        _BETWEEN + max(source - cut.source, copy - cut.copy) for cut, (source, copy) in zip(cuts, ends, strict=True)
    ]
    every, top, placed = sum(tall), 0, []
    for cut, height in zip(cuts, tall, strict=True):
        placed.append(replace(cut, top=1000 * top / every, height=1000 * height / every))
        top += height
    return placed


def _cuts(finding: Finding) -> Iterator[Cut]:
    """Begin a row with each passage, and between passages where there are words on either side."""
    source = copy = 0
    for passage in _in_order(finding.passages):
        if _worded(finding, (source, passage.source[0]), (copy, passage.copy[0])):
            yield Cut(source=source, copy=copy, passage=None)
        yield Cut(source=passage.source[0], copy=passage.copy[0], passage=passage)
        yield from _cuts_within(finding, passage)
        source, copy = passage.source[1], passage.copy[1]
    ends = (source, len(finding.source.text)), (copy, len(finding.copy.text))
    if not finding.passages or _worded(finding, *ends):
        yield Cut(source=source, copy=copy, passage=None)


def _worded(finding: Finding, source: Span, copy: Span) -> bool:
    ours, theirs = finding.source.words.within(*source), finding.copy.words.within(*copy)
    return bool(ours.start < ours.stop or theirs.start < theirs.stop)


def _in_order(passages: Sequence[Passage]) -> list[Passage]:
    """Choose passages that follow one another on both sides: reuse that did not move first, then the longest."""
    chosen: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (p.nature != "reuse", p.moved, p.source[0] - p.source[1], p.rank)):
        place = bisect_left(chosen, passage.source, key=lambda p: p.source)
        neighbours = [*chosen[max(place - 1, 0) : place], passage, *chosen[place : place + 1]]
        if all(_follows(second, first) for first, second in pairwise(neighbours)):
            chosen.insert(place, passage)
    return chosen


def _follows(second: Passage, first: Passage) -> bool:
    return first.source[1] <= second.source[0] and first.copy[1] <= second.copy[0]


def _cuts_within(finding: Finding, passage: Passage) -> Iterator[Cut]:
    """Begin a row with each paragraph of the source whose counterpart the edits tell."""
    steps = [edit for edit in passage.edits if edit.op != "move" and _filled(edit.source) and _filled(edit.copy)]
    ends = [edit.source[1] for edit in steps]
    copy = passage.copy[0]
    for place in _paragraphs(finding.source, passage.source):
        step = bisect_right(ends, place)
        if step == len(steps):
            return
        there = _counterpart(finding, steps[step], place, copy)
        if copy < there < passage.copy[1]:
            copy = there
            yield Cut(source=place, copy=there, passage=passage)


def _filled(span: Span) -> bool:
    return span[0] < span[1]


def _paragraphs(witness: Witness, span: Span) -> Iterator[int]:
    """Yield where paragraphs, and in long ones sentences, begin inside a span."""
    words, within, last = witness.words, witness.words.within(*span), span[0]
    starts, flags = words.start[within], words.flags[within]
    paragraph = PARAGRAPH if witness.wrapped else PARAGRAPH | LINE
    for i in np.flatnonzero(flags & (paragraph | SENTENCE)):
        place = _opening(witness.text, int(starts[i]), span[0])
        if place - last >= (_ROW if flags[i] & paragraph else _LONG_ROW):
            last = place
            yield place


def _counterpart(finding: Finding, edit: Edit, place: int, least: int) -> int:
    """Return where in the copy the word stands that answers to the source's word at ``place``."""
    if place <= edit.source[0]:
        return _opening(finding.copy.text, edit.copy[0], least)  # words that the copy lacks stand before the edit
    before, theirs = finding.source.words.within(edit.source[0], place), finding.copy.words.within(*edit.copy)
    if theirs.start == theirs.stop:
        return edit.copy[0]
    word = min(theirs.start + before.stop - before.start, theirs.stop - 1)
    return _opening(finding.copy.text, int(finding.copy.words.start[word]), edit.copy[0])


def _opening(text: str, place: int, least: int) -> int:
    """Go back from a word over the quotes and brackets that open before it, as far as ``least``."""
    while place > least and (text[place - 1] in "\"'" or unicodedata.category(text[place - 1]) in ("Ps", "Pi")):
        place -= 1
    return place
