"""Align the pairs of a part: what the stage of alignments is made of."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.facts import Facts
from stemmata.forms import names_fill
from stemmata.languages import function_words
from stemmata.measures import FRAME_WORDS
from stemmata.passages.acceptance import (
    Accepted,
    AlignmentOptions,
    accept_passages,
    accept_sentences,
    long_enough,
)
from stemmata.passages.cuts import Piece, cut_passage, trim_piece
from stemmata.passages.filled import RIGHT, Forms
from stemmata.passages.pair import TextPair, prepare, turned
from stemmata.passages.passage import Passage, moved
from stemmata.passages.rectangles import Rectangle
from stemmata.passages.roles import Boilerplate, Roles, Text
from stemmata.passages.same import as_read, as_worded, same_in_passages
from stemmata.sides import Sides, read_sides

OPS = np.array(schemas.OPS)


class Left(NamedTuple):
    """What the caps left out of a pair: seeds, phrases that stand too often, and words of a very long text."""

    untried: int = 0
    passed: int = 0
    beyond: int = 0


def align_part(part: pa.Table, facts: Facts, boilerplate: Boilerplate, options: AlignmentOptions) -> pa.Table:
    """Align the pairs of a part that ``sides.over_pairs`` hands out with ``site``; rows of ``schemas.ALIGNMENTS``."""
    rows: list[tuple[str, str, Passage, bool]] = []
    left = Left()
    keys = part.select(["a", "b", "copy", "a_site", "b_site"]).to_pylist()
    for sides in read_sides(part, facts.misread):
        key = keys[sides.row]
        swapped = _swapped(sides, key["copy"])
        texts = Text(sides.a_text, sides.a, key["a_site"]), Text(sides.b_text, sides.b, key["b_site"])
        ordered = texts[::-1] if swapped else texts
        roles = Roles(*ordered, key["copy"] is not None, boilerplate, sides.language)
        passages, more = _align_pair(sides, swapped, key["copy"] is not None, roles, boilerplate.forms, facts, options)
        passages.sort(key=lambda p: (p.x, p.y))
        marked = list(zip(passages, moved(passages), strict=True))
        if swapped:
            marked = sorted(((p.mirrored(), out) for p, out in marked), key=lambda one: (one[0].x, one[0].y))
        rows += [(key["a"], key["b"], passage, out) for passage, out in marked]
        left = Left(*map(sum, zip(left, more, strict=True)))
    counts = {
        "seeds beyond the number of tries": left.untried,
        "phrases that stand too often to begin a short passage": left.passed,
        "words beyond the longest text aligned": left.beyond,
    }
    notes = [{"stage": "alignments", "what": what, "count": count} for what, count in counts.items()]
    return schemas.remark(_table(rows), notes=notes)


def _swapped(sides: Sides, copy: str | None) -> bool:
    """Say whether b takes the copy's place: the known copy, else the shorter text, else the smaller string."""
    if copy:
        return copy == "b"
    return (len(sides.b), sides.b_text) < (len(sides.a), sides.a_text)


