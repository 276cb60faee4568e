"""A whole text in paragraphs, with the stretches that come from elsewhere marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stemmata.report.escape import visible
from stemmata.room.stretches import Stretch

_BLANK_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")
_WHOLE = 2_000_000  # code points: of longer texts, long pieces are shown by their ends
_END = 1_000
_BLOCK = 4_000  # code points that a browser lays out at once


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of text that is marked in one way.

    Parameters
    ----------
    text : str
        The text, safe to show.
    stretch : Stretch, optional
        Where it comes from.
    opens : bool
        Whether the stretch begins with it.
    hidden : int
        Code points that are left out here.
    """

    text: str
    stretch: Stretch | None = None
    opens: bool = False
    hidden: int = 0


Paragraph = list[Piece]


def mark(text: str, stretches: Sequence[Stretch]) -> list[list[Paragraph]]:
    """Return a text in blocks of paragraphs.

    Parameters
    ----------
    stretches : sequence of Stretch
        In the order of the text, none within another.

    Notes
    -----
    Of a text beyond 2 million code points long pieces are shown by their ends; each gap says how much it hides.
    """
    blocks: list[list[Paragraph]] = [[]]
    room = _BLOCK
    for paragraph in _paragraphs(_pieces(visible(text), stretches)):
        if room < 0:
            blocks.append([])
            room = _BLOCK
        blocks[-1].append(paragraph)
        room -= sum(len(piece.text) for piece in paragraph)
    return [block for block in blocks if block]


def _pieces(text: str, stretches: Sequence[Stretch]) -> Iterator[Piece]:
    place = 0
    for one in stretches:
        yield from _shortened(Piece(text=text[place : one.start]), len(text))
        yield from _shortened(Piece(text=text[one.start : one.end], stretch=one, opens=True), len(text))
        place = one.end
    yield from _shortened(Piece(text=text[place:]), len(text))


def _shortened(piece: Piece, size: int) -> Iterator[Piece]:
    """Yield a piece, or its ends and the gap between them."""
    if size <= _WHOLE or len(piece.text) <= 3 * _END:
        yield piece
        return
    yield replace(piece, text=piece.text[:_END])
    yield Piece(text="", hidden=len(piece.text) - 2 * _END)
    yield replace(piece, text=piece.text[-_END:], opens=False)


def _paragraphs(pieces: Iterator[Piece]) -> Iterator[Paragraph]:
    """Part pieces at blank lines, and drop paragraphs that hold nothing."""
    paragraph: Paragraph = []
    for piece in pieces:
        if not (piece.text or piece.hidden):
            continue
        first, *more = _BLANK_LINE.split(piece.text)
        paragraph.append(replace(piece, text=first if _holds(paragraph) else first.lstrip()))
        for text in more:
            if _holds(paragraph):
                yield paragraph
            paragraph = [replace(piece, text=text, opens=False)]
    if _holds(paragraph):
        yield paragraph


def _holds(paragraph: Paragraph) -> bool:
    return any(piece.hidden or piece.text.strip() for piece in paragraph)
