"""Web archives (WARC, WET, ARC), of any size: read as a stream, their records sent on to worker processes.

Files of many gzip members are cut between members, so that several workers share one file; whatever else, packed as
one piece or not at all, is one piece.
"""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, NamedTuple

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.archives import Spent
from stemmata.readers.captures import read_captures
from stemmata.readers.isolation import Reading, read_isolated
from stemmata.readers.limits import Limits
from stemmata.readers.members import MEMBER, NOWHERE, TRIED_BYTES, Members
from stemmata.readers.packed import unpack_stream, unpack_with_dictionary
from stemmata.readers.places import PLACED, Address, Unread, place, skip
from stemmata.readers.records import KEPT, WARC, Record, read_records

GZIP, ZSTD, ZSTD_WITH, PLAIN = "gzip", "zstd", "zstd with a dictionary", "plain"
FRAME, DICTIONARY = b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"
FILEDESC = b"filedesc://"
BATCH_BYTES, BATCH = 1 << 20, 64  # of records that go to a worker together
MOST_AMISS = 1_000  # places in a piece; beyond, the rest of it is not read
CHUNK_BYTES = 1 << 16
NAMED = ("request", "metadata", "warcinfo", "revisit", "continuation", "filedesc")
ABOUT = ("dns", "metadata")  # schemes of what crawlers write down of their work
LEFT = "records of web archives that are no documents, left out"
CUT = "records of web archives that the crawler cut, read as far as they go"
TOLD = ("warc-type", "content-type", "warc-target-uri", "warc-date")


class Found(NamedTuple):
    """A record, or why there is none; and what it is called in its file."""

    record: Record | SourceError
    name: str


def packing_of(head: bytes) -> str | None:
    """Return how a web archive is packed, ``plain`` where it is not; None of what is no web archive."""
    if head.startswith(DICTIONARY):
        return ZSTD_WITH
    if _begins(head):
        return PLAIN
    if head.startswith(MEMBER):
        try:
            return GZIP if _begins(zlib.decompressobj(31).decompress(head[:4096], TRIED_BYTES)) else None
        except zlib.error:
            return None
    if head.startswith(FRAME):
        try:
            with pa.CompressedInputStream(pa.BufferReader(head), ZSTD) as stream:
                return ZSTD if _begins(stream.read(TRIED_BYTES)) else None
        except (pa.ArrowException, OSError):
            return None
    return None


def _begins(data: bytes) -> bool:
    return bool(WARC.match(data.lstrip(b"\r\n"))) or data.startswith(FILEDESC)


def find_records(
    file: BinaryIO,
    packing: str,
    limits: Limits,
    begin: int = 0,
    end: int = NOWHERE,
    spend: Callable[[int], None] = lambda _: None,
) -> Iterator[Found]:
    """Yield the records of a web archive, of the members that begin between two places.

    Parameters
    ----------
    file : binary file
        Can be sought in.
    packing : str
        As :func:`packing_of` says.
    begin : int
        Where the first member begins.
    end : int
        Where no further member is begun.
    spend : callable
        Told how much was unpacked.
    """
    try:
        yield from _found(file, packing, limits, begin, end, spend)
    except Spent as spent:
        what = f"{spent.what.removesuffix('.')}: the rest of it is not read."
        yield Found(SourceError(what, mend=f"give it by itself, or raise {spent.options}."), "")


def _found(
    file: BinaryIO, packing: str, limits: Limits, begin: int, end: int, spend: Callable[[int], None]
) -> Iterator[Found]:
    if packing != GZIP:
        chunks = iter(lambda: file.read(CHUNK_BYTES), b"")
        if packing == ZSTD:
            chunks = unpack_stream(pa.PythonFile(file, "r"), ZSTD, limits)
        elif packing == ZSTD_WITH:
            chunks = unpack_with_dictionary(file, limits)
        try:
            yield from _named(_spent(chunks, spend), limits, 0)
        except Spent:
            raise
        except SourceError as error:
            yield Found(SourceError(f"from here on: {error.what}", mend=error.mend), "")
        return
    members = Members(file, begin, limits.ratio)
    while members.begins() and members.at < end:
        here = members.at
        try:
            yield from _named(_spent(members.unpack(), spend), limits, here)
        except Spent:
            raise
        except SourceError as error:
            yield Found(error, str(here))
            members.pass_on(here)


def _named(chunks: Iterator[bytes], limits: Limits, here: int) -> Iterator[Found]:
    for number, record in enumerate(read_records(chunks, limits.bytes), 1):
        own = record.where if isinstance(record, SourceError) else record.id
        yield Found(record, own or (f"{here}-{number}" if number > 1 else str(here)))


