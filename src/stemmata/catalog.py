"""The catalogue of a folder: one small SQLite file that says which files are valid.

It is in write-ahead mode with full synchronisation: a commit is on the disk or did not happen, and readers
do not wait for it.

A table may lie in several files, one after another: a library has one for each time that something was added, until
they are merged. Of a library's documents the catalogue knows the ids as well (``holdings``), so that whoever adds need
not read them all; readers never ask for these, and keep the generation that they opened.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from stemmata.errors import ClashError, FolderError, FormatError, LockedError, OptionError, SchemaError, cause
from stemmata.placing import refuse_nul

FORMAT = 2  # 1: one file a table
APPLICATION = int.from_bytes(b"stma")
FILE = "catalog.sqlite"
KINDS = ("parquet", "arrow")  # of files
SHARD, PILE = "fingerprint", "join"  # the verbs that several machines' folders name in their catalogue
LIBRARY = "add"  # and the folder that documents are added to
ROOM = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)  # what a full disk comes out as
DAMAGE = (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)  # and what it does not
MEND = "bring the folder back from a copy, or run the command again into a new folder."

_TABLES = """
CREATE TABLE tables (
    name TEXT NOT NULL,
    generation INTEGER NOT NULL REFERENCES generations,
    kind TEXT NOT NULL CHECK (kind IN ('parquet', 'arrow')),
    level INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    inputs TEXT NOT NULL,
    options TEXT NOT NULL,
    statistics TEXT NOT NULL,
    file TEXT AS ('tables/' || name || '/' || generation || '.' || kind),
    PRIMARY KEY (name, generation)
);
"""
_HOLDINGS = """
CREATE TABLE holdings (
    number INTEGER PRIMARY KEY,
    doc TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    place TEXT NOT NULL
);
CREATE INDEX versions ON holdings (name);
CREATE TABLE removed (number INTEGER PRIMARY KEY);
"""
_SCHEMA = f"""
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {FORMAT};
CREATE TABLE generations (generation INTEGER PRIMARY KEY, written TEXT NOT NULL);
{_TABLES}
{_HOLDINGS}
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_UPGRADE = f"""
BEGIN IMMEDIATE;
ALTER TABLE tables RENAME TO before;
{_TABLES}
INSERT INTO tables SELECT name, generation, 'parquet', 0, rows, sha256, inputs, options, statistics FROM before;
DROP TABLE before;
{_HOLDINGS}
PRAGMA user_version = {FORMAT};
COMMIT;
"""


@dataclass(frozen=True)
class Origin:
    """Digests (:func:`digest`) of what a table was made from; empty where nobody said."""

    inputs: str = ""
    options: str = ""
    statistics: str = ""


@dataclass(frozen=True)
class Entry:
    """What the catalogue says of one file of a table.

    Parameters
    ----------
    name : str
        The table.
    generation : int
        The one that it was written for.
    rows : int
    sha256 : str
        Of the file, in hex.
    origin : Origin
    kind : {"parquet", "arrow"}
        What the file is.
    level : int
        How often it was merged from others, from 0.
    """

    name: str
    generation: int
    rows: int
    sha256: str
    origin: Origin = Origin()
    kind: str = "parquet"
    level: int = 0

    @property
    def file(self) -> str:
        """The file, seen from the folder; made of checked parts, so that no catalogue can point elsewhere."""
        return f"tables/{self.name}/{self.generation}.{self.kind}"


@dataclass(frozen=True)
class Catalog:
    """One generation.

    Parameters
    ----------
    generation : int
        Its number; 0 before the first.
    tables : mapping of str to tuple of Entry
        The valid files of each table, by generation.
    about : mapping
        Facts about the run.
    removed : tuple of int
        Numbers of documents that were taken out of a library, and still lie in its files.
    """

    generation: int = 0
    tables: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    about: Mapping[str, object] = field(default_factory=dict)
    removed: tuple[int, ...] = ()

    @property
    def entries(self) -> Iterator[Entry]:
        """All valid files."""
        return (entry for parts in self.tables.values() for entry in parts)

    def rows(self, name: str) -> int:
        """Return how many rows a table has; one that is not there, none."""
        return sum(entry.rows for entry in self.tables.get(name, ()))


def digest(value: object) -> str:
    """Return the SHA-256, in hex, of a value that JSON can hold; the order of keys does not matter.

    Raises
    ------
    SchemaError
        JSON cannot hold it.
    """
    return hashlib.sha256(_json(value, sort_keys=True).encode()).hexdigest()


def check_name(name: str) -> None:
    """Refuse a table's name that is no identifier: it is to be a folder and an attribute.

    Raises
    ------
    SchemaError
        The name is none.
    """
    if not name.isidentifier():
        raise SchemaError(f"{name!r} cannot be the name of a table.", mend="use letters, digits and underscores.")


