"""From the bytes of a file to placed rows, whatever the file is, and whatever is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers import FORMATS, JSON_LINES, Format, find_format
from stemmata.readers.archives import Allowance, Exhausted, looks_like_zip, unpack
from stemmata.readers.crawls import packing_of, read_crawl
from stemmata.readers.files import read_bytes
from stemmata.readers.isolation import Reading, read_isolated
from stemmata.readers.limits import Limits
from stemmata.readers.lines import BLOCK_BYTES, Lines, blocks
from stemmata.readers.packed import codec_of, holds_json_lines, unpack_stream
from stemmata.readers.places import PLACED, Address, place, skip

BLOCK_OF_LINES = replace(  # which a thread reads in less time than it takes to hand it to a process and back
    next(kind for kind in FORMATS if kind.media_type == JSON_LINES), isolated_from=2 * BLOCK_BYTES + 1
)


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
    lines: Iterable[Lines | SourceError], at: Address, limits: Limits, encoding: str = "utf-8"
) -> Iterator[pa.Table]:
    """Yield the rows of JSON Lines that come some at a time, in the schema ``places.PLACED``."""
    for some in lines:
        if isinstance(some, SourceError):
            yield skip(at.uri + some.where, some)
        elif some.data.strip():
            try:
                rows = read_as(BLOCK_OF_LINES, some.data, limits, first=some.first, encoding=encoding)
                yield place(rows, JSON_LINES, at)
            except SourceError as error:
                last = some.first + some.data.rstrip().count(b"\n")
                what = f"lines {some.first:,} to {last:,} are not read: {error.what}"
                yield skip(f"{at.uri}#{some.first}", SourceError(what, mend=error.mend))


def read_as(kind: Format, data: bytes, limits: Limits, **keywords: object) -> pa.Table:
    """Return what the reader of a format returns, held to the limits.

    Raises
    ------
    SourceError
        The reader refuses the bytes; or, in a process of its own, crashes or takes too long.
    """
    bounds = {name: getattr(limits, name) for name in kind.bounded}
    if kind.tabular and limits.called and not keywords.get("about"):
        bounds["called"] = dict(limits.called)
    if len(data) >= kind.isolated_from:
        return read_isolated(kind.read, data, seconds=limits.seconds, **bounds, **keywords)
    return kind.read(data, **bounds, **keywords)


def _read(data: bytes, at: Address, limits: Limits, allowance: Allowance, run: Reading) -> Iterator[pa.Table]:
    try:
        if looks_like_zip(data):
            yield from _read_archive(data, at, limits, allowance, run)
        elif packing := packing_of(data):
            yield from read_crawl(data, packing, at, limits, run, allowance.spend)
        elif (codec := codec_of(data)) and holds_json_lines(pa.BufferReader(data), codec, at.uri):
            chunks = unpack_stream(pa.BufferReader(data), codec, limits, allowance.spend)
            yield from place_lines(blocks(chunks, limits.bytes), at, limits)
        else:
            kind = find_format(data, at.uri)
            yield place(read_as(kind, data, limits), kind.media_type, at)
    except SourceError as error:
        yield skip(at.uri, error)
    except Exhausted as spent:
        what, mend = f"it {spent.does}: the rest of it is not read.", f"give it by itself, or raise {spent.options}."
        yield skip(at.uri, SourceError(what, mend=mend))


def _read_archive(data: bytes, at: Address, limits: Limits, allowance: Allowance, run: Reading) -> Iterator[pa.Table]:
    if allowance.levels < 0:
        mend = "unpack it and give the folder, or raise the limit (in Python, limit_depth)."
        raise SourceError(f"it is an archive that lies over {limits.levels} archives deep.", mend=mend)
    members, notes = unpack(data, limits, allowance)
    allowance.levels -= 1
    yield schemas.remark(PLACED.empty_table(), notes=notes)
    for name, held in members:
        if run.over:
            break
        where = at.of(name) if name else at
        if isinstance(held, SourceError):
            yield skip(where.uri, held)
        else:
            yield from _read(held, where, limits, allowance, run)
    allowance.levels += 1
