"""Families in columns: the same that is read of each family by itself."""

from __future__ import annotations

from datetime import UTC

import numpy as np
import pytest

import stemmata as st
from stemmata.report.family import Family
from stemmata.report.register import KINDS
from stemmata.report.room import Room
from tests.test_report_run_example import FAMILY, Witness, change, harbour, pile

LONG = "Rain fell on the harbour all night, and the ferry stayed where it was until the harbour office rang. " * 3


def slowly(family: Family) -> tuple[object, ...]:
    """What the register says, asked of the family itself."""
    altered = [one.change.severity for edge in family.edges if edge.oriented for one in edge.altered]
    root = "named" if family.original else "lost" if all(member.lost for member in family.roots) else "open"
    dates = sorted(member.date.astimezone(UTC).replace(tzinfo=None) for member in family.documents if member.date)
    differs = family.gravest is not None and not family.gravest[0].oriented
    ends = (dates[0], dates[-1]) if dates else (None, None)
    return family.name, len(family.documents), root, max(altered, default=0.0), differs, *ends


def compared(trace: st.Trace) -> Room:
    room = Room(trace)
    told = room.register
    columns = (told.names, told.size, told.root, told.severity, told.differs, told.first, told.last)
    lists = (column.tolist() if isinstance(column, np.ndarray) else column for column in columns)
    assert [*zip(*lists, strict=True)] == [slowly(family) for family in room.families()]
    for family, counts in zip(room.families(), told.kinds, strict=True):
        placed = [edge.kind for edge in family.into.values() if edge.kind and not edge.source.lost]
        loose = sum(member.doc not in family.into or family.into[member.doc].source.lost for member in family.documents)
        assert counts.sum() == len(placed) + max(0, loose - 1)
        number = dict(zip(KINDS, counts.tolist(), strict=True))
        assert all(number[kind] >= placed.count(kind) for kind in placed)
    return room


def test_the_newsroom_in_columns(newsroom: st.Trace) -> None:
    room = compared(newsroom)
    assert room.register.home["tidewater-gazette.example/2026/03/ferry-terminal.html"] == 0
    assert room.register.root.tolist().count("named") == 7


def test_what_was_altered_on_the_way_counts_where_it_entered() -> None:
    """The spun copy altered a number; the copies of that took it over."""
    register = compared(harbour()).register
    assert (register.altered, register.severity.tolist()) == (1, [0.9])


@pytest.mark.parametrize("role", ["original", "lost", "unresolved"])
def test_what_entered_with_a_lost_copy_counts(role: str) -> None:
    """Its copies are compared with the root; where that is lost itself, nothing is known."""
    witnesses = [
        Witness("a.txt", None, "", role, LONG),
        Witness("lost:1", "a.txt", role="lost"),
        Witness("b.txt", "lost:1", text=LONG, via="a.txt"),
        Witness("c.txt", "lost:1", text=LONG, via="b.txt"),
    ]
    changes = [
        change(("a.txt", LONG), (copy, LONG), 1, "number", "Rain", "Rain", 0.5, introduced_by="lost:1", inherited=True)
        for copy in ("b.txt", "c.txt")
    ]
    if role == "lost":
        witnesses, changes = witnesses[1:], []
        witnesses[0] = Witness("lost:1", None, role="lost")
    compared(pile(witnesses, changes=changes))


def test_texts_of_which_none_is_known_to_be_the_source_differ() -> None:
    open_root = [
        Witness("a.txt", role="unresolved", text=LONG),
        Witness("b.txt", role="unresolved", text=LONG, via="a.txt"),
        Witness("c.txt", "b.txt", text=LONG),
    ]
    changes = [change(("a.txt", LONG), ("b.txt", LONG), 1, "number", "Rain", "Rain", 0.9, oriented=False)]
    register = compared(pile(open_root, changes=changes)).register
    assert (register.names, register.root.tolist(), register.differs.tolist()) == ([FAMILY], ["open"], [True])


def test_a_trace_without_families_has_an_empty_register() -> None:
    register = compared(pile([])).register
    assert (len(register), register.altered, register.home) == (0, 0, {})
