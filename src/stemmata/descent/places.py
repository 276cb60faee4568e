"""Which members of a family are set against each other to list what was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.errors import SchemaError

LISTED = pa.schema([("a", pa.string()), ("b", pa.string()), ("source", pa.string()), ("oriented", pa.bool_())])


class Place(NamedTuple):
    """A member's place in its family: its parent, further parents, and the member at the top of its line.

    ``lost`` says that it stands below a text that is not there.
    """

    family: str
    parent: str | None
    others: tuple[str, ...]
    root: str
    lost: bool


def read_places(stemma: pa.Table) -> dict[str, Place]:
    """Return the place of each member; a lost parent is none.

    Raises
    ------
    SchemaError
        A member stands above itself, or in two families.
    """
    rows = schemas.STEMMA.only("family", "doc", "parent", "role", "other_parents").check(stemma).to_pylist()
    absent = {row["doc"] for row in rows if row["role"] == "lost"}
    rows = [row for row in rows if row["doc"] not in absent]
    parent = {row["doc"]: row["parent"] for row in rows if row["parent"] and row["parent"] not in absent}
    places: dict[str, Place] = {}
    for row in rows:
        doc = row["doc"]
        if doc in places:
            raise _fault(f"{doc!r} stands in two families.", "give each document one place.")
        root = doc
        for count, above in enumerate(line_above(doc, parent)):
            root = above
            if count == len(parent):
                raise _fault(f"{doc!r} stands above itself.", "give a tree without a circle.")
        places[doc] = Place(
            row["family"], parent.get(doc), tuple(row["other_parents"] or ()), root, row["parent"] in absent
        )
    return places


def line_above(doc: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Yield the parent of a document, the parent's parent, and so on."""
    while doc in parents:
        doc = parents[doc]
        yield doc


def list_pairs(alignments: pa.Table, directions: pa.Table, places: Mapping[str, Place]) -> pa.Table:
    """Return the pairs that are listed, with the side that is the source; ``oriented`` says if that is known.

    Without a tree all that was aligned is listed. With one, each member with its parents and with the root above it;
    members above which none stands, each with the one that it shares most with; and what is of no family, or two.
    """
    rows: dict[tuple[str, str], str | None] = {}
    for doc, place in places.items():
        for source in (place.parent, *place.others, place.root):
            if source is not None and source != doc:
                rows.setdefault((min(source, doc), max(source, doc)), source)
    verdicts = {(r["a"], r["b"]): r["source"] for r in directions.to_pylist()}
    shared = _shared(alignments)
    closest: dict[str, tuple[int, str, str]] = {}
    for (a, b), size in shared.items():
        one, other = places.get(a), places.get(b)
        if (a, b) in rows:
            continue
        if one is None or other is None or one.family != other.family:
            rows[a, b] = verdicts.get((a, b))
        elif one.parent is None and other.parent is None:
            for doc in (a, b):
                closest[doc] = min(closest.get(doc, (0, a, b)), (-size, a, b))
    for _, a, b in closest.values():
        rows[a, b] = None if places[a].lost or places[b].lost else verdicts.get((a, b))
    listed = (
        {"a": a, "b": b, "source": "b" if source == b else "a", "oriented": source is not None}
        for (a, b), source in sorted(rows.items())
    )
    return pa.Table.from_pylist(list(listed), schema=LISTED)


def _shared(alignments: pa.Table) -> dict[tuple[str, str], int]:
    """Return how many characters of a lie in passages with b, by pair."""
    sizes = pc.subtract(alignments.column("a_end"), alignments.column("a_start"))
    table = pa.table([alignments.column("a"), alignments.column("b"), sizes], ["a", "b", "size"])
    rows = table.group_by(["a", "b"]).aggregate([("size", "sum")]).to_pylist()
    return {(row["a"], row["b"]): row["size_sum"] for row in sorted(rows, key=lambda row: (row["a"], row["b"]))}


def _fault(what: str, mend: str) -> SchemaError:
    return SchemaError(what, where="table 'stemma', column parent", mend=mend)
