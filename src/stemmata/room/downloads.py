"""Whole tables, or what they have of one family, as files for other programs, made piece by piece as they are sent."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stemmata.errors import MissingSource, OptionError
from stemmata.report.lookup import Lookup
from stemmata.report.room import Room
from stemmata.room.family import find, within

ROWS = 2_000  # of a piece
FORMATS = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet begins a formula
_SIDES = {"pairs": ("a", "b"), "alignments": ("a", "b"), "relations": ("a", "b"), "directions": ("a", "b")}


def choose(room: Room, name: str, family: str = "") -> pa.Table:
    """Return a table of the room, or its rows of one family.

    Raises
    ------
    MissingSource
        There is no such table or family.
    OptionError
        The table has no rows of a family.
    """
    if name not in room.trace.names:
        raise MissingSource(f"there is no table '{name}'.", mend=f"choose one of {', '.join(room.trace.names)}.")
    table: pa.Table = getattr(room.trace, name)
    if not family:
        return table
    docs = [member.doc for member in find(room, family).documents]
    if "family" in table.column_names:
        return Lookup(table, "family").slice(family)
    if name == "documents":
        return table.filter(pc.is_in(table["doc"], pa.array(docs, pa.string())))
    if name in _SIDES:
        return within(table, docs, *_SIDES[name])
    if name == "changes":
        return within(table, docs, "source", "copy")
    raise OptionError(f"the table '{name}' is not of families.", mend="leave the family out.")


def write(table: pa.Table, format_: str) -> Iterator[bytes]:
    """Yield a table as a file, one of ``FORMATS``.

    Notes
    -----
    In CSV, lists and structures are JSON, and a text that a spreadsheet would take for a formula has an apostrophe
    before it: texts of strangers could else run commands there. Parquet has everything as it is.
    """
    return _write_csv(table) if format_ == "csv" else _write_parquet(table)


def _write_csv(table: pa.Table) -> Iterator[bytes]:
    yield _line(table.column_names)
    for batch in table.to_batches(max_chunksize=ROWS):
        yield b"".join(_line([_cell(value) for value in row.values()]) for row in batch.to_pylist())


def _line(values: list[str]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow(values)
    return written.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)


def _write_parquet(table: pa.Table) -> Iterator[bytes]:
    sink = _Sink()
    with pq.ParquetWriter(pa.PythonFile(sink, "w"), table.schema, compression="zstd") as writer:
        for at in range(0, table.num_rows, ROWS):
            writer.write_table(table.slice(at, ROWS))
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """A file that is handed on as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, data: Any) -> int:
        """Take a piece in."""
        self._parts.append(bytes(data))
        self._written += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        """Return how much was written."""
        return self._written

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)
