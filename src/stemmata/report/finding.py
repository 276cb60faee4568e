"""What was found about one pair, turned so that the source comes first.

Tables speak of ``a`` and ``b``, in the order of their ids; a reader wants the source and the copy. Where the
direction is unknown a stands for the source, as in the table of changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.tokens import Words, words_of

if TYPE_CHECKING:
    from stemmata.tracing import Trace

Row = Mapping[str, Any]
Span = tuple[int, int]

_WRAPPED = (40, 160)  # code points: the usual line of a text whose lines a machine broke
_TURNED = {"insert": "delete", "delete": "insert"}


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A stretch of a passage: the same on both sides, or altered; an empty span where a side lacks it."""

    op: str
    source: Span
    copy: Span


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A passage in both texts; its edits stand in the order of a."""

    rank: int
    source: Span
    copy: Span
    identity: float
    kind: str
    role: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One alteration, as the table of changes has it."""

    n: int
    type: str
    before: str
    after: str
    source: Span
    copy: Span
    factual: bool
    severity: float
    says: str
    inherited: bool


@dataclass(frozen=True, kw_only=True)
class Witness:
    """One of the two texts.

    Parameters
    ----------
    doc, text : str
        Its id and main text.
    row : mapping
        Its row of the table of documents.
    coverage : float
        Share of its words that lie in shared passages, 0 to 1.
    """

    doc: str
    text: str = field(repr=False)
    row: Row = field(repr=False)
    coverage: float

    @cached_property
    def words(self) -> Words:
        """Its words, with their spans."""
        return words_of(self.text)

    @property
    def outside(self) -> int:
        """The number of its words that lie outside the shared passages."""
        return round(len(self.words) * (1 - self.coverage))

    @cached_property
    def wrapped(self) -> bool:
        """Whether a machine broke its lines, so that they may be run together."""
        lines = pairwise(self.text[:100_000].split("\n"))
        lengths = sorted(len(line) for line, after in lines if line.strip() and after.strip())
        return bool(lengths) and _WRAPPED[0] <= lengths[len(lengths) // 2] <= _WRAPPED[1]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One pair: its relation, its direction, its passages by rank and its changes in the order of the source.

    Parameters
    ----------
    source, copy : Witness
        The two texts; a and b where ``oriented`` is false.
    oriented : bool
        Whether the verdict names a source.
    relation, direction : mapping
        Their rows.
    passages, changes : tuple
        What aligned and what was altered.
    """

    source: Witness
    copy: Witness
    oriented: bool
    relation: Row
    direction: Row
    passages: tuple[Passage, ...]
    changes: tuple[Change, ...]

    @property
    def weighed(self) -> list[Row]:
        """The reasons for the direction that carry points, the weightiest first."""
        reasons = (reason for reason in self.direction["evidence"] if reason["points"])
        return sorted(reasons, key=lambda reason: -abs(reason["points"]))

    @property
    def remarks(self) -> list[Row]:
        """The reasons without points, which only say something."""
        return [reason for reason in self.direction["evidence"] if not reason["points"]]

    @property
    def factual(self) -> list[Change]:
        """The changes that alter what is said, the gravest first."""
        return sorted((c for c in self.changes if c.factual), key=lambda c: (-c.severity, c.n))

    @property
    def wording(self) -> list[Change]:
        """The changes of other wording, which is not judged, in the order of the source."""
        return [change for change in self.changes if not change.factual]


def find(trace: Trace) -> Finding | None:
    """Return what the trace of a comparison holds about its pair; None where no pair was compared."""
    if not trace.relations.num_rows:
        return None
    relation = trace.relations.slice(0, 1).to_pylist()[0]
    a, b = relation["a"], relation["b"]
    direction = _rows(trace.directions, a=a, b=b)[0]
    oriented = direction["source"] is not None
    turned = direction["source"] == b
    sides = {
        letter: Witness(doc=doc, text=row.pop("text"), row=row, coverage=relation[f"coverage_{letter}"])
        for letter, doc in (("a", a), ("b", b))
        for row in _rows(trace.documents, doc=doc)
    }
    first, second = ("b", "a") if turned else ("a", "b")
    source, copy = sides[first], sides[second]
    return Finding(
        source=source,
        copy=copy,
        oriented=oriented,
        relation=relation,
        direction=direction,
        passages=tuple(_passage(row, first, second) for row in _rows(trace.alignments, a=a, b=b)),
        changes=tuple(_change(row) for row in _rows(trace.changes, source=source.doc, copy=copy.doc)),
    )


def about(trace: Trace) -> dict[str, Any]:
    """Return how a trace was made; a trace that was put together by hand need not say so."""
    return {"version": "", "command": "", "options": {}, "seconds": {}, **trace.about}


def _rows(table: pa.Table, **keys: str) -> list[dict[str, Any]]:
    for name, value in keys.items():
        table = table.filter(pc.equal(table.column(name), pa.scalar(value)))
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def _passage(row: Row, source: str, copy: str) -> Passage:
    edits = (
        Edit(
            op=edit["op"] if source == "a" else _TURNED.get(edit["op"], edit["op"]),
            source=_span(edit, source),
            copy=_span(edit, copy),
        )
        for edit in row["edits"]
    )
    return Passage(
        rank=row["rank"],
        source=_span(row, source),
        copy=_span(row, copy),
        identity=row["identity"],
        kind=row["kind"],
        role=row["role"],
        edits=tuple(edits),
    )


def _change(row: Row) -> Change:
    plain = ("n", "type", "before", "after", "factual", "severity", "says", "inherited")
    return Change(**{name: row[name] for name in plain}, source=_span(row, "source"), copy=_span(row, "copy"))


def _span(row: Row, side: str) -> Span:
    return row[f"{side}_start"], row[f"{side}_end"]
