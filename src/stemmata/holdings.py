"""What a library holds in one generation: documents by their numbers, and the postings of their k-grams."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from stemmata import catalog, schemas
from stemmata.accessions import MOST
from stemmata.buffers import text_slices
from stemmata.catalog import Entry
from stemmata.engines import Engine, sort_rows
from stemmata.errors import FolderError, MissingSource, cause
from stemmata.facts import Facts
from stemmata.folder import Folder
from stemmata.postings import Postings, read_batches

NEW_POSTINGS = "make the postings anew: stemmata compact."
HELD = ("documents", "postings")  # the tables that are added to; all others are made of them
LATER = ("whole",)  # columns that files of older versions do not have; null
GROUP_BYTES = 250_000  # of text, that are unpacked to read one document; documents of fewer are written together


class Holdings:
    """The documents of a library, as they were when its folder was opened.

    Parameters
    ----------
    folder : Folder
    last : int
        Of the files, only so many that were written last; 0: all.

    Attributes
    ----------
    removed : uint32 array
        Numbers of documents that still lie in the files, ascending; nothing here shows them.
    """

    def __init__(self, folder: Folder, last: int = 0) -> None:
        self.folder = folder
        self.removed = np.array(folder.catalog.removed, np.uint32)
        self.entries = {name: folder.catalog.tables.get(name, ())[-last:] for name in HELD}

    def __len__(self) -> int:
        return sum(entry.rows for entry in self.entries["documents"]) - len(self.removed)

    @property
    def place(self) -> str:
        """The folder, as it was named."""
        return str(self.folder.path)

    @property
    def begins(self) -> int:
        """The number of the first document; where there is none, one that no document has."""
        return int(self._first[0]) if len(self._first) else MOST

    @cached_property
    def statistics(self) -> pa.Table:
        """``schemas.STATISTICS``, as they were when the library was made."""
        return self.folder.read("statistics")

    @cached_property
    def facts(self) -> Facts:
        """The statistics, ready to be asked."""
        return Facts.of(self.statistics)

    @cached_property
    def postings(self) -> Postings:
        """The kept k-grams of all documents."""
        return Postings(self.open_postings(), self.removed)

    def open_postings(self) -> list[list[pa.RecordBatch]]:
        """Return the batches of each file of postings, those of lower numbers first.

        Raises
        ------
        FolderError
            A file is missing or damaged.
        """
        parts = []
        for entry in self.entries["postings"]:
            with self._looking(entry) as file:
                parts.append(read_batches(file, entry.rows))
        return parts

    def refuse_missing(self) -> None:
        """Refuse to go on where a file is not there: what is held in it would be passed over as held.

        Raises
        ------
        FolderError
            One is missing.
        """
        for entry in (*self.entries["documents"], *self.entries["postings"]):
            with self._looking(entry):
                pass

    def verify(self, *names: str) -> None:
        """Verify the digests of files of which all is to be read, so that no damage is written on under another digest.

        Raises
        ------
        FolderError
            A file is missing or damaged.
        """
        for name in names:
            for entry in self.entries[name]:
                with self._looking(entry):
                    self.folder.verify(entry)

    def take(self, numbers: Iterable[int]) -> pa.Table:
        """Return ``schemas.HELD_DOCUMENTS`` of some documents, by number.

        Raises
        ------
        FolderError
            The files lack one, or are damaged.
        """
        wanted = np.unique(np.fromiter(numbers, np.int64))
        place = np.searchsorted(self._first, wanted, "right") - 1
        found = [schemas.HELD_DOCUMENTS.empty()]
        for at in np.unique(place[place >= 0]).tolist():
            table = self._group(at)
            rows = pc.index_in(pa.array(wanted[place == at].astype(np.uint32)), table["number"].combine_chunks())
            found.append(table.take(rows.drop_null()))
        held = pa.concat_tables(found)
        if held.num_rows < len(wanted):
            raise FolderError(
                f"the postings tell of documents that are not there: {len(wanted) - held.num_rows:,}.",
                where=str(self.folder.path),
                mend="see which file is damaged: stemmata check.",
            )
        return held

    def named(self, doc: str) -> pa.Table | None:
        """Return ``schemas.DOCUMENTS`` of the document with an id, one row; None if there is none."""
        number = self.numbers_of([doc])
        return schemas.DOCUMENTS.conform(self.take(number)) if len(number) else None

    def numbers_of(self, docs: Iterable[str]) -> NDArray[np.int64]:
        """Return the numbers of those of some documents that are there, ascending."""
        wanted = pa.array(sorted(set(docs)), pa.string())
        found = (table.filter(pc.is_in(table["doc"], wanted)) for table in self._columns("number", "doc"))
        return np.concatenate([np.zeros(0, np.int64), *(table["number"].to_numpy() for table in found)])

    def numbers(self) -> NDArray[np.int64]:
        """Return the numbers of all documents, ascending."""
        found = [table["number"].to_numpy() for table in self._columns("number")]
        return np.concatenate([np.zeros(0, np.int64), *found])

    def _columns(self, *names: str) -> Iterator[pa.Table]:
        """Yield some columns of all documents, ``number`` among them, file by file."""
        for entry, file in zip(self.entries["documents"], self._files, strict=True):
            with self._looking(entry):
                table = file.read(columns=list(names), use_threads=False)
            yield self._left(table)

    def ids(self) -> list[str]:
        """Return the ids of all documents, by number."""
        return [doc for table in self._columns("number", "doc") for doc in table["doc"].to_pylist()]

    def ours(self) -> NDArray[np.int64]:
        """Return the numbers of the documents that are marked as the owner's own, ascending."""
        found = (table.filter(table["ours"].fill_null(False)) for table in self._columns("number", "ours"))
        return np.concatenate([np.zeros(0, np.int64), *(table["number"].to_numpy() for table in found)]).astype(
            np.int64
        )

    def documents(self, engine: Engine) -> pa.Table:
        """Return all documents as ``schemas.HELD_DOCUMENTS``, sorted by their ids."""
        parts = (self._left(self._group(at)) for at in range(len(self._first)))
        held = engine.concat(chain([schemas.HELD_DOCUMENTS.empty()], parts))
        return sort_rows(held, schemas.DOCUMENTS.key, engine)

    def groups(self) -> Iterator[pa.Table]:
        """Yield all documents by number, some at a time as they are to lie together in a file; first none."""
        yield schemas.HELD_DOCUMENTS.empty()
        waiting: list[pa.Table] = []
        size = 0
        for at in range(len(self._first)):
            table = self._left(self._group(at))
            waiting.append(table)
            size += pc.sum(pc.binary_length(table["text"])).as_py() or 0
            if size >= GROUP_BYTES:
                yield pa.concat_tables(waiting)
                waiting, size = [], 0
        if waiting:
            yield pa.concat_tables(waiting)

    def _left(self, table: pa.Table) -> pa.Table:
        if not len(self.removed):
            return table
        return table.filter(pa.array(~np.isin(table["number"].to_numpy(), self.removed)))

    @cached_property
    def _files(self) -> list[pq.ParquetFile]:
        opened = []
        for entry in self.entries["documents"]:
            with self._looking(entry) as file:
                opened.append(pq.ParquetFile(file, page_checksum_verification=True))
                if not _fits(opened[-1].schema_arrow):
                    raise pa.ArrowInvalid("its columns are not those of documents")
                if opened[-1].metadata.num_rows != entry.rows:
                    raise pa.ArrowInvalid("its row count is not the one in the catalogue")
        return opened

    @cached_property
    def _groups(self) -> list[tuple[int, int]]:
        """Every group of rows: its file, and which of that it is; none without rows."""
        return [
            (number, group)
            for number, file in enumerate(self._files)
            for group in range(file.num_row_groups)
            if file.metadata.row_group(group).num_rows
        ]

    @cached_property
    def _first(self) -> NDArray[np.int64]:
        """The number of the first document of each group."""
        first = []
        for file, group in self._groups:
            with self._looking(self.entries["documents"][file]):
                first.append(int(self._files[file].metadata.row_group(group).column(0).statistics.min))
        return np.array(first, np.int64)

    def _group(self, at: int) -> pa.Table:
        file, group = self._groups[at]
        with self._looking(self.entries["documents"][file]):
            return schemas.HELD_DOCUMENTS.conform(self._files[file].read_row_group(group, use_threads=False))

    @contextmanager
    def _looking(self, entry: Entry) -> Iterator[pa.NativeFile]:
        """Hand over a file, and name it in whatever goes wrong with it: what damage comes out as is never known."""
        mend = NEW_POSTINGS if entry.name == "postings" else catalog.MEND
        try:
            with self.folder.file(entry) as file:
                yield file
        except FolderError as error:
            raise FolderError(error.what, where=error.where, mend=mend) from error
        except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError) as error:
            what = f"the file is damaged: {cause(error)}."
            raise FolderError(what, where=str(self.folder.path / entry.file), mend=mend) from error


