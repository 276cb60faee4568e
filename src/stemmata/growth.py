"""How a library grows and shrinks: each step is one commit, and merging keeps the number of its files small."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import accessions, catalog, schemas
from stemmata.accessions import Accession
from stemmata.engines import Engine
from stemmata.errors import ClashError, FolderError, LockedError
from stemmata.facts import written
from stemmata.fingerprints import FingerprintOptions, fingerprint
from stemmata.folder import Folder
from stemmata.founding import expecting, own_options
from stemmata.generations import Change
from stemmata.holdings import HELD, NEW_POSTINGS, Holdings, grouped, missing
from stemmata.joined import HASHES
from stemmata.pipeline import Clock, Options
from stemmata.postings import in_batches, merge_postings, sort_postings
from stemmata.readers.files import legible
from stemmata.readers.places import numbered
from stemmata.sketches import check_value
from stemmata.statistics import collect_statistics
from stemmata.survey import hash_documents
from stemmata.workings import CLEARED, REMOVALS, clear_removed, removals

NEXT = "next"  # of what the catalogue says: the number of the next document; none is given twice
FAN = 8  # files of one level that are merged into one of the next: a document is written again once a level


class Arrivals(NamedTuple):
    """Documents that were read, and what they are known by.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.HELD_DOCUMENTS``, sorted by ``doc``.
    texts : list of str
        Digest of each text.
    """

    documents: pa.Table
    texts: list[str]

    @classmethod
    def of(cls, documents: pa.Table, engine: Engine) -> Arrivals:
        """Return documents with the digests of their texts."""
        return cls(documents, written(hash_documents(documents, engine)))

    def only(self, rows: Sequence[int]) -> Arrivals:
        """Return some of them."""
        if len(rows) == len(self.texts):
            return self
        return Arrivals(self.documents.take(pa.array(rows, pa.int64())), [self.texts[row] for row in rows])


class Added(NamedTuple):
    """What became of arrivals.

    Parameters
    ----------
    docs : list of str
        The ids of those that were added.
    versions : int
        How many of them are a later version of a document that was held.
    held : int
        How many were held already, with that text.
    elsewhere : list of str
        The ids of those among these that are another file than the one that is held.
    """

    docs: list[str]
    versions: int
    held: int
    elsewhere: list[str]


def add_arrivals(
    folder: Folder, arrivals: Arrivals, statistics: pa.Table, options: FingerprintOptions, engine: Engine
) -> Added:
    """Add documents in one commit; those that are held already, with that text, are passed over.

    Raises
    ------
    ClashError
        A file has the id of another file. Nothing is added.
    LockedError, FolderError
        As :meth:`stemmata.folder.Folder.change`.
    """
    with catalog.asked(folder.path) as connection:
        new, elsewhere = _fresh(connection, arrivals)
    some = arrivals.only(new)
    held = len(arrivals.texts) - len(new)
    if not new:
        return Added([], 0, held, elsewhere)
    kept = fingerprint(some.documents, statistics, options=options, engine=engine)
    known = folder.catalog.tables["statistics"]
    with folder.change() as change:
        if change.before.tables["statistics"] != known:
            raise FolderError(
                "another process has collected the statistics of the library anew since it was opened.",
                where=str(folder.path),
                mend="open it again, and add what was to be added.",
            )
        with catalog.asked(folder.path) as connection:
            entries = _accede(connection, some, int(str(change.about.get(NEXT, 0))))
        rows = [row for row, entry in enumerate(entries) if entry is not None]
        listed = [entry for entry in entries if entry is not None]
        held += len(entries) - len(listed)
        if listed:
            numbers = np.full(len(entries), accessions.MOST - 1, np.uint32)
            numbers[rows] = [entry.number for entry in listed]
            if len(rows) < len(entries):  # another process has added them since
                kept = kept.filter(pa.array(np.isin(kept["doc"].combine_chunks().indices.to_numpy(), rows)))
            _put(change, some.only(rows).documents, listed)
            change.put("postings", in_batches(sort_postings(kept, numbers)), kind="arrow")
            change.about = {**change.about, NEXT: listed[-1].number + 1}
            change.also = lambda connection: accessions.register(connection, listed)
    versions = sum(entry.doc != entry.name for entry in listed)
    return Added([entry.doc for entry in listed], versions, held, elsewhere)


def remove_documents(folder: Folder, docs: Iterable[str]) -> list[str]:
    """Take documents out in one commit, and return their ids; :func:`compact` takes them out of the files.

    Parameters
    ----------
    docs : iterable of str
        Ids. That of a document stands for all its versions, that of a later version for this alone.

    Raises
    ------
    MissingSource
        One is not there. Nothing is removed.
    """
    wanted = sorted({str(doc) for doc in docs})
    with folder.change() as change:
        with catalog.asked(folder.path) as connection:
            found = [*accessions.named(connection, wanted)]
        known = {entry.doc for entry in found} | {entry.name for entry in found}
        if absent := [doc for doc in wanted if doc not in known]:
            raise missing(absent, str(folder.path))
        numbers = [entry.number for entry in found]
        change.removed = tuple(sorted({*change.removed, *numbers}))
        change.about = {**change.about, REMOVALS: removals(change.before) + len(numbers)}
        change.also = lambda connection: accessions.strike(connection, numbers)
    return sorted(entry.doc for entry in found)


def merge_due(folder: Folder) -> int:
    """Merge files while many are small, each step a commit, and return how many steps that were.

    Where another process writes meanwhile, it is left to that one.
    """
    steps = 0
    with suppress(LockedError):
        while True:
            with folder.change() as change:
                last = _due([entry.level for entry in change.before.tables.get("documents", ())])
                if last:
                    _merge(change, folder.path, last)
            if not last:
                break
            steps += 1
    return steps


def compact(folder: Folder, engine: Engine) -> None:
    """Write all documents into one file, without those that were removed: nothing of these is left in the folder.

    Tables that were made of the documents go as well, if any was removed. Postings that are damaged are made anew from
    the documents, with the statistics as they are: the same that there were.
    """
    with folder.change() as change:
        now = Holdings(Folder.open(folder.path))
        try:
            now.verify("postings")
            _check_postings(now, now.numbers())
        except FolderError:
            now.verify("documents")
            options = own_options(now.folder).fingerprints
            postings = _postings_of(now.documents(engine), now.statistics, options, engine)
            _replace(change, now, postings)
        else:
            _merge(change, folder.path, 0)
        clear_removed(change)
        change.afterwards = partial(catalog.vacuum, folder.path)


def rebuild(holdings: Holdings, expect: int | None, options: Options, engine: Engine, clock: Clock) -> None:
    """Collect the statistics of a library anew, and fingerprint all documents with them, in one commit.

    Parameters
    ----------
    expect : int, optional
        As many documents the statistics say that there are; by default as they said, or as there are.
    """
    with holdings.folder.change() as change:
        now = Holdings(Folder.open(holdings.folder.path))
        with clock.stage("documents"):
            now.verify("documents")
            documents = now.documents(engine)
        with clock.stage("statistics"):
            found = collect_statistics(documents, options=options.statistics, engine=engine)
            statistics = expecting(found, expect or max(len(now), now.facts.documents(0)))
        with clock.stage("fingerprints"):
            postings = _postings_of(documents, statistics, options.fingerprints, engine)
        change.drop(*change.before.entries)
        change.put("statistics", statistics)
        _replace(change, now, postings)
        told = {"options": options.to_dict(), HASHES: check_value(), CLEARED: removals(change.before)}
        change.about = {**change.about, **told}


def _merge(change: Change, path: Path, last: int) -> None:
    """Merge the last files into one of the next level; 0: all of them, without what was removed."""
    part = Holdings(Folder.open(path), last)
    levels = [entry.level for entry in part.entries["documents"]]
    if len(levels) > 1 or (levels and len(part.removed)):
        part.verify(*HELD)
        postings = merge_postings(part.open_postings(), part.removed)
        _replace(change, part, postings, up=bool(last))


def _postings_of(
    documents: pa.Table, statistics: pa.Table, options: FingerprintOptions, engine: Engine
) -> Iterator[pa.Table]:
    """Fingerprint documents of a library, and return their postings as they are to lie in a file."""
    kept = fingerprint(documents, statistics, options=options, engine=engine)
    return in_batches(sort_postings(kept, documents["number"].to_numpy()))


def _replace(change: Change, part: Holdings, postings: Iterable[pa.Table], *, up: bool = False) -> None:
    """Write the last files anew, as one file of documents and one of postings, without what was removed.

    Their level is the highest of theirs, or one up.
    """
    level = max((entry.level for entry in part.entries["documents"]), default=0) + up
    change.drop(*(entry for some in part.entries.values() for entry in some))
    change.put("documents", part.groups(), level=level)
    change.put("postings", postings, kind="arrow", level=level)
    change.removed = tuple(number for number in change.removed if number < part.begins)


def _due(levels: Sequence[int]) -> int:
    """Return how many of the last files are to be merged: all of the last one's level, as soon as these are enough."""
    same = len([*takewhile(lambda level: level == levels[-1], reversed(levels))])
    return same if same >= FAN else 0


