"""The page of a family's readings: where its members differ, who read what first, and in which words around."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.report import words
from stemmata.report.family import Family
from stemmata.report.room import Room
from stemmata.room.family import find as find_family
from stemmata.room.kept import kept
from stemmata.room.paging import PAGE, Paging, check_word
from stemmata.tokens import Words, words_of

ORDERS = ("gravest", "differing", "text")
AROUND = 8  # words of the context on either side
WIDTH = 100  # of a bar


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which places of which family are wanted.

    Parameters
    ----------
    family : str
        Its name.
    q : str
        What stands in a reading, in any case.
    order : str
        ``gravest``: where the gravest matters of fact were altered first, then where most members differ;
        ``differing``: where most members read otherwise than most; ``text``: as they stand in the text.
    place : str
        The address of a place, as ``p12``: the page that holds it is wanted, whatever ``page`` says.
    page, size : int
        As :class:`Paging` has them.

    Raises
    ------
    OptionError
        There is no such order.
    """

    family: str
    q: str = ""
    order: str = "gravest"
    place: str = ""
    page: int = 1
    size: int = PAGE

    def __post_init__(self) -> None:
        check_word("order", self.order, ORDERS)

    @property
    def query(self) -> Mapping[str, str]:
        """What is asked, without the page."""
        return {"family": self.family, "q": self.q, "order": "" if self.order == ORDERS[0] else self.order}


@dataclass(frozen=True, kw_only=True)
class Places:
    """The places at which the members of a family differ, in the order of its texts.

    Parameters
    ----------
    table : pyarrow.Table
        ``schemas.READINGS``, the rows of these places.
    first : int array
        Where the rows of each place begin, and behind them the number of rows.
    text, place : int array
        Which text, and where in it.
    differing : int array
        How many members read otherwise than most do.
    severity : float array
        Of the gravest alteration of fact of which a word stands there, 0 to 1; 0 where there is none.
    """

    table: pa.Table
    first: NDArray[np.int64]
    text: NDArray[np.int64]
    place: NDArray[np.int64]
    differing: NDArray[np.int64]
    severity: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.place)

    def at(self, number: int) -> str:
        """Return the address of a place on its page."""
        text = int(self.text[number])
        return f"p{self.place[number]}" if text == 1 else f"p{text}.{self.place[number]}"


@kept
def places(room: Room, name: str) -> Places:
    """Return the places at which the members of a family differ."""
    table = room.lookup("readings", "family").slice(name)
    text, place = (table[column].to_numpy().astype(np.int64) for column in ("text", "place"))
    begins = np.ones(len(place), bool)
    begins[1:] = (text[1:] != text[:-1]) | (place[1:] != place[:-1])
    counts = np.diff(np.append(np.flatnonzero(begins), len(place)))
    table = table.filter(pa.array(np.repeat(counts > 1, counts)))
    some = np.flatnonzero(begins)[counts > 1]
    text, place, counts = text[some], place[some], counts[counts > 1]
    first = np.append(0, np.cumsum(counts))
    docs = pc.list_value_length(table["docs"]).to_numpy().astype(np.int64)
    most = np.maximum.reduceat(docs, first[:-1]) if len(some) else np.zeros(0, np.int64)
    every = np.add.reduceat(docs, first[:-1]) if len(some) else np.zeros(0, np.int64)
    known = {(int(t), int(p)): at for at, (t, p) in enumerate(zip(text, place, strict=True))}
    severity = np.zeros(len(some))
    for key, grave in _factual(room, find_family(room, name)).items():
        if key in known:
            severity[known[key]] = grave
    return Places(table=table, first=first, text=text, place=place, differing=every - most, severity=severity)


def _factual(room: Room, family: Family) -> dict[tuple[int, int], float]:
    """Return the places in which words of an alteration of fact stand, with the severity of the gravest."""
    collations = room.lookup("collations", "family", "doc")
    documents = room.lookup("documents", "doc")
    held: dict[str, tuple[int, Any, Words] | None] = {}

    def placed(doc: str) -> tuple[int, Any, Words] | None:
        if doc not in held:
            rows = collations.slice(family.name, doc)
            text = documents.slice(doc)["text"]
            held[doc] = (
                (rows["text"][0].as_py(), rows["places"][0].values.to_numpy(), words_of(text[0].as_py()))
                if rows.num_rows and len(text)
                else None
            )
        return held[doc]

    found: dict[tuple[int, int], float] = {}
    for edge in family.edges:
        for altered in edge.changes:
            change = altered.change
            for doc, span in ((edge.base.doc, change.source), (edge.copy.doc, change.copy)):
                if span[0] == span[1] or (known := placed(doc)) is None:
                    continue
                text, at, tokens = known
                for place in at[tokens.within(*span)].tolist():
                    found[text, place] = max(found.get((text, place), 0.0), change.severity)
                break
    return found


