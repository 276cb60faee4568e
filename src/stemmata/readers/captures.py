"""What records of web archives hold, many at a time; in a worker process, since all of it is a stranger's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers import NEVER, PLAIN, Format, find_format
from stemmata.readers.answers import Answer, body_of, charset, media_type, parse_answer
from stemmata.readers.columns import ROWS, take_records

HTTP = "application/http"
HTML = ("text/html", "application/xhtml+xml")
TEXT = ("", "text/plain", "text/markdown", "text/x-markdown")
NAMED = {"image", "audio", "video", "font"}  # how media types begin that notes name; others are legion
ALSO_NAMED = {
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/xml",
    "text/xml",
}
OK = 200
GIVEN = ("canonical", "site", "first_seen")
OTHER = "answers in web archives with another status than 200, left out"
EMPTY = "records of web archives with nothing in them, left out"
NO_TEXT = "records of web archives that hold no page or text, left out"


def read_captures(
    data: bytes, *, sizes: Sequence[int], about: Sequence[Mapping[str, str]], limits: Mapping[str, Any]
) -> pa.Table:
    """Return the documents in some records, in the schema ``columns.ROWS``; ``row`` is the number of the record here.

    Parameters
    ----------
    data : bytes
        What the records hold, one after another.
    sizes : sequence of int
        How many bytes each has.
    about : sequence of mappings
        Of each, what its header says: ``content-type``, ``warc-type``, ``warc-target-uri``, ``warc-date``.
    limits : mapping
        ``bytes``, ``ratio``, ``pages``, ``depth``, ``files`` and ``profile``, as in
        :class:`stemmata.readers.limits.Limits`.

    Returns
    -------
    pyarrow.Table
        What is left out travels with it: as notes, and as skipped rows, of which ``uri`` is ``#`` and the number.
    """
    parts, skipped, begin = [ROWS.empty_table()], [], 0
    numbers: list[int] = []
    left: Counter[str] = Counter()
    for number, (size, one) in enumerate(zip(sizes, about, strict=True)):
        held, begin = data[begin : begin + size], begin + size
        try:
            found = _read(held, one, limits, left)
        except SourceError as error:
            skipped.append({"uri": f"#{number}", "reason": error.what, "mend": error.mend})
            continue
        parts += found
        numbers += [number for rows in found for _ in range(rows.num_rows)]
    known = _known(about)
    notes = schemas.remarks([*parts, known], "notes").to_pylist()
    notes += [{"stage": "documents", "what": what, "count": count} for what, count in left.items()]
    rows = pa.concat_tables([part.replace_schema_metadata(None) for part in parts]).combine_chunks()
    known = known.replace_schema_metadata(None).take(pa.array(numbers, pa.int64()))
    for name in GIVEN:
        rows = _put(rows, name, pc.coalesce(rows[name], known[name]))
    return schemas.remark(_put(rows, "row", pa.array(numbers, pa.int64())), skipped=skipped, notes=notes)


def _read(data: bytes, about: Mapping[str, str], limits: Mapping[str, Any], left: Counter[str]) -> list[pa.Table]:
    """Return what a record holds; or nothing, and count why it is left out."""
    fields = about
    if answer := answer_in(about, data):
        if answer.status != OK:
            left[OTHER] += 1
            return []
        fields, data = answer.fields, body_of(answer, limits["bytes"], limits["ratio"])
    if not data.strip(b"\0\t\n\r "):
        left[EMPTY] += 1
        return []
    named = media_type(fields)
    kind = _kind(data, named, converted=about["warc-type"] == "conversion")
    if kind is None:
        known = named.partition("/")[0] in NAMED or named in ALSO_NAMED
        left[f"{NO_TEXT}: {named[:80] if known else 'other'}"] += 1
        return []
    bounds: dict[str, Any] = {name: limits[name] for name in kind.bounded}
    if kind.media_type in HTML:
        bounds["charset"] = charset(fields)
    rows = kind.read(data, **bounds)
    return [_put(rows, "media_type", pa.array([kind.media_type] * rows.num_rows, pa.string()))]


def answer_in(about: Mapping[str, str], data: bytes) -> Answer | None:
    """Return the answer of a server that a record holds; None of what holds a page or text by itself.

    Raises
    ------
    SourceError
        It should be one, and does not begin so.
    """
    served = about.get("warc-type", "").lower() == "response" and media_type(about) in ("", HTTP)
    return parse_answer(data) if served else None


def _kind(data: bytes, named: str, *, converted: bool) -> Format | None:
    """Return the format by the bytes, else by the media type; None of what is no document by itself."""
    if converted and named in TEXT:
        return PLAIN
    kind = find_format(data, ".html" if named in HTML else "")
    if kind.tabular or kind is PLAIN:
        return PLAIN if named in TEXT else None
    return None if kind.isolated_from == NEVER else kind


def _known(about: Sequence[Mapping[str, str]]) -> pa.Table:
    """Return what documents are given by their records, where they do not say so themselves."""
    given = []
    for one in about:
        address = one["warc-target-uri"]
        try:
            parts = urlsplit(address)
            host = parts.hostname if parts.scheme in ("http", "https") else None
        except ValueError:
            host = None
        given.append({"text": "", "canonical": address if host else None, "site": host, "first_seen": one["warc-date"]})
    return take_records(given, [None] * len(given))


def _put(rows: pa.Table, name: str, values: Any) -> pa.Table:
    at = rows.schema.get_field_index(name)
    return rows.set_column(at, rows.schema.field(at), values)
