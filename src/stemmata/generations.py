"""Write the next generation of a folder: files that become valid together, or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stemmata import catalog
from stemmata.catalog import Catalog, Entry, Origin

ROWS_PER_GROUP = 65_536  # what a reader of a larger table holds at once: some 300 MB of articles
BLOCK = 1 << 20
NOBODY_SAID = Origin()


class Change:
    """What one writer changes in a folder, to become valid at once or not at all; made by :meth:`Folder.change`.

    Attributes
    ----------
    before : Catalog
        The valid generation.
    about : mapping
        What is known about the run; as before, unless it is set.
    removed : tuple of int
        As :class:`stemmata.catalog.Catalog` has it.
    also : callable or None
        As :func:`stemmata.catalog.commit` takes it.
    afterwards : callable or None
        Called once it is valid, before another may write.
    """

    def __init__(self, path: Path, before: Catalog) -> None:
        self.before = before
        self.about = before.about
        self.removed = before.removed
        self.also: Callable[[sqlite3.Connection], object] | None = None
        self.afterwards: Callable[[], object] | None = None
        self._path = path
        self._entries = dict.fromkeys(before.entries)
        self._written: list[Path] = []

    @property
    def is_one(self) -> bool:
        """Whether anything is changed."""
        return (
            self.also is not None
            or self.afterwards is not None
            or replace(self.after, generation=self.before.generation) != self.before
        )

    @property
    def after(self) -> Catalog:
        """The next generation."""
        tables: dict[str, tuple[Entry, ...]] = {}
        for entry in sorted(self._entries, key=lambda entry: (entry.name, entry.generation)):
            tables[entry.name] = (*tables.get(entry.name, ()), entry)
        return Catalog(self.before.generation + 1, tables, self.about, self.removed)

    def put(
        self,
        name: str,
        rows: pa.Table | Iterable[pa.Table],
        *,
        kind: str = "parquet",
        level: int = 0,
        origin: Origin = NOBODY_SAID,
    ) -> Entry:
        """Write a file, and make it one of a table's.

        Parameters
        ----------
        rows : pyarrow.Table, or several of them
            Of several, each becomes a group of rows of the file; the first says what the columns are.
        kind, level, origin
            As :class:`stemmata.catalog.Entry` has them.
        """
        catalog.check_name(name)
        entry = Entry(name, self.before.generation + 1, 0, "", origin, kind, level)
        place = self._path / entry.file
        self._written += [place, _fresh(place)]
        entry = _put(self._path, rows, entry)
        self._entries[entry] = None
        return entry

    def drop(self, *entries: Entry) -> None:
        """Take files out, once or again; they are removed once that is valid."""
        for entry in entries:
            self._entries.pop(entry, None)

    def undo(self) -> None:
        """Remove what was written, which is not valid yet."""
        for file in self._written:
            with suppress(OSError):
                file.unlink()


def _fresh(place: Path) -> Path:
    return place.with_name(f"{place.name}.tmp")


def _put(path: Path, rows: pa.Table | Iterable[pa.Table], entry: Entry) -> Entry:
    """Write a file, onto the disk, and return its entry with the digest."""
    place = path / entry.file
    fresh = _fresh(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    groups = iter(_grouped(rows) if isinstance(rows, pa.Table) else rows)
    first = next(groups)
    schema, count = first.schema.remove_metadata(), 0
    with _opened(fresh, schema, entry.kind) as writer:
        for group in chain([first], groups):
            whole = group.replace_schema_metadata(None).combine_chunks()  # equal tables make equal files
            count += whole.num_rows
            if entry.kind == "arrow":
                writer.write_table(whole)
            else:
                writer.write_table(whole, max(1, whole.num_rows))
    sync(fresh)
    os.replace(fresh, place)
    sync(place.parent)
    sync(place.parent.parent)
    with pa.OSFile(str(place), "rb") as file:
        return replace(entry, rows=count, sha256=sha256(file))


def _grouped(table: pa.Table) -> Iterator[pa.Table]:
    for start in range(0, max(1, table.num_rows), ROWS_PER_GROUP):
        yield table.slice(start, ROWS_PER_GROUP)


def _opened(file: Path, schema: pa.Schema, kind: str) -> pq.ParquetWriter | pa.ipc.RecordBatchFileWriter:
    if kind == "arrow":
        return pa.ipc.new_file(str(file), schema)
    return pq.ParquetWriter(file, schema, compression="zstd", write_page_checksum=True)


def sweep(path: Path, known: Catalog | None = None) -> None:
    """Remove the files of generations that are not valid, or never were; nothing else.

    What cannot be removed, as Windows keeps what a reader holds open, a later commit removes.

    Parameters
    ----------
    known : Catalog, optional
        The valid generation; by default it is read.
    """
    with suppress(OSError):
        valid = {path / entry.file for entry in (known or catalog.read(path)).entries}
        for file in path.glob("tables/*/*"):
            if re.fullmatch(r"\d+\.(parquet|arrow)(\.tmp)?", file.name) and file not in valid:
                with suppress(OSError):
                    file.unlink()


def sha256(file: pa.NativeFile) -> str:
    """Return the SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    for start in range(0, file.size(), BLOCK):
        digest.update(file.read_at(BLOCK, start))
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, onto the disk."""
    if os.name == "nt" and path.is_dir():  # Windows has no such call
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
