"""The passages of one pair, and of some pairs: what the stage of alignments is made of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import kinds, schemas
from stemmata.errors import check_option
from stemmata.facts import Facts
from stemmata.languages import function_words
from stemmata.passages.cuts import Piece, cut_passage
from stemmata.passages.pair import TextPair, prepare, word_span
from stemmata.passages.rectangles import Rectangle, find_rectangles
from stemmata.passages.summary import find_summary, replace_by_summary
from stemmata.passages.wording import Wording, list_edits, match_whole_texts, matched_words, mirrored, set_words
from stemmata.sides import Sides, read_sides
from stemmata.tokens import Words

OPS = np.array(schemas.OPS)
CHARACTERS_A_WORD = 4  # at least, of a passage whose words are counted in place of its characters
CONDENSED = 3.0  # times by which a source must be longer than its summary, where the copy is not known


@dataclass(frozen=True, kw_only=True)
class AlignmentOptions:
    """What counts as a passage.

    Parameters
    ----------
    accept : float
        Least log-odds at which a passage is accepted, -20 to 20; higher finds less and errs less.
    accept_summary : float
        The same for a passage that condenses the other text, where the caller knows the copy.
    accept_summary_unknown : float
        The same where the copy is not known: a text and its enlarged version look much alike.
    shortest : int
        Characters that a passage needs on both sides, from 1; or a quarter as many words. Two texts that are
        short themselves, and mostly the same words, are one passage all the same.
    tries : int
        Seeds of passages tried in a pair, best first, from 1; in long texts one for every 250 words, if that is more.
    longest : int
        Words of two texts that are aligned in full, 1,000 to 10,000,000. Of a longer text more is read where
        the other is shorter, up to the square of this in pairs of words; what lies beyond is noted.
    """

    accept: float = 0.0
    accept_summary: float = -0.5
    accept_summary_unknown: float = 1.0
    shortest: int = 100
    tries: int = 40
    longest: int = 1_000_000

    def __post_init__(self) -> None:
        check_option(self, "accept", -20, 20)
        check_option(self, "accept_summary", -20, 20)
        check_option(self, "accept_summary_unknown", -20, 20)
        check_option(self, "shortest", 1, 10**9)
        check_option(self, "tries", 1, 10_000)
        check_option(self, "longest", 1_000, 10_000_000)


DEFAULTS = AlignmentOptions()


class Passage(NamedTuple):
    """A passage in code points, with its edits in code points; ``x`` and ``y`` as the aligner saw them."""

    x: tuple[int, int]
    y: tuple[int, int]
    matched: int
    identity: float
    kind: str
    role: str
    ops: NDArray[np.int32]
    edits: NDArray[np.int64]


def align_part(part: pa.Table, facts: Facts, options: AlignmentOptions) -> pa.Table:
    """Align the pairs of a part that ``sides.over_pairs`` hands out; rows of ``schemas.ALIGNMENTS``."""
    rows: list[tuple[str, str, Passage]] = []
    untried = beyond = 0
    keys = part.select(["a", "b", "copy"]).to_pylist()
    for sides in read_sides(part):
        key = keys[sides.row]
        swapped = _swapped(sides, key["copy"])
        passages, left, cut = _align_pair(sides, swapped, key["copy"] is not None, facts, options)
        if swapped:
            passages = [_mirrored(passage) for passage in passages]
        rows += [(key["a"], key["b"], passage) for passage in sorted(passages, key=lambda p: (p.x, p.y))]
        untried, beyond = untried + left, beyond + cut
    return schemas.remark(
        _table(rows),
        notes=[
            {"stage": "alignments", "what": "seeds beyond the number of tries", "count": untried},
            {"stage": "alignments", "what": "words beyond the longest text aligned", "count": beyond},
        ],
    )


def _swapped(sides: Sides, copy: str | None) -> bool:
    """Say whether b takes the copy's place: the known copy, else the shorter text, else the smaller string."""
    if copy:
        return copy == "b"
    return (len(sides.b), sides.b_text) < (len(sides.a), sides.a_text)


