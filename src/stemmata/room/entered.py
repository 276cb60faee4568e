"""With which documents matters of fact were altered: every alteration once, where it entered, in columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.report.family import NOT_ALTERED
from stemmata.report.finding import Row
from stemmata.report.room import Room
from stemmata.room.copies import copies
from stemmata.room.kept import kept


@dataclass(frozen=True, kw_only=True)
class Entered:
    """Alterations of fact that entered with a copy whose source is here; what was left out or put in is none.

    Parameters
    ----------
    at : int array
        The row of each in the table of changes, the gravest first, then that which most documents carry.
    copy : int array
        The row of the document with which it entered.
    """

    at: NDArray[np.int64]
    copy: NDArray[np.int64]

    def of(self, documents: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return the rows in the table of changes of those that entered with some documents."""
        return self.at[documents[self.copy]]


@kept
def entered(room: Room) -> Entered:
    """Return where every matter of fact was altered, by the trees."""
    changes = room.trace.changes
    told = pc.and_(changes["factual"], pc.and_(changes["oriented"], pc.invert(changes["inherited"])))
    stay = pc.and_(told, pc.invert(pc.is_in(changes["type"], pa.array(NOT_ALTERED, pa.string()))))
    rows = np.flatnonzero(stay.to_numpy())
    some = changes.select(["source", "copy", "severity", "carried_by"]).take(pa.array(rows))
    docs = room.documents.table["doc"].combine_chunks()
    source, copy = (
        pc.fill_null(pc.index_in(some[side], docs), -1).to_numpy().astype(np.int64) for side in ("source", "copy")
    )
    direct = (copy >= 0) & (source >= 0) & (copies(room).source[copy] == source)
    order = np.lexsort((rows, -some["carried_by"].to_numpy(), -some["severity"].to_numpy()))
    order = order[direct[order]]
    return Entered(at=rows[order], copy=copy[order])


def read(room: Room, rows: NDArray[np.int64]) -> list[Row]:
    """Return rows of the table of changes."""
    found: list[Row] = room.trace.changes.take(pa.array(rows)).to_pylist()
    return found