def _fits(columns: pa.Schema) -> bool:
    """Tell whether a file holds documents, as this version writes them or an older one did."""
    known = schemas.HELD_DOCUMENTS.arrow
    return bool(columns.equals(pa.schema([one for one in known if one.name not in LATER or one.name in columns.names])))


def grouped(documents: pa.Table) -> Iterator[pa.Table]:
    """Yield documents as they are to lie together in a file; first none of them."""
    yield documents.slice(0, 0)
    yield from text_slices(documents, GROUP_BYTES)


def missing(docs: Sequence[str], where: str) -> MissingSource:
    """Return the error that a library does not hold these."""
    return MissingSource(
        f"the library holds no document {first_of(docs)}.",
        where=where,
        mend="give ids as its tables and reports have them.",
    )


def missing_file(source: str, where: str) -> MissingSource:
    """Return the error that a library does not hold this; and of what looks like a path, that it leads to no file."""
    error = missing([source], where)
    if not (os.path.dirname(source) or os.path.splitext(source)[1]):
        return error
    what = f"{error.what[:-1]}, and there is no such file."
    return MissingSource(what, where=where, mend=f"check the path; or {error.mend}")


def first_of(docs: Sequence[str]) -> str:
    """Return the first five of some ids, and how many more there are."""
    return ", ".join(docs[:5]) + ("" if len(docs) < 6 else f" and {len(docs) - 5:,} more")