def is_run(folder: str | os.PathLike[str]) -> bool:
    """Tell whether a folder holds a catalogue of stemmata's; nothing but an ordinary file is opened."""
    file = os.path.join(folder, FILE)
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):
            return False
        with open(file, "rb") as stream:
            header = stream.read(72)
    except (OSError, ValueError):  # ValueError: a NUL, which no path holds
        return False
    return header.startswith(b"SQLite format 3\0") and header[68:] == APPLICATION.to_bytes(4)


def refuse_lost(folder: Path) -> None:
    """Refuse a folder that holds files of tables, and nothing that says which of them are valid.

    Raises
    ------
    FolderError
        It is one.
    """
    if not (folder / FILE).exists() and next(folder.glob("tables/*/[0-9]*.parquet"), None):
        raise FolderError("the catalogue is missing.", where=str(folder / FILE), mend=MEND)


def refuse_within(path: str | os.PathLike[str]) -> None:
    """Refuse a place for a user's file that no path can name, or that lies in a run's folder, which is stemmata's own.

    Raises
    ------
    OptionError
        It is such a place.
    """
    refuse_nul(path)
    for folder in Path(os.path.realpath(path)).parents:
        if is_run(folder):
            raise OptionError(
                "the file would lie in a folder of stemmata's own, in which nothing else is kept.",
                where=os.fspath(path),
                mend=f"write it outside of '{folder}'.",
            )


def make(folder: Path) -> None:
    """Put an empty catalogue into ``folder``; it appears there whole."""
    for leftover in folder.glob(f"{FILE}.new*"):
        leftover.unlink()
    fresh = folder / f"{FILE}.new"
    with closing(sqlite3.connect(fresh, isolation_level=None)) as connection:
        connection.executescript(_SCHEMA)
        connection.execute("PRAGMA journal_mode = WAL")
    os.replace(fresh, folder / FILE)


def read(folder: Path) -> Catalog:
    """Return the valid generation.

    Raises
    ------
    FormatError
        The folder is not stemmata's, or of a newer format.
    FolderError
        The catalogue is damaged.
    """
    with _damage(folder), _connected(folder, reading=True) as connection:
        connection.execute("BEGIN")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        check_version(version, folder)  # the header of the file may be older
        (generation,) = connection.execute("SELECT coalesce(max(generation), 0) FROM generations").fetchone()
        columns = "name, generation, rows, sha256, inputs, options, statistics, "
        columns += "kind, level" if version > 1 else "'parquet', 0"
        tables: dict[str, tuple[Entry, ...]] = {}
        found = connection.execute(f"SELECT {columns} FROM tables ORDER BY name, generation")
        for name, made, rows, sha256, inputs, options, statistics, kind, level in found:
            check_name(name)
            if kind not in KINDS:
                raise ValueError(f"a file of the kind {kind!r}")
            origin = Origin(inputs, options, statistics)
            entry = Entry(name, int(made), int(rows), sha256, origin, kind, int(level))
            tables[name] = (*tables.get(name, ()), entry)
        about = connection.execute("SELECT key, value FROM about ORDER BY rowid").fetchall()
        removed = connection.execute("SELECT number FROM removed ORDER BY number") if version > 1 else ()
        told = {key: json.loads(value) for key, value in about}
        return Catalog(generation, tables, told, tuple(int(number) for (number,) in removed))


