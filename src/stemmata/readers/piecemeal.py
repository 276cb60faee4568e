"""Formats whose files may have any size: they are read a piece at a time."""

from __future__ import annotations

import pyarrow as pa

from stemmata.readers import JSON, JSON_LINES, find_format
from stemmata.readers.crawls import packing_of
from stemmata.readers.packed import codec_of, holds_json_lines

LINES, PACKED, PARQUET, ARROW, CRAWL = "lines", "packed", "parquet", "arrow", "crawl"
HEAD_BYTES = 1 << 20  # that tell the format of a large file
LINE_NAMES = (".jsonl", ".ndjson")


def form_of(head: bytes, name: str) -> str | None:
    """Return as what a large file is read, by how it begins and what it is called; None: whole."""
    if packing_of(head):
        return CRAWL
    if codec := codec_of(head):
        return PACKED if holds_json_lines(pa.BufferReader(head), codec, name) else None
    media_type = find_format(head, name).media_type
    if media_type.endswith("parquet"):
        return PARQUET
    if media_type.endswith("arrow.file"):
        return ARROW
    begun = media_type in JSON and b"\n" not in head and name.lower().endswith(LINE_NAMES)
    if (media_type == JSON_LINES or begun) and b"\0" not in head:  # NULs: in UTF-16 lines are not cut so
        return LINES
    return None