def _align_pair(
    sides: Sides,
    swapped: bool,
    known: bool,
    roles: Roles,
    forms: NDArray[np.uint64],
    facts: Facts,
    options: AlignmentOptions,
) -> tuple[list[Passage], Left]:
    """Return the passages of one pair and what was left out; x is the copy's place."""
    x_text, y_text, x, y = sides.a_text, sides.b_text, sides.a, sides.b
    if swapped:
        x_text, y_text, x, y = y_text, x_text, y, x
    if len(x) and np.array_equal(x.word, y.word) and not (roles.based or sides.misread):
        return [Passage.of_same(x_text, x, y_text, y, roles.name(0, len(x), 0, len(y), 1.0))], Left()
    language = facts.frequencies(sides.language)
    x_most, y_most = (max(options.longest, options.longest**2 // max(1, len(other))) for other in (y, x))
    beyond = max(0, len(x) - x_most) + max(0, len(y) - y_most)
    pair = prepare(x_text, x[:x_most], y_text, y[:y_most], language)
    if sides.misread:
        pair = same_in_passages(pair, sides.language, options)
    mirrored = turned(pair) if not known else None
    names = facts.names(sides.language)
    frame = function_words(sides.language, FRAME_WORDS)
    known_forms = Forms(pair, forms, names=names_fill(sides.language, facts.names))
    found = accept_passages(pair, mirrored, frame, names=names, options=options)
    pieces = [piece for one in found.passages for piece in _pieces(pair, one, roles, known_forms, options.shortest)]
    held = [piece for piece, passage in pieces if passage.kind != "none"]
    sentences = accept_sentences(pair, held, frame, names=names, options=options)
    short = [piece for one in sentences.passages for piece in _pieces(pair, one, roles, known_forms, options.shortest)]
    pieces = [
        (piece, passage)
        for piece, passage in pieces
        if passage.kind != "none" or not any(piece.meets(sentence) for sentence, _ in short)
    ]
    pieces += short
    if sides.misread:
        passages = [as_worded(pair, passage) for _, passage in pieces]
    else:
        passages = [as_read(pair, piece, passage, sides.language) for piece, passage in pieces]
    return passages, Left(found.untried, sentences.untried, beyond)


def _pieces(
    pair: TextPair, accepted: Accepted, roles: Roles, forms: Forms, shortest: int
) -> list[tuple[Rectangle, Passage]]:
    """Return what is left of an accepted passage, and what is cut out of it with a role of its own."""
    rectangle, wording = accepted.rectangle, accepted.wording
    whole = accepted.entire or accepted.kind == "none"
    pieces = [Piece(*rectangle[:4], "reuse")] if whole else cut_passage(pair, wording, rectangle, roles.marks)
    kept = []
    for piece in pieces:
        if accepted.kind == "verbatim":
            piece = trim_piece(pair, wording, piece)
        passage = Passage.of_piece(pair, wording, piece, accepted.kind, accepted.confidence)
        if piece.role == "reuse":
            if not accepted.short and not long_enough(pair, piece[:4], shortest):
                continue
            passage = passage._replace(role=roles.name(*piece[:4], passage.identity))
            close = passage.kind in ("verbatim", "edited")
            if passage.kind not in ("none", "template") and forms.filled_anew(wording, piece[:4], close=close):
                passage = passage._replace(kind="template", confidence=RIGHT)
        kept.append((Rectangle(*piece[:4], 0.0, 0.0, 0.0), passage))
    return kept


def _table(rows: list[tuple[str, str, Passage, bool]]) -> pa.Table:
    if not rows:
        return schemas.ALIGNMENTS.empty()
    passages = [passage for _, _, passage, _ in rows]
    ranks = [rank for _, pair in groupby(rows, key=lambda row: row[:2]) for rank, _ in enumerate(pair, 1)]
    edits = np.concatenate([p.edits for p in passages])
    fields = [pa.array(OPS[np.concatenate([p.ops for p in passages])], pa.string())]
    fields += [pa.array(edits[:, k], pa.int64()) for k in range(4)]
    offsets = np.concatenate([[0], np.cumsum([len(p.ops) for p in passages])]).astype(np.int32)
    listed = pa.ListArray.from_arrays(pa.array(offsets), pa.StructArray.from_arrays(fields, fields=list(schemas.EDIT)))
    return pa.table(
        [
            pa.array([a for a, _, _, _ in rows]),
            pa.array([b for _, b, _, _ in rows]),
            pa.array(ranks, pa.int32()),
            *(pa.array(column, pa.int64()) for column in np.array([p.x + p.y for p in passages]).T),
            pa.array([p.matched for p in passages], pa.int32()),
            pa.array([p.identity for p in passages], pa.float64()),
            pa.array([p.kind for p in passages]),
            pa.array([p.confidence for p in passages], pa.float64()),
            pa.array([p.role for p in passages]),
            pa.array([out for _, _, _, out in rows], pa.bool_()),
            listed,
        ],
        schema=schemas.ALIGNMENTS.arrow,
    )
