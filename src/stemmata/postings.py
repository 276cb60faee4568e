"""Where each kept k-gram stands: rows sorted by its hash, in files that are looked into and not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.fingerprints import KEPT, ORDERED
from stemmata.kernels.lookups import weigh_met
from stemmata.kernels.ordering import sort_with

POSTINGS = pa.schema(
    [("hash", pa.uint64()), ("number", pa.uint32()), ("position", pa.int32()), ("view", pa.int8())]
)  # 17 bytes a row; views are numbered as in ``fingerprints.ORDERED``
ROWS_AT_ONCE = 1 << 20  # of a file's batches, and of what is merged at a time


def sort_postings(fingerprints: pa.Table, numbers: NDArray[np.uint32]) -> pa.Table:
    """Return ``POSTINGS``, sorted by hash; of one hash by number, as merged files have them; then as they were given.

    Parameters
    ----------
    fingerprints : pyarrow.Table
        ``schemas.FINGERPRINTS`` in one chunk, as ``fingerprint`` returns them.
    numbers : uint32 array
        The number of each document of the dictionary of ``doc``.
    """
    doc, view = (fingerprints.column(name).combine_chunks() for name in ("doc", "view"))
    ranks = np.array([ORDERED.index(name) for name in view.dictionary.to_pylist()] or [0], np.int8)
    number = numbers[doc.indices.to_numpy()] if len(doc) else np.zeros(0, np.uint32)
    columns = [fingerprints.column("hash").to_numpy(), number]
    columns += [fingerprints.column("position").to_numpy(), ranks[view.indices.to_numpy()]]
    if np.any(number[1:] < number[:-1]):
        by_number = np.argsort(number, kind="stable")
        columns = [column[by_number] for column in columns]
    return _sorted([np.ascontiguousarray(column) for column in columns])


def in_batches(postings: pa.Table) -> Iterator[pa.Table]:
    """Yield postings as they are to lie in a file; first none of them."""
    yield POSTINGS.empty_table()
    for start in range(0, postings.num_rows, ROWS_AT_ONCE):
        yield postings.slice(start, ROWS_AT_ONCE)


def read_batches(file: pa.NativeFile, rows: int) -> list[pa.RecordBatch]:
    """Return the batches of a file of postings, which stay where they lie.

    Parameters
    ----------
    rows : int
        How many rows the file has.

    Raises
    ------
    pyarrow.ArrowException
        It is damaged, so that not even its columns can be told from one another; what they hold is not looked at.
    """
    reader = pa.ipc.open_file(file)
    if not reader.schema.equals(POSTINGS):
        raise pa.ArrowInvalid("its columns are not those of postings")
    batches = [reader.get_batch(number) for number in range(reader.num_record_batches)]
    for batch in batches:
        batch.validate()
        if any(column.null_count for column in batch.columns):
            raise pa.ArrowInvalid("it lacks values")
    if sum(batch.num_rows for batch in batches) != rows:
        raise pa.ArrowInvalid("its row count is not the one in the catalogue")
    return batches


def merge_postings(parts: Sequence[Sequence[pa.RecordBatch]], removed: NDArray[np.uint32]) -> Iterator[pa.Table]:
    """Yield the rows of some files in one order, a million or so at a time, without those of removed documents.

    Parameters
    ----------
    parts : sequence of sequences of pyarrow.RecordBatch
        Batches of ``POSTINGS``, by file; those of lower numbers first.
    removed : uint32 array
        Numbers of documents, ascending.
    """
    columns = [pa.Table.from_batches(some, POSTINGS) for some in parts]
    hashes = [_Hashes([batch.column("hash").to_numpy() for batch in some]) for some in parts]
    rows = sum(table.num_rows for table in columns)
    yield POSTINGS.empty_table()
    steps = max(1, -(-rows // ROWS_AT_ONCE))
    firsts = _quantiles(hashes, steps)
    before = np.zeros(len(parts), np.int64)
    for first in [*firsts, None]:
        ends = [len(one) if first is None else one.place(first) for one in hashes]
        some = [table.slice(low, high - low) for table, low, high in zip(columns, before, ends, strict=True)]
        before = np.array(ends)
        step = pa.concat_tables(some)
        kept = ~np.isin(step.column("number").to_numpy(), removed)
        taken = [column.to_numpy()[kept] for column in step.columns]
        if len(taken[0]):
            yield _sorted(taken)


class Met(NamedTuple):
    """Documents that share kept k-grams with a text.

    Parameters
    ----------
    number : int64 array
        The documents, ascending.
    weight : int64 array
        What the k-grams that they share say together (``kernels.links.weigh``).
    """

    number: NDArray[np.int64]
    weight: NDArray[np.int64]


class Postings:
    """The postings of a generation, in several files.

    Parameters
    ----------
    parts : sequence of sequences of pyarrow.RecordBatch
        Batches of ``POSTINGS``, by file, mapped into memory.
    removed : uint32 array
        Numbers of documents that are passed over, ascending.
    """

    def __init__(self, parts: Sequence[Sequence[pa.RecordBatch]], removed: NDArray[np.uint32]) -> None:
        self.batches = [batch for part in parts for batch in part]
        self._hashes = [batch.column("hash").to_numpy() for batch in self.batches]
        self._removed = removed

    def meet(self, hashes: NDArray[np.uint64], cap: int) -> Met:
        """Return the documents that have some of these k-grams.

        Parameters
        ----------
        hashes : uint64 array
            Of the kept k-grams of a text, of all views.
        cap : int
            Documents that may share a k-gram before it says little.
        """
        key, number = self._look_up(np.unique(hashes))
        weight = np.empty(len(key), np.int64)
        weigh_met(key, number, cap, weight)
        met, place = np.unique(number, return_inverse=True)
        return Met(met, np.bincount(place, weight, len(met)).astype(np.int64))

    def count(self, hashes: NDArray[np.uint64], least: float) -> NDArray[np.int64]:
        """Return how many documents have each k-gram of a text, without the text itself and its copies.

        Parameters
        ----------
        hashes : uint64 array
            Of the kept k-grams of the text.
        least : float
            Share of its k-grams from which a document is taken for a copy, 0 to 1.
        """
        wanted, place = np.unique(hashes, return_inverse=True)
        key, number = self._look_up(wanted)
        once = np.ones(len(key), bool)  # however often a document has it
        once[1:] = (key[1:] != key[:-1]) | (number[1:] != number[:-1])
        key, number = key[once], number[once]
        _, document, shared = np.unique(number, return_inverse=True, return_counts=True)
        strange = shared[document] < least * len(wanted)
        return np.bincount(key[strange], minlength=len(wanted))[place].astype(np.int64)

    def _look_up(self, wanted: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the place of a hash among those wanted, and the document, of each posting, in order of both."""
        keys, numbers = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for batch, known in zip(self.batches, self._hashes, strict=True):
            low = np.searchsorted(known, wanted)
            size = np.maximum(0, np.searchsorted(known, wanted, "right") - low)  # below 0 where the file is damaged
            if not size.any():
                continue
            key = np.repeat(np.arange(len(wanted)), size)
            at = np.arange(len(key)) + np.repeat(low - (np.cumsum(size) - size), size)
            keys.append(key)
            numbers.append(batch.column("number").to_numpy()[at].astype(np.int64))
        key, number = np.concatenate(keys), np.concatenate(numbers)
        there = ~np.isin(number, self._removed)
        key, number = key[there], number[there]
        order = np.lexsort((number, key))
        return key[order], number[order]

    def kept(self, numbers: NDArray[np.int64]) -> pa.Table:
        """Return the rows of some documents in the schema ``fingerprints.KEPT``, unsorted.

        Parameters
        ----------
        numbers : int64 array
            The documents, each once; a row's ``row`` is a document's place in it.
        """
        table = pa.Table.from_batches(self.batches, POSTINGS)
        order = np.argsort(numbers)
        number = table.column("number").to_numpy()
        at = np.minimum(np.searchsorted(numbers[order], number), max(0, len(numbers) - 1))
        there = numbers[order][at] == number if len(numbers) else np.zeros(len(number), np.bool_)
        columns = [order[at[there]].astype(np.int32)]
        columns += [table.column(name).to_numpy()[there] for name in ("view", "hash", "position")]
        return pa.table(columns, schema=KEPT)


