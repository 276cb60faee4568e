"""The page of all documents, and that of what was not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.errors import OptionError
from stemmata.report.register import KINDS
from stemmata.report.room import Room
from stemmata.room.columns import LISTED, commonest, matches
from stemmata.room.copies import ROLES, copies
from stemmata.room.kept import kept
from stemmata.room.paging import PAGE, Paging, check_word

ORDERS = ("id", "newest", "oldest", "longest", "shortest")
COLUMNS = ("site", "author", "group", "language")  # values of which can be asked for
GATHERED = ("site", "author", "year", "group")  # by which documents are gathered
UNDATED = "undated"
TOLD = ("family", "role", "source", "kind")  # of each document, beside its row


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which documents are wanted; what is empty is no condition.

    Parameters
    ----------
    q : str
        What stands in the id, headline, site, author or group, in any case.
    site, author, group, language : str
        As the table of documents has them.
    kind : str
        How it was copied from the document of which it is a copy, one of ``KINDS``.
    role : str
        What it is, one of ``ROLES``.
    year : str
        Of its date, or ``undated``.
    by, source : str
        Only copies whose source has this value in a column, one of ``GATHERED``.
    order : str
        ``id``, ``newest``, ``oldest``, ``longest`` or ``shortest`` first; those without a date last.
    page, size : int
        As :class:`Paging` has them.

    Raises
    ------
    OptionError
        A word is none of those that are known.
    """

    q: str = ""
    site: str = ""
    author: str = ""
    group: str = ""
    language: str = ""
    kind: str = ""
    role: str = ""
    year: str = ""
    by: str = "site"
    source: str = ""
    order: str = "id"
    page: int = 1
    size: int = PAGE

    def __post_init__(self) -> None:
        known = {"kind": KINDS, "role": ROLES, "order": ORDERS, "by": GATHERED}
        for name, values in known.items():
            if value := getattr(self, name):
                check_word(name, value, values)
        if self.year not in ("", UNDATED) and not self.year.isdecimal():
            raise OptionError(f"'{self.year}' is no year.", mend=f"give a number, or '{UNDATED}'.")

    @property
    def query(self) -> Mapping[str, str]:
        """What is asked, without the page."""
        asked = {name: getattr(self, name) for name in ("q", *COLUMNS, "kind", "role", "year", "source")}
        return {
            **asked,
            "by": self.by if self.source else "",
            "order": "" if self.order == "id" else self.order,
        }


def tell(room: Room, wanted: Wanted) -> dict[str, Any]:
    """Return what the page shows."""
    found, paging = _found(room, wanted)
    return {
        "rows": _rows(room, found),
        "paging": paging,
        "links": paging.links("documents", wanted.query),
        "wanted": wanted,
        "every": len(room.documents),
        "skipped": room.trace.skipped.num_rows,
        "choices": choices(room),
    }


def twin(room: Room, wanted: Wanted) -> dict[str, Any]:
    """Return the same for programs."""
    found, paging = _found(room, wanted)
    rows = _rows(room, found)
    return {
        **paging.told,
        "documents": [{**row["row"], **{name: row[name] for name in TOLD}} for row in rows],
    }


def tell_skipped(room: Room, page: int = 1) -> dict[str, Any]:
    """Return what the page of inputs that were not read shows."""
    paging = Paging(total=room.trace.skipped.num_rows, page=page, size=PAGE)
    return {
        "rows": room.trace.skipped.slice(paging.first, PAGE).to_pylist(),
        "paging": paging,
        "links": paging.links("skipped", {}),
    }


def twin_skipped(room: Room, page: int = 1) -> dict[str, Any]:
    """Return the same for programs."""
    told = tell_skipped(room, page)
    return {**told["paging"].told, "skipped": told["rows"]}


@kept
def choices(room: Room) -> dict[str, list[str]]:
    """Return the values from which each condition is chosen; of a column those of most documents."""
    documents = room.documents.table
    years = copies(room).year
    known = [str(year) for year in np.unique(years[years != 0])[::-1][:LISTED]]
    return {
        "kind": [*KINDS],
        "role": [*ROLES],
        "order": [*ORDERS],
        "year": [*known, *([UNDATED] if known and not years.all() else [])],
        **{name: commonest(documents[name]) for name in COLUMNS},
    }


def of_value(room: Room, by: str, value: str) -> NDArray[np.bool_]:
    """Say of each document whether it has a value in a column by which documents are gathered."""
    if by == "year":
        year = 0 if value == UNDATED else int(value) if value.isdecimal() else -1
        return np.equal(copies(room).year, year)
    return np.asarray(pc.fill_null(pc.equal(room.documents.table[by], value), False).to_numpy())


def _found(room: Room, wanted: Wanted) -> tuple[NDArray[np.int64], Paging]:
    """Return the rows of the documents on the page that is wanted."""
    known, documents = copies(room), room.documents.table
    stay = np.ones(len(known.role), bool)
    if wanted.role:
        stay &= known.role == wanted.role
    if wanted.kind:
        stay &= known.kind == wanted.kind
    for name in (*COLUMNS, "year"):
        if value := getattr(wanted, name):
            stay &= of_value(room, name, value)
    if wanted.source:
        theirs = of_value(room, wanted.by, wanted.source)
        stay &= (known.source >= 0) & theirs[known.source]
    if wanted.q:
        stay &= matches(documents, wanted.q).to_numpy()
    found = np.flatnonzero(stay)
    if wanted.order in ("newest", "oldest"):
        dates = known.date[found]
        age = dates.astype(np.int64)
        found = found[np.lexsort((age if wanted.order == "oldest" else -age, np.isnat(dates)))]
    elif wanted.order != "id":
        words = known.words[found]
        found = found[np.argsort(words if wanted.order == "shortest" else -words, kind="stable")]
    paging = Paging(total=len(found), page=wanted.page, size=wanted.size)
    return found[paging.first : paging.last], paging


def _rows(room: Room, found: NDArray[np.int64]) -> list[dict[str, Any]]:
    """Return what is listed of some documents."""
    known, docs = copies(room), room.documents.table["doc"]
    rows = room.documents.table.take(pa.array(found)).to_pylist()
    standing = room.standing.take(pa.array(found)).to_pylist()
    told = []
    for at, row, place in zip(found.tolist(), rows, standing, strict=True):
        source = int(known.source[at])
        told.append(
            {
                "row": row,
                "role": str(known.role[at]),
                "family": place["family"],
                "size": int(room.register.size[room.register.home[row["doc"]]]) if place["family"] else 1,
                "source": docs[source].as_py() if source >= 0 else None,
                "kind": str(known.kind[at]) or None,
                "date": None if np.isnat(known.date[at]) else known.date[at].item(),
            }
        )
    return told
