"""Documents that share kept k-grams, of a collection on a cluster: what ``meeting.candidates`` finds of one in memory.

A posting is a k-gram and the number of a document, 16 bytes; those of one k-gram are brought together in the order of
their documents, and linked by the same kernels. What a k-gram that millions share costs grows with them, not with
their square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.crawl.columns import spark_schema
from stemmata.kernels.links import shared_keys, weigh_crowds
from stemmata.meeting import cut_links, link_part

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Ints: TypeAlias = "NDArray[np.int64]"
POSTINGS_AT_ONCE = 4_000_000
LINKS = pa.schema([("older", pa.int64()), ("younger", pa.int64()), ("weight", pa.int64())])
SIZES = pa.schema([("number", pa.int64()), ("size", pa.int64())])
BALANCE, CROWDED, CUT = -1, -2, -3  # stand for the younger document where a row is of one alone, or of none


def link_postings(postings: DataFrame, cap: int, neighbours: int) -> DataFrame:
    """Return how much the links of two documents weigh together.

    Parameters
    ----------
    postings : pyspark.sql.DataFrame
        ``key`` and ``number``, both of 64 bits: numbers in the order of age.

    Returns
    -------
    pyspark.sql.DataFrame
        ``older``, ``younger`` and ``weight``. In place of the younger one stands ``BALANCE`` or ``CROWDED`` where the
        weight is what ``weigh_crowds`` tells of the older one, and ``CUT`` where it is the number of k-grams that more
        than ``cap`` documents have.
    """
    from pyspark.sql import functions as f

    linked = _by_key(postings).mapInArrow(_Linking(cap, neighbours), spark_schema(LINKS))
    return linked.groupBy("older", "younger").agg(f.sum("weight").alias("weight"))


def count_sharers(postings: DataFrame) -> DataFrame:
    """Return ``number`` and ``size``: for each document and each of its k-grams, how many documents have that."""
    return _by_key(postings).mapInArrow(_Sizing(), spark_schema(SIZES))


def _by_key(postings: DataFrame) -> DataFrame:
    return postings.select("key", "number").repartition("key").sortWithinPartitions("key", "number")


@dataclass(frozen=True)
class _Linking:
    cap: int
    neighbours: int

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for key, number in _whole_keys(batches):
            for table in self._linked(key, number):
                yield from table.to_batches()

    def _linked(self, key: Ints, number: Ints) -> Iterator[pa.Table]:
        documents, place = np.unique(number, return_inverse=True)
        bits = max(1, len(documents).bit_length())
        group = np.cumsum(np.diff(key, prepend=key[0]) != 0).astype(np.uint64)
        packed = (group << np.uint64(bits)) | place.astype(np.uint64)
        packed = packed[: shared_keys(packed, bits)]
        balance, crowded = np.zeros(len(documents), np.int64), np.zeros(len(documents), np.bool_)
        weigh_crowds(packed, bits, self.cap, balance, crowded)
        shares = np.unique((packed & np.uint64((1 << bits) - 1)).astype(np.int64))
        yield _rows(documents[shares], BALANCE, balance[shares])
        yield _rows(documents[crowded], CROWDED, np.ones(np.count_nonzero(crowded), np.int64))
        blocks, cut = cut_links(packed, bits, len(documents), self.cap, self.neighbours)
        yield _rows(np.full(1, CUT), CUT, np.full(1, cut))
        for block in range(blocks.num_rows):
            some = link_part(blocks.slice(block, 1), packed, bits, self.cap, self.neighbours, 1)
            older, younger = (documents[some.column(side).to_numpy()] for side in ("older", "younger"))
            yield pa.table([older, younger, some.column("weight")], schema=LINKS)


@dataclass(frozen=True)
class _Sizing:
    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for key, number in _whole_keys(batches):
            begins = np.flatnonzero(np.diff(key, prepend=key[0] - 1))
            sizes = np.diff(np.append(begins, len(key)))
            yield pa.record_batch([number, np.repeat(sizes, sizes)], schema=SIZES)


def _rows(documents: Ints, what: int, weight: Ints) -> pa.Table:
    return pa.table([documents, np.full(len(documents), what), weight], schema=LINKS)


def _whole_keys(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Ints, Ints]]:
    """Yield keys and numbers, ascending, each pair once, some million at a time; those of one key together."""
    held: list[pa.RecordBatch] = []
    size, most = 0, POSTINGS_AT_ONCE
    for batch in batches:
        held.append(batch)
        size += batch.num_rows
        if size <= most:
            continue
        table = pa.Table.from_batches(held)
        key = table.column("key").to_numpy()
        begin = int(np.searchsorted(key, key[-1]))  # of the last key, of which more may come
        if begin:
            yield _distinct(table.slice(0, begin))
        held = table.slice(begin).to_batches()
        size -= begin
        most = max(POSTINGS_AT_ONCE, 2 * size)
    if size:
        yield _distinct(pa.Table.from_batches(held))


def _distinct(table: pa.Table) -> tuple[Ints, Ints]:
    key, number = (table.column(name).to_numpy() for name in ("key", "number"))
    new = np.ones(len(key), np.bool_)
    new[1:] = (np.diff(key) != 0) | (np.diff(number) != 0)
    return key[new], number[new]
