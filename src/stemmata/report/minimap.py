"""The small map beside a reading: both texts from top to bottom, with their passages and changes, as its rows lie."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemmata.report import words
from stemmata.report.escape import oneline
from stemmata.report.finding import Change, Finding, Passage, Span
from stemmata.report.rows import Cut

WIDTH, HEIGHT, GAP = 100, 1000, 8  # of the drawing, which is stretched; between its two columns
_LEAST = 2.5  # so that a single word can be seen
_MOST = 500  # passages that are drawn, the longest first
_SIDES = ("source", "copy")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A passage or a change as drawn in one of the columns.

    Parameters
    ----------
    x, width, y, height : float
        Where it lies.
    to : str
        The anchor of its place in the text.
    of : Passage or Change
        What it is.
    """

    x: float
    width: float
    y: float
    height: float
    to: str
    of: Passage | Change


@dataclass(frozen=True, kw_only=True)
class Minimap:
    """What is drawn, in the order in which it is: what lies above comes last.

    Parameters
    ----------
    texts : list of (float, float, float)
        Where each row of either text lies: left edge, top, height; what is missing on a side is left blank.
    passages, changes : list of Mark
        Of changes those that are listed, the gravest on top; of several at one place only that.
    """

    texts: list[tuple[float, float, float]]
    passages: list[Mark]
    changes: list[Mark]


def draw_minimap(finding: Finding, listed: Sequence[Change], cuts: Sequence[Cut]) -> Minimap:
    """Return the map of a finding.

    Parameters
    ----------
    listed : sequence of Change
        Those that have a place in the texts.
    cuts : sequence of Cut
        The rows of the reading.
    """
    columns = [_Column(finding, side, cuts) for side in _SIDES]
    longest = sorted(finding.passages, key=lambda p: (p.nature != "reuse", p.source[0] - p.source[1], p.rank))[:_MOST]
    gravest = sorted(listed, key=lambda change: (change.factual, change.severity, -change.n))
    return Minimap(
        texts=[stretch for column in columns for stretch in column.texts()],
        passages=[
            column.mark(getattr(passage, column.side), f"p{passage.rank}{column.side[0]}", passage)
            for passage in sorted(longest, key=lambda p: p.rank)
            for column in columns
        ],
        changes=[mark for column in columns for mark in column.ticks(gravest)],
    )


class _Column:
    """One text from top to bottom."""

    def __init__(self, finding: Finding, side: str, cuts: Sequence[Cut]) -> None:
        self.side, self._cuts = side, cuts
        self._starts: list[int] = [getattr(cut, side) for cut in cuts]
        ends = [*self._starts[1:], len(getattr(finding, side).text)]
        others = [getattr(cut, "copy" if side == "source" else "source") for cut in cuts]
        length = len(finding.copy.text if side == "source" else finding.source.text)
        theirs = [end - start for start, end in zip(others, [*others[1:], length], strict=True)]
        self._ours: list[int] = [end - start for start, end in zip(self._starts, ends, strict=True)]
        self._longer: list[int] = [max(1, our, their) for our, their in zip(self._ours, theirs, strict=True)]
        self.width = (WIDTH - GAP) / 2
        self.x = 0.0 if side == "source" else WIDTH - self.width

    def texts(self) -> Iterator[tuple[float, float, float]]:
        """Yield where its rows lie, those that touch as one."""
        top = bottom = 0.0
        for cut, ours, longer in zip(self._cuts, self._ours, self._longer, strict=True):
            tall = cut.height * ours / longer
            if cut.top - bottom > _LEAST:
                if bottom > top:
                    yield self.x, round(top, 1), round(bottom - top, 1)
                top = cut.top
            bottom = cut.top + tall if ours else bottom
        yield self.x, round(top, 1), round(bottom - top, 1)

    def mark(self, span: Span, to: str, of: Passage | Change) -> Mark:
        """Return a stretch of the text as drawn."""
        top, bottom = map(self._y, span)
        tall = round(max(bottom - top, _LEAST), 1)
        return Mark(x=self.x, width=self.width, y=round(min(top, HEIGHT - tall), 1), height=tall, to=to, of=of)

    def ticks(self, changes: Sequence[Change]) -> Iterator[Mark]:
        """Yield changes, the gravest last; of several that would lie on one another the gravest."""
        kept: dict[int, Mark] = {}
        for change in changes:
            mark = self.mark(getattr(change, self.side), f"{self.side[0]}{change.n}", change)
            kept.pop(place := int(mark.y / _LEAST), None)
            kept[place] = mark
        yield from kept.values()

    def _y(self, place: int) -> float:
        row = bisect_right(self._starts, place) - 1
        cut = self._cuts[row]
        share = min(1.0, (place - self._starts[row]) / self._longer[row])
        return cut.top + cut.height * share


def says(mark: Mark) -> str:
    """Return what a mark is, in a few words."""
    if isinstance(mark.of, Passage):
        return ", ".join([f"passage {mark.of.rank}", *words.marks(mark.of)])
    return f"{mark.of.type}: {oneline(mark.of.before, 40) or '–'} → {oneline(mark.of.after, 40) or '–'}"