def tell(room: Room, wanted: Wanted) -> dict[str, Any]:
    """Return what the page shows.

    Raises
    ------
    MissingSource
        There is no such family.
    """
    family = find_family(room, wanted.family)
    known, found, paging = _found(room, wanted)
    shown = found[paging.first : paging.last].tolist()
    around = _Around(room, family)
    return {
        "family": family,
        "entries": [_entry(known, number, around) for number in shown],
        "paging": paging,
        "links": paging.links("readings", wanted.query),
        "wanted": wanted,
        "every": len(known),
        "choices": {"order": [*ORDERS]},
        "texts": len(np.unique(known.text)),
        "width": WIDTH,
    }


def twin(room: Room, wanted: Wanted) -> dict[str, Any]:
    """Return the same for programs.

    Raises
    ------
    MissingSource
        As :func:`tell`.
    """
    find_family(room, wanted.family)
    known, found, paging = _found(room, wanted)
    return {
        "family": wanted.family,
        **paging.told,
        "places": [
            {
                "at": known.at(number),
                "text": int(known.text[number]),
                "place": int(known.place[number]),
                "differing": int(known.differing[number]),
                "severity": float(known.severity[number]),
                "readings": _rows(known, number),
            }
            for number in found[paging.first : paging.last].tolist()
        ],
    }


def _found(room: Room, wanted: Wanted) -> tuple[Places, NDArray[np.int64], Paging]:
    """Return the places of a family, those that are wanted in order, and which page of them."""
    known = places(room, wanted.family)
    found = np.arange(len(known))
    if wanted.q and len(known):
        hit = pc.match_substring(known.table["reading"], wanted.q, ignore_case=True).to_numpy()
        found = np.flatnonzero(np.logical_or.reduceat(hit, known.first[:-1]))
    if wanted.order != "text":
        severity = known.severity[found] if wanted.order == "gravest" else np.zeros(len(found))
        found = found[np.lexsort((-known.differing[found], -severity))]
    page = wanted.page
    if wanted.place:
        at = [known.at(number) for number in found.tolist()]
        page = at.index(wanted.place) // wanted.size + 1 if wanted.place in at else page
    return known, found, Paging(total=len(found), page=page, size=wanted.size)


def _rows(known: Places, number: int) -> list[dict[str, Any]]:
    """Return the rows of a place, the reading that was seen first first, those without a date last."""
    low, high = known.first[number], known.first[number + 1]
    rows: list[dict[str, Any]] = known.table.slice(low, high - low).to_pylist()
    return sorted(
        rows, key=lambda row: (row["first_seen"] is None, row["first_seen"] or datetime.min, -len(row["docs"]))
    )


def _entry(known: Places, number: int, around: _Around) -> dict[str, Any]:
    rows = _rows(known, number)
    every = sum(len(row["docs"]) for row in rows)
    severity = float(known.severity[number])
    levels = (name for name, least in words.SEVERITIES if severity >= least)
    return {
        "at": known.at(number),
        "text": int(known.text[number]),
        "place": int(known.place[number]),
        "severity": next(levels, "") if severity else "",
        "differing": int(known.differing[number]),
        "readings": [{**row, "share": round(WIDTH * len(row["docs"]) / every, 1)} for row in rows],
        "every": every,
        "context": around.of(int(known.text[number]), int(known.place[number]), rows[0]["words"]),
    }


class _Around:
    """The words around the places of a family: those of the original, else of the first member, of each text."""

    def __init__(self, room: Room, family: Family) -> None:
        self._rows = room.lookup("collations", "family").slice(family.name).select(["doc", "text", "places"])
        self._documents = room.lookup("documents", "doc")
        self._order = [member.doc for member in family.documents]
        self._held: dict[int, tuple[str, str, Words, NDArray[np.int64]] | None] = {}

    def of(self, text: int, place: int, size: int) -> tuple[str, str, str]:
        """Return a document, and what it has before and behind a place."""
        if text not in self._held:
            self._held[text] = self._read(text)
        held = self._held[text]
        if held is None:
            return "", "", ""
        doc, body, tokens, at = held
        return (
            doc,
            _some(body, tokens, np.flatnonzero((at < place) & (at >= place - AROUND))),
            _some(body, tokens, np.flatnonzero((at >= place + size) & (at < place + size + AROUND))),
        )

    def _read(self, text: int) -> tuple[str, str, Words, NDArray[np.int64]] | None:
        rows = self._rows.filter(pc.equal(self._rows["text"], text))
        docs = rows["doc"].to_pylist()
        number = {doc: at for at, doc in enumerate(docs)}
        doc = next((one for one in self._order if one in number), None)
        if doc is None:
            return None
        body = str(self._documents.slice(doc)["text"][0].as_py())
        return doc, body, words_of(body), rows["places"][number[doc]].values.to_numpy().astype(np.int64)


def _some(body: str, tokens: Words, which: Iterable[int]) -> str:
    """Return words in a row as they stand."""
    at = list(which)
    return body[int(tokens.start[at[0]]) : int(tokens.end[at[-1]])] if at else ""
