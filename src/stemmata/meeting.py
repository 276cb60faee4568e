"""Documents that share kept k-grams: which pairs share enough of them to be looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.buffers import text_slices
from stemmata.engines import Engine
from stemmata.facts import Facts
from stemmata.kernels.links import (
    common_share,
    count_links,
    link_documents,
    pack_postings,
    shared_keys,
    tally,
    weigh_crowds,
)
from stemmata.recounts import COUNTED
from stemmata.tokens import read_keys
from stemmata.views import CACHED, N, surface_grams

BLOCKS = pa.schema([("start", pa.int64()), ("stop", pa.int64()), ("links", pa.int64())])
LINKED = pa.schema([("older", pa.int32()), ("younger", pa.int32()), ("weight", pa.int64())])
MOST = 2**30  # documents: a link has 30 bits for each of its two
LINKS_AT_ONCE = 8_000_000  # held at a time, 8 bytes each
ENOUGH = 5  # what a k-gram weighs that few documents share: commoner ones say less, rarer ones more
CLOSER = 2  # times the cap, where all k-grams of the documents of large families are looked at
FEW = 8  # documents that may share a k-gram of a quotation for it to say anything by itself


def candidates(
    documents: pa.Table,
    fingerprints: pa.Table,
    again: NDArray[np.int64],
    facts: Facts,
    engine: Engine,
    *,
    least: int,
    neighbours: int,
    quotations: bool,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], int]:
    """Return the rows of pairs that share enough k-grams, and how much that is; and the kept k-grams past the cap.

    Copies of copies in a large family share nearly all that a sample keeps of them with all others. What tells whose
    copies they are is in a few words, so that all their k-grams are looked at; and all are linked to those that hold
    most of what is common, from which most derive.

    Parameters
    ----------
    again : int64 array
        Rows of documents that are passed over.
    least : int
        K-grams that a pair must share, if eight documents have each.
    neighbours : int
        To how many that follow it by age, and to how many of the oldest, a document is linked past the cap.
    quotations : bool
        Whether a k-gram of the view ``quotation`` suffices that few have.
    """
    order = _by_age(documents)
    age = np.empty(len(order), np.int32)
    age[order] = np.arange(len(order))
    age[again] = -1
    postings = _Postings.of(fingerprints, documents.column("doc"), age)
    keys, least = postings.keys(COUNTED), least * ENOUGH
    found, cut = meet(keys, len(order), facts.cap, neighbours, least, engine)
    met = [found]
    balance, crowded = np.zeros(len(order), np.int64), np.zeros(len(order), np.bool_)
    weigh_crowds(keys, postings.bits, facts.cap, balance, crowded)
    large = order[crowded & (balance >= 0)]
    if len(large):
        texts = documents.select(["text"]).append_column("number", pa.array(age)).take(np.sort(large))
        whole = pack(engine.map(all_grams, texts), postings.bits)
        central = _by_centre(whole, postings.bits, documents, order)
        whole = _renumbered(whole[: shared_keys(whole, postings.bits)], postings.bits, central)
        linked, _ = meet(whole, len(order), CLOSER * facts.cap, neighbours, least, engine)
        met.append(_numbered_as_before(linked, central))
    if quotations:
        met.append(meet(postings.keys(("quotation",)), len(order), FEW, 0, 1, engine)[0])
    if len(met) > 1:
        added = pa.concat_tables(met).group_by(["older", "younger"], use_threads=False).aggregate([("weight", "sum")])
        found = added.rename_columns(LINKED.names)
    older, younger = (order[found.column(side).to_numpy()] for side in ("older", "younger"))
    return np.minimum(older, younger), np.maximum(older, younger), found.column("weight").to_numpy(), cut


def all_grams(part: pa.Table) -> pa.Table:
    """Return all k-grams over all words of some documents, ``hash`` and ``number``.

    Parameters
    ----------
    part : pyarrow.Table
        Columns ``text`` and ``number``, int32 or int64.
    """
    numbers = part.schema.field("number").type
    schema = pa.schema([("hash", pa.uint64()), ("number", numbers)])
    found = [schema.empty_table()]
    for batch in text_slices(part, CACHED):
        grams = surface_grams(read_keys(batch.column("text")))
        sizes = np.diff(grams.first)
        whole = np.arange(len(grams.hash)) + N <= np.repeat(grams.first[1:], sizes)
        number = np.repeat(batch.column("number").to_numpy(), sizes)
        found.append(pa.table([grams.hash[whole], number[whole]], schema=schema))
    return pa.concat_tables(found)


def pack(grams: pa.Table, bits: int) -> NDArray[np.uint64]:
    """Return k-grams, ascending, with the numbers of their documents in the lowest ``bits`` of their hashes."""
    low = np.uint64((1 << bits) - 1)
    keys: NDArray[np.uint64] = grams.column("hash").to_numpy() & ~low
    keys |= grams.column("number").to_numpy().astype(np.uint64)
    keys.sort()
    return keys


@dataclass(frozen=True)
class _Postings:
    """Kept k-grams as flat arrays: hash, view, document as a number, and the age of each document."""

    hash: NDArray[np.uint64]
    view: NDArray[np.int8]
    document: NDArray[np.int32]
    views: list[str]
    age: NDArray[np.int32]
    bits: int

    @classmethod
    def of(cls, fingerprints: pa.Table, docs: pa.ChunkedArray, age: NDArray[np.int32]) -> _Postings:
        """Take a table apart; documents that are not among ``docs`` have an age of -1."""
        doc, view = (fingerprints.column(name).combine_chunks() for name in ("doc", "view"))
        row = pc.fill_null(pc.index_in(doc.dictionary, docs.combine_chunks()), -1).to_numpy()
        return cls(
            fingerprints.column("hash").to_numpy(),
            view.indices.to_numpy(),
            doc.indices.to_numpy(),
            view.dictionary.to_pylist(),
            np.where(row < 0, -1, age[row]).astype(np.int32),
            max(1, len(age).bit_length()),
        )

    def keys(self, views: tuple[str, ...]) -> NDArray[np.uint64]:
        """Return the hashes of some views that several documents share, ascending, each packed with its document."""
        wanted = np.array([view in views for view in self.views] or [False])
        keys = np.empty(len(self.hash) + 1, np.uint64)
        keys = keys[: pack_postings(self.hash, self.document, self.age, self.view, wanted, self.bits, keys)]
        keys.sort()
        return keys[: shared_keys(keys, self.bits)]


def meet(
    keys: NDArray[np.uint64], documents: int, cap: int, neighbours: int, least: int, engine: Engine
) -> tuple[pa.Table, int]:
    """Return pairs whose links weigh enough, and how many k-grams are past the cap."""
    bits = max(1, documents.bit_length())
    blocks, cut = cut_links(keys, bits, documents, cap, neighbours)
    return engine.map(link_part, blocks, engine.broadcast(keys), bits, cap, neighbours, least), cut


def cut_links(keys: NDArray[np.uint64], bits: int, documents: int, cap: int, neighbours: int) -> tuple[pa.Table, int]:
    """Return blocks of older documents, as many as have some million links, and how many k-grams are past the cap."""
    links = np.zeros(documents, np.int64)
    cut = count_links(keys, bits, cap, neighbours, links)
    before = np.cumsum(links) - links
    edges = np.flatnonzero(np.diff(before // LINKS_AT_ONCE, prepend=-1))
    sizes = np.add.reduceat(links, edges) if len(edges) else links
    return pa.table([edges, np.append(edges[1:], documents)[: len(edges)], sizes], schema=BLOCKS), int(cut)


def _by_centre(keys: NDArray[np.uint64], bits: int, documents: pa.Table, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of the documents by date, and of one date those first that are nearest to what most have.

    Parameters
    ----------
    keys : uint64 array
        K-grams, packed with the numbers of their documents: places in ``order``.
    order : int64 array
        The rows of the documents by age.
    """
    known = pa.table([schemas.dated(documents).take(order), common_share(keys, bits, len(order))], ["date", "share"])
    ranked = pc.sort_indices(known, [("date", "ascending"), ("share", "descending")])
    numbers: NDArray[np.int64] = ranked.to_numpy().astype(np.int64)
    return numbers