def _fresh(connection: sqlite3.Connection, arrivals: Arrivals) -> tuple[list[int], list[str]]:
    """Return the rows of arrivals whose text no version of theirs has, and the ids of the rest that are other files."""
    docs = arrivals.documents["doc"].to_pylist()
    if not accessions.count(connection):
        return [*range(len(docs))], []
    held: dict[tuple[str, str], set[str]] = {}
    for entry in accessions.named(connection, docs):
        for known in (entry.name, entry.doc):
            held.setdefault((known, entry.text), set()).add(entry.place)
    keys = list(zip(docs, arrivals.texts, strict=True))
    there = places_of(arrivals.documents) if held else []
    elsewhere = [key[0] for key, place in zip(keys, there, strict=False) if place not in held.get(key, {place})]
    return [row for row, key in enumerate(keys) if key not in held], elsewhere


def _accede(connection: sqlite3.Connection, arrivals: Arrivals, number: int) -> list[Accession | None]:
    """Return the entry of each arrival in the register, from a number on; None where it is held already.

    Raises
    ------
    ClashError
        One has the id of another file.
    """
    docs, places = arrivals.documents["doc"].to_pylist(), places_of(arrivals.documents)
    versions: dict[str, list[Accession]] = {}
    held: dict[str, Accession] = {}
    if accessions.count(connection):
        for entry in accessions.named(connection, docs):
            versions.setdefault(entry.name, []).append(entry)
            held[entry.doc] = entry
    taken = {*held, *docs}
    entries: list[Accession | None] = []
    for doc, text, place in zip(docs, arrivals.texts, places, strict=True):
        own = versions.get(doc, [])
        alike = [held[doc], *own] if doc in held else own
        if any(version.text == text for version in alike):
            entries.append(None)
            continue
        if doc in held and place not in {version.place for version in own}:
            raise _clash(held[doc], doc, place)
        named, number_of = doc, 1
        while own and (named in taken or accessions.is_held(connection, named)):
            number_of += 1
            named = f"{doc}@{number_of}"
        taken.add(named)
        entries.append(Accession(number, named, doc, text, place))
        number += 1
    return entries