def _align_pair(
    sides: Sides, swapped: bool, known: bool, facts: Facts, options: AlignmentOptions
) -> tuple[list[Passage], int, int]:
    """Return the passages of one pair, the seeds left untried and the words left out; x is the copy's place."""
    x_text, y_text, x, y = sides.a_text, sides.b_text, sides.a, sides.b
    if swapped:
        x_text, y_text, x, y = y_text, x_text, y, x
    if len(x) and np.array_equal(x.word, y.word):
        return [_same(x_text, x, y_text, y)], 0, 0
    frame = function_words(sides.language, kinds.FRAME_WORDS)
    language = facts.frequencies(sides.language)
    x_most, y_most = (max(options.longest, options.longest**2 // max(1, len(other))) for other in (y, x))
    cut = max(0, len(x) - x_most) + max(0, len(y) - y_most)
    pair = prepare(x_text, x[:x_most], y_text, y[:y_most], language)
    found = find_rectangles(pair, options.accept, options.tries, reused=known)
    rectangles = found.rectangles
    mirrored = prepare(y_text, pair.b.words, x_text, pair.a.words, language) if not known else None
    least = options.accept_summary if known else options.accept_summary_unknown
    summary = _summary(pair, mirrored, rectangles, least)
    if summary:
        rectangles = replace_by_summary(summary, rectangles)
    shortest = options.shortest
    if not rectangles and (whole := match_whole_texts(pair)):
        rectangles, shortest = [whole], 1
    passages = []
    for rectangle in rectangles:
        wording = set_words(pair, rectangle)
        pieces = [Piece(*rectangle[:4], "reuse")] if rectangle is summary else cut_passage(pair, wording, rectangle)
        kind = "summarised" if rectangle is summary else None
        for piece in pieces:
            passage = _passage(pair, wording, piece, frame, kind)
            if piece.role == "furniture" or _long_enough(passage, piece, shortest):
                passages.append(passage)
    return passages, found.untried, cut


def _long_enough(passage: Passage, piece: Piece, shortest: int) -> bool:
    """Say whether a passage has enough characters, or, in a script of short words, enough words."""
    characters = min(passage.x[1] - passage.x[0], passage.y[1] - passage.y[0])
    words = min(piece.a_to - piece.a_from, piece.b_to - piece.b_from)
    return characters >= shortest or CHARACTERS_A_WORD * words >= shortest


def _summary(pair: TextPair, mirrored: TextPair | None, accepted: list[Rectangle], accept: float) -> Rectangle | None:
    """Return the likeliest summary above the threshold: of b in a, or, where the copy is unknown, of a in b."""
    found = []
    one = find_summary(pair, accepted)
    if one:
        found.append((one[1], one[0]))
    if mirrored is not None:
        found = [(odds, r) for odds, r in found if len(pair.b) >= CONDENSED * (r.a_to - r.a_from)]
        turned = [Rectangle(c.b_from, c.b_to, c.a_from, c.a_to, c.score, c.q, c.r) for c in accepted]
        other = find_summary(mirrored, turned)
        if other and len(pair.a) >= CONDENSED * (other[0].a_to - other[0].a_from):
            r = other[0]
            found.append((other[1], Rectangle(r.b_from, r.b_to, r.a_from, r.a_to, r.score, r.q, r.r)))
    odds, best = max(found, default=(-np.inf, None), key=lambda f: f[0])
    return best if odds > accept else None


def _same(x_text: str, x: Words, y_text: str, y: Words) -> Passage:
    """Return the one passage of two texts with the same words; nothing needs to be searched for."""
    restyled = x.form != y.form
    begins = restyled.copy()  # an edit begins at each restyled word, and where one ends
    begins[1:] |= restyled[:-1]
    begins[0] = True
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(x))
    ops = np.where(restyled[first], schemas.OPS.index("restyle"), schemas.OPS.index("match")).astype(np.int32)
    return Passage(
        word_span(x_text, x, 0, len(x)),
        word_span(y_text, y, 0, len(y)),
        len(x),
        1.0,
        "verbatim",
        "reuse",
        ops,
        np.column_stack([*_points(x, first, last), *_points(y, first, last)]),
    )


def _passage(pair: TextPair, wording: Wording, piece: Piece, frame: NDArray[np.uint64], kind: str | None) -> Passage:
    a, b = pair.a.words, pair.b.words
    edits = list_edits(pair, wording, piece[:4])
    matched = matched_words(edits)
    x, y = pair.a.span(piece.a_from, piece.a_to), pair.b.span(piece.b_from, piece.b_to)
    length = (piece.a_to - piece.a_from + piece.b_to - piece.b_from) / 2
    return Passage(
        x,
        y,
        matched,
        matched / length,
        kind or kinds.name_kind(kinds.measure(edits, a, b, frame))[0],
        piece.role,
        edits[:, 0],
        np.column_stack(
            [
                *(points.clip(*x) for points in _points(a, edits[:, 1], edits[:, 2])),
                *(points.clip(*y) for points in _points(b, edits[:, 3], edits[:, 4])),
            ]
        ),
    )


def _points(words: Words, first: NDArray[Any], last: NDArray[Any]) -> tuple[NDArray[np.int64], ...]:
    """Return the code points of runs of words; an empty run lies where the word before it ends."""
    empty = first == last
    before = np.where(first > 0, words.end[np.maximum(first, 1) - 1], 0)
    start = np.where(empty, before, words.start[np.minimum(first, len(words) - 1)])
    end = np.where(empty, before, words.end[np.maximum(last, 1) - 1])
    return start.astype(np.int64), end.astype(np.int64)


def _mirrored(passage: Passage) -> Passage:
    """Exchange the sides; edits are put in the order of the new first side."""
    turned = mirrored(np.column_stack([passage.ops, passage.edits]))
    return passage._replace(x=passage.y, y=passage.x, ops=turned[:, 0], edits=turned[:, 1:])


def _table(rows: list[tuple[str, str, Passage]]) -> pa.Table:
    if not rows:
        return schemas.ALIGNMENTS.empty()
    passages = [passage for _, _, passage in rows]
    ranks = [rank for _, pair in groupby(rows, key=lambda row: row[:2]) for rank, _ in enumerate(pair, 1)]
    edits = np.concatenate([p.edits for p in passages])
    fields = [pa.array(OPS[np.concatenate([p.ops for p in passages])], pa.string())]
    fields += [pa.array(edits[:, k], pa.int64()) for k in range(4)]
    offsets = np.concatenate([[0], np.cumsum([len(p.ops) for p in passages])]).astype(np.int32)
    listed = pa.ListArray.from_arrays(pa.array(offsets), pa.StructArray.from_arrays(fields, fields=list(schemas.EDIT)))
    return pa.table(
        [
            pa.array([a for a, _, _ in rows]),
            pa.array([b for _, b, _ in rows]),
            pa.array(ranks, pa.int32()),
            *(pa.array(column, pa.int64()) for column in np.array([p.x + p.y for p in passages]).T),
            pa.array([p.matched for p in passages], pa.int32()),
            pa.array([p.identity for p in passages], pa.float64()),
            pa.array([p.kind for p in passages]),
            pa.array([p.role for p in passages]),
            listed,
        ],
        schema=schemas.ALIGNMENTS.arrow,
    )
