"""Every pair of a trace, found by its two documents without reading a whole table for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.report.finding import Change, Edit, Finding, Passage, Row, Span, Witness
from stemmata.report.lookup import Lookup

if TYPE_CHECKING:
    from stemmata.traced import Trace

_TURNED = {"insert": "delete", "delete": "insert"}
_PLAIN = (
    "n",
    "type",
    "before",
    "after",
    "factual",
    "severity",
    "says",
    "inherited",
    "introduced_by",
    "carried_by",
)


class Findings:
    """The pairs of a trace.

    Parameters
    ----------
    trace : Trace
        Its tables are sorted by key, as every stage leaves them.
    """

    def __init__(self, trace: Trace) -> None:
        self._documents = Lookup(trace.documents, "doc")
        self._relations = Lookup(trace.relations, "a", "b")
        self._directions = Lookup(trace.directions, "a", "b")
        self._alignments = Lookup(trace.alignments, "a", "b")
        self._changes = Lookup(trace.changes, "source", "copy")

    def relation(self, one: str, other: str) -> Row | None:
        """Return the relation of two documents, in whatever order they are named; None: never compared."""
        return _first(self._relations.rows(*sorted((one, other))))

    def direction(self, one: str, other: str) -> Row | None:
        """Return the verdict on who copied whom; None: never asked."""
        return _first(self._directions.rows(*sorted((one, other))))

    def aligned(self, one: str, other: str) -> bool:
        """Say whether two documents were compared and have passages in common that are reuse."""
        pair = sorted((one, other))
        kinds = self._relations.slice(*pair)["kind"].to_pylist()
        return bool(kinds) and kinds[0] != "none" and self._alignments.has(*pair)

    def listed(self, source: str, copy: str) -> bool:
        """Say whether changes from the one to the other are listed."""
        return self._changes.has(source, copy)

    def copies(self, source: str) -> set[str]:
        """Return the documents to which changes from one are listed."""
        return set(pc.unique(self._changes.slice(source)["copy"]).to_pylist())

    def changes(self, source: str, copy: str) -> tuple[Change, ...]:
        """Return what the copy altered in the source, in the order of the source."""
        return read_changes(self._changes.slice(source, copy))

    def pair(self, source: str, copy: str, *, confidence: float | None = None) -> Finding:
        """Return everything about two documents that were compared.

        Parameters
        ----------
        source, copy : str
            The two documents, in the order in which they are to be read.
        confidence : float, optional
            That of the edge between them, where a tree says that the one is the source. By default the verdict
            on the pair says it.
        """
        a, b = sorted((source, copy))
        (relation,) = self._relations.rows(a, b)
        verdict = "unknown" if confidence is None else "copy"
        unsaid: Row = {"verdict": verdict, "source": None, "copy": None, "via_lost": 0.0, "evidence": []}
        direction = self.direction(a, b) or {**unsaid, "confidence": confidence or 0.5}
        first, second = ("a", "b") if source == a else ("b", "a")
        sides = {side: self._witness({"a": a, "b": b}[side], relation[f"coverage_{side}"]) for side in "ab"}
        return Finding(
            source=sides[first],
            copy=sides[second],
            oriented=confidence is not None or direction["source"] is not None,
            relation=relation,
            direction=direction,
            passages=tuple(_passage(row, first, second) for row in self._alignments.rows(a, b)),
            changes=() if relation["kind"] == "none" else self.changes(source, copy),
        )

    def _witness(self, doc: str, coverage: float) -> Witness:
        (row,) = self._documents.rows(doc)
        return Witness(doc=doc, text=row.pop("text"), row=row, coverage=coverage)


def find(trace: Trace) -> Finding | None:
    """Return what the trace of a comparison holds about its pair; None where no pair was compared."""
    if not trace.relations.num_rows:
        return None
    findings = Findings(trace)
    a, b = (trace.relations.column(side)[0].as_py() for side in "ab")
    direction = findings.direction(a, b)
    turned = direction is not None and direction["source"] == b
    return findings.pair(b, a) if turned else findings.pair(a, b)


def is_pile(trace: Trace) -> bool:
    """Say whether a trace is of a pile, and not of two texts that were compared."""
    return trace.about.get("verb") in ("trace", "find")


def about(trace: Trace) -> dict[str, Any]:
    """Return how a trace was made; a trace that was put together by hand need not say so."""
    return {"version": "", "command": "", "started": "", "sources": [], "options": {}, "seconds": {}, **trace.about}


def _first(rows: Sequence[Row]) -> Row | None:
    return rows[0] if rows else None


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
        confidence=row["confidence"],
        role=row["role"],
        moved=row["moved"],
        edits=tuple(edits),
    )


def read_changes(changes: pa.Table) -> tuple[Change, ...]:
    """Return rows of ``schemas.CHANGES`` as pages have them."""
    return tuple(map(_change, changes.to_pylist()))


def _change(row: Row) -> Change:
    return Change(**{name: row[name] for name in _PLAIN}, source=_span(row, "source"), copy=_span(row, "copy"))


def _span(row: Row, side: str) -> Span:
    return row[f"{side}_start"], row[f"{side}_end"]
