"""Results of many calls laid under each other: in memory up to a share of the budget, on disk beyond.

A file of spilled rows has no name, or loses it as it is made: it is gone when the last table on it is, and when the
process ends in whatever way.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile, gettempdir
from threading import Lock
from typing import IO, NamedTuple

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import FolderError

ALIGNMENT = 64  # of what is written, as Arrow likes its buffers


class _Stretch(NamedTuple):
    """Where a table lies in the file."""

    start: int
    end: int


class Pile:
    """Tables by the number of the call that made them.

    Parameters
    ----------
    calls : int
        How many calls there will be.
    most : int, optional
        How many bytes are held in memory; with more, all tables are written. By default all are held.
    folder : str, optional
        Where to write; by default the system's folder for temporary files.
    """

    def __init__(self, calls: int, most: int | None, folder: str | None) -> None:
        self._parts: list[list[pa.Table | _Stretch]] = [[] for _ in range(calls)]
        self._remarks: list[list[pa.Table]] = [[] for _ in range(calls)]
        self._most, self._folder = most, folder
        self._held = 0
        self._file: IO[bytes] | None = None
        self._lock = Lock()

    def put(self, call: int, table: pa.Table) -> None:
        """Add a table to those of a call."""
        bare = table.replace_schema_metadata(None)
        with self._lock:
            if table.schema.metadata:
                self._remarks[call].append(table.slice(0, 0))
            self._held += 0 if self._most is None else bare.nbytes
            if self._most is None or (self._file is None and self._held <= self._most):
                self._parts[call].append(bare)
                return
            with _explained(self._folder):
                if self._file is None:
                    self._file = TemporaryFile(dir=self._folder, prefix="stemmata-")  # noqa: SIM115 (as long as its rows)
                    for parts in self._parts:
                        parts[:] = [self._written(part) for part in parts if isinstance(part, pa.Table)]
                self._parts[call].append(self._written(bare))

    def table(self) -> pa.Table:
        """Return all tables under each other, calls in their order, with what was remarked on them added up."""
        with _explained(self._folder):
            whole = self._mapped()
        tables = [part if isinstance(part, pa.Table) else _read(whole, part) for parts in self._parts for part in parts]
        remarked = [one for some in self._remarks for one in some]
        return schemas.remark(
            pa.concat_tables(tables),
            skipped=schemas.remarks(remarked, "skipped").to_pylist(),
            notes=schemas.remarks(remarked, "notes").to_pylist(),
        )

    def _written(self, table: pa.Table) -> _Stretch:
        assert self._file is not None
        start = self._file.tell()
        with pa.ipc.new_stream(self._file, table.schema) as writer:
            writer.write_table(table)
        end = self._file.tell()
        self._file.write(bytes(-end % ALIGNMENT))
        return _Stretch(start, end)

    def _mapped(self) -> pa.Buffer:
        """Return the file as a buffer; the system reads its pages when they are looked at, and may forget them."""
        if self._file is None:
            return pa.py_buffer(b"")
        self._file.flush()
        with self._file:
            return pa.py_buffer(mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ))


def _read(whole: pa.Buffer, stretch: _Stretch) -> pa.Table:
    return pa.ipc.open_stream(whole.slice(stretch.start, stretch.end - stretch.start)).read_all()


@contextmanager
def _explained(folder: str | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderError(
            f"what exceeds the memory cannot be put aside: {error.strerror or error}.",
            where=folder or gettempdir(),
            mend="name a folder on a disk with more room (spill), or allow more memory.",
        ) from error
