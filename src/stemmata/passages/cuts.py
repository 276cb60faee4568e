"""Cut out of a passage what is not reuse: what has a role of its own, and inserted text that nothing supports.

A passage is a rectangle, so a caption, an address or a related-article line that stands between two copied
paragraphs lies inside it. Each such stretch splits the passage; where both sides carry it, it becomes a passage
of its role.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.measures import without_edges
from stemmata.passages.pair import Side, TextPair
from stemmata.passages.rectangles import Rectangle
from stemmata.passages.roles import Mark, meeting
from stemmata.passages.wording import Wording, list_edits
from stemmata.tokens import LINE, LOWERCASE, PARAGRAPH, SENTENCE

LEAST_SUPPORT = 0.1  # share of a paragraph's weight that must match for it to count as reused
LEAST_FOREIGN = 8  # words of an unsupported paragraph; shorter ones stay inside
LEAST_SHARED = 3  # matched words that make what is cut out a passage
CARRIED = 0.5  # share of a line's weight that must match for a copy to have taken it along
LEAST_REUSE = 5  # matched words below which what is left between two cuts is dropped
REACH = 12  # words by which a piece goes on to the end of its sentence


class Piece(NamedTuple):
    """Words [a_from, a_to) against [b_from, b_to), in one role; of what is cut out there may be none on one side."""

    a_from: int
    a_to: int
    b_from: int
    b_to: int
    role: str

    def mirrored(self) -> Piece:
        """Exchange the sides."""
        return Piece(self.b_from, self.b_to, self.a_from, self.a_to, self.role)


class Half(NamedTuple):
    """One side of a passage: its words [low, high), its marks, and which words meet which."""

    side: Side
    low: int
    high: int
    marks: Sequence[Mark]
    equal: NDArray[np.bool_]
    path: NDArray[np.int32]
    moved: NDArray[np.int32]


def cut_passage(
    pair: TextPair, wording: Wording, passage: Rectangle, marks: tuple[Sequence[Mark], Sequence[Mark]]
) -> list[Piece]:
    """Return the pieces of a passage, in the order of a; one piece of role ``reuse`` where nothing is cut.

    Parameters
    ----------
    marks : tuple of lists of Mark
        What has a role of its own, in a and in b.
    """
    a_from, a_to, b_from, b_to = passage[:4]
    a, b = _halves(pair, wording, passage, marks)
    cuts = _merged([*_cuts(pair, a, b), *(cut.mirrored() for cut in _cuts(pair, b, a))])
    if not cuts:
        return [Piece(a_from, a_to, b_from, b_to, "reuse")]
    pieces: list[Piece] = []
    i, j = a_from, b_from
    for cut in [*cuts, Piece(a_to, a_to, b_to, b_to, "")]:
        parted = i > a_from or j > b_from, cut.a_from < a_to or cut.b_from < b_to
        left = _trim(pair, wording, a.equal, i, cut.a_from, j, cut.b_from, *parted)
        if left is not None:
            pieces.append(left)
        shared = cut.b_to > cut.b_from and np.count_nonzero(a.equal[cut.a_from : cut.a_to]) >= LEAST_SHARED
        if cut.role and shared:
            pieces.append(cut)
        i, j = cut.a_to, cut.b_to
    return pieces


def trim_piece(pair: TextPair, wording: Wording, piece: Piece) -> Piece:
    """Return a piece without the words of one side alone at its bounds: what is verbatim is so to the word."""
    edits = without_edges(list_edits(pair, wording, piece[:4]))
    if not len(edits):
        return piece
    return Piece(int(edits[0, 1]), int(edits[-1, 2]), int(edits[0, 3]), int(edits[-1, 4]), piece.role)


def _halves(
    pair: TextPair, wording: Wording, passage: Rectangle, marks: tuple[Sequence[Mark], Sequence[Mark]]
) -> tuple[Half, Half]:
    on_path = np.flatnonzero(wording.path >= 0)
    against = wording.path[on_path]
    reverse = np.full(len(pair.b), -1, np.int32)
    reverse[against] = on_path
    equal_a, equal_b = np.zeros(len(pair.a), bool), np.zeros(len(pair.b), bool)
    equal_a[on_path] = equal_b[against] = pair.a.ids[on_path] == pair.b.ids[against]
    return (
        Half(pair.a, passage.a_from, passage.a_to, marks[0], equal_a, wording.path, wording.moved_a),
        Half(pair.b, passage.b_from, passage.b_to, marks[1], equal_b, reverse, wording.moved_b),
    )


def _cuts(pair: TextPair, half: Half, other: Half) -> list[Piece]:
    """Return what to cut on one side, and the words of the other that lie against it."""
    side, low, high, equal = half.side, half.low, half.high, half.equal
    spans: list[tuple[int, int, str]] = []
    for mark in meeting(half.marks, low, high):
        first, last = max(mark.start, low), min(mark.stop, high)
        if mark.own or not _carried(half, other, slice(first, last), pair.weight):
            spans.append((first, last, mark.role))
    weight = pair.weight[side.ids]
    held = np.where(equal | (half.moved >= 0), weight, 0.0)
    begins = [low, *(low + 1 + np.flatnonzero(side.words.flags[low + 1 : high] & PARAGRAPH)).tolist(), high]
    for first, last in pairwise(begins):
        enough = last - first >= LEAST_FOREIGN
        if enough and held[first:last].sum() < LEAST_SUPPORT * weight[first:last].sum():
            spans.append((first, last, ""))
    return [_against(half, other, *span) for span in spans]


def _carried(half: Half, other: Half, line: slice, weight: NDArray[np.float64]) -> bool:
    """Say whether the copy took a line along: most of its weight is matched, and the passage goes on around it.

    At an edge of the passage it does where the other side has the words in running text, not as a line of the kind.
    """
    words = weight[half.side.ids[line]]
    equal = half.equal[line]
    held: float = words[equal].sum()
    if held < CARRIED * float(words.sum()):
        return False
    against = half.path[line][equal]
    inside = half.low < line.start and line.stop < half.high
    return inside or (len(against) > 0 and not meeting(other.marks, int(against[0]), int(against[-1]) + 1))


def _against(half: Half, other: Half, start: int, end: int, role: str) -> Piece:
    """Set against words [start, end) the lines or sentences of the other side that hold their equal words.

    They reach no further than the nearest equal words outside.
    """
    before = half.low + np.flatnonzero(half.equal[half.low : start])
    after = end + np.flatnonzero(half.equal[end : half.high])
    low = int(half.path[before[-1]]) + 1 if len(before) else other.low
    high = int(half.path[after[0]]) if len(after) else other.high
    inside = half.path[start:end][half.equal[start:end]]
    if len(inside) < LEAST_SHARED:
        # nothing to set against it: the other side is parted at one place, a sentence's end if there is one
        first = last = _sentence(other.side, low, high, 1)
    else:
        first, last = (
            _sentence(other.side, int(inside[0]), low, -1),
            _sentence(other.side, int(inside[-1]) + 1, high, 1),
        )
    return Piece(start, end, first, last, role)


def _merged(cuts: list[Piece]) -> list[Piece]:
    """Join cuts that overlap or touch out of order, so that both sides rise."""
    merged: list[Piece] = []
    for cut in sorted(cuts):
        while merged and (cut.a_from < merged[-1].a_to or cut.b_from < merged[-1].b_to):
            last = merged.pop()
            cut = Piece(
                last.a_from,
                max(last.a_to, cut.a_to),
                min(last.b_from, cut.b_from),
                max(last.b_to, cut.b_to),
                last.role or cut.role,
            )
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
