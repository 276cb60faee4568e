"""The page of two documents side by side: the verdict with its reasons, and what the one changed in the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.changes import ChangeOptions, list_changes
from stemmata.errors import MissingSource
from stemmata.report import words
from stemmata.report.comparison_page import told as told_of
from stemmata.report.family import Family
from stemmata.report.finding import Finding
from stemmata.report.findings import read_changes
from stemmata.report.register import KINDS
from stemmata.report.room import Room
from stemmata.room.decisions import Form
from stemmata.room.kept import FEW, kept


def tell(room: Room, source: str, copy: str) -> dict[str, Any]:
    """Return what the page shows.

    Raises
    ------
    MissingSource
        There is no such document, or the two were not compared.
    """
    return _tell(room, source, copy)


@partial(kept, most=FEW)
def _tell(room: Room, source: str, copy: str) -> dict[str, Any]:
    finding = find(room, source, copy)
    source, copy = finding.source.doc, finding.copy.doc
    form = Form(back="pair", a=source, b=copy)
    told = told_of(finding, room.about["options"])
    return {**told, "family": _family(room, source, copy), "form": form, "kinds": KINDS}


def twin(room: Room, source: str, copy: str) -> dict[str, Any]:
    """Return the same for programs.

    Raises
    ------
    MissingSource
        As :func:`tell`.
    """
    finding = find(room, source, copy)
    a, b = sorted((source, copy))
    return {
        "verdict": words.plain(words.verdict(finding)),
        "source": finding.source.doc,
        "copy": finding.copy.doc,
        "oriented": finding.oriented,
        "documents": [room.documents[doc] for doc in (a, b)],
        "relation": finding.relation,
        "direction": room.findings.direction(a, b),
        "alignments": room.lookup("alignments", "a", "b").rows(a, b),
        "changes": changes_of(room, finding).to_pylist(),
    }


def find(room: Room, source: str, copy: str) -> Finding:
    """Return what was found about two documents: the source first, by the tree, else by the verdict on the two.

    Raises
    ------
    MissingSource
        There is no such document, or the two were not compared.
    """
    for doc in (source, copy):
        if doc not in room.documents:
            raise MissingSource(f"there is no document '{doc}'.", mend="look for it among all documents.")
    if room.findings.relation(source, copy) is None:
        raise MissingSource(
            f"'{source}' and '{copy}' were not compared: they share too little, or are one document.",
            mend="compare them by themselves: stemmata compare.",
        )
    source, copy, confidence = _directed(room, source, copy)
    finding = room.findings.pair(source, copy, confidence=confidence)
    if finding.changes or finding.relation["kind"] == "none":
        return finding
    return replace(finding, changes=tuple(read_changes(changes_of(room, finding))))


def changes_of(room: Room, finding: Finding) -> pa.Table:
    """Return ``schemas.CHANGES`` of a pair: as the trace lists them, else as they would be listed."""
    source, copy = finding.source.doc, finding.copy.doc
    held = room.lookup("changes", "source", "copy").slice(source, copy)
    if held.num_rows or finding.relation["kind"] == "none":
        return held
    a, b = sorted((source, copy))
    rows = [room.lookup("documents", "doc").slice(doc) for doc in (a, b)]
    passages = room.lookup("alignments", "a", "b").slice(a, b)
    named = {"source": source, "copy": copy} if finding.oriented else {}
    told = {"a": a, "b": b, "verdict": "unknown", "via_lost": 0.0, "confidence": 0.5, "evidence": [], **named}
    options = room.about["options"].get("changes")
    return list_changes(
        pa.concat_tables(rows),
        passages,
        schemas.DIRECTIONS.table([told]),
        statistics=room.trace.statistics,
        options=ChangeOptions(**options) if options else ChangeOptions(),
    )


def _directed(room: Room, source: str, copy: str) -> tuple[str, str, float | None]:
    """Return two documents in the order of their family's tree, and how sure it is; else of the verdict on them."""
    family = _family(room, source, copy)
    if family is not None:
        for one, other in ((source, copy), (copy, source)):
            if one in _above(family, other):
                return one, other, family.people[other].confidence
    verdict = room.findings.direction(source, copy)
    if verdict and verdict["source"] is not None:
        return verdict["source"], verdict["copy"], None
    return min(source, copy), max(source, copy), None


def _family(room: Room, source: str, copy: str) -> Family | None:
    """Return the family to which both belong."""
    homes = [room.register.home.get(doc) for doc in (source, copy)]
    return None if homes[0] is None or homes[0] != homes[1] else room.family(room.register.names[homes[0]])


def _above(family: Family, doc: str) -> Sequence[str]:
    """Return the members from which one derives."""
    found: list[str] = []
    while (parent := family.people[doc].parent) is not None and parent in family.people and parent not in found:
        found.append(parent)
        doc = parent
    return found
