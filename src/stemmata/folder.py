"""A run on disk: immutable Parquet tables, and a catalogue that says which of them are valid.

::

    run/
    ├── catalog.sqlite                     format, generation, valid tables with their digests, about
    ├── catalog.lock                       held by the one process that writes; names it
    └── tables/<name>/<generation>.parquet

A commit writes each file beside its place, forces it onto the disk and moves it there; then one transaction
makes the new generation the valid one. A process that is killed in between leaves the generation before it
as it was. Readers take no lock: they read the catalogue once and hold the files of that generation open, so
that a later commit does not take them away.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import socket
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from stemmata import catalog
from stemmata.catalog import Catalog, Entry, Origin
from stemmata.errors import FolderError, FormatError, LockedError, SchemaError, StemmataError
from stemmata.placing import refuse_nul

LOCK = "catalog.lock"
ROWS_PER_GROUP = 65_536  # what a reader of a larger table holds at once: some 300 MB of articles
BLOCK = 1 << 20


class Folder:
    """One generation of a run's folder, as it was when it was opened or last written.

    Made by :meth:`create` or :meth:`open`.

    Attributes
    ----------
    path : Path
        The folder.
    catalog : Catalog
        The generation's number, its tables by name, and what its writer said about the run.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.catalog, self._files = _pinned(path)

    @classmethod
    def create(cls, path: str | os.PathLike[str], verb: str = "") -> Folder:
        """Open the folder at ``path`` for writing; where there is none, or an empty one, make it.

        Raises
        ------
        FormatError
            As :meth:`check_place`. Nothing was touched.
        FolderError
            It cannot be made.
        LockedError
            Another process is making it at this moment.
        """
        cls.check_place(path, verb)
        path = Path(path)
        with _writing(path):
            path.mkdir(parents=True, exist_ok=True)
            if not _is_made(path):
                with _locked(path):
                    if not _is_made(path):  # another process may have made it since
                        catalog.make(path)
                        _sync(path)
        return cls(path)

    @staticmethod
    def check_place(path: str | os.PathLike[str], verb: str = "") -> None:
        """Refuse a place where :meth:`create` would fail, before a run is spent on it; nothing is made or touched.

        Parameters
        ----------
        verb : str, optional
            What writes: shards and joined piles, which may be days of work, give way to none but their own kind.

        Raises
        ------
        FormatError
            The folder holds files of others, or is of a newer format; or what it holds is of another kind.
        FolderError
            It cannot be made or written, or its catalogue is damaged.
        OptionError
            There is a NUL in the path.
        """
        refuse_nul(path)
        path = Path(path)
        with _writing(path):
            there = next(place for place in (path, *path.absolute().parents) if os.path.lexists(place))
            if not there.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
            if not os.access(there, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(there))
            made = catalog.read(path).about.get("verb", "") if there == path and _is_made(path) else verb
        if made and made != verb and {made, verb} & {catalog.SHARD, catalog.PILE}:
            raise FormatError(
                f"the folder was written by 'stemmata {made}', and would be overwritten.",
                where=os.fspath(path),
                mend="choose a new or an empty folder; or remove it, if nothing needs it.",
            )

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Folder:
        """Open the folder at ``path``.

        Raises
        ------
        FormatError
            It is not a stemmata folder, or of a newer format.
        FolderError
            It is not there, or its catalogue is damaged.
        """
        return cls(Path(path))

    def write(
        self,
        tables: Mapping[str, pa.Table],
        *,
        about: Mapping[str, object] | None = None,
        origin: Origin | None = None,
    ) -> None:
        """Make ``tables`` the next generation: all of them or, if anything fails, none.

        The tables of the generation before are no longer valid, and their files are removed. What travels in
        a table's metadata is not kept: collect it first (:func:`stemmata.schemas.remarks`).

        Parameters
        ----------
        tables : mapping of str to pyarrow.Table
            By name; each name an identifier.
        about : mapping, optional
            What is to be known about the run: version, command, options, started, seconds by stage. Values
            that JSON can hold.
        origin : Origin, optional
            Digests of what the tables were made from.

        Raises
        ------
        LockedError
            Another process is writing; the error names it.
        FolderError
            The disk is full, or the folder must not be written.
        SchemaError
            A name, or a value of ``about``, cannot be written.
        """
        for name in tables:
            catalog.check_name(name)
        with _writing(self.path), _locked(self.path):
            generation = catalog.read(self.path).generation + 1
            try:
                entries = {
                    name: _put(self.path, table, Entry(name, generation, table.num_rows, "", origin or Origin()))
                    for name, table in tables.items()
                }
                _sync(self.path)
                catalog.commit(self.path, Catalog(generation, entries, about or {}))
            finally:
                _sweep(self.path)
        self.catalog, self._files = _pinned(self.path)

    def read(self, name: str) -> pa.Table:
        """Return a table, after its file was verified against the digest in the catalogue.

        Raises
        ------
        SchemaError
            The folder holds no table of that name.
        FolderError
            The file is missing, or is not the one that was written.
        """
        with self._file(name) as file:
            content = file.read_at(file.size(), 0)
            if hashlib.sha256(content).hexdigest() != self.catalog.tables[name].sha256:
                raise pa.ArrowInvalid("its digest is not the one in the catalogue")
            return pq.read_table(pa.BufferReader(content))

    def dataset(self, name: str) -> ds.Dataset:
        """Return a table to be scanned, filtered and read in pieces; it may be larger than memory.

        Pages are verified by their checksums as they are read, and a damaged one raises ``OSError`` then;
        :meth:`check` verifies the whole file.

        Raises
        ------
        SchemaError
            The folder holds no table of that name.
        FolderError
            The file is missing, or is no Parquet file any more.
        """
        scan = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
        parquet = ds.ParquetFileFormat(default_fragment_scan_options=scan)
        with self._file(name) as file:
            fragment = parquet.make_fragment(file)
            return ds.FileSystemDataset([fragment], fragment.physical_schema, parquet)

    def parts(self, name: str, rows: int) -> Iterator[pa.Table]:
        """Yield a table some rows at a time, so many at most; first none of them, so that its columns are known.

        Raises
        ------
        SchemaError, FolderError
            As :meth:`dataset`; or a page is damaged.
        """
        table = self.dataset(name)
        yield table.schema.empty_table()
        batches = table.to_batches(batch_size=rows, batch_readahead=1, fragment_readahead=1, use_threads=False)
        while True:
            with self._file(name):
                batch = next(batches, None)
            if batch is None:
                return
            yield pa.Table.from_batches([batch])

    def check(self) -> None:
        """Verify the catalogue, and the digest and the row count of every table.

        Raises
        ------
        FolderError
            Names every file that is missing or damaged.
        """
        catalog.verify(self.path)
        faults = []
        for name, entry in self.catalog.tables.items():
            try:
                with self._file(name) as file:
                    if (_sha256(file), pq.read_metadata(file).num_rows) != (entry.sha256, entry.rows):
                        raise pa.ArrowInvalid("its digest or row count is not the one in the catalogue")
            except FolderError as error:
                faults.append(f"{error.where}: {error.what}")
        if faults:
            what = f"{len(faults)} of {len(self.catalog.tables)} tables cannot be used."
            raise FolderError(what, where="; ".join(faults), mend=catalog.MEND)

    @contextmanager
    def _file(self, name: str) -> Iterator[pa.OSFile]:
        """Hand over a table's open file, and name it in whatever goes wrong with it."""
        entry = self.catalog.tables.get(name)
        if entry is None:
            raise SchemaError(
                f"there is no table '{name}'.",
                where=str(self.path),
                mend=f"the folder holds: {', '.join(self.catalog.tables) or 'none yet'}.",
            )
        where = str(self.path / entry.file)
        if name not in self._files:
            raise FolderError("the file is missing.", where=where, mend=catalog.MEND)
        try:
            yield self._files[name]
        except (OSError, pa.ArrowException) as error:
            raise FolderError(f"the file is damaged: {error}.", where=where, mend=catalog.MEND) from error


