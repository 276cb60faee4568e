"""Which members of a family are set against each other to list what was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pyarrow as pa

from stemmata import schemas

LOST = "lost:"  # begins the name of a text that is not there
LISTED = pa.schema([("a", pa.string()), ("b", pa.string()), ("source", pa.string()), ("oriented", pa.bool_())])


class Place(NamedTuple):
    """A member's place in its family: its parent, further parents, and the member at the top of its line."""

    family: str
    parent: str | None
    others: tuple[str, ...]
    root: str


def read_places(stemma: pa.Table) -> dict[str, Place]:
    """Return the place of each member; a lost parent is none."""
    rows = schemas.STEMMA.only("family", "doc", "parent", "other_parents").check(stemma).to_pylist()
    rows = [row for row in rows if not row["doc"].startswith(LOST)]
    parent = {r["doc"]: r["parent"] for r in rows if r["parent"] and not r["parent"].startswith(LOST)}

    places = {}
    for row in rows:
        *_, root = row["doc"], *line_above(row["doc"], parent)
        places[row["doc"]] = Place(row["family"], parent.get(row["doc"]), tuple(row["other_parents"] or ()), root)
    return places


def line_above(doc: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Yield the parent of a document, the parent's parent, and so on."""
    while doc in parents:
        doc = parents[doc]
        yield doc


def list_pairs(alignments: pa.Table, directions: pa.Table, places: Mapping[str, Place]) -> pa.Table:
    """Return the pairs that are listed, with the side that is the source; ``oriented`` says if that is known."""
    oriented = {
        (source, doc)
        for doc, place in places.items()
        for source in (place.parent, *place.others, place.root)
        if source is not None and source != doc
    }
    verdicts = {(r["a"], r["b"]): r["source"] for r in directions.to_pylist()}
    rows: dict[tuple[str, str], str | None] = {(min(pair), max(pair)): pair[0] for pair in oriented}
    for row in alignments.select(["a", "b"]).group_by(["a", "b"]).aggregate([]).to_pylist():
        a, b = row["a"], row["b"]
        if (a, b) not in rows and _unsettled(places.get(a), places.get(b)):
            rows[a, b] = verdicts.get((a, b))
    listed = (
        {"a": a, "b": b, "source": "b" if source == b else "a", "oriented": source is not None}
        for (a, b), source in sorted(rows.items())
    )
    return pa.Table.from_pylist(list(listed), schema=LISTED)


def _unsettled(a: Place | None, b: Place | None) -> bool:
    """Say whether no tree settles what a pair is: each is at the top of its line, or of no family or another."""
    if a is None or b is None or a.family != b.family:
        return True
    return a.parent is None and b.parent is None
