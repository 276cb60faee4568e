"""What a watch has seen and found, in one file beside the catalogue: whoever goes on from it doubles nothing."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from stemmata import accessions, catalog
from stemmata.errors import FolderError, cause

FILE = "watched.sqlite"
WAIT = 30.0  # seconds for another process that writes
_TABLES = """
CREATE TABLE IF NOT EXISTS feed (id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS folders (folder BLOB PRIMARY KEY, number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    folder BLOB, path BLOB, size INTEGER, time INTEGER, PRIMARY KEY (folder, path)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused (
    folder BLOB, uri TEXT, reason TEXT, PRIMARY KEY (folder, uri, reason)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS finds (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, folder BLOB, find TEXT NOT NULL, told INTEGER NOT NULL DEFAULT 0
);
"""


class Stamp(NamedTuple):
    """By which a file is known to be as it was: its size in bytes, and its time in nanoseconds."""

    size: int
    time: int


class _Illegible(ValueError):
    """A find that nobody could have written down."""


def _read(find: str) -> dict[str, Any]:
    try:
        told = json.loads(find)
    except (TypeError, ValueError) as error:
        raise _Illegible(f"a find is no JSON ({error})") from error
    if not (isinstance(told, dict) and told.keys() >= {"id", "doc", "source"}):
        raise _Illegible("a find names no documents")
    return told


class Logbook:
    """Made by :func:`opened`; each method is one transaction.

    Attributes
    ----------
    feed : str
        A UUID of the library's finds.
    """

    def __init__(self, connection: sqlite3.Connection, library: Path) -> None:
        self._connection, self._library = connection, library
        with connection:
            known = connection.execute("SELECT id FROM feed").fetchone()
            self.feed = str(known[0]) if known else str(uuid.uuid4())
            if not known:
                connection.execute("INSERT INTO feed VALUES (?)", (self.feed,))

    def mark(self, folder: bytes, number: int) -> int:
        """Return the first document that is still to be looked at; of a folder that was never watched, a number."""
        with self._connection as connection:
            connection.execute("INSERT OR IGNORE INTO folders VALUES (?, ?)", (folder, number))
            found = connection.execute("SELECT number FROM folders WHERE folder = ?", (folder,)).fetchone()
        return int(found[0])

    def conclude(self, folder: bytes, number: int, finds: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Write down what was found, and that documents below a number were looked at.

        Returns what of it was written: nothing is of documents that were removed meanwhile.
        """
        with self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")  # so that keep() comes before it, or sees what it writes
            held = self._held(finds)
            rows = [(find["id"], folder, json.dumps(find)) for find in held]
            connection.executemany("INSERT OR IGNORE INTO finds (id, folder, find) VALUES (?, ?, ?)", rows)
            connection.execute("UPDATE folders SET number = ? WHERE folder = ?", (number, folder))
        return held

    def untold(self, folder: bytes) -> list[dict[str, Any]]:
        """Return the finds in a folder that were not told yet, the oldest first."""
        found = self._connection.execute("SELECT find FROM finds WHERE NOT told AND folder = ? ORDER BY n", (folder,))
        return [_read(find) for (find,) in found]

    def told(self, find: Mapping[str, Any]) -> None:
        """Write down that a find was told."""
        with self._connection as connection:
            connection.execute("UPDATE finds SET told = 1 WHERE id = ?", (find["id"],))

    def last(self, count: int) -> list[dict[str, Any]]:
        """Return the last finds in any folder, the latest first."""
        found = self._connection.execute("SELECT find FROM finds ORDER BY n DESC LIMIT ?", (count,))
        return [_read(find) for (find,) in found]

    def keep(self) -> None:
        """Take out the finds of which a document is held no more; nothing of them is left in the file."""
        with self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            finds = [_read(find) for (find,) in connection.execute("SELECT find FROM finds")]
            left = {find["id"] for find in finds} - {find["id"] for find in self._held(finds)}
            connection.executemany("DELETE FROM finds WHERE id = ?", [(name,) for name in left])
        self._connection.execute("VACUUM")

    def verify(self) -> None:
        """Verify every page, and that every find can be read."""
        ((finding,), *_) = self._connection.execute("PRAGMA integrity_check").fetchall()
        if finding != "ok":
            raise sqlite3.DatabaseError(finding)
        for (find,) in self._connection.execute("SELECT find FROM finds"):
            _read(find)

    def _held(self, finds: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the finds of which both documents are held, and are the very ones: another may have an id by now."""
        listed = list(finds)
        docs = sorted({str(find[side]) for find in listed for side in ("doc", "source")})
        with catalog.asked(self._library) as connection:
            numbers = {entry.doc: entry.number for entry in accessions.named(connection, docs)}
        sides = ((find, numbers.get(find["doc"]), numbers.get(find["source"])) for find in listed)
        return [find for find, doc, source in sides if find["id"] == name_find(self.feed, doc, source)]

    def files(self, folder: bytes) -> dict[bytes, Stamp]:
        """Return the files of a folder that were taken, as they were then."""
        found = self._connection.execute("SELECT path, size, time FROM files WHERE folder = ?", (folder,))
        return {path: Stamp(size, time) for path, size, time in found}

    def took(self, folder: bytes, files: Mapping[bytes, Stamp]) -> None:
        """Write down that files were taken, or cannot be."""
        rows = [(folder, path, *stamp) for path, stamp in files.items()]
        with self._connection as connection:
            connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)

    def forget(self, folder: bytes, paths: Iterable[bytes]) -> None:
        """Forget files that are there no more."""
        with self._connection as connection:
            connection.executemany(
                "DELETE FROM files WHERE folder = ? AND path = ?", [(folder, path) for path in paths]
            )

    def news(self, folder: bytes, skipped: Iterable[dict[str, str]]) -> list[dict[str, str]]:
        """Return the rows of what was skipped that are told for the first time."""
        fresh = []
        with self._connection as connection:
            for row in skipped:
                key = (folder, row["uri"], row["reason"])
                if connection.execute("INSERT OR IGNORE INTO refused VALUES (?, ?, ?)", key).rowcount:
                    fresh.append(row)
        return fresh


def name_find(feed: str, doc: int | None, source: int | None) -> str:
    """Return the id of a find, made of that of the feed and the numbers of its documents."""
    return uuid.uuid5(uuid.UUID(feed), f"{doc} {source}").urn


def purge(library: Path) -> None:
    """Take out of the logbook of a library, if it has any, what was found of documents that were removed."""
    if not (library / FILE).exists():
        return
    with opened(library) as book:
        book.keep()


def verify(library: Path) -> None:
    """Verify every page of the logbook of a library, if it has any.

    Raises
    ------
    FolderError
        It is damaged.
    """
    if not (library / FILE).exists():
        return
    with opened(library) as book:
        book.verify()


@contextmanager
def opened(library: Path) -> Iterator[Logbook]:
    """Open the logbook of a library; where there is none, begin one.

    Raises
    ------
    FolderError
        It cannot be read or written.
    """
    path = library / FILE
    try:
        connection = sqlite3.connect(path, timeout=WAIT)
        try:
            connection.executescript(_TABLES)
            yield Logbook(connection, library)
        finally:
            connection.close()
    except (sqlite3.Error, _Illegible) as error:
        raise FolderError(
            f"what was watched cannot be read or written: {cause(error)}.",
            where=str(path),
            mend="make room, or let it be written; if it is damaged, remove it: all files are then read once more, and "
            "documents that were removed come back while their files are there.",
        ) from error
