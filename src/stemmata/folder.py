"""A run or a library on disk: immutable files of tables, and a catalogue that says which of them are valid.

::

    run/
    ├── catalog.sqlite                     format, generation, valid files with their digests, about
    ├── catalog.lock                       held by the one process that writes; names it
    └── tables/<name>/<generation>.parquet  or .arrow, for rows that are looked up where they lie

A commit writes each file beside its place, forces it onto the disk and moves it there; then one transaction
makes the new generation the valid one. A process that is killed in between leaves the generation before it
as it was. Readers take no lock: they read the catalogue once and hold the files of that generation open, so
that a later commit does not take them away.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from stemmata import catalog
from stemmata.catalog import Catalog, Entry, Origin
from stemmata.errors import FolderError, FormatError, SchemaError, StemmataError, cause
from stemmata.generations import BLOCK, Change, sha256, sweep, sync
from stemmata.locks import LOCK, locked
from stemmata.placing import refuse_nul


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
                with locked(path):
                    if not _is_made(path):  # another process may have made it since
                        catalog.make(path)
                        sync(path)
        return cls(path)

    @staticmethod
    def check_place(path: str | os.PathLike[str], verb: str = "") -> None:
        """Refuse a place where :meth:`create` would fail, before a run is spent on it; nothing is made or touched.

        Parameters
        ----------
        verb : str, optional
            What writes: shards, joined piles and libraries, which may be days of work, give way to none but their own
            kind.

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
        if made and made != verb and {made, verb} & {catalog.SHARD, catalog.PILE, catalog.LIBRARY}:
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
        with self.change() as change:
            change.drop(*change.before.entries)
            change.about = about or {}
            for name, table in tables.items():
                change.put(name, table, origin=origin or Origin())

    @contextmanager
    def change(self) -> Iterator[Change]:
        """Be the one writer: what is put and dropped within is the next generation, or none of it if anything fails.

        Raises
        ------
        LockedError
            Another process is writing; the error names it.
        FolderError
            The disk is full, or the folder must not be written.
        SchemaError
            A name, or a value of ``about``, cannot be written.
        """
        with _writing(self.path), locked(self.path):
            change = Change(self.path, catalog.read(self.path))
            sweep(self.path, change.before)  # what a process left that was killed may be what fills the disk
            try:
                try:
                    yield change
                    sync(self.path)
                except BaseException:
                    change.undo()  # before the catalogue is read, for which a full disk may have no room
                    raise
                if change.is_one:
                    catalog.commit(self.path, change.after, change.also)
                    if change.afterwards is not None:
                        change.afterwards()
            finally:
                sweep(self.path)
            self.catalog, self._files = _pinned(self.path)  # while nobody else can commit: this generation

    def read(self, name: str) -> pa.Table:
        """Return a table, after its file was verified against the digest in the catalogue.

        Raises
        ------
        SchemaError
            The folder holds no table of that name.
        FolderError
            The file is missing, or is not the one that was written.
        """
        return pa.concat_tables([self._read(entry) for entry in self.entries(name)])

    def _read(self, entry: Entry) -> pa.Table:
        with self.file(entry) as file:
            content = file.read_at(file.size(), 0)
            if hashlib.sha256(content).hexdigest() != entry.sha256:
                raise pa.ArrowInvalid("its digest is not the one in the catalogue")
            if entry.kind == "arrow":
                return pa.ipc.open_file(content).read_all()
            # Arrow's threads, begun for little, may abort a program that ends at once
            return pq.ParquetFile(pa.BufferReader(content)).read(use_threads=len(content) > BLOCK)

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
        return self._scan(self.entries(name))

    def _scan(self, entries: Sequence[Entry]) -> ds.FileSystemDataset:
        scan = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
        parquet = ds.ParquetFileFormat(default_fragment_scan_options=scan)
        form = ds.IpcFileFormat() if entries[0].kind == "arrow" else parquet
        fragments = []
        for entry in entries:
            with self.file(entry) as file:
                fragments.append(form.make_fragment(file))
                fragments[-1].physical_schema  # noqa: B018 (looks into the file, while it can be named)
        return ds.FileSystemDataset(fragments, fragments[0].physical_schema, form)

    def parts(self, name: str, rows: int) -> Iterator[pa.Table]:
        """Yield a table some rows at a time, so many at most; first none of them, so that its columns are known.

        Raises
        ------
        SchemaError, FolderError
            As :meth:`dataset`; or a page is damaged.
        """
        yield self.dataset(name).schema.empty_table()
        for entry in self.entries(name):
            table = self._scan([entry])
            batches = table.to_batches(batch_size=rows, batch_readahead=1, fragment_readahead=1, use_threads=False)
            while True:
                with self.file(entry):
                    batch = next(batches, None)
                if batch is None:
                    break
                yield pa.Table.from_batches([batch])

    def check(self, remade: Mapping[str, str] | None = None) -> None:
        """Verify the catalogue, and the digest and the row count of every file.

        Parameters
        ----------
        remade : mapping of str to str, optional
            How tables can be made again from the others, by name: those first that others are made from.

        Raises
        ------
        FolderError
            Names every file that is missing or damaged.
        """
        catalog.verify(self.path)
        remade = remade or {}
        faults, damaged = [], set()
        for entry in self.catalog.entries:
            try:
                self.verify(entry)
            except FolderError as error:
                faults.append(f"{error.where}: {error.what}")
                damaged.add(entry.name)
        if faults:
            what = f"{len(faults)} of {len([*self.catalog.entries])} files cannot be used."
            mends = dict.fromkeys(mend.rstrip(".") for name, mend in remade.items() if name in damaged)
            mend = "; then ".join(mends) + "." if damaged <= remade.keys() else catalog.MEND
            raise FolderError(what, where="; ".join(faults), mend=mend)

    def verify(self, entry: Entry) -> None:
        """Verify the digest and the row count of a file.

        Raises
        ------
        FolderError
            It is missing or damaged.
        """
        with self.file(entry) as file:
            if sha256(file) != entry.sha256 or _rows(entry, file) != entry.rows:
                raise pa.ArrowInvalid("its digest or row count is not the one in the catalogue")

    def entries(self, name: str) -> tuple[Entry, ...]:
        """Return the files of a table.

        Raises
        ------
        SchemaError
            The folder holds no table of that name.
        """
        if name not in self.catalog.tables:
            raise SchemaError(
                f"there is no table '{name}'.",
                where=str(self.path),
                mend=f"the folder holds: {', '.join(self.catalog.tables) or 'none yet'}.",
            )
        return self.catalog.tables[name]

    @contextmanager
    def file(self, entry: Entry) -> Iterator[pa.NativeFile]:
        """Hand over an open file of the generation, and name it in whatever goes wrong with it.

        Raises
        ------
        FolderError
            It is missing or damaged.
        """
        where = str(self.path / entry.file)
        if entry not in self._files:
            raise FolderError("the file is missing.", where=where, mend=catalog.MEND)
        try:
            yield self._files[entry]
        except (OSError, pa.ArrowException) as error:
            raise FolderError(f"the file is damaged: {cause(error)}.", where=where, mend=catalog.MEND) from error


