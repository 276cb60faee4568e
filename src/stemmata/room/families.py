"""The page of all families: searched, filtered, in an order of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.report import words
from stemmata.report.register import KINDS, ROOTS, Register
from stemmata.report.room import Room
from stemmata.room.columns import commonest, matches
from stemmata.room.kept import kept
from stemmata.room.paging import PAGE, Paging, check_word

ORDERS = ("size", "newest", "oldest", "gravest")
ALTERED = ("grave", "notable", "minor", "none")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which families are wanted; what is empty is no condition.

    Parameters
    ----------
    q : str
        What stands in the id, headline, site, author or group of a member, in any case.
    kind : str
        How a member was copied, one of ``KINDS``.
    altered : str
        How grave the gravest alteration of fact is, one of ``ALTERED``.
    root : str
        Whether the original is ``named``, ``lost`` or ``open``.
    language, site : str
        Of a member.
    order : str
        ``size`` (the largest first), ``newest`` or ``oldest`` (by the first date), ``gravest``.
    page, size : int
        As :class:`Paging` has them.

    Raises
    ------
    OptionError
        A word is none of those that are known.
    """

    q: str = ""
    kind: str = ""
    altered: str = ""
    root: str = ""
    language: str = ""
    site: str = ""
    order: str = "size"
    page: int = 1
    size: int = PAGE

    def __post_init__(self) -> None:
        known = {"kind": KINDS, "altered": ALTERED, "root": ROOTS, "order": ORDERS}
        for name, values in known.items():
            if value := getattr(self, name):
                check_word(name, value, values)

    @property
    def query(self) -> Mapping[str, str]:
        """What is asked, without the page."""
        asked = {name: getattr(self, name) for name in ("q", "kind", "altered", "root", "language", "site")}
        return {**asked, "order": "" if self.order == "size" else self.order}


def tell(room: Room, wanted: Wanted) -> dict[str, Any]:
    """Return what the page shows."""
    found, paging = _found(room, wanted)
    return {
        "families": [room.family(room.register.names[number]) for number in found],
        "paging": paging,
        "links": paging.links("families", wanted.query),
        "wanted": wanted,
        "every": len(room.register),
        "choices": choices(room),
    }


def twin(room: Room, wanted: Wanted) -> dict[str, Any]:
    """Return the same for programs."""
    found, paging = _found(room, wanted)
    register = room.register
    return {
        **paging.told,
        "families": [_row(room, register, number) for number in found],
    }


@kept
def choices(room: Room) -> dict[str, list[str]]:
    """Return the values from which each condition is chosen; of a column those of most documents."""
    listed = {name: commonest(room.documents.table[name]) for name in ("language", "site")}
    return {"kind": [*KINDS], "altered": [*ALTERED], "root": [*ROOTS], "order": [*ORDERS], **listed}


def members(room: Room, matching: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return the families of the documents that match, each once."""
    home = room.register.home
    docs = room.documents.table["doc"].filter(matching).to_pylist()
    return np.array(sorted({home[doc] for doc in docs if doc in home}), np.int64)


def _found(room: Room, wanted: Wanted) -> tuple[list[int], Paging]:
    """Return the places of the families on the page that is wanted."""
    register, documents = room.register, room.documents.table
    stay = np.ones(len(register), bool)
    if wanted.kind:
        stay &= register.kinds[:, KINDS.index(wanted.kind)] > 0
    if wanted.root:
        stay &= register.root == wanted.root
    if wanted.altered:
        stay &= _levels(register) == wanted.altered
    texts = [matches(documents, wanted.q)] if wanted.q else []
    texts += [pc.equal(documents[name], value) for name in ("language", "site") if (value := getattr(wanted, name))]
    for one in texts:
        stay &= np.isin(np.arange(len(register)), members(room, pc.fill_null(one, False)))
    found = _ordered(register, np.flatnonzero(stay), wanted.order)
    paging = Paging(total=len(found), page=wanted.page, size=wanted.size)
    return found[paging.first : paging.last].tolist(), paging


def _levels(register: Register) -> NDArray[np.str_]:
    levels = np.full(len(register), "none", "U8")
    for name, least in reversed(words.SEVERITIES):
        levels[(register.severity >= least) & (register.severity > 0)] = name
    return levels


def _ordered(register: Register, found: NDArray[np.int64], order: str) -> NDArray[np.int64]:
    """Return families in an order; those of one rank stay by size, those without a date last."""
    if order == "gravest":
        return found[np.argsort(-register.severity[found], kind="stable")]
    if order == "size":
        return found
    days = register.first[found]
    undated = np.isnat(days)
    age = days.astype("int64")
    return found[np.lexsort((age if order == "oldest" else -age, undated))]


def _row(room: Room, register: Register, number: int) -> dict[str, Any]:
    family = room.family(register.names[number])
    ends = register.first[number].item(), register.last[number].item()
    first, last = (end and end.replace(tzinfo=UTC) for end in ends)
    return {
        "family": family.name,
        "size": int(register.size[number]),
        "title": family.title,
        "original": family.original.doc if family.original else None,
        "root": str(register.root[number]),
        "severity": float(register.severity[number]),
        "first": first,
        "last": last,
        "kinds": {kind: int(count) for kind, count in zip(KINDS, register.kinds[number], strict=True) if count},
    }
