"""The table of alignments as flat arrays, pair by pair."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas


class Passages(NamedTuple):
    """The passages of one pair in code points; columns are x from, x to, y from, y to.

    Parameters
    ----------
    spans : int64 array of shape (passages, 4)
    roles, kinds : tuple of str
    ops : int32 array, one an edit
        Numbers of ``schemas.OPS``.
    edits : int64 array of shape (edits, 4)
    passage : int64 array, one an edit
        The passage that it belongs to; ascending.
    """

    spans: NDArray[np.int64]
    roles: tuple[str, ...]
    kinds: tuple[str, ...]
    ops: NDArray[np.int32]
    edits: NDArray[np.int64]
    passage: NDArray[np.int64]

    def mirrored(self) -> Passages:
        """Exchange the sides."""
        turn = [2, 3, 0, 1]
        return self._replace(spans=self.spans[:, turn], edits=self.edits[:, turn])

    def rows(self, row: int) -> slice:
        """Return where the edits of one passage stand: those of one follow those of another."""
        first, last = np.searchsorted(self.passage, (row, row + 1)).tolist()
        return slice(first, last)

    def inside(self, row: int, *ops: int) -> NDArray[np.int64]:
        """Return those edits of one passage that have one of some ops."""
        here = self.rows(row)
        edits: NDArray[np.int64] = self.edits[here][np.isin(self.ops[here], ops)]
        return edits

    def having(self, *roles: str) -> NDArray[np.int64]:
        """Return the spans of the passages of some roles."""
        return self.spans[[i for i, each in enumerate(self.roles) if each in roles]]


def read_passages(alignments: pa.Table, *, wording: bool = False) -> dict[tuple[str, str], Passages]:
    """Return the passages of each pair of a table of alignments, with a as x.

    Wording such as texts on one subject share (kind ``none``) is left out unless ``wording``.
    """
    if not wording:
        alignments = counted(alignments)
    alignments = alignments.sort_by([(name, "ascending") for name in schemas.ALIGNMENTS.key])
    edits = alignments.column("edits")
    flat = pa.table({name: pc.struct_field(pc.list_flatten(edits), name) for name in schemas.EDIT.names})
    ops = pc.index_in(flat.column("op"), pa.array(schemas.OPS)).to_numpy()
    spans, points = _spans(alignments), _spans(flat)
    rows = alignments.select(["a", "b", "role", "kind"]).to_pylist()
    sizes = pc.list_value_length(edits).to_numpy()
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    passages = {}
    for key, group in groupby(range(len(rows)), lambda row: (rows[row]["a"], rows[row]["b"])):
        begin, *rest = group
        end = begin + len(rest) + 1
        inside = slice(bounds[begin], bounds[end])
        passages[key] = Passages(
            spans[begin:end],
            tuple(row["role"] for row in rows[begin:end]),
            tuple(row["kind"] for row in rows[begin:end]),
            ops[inside],
            points[inside],
            np.repeat(np.arange(end - begin), sizes[begin:end]),
        )
    return passages


def counted(alignments: pa.Table) -> pa.Table:
    """Return the passages of a table of alignments without mere wording in common."""
    apart = pc.is_in(alignments.column("role"), pa.array(["base", "furniture"]))
    mere = pc.and_(pc.equal(alignments.column("kind"), "none"), pc.invert(apart))
    return alignments.filter(pc.invert(mere))


def _spans(table: pa.Table) -> NDArray[np.int64]:
    return np.column_stack([table.column(name).to_numpy() for name in ("a_start", "a_end", "b_start", "b_end")])
