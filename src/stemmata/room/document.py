"""The page of one document: what it says of itself, where its parts come from, and what else is like it."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata.errors import MissingSource
from stemmata.report.family import Family, Member
from stemmata.report.finding import Row, Witness
from stemmata.report.links import address
from stemmata.report.room import Room
from stemmata.room.copies import copies
from stemmata.room.decisions import Form
from stemmata.room.described import tell_about
from stemmata.room.marking import mark
from stemmata.room.paging import PAGE, Paging
from stemmata.room.stretches import Held, Shared, Stretch, coverage, from_sources, held_by_others, passages_of

WIDTH, HEIGHT, HIGH = 1_000, 16, 40  # of a strip, in its own units, and of one that counts
CHILDREN = 12  # that are named
STRETCHES = 500  # rows of the table of stretches; the twin has all
_LEAST = 1.5  # so that the shortest stretch can be seen
_HUES = 6


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a page and its twin tell of a document.

    Parameters
    ----------
    row : mapping
        Its row, without the texts.
    text : str
        Its text.
    whole : str, optional
        All of the page from which it was taken, where that is known.
    family : Family, optional
        That to which it belongs.
    sources : list of str
        The documents from which the tree derives it: first the parent, or what stands above a lost one, then others.
    stretches, held
        Which of its words come from these, and how many others hold them.
    related : pyarrow.Table
        ``schemas.RELATIONS`` with all others that are of any kind but none, those that hold most of it first.
    unrelated : int
        How many others it was compared with that have nothing of it.
    """

    row: Row
    witness: Witness
    whole: str | None
    family: Family | None
    sources: list[str]
    stretches: list[Stretch]
    held: list[Held]
    related: pa.Table
    unrelated: int

    @property
    def counted(self) -> int:
        """How many of its words come from its sources, and count."""
        return sum(one.words for one in self.stretches if one.shared.counts)

    @property
    def counted_share(self) -> float:
        """Which share of its words these are."""
        return self.counted / max(1, self.witness.size)

    @property
    def member(self) -> Member | None:
        """Its place in its family."""
        return self.family.people[self.row["doc"]] if self.family else None


def find(room: Room, doc: str) -> Told:
    """Return what is known of a document.

    Raises
    ------
    MissingSource
        There is none of this id.
    """
    for row in room.lookup("documents", "doc").rows(doc):
        text, whole = row.pop("text"), row.pop("whole", None)
        break
    else:
        raise MissingSource(f"there is no document '{doc}'.", mend="look for it among all documents.")
    home = room.register.home.get(doc)
    family = None if home is None else room.family(room.register.names[home])
    witness = Witness(doc=doc, text=text, row=room.documents[doc], coverage=0.0)
    sources = _sources(family, doc) if family else []
    passages = passages_of(room, doc, witness.words)
    related, unrelated = _related(room, doc)
    return Told(
        row=room.documents[doc],
        witness=witness,
        whole=whole,
        family=family,
        sources=sources,
        stretches=from_sources(passages, sources, witness.words),
        held=held_by_others(passages, witness.words),
        related=related,
        unrelated=unrelated,
    )


def tell(room: Room, doc: str, page: int = 1) -> dict[str, Any]:
    """Return what the page shows.

    Parameters
    ----------
    page : int
        Of the list of related documents.

    Raises
    ------
    MissingSource
        As :func:`find`.
    """
    told = find(room, doc)
    paging = Paging(total=told.related.num_rows, page=page, size=PAGE)
    rows = told.related.slice(paging.first, paging.size).to_pylist()
    at = pc.index(room.documents.table["doc"], doc).as_py()
    children = np.flatnonzero(copies(room).source == at)
    names = room.documents.table["doc"].take(pa.array(children[:CHILDREN])).to_pylist()
    return {
        "told": told,
        "row": told.row,
        "family": told.family,
        "member": told.member,
        "paired": told.family is None or room.trace.relations.num_rows > 0,  # witnesses are not
        "children": names,
        "further": len(children) - len(names),
        "about_it": list(tell_about(told.row)),
        "form": Form(back="document", a=doc),
        "names": [_letter(at) for at in range(len(told.sources))],
        "lanes": _lanes(told),
        "heights": _heights(told),
        "most": max((one.others for one in told.held), default=0),
        "covered": coverage(told.stretches, told.witness.size),
        "listed": [(one, _to(told, one.shared)) for one in told.stretches[:STRETCHES]],
        "related": [_relation(room, told, row) for row in rows],
        "paging": paging,
        "links": paging.links("document", {"id": doc}),
        "blocks": mark(told.witness.text, told.stretches),
        "to": {one.start: _to(told, one.shared) for one in told.stretches},
        "size": (WIDTH, HEIGHT, HIGH),
        "hues": _HUES,
    }