def commit(folder: Path, catalog: Catalog, change: Callable[[sqlite3.Connection], object] | None = None) -> None:
    """Make ``catalog`` the valid generation, in one transaction.

    Parameters
    ----------
    change : callable, optional
        Called within the transaction, with the connection: what is to be said of a library's documents.

    Raises
    ------
    SchemaError
        JSON cannot hold a value of ``about``.
    sqlite3.Error
        The disk is full or must not be written; the generation before is still valid.
    """
    about = [(key, _json(value)) for key, value in catalog.about.items()]
    rows = [(e.name, e.generation, e.kind, e.level, e.rows, e.sha256, *astuple(e.origin)) for e in catalog.entries]
    with _connected(folder) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        if connection.execute("PRAGMA user_version").fetchone() < (FORMAT,):
            connection.executescript(_UPGRADE)
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            written = datetime.now(UTC).isoformat(timespec="seconds")
            connection.execute("INSERT INTO generations VALUES (?, ?)", (catalog.generation, written))
            connection.execute("DELETE FROM tables")
            connection.executemany("INSERT INTO tables VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            connection.execute("DELETE FROM about")
            connection.executemany("INSERT INTO about VALUES (?, ?)", about)
            _set_removed(connection, catalog.removed)
            if change is not None:
                change(connection)


def _set_removed(connection: sqlite3.Connection, removed: tuple[int, ...]) -> None:
    """Write what changed of the documents that were taken out, which may be very many."""
    before = {number for (number,) in connection.execute("SELECT number FROM removed")}
    now = set(removed)
    for change, numbers in (
        ("DELETE FROM removed WHERE number = ?", before - now),
        ("INSERT INTO removed VALUES (?)", now - before),
    ):
        connection.executemany(change, [(number,) for number in sorted(numbers)])


def vacuum(folder: Path) -> None:
    """Write the catalogue anew, so that nothing of what was taken out of it is left in the file.

    Raises
    ------
    sqlite3.Error
        The disk is full or must not be written; the catalogue is as it was.
    LockedError
        A reader keeps the log from being emptied.
    """
    with _connected(folder) as connection:
        connection.execute("VACUUM")
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise LockedError(
                "a reader holds the catalogue's log, in which what was taken out may still stand.",
                where=str(folder),
                mend="do it again once nobody reads.",
            )


@contextmanager
def asked(folder: Path) -> Iterator[sqlite3.Connection]:
    """Hand over a connection for questions about a library's documents.

    Raises
    ------
    FolderError
        The catalogue is damaged.
    """
    with _damage(folder), _connected(folder, reading=True) as connection:
        yield connection


def verify(folder: Path) -> None:
    """Check every page of the catalogue.

    Raises
    ------
    FolderError
        It is damaged.
    """
    with _damage(folder), _connected(folder, reading=True) as connection:
        ((finding,), *_) = connection.execute("PRAGMA integrity_check").fetchall()
        if finding != "ok":
            raise sqlite3.DatabaseError(finding)


def _json(value: object, *, sort_keys: bool = False) -> str:
    try:
        return json.dumps(value, sort_keys=sort_keys)
    except (TypeError, ValueError) as error:
        raise SchemaError(
            f"a fact about the run cannot be written: {cause(error)}.",
            where=repr(value)[:80],
            mend="use text, numbers, truth values, null, lists and mappings.",
        ) from error


@contextmanager
def _connected(folder: Path, *, reading: bool = False) -> Iterator[sqlite3.Connection]:
    """Connect to the catalogue; to read it, also where the folder must not be written, or has no room for an index."""
    file = folder / FILE
    _check_format(file)
    if os.access(folder, os.W_OK):
        mode = "mode=rw"
    elif _log(file) is not None:
        mode = "mode=ro"
    else:
        mode = "immutable=1"
    with ExitStack() as stack:
        connection = stack.enter_context(_connection(file, mode))
        try:
            connection.execute("PRAGMA schema_version")  # what a reader shares with a writer is made by now
        except sqlite3.Error as error:
            if not reading or _log(file) or error.sqlite_errorcode & 0xFF not in ROOM:
                raise
            connection = stack.enter_context(_connection(file, "immutable=1"))
        yield connection


def _connection(file: Path, mode: str) -> closing[sqlite3.Connection]:
    uri = f"{file.absolute().as_uri()}?{mode}"
    return closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30))


def _log(file: Path) -> int | None:
    """Return the size of the log, in bytes; None where there is none."""
    try:
        return file.with_name(f"{file.name}-wal").stat().st_size
    except FileNotFoundError:
        return None


def _check_format(file: Path) -> None:
    """Look at the header alone, so that a stranger's file is not touched."""
    folder = str(file.parent)
    if not file.parent.is_dir():
        raise FolderError("there is no folder.", where=folder, mend="check the path.")
    refuse_lost(file.parent)
    if not file.is_file():
        raise FormatError("this is not a stemmata folder.", where=folder, mend=f"give a folder that holds a {FILE}.")
    with file.open("rb") as stream:
        header = stream.read(100)
    version, application = (int.from_bytes(header[at : at + 4]) for at in (60, 68))
    if len(header) == 100 and application != APPLICATION:
        raise FormatError(f"{FILE} is not stemmata's.", where=folder, mend="give a folder that stemmata has written.")
    check_version(version, file.parent)
    page = int.from_bytes(header[16:18])
    if len(header) < 100 or not page or file.stat().st_size % page:  # SQLite would take a lost end for zeros
        raise FolderError("the catalogue is cut short.", where=str(file), mend=MEND)


def check_version(version: int, folder: Path) -> None:
    """Refuse a newer format.

    Raises
    ------
    FormatError
        It is.
    """
    if version > FORMAT:
        raise FormatError(
            f"the folder has format {version}; this stemmata knows up to {FORMAT}.",
            where=str(folder),
            mend="upgrade: pip install --upgrade stemmata.",
        )


@contextmanager
def _damage(folder: Path) -> Iterator[None]:
    try:
        yield
    except (ClashError, FolderError):
        raise
    except (OSError, sqlite3.Error, ValueError) as error:
        code = getattr(error, "sqlite_errorcode", 0)
        full = (code & 0xFF in ROOM and code not in DAMAGE) or getattr(error, "errno", 0) == errno.ENOSPC
        mend = "make room on the disk, and see that the folder may be written." if full else MEND
        raise FolderError(
            f"the catalogue cannot be read: {cause(error)}.", where=str(folder / FILE), mend=mend
        ) from error
