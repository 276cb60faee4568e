"""Two whole texts side by side, cut into segments that are each marked in one way.

Each text is cut wherever a row, a passage, an edit or a change begins or ends, so that passages may overlap
or come in any order, and edits may be missing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from stemmata.report.escape import visible
from stemmata.report.finding import Change, Edit, Finding, Passage, Span
from stemmata.report.grouped import APART
from stemmata.report.rows import Cut, cut_rows

Side = Literal["source", "copy"]

_BLANK_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")
_LEADING = re.compile(r"\A\s*\n")
_WHOLE = 2_000_000  # code points: of longer texts, long stretches without marks are shown by their ends
_END = 1_000
_SAME = ("match", "restyle", "move")  # edits whose words stand in both texts


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A stretch of text that is marked in one way.

    Parameters
    ----------
    text : str
        The text, safe to show; empty for a mere place.
    hidden : int
        Code points that are left out here.
    op : str
        Its edit; ``match`` where none marks it. ``common`` marks what both texts hold of mere wording in common.
    twin : str
        The edit's name, the same on both sides; empty where only one side has it.
    inside : tuple of Passage
        The passages that it lies in, apart from the row's own.
    change : Change, optional
        The change that it is marked for: the gravest matter of fact, else a word out of place or a disguise.
    within : tuple of int
        The numbers of all listed changes that it belongs to.
    opens : tuple of Passage
        The passages that begin with it.
    places : tuple of Change
        The changes that begin with it.
    """

    text: str
    hidden: int = 0
    op: str = "match"
    twin: str = ""
    inside: tuple[Passage, ...] = ()
    change: Change | None = None
    within: tuple[int, ...] = ()
    opens: tuple[Passage, ...] = ()
    places: tuple[Change, ...] = ()


Paragraph = list[Segment]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A stretch of both texts; ``passage`` is None between passages, ``top`` is in thousandths of all rows."""

    passage: Passage | None
    source: list[Paragraph]
    copy: list[Paragraph]
    top: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether anything in it differs: an edit, or a change."""
        sides = (segment for side in (self.source, self.copy) for paragraph in side for segment in paragraph)
        return any(s.op not in ("match", "common") or s.within or s.places for s in sides)


