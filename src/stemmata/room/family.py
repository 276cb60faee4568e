"""The page of one family: its tree, its members, what changed along each edge, introduced changes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.errors import MissingSource
from stemmata.report.drawing import Drawing
from stemmata.report.family import Family, Member
from stemmata.report.room import Room
from stemmata.report.run_page import LIMITS, draw
from stemmata.room.decisions import Form
from stemmata.room.kept import kept
from stemmata.room.paging import Paging

MEMBERS = 200  # on one page
SEARCHED = ("title", "site")  # columns of members, beside their ids
CHANGES = 10_000  # rows of changes that the twin holds; the table has all


def tell(room: Room, name: str, page: int = 1, q: str = "") -> dict[str, Any]:
    """Return what the page shows.

    Parameters
    ----------
    page : int
        Of the list of members.
    q : str
        What stands in the id, headline or site of the members that are listed, in any case; the drawing has all.

    Raises
    ------
    MissingSource
        There is no such family.
    """
    family = find(room, name)
    listed = [edge.at for edges in family.told(LIMITS["edges"]) for edge in edges]
    members = [member for member in family.members if _matches(member, q.casefold())]
    paging = Paging(total=len(members), page=page, size=MEMBERS)
    shown = members[paging.first : paging.last]
    drawing, outline = _drawn(room, name)
    return {
        "family": family,
        "number": family.number,
        "every": len(room.register),
        "drawing": drawing,
        "outline": outline,
        "summed": sum(len(place.bundled) for place in drawing.places),
        "members": shown,
        "rootable": [member.doc for member in shown if not member.lost],
        "form": Form(back="family", family=name),
        "paging": paging,
        "links": [(number, f"{to}#{family.at}-members") for number, to in paging.links("family", {"id": name, "q": q})],
        "searched": q,
        "told": frozenset(listed),
        "shown": frozenset(),
        "limits": LIMITS,
    }


@kept
def _drawn(room: Room, name: str) -> tuple[Drawing, Drawing]:
    """Return a family's tree as drawn, and as an outline for narrow pages."""
    family = find(room, name)
    return draw(family), draw(family, outlined=True)


def _matches(member: Member, text: str) -> bool:
    """Say whether a text stands in what a member is called."""
    return not text or any(
        text in str(value or "").casefold() for value in (member.doc, *map(member.row.get, SEARCHED))
    )


def twin(room: Room, name: str) -> dict[str, Any]:
    """Return the rows that all tables have of it, for programs.

    Raises
    ------
    MissingSource
        There is no such family.
    """
    family = find(room, name)
    docs = [member.doc for member in family.documents]
    changes = within(room.trace.changes, docs, "source", "copy")
    tables = {
        "documents": [room.documents[doc] for doc in sorted(docs)],
        "families": room.lookup("families", "family").rows(name),
        "stemma": room.lookup("stemma", "family").rows(name),
        "relations": within(room.trace.relations, docs, "a", "b").to_pylist(),
        "directions": within(room.trace.directions, docs, "a", "b").to_pylist(),
        "changes": changes.slice(0, CHANGES).to_pylist(),
    }
    original = family.original.doc if family.original else None
    return {
        "family": name,
        "title": family.title,
        "original": original,
        "all_changes": changes.num_rows,
        **tables,
    }


def find(room: Room, name: str) -> Family:
    """Return a family.

    Raises
    ------
    MissingSource
        There is none of this name.
    """
    try:
        return room.family(name)
    except KeyError:
        raise MissingSource(f"there is no family '{name}'.", mend="look for it among all families.") from None


def within(table: pa.Table, docs: Iterable[str], one: str, other: str) -> pa.Table:
    """Return the rows of pairs of which both are among some documents."""
    known = pa.array(docs, pa.string())
    return table.filter(pc.and_(pc.is_in(table[one], known), pc.is_in(table[other], known)))
