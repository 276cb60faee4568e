"""Documents gathered by a column: how many each group has, what it copies, and who copies from whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.report.room import Room
from stemmata.room.copies import Copies, copies
from stemmata.room.documents import GATHERED
from stemmata.room.kept import kept

UNKNOWN = -1  # the number of no group
CREDITED = ("site", "author", "group")  # columns by which a copy from elsewhere is expected to name its source


@dataclass(frozen=True, kw_only=True)
class Gathering:
    """Groups of documents, in the order of their names, and copies between them.

    Parameters
    ----------
    by : str
        The column, one of ``GATHERED``.
    names : list of str
        The groups.
    of : int array
        The number of the group of each document; ``UNKNOWN`` where the column says nothing.
    documents, words, originals, copies, copied_words, unresolved, alone : int array
        Of each group: documents and their words; originals; copies and their words; members whose place is open;
        documents without a family.
    across, within : int array
        Of each group: copies whose source is here and of another known group, or of the same.
    taken : int array
        Of each group: copies in other known groups whose source is one of its documents.
    lag : float array
        Of each group: the median of the days from source to copy, over its copies both of which are dated; else NaN.
    dated : int array
        Over how many copies that is.
    silent, elsewhere, untold : int array
        Of the copies across groups: those without a line that names a source; those whose line names neither site nor
        author of any text above them; those above which no text has a site or author.
    source, copy : int array
        The rows of the documents of each edge: a copy whose source is here.
    """

    by: str
    names: list[str]
    of: NDArray[np.int64]
    documents: NDArray[np.int64]
    words: NDArray[np.int64]
    originals: NDArray[np.int64]
    copies: NDArray[np.int64]
    copied_words: NDArray[np.int64]
    unresolved: NDArray[np.int64]
    alone: NDArray[np.int64]
    across: NDArray[np.int64]
    within: NDArray[np.int64]
    taken: NDArray[np.int64]
    lag: NDArray[np.float64]
    dated: NDArray[np.int64]
    silent: NDArray[np.int64]
    elsewhere: NDArray[np.int64]
    untold: NDArray[np.int64]
    source: NDArray[np.int64]
    copy: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)

    @property
    def unknown(self) -> int:
        """How many documents are of no known group."""
        return int((self.of == UNKNOWN).sum())

    @property
    def crossing(self) -> NDArray[np.bool_]:
        """Which edges go from one known group to another."""
        one, other = self.of[self.source], self.of[self.copy]
        return np.asarray((one != other) & (one != UNKNOWN) & (other != UNKNOWN))

    def row(self, number: int) -> dict[str, object]:
        """Return what is told of one group."""
        counts = ("documents", "words", "originals", "copies", "copied_words", "unresolved", "alone", "across")
        more = ("within", "taken", "dated", "silent", "elsewhere", "untold")
        lag = float(self.lag[number])
        return {
            "name": self.names[number],
            **{name: int(getattr(self, name)[number]) for name in (*counts, *more)},
            "lag": None if np.isnan(lag) else lag,
        }


@kept
def gather(room: Room, by: str) -> Gathering:
    """Return the documents of a room gathered by a column, one of ``GATHERED``."""
    assert by in GATHERED
    known = copies(room)
    of, names = _numbered(room, known, by)
    size = len(names)

    def count(stay: NDArray[np.bool_], values: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        stay = stay & (of != UNKNOWN)
        weights = None if values is None else values[stay]
        return np.bincount(of[stay], weights=weights, minlength=size).astype(np.int64)

    every, copied = np.ones(len(of), bool), known.role == "copy"
    copy = known.edges
    source = known.source[copy]
    crossing = (of[source] != of[copy]) & (of[source] != UNKNOWN) & (of[copy] != UNKNOWN)
    same = (of[source] == of[copy]) & (of[copy] != UNKNOWN)
    lag, dated = _medians(known.lag, of, size)
    named = np.bincount if by in CREDITED else lambda *_, **__: np.zeros(size, np.int64)
    credit = naming(room)[copy]
    return Gathering(
        by=by,
        names=names,
        of=of,
        documents=count(every),
        words=count(every, known.words),
        originals=count(known.role == "original"),
        copies=count(copied),
        copied_words=count(copied, known.words),
        unresolved=count(known.role == "unresolved"),
        alone=count(known.role == "alone"),
        across=np.bincount(of[copy[crossing]], minlength=size),
        within=np.bincount(of[copy[same]], minlength=size),
        taken=np.bincount(of[source[crossing]], minlength=size),
        lag=lag,
        dated=dated,
        silent=named(of[copy[crossing & (credit == "silent")]], minlength=size),
        elsewhere=named(of[copy[crossing & (credit == "elsewhere")]], minlength=size),
        untold=named(of[copy[crossing & (credit == "untold")]], minlength=size),
        source=source,
        copy=copy,
    )


def _numbered(room: Room, known: Copies, by: str) -> tuple[NDArray[np.int64], list[str]]:
    """Return the number of each document's group, and the names of all groups, sorted."""
    if by == "year":
        years, of = np.unique(known.year, return_inverse=True)
        undated = int(years[0] == 0) if len(years) else 0
        return of.reshape(-1).astype(np.int64) - undated, [str(year) for year in years[undated:]]
    column = room.documents.table[by].combine_chunks()
    names = sorted(value for value in pc.unique(column).to_pylist() if value)
    if not names:
        return np.full(len(column), UNKNOWN, np.int64), []
    of = pc.fill_null(pc.index_in(column, pa.array(names, pa.string()), skip_nulls=True), UNKNOWN)
    return of.to_numpy(zero_copy_only=False).astype(np.int64), names


def _medians(
    lag: NDArray[np.float64], of: NDArray[np.int64], size: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the median of each group's lags that are known, and how many there are."""
    stay = ~np.isnan(lag) & (of != UNKNOWN)
    days, group = lag[stay], of[stay]
    order = np.lexsort((days, group))
    days, counts = days[order], np.bincount(group, minlength=size)
    first = np.cumsum(counts) - counts
    medians = np.full(size, np.nan)
    some = counts > 0
    low, high = first[some] + (counts[some] - 1) // 2, first[some] + counts[some] // 2
    medians[some] = (days[low] + days[high]) / 2
    return medians, counts


@kept
def naming(room: Room) -> NDArray[np.object_]:
    """Return of each document with a source how it names it.

    ``silent``: it has no line that names a source; ``named``: the line has the site or author of a text from which the
    tree derives it, in any case; ``elsewhere``: it has those of none; ``untold``: no such text has a site or author.
    """
    known, documents = copies(room), room.documents.table
    found = np.full(len(known.source), "", object)
    found[known.edges] = "silent"
    lines = documents["attribution"]
    told = np.flatnonzero(pc.greater(pc.fill_null(pc.utf8_length(lines), 0), 0).to_numpy() & (known.source >= 0))
    if not len(told):
        return found
    sites, authors = (documents[name].to_pylist() for name in ("site", "author"))
    for at in told.tolist():
        line, names, above, passed = str(lines[at].as_py()).casefold(), set(), int(known.source[at]), {at}
        while above >= 0 and above not in passed:
            passed.add(above)
            names |= {name.casefold() for name in (sites[above], authors[above]) if name}
            above = int(known.source[above])
        found[at] = "untold" if not names else "named" if any(name in line for name in names) else "elsewhere"
    return found