def _pinned(path: Path) -> tuple[Catalog, dict[str, pa.OSFile]]:
    """Read the catalogue and open its files; again, where a commit came between the two."""
    before = None
    while True:
        valid = catalog.read(path)
        files: dict[str, pa.OSFile] = {}
        for name, entry in valid.tables.items():
            with suppress(FileNotFoundError):
                files[name] = pa.OSFile(str(path / entry.file), "rb")
        if len(files) == len(valid.tables) or valid.generation == before:
            return valid, files
        before = valid.generation


def _put(path: Path, table: pa.Table, entry: Entry) -> Entry:
    """Write a table's file, onto the disk, and return its entry with the digest."""
    place = path / entry.file
    fresh = place.with_suffix(".parquet.tmp")
    place.parent.mkdir(parents=True, exist_ok=True)
    table = table.replace_schema_metadata(None)
    with pq.ParquetWriter(fresh, table.schema, compression="zstd", write_page_checksum=True) as writer:
        for start in range(0, max(1, table.num_rows), ROWS_PER_GROUP):
            group = table.slice(start, ROWS_PER_GROUP).combine_chunks()  # equal tables make equal files
            writer.write_table(group, ROWS_PER_GROUP)
    _sync(fresh)
    os.replace(fresh, place)
    _sync(place.parent)
    _sync(place.parent.parent)
    with pa.OSFile(str(place), "rb") as file:
        return replace(entry, sha256=_sha256(file))