def twin(room: Room, doc: str, text: bool = False) -> dict[str, Any]:
    """Return the same for programs.

    Parameters
    ----------
    text : bool
        With the text itself.

    Raises
    ------
    MissingSource
        As :func:`find`.
    """
    told = find(room, doc)
    family = told.family.name if told.family else ""
    placed = room.lookup("stemma", "family", "doc").rows(family, doc)
    directions = room.trace.directions
    mine = pc.or_(pc.equal(directions["a"], doc), pc.equal(directions["b"], doc))
    return {
        "document": told.row,
        "text": told.witness.text if text else None,
        "family": family or None,
        "place": placed[0] if placed else None,
        "sources": told.sources,
        "coverage": coverage(told.stretches, told.witness.size),
        "stretches": [
            {
                "start": one.start,
                "end": one.end,
                "words": one.words,
                **{name: getattr(one.shared, name) for name in ("rank", "kind", "role", "identity", "counts")},
                "source": one.shared.other,
            }
            for one in told.stretches
        ],
        "held": [{name: getattr(one, name) for name in ("start", "end", "words", "others")} for one in told.held],
        "relations": told.related.to_pylist(),
        "directions": directions.filter(mine).to_pylist(),
    }


def _sources(family: Family, doc: str) -> list[str]:
    """Return the documents from which a tree derives one: the nearest above it that is here, then the others."""
    member, found = family.people[doc], []
    parent, passed = member.parent, set()
    while parent is not None and parent in family.people and family.people[parent].lost and parent not in passed:
        passed.add(parent)
        parent = family.people[parent].parent
    for one in (parent, *member.others):
        if one is not None and one != doc and one not in found and one not in passed:
            found.append(one)
    return [one for one in found if one not in family.people or not family.people[one].lost]


def _related(room: Room, doc: str) -> tuple[pa.Table, int]:
    relations = room.trace.relations
    one, other = pc.equal(relations["a"], doc), pc.equal(relations["b"], doc)
    found = relations.filter(pc.or_(one, other))
    related = found.filter(pc.not_equal(found["kind"], "none"))
    mine = pc.if_else(pc.equal(related["a"], doc), related["coverage_a"], related["coverage_b"]).to_numpy()
    order = np.argsort(-mine, kind="stable")
    return related.take(pa.array(order)), found.num_rows - related.num_rows


def _relation(room: Room, told: Told, row: Row) -> dict[str, Any]:
    """Return what is listed of a related document."""
    doc = told.row["doc"]
    side, other = ("a", "b") if row["a"] == doc else ("b", "a")
    direction = room.findings.direction(doc, row[other])
    verdict = "not asked" if direction is None else str(direction["verdict"]).replace("_", " ")
    if direction and direction["source"] is not None:
        verdict = "its source" if direction["source"] == row[other] else "a copy of it"
    pair = (doc, row[other]) if direction and direction["source"] == doc else (row[other], doc)
    return {
        "doc": row[other],
        "kind": row["kind"],
        "extent": row["extent"],
        "mine": row[f"coverage_{side}"],
        "theirs": row[f"coverage_{other}"],
        "verdict": verdict,
        "confidence": direction["confidence"] if direction and direction["source"] is not None else None,
        "to": address("pair", source=pair[0], copy=pair[1]),
    }


def _to(told: Told, shared: Shared) -> str:
    """Return where a passage stands in both texts."""
    side = "s" if shared.other in told.sources else "c"
    return f"{address('pair', source=shared.other, copy=told.row['doc'])}#p{shared.rank}{side}"


def _letter(at: int) -> str:
    return ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1)


def _lanes(told: Told) -> list[dict[str, Any]]:
    """Return a strip for each source: where in the text its words stand."""
    size = max(1, len(told.witness.text))
    lanes: list[dict[str, Any]] = []
    for at, doc in enumerate(told.sources):
        mine = [one for one in told.stretches if one.source == at]
        counted = sum(one.words for one in mine if one.shared.counts)
        parts = [
            {
                "x": round(WIDTH * one.start / size, 1),
                "width": round(max(WIDTH * (one.end - one.start) / size, _LEAST), 1),
                "stretch": one,
                "to": _to(told, one.shared),
            }
            for one in mine
        ]
        lanes.append({"name": _letter(at), "doc": doc, "share": counted / max(1, told.witness.size), "parts": parts})
    return lanes


def _heights(told: Told) -> list[dict[str, Any]]:
    """Return the strip of how many other documents hold each part."""
    size, most = max(1, len(told.witness.text)), max((one.others for one in told.held), default=0)
    return [
        {
            "x": round(WIDTH * one.start / size, 1),
            "width": round(max(WIDTH * (one.end - one.start) / size, _LEAST), 1),
            "height": round(HIGH * one.others / most, 1),
            "held": one,
            "to": _to(told, one.longest),
        }
        for one in told.held
        if one.others and one.longest
    ]
