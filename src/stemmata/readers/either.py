"""Files that are named as text and begin as JSON does: JSON if all of it is, else the text that they are."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from stemmata.readers.called import ITSELF, Called
from stemmata.readers.encoding import decode
from stemmata.readers.jsonarray import read_json
from stemmata.readers.jsonlines import read_json_lines
from stemmata.readers.markdown import read_markdown
from stemmata.readers.plain import read_plain

TEXTS = (".txt", ".text")  # names of what may begin as JSON does, and go on as text
MARKDOWN = (".md", ".markdown")
NOTHING = object()


def read_either(data: bytes, *, about: bool = False, called: Called = ITSELF) -> pa.Table:
    """Return the rows of JSON Lines, or of JSON in one piece; else the text as one row.

    Where the rows are ``about`` documents, it is JSON in any case.

    Raises
    ------
    SourceError
        The bytes are binary, or JSON in which no object has a ``text``.
    """
    rows = _rows_of(data, about, called)
    return read_plain(data) if rows is None else rows


def read_either_markdown(data: bytes, *, about: bool = False, called: Called = ITSELF) -> pa.Table:
    """Return the rows of JSON as :func:`read_either` does; else the text of Markdown as one row."""
    rows = _rows_of(data, about, called)
    return read_markdown(data) if rows is None else rows


def _rows_of(data: bytes, about: bool, called: Called) -> pa.Table | None:
    text = decode(data).text
    if all(isinstance(_value(line), dict) for line in text.split("\n") if line.strip()):
        return _typed(read_json_lines(data, about=about, called=called), "application/x-ndjson")
    if about or _value(text) is not NOTHING:
        return _typed(read_json(data, about=about, called=called), "application/json")
    return None


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (RecursionError, ValueError):
        return NOTHING


def _typed(rows: pa.Table, media_type: str) -> pa.Table:
    """Return the rows with a media type, where they have none of their own."""
    if "media_type" not in rows.column_names:  # rows about documents
        return rows
    column = pa.array([own or media_type for own in rows["media_type"].to_pylist()], pa.string())
    return rows.set_column(rows.column_names.index("media_type"), "media_type", column)