def _spent(chunks: Iterator[bytes], spend: Callable[[int], None]) -> Iterator[bytes]:
    for chunk in chunks:
        spend(len(chunk))
        yield chunk


def place_records(found: Iterator[Found], at: Address, limits: Limits, run: Reading) -> Iterator[pa.Table]:
    """Yield the documents in records, in the schema ``places.PLACED``; no ids yet, but named by their addresses."""
    unread, left = Unread(), Counter[str]()
    batch: list[tuple[Record, Address]] = []
    held = amiss = 0
    for record, name in found:
        if run.over:
            return
        uri = f"{at.uri}#{name}" if name else at.uri
        if isinstance(record, SourceError):
            unread.add(uri, "are damaged", record.what, record.mend)
            amiss += 1
            if amiss > MOST_AMISS:
                what = f"over {MOST_AMISS:,} records are damaged: from here on nothing is read."
                unread.add(at.uri, "end the reading", what, "fetch or write the archive anew.")
                break
            continue
        why = _left_out(record)
        if why:
            left[f"{LEFT}: {why}"] += 1
            continue
        left[CUT] += "warc-truncated" in record.fields
        target = record.fields.get("warc-target-uri", "").strip("<> ") or name
        batch.append((record, at.within(name)._replace(uri=uri, name=target, inside="")))
        held += len(record.data)
        if held >= BATCH_BYTES or len(batch) == BATCH:
            yield from _placed(batch, limits, unread)
            batch, held = [], 0
    yield from _placed(batch, limits, unread)
    notes = [{"stage": "documents", "what": what, "count": count} for what, count in sorted(left.items())]
    yield schemas.remark(PLACED.empty_table(), skipped=unread.skipped(at.uri), notes=notes)


def _left_out(record: Record) -> str:
    """Return what a record is that is no document; nothing of one that may be."""
    if record.type not in KEPT:
        return record.type if record.type in NAMED else "other"
    scheme = record.fields.get("warc-target-uri", "").strip("<> ").partition(":")[0].lower()
    return scheme if scheme in ABOUT else ""


def _placed(batch: list[tuple[Record, Address]], limits: Limits, unread: Unread) -> Iterator[pa.Table]:
    """Yield the documents in some records; should their reader fail on all of them, one by one."""
    if not batch:
        return
    data = b"".join(record.data for record, _ in batch)
    told = [_told(record.fields, at) for record, at in batch]
    bounds = {name: getattr(limits, name) for name in ("bytes", "ratio", "pages", "depth", "files", "profile")}
    sizes = [len(record.data) for record, _ in batch]
    try:
        rows = read_isolated(read_captures, data, seconds=limits.seconds, sizes=sizes, about=told, limits=bounds)
    except SourceError as error:
        if len(batch) > 1:
            for one in batch:
                yield from _placed([one], limits, unread)
        else:
            unread.add(batch[0][1].uri, "cannot be read", error.what, error.mend)
        return
    for row in schemas.remarks([rows], "skipped").to_pylist():
        unread.add(batch[int(row["uri"][1:])][1].uri, "cannot be read", row["reason"], row["mend"])
    notes = schemas.remarks([rows], "notes").to_pylist()
    places = [batch[number][1] for number in rows["row"].to_pylist()]
    at = rows.schema.get_field_index("row")
    rows = rows.set_column(at, rows.schema.field(at), pa.nulls(rows.num_rows, pa.int64()))
    yield place(schemas.remark(rows.replace_schema_metadata(None), notes=notes), "text/html", places)


def _told(fields: Mapping[str, str], at: Address) -> dict[str, str]:
    said = {name: fields.get(name, "") for name in TOLD}
    return said | {"warc-type": fields["warc-type"].lower(), "warc-target-uri": at.name}


def read_crawl(
    data: bytes, packing: str, at: Address, limits: Limits, run: Reading, spend: Callable[[int], None]
) -> Iterator[pa.Table]:
    """Yield the documents of a small web archive, which is at hand, in the schema ``places.PLACED``."""
    records = find_records(io.BytesIO(data), packing, limits, spend=spend)
    return refuse_pageless(place_records(records, at, limits, run), at)


def refuse_pageless(tables: Iterator[pa.Table], at: Address) -> Iterator[pa.Table]:
    """Yield the tables of a whole web archive, and where they have neither documents nor reasons, why that is so."""
    came = False
    for table in tables:
        came = came or table.num_rows > 0 or schemas.remarks([table], "skipped").num_rows > 0
        yield table
    if not came:
        what = "it is a web archive without pages or texts; what its records hold is noted."
        yield skip(at.uri, SourceError(what, mend="give one that holds what a crawler fetched."))
