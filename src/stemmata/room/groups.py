"""The page of groups: documents gathered by site, author, year or group, and who takes from whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemmata.report.links import address
from stemmata.report.room import Room
from stemmata.room.documents import GATHERED
from stemmata.room.gathered import CREDITED, UNKNOWN, Gathering, gather
from stemmata.room.kept import kept
from stemmata.room.paging import PAGE, Paging, check_word

ORDERS = ("documents", "copies", "across", "taken", "name")
SHADES = 4  # steps in which cells are shaded
SHOWN = 20  # rows and columns of the table of who takes from whom
REST, NOBODY = "all others", "not known"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which groups are wanted.

    Parameters
    ----------
    by : str
        The column, one of ``GATHERED``.
    q : str
        What stands in the name, in any case.
    order : str
        Those with most ``documents``, most ``copies``, or from which most is ``taken`` first; or by ``name``.
    page, size : int
        As :class:`Paging` has them.

    Raises
    ------
    OptionError
        A word is none of those that are known.
    """

    by: str = "site"
    q: str = ""
    order: str = "documents"
    page: int = 1
    size: int = PAGE

    def __post_init__(self) -> None:
        for name, values in (("by", GATHERED), ("order", ORDERS)):
            check_word(name, getattr(self, name), values)

    @property
    def query(self) -> Mapping[str, str]:
        """What is asked, without the page."""
        return {"by": self.by, "q": self.q, "order": "" if self.order == "documents" else self.order}


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """How many copies go from which group to which.

    Parameters
    ----------
    sources, copies : list of str
        The groups of the rows and of the columns; last ``REST`` and ``NOBODY``, where there are such.
    counts : list of lists of int
        Of each row, by columns.
    known : tuple of int
        How many of the rows and columns are groups.
    """

    sources: list[str]
    copies: list[str]
    counts: list[list[int]]
    known: tuple[int, int]

    @property
    def most(self) -> int:
        """The largest count."""
        return max((count for row in self.counts for count in row), default=0)

    @property
    def total(self) -> int:
        """All copies whose source is here."""
        return sum(self.of_sources)

    @property
    def of_sources(self) -> list[int]:
        """The sum of each row."""
        return [sum(row) for row in self.counts]

    @property
    def of_copies(self) -> list[int]:
        """The sum of each column."""
        return [sum(column) for column in zip(*self.counts, strict=True)]

    def shade(self, count: int) -> int:
        """Return by which of four even steps up to the largest a count is shaded; 0: by none."""
        return -(-SHADES * count // max(1, self.most))


@kept
def matrix(room: Room, by: str) -> Matrix:
    """Return who takes from whom: the 20 largest of each side, the rest summed up."""
    gathered = gather(room, by)
    lines = [_largest(gathered, gathered.of[side]) for side in (gathered.source, gathered.copy)]
    (rows, row_names, known_rows), (columns, column_names, known_columns) = lines
    counts = np.zeros((len(row_names), len(column_names)), np.int64)
    np.add.at(counts, (rows, columns), 1)
    return Matrix(sources=row_names, copies=column_names, counts=counts.tolist(), known=(known_rows, known_columns))


def _largest(gathered: Gathering, group: NDArray[np.int64]) -> tuple[NDArray[np.int64], list[str], int]:
    """Return the line of each edge on one side, the names of the lines, and how many of them are groups."""
    counts = np.bincount(group[group != UNKNOWN], minlength=len(gathered))
    order = np.argsort(-counts, kind="stable")
    shown = order[:SHOWN][counts[order[:SHOWN]] > 0]
    line = np.full(len(gathered) + 1, len(shown), np.int64)  # the last is that of no group, which -1 finds
    line[shown] = np.arange(len(shown))
    names = [gathered.names[at] for at in shown]
    rest = int((counts > 0).sum()) > len(shown)
    line[UNKNOWN] = len(shown) + rest
    named = [*names, *([REST] if rest else []), *([NOBODY] if (group == UNKNOWN).any() else [])]
    return line[group], named, len(names)


def tell(room: Room, wanted: Wanted) -> dict[str, Any]:
    """Return what the page shows."""
    gathered = gather(room, wanted.by)
    found, paging = _found(gathered, wanted)
    return {
        "rows": [gathered.row(number) for number in found],
        "paging": paging,
        "links": paging.links("groups", wanted.query),
        "wanted": wanted,
        "gathered": gathered,
        "credited": wanted.by in CREDITED,
        "matrix": matrix(room, wanted.by),
        "choices": {"by": [*GATHERED], "order": [*ORDERS]},
        "address": address,
    }


def twin(room: Room, wanted: Wanted) -> dict[str, Any]:
    """Return the same for programs."""
    gathered = gather(room, wanted.by)
    found, paging = _found(gathered, wanted)
    taking = matrix(room, wanted.by)
    return {
        "by": wanted.by,
        **paging.told,
        "unknown": gathered.unknown,
        "groups": [gathered.row(number) for number in found],
        "matrix": {"sources": taking.sources, "copies": taking.copies, "counts": taking.counts},
    }


def _found(gathered: Gathering, wanted: Wanted) -> tuple[list[int], Paging]:
    """Return the numbers of the groups on the page that is wanted."""
    text = wanted.q.casefold()
    found = np.array([at for at, name in enumerate(gathered.names) if text in name.casefold()], np.int64)
    if wanted.order != "name":
        found = found[np.argsort(-getattr(gathered, wanted.order)[found], kind="stable")]
    paging = Paging(total=len(found), page=wanted.page, size=wanted.size)
    return found[paging.first : paging.last].tolist(), paging
