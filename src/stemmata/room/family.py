"""The page of one family: its tree, its members, what changed along each edge, introduced changes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.errors import MissingSource
from stemmata.report.family import Family
from stemmata.report.lookup import Lookup
from stemmata.report.room import Room
from stemmata.report.run_page import LIMITS, draw
from stemmata.room.paging import Paging

MEMBERS = 200  # on one page
CHANGES = 10_000  # rows of changes that the twin holds; the table has all


def tell(room: Room, name: str, page: int = 1) -> dict[str, Any]:
    """Return what the page shows.

    Parameters
    ----------
    page : int
        Of the list of members.

    Raises
    ------
    MissingSource
        There is no such family.
    """
    family = find(room, name)
    listed = [edge.at for edges in family.told(LIMITS["edges"]) for edge in edges]
    paging = Paging(total=len(family.members), page=page, size=MEMBERS)
    return {
        "family": family,
        "number": family.number,
        "every": len(room.register),
        "drawing": draw(family),
        "outline": draw(family, outlined=True),
        "members": family.members[paging.first : paging.last],
        "paging": paging,
        "links": paging.links("family", {"id": name}),
        "told": frozenset(listed),
        "shown": frozenset(),
        "limits": LIMITS,
    }


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
        "families": Lookup(room.trace.families, "family").rows(name),
        "stemma": Lookup(room.trace.stemma, "family").rows(name),
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


COLUMNS = {name: schemas.BY_NAME[name] for name in ("families", "stemma", "relations", "directions", "changes")}
