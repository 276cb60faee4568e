"""The rows of pieces of files, one after another; what lies at an address is fetched first, and is gone after."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.engines import LocalEngine
from stemmata.readers.faults import fault
from stemmata.readers.files import refuse_large
from stemmata.readers.isolation import Reading
from stemmata.readers.limits import Limits
from stemmata.readers.piecemeal import HEAD_BYTES, form_of
from stemmata.readers.pieces import find_pieces, read_piece
from stemmata.readers.places import PLACED, Address, skip
from stemmata.readers.walking import FILES


def read_pieces(pieces: pa.Table, limits: Limits, run: Reading) -> Iterator[pa.Table]:
    """Yield the rows of pieces, in the schema ``places.PLACED``, until nobody waits for them.

    After Ctrl-C, the threads of a notebook would live on.
    """
    yield PLACED.empty_table()
    for row in pieces.to_pylist():
        if run.over:
            return
        at = Address(**{name: row[name] for name in Address._fields if name in row})
        read = read_piece if row["address"] is None else _read_fetched
        for table in read(row, at, limits, run):
            yield table
            if run.over:
                return


def read_copy(path: str, at: Address, limits: Limits, run: Reading) -> Iterator[pa.Table]:
    """Yield the rows of a file that lies here for a while, as of the place where it belongs."""
    here = {"path": os.fsencode(path), "size": os.path.getsize(path), "address": None}
    file = pa.Table.from_pylist([{**at._asdict(), **here}], schema=FILES)
    pieces = find_pieces(file, limits, LocalEngine(workers=1, parts=1)).rows
    yield schemas.remark(PLACED.empty_table(), skipped=schemas.remarks([pieces], "skipped").to_pylist())
    for piece in pieces.to_pylist():
        yield from read_piece(piece, at, limits, run)


def _read_fetched(row: Mapping[str, Any], at: Address, limits: Limits, run: Reading) -> Iterator[pa.Table]:
    """Yield the rows of a file at an address.

    One thread fetches it and reads all of its pieces, so that no more files lie here at a time than threads read.
    """
    from stemmata.readers.fetching import fetched, first_bytes, refuse_room

    address, size = row["address"], row["size"]
    try:
        if size > limits.bytes and form_of(first_bytes(address, HEAD_BYTES), row["name"]) is None:
            refuse_large(size, limits.bytes)
        refuse_room(size)
        with fetched(address, max(size, limits.bytes), lambda: not run.over) as path:
            if run.over:
                return
            yield from read_copy(path, at, limits, run)
    except Exception as error:
        yield skip(at.uri, fault(error))
