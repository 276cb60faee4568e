"""The dossier on one site, author, year or group: what it copies and from whom, and what was altered on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.errors import MissingSource, OptionError
from stemmata.report.charts import draw_dates
from stemmata.report.findings import read_changes
from stemmata.report.links import address
from stemmata.report.register import KINDS
from stemmata.report.room import Room
from stemmata.room.copies import copies
from stemmata.room.documents import GATHERED
from stemmata.room.entered import entered, read
from stemmata.room.gathered import CREDITED, UNKNOWN, Gathering, gather, naming
from stemmata.room.paging import PAGE, Paging

OTHERS = 30  # groups that are listed on either side
GRAVEST = 20  # alterations that are listed
NOBODY = "not known"


def tell(room: Room, by: str, name: str, page: int = 1) -> dict[str, Any]:
    """Return what the page shows.

    Parameters
    ----------
    by : str
        One of ``GATHERED``.
    page : int
        Of the list of copies that name no source.

    Raises
    ------
    MissingSource
        There is no such group.
    OptionError
        Documents are not gathered by this.
    """
    gathered, number = find(room, by, name)
    mine = gathered.of == number
    silent = _silent(room, gathered, number)
    paging = Paging(total=len(silent), page=page, size=PAGE)
    changes = entered(room).of(mine)
    return {
        "by": by,
        "row": gathered.row(number),
        "credited": by in CREDITED,
        "kinds": _kinds(room, np.flatnonzero(mine)),
        "sources": _sides(room, gathered, number, "copy"),
        "takers": _sides(room, gathered, number, "source"),
        "all_changes": len(changes),
        "changes": _changes(room, changes[:GRAVEST]),
        "timeline": draw_dates(room, mine),
        "silent": _named(room, silent[paging.first : paging.last]),
        "paging": paging,
        "links": paging.links("group", {"by": by, "name": name}),
        "documents": address("documents", **{by: name}),
        "copies": address("documents", **{by: name, "role": "copy"}),
        "address": address,
        "lost": _lost(room, mine),
    }


def twin(room: Room, by: str, name: str) -> dict[str, Any]:
    """Return the same for programs.

    Raises
    ------
    MissingSource, OptionError
        As :func:`tell`.
    """
    gathered, number = find(room, by, name)
    mine = gathered.of == number
    changes = entered(room).of(mine)
    return {
        "by": by,
        "group": gathered.row(number),
        "kinds": dict(_kinds(room, np.flatnonzero(mine))),
        "sources": _sides(room, gathered, number, "copy", most=len(gathered) + 1),
        "takers": _sides(room, gathered, number, "source", most=len(gathered) + 1),
        "all_changes": len(changes),
        "changes": read(room, changes[:GRAVEST]),
        "silent": [row["copy"] for row in _named(room, _silent(room, gathered, number))],
    }


def find(room: Room, by: str, name: str) -> tuple[Gathering, int]:
    """Return how documents are gathered, and the number of a group.

    Raises
    ------
    MissingSource, OptionError
        As :func:`tell`.
    """
    if by not in GATHERED:
        raise OptionError(f"documents are not gathered by '{by}'.", mend=f"choose one of {', '.join(GATHERED)}.")
    gathered = gather(room, by)
    if name not in gathered.names:
        raise MissingSource(f"there is no {by} '{name}'.", mend=f"look for it among all {by}s.")
    return gathered, gathered.names.index(name)


def _kinds(room: Room, rows: NDArray[np.int64]) -> list[tuple[str, int]]:
    """Return how many of some documents are copies of each kind, the commonest first."""
    kinds = copies(room).kind[rows]
    counts = [(kind, int((kinds == kind).sum())) for kind in (*KINDS, "none")]
    return sorted(((kind, count) for kind, count in counts if count), key=lambda item: (-item[1], item[0]))


def _sides(room: Room, gathered: Gathering, number: int, own: str, most: int = OTHERS) -> list[dict[str, Any]]:
    """Return the groups from which a group takes (its own side is ``copy``) or that take from it (``source``)."""
    other = "source" if own == "copy" else "copy"
    mine = gathered.of[getattr(gathered, own)] == number
    edges, groups = gathered.copy[mine], gathered.of[getattr(gathered, other)[mine]]
    lag, found = copies(room).lag, []
    values, counts = np.unique(groups, return_counts=True)
    for at in np.argsort(-counts, kind="stable")[:most].tolist():
        theirs = edges[groups == values[at]]
        days = lag[theirs][~np.isnan(lag[theirs])]
        known = int(values[at]) != UNKNOWN
        found.append(
            {
                "name": gathered.names[values[at]] if known else None,
                "own": int(values[at]) == number,
                "copies": int(counts[at]),
                "kinds": dict(_kinds(room, theirs)),
                "lag": float(np.median(days)) if len(days) else None,
                "dated": len(days),
            }
        )
    return found


def _silent(room: Room, gathered: Gathering, number: int) -> NDArray[np.int64]:
    """Return the copies from other groups that name no source; none where that is not expected."""
    if gathered.by not in CREDITED:
        return np.zeros(0, np.int64)
    crossing = gathered.copy[gathered.crossing]
    mine = crossing[gathered.of[crossing] == number]
    return np.asarray(mine[naming(room)[mine] == "silent"])


def _named(room: Room, rows: NDArray[np.int64]) -> list[dict[str, str]]:
    """Return some copies with their sources and kinds."""
    known, docs = copies(room), room.documents.table["doc"]
    names = docs.take(pa.array(rows)).to_pylist(), docs.take(pa.array(known.source[rows])).to_pylist()
    kinds = known.kind[rows].tolist()
    return [{"copy": one, "source": other, "kind": kind} for one, other, kind in zip(*names, kinds, strict=True)]


def _lost(room: Room, mine: NDArray[np.bool_]) -> int:
    """Return how many copies derive from a text that is not here."""
    known = copies(room)
    return int((mine & (known.role == "copy") & (known.source < 0)).sum())


def _changes(room: Room, rows: NDArray[np.int64]) -> list[Mapping[str, Any]]:
    """Return alterations with the places where they stand in both texts."""
    table = room.trace.changes.take(pa.array(rows))
    told = zip(table.select(["source", "copy"]).to_pylist(), read_changes(table), strict=True)
    return [{**pair, "change": change, "to": f"{address('pair', **pair)}#"} for pair, change in told]
