"""From collated passages to the alterations of a pair, each with its type, its place and its sentence."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations.between import sentences_between
from stemmata.alterations.collation import Collation, Run
from stemmata.alterations.judgement import Case, Judgement, Piece, Side, quote
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.moves import moved_passages, pair_moves, stands_elsewhere
from stemmata.alterations.pieces import split_run
from stemmata.alterations.plain_runs import other_word
from stemmata.alterations.rules import judge
from stemmata.alterations.severity import severity
from stemmata.alterations.speech import join_quotations
from stemmata.alterations.strangers import part_strangers
from stemmata.alterations.values import Value
from stemmata.tokens import DISGUISED, SENTENCE

NAMED = 3  # look-alike letters and hidden signs that are named
SAME_MOVE = 3  # words between two moved runs that moved together


class Alteration(NamedTuple):
    """One alteration, in code points of both texts."""

    source_start: int
    source_end: int
    copy_start: int
    copy_end: int
    type: str
    says: str
    severity: float


def list_alterations(
    source: MarkedText,
    copy: MarkedText,
    passages: list[Collation],
    furniture: list[Run],
    *,
    omission: int,
    moved: float,
) -> list[Alteration]:
    """Return the alterations of a pair, in the order of the source.

    Parameters
    ----------
    passages : list of Collation
        In the order of the source.
    furniture : list of Run
        Page furniture that both texts have.
    omission : int
        Words from which a one-sided run is an omission or an addition.
    moved : float
        Share of words by which a run that is gone is found in another place, 0 to 1.
    """
    near_source, near_copy = np.zeros(len(source.words), bool), np.zeros(len(copy.words), bool)
    runs = []
    for passage in passages:
        part_strangers(passage, source, copy)
        runs.append(passage.runs())
        ours, theirs = passage.near(runs[-1], source, copy)
        near_source |= ours
        near_copy |= theirs
    source.mark(near_source)
    copy.mark(near_copy)
    pieces: list[Piece] = []
    for passage, found in zip(passages, runs, strict=True):
        for run in passage.runs() if passage.part(source, copy) else found:
            pieces += split_run(run, source, copy)
    moves = pair_moves(pieces, source, copy, moved)
    within = [piece for run in moves.moved for piece in split_run(run, source, copy)]
    judged = []
    for piece in (*moves.pieces, *within):
        judgement = other_word(piece, source, copy)
        if judgement is None:
            judgement = judge(Case(piece, Side(source, *piece.run[:2]), Side(copy, *piece.run[2:]), omission))
        judged.append((piece, judgement))
    judged = join_quotations(_settled(judged, source), source, copy)
    for passage in passages:
        judged += _other_forms(passage, source, copy)
        judged += [(Piece(run), _moved(run)) for run in _joined(passage.moved)]
    judged += [(Piece(run), _moved(run)) for run in (*moves.moved, *moved_passages(passages))]
    judged += [(Piece(run), lacking) for run, lacking in sentences_between(source, copy, passages, furniture)]
    judged = [_known(piece, judgement, source, copy) for piece, judgement in judged]
    placed = sorted(_place(piece, judgement, source, copy) for piece, judgement in judged)
    return [one for one in placed if one.type == "moved" or _differs(one, source, copy)]


def _differs(one: Alteration, source: MarkedText, copy: MarkedText) -> bool:
    """Say whether the slices differ, case aside; where passages overlap, a word may meet its equal once more."""
    before = source.text[one.source_start : one.source_end]
    return before.lower() != copy.text[one.copy_start : one.copy_end].lower()


def _known(piece: Piece, judgement: Judgement, source: MarkedText, copy: MarkedText) -> tuple[Piece, Judgement]:
    """Take back an omission or addition of what the other text has in another place."""
    if judgement.type in ("omission", "addition") and stands_elsewhere(piece.run, source, copy):
        text, run = (source, piece.run[:2]) if judgement.type == "omission" else (copy, piece.run[2:])
        judgement = Judgement("wording", f"Stands in another place of the other text: {quote(text.slice(*run))}.")
    return piece, judgement


def _settled(judged: list[tuple[Piece, Judgement]], source: MarkedText) -> list[tuple[Piece, Judgement]]:
    """Take back what a sentence lost in one place and gained in another: *did not see any* and *saw none*."""
    sentences = np.cumsum(source.words.flags & SENTENCE != 0)
    turned = {k: piece.run.source_first for k, (piece, judgement) in enumerate(judged) if judgement.turn}
    turns: dict[tuple[int, str], set[int]] = defaultdict(set)
    places = {k: (int(sentences[min(at, len(sentences) - 1)]), judged[k][1].type) for k, at in turned.items()}
    for k, place in places.items():
        turns[place].add(judged[k][1].turn)
    settled = list(judged)
    for k, place in places.items():
        if len(turns[place]) > 1:
            piece, judgement = judged[k]
            says = f"Said elsewhere in the sentence: {judgement.says.partition(': ')[2]}"
            settled[k] = (piece, Judgement("wording", says))
    return settled


def _other_forms(passage: Collation, source: MarkedText, copy: MarkedText) -> Iterator[tuple[Piece, Judgement]]:
    """Yield partners that differ in form, and those of which one is disguised."""
    i, j = passage.partners
    veiled = (source.words.flags[i] ^ copy.words.flags[j]) & DISGUISED != 0
    other = (source.words.form[i] != copy.words.form[j]) & ~veiled
    for run in _stretches(i, j, veiled):
        by_copy = copy.words.flags[run.copy_first] & DISGUISED
        before, after = source.slice(*run[:2]), copy.slice(*run[2:])
        which, veiled, plain = ("copy", after, before) if by_copy else ("source", before, after)
        yield Piece(run), Judgement("disguised", f"The {which} writes {quote(veiled)} with {_signs(veiled, plain)}.")
    for run in _stretches(i, j, other):
        before, after = quote(source.slice(*run[:2])), quote(copy.slice(*run[2:]))
        yield Piece(run), Judgement("restyled", f"The same in another form: {before} becomes {after}.")


def _signs(veiled: str, plain: str) -> str:
    """Name the signs of a disguised text that the plain one lacks: nobody sees them."""
    signs = [sign for sign in dict.fromkeys(veiled) if sign not in plain]
    named = [f"U+{ord(sign):04X} {unicodedata.name(sign, 'without a name')}" for sign in signs[:NAMED]]
    rest = f" and {len(signs) - NAMED:,} more" if len(signs) > NAMED else ""
    return f"look-alike letters or hidden signs{' (' if named else ''}{', '.join(named)}{rest}{')' if named else ''}"


def _stretches(i: NDArray[np.int64], j: NDArray[np.int64], which: NDArray[np.bool_]) -> Iterator[Run]:
    """Yield the runs of partners where ``which`` holds that are neighbours in both texts."""
    i, j = i[which], j[which]
    cuts = np.flatnonzero((np.diff(i) != 1) | (np.diff(j) != 1)) + 1
    for part, other in zip(np.split(i, cuts), np.split(j, cuts), strict=True):
        if len(part):
            yield Run(int(part[0]), int(part[-1]) + 1, int(other[0]), int(other[-1]) + 1)


def _joined(moved: list[Run]) -> list[Run]:
    """Join runs that moved together, with a word or so altered between them."""
    joined: list[Run] = []
    for run in sorted(moved):
        if joined and 0 <= run[0] - joined[-1][1] <= SAME_MOVE and 0 <= run[2] - joined[-1][3] <= SAME_MOVE:
            run = Run(joined[-1][0], run[1], joined.pop()[2], run[3])
        joined.append(run)
    return joined


def _moved(run: Run) -> Judgement:
    size = run.source_last - run.source_first
    return Judgement(
        "moved", f"{size:,} words stand in another place." if size > 1 else "A word stands in another place."
    )


def _place(piece: Piece, judgement: Judgement, source: MarkedText, copy: MarkedText) -> Alteration:
    source_first, source_last, copy_first, copy_last = piece.run
    lacking = judgement.type in ("omission", "addition")
    source_span = _span(source, source_first, source_last, piece.values and piece.values[0], lacking)
    copy_span = _span(copy, copy_first, copy_last, piece.values and piece.values[1], lacking)
    words = max(source_last - source_first, copy_last - copy_first)
    return Alteration(*source_span, *copy_span, judgement.type, judgement.says, severity(judgement, words))


def _span(text: MarkedText, first: int, last: int, value: Value | None, lacking: bool) -> tuple[int, int]:
    """Return the code points of a side of a piece."""
    if lacking and first < last:
        return text.sentence_span(first, last)
    start, end = text.span(first, last)
    return (min(start, value.start), max(end, value.end)) if value else (start, end)