ANOTHER = "go on with the stemmata that wrote it; or make it anew, with this one."


def of_another(folder: Folder, what: str, mend: str = ANOTHER) -> FormatError:
    """Return the error that another version wrote a folder, and what of it this one cannot use."""
    written = f"{folder.path}, written by stemmata {folder.catalog.about.get('version')}"
    return FormatError(what, where=written, mend=mend)


def _pinned(path: Path) -> tuple[Catalog, dict[Entry, pa.NativeFile]]:
    """Read the catalogue and open its files; again, where a commit came between the two."""
    before = None
    while True:
        valid = catalog.read(path)
        files: dict[Entry, pa.NativeFile] = {}
        for entry in valid.entries:
            with suppress(OSError):  # gone, or not to be opened: whoever asks for it is told
                place = str(path / entry.file)
                files[entry] = pa.memory_map(place) if entry.kind == "arrow" else pa.OSFile(place, "rb")
        if len(files) == len([*valid.entries]) or valid.generation == before:
            return valid, files
        before = valid.generation


def _rows(entry: Entry, file: pa.NativeFile) -> int:
    if entry.kind == "arrow":
        found = pa.ipc.open_file(file)
        return sum(found.get_batch(number).num_rows for number in range(found.num_record_batches))
    rows: int = pq.read_metadata(file).num_rows
    return rows


def _is_made(path: Path) -> bool:
    """Tell whether the folder has its catalogue; without one it must not hold files of others."""
    names = sorted(os.listdir(path))  # one look, so that a catalogue that comes now is no stranger
    made = catalog.FILE in names
    strangers = [name for name in names if name != LOCK and not name.startswith(f"{catalog.FILE}.new")]
    if strangers and not made:
        catalog.refuse_lost(path)
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
            f"the folder cannot be written: {cause(error)}.",
            where=str(path),
            mend="make room on the disk, or choose a folder in which you may write.",
        ) from error