def read_side_by_side(finding: Finding, listed: Sequence[Change]) -> list[Row]:
    """Return both texts of a finding, whole, as rows.

    Parameters
    ----------
    finding : Finding
        The pair.
    listed : sequence of Change
        The changes that the page lists, and so must show in their place.

    Notes
    -----
    A text beyond 2 million code points is shortened where nothing marks it; each gap says how much it hides.
    """
    return [*Reading(finding=finding, listed=listed, cuts=cut_rows(finding))]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The same, each row made when it is come to, so that the first can be read at once; as often as one likes."""

    finding: Finding
    listed: Sequence[Change]
    cuts: Sequence[Cut]

    def __iter__(self) -> Iterator[Row]:
        source = _side(self.finding, "source", [cut.source for cut in self.cuts], self.listed)
        copy = _side(self.finding, "copy", [cut.copy for cut in self.cuts], self.listed)
        for cut, ours, theirs in zip(self.cuts, source, copy, strict=True):
            row = Row(
                passage=cut.passage, source=_laid(ours, cut.passage), copy=_laid(theirs, cut.passage), top=cut.top
            )
            if row.source or row.copy:
                yield row


@dataclass(frozen=True, kw_only=True)
class _Edited:
    """An edit as a mark on one side."""

    op: str
    twin: str


Mark = Passage | _Edited | Change
_UNEDITED = _Edited(op="match", twin="")


def _side(finding: Finding, side: Side, starts: list[int], listed: Sequence[Change]) -> Iterator[list[Segment]]:
    """Yield the segments of one text, row by row; rows may begin at one place, and then all but the last are empty."""
    text = visible(getattr(finding, side).text)
    row: list[Segment] = []
    at = 0
    for low, high, covering, here in _stretches(_marks(finding, side, listed), [0, len(text), *starts]):
        while at + 1 < len(starts) and starts[at + 1] <= low:
            yield row
            row, at = [], at + 1
        segment = _segment(text[low:high], covering, here)
        if len(text) > _WHOLE and high - low > 3 * _END and segment.op == "match" and not segment.change:
            row.append(replace(segment, text=text[low : low + _END]))
            row.append(Segment(text="", hidden=high - low - 2 * _END))
            segment = Segment(text=text[high - _END : high], inside=segment.inside, within=segment.within)
        row.append(segment)
    yield row


def _marks(finding: Finding, side: Side, listed: Sequence[Change]) -> Iterator[tuple[Span, Mark]]:
    for passage in finding.passages:
        yield getattr(passage, side), passage
        for i, edit in enumerate(passage.edits):
            if op := _marked(passage, edit):
                twin = f"{passage.rank}.{i}" if op not in ("insert", "delete") else ""
                yield getattr(edit, side), _Edited(op=op, twin=twin)
    for change in listed:
        yield getattr(change, side), change


def _marked(passage: Passage, edit: Edit) -> str:
    """Return as what an edit is marked: of reuse what differs, of mere wording what is the same; else nothing."""
    if passage.nature == "wording":
        return "common" if edit.op in _SAME else ""
    return "" if edit.op == "match" else edit.op


def _stretches(
    marks: Iterable[tuple[Span, Mark]], edges: Iterable[int]
) -> Iterator[tuple[int, int, list[Mark], list[Mark]]]:
    """Yield each stretch between edges with the marks that cover it and those that begin at it.

    The last stretch is empty: a place for marks at the text's very end.
    """
    begins: dict[int, list[tuple[int, Mark]]] = defaultdict(list)
    ends: dict[int, list[int]] = defaultdict(list)
    for order, ((start, end), mark) in enumerate(marks):
        begins[start].append((order, mark))
        ends[end].append(order)
    covering: dict[int, Mark] = {}
    places = sorted({*edges, *begins, *ends})
    for low, high in pairwise([*places, places[-1]]):
        covering.update(begins[low])
        here = [mark for _, mark in begins[low]]
        for order in ends[low]:
            del covering[order]
        yield low, high, [covering[order] for order in sorted(covering)], here


def _segment(text: str, covering: list[Mark], here: list[Mark]) -> Segment:
    """Gather what marks a stretch; of several edits the first passage's counts, of changes the gravest."""
    edited = next((mark for mark in covering if isinstance(mark, _Edited)), _UNEDITED)
    changes = [mark for mark in covering if isinstance(mark, Change)]
    marked = [change for change in changes if change.factual or change.type in APART]
    return Segment(
        text=text,
        op=edited.op,
        twin=edited.twin,
        inside=tuple(mark for mark in covering if isinstance(mark, Passage)),
        change=max(marked, key=lambda change: (change.factual, change.severity, -change.n), default=None),
        within=tuple(change.n for change in changes),
        opens=tuple(mark for mark in here if isinstance(mark, Passage)),
        places=tuple(mark for mark in here if isinstance(mark, Change)),
    )


def _laid(segments: list[Segment], own: Passage | None) -> list[Paragraph]:
    """Part a row's segments into paragraphs at blank lines, and drop paragraphs that hold nothing."""
    paragraphs: list[Paragraph] = [[]]
    for segment in segments:
        if not (segment.text or _shows(segment)):
            continue
        if own in segment.inside:
            segment = replace(segment, inside=tuple(p for p in segment.inside if p is not own))
        text = segment.text if any(map(_shows, paragraphs[-1])) else _LEADING.sub("", segment.text, count=1)
        first, *more = _BLANK_LINE.split(text) if "\n" in text else [text]
        paragraphs[-1].append(segment if first == segment.text else replace(segment, text=first))
        paragraphs.extend([replace(segment, text=piece, opens=(), places=())] for piece in more)
    return [paragraph for paragraph in paragraphs if any(map(_shows, paragraph))]


def _shows(segment: Segment) -> bool:
    return bool(segment.text.strip() or segment.hidden or segment.opens or segment.places)
