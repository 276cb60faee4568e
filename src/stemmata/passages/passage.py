"""A passage as the table of alignments holds it: code points, words that match, edits."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.kernels.edits import MOVE
from stemmata.passages.cuts import Piece
from stemmata.passages.pair import TextPair, word_span
from stemmata.passages.wording import Wording, list_edits, matched_words, mirrored
from stemmata.tokens import Words

VERBATIM = 0.95  # how sure it is of a piece without a change that reuse is what it is


class Passage(NamedTuple):
    """A passage in code points, with its edits in code points; ``x`` and ``y`` as the aligner saw them."""

    x: tuple[int, int]
    y: tuple[int, int]
    matched: int
    identity: float
    kind: str
    confidence: float
    role: str
    ops: NDArray[np.int32]
    edits: NDArray[np.int64]

    @classmethod
    def of_same(cls, x_text: str, x: Words, y_text: str, y: Words, role: str) -> Self:
        """Return the one passage of two texts with the same words; nothing needs to be searched for."""
        restyled = x.form != y.form
        begins = restyled.copy()  # an edit begins at each restyled word, and where one ends
        begins[1:] |= restyled[:-1]
        begins[0] = True
        first = np.flatnonzero(begins)
        last = np.append(first[1:], len(x))
        ops = np.where(restyled[first], schemas.OPS.index("restyle"), schemas.OPS.index("match")).astype(np.int32)
        spans = word_span(x_text, x, 0, len(x)), word_span(y_text, y, 0, len(y))
        edits = np.column_stack([*_points(x, first, last), *_points(y, first, last)])
        return cls(*spans, len(x), 1.0, "verbatim", 1.0, role, ops, edits)

    @classmethod
    def of_piece(cls, pair: TextPair, wording: Wording, piece: Piece, kind: str, confidence: float) -> Self:
        """Return a piece of an accepted passage; it is verbatim where all its words match in their order."""
        a, b = pair.a.words, pair.b.words
        edits = list_edits(pair, wording, piece[:4])
        matched = matched_words(edits)
        x, y = pair.a.span(piece.a_from, piece.a_to), pair.b.span(piece.b_from, piece.b_to)
        points_x = (points.clip(*x) for points in _points(a, edits[:, 1], edits[:, 2]))
        points_y = (points.clip(*y) for points in _points(b, edits[:, 3], edits[:, 4]))
        words = piece.a_to - piece.a_from, piece.b_to - piece.b_from
        if words == (matched, matched) and kind != "none" and not (edits[:, 0] == MOVE).any():
            kind, confidence = "verbatim", max(confidence, VERBATIM)
        return cls(
            x, y, matched, 2 * matched / sum(words), kind, confidence, piece.role, edits[:, 0],
            np.column_stack([*points_x, *points_y]),
        )  # fmt: skip

    def mirrored(self) -> Self:
        """Exchange the sides; edits are put in the order of the new first side."""
        turned = mirrored(np.column_stack([self.ops, self.edits]))
        return self._replace(x=self.y, y=self.x, ops=turned[:, 0], edits=turned[:, 1:])


def moved(passages: list[Passage]) -> list[bool]:
    """Say of each passage, in the order of x, whether it stands elsewhere in the order of y.

    Those that stay are the heaviest chain, by matched words, that rises on both sides.
    """
    starts, ends = (np.array([p.y[k] for p in passages]) for k in (0, 1))
    weight = np.zeros(len(passages))
    before = np.full(len(passages), -1)
    for k, passage in enumerate(passages):
        below = np.flatnonzero(ends[:k] <= starts[k])
        if len(below):
            before[k] = below[weight[below].argmax()]
        weight[k] = passage.matched + (weight[before[k]] if before[k] >= 0 else 0)
    out = [True] * len(passages)
    at = int(weight.argmax()) if passages else -1
    while at >= 0:
        out[at] = False
        at = int(before[at])
    return out


def _points(words: Words, first: NDArray[Any], last: NDArray[Any]) -> tuple[NDArray[np.int64], ...]:
    """Return the code points of runs of words; an empty run lies where the word before it ends."""
    empty = first == last
    before = np.where(first > 0, words.end[np.maximum(first, 1) - 1], 0)
    start = np.where(empty, before, words.start[np.minimum(first, len(words) - 1)])
    end = np.where(empty, before, words.end[np.maximum(last, 1) - 1])
    return start.astype(np.int64), end.astype(np.int64)