class _Hashes:
    """The ascending hashes of a file in several batches."""

    def __init__(self, parts: Sequence[NDArray[np.uint64]]) -> None:
        self.parts = parts
        self.begins = np.cumsum([0, *(len(part) for part in parts)])

    def __len__(self) -> int:
        return int(self.begins[-1])

    def place(self, value: np.uint64) -> int:
        """Return how many are below a value."""
        return int(sum(np.searchsorted(part, value) for part in self.parts))

    def at(self, place: int) -> np.uint64:
        """Return the one at a place."""
        part = int(np.searchsorted(self.begins, place, "right")) - 1
        return np.uint64(self.parts[part][place - self.begins[part]])


def _quantiles(hashes: Sequence[_Hashes], steps: int) -> list[np.uint64]:
    """Return hashes that cut all files into so many steps of about one size."""
    largest = max(hashes, key=len)
    places = [len(largest) * step // steps for step in range(1, steps)]
    return sorted({largest.at(place) for place in places}) if len(largest) else []


def _sorted(columns: Sequence[NDArray[Any]]) -> pa.Table:
    hashes, order = sort_with(np.ascontiguousarray(columns[0]), np.arange(len(columns[0]), dtype=np.uint32))
    return pa.table([hashes, *(column[order] for column in columns[1:])], schema=POSTINGS)