def _sweep(path: Path) -> None:
    """Remove the files of generations that are not valid, or never were; nothing else.

    What cannot be removed, as Windows keeps what a reader holds open, a later commit removes.
    """
    with suppress(OSError):
        valid = {path / entry.file for entry in catalog.read(path).tables.values()}
        for file in path.glob("tables/*/*"):
            if re.fullmatch(r"\d+\.parquet(\.tmp)?", file.name) and file not in valid:
                with suppress(OSError):
                    file.unlink()


def _sha256(file: pa.OSFile) -> str:
    digest = hashlib.sha256()
    for start in range(0, file.size(), BLOCK):
        digest.update(file.read_at(BLOCK, start))
    return digest.hexdigest()


def _sync(path: Path) -> None:
    """Force a file, or the names in a folder, onto the disk."""
    if os.name == "nt" and path.is_dir():  # Windows has no such call
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_made(path: Path) -> bool:
    """Tell whether the folder has its catalogue; without one it must not hold files of others."""
    names = sorted(os.listdir(path))  # one look, so that a catalogue that comes now is no stranger
    made = catalog.FILE in names
    strangers = [name for name in names if name != LOCK and not name.startswith(f"{catalog.FILE}.new")]
    if strangers and not made:
        raise FormatError(
            f"the folder holds other files ({', '.join(strangers[:3])}{', …' * (len(strangers) > 3)}).",
            where=str(path),
            mend="choose a new or an empty folder.",
        )
    return made


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Name the folder in whatever goes wrong while it is written."""
    try:
        yield
    except StemmataError:
        raise
    except (OSError, sqlite3.Error, pa.ArrowException) as error:
        raise FolderError(
            f"the folder cannot be written: {error}.",
            where=str(path),
            mend="make room on the disk, or choose a folder in which you may write.",
        ) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Be the one writer, and say so in the lock file; the lock ends with the process, however it ends."""
    with open(path / LOCK, "a+", encoding="utf-8") as file:
        try:
            _lock(file)
        except (BlockingIOError, PermissionError) as error:
            file.seek(0)
            raise LockedError(
                "another process is writing the folder.",
                where=f"{path}: {file.read(200) or 'it has not said which'}",
                mend="wait until it has ended, or stop it.",
            ) from error
        file.truncate(0)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {now}")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(1 << 30)  # far past the text, so that others may read who holds the lock
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
