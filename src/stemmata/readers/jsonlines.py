"""JSON Lines, also called NDJSON: each line is an object, each object a document."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.readers.called import ITSELF, TYPES, Called, called_for, needed_columns
from stemmata.readers.columns import settle_records, take_columns, take_records
from stemmata.readers.encoding import decode, decode_part, glance
from stemmata.readers.files import arrows_own, as_utf8
from stemmata.readers.guessing import SAMPLED, SAMPLED_BYTES, Settled, is_settled
from stemmata.readers.headings import plain_keys
from stemmata.readers.objects import read_objects
from stemmata.readers.places import Unread

OBJECT = re.compile(r'\s*\{\s*("([^"\\]|\\.)*"\s*:|\})')
BLOCK_BYTES = 1 << 20  # what one thread parses at a time, if no line is longer
FEWEST_BYTES = 1 << 18  # of a part of a file, for the kernel: with less it is not worth loading
MOST_BYTES = 4 << 20  # more is read in a worker process, which would load it for itself


def looks_like_json_lines(data: bytes) -> bool:
    """Tell whether the first line is an object, from its first name to its last brace."""
    if not OBJECT.match(glance(data)):
        return False
    start = data.index(b"{")
    end = data.find(b"\n", start)
    return data[start : end if end > 0 else len(data)].rstrip(b"\0\t\r ").endswith(b"}")


def read_json_lines(
    data: bytes, *, about: bool = False, called: Called = ITSELF, first: int = 1, encoding: str | None = None
) -> pa.Table:
    """Return a row for each line that is an object; the others are remarked on as skipped.

    Lines are counted from ``first``, blank ones too. The encoding is told by the bytes, but for those of a part of a
    file.

    Raises
    ------
    SourceError
        The bytes are binary or too many, or no object has a ``text``.
    """
    if encoding == "utf-8" and FEWEST_BYTES <= len(data) <= MOST_BYTES and not about:
        bare = data.removeprefix(BOM_UTF8)
        settled = Settled(dict(called), []) if is_settled(called) else settle_lines(bare.split(b"\n"), called)
        plain = read_objects(bare, first, settled.called)
        if plain is not None:
            return schemas.remark(plain, notes=settled.notes)
    decoded = decode(data) if encoding is None else decode_part(data, encoding)
    lines = dict(enumerate(as_utf8(decoded.text).split(b"\n"), first))
    rows = [number for number, line in lines.items() if line.strip()]
    settled = Settled(dict(called), []) if about else settle_lines(lines.values(), called)
    table = None if about else _at_once(lines, rows, settled.called)
    table = table or _one_by_one(lines, rows, about, settled.called)
    return schemas.remark(table, notes=[*decoded.notes, *settled.notes])


def settle_lines(lines: Iterable[bytes], called: Called) -> Settled:
    """Return what the columns of a file are, by the objects on its first lines, in UTF-8, unless that is settled."""
    if is_settled(called):
        return Settled(dict(called), [])
    records: list[Mapping[str, Any]] = []
    size = 0
    for line in lines:
        size += len(line)
        if size > SAMPLED_BYTES and size > len(line):
            break
        if not line or line.isspace():
            continue
        with suppress(RecursionError, ValueError):
            record = json.loads(line.decode("utf-8-sig", "replace"))
            records += [record] if isinstance(record, dict) else []
        if len(records) == SAMPLED:
            break
    return settle_records(records, called)


def _at_once(lines: Mapping[int, bytes], rows: Sequence[int], called: Called = ITSELF) -> pa.Table | None:
    """Return the rows if every line is an object whose values are of the types of the first's."""
    from pyarrow.json import ParseOptions, ReadOptions, read_json

    try:
        first = json.loads(lines[rows[0]])
        own = {called_for(name, called): kind for name, kind in reversed(TYPES.items())}  # of two in one the first
        schema = pa.schema([(name, _as_written(kind, first.get(name))) for name, kind in own.items()])
        table = read_json(
            arrows_own(b"\n".join(lines.values())),
            ReadOptions(block_size=max(BLOCK_BYTES, max(map(len, lines.values())) + 1)),
            ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
        )
    except (pa.ArrowException, AttributeError, LookupError, RecursionError, ValueError):
        return None
    needed = needed_columns(called).values()
    if table.num_rows != len(rows) or any(table[name].null_count == len(rows) for name in needed):
        return None  # what is nowhere may not be there at all
    return take_columns(table, rows, called=called)


def _as_written(kind: pa.DataType, value: object) -> pa.DataType:
    """Return the type under which to parse a column: dates are strings still, ids may be numbers."""
    written = pa.string() if kind == schemas.TIME else kind
    return pa.int64() if written == pa.string() and type(value) is int else written


def _one_by_one(lines: Mapping[int, bytes], rows: Sequence[int], about: bool, called: Called) -> pa.Table:
    """Return the rows, whatever they are, and say which lines are no objects."""
    records, read, unread = [], [], Unread()
    for row in rows:
        try:
            record = json.loads(lines[row])
        except json.JSONDecodeError as error:
            kind, reason = "are not JSON", f"line {row} is not JSON: {error.msg}, at column {error.colno}."
        except (RecursionError, ValueError):
            kind = "are JSON nested too deep, or with too long a number"
            reason = f"line {row} is JSON nested too deep, or with too long a number."
        else:
            if isinstance(record, dict):
                records.append(plain_keys(record) if about else record)
                read.append(row)
                continue
            kind, reason = "are JSON, but no object", f"line {row} is JSON, but no object."
        unread.add(f"#{row}", kind, reason, "make it one object on one line.")
    return schemas.remark(
        take_records(records, read, about=about, called=called, foreign=True), skipped=unread.skipped()
    )
