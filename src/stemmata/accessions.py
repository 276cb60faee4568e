"""The register of a library: which document has which number, so that whoever adds need not read them all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

AT_ONCE = 500  # names in one question
MOST = 2**32  # numbers


class Accession(NamedTuple):
    """What the register says of a document.

    Parameters
    ----------
    number : int
        By which its postings know it; those of documents that were added later are higher.
    doc : str
        Its id, which for a later version ends in ``@2``, ``@3``, …
    name : str
        The id that all its versions have.
    text : str
        Digest of its text.
    place : str
        The file that it is, or lies in, where its id was made of its path; empty where the id is the user's own.
    """

    number: int
    doc: str
    name: str
    text: str
    place: str


def named(connection: sqlite3.Connection, docs: Iterable[str]) -> Iterator[Accession]:
    """Yield the documents that have one of these ids, and all versions of those that are named so, by number."""
    listed = list(docs)
    found: set[Accession] = set()
    for start in range(0, len(listed), AT_ONCE):
        some = listed[start : start + AT_ONCE]
        marks = ", ".join("?" * len(some))
        for column in ("name", "doc"):
            asked = f"SELECT number, doc, name, text, place FROM holdings WHERE {column} IN ({marks})"
            found |= {Accession(*row) for row in connection.execute(asked, some)}
    yield from sorted(found)


def count(connection: sqlite3.Connection) -> int:
    """Return how many documents there are."""
    ((documents,),) = connection.execute("SELECT count(*) FROM holdings").fetchall()
    return int(documents)


def is_held(connection: sqlite3.Connection, doc: str) -> bool:
    """Tell whether there is a document of this very id."""
    return connection.execute("SELECT 1 FROM holdings WHERE doc = ?", (doc,)).fetchone() is not None


def numbers(connection: sqlite3.Connection) -> NDArray[np.int64]:
    """Return the numbers of all documents, ascending."""
    found = connection.execute("SELECT number FROM holdings ORDER BY number")
    return np.fromiter((number for (number,) in found), np.int64)


def register(connection: sqlite3.Connection, accessions: Sequence[Accession]) -> None:
    """Write documents into the register."""
    connection.executemany("INSERT INTO holdings VALUES (?, ?, ?, ?, ?)", accessions)


def strike(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take documents out of the register."""
    connection.executemany("DELETE FROM holdings WHERE number = ?", [(number,) for number in numbers])
