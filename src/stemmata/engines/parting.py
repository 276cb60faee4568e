"""Where tables are cut: by rows, and by the bytes of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stemmata.buffers import text_views

SMALL_BYTES = 16_000_000
ROWS_AT_ONCE = 65_536  # to weigh; a number for each of a billion rows would be as large as a table

Ints = npt.NDArray[np.int64]


def row_bytes(table: pa.Table) -> Ints:
    """Return about how many bytes each row takes; exact where values are numbers or text, else by their mean."""
    total = np.zeros(table.num_rows, np.float64)
    for column in table.columns if table.num_rows else ():
        try:
            total += pc.fill_null(pc.binary_length(column), 0).to_numpy()
        except pa.ArrowNotImplementedError:
            total += _listed(column)
    return np.ceil(total).astype(np.int64)


def _listed(column: pa.ChunkedArray) -> npt.NDArray[np.float64]:
    """Return the bytes of values that are no text: lists by their lengths, others all alike."""
    try:
        lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy().astype(np.float64)
    except pa.ArrowNotImplementedError:
        lengths = np.ones(len(column))
    sizes: npt.NDArray[np.float64] = lengths * (column.nbytes / max(1.0, lengths.sum()))
    return sizes


def edges_by_bytes(table: pa.Table, weights: Ints | None, most: int) -> list[int]:
    """Return where to cut a table, both ends included, so that parts have at most ``most`` bytes, or one row.

    Parameters
    ----------
    weights : array of int64, optional
        The bytes of each row; by default those that it takes in memory.
    """
    edges, row, held = [0], 0, 0
    for batch in _batches(table):
        sizes = row_bytes(batch) if weights is None else weights[row : row + batch.num_rows]
        ends = np.cumsum(sizes)
        before = -held  # what of the open part lies in earlier batches counts, too
        at = 0
        while at < len(ends):
            more = int(np.searchsorted(ends, before + most, side="right"))
            if more >= len(ends):
                break
            cut = row + max(more, at)
            if cut == edges[-1]:
                cut += 1  # one row is over the limit
            edges.append(cut)
            at = cut - row
            before = int(ends[at - 1]) if at else 0
        held = int(ends[-1]) - before if len(ends) else held
        row += batch.num_rows
    return [*edges, table.num_rows] if edges[-1] < table.num_rows else edges


def _batches(table: pa.Table) -> list[pa.Table]:
    return [table.slice(start, ROWS_AT_ONCE) for start in range(0, table.num_rows, ROWS_AT_ONCE)]


class Rows:
    """A table of which rows are taken here and there, without a copy of the others.

    ``pyarrow.Table.take`` may first lay all chunks of a column under each other.
    """

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._batches: Sequence[pa.RecordBatch] = table.to_batches()
        self._ends = np.cumsum([batch.num_rows for batch in self._batches], dtype=np.int64)

    def take(self, rows: Ints) -> pa.Table:
        """Return the rows of these numbers, in this order."""
        if not len(rows):
            return self._table.slice(0, 0)
        if rows[-1] - rows[0] + 1 == len(rows) and (np.diff(rows) == 1).all():
            return self._table.slice(rows[0], len(rows))
        home = np.searchsorted(self._ends, rows, side="right")
        order = np.argsort(home, kind="stable")
        homes, first = np.unique(home[order], return_index=True)
        parts = [
            (self._batches[batch], some, rows[some] - (self._ends[batch] - self._batches[batch].num_rows))
            for batch, some in zip(homes.tolist(), np.split(order, first[1:]), strict=True)
        ]
        columns = {name: pa.nulls(len(rows), self._table.schema.field(name).type) for name in self._nulls}
        columns |= zip(self._small.column_names, self._small.take(pa.array(rows)).columns, strict=True)
        for name in self._texts:
            columns[name] = _taken_texts([(batch.column(name), some, own) for batch, some, own in parts])
        others = [name for name in self._table.column_names if name not in columns]
        if others:
            taken = pa.Table.from_batches([batch.select(others).take(pa.array(own)) for batch, _, own in parts])
            back = np.empty(len(order), np.int64)
            back[order] = np.arange(len(order))
            columns |= zip(others, taken.combine_chunks().take(pa.array(back)).columns, strict=True)
        return pa.Table.from_arrays([columns[name] for name in self._table.column_names], schema=self._table.schema)

    @cached_property
    def _nulls(self) -> list[str]:
        columns = zip(self._table.column_names, self._table.columns, strict=True)
        return [name for name, column in columns if column.null_count == len(column)]

    @cached_property
    def _texts(self) -> list[str]:
        """The columns of which values are copied one by one."""
        columns = zip(self._table.column_names, self._table.columns, strict=True)
        return [name for name, column in columns if column.type == pa.large_string() and not column.null_count]

    @cached_property
    def _small(self) -> pa.Table:
        """The columns that are so small together that they may be laid in one piece."""
        columns = zip(self._table.column_names, self._table.columns, strict=True)
        sizes = {name: column.nbytes for name, column in columns if name not in (*self._nulls, *self._texts)}
        names, held = [], 0
        for name in sorted(sizes, key=lambda name: sizes[name]):
            held += sizes[name]
            if held <= SMALL_BYTES:
                names.append(name)
        return self._table.select(names).combine_chunks()


def _taken_texts(parts: Sequence[tuple[pa.Array, Ints, Ints]]) -> pa.Array:
    """Return texts: of each chunk, where in the result the texts go, and which of its own they are.

    They are copied once, and nothing else of the chunks is.
    """
    from stemmata.kernels.taking import take_texts

    count = sum(len(some) for _, some, _ in parts)
    sources, offsets = np.zeros(count, np.int64), np.zeros(count + 1, np.int64)
    for chunk, some, own in parts:
        data, begins = text_views(chunk)
        sources[some] = data.ctypes.data + begins[own]
        offsets[some + 1] = begins[own + 1] - begins[own]
    np.cumsum(offsets, out=offsets)
    taken = pa.allocate_buffer(int(offsets[-1]))
    take_texts(sources, offsets, np.frombuffer(taken, np.uint8))
    return pa.LargeStringArray.from_buffers(count, pa.py_buffer(offsets), taken)