def places_of(documents: pa.Table) -> list[str]:
    """Return the file of each document, its place in it behind; empty where the id is the user's own, or an address.

    Of a row that is called by its file and an id of the user's own that recurs, the file alone: its number may change.
    """
    columns = (documents[name].to_pylist() for name in ("doc", "own", "path", "uri", "member", "row"))
    places = []
    for doc, own, path, uri, member, row in zip(*columns, strict=True):
        file = uri if path is None else legible(os.fsdecode(path))
        fetched = row is None and member is not None and "://" in doc  # a page of a web archive, wherever that lies
        number = numbered(row) if numbered(row) in doc else ""
        places.append("" if own or fetched else file + (f"/{member}" if member else "") + number)
    return places


def _clash(held: Accession, doc: str, place: str) -> ClashError:
    there = held.place or ("the library" if held.name == doc else f"a version of {held.name!r} in the library")
    return ClashError(
        f"the library holds another document with the id {doc!r}.",
        where=f"{there} and {place or 'what was given under that id'}",
        mend="give it an id of its own: in a column 'doc', or as Text(…, doc='…'); or give a folder above it.",
    )


def _put(change: Change, documents: pa.Table, entries: Sequence[Accession]) -> None:
    numbers = pa.array([entry.number for entry in entries], pa.uint32())
    docs = pa.array([entry.doc for entry in entries], pa.string())
    names = documents.column_names
    documents = documents.set_column(names.index("number"), schemas.HELD_DOCUMENTS.arrow.field("number"), numbers)
    documents = documents.set_column(names.index("doc"), schemas.HELD_DOCUMENTS.arrow.field("doc"), docs)
    change.put("documents", grouped(documents))


def check_holdings(holdings: Holdings) -> None:
    """Verify that the register, the documents and the postings of a library agree.

    Raises
    ------
    FolderError
        They do not.
    """
    path = str(holdings.folder.path)
    numbers = holdings.numbers()
    with catalog.asked(holdings.folder.path) as connection:
        listed = accessions.numbers(connection)
    if catalog.read(holdings.folder.path).generation != holdings.folder.catalog.generation:  # by now
        raise LockedError(
            "another process has written meanwhile: the register was not compared.", where=path, mend="check again."
        )
    if not np.array_equal(listed, numbers):
        raise FolderError(
            f"the register tells of {len(listed):,} documents, and the files of {len(numbers):,}.",
            where=path,
            mend=catalog.MEND,
        )
    _check_postings(holdings, numbers)


def _check_postings(holdings: Holdings, numbers: NDArray[np.int64]) -> None:
    """Verify that the postings are in order, and of documents that lie in the files: those held, and those removed."""
    known = np.concatenate([numbers, holdings.removed])
    for batch in holdings.postings.batches:
        hashes, number = (batch.column(name).to_numpy() for name in ("hash", "number"))
        strange = ~np.isin(number, known)
        if np.any(hashes[1:] < hashes[:-1]) or strange.any():
            what = "the postings do not fit the documents."
            raise FolderError(what, where=str(holdings.folder.path), mend=NEW_POSTINGS)
