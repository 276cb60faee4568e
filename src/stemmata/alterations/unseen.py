"""Text that one side hides from its readers: listed where the other side does not hide the same.

Either the page of a text hid it, and its row of documents says so; or the text itself holds signs that are never drawn
and that spell something: tag characters, variation selectors in a row, signs without width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.alterations.collation import Collation
from stemmata.alterations.judgement import quote
from stemmata.alterations.marked import MarkedText
from stemmata.tokens import words_of

BESIDE = 40  # words from a passage within which a hidden stretch belongs to it
_FLAG = "\U0001f3f4[\U000e0030-\U000e007a]{1,8}\U000e007f"  # that of Scotland, as emoji write it
_TAGS = "(?P<tags>[\U000e0000-\U000e007f]{2,})"
_SELECTORS = "(?P<selectors>[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,})"  # more than one at a time selects nothing
_WIDTHLESS = "(?P<widthless>[\u200b-\u200d\u2060-\u2064\ufeff]{8,})"
_UNDRAWN = re.compile(f"{_FLAG}|{_TAGS}|{_SELECTORS}|{_WIDTHLESS}")
_WHAT = {
    "tags": "in tag characters",
    "selectors": "in variation selectors",
    "widthless": "in signs without width",
}

_BEGINS = ("The {side} hides ", "The {side} holds ")  # the sentences, which alone say which side it is

Row = Mapping[str, Any]


class Stretch(NamedTuple):
    """Hidden text: where it stands, in code points, how it is hidden, and what it says, if that can be read.

    ``start`` and ``end`` are the same where it is no part of the text.
    """

    start: int
    end: int
    what: str
    text: str


class Unseen(NamedTuple):
    """A hidden stretch that only one side has: its place on both sides, and a sentence."""

    source: tuple[int, int]
    copy: tuple[int, int]
    says: str


def hidden_by_page(documents: pa.Table) -> dict[str, list[dict[str, Any]]]:
    """Return what the pages of some documents hid, by document; most hide nothing."""
    some = documents.filter(pc.is_valid(documents.column("hidden"))).select(["doc", "hidden"])
    return {row["doc"]: row["hidden"] for row in some.to_pylist()}


def find_stretches(text: str, rows: Sequence[Row]) -> list[Stretch]:
    """Return what a text hides.

    Parameters
    ----------
    rows : sequence of mappings
        Its row of the column ``hidden`` of documents.
    """
    places = (min(row["offset"], len(text)) for row in rows)
    found = [Stretch(at, at, " ".join(row["what"].split()), row["text"]) for at, row in zip(places, rows, strict=True)]
    for run in () if text.isascii() else _UNDRAWN.finditer(text):
        kind = run.lastgroup
        if kind and (kind != "widthless" or len(set(run[0])) > 1):  # one sign again and again spells nothing
            found.append(Stretch(run.start(), run.end(), _WHAT[kind], _spelled(kind, run[0])))
    return sorted(found)


def list_unseen(
    source: MarkedText, copy: MarkedText, hidden: tuple[Sequence[Row], Sequence[Row]], passages: Sequence[Collation]
) -> Iterator[Unseen]:
    """Yield what one of two texts hides in a passage or beside it, and the other does not.

    Parameters
    ----------
    hidden : two sequences of mappings
        The column ``hidden`` of the source's document and of the copy's.
    passages : sequence of Collation
        In the order of the source.
    """
    ours, theirs = find_stretches(source.text, hidden[0]), find_stretches(copy.text, hidden[1])
    known = {_key(stretch) for stretch in ours} & {_key(stretch) for stretch in theirs}
    for stretch in ours:
        places = ((each.source, each.copy, each.to_copy) for each in passages)
        there = None if _key(stretch) in known else _opposite(stretch, source, copy, places)
        if there is not None:
            yield Unseen((stretch.start, stretch.end), (there, there), _say("source", stretch))
    for stretch in theirs:
        places = ((each.copy, each.source, each.to_source) for each in passages)
        there = None if _key(stretch) in known else _opposite(stretch, copy, source, places)
        if there is not None:
            yield Unseen((there, there), (stretch.start, stretch.end), _say("copy", stretch))


def is_hidden(says: str, side: str) -> bool:
    """Tell whether a sentence says that a side, "source" or "copy", hides a stretch of text."""
    return says.startswith(tuple(begins.format(side=side) for begins in _BEGINS))


def _key(stretch: Stretch) -> str:
    return " ".join(stretch.text.casefold().split()) or stretch.what


def _opposite(
    stretch: Stretch,
    own: MarkedText,
    other: MarkedText,
    passages: Iterator[tuple[tuple[int, int], tuple[int, int], NDArray[np.int64]]],
) -> int | None:
    """Return the place over against a stretch, by the nearest passage; None where none is near."""
    at = int(np.searchsorted(own.words.start, stretch.start))
    away, place = BESIDE + 1, None
    for (first, last), (other_first, _), partner in passages:
        distance = max(first - at, at - last, 0)
        if distance < away:
            before = np.flatnonzero(partner[: max(0, at - first)] >= 0)
            if len(before):
                away, place = distance, int(other.words.end[partner[before[-1]]])
            elif other_first < len(other.words):
                away, place = distance, int(other.words.start[other_first])
    return place


def _say(which: str, stretch: Stretch) -> str:
    hides, holds = (begins.format(side=which) for begins in _BEGINS)
    if not stretch.text:
        return f"{holds}{stretch.end - stretch.start:,} signs here that no reader sees ({stretch.what})."
    count = len(words_of(stretch.text))
    over = "over " if stretch.text.endswith("…") else ""
    size = f"{over}{count:,} words" if count > 1 else "letters"
    return f"{hides}{size} here that no reader sees ({stretch.what}): {quote(stretch.text)}."


def _spelled(kind: str, signs: str) -> str:
    """Return what signs that are not drawn stand for; nothing where that is no text."""
    if kind == "widthless":
        return ""
    if kind == "tags":
        text = "".join(chr(ord(sign) - 0xE0000) for sign in signs)
    else:
        codes = (ord(sign) - 0xFE00 if sign <= "\ufe0f" else ord(sign) - 0xE0100 + 16 for sign in signs)
        text = bytes(codes).decode("utf-8", "replace")
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return text if sum(map(str.isalpha, text)) * 2 > len(text.replace(" ", "")) else ""
