"""Which document is a copy of which, by the trees of all families, in columns: beside the table of documents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.report.register import dates_of
from stemmata.report.room import Room
from stemmata.room.kept import kept

ALONE = "alone"
ROLES = ("original", "copy", "unresolved", ALONE)
DAY = np.timedelta64(1, "D") / np.timedelta64(1, "us")


@dataclass(frozen=True, kw_only=True)
class Copies:
    """What the trees say of each document, in the order of the table of documents.

    Parameters
    ----------
    role : array of str
        ``original``, ``copy``, ``unresolved``; ``alone`` where it belongs to no family.
    source : int array
        The row of the document from which its tree derives it; −1 where that is lost, or none is told.
    kind : array of str
        How it stands to that document; empty where there is none, or the two were not compared.
    date : datetime64 array
        When it was published, else what else is known, UTC; NaT where nothing is.
    words : int array
        How many it has.
    """

    role: NDArray[np.object_]
    source: NDArray[np.int64]
    kind: NDArray[np.object_]
    date: NDArray[np.datetime64]
    words: NDArray[np.int64]

    @property
    def year(self) -> NDArray[np.int64]:
        """The year of each date; 0 where none is known."""
        years = self.date.astype("datetime64[Y]").astype(np.int64) + 1970
        return np.where(np.isnat(self.date), 0, years)

    @property
    def edges(self) -> NDArray[np.int64]:
        """The rows of copies whose source is here."""
        return np.flatnonzero(self.source >= 0)

    @property
    def lag(self) -> NDArray[np.float64]:
        """Days from the date of the source to that of the copy; NaN where one is not known."""
        days = np.full(len(self.source), np.nan)
        here = self.edges
        between = self.date[here] - self.date[self.source[here]]
        days[here] = np.where(np.isnat(between), np.nan, between.astype(np.int64) / DAY)
        return days


@kept
def copies(room: Room) -> Copies:
    """Return which document is a copy of which."""
    table, standing = room.documents.table, room.standing
    docs = table["doc"].combine_chunks()
    source = pc.fill_null(pc.index_in(standing["parent"], docs), -1).to_numpy().astype(np.int64)
    source[pc.is_null(standing["parent"]).to_numpy()] = -1
    return Copies(
        role=pc.fill_null(standing["role"], ALONE).to_numpy(),
        source=source,
        kind=_kinds(room, docs, source),
        date=dates_of(table).cast(pa.timestamp("us")).to_numpy(),
        words=table["words"].to_numpy(),
    )


def _kinds(room: Room, docs: pa.Array, source: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return the kind of each relation to a source; verbatim where both have one text, and so were not compared."""
    kinds = np.full(len(docs), "", object)
    here = np.flatnonzero(source >= 0)
    one, other = docs.take(pa.array(here)), docs.take(pa.array(source[here]))
    first = pc.less(one, other)
    pairs = {"a": pc.if_else(first, one, other), "b": pc.if_else(first, other, one), "at": pa.array(here)}
    known = room.trace.relations.select(["a", "b", "kind"])
    found = pa.table(pairs).join(known, ["a", "b"], join_type="inner")
    kinds[found["at"].to_numpy()] = found["kind"].to_numpy()
    families = room.trace.families
    text = pc.coalesce(families["exact_of"], families["doc"])
    texts = [pc.take(text, pc.index_in(side, families["doc"].combine_chunks())) for side in (one, other)]
    same = pc.fill_null(pc.equal(*texts), False).to_numpy(zero_copy_only=False)
    kinds[here[same & (kinds[here] == "")]] = "verbatim"
    return kinds
