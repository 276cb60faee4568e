"""From the bytes of a file to placed rows, whatever the file is, and whatever is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers import FORMATS, JSON_LINES, Format, find_format
from stemmata.readers.archives import Allowance, Entry, unpack
from stemmata.readers.called import Called
from stemmata.readers.crawls import packing_of, read_crawl
from stemmata.readers.faults import fault
from stemmata.readers.files import read_bytes
from stemmata.readers.isolation import Reading, read_isolated
from stemmata.readers.jsonlines import settle_lines
from stemmata.readers.limits import Limits
from stemmata.readers.lines import BLOCK_BYTES, Lines, blocks
from stemmata.readers.packed import bare, codec_of, holds_json_lines, unpack_stream, unpack_whole
from stemmata.readers.places import PLACED, Address, place, skip
from stemmata.readers.unpacking import find_entries
from stemmata.readers.zip import looks_like_zip

LINES = next(kind for kind in FORMATS if kind.media_type == JSON_LINES)
BLOCK_OF_LINES = replace(  # which a thread reads in less time than it takes to hand it to a process and back
    LINES, isolated_from=2 * BLOCK_BYTES + 1
)
MANY_LINES = 100_000  # of so few letters each that they are no texts; each that is no object takes its time


def read_file(path: str | bytes, at: Address, limits: Limits, run: Reading) -> Iterator[pa.Table]:
    """Yield what a file holds, in the schema ``places.PLACED``; no rows where it cannot be read, and why.

    Parameters
    ----------
    path : str or bytes
        Where it lies.
    at : Address
        The place that its rows say they come from.
    limits : Limits
        What its reader stops at.
    run : Reading
        Once it is over, no further file of an archive is read.
    """
    try:
        data = read_bytes(path, limits.bytes)
    except SourceError as error:
        yield skip(at.uri, error)
        return
    yield from _read(data, at, limits, Allowance.of(len(data), limits), run)


def place_lines(
    lines: Iterable[Lines | SourceError],
    at: Address,
    limits: Limits,
    encoding: str = "utf-8",
    called: Called | None = None,
) -> Iterator[pa.Table]:
    """Yield the rows of JSON Lines that come some at a time, in the schema ``places.PLACED``.

    What their columns are is told by the first of them, unless the caller has ``called`` them.

    Raises
    ------
    SourceError
        Several columns may hold the texts.
    """
    notes: list[dict[str, object]] = []
    for some in lines:
        if isinstance(some, SourceError):
            yield skip(at.uri + some.where, some)
        elif some.data and not some.data.isspace():
            if called is None:
                called, notes = settle_lines(some.data.split(b"\n"), limits.called)
            try:
                kind = LINES if some.data.count(b"\n") > MANY_LINES else BLOCK_OF_LINES
                rows = read_as(kind, some.data, limits, first=some.first, encoding=encoding, called=called)
                yield place(schemas.remark(rows, notes=notes), JSON_LINES, at)
                notes = []
            except SourceError as error:
                last = some.first + some.data.rstrip().count(b"\n")
                what = f"lines {some.first:,} to {last:,} are not read: {error.what}"
                yield skip(f"{at.uri}#{some.first}", SourceError(what, mend=error.mend))


def read_as(kind: Format, data: bytes, limits: Limits, **keywords: object) -> pa.Table:
    """Return what the reader of a format returns, held to the limits.

    Raises
    ------
    SourceError
        The reader refuses the bytes, or fails; or, in a process of its own, crashes or takes too long.
    """
    bounds = {name: getattr(limits, name) for name in kind.bounded}
    if kind.tabular and limits.called and not keywords.get("about") and "called" not in keywords:
        bounds["called"] = dict(limits.called)
    if len(data) >= kind.isolated_from:
        return read_isolated(kind.read, data, seconds=limits.seconds, **bounds, **keywords)
    try:
        return kind.read(data, **bounds, **keywords)
    except Exception as error:  # in a worker, too, a fault in a reader is one file's
        raise fault(error) from error


def _read(data: bytes, at: Address, limits: Limits, allowance: Allowance, run: Reading) -> Iterator[pa.Table]:
    """Yield the rows of a file, whatever it is.

    What is packed as an archive is, or compressed, and yet is a format of its own (web archives, office documents), is
    told before the archives.
    """
    try:
        codec = codec_of(data)
        if packing := packing_of(data):
            yield from read_crawl(data, packing, at, limits, run, allowance.spend)
        elif codec and holds_json_lines(pa.BufferReader(data), codec, at.name):
            chunks = unpack_stream(pa.BufferReader(data), codec, limits, allowance.spend)
            yield from place_lines(blocks(chunks, limits.bytes), at, limits)
        elif not _is_document(data, at.name) and (entries := find_entries(data, limits, allowance)) is not None:
            with allowance.deeper(limits):
                yield from _read_archive(entries, at, limits, allowance, run)
        elif codec:
            with allowance.deeper(limits):
                held, notes = unpack_whole(data, codec, limits, allowance)
                yield schemas.remark(PLACED.empty_table(), notes=notes)
                within = at.within(bare(PurePosixPath(at.member or at.name).name))
                yield from _read(held, within, limits, allowance, run)
        else:
            kind = find_format(data, at.name)
            yield place(read_as(kind, data, limits), kind.media_type, at)
    except Exception as error:
        yield skip(at.uri, fault(error))


def _is_document(data: bytes, name: str) -> bool:
    return looks_like_zip(data) and find_format(data, name).packed


def _read_archive(
    entries: Iterable[Entry], at: Address, limits: Limits, allowance: Allowance, run: Reading
) -> Iterator[pa.Table]:
    members, notes = unpack(entries, limits, allowance)
    skipped: list[dict[str, str]] = []  # in one go: there may be a hundred thousand
    for name, held in members:
        if run.over:
            break
        where = at.of(name) if name else at
        if where.uri == limits.apart:
            continue
        if isinstance(held, SourceError):
            skipped.append({"uri": where.uri, "reason": held.what, "mend": held.mend})
        else:
            yield from _read(held, where, limits, allowance, run)
    yield schemas.remark(PLACED.empty_table(), skipped=skipped, notes=notes)