def _renumbered(keys: NDArray[np.uint64], bits: int, numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return keys, ascending, whose documents are called after their places in ``numbers``."""
    place = np.empty(len(numbers), np.uint64)
    place[numbers] = np.arange(len(numbers), dtype=np.uint64)
    low = np.uint64((1 << bits) - 1)
    turned: NDArray[np.uint64] = (keys & ~low) | place[(keys & low).astype(np.int64)]
    turned.sort()
    return turned


def _numbered_as_before(linked: pa.Table, numbers: NDArray[np.int64]) -> pa.Table:
    """Return links of documents that were renumbered by their numbers."""
    one, other = (numbers[linked.column(side).to_numpy()].astype(np.int32) for side in ("older", "younger"))
    return pa.table([np.minimum(one, other), np.maximum(one, other), linked.column("weight")], schema=LINKED)


def link_part(part: pa.Table, keys: NDArray[np.uint64], bits: int, cap: int, neighbours: int, least: int) -> pa.Table:
    """Link the documents of some blocks with younger ones."""
    tables = [LINKED.empty_table()]
    for block in part.to_pylist():
        pairs = np.empty(block["links"], np.uint64)
        link_documents(keys, bits, cap, neighbours, block["start"], block["stop"], pairs)
        pairs.sort()
        weight = np.empty(len(pairs), np.int64)
        count = tally(pairs, least, weight)
        older, younger = pairs[:count] >> np.uint64(30), pairs[:count] & np.uint64(2**30 - 1)
        tables.append(pa.table([older.astype(np.int32), younger.astype(np.int32), weight[:count]], schema=LINKED))
    return pa.concat_tables(tables)


def _by_age(documents: pa.Table) -> NDArray[np.int64]:
    """Return the rows, the earliest dated first; of equals the longest text in bytes, then the smallest id."""
    known = pa.table([schemas.dated(documents), pc.binary_length(documents.column("text"))], ["date", "length"])
    order = [("date", "ascending"), ("length", "descending")]  # a stable sort, and rows stand by their ids
    rows: NDArray[np.int64] = pc.sort_indices(known, order).to_numpy().astype(np.int64)
    return rows
