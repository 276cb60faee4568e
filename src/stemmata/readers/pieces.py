"""Files as they are read: small ones whole, large tables in pieces that are bounded by their bytes.

What the pieces are depends on the file alone: neither the number of workers nor the memory changes a row.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemmata import schemas
from stemmata.engines import Engine
from stemmata.errors import SourceError
from stemmata.readers.contents import place_lines, read_file
from stemmata.readers.crawls import GZIP, find_records, packing_of, place_records, refuse_pageless
from stemmata.readers.cuts import BLOCKS, cut_members
from stemmata.readers.encoding import decode
from stemmata.readers.faults import fault
from stemmata.readers.files import explained
from stemmata.readers.groups import list_groups, read_batches, read_groups, settled_in
from stemmata.readers.guessing import SAMPLED_BYTES, Settled
from stemmata.readers.isolation import Reading, read_isolated, stream_isolated
from stemmata.readers.jsonlines import settle_lines
from stemmata.readers.limits import Limits
from stemmata.readers.lines import BLOCK_BYTES, Piece, Survey, blocks, cut, first_lines, read_blocks, size_of, survey
from stemmata.readers.packed import codec_of, unpack_stream
from stemmata.readers.piecemeal import ARROW, CRAWL, HEAD_BYTES, LINES, PACKED, PARQUET, form_of
from stemmata.readers.places import PLACED, Address, no_rows, place, skip
from stemmata.readers.walking import FILES

PIECES = pa.schema(
    [
        *FILES,  # of which the size is that of the piece
        ("form", pa.string()),  # null: the file is read whole
        ("begin", pa.int64()),  # of bytes, or of row groups
        ("end", pa.int64()),
        ("first", pa.int64()),  # the number of the first line or row
        ("encoding", pa.string()),
        ("called", pa.string()),  # what its columns are, as JSON: all pieces of a file are read alike
        ("said", pa.string()),  # of the first piece: notes on that, as JSON
        ("held", pa.int64()),  # bytes that are in memory at a time
    ]
)
SURVEYS = pa.schema([("ends", pa.int64()), ("last", pa.int64()), ("valid", pa.bool_())])
Row: TypeAlias = "dict[str, Any]"
GROUPS_BYTES = 8 * BLOCK_BYTES  # of row groups that are read in one go: more of them would only wait for each other


class Pieces(NamedTuple):
    """Pieces of files, in the schema ``PIECES``, those of one file in order."""

    rows: pa.Table

    @property
    def sizes(self) -> npt.NDArray[np.int64]:
        """How many bytes each has on disk."""
        return _numbers(self.rows, "size")

    @property
    def held(self) -> npt.NDArray[np.int64]:
        """How many bytes of each are in memory at a time."""
        return _numbers(self.rows, "held")


def find_pieces(files: pa.Table, limits: Limits, engine: Engine) -> Pieces:
    """Return what is to be read of files, one after another.

    JSON Lines are cut at line ends, and their lines are counted beforehand; Parquet is cut between row groups, web
    archives between their gzip members. Arrow data, other web archives and compressed JSON Lines are one piece, which
    is read as a stream. A file at an address is one piece as well: it is not fetched to be cut.

    Parameters
    ----------
    files : pyarrow.Table
        In the schema ``walking.FILES``.

    Returns
    -------
    Pieces
        Files that turn out to be damaged travel with the table as skipped.
    """
    rows = [_whole(file, limits) for file in files.to_pylist()]
    here = [row for row in rows if row["address"] is None]
    large = [row for row in here if row["size"] > min(BLOCK_BYTES, limits.bytes)]
    if not large:
        return Pieces(pa.Table.from_pylist(rows, schema=PIECES))
    opened = engine.map(_open, pa.Table.from_pylist(large, schema=PIECES), limits)
    found: dict[bytes, list[Row]] = {row["path"]: [] for row in large}
    for row in opened.to_pylist():
        found[row["path"]].append(row)
    unsettled = _cut_lines(found, limits, engine)
    _cut_crawls(found, limits, engine)
    listed = [piece for row in rows for piece in found.get(row["path"], [row])]
    skipped = [*schemas.remarks([opened], "skipped").to_pylist(), *unsettled]
    return Pieces(schemas.remark(pa.Table.from_pylist(listed, schema=PIECES), skipped=skipped))


def read_piece(row: Mapping[str, Any], at: Address, limits: Limits, run: Reading) -> Iterator[pa.Table]:
    """Yield the rows of a piece, in the schema ``places.PLACED``.

    Parameters
    ----------
    row : mapping
        A row of ``PIECES``, of a file of this machine.
    at : Address
        The place that its rows say they come from.
    """
    path, form = row["path"], row["form"]
    if row["said"]:
        yield schemas.remark(PLACED.empty_table(), notes=json.loads(row["said"]))
    if form is None:
        yield from read_file(path, at, limits, run)
        return
    try:
        if form == LINES:
            lines = read_blocks(path, Piece(row["begin"], row["end"], row["first"]), limits.bytes)
            yield from place_lines(lines, at, limits, row["encoding"], json.loads(row["called"]))
        elif form == PACKED:
            with pa.OSFile(os.fsdecode(path)) as raw:
                yield from place_lines(blocks(unpack_stream(raw, row["encoding"], limits), limits.bytes), at, limits)
        elif form == CRAWL:
            with open(path, "rb") as crawl:
                records = find_records(crawl, row["encoding"], limits, row["begin"], row["end"])
                tables = place_records(records, at, limits, run)
                whole = row["begin"] == 0 and row["end"] >= size_of(path)
                yield from refuse_pageless(tables, at) if whole else tables
        else:
            yield from _stream(row, at, limits)
    except SourceError as error:
        yield skip(at.uri, error)
    except OSError as error:
        yield skip(at.uri, explained(error, path) if error.strerror else fault(error))
    except Exception as error:
        yield skip(at.uri, fault(error))


def _stream(row: Mapping[str, Any], at: Address, limits: Limits) -> Iterator[pa.Table]:
    reader: Callable[..., Iterator[pa.Table]] = read_batches
    media_type, keywords = "application/vnd.apache.arrow.file", {"limit": limits.bytes, "called": dict(limits.called)}
    if row["form"] == PARQUET:
        reader, media_type = read_groups, "application/vnd.apache.parquet"
        keywords |= {"begin": row["begin"], "end": row["end"], "row": row["first"], "called": json.loads(row["called"])}
    came = False
    for rows in stream_isolated(reader, row["path"], seconds=limits.seconds, **keywords):
        if rows.num_rows or rows.schema.metadata:
            came = True
            yield place(rows, media_type, at)
    if row["form"] == ARROW and not came:
        yield skip(at.uri, no_rows())


def _numbers(rows: pa.Table, column: str) -> npt.NDArray[np.int64]:
    numbers: npt.NDArray[np.int64] = rows.column(column).to_numpy().astype(np.int64)
    return numbers


def _whole(file: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """Return a file as one piece; of what is fetched, and can be read in pieces then, few bytes are in memory."""
    apart = file["address"] is not None and file["size"] > limits.bytes
    return {**file, "held": BLOCK_BYTES if apart else file["size"]}


def _open(files: pa.Table, limits: Limits) -> pa.Table:
    """Return the pieces of large files but for the lines of JSON Lines, which are yet one."""
    rows, skipped = list[Row](), list[Row]()
    for file in files.to_pylist():
        rows += _tried(partial(_opened, file, limits), file, skipped)
    return schemas.remark(pa.Table.from_pylist(rows, schema=PIECES), skipped=skipped)


def _tried(find: Callable[[], list[Row]], file: Row, skipped: list[Row]) -> list[Row]:
    """Return the pieces of a file, none of one that is skipped; where it cannot be opened, who reads it says why."""
    try:
        return find()
    except Exception as error:
        if isinstance(error, OSError) and not isinstance(error, SourceError):
            return [{**file, "form": None, "held": file["size"]}]
        reason = fault(error)
    skipped.append({"uri": file["uri"], "reason": reason.what, "mend": reason.mend})
    return []


def _opened(file: Row, limits: Limits) -> list[Row]:
    path, streamed = file["path"], min(file["size"], BLOCK_BYTES)
    with open(path, "rb") as opened:
        head = opened.read(HEAD_BYTES)
    form = form_of(head, file["name"])
    if form == PARQUET:
        return _grouped(file, read_isolated(list_groups, path, seconds=limits.seconds, called=dict(limits.called)))
    if form == CRAWL:
        file = {**file, "begin": 0, "end": file["size"], "encoding": packing_of(head), "held": streamed}
    elif form == PACKED:
        file = {**file, "encoding": codec_of(head), "held": streamed}
    elif form == ARROW:
        file = {**file, "held": streamed}
    return [{**file, "form": form}]


def _grouped(file: Row, groups: pa.Table) -> list[Row]:
    """Return pieces of a Parquet file, of as many row groups as have some bytes."""
    rows, sizes = (groups.column(name).to_pylist() for name in groups.column_names)
    if not sum(rows):
        raise no_rows()
    pieces: list[Row] = []
    begin = held = 0
    for end, size in enumerate(sizes, 1):
        held += size
        if held >= GROUPS_BYTES or end == len(sizes):
            part = file["size"] * held // max(1, sum(sizes))  # of the file, about as much as of what is in it
            first = 1 + sum(rows[:begin])
            place = {"begin": begin, "end": end, "first": first, "size": part, "held": min(held, BLOCK_BYTES)}
            pieces.append({**file, "form": PARQUET, **place})
            begin, held = end, 0
    return _settled(pieces, settled_in(groups))


def _settled(pieces: list[Row], settled: Settled) -> list[Row]:
    """Return the pieces of a file with what its columns are; what was guessed of them is told with the first."""
    said = json.dumps(settled.notes)
    return [
        {**piece, "called": json.dumps(settled.called), "said": None if number else said}
        for number, piece in enumerate(pieces)
    ]


def _cut_lines(found: dict[bytes, list[Row]], limits: Limits, engine: Engine) -> list[Row]:
    """Put the pieces of JSON Lines where the files stand, and return which are skipped."""
    skipped: list[Row] = []
    lines = {path: rows[0] for path, rows in found.items() if rows and rows[0]["form"] == LINES}
    blocks = [
        {"path": path, "begin": begin, "end": min(begin + BLOCK_BYTES, row["size"])}
        for path, row in lines.items()
        for begin in range(0, row["size"], BLOCK_BYTES)
    ]
    if not blocks:
        return skipped
    sizes = np.array([block["end"] - block["begin"] for block in blocks], np.int64)
    surveyed = engine.map(_survey, pa.Table.from_pylist(blocks, schema=BLOCKS), weights=sizes).to_pylist()
    seen: dict[bytes, list[Survey]] = {path: [] for path in lines}
    for block, one in zip(blocks, surveyed, strict=True):
        seen[block["path"]].append(Survey(**one))
    for path, surveys in seen.items():
        found[path] = _tried(partial(_lined, lines[path], surveys, limits), lines[path], skipped)
    return skipped


def _lined(row: Row, surveys: list[Survey], limits: Limits) -> list[Row]:
    """Return the pieces of JSON Lines."""
    path, encoding = row["path"], "utf-8"
    odd = next((number for number, one in enumerate(surveys) if not one.valid), None)
    if odd is not None:
        if row["size"] <= limits.bytes:
            return [{**row, "form": None, "held": row["size"]}]  # its encoding is guessed from all of it
        with open(path, "rb") as file:
            file.seek(odd * BLOCK_BYTES)
            encoding = decode(file.read(BLOCK_BYTES)).encoding
    settled = settle_lines(first_lines(path, SAMPLED_BYTES, limits.bytes), limits.called)
    pieces = [
        {**row, **piece._asdict(), "encoding": encoding, "size": size, "held": size}
        for piece in cut(surveys, row["size"])
        for size in [piece.end - piece.begin]
    ]
    return _settled(pieces, settled)


def _cut_crawls(found: dict[bytes, list[Row]], limits: Limits, engine: Engine) -> None:
    """Put the pieces of web archives of many members where the files stand."""
    firsts = {path: rows[0] for path, rows in found.items() if rows}
    crawls = {path: row for path, row in firsts.items() if row["form"] == CRAWL and row["encoding"] == GZIP}
    for path, spans in cut_members({path: row["size"] for path, row in crawls.items()}, limits.ratio, engine).items():
        found[path] = [
            {**crawls[path], "begin": begin, "end": end, "size": end - begin, "held": min(end - begin, BLOCK_BYTES)}
            for begin, end in spans
        ]


def _survey(part: pa.Table) -> pa.Table:
    rows = []
    for block in part.to_pylist():
        try:
            rows.append(survey(**block)._asdict())
        except OSError:  # it is gone; so will those see who read it
            rows.append(Survey(0, -1, True)._asdict())
    return pa.Table.from_pylist(rows, schema=SURVEYS)
