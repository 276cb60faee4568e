"""Cut out of a passage what is not reuse: page furniture, and inserted text that nothing on the other side supports.

A passage is a rectangle, so a caption, an address or a related-article line that stands between two copied
paragraphs lies inside it. Each such stretch splits the passage; where both sides carry it, it becomes a passage
of role ``furniture``.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.furniture import find_furniture
from stemmata.passages.pair import Side, TextPair
from stemmata.passages.rectangles import Rectangle
from stemmata.passages.wording import Wording
from stemmata.tokens import LINE, LOWERCASE, PARAGRAPH, SENTENCE

LEAST_SUPPORT = 0.1  # share of a paragraph's weight that must match for it to count as reused
LEAST_FOREIGN = 8  # words of an unsupported paragraph; shorter ones stay inside
LEAST_FURNITURE = 3  # matched words that make a line of furniture a passage
LEAST_REUSE = 5  # matched words below which what is left between two cuts is dropped
REACH = 12  # words by which a piece goes on to the end of its sentence


class Piece(NamedTuple):
    """Words [a_from, a_to) against [b_from, b_to), in one role."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int
    role: str


def cut_passage(pair: TextPair, wording: Wording, passage: Rectangle) -> list[Piece]:
    """Return the pieces of a passage, in the order of a; one piece of role ``reuse`` where nothing is cut."""
    a_from, a_to, b_from, b_to = passage[:4]
    reverse = np.full(len(pair.b), -1, np.int32)
    on_path = np.flatnonzero(wording.path >= 0)
    reverse[wording.path[on_path]] = on_path
    equal_a = np.zeros(len(pair.a), bool)
    equal_a[on_path] = pair.a.ids[on_path] == pair.b.ids[wording.path[on_path]]
    equal_b = np.zeros(len(pair.b), bool)
    equal_b[wording.path[on_path]] = equal_a[on_path]
    cuts = [
        *_cuts(pair, pair.a, pair.b, equal_a, wording.moved_a, wording.path, a_from, a_to, b_from, b_to),
        *(
            (x0, x1, y0, y1)
            for y0, y1, x0, x1 in _cuts(
                pair, pair.b, pair.a, equal_b, wording.moved_b, reverse, b_from, b_to, a_from, a_to
            )
        ),
    ]
    if not cuts:
        return [Piece(a_from, a_to, b_from, b_to, "reuse")]
    pieces: list[Piece] = []
    i, j = a_from, b_from
    for x0, x1, y0, y1 in [*_merged(cuts), (a_to, a_to, b_to, b_to)]:
        left = _trim(pair, wording, equal_a, i, x0, j, y0, i > a_from, x0 < a_to)
        if left is not None:
            pieces.append(left)
        if x1 > x0 and y1 > y0 and np.count_nonzero(equal_a[x0:x1]) >= LEAST_FURNITURE:
            pieces.append(Piece(x0, x1, y0, y1, "furniture"))
        i, j = x1, y1
    return pieces


def _cuts(
    pair: TextPair,
    side: Side,
    other: Side,
    equal: NDArray[np.bool_],
    moved: NDArray[np.int32],
    path: NDArray[np.int32],
    low: int,
    high: int,
    other_low: int,
    other_high: int,
) -> list[tuple[int, int, int, int]]:
    """Return what to cut, as words of this side and the words of the other that lie against them."""
    spans = []
    for start, end, _ in find_furniture(side.text):
        part = side.words.within(start, end)
        if max(part.start, low) < min(part.stop, high):
            spans.append((max(part.start, low), min(part.stop, high)))
    weight = pair.weight[side.ids]
    held = np.where(equal | (moved >= 0), weight, 0.0)
    begins = [low, *(low + 1 + np.flatnonzero(side.words.flags[low + 1 : high] & PARAGRAPH)), high]
    for start, end in pairwise(begins):
        enough = end - start >= LEAST_FOREIGN
        if enough and held[start:end].sum() < LEAST_SUPPORT * weight[start:end].sum():
            spans.append((int(start), int(end)))
    cuts = []
    for start, end in spans:
        before = np.flatnonzero(equal[low:start])
        after = np.flatnonzero(equal[end:high])
        first = path[low + before[-1]] + 1 if len(before) else other_low
        last = path[end + after[0]] if len(after) else other_high
        if np.count_nonzero(equal[start:end]) < LEAST_FURNITURE:
            # nothing to set against it: the other side is parted at one place, a sentence's end if there is one
            first = last = _sentence(other, int(first), int(last), 1)
        cuts.append((start, end, int(first), int(last)))
    return cuts


def _merged(cuts: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Join cuts that overlap or touch out of order, so that both sides rise."""
    merged: list[tuple[int, int, int, int]] = []
    for cut in sorted(cuts):
        while merged and (cut[0] < merged[-1][1] or cut[2] < merged[-1][3]):
            last = merged.pop()
            cut = (last[0], max(last[1], cut[1]), min(last[2], cut[2]), max(last[3], cut[3]))
        merged.append(cut)
    return merged


def _trim(
    pair: TextPair,
    wording: Wording,
    equal: NDArray[np.bool_],
    a_from: int,
    a_to: int,
    b_from: int,
    b_to: int,
    trim_start: bool,
    trim_end: bool,
) -> Piece | None:
    """Return what is left between two cuts, from its first to its last equal word and on to sentence ends."""
    words = a_from + np.flatnonzero(equal[a_from:a_to])
    words = words[(wording.path[words] >= b_from) & (wording.path[words] < b_to)]
    if len(words) < LEAST_REUSE:
        return None
    if trim_start:
        a_from = _sentence(pair.a, int(words[0]), a_from, -1)
        b_from = _sentence(pair.b, int(wording.path[words[0]]), b_from, -1)
    if trim_end:
        a_to = _sentence(pair.a, int(words[-1]) + 1, a_to, 1)
        b_to = _sentence(pair.b, int(wording.path[words[-1]]) + 1, b_to, 1)
    return Piece(a_from, a_to, b_from, b_to, "reuse")


def _sentence(side: Side, word: int, limit: int, step: int) -> int:
    """Return the gap at a sentence's or line's end near ``word``, not past ``limit``; else ``word``."""
    flags = side.words.flags
    gap = word
    for _ in range(REACH + 1):
        if gap == limit or gap == len(side):
            return gap
        ends = flags[gap] & (SENTENCE | PARAGRAPH) or (flags[gap] & LINE and not flags[gap] & LOWERCASE)
        if ends:
            return gap
        gap += step
    return word
