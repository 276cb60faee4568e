"""Rows with an id, a digest, and the place that they come from."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.columns import ROWS, is_blank

PLACED = pa.schema([*(field for field in ROWS if field.name != "row"), pa.field("place", pa.string())])


def place(
    rows: pa.Table, media_type: str, *, name: str = "", uri: str = "", places: Sequence[str] | None = None
) -> pa.Table:
    """Give the rows of one source what they lack, and take out those without text.

    Parameters
    ----------
    rows : pyarrow.Table
        What a reader returned.
    media_type : str
        What the source was.
    name : str
        With the number of the row, the id of those that have none.
    uri : str
        With the number of the row, the place of each.
    places : sequence of str, optional
        Other places.

    Returns
    -------
    pyarrow.Table
        In the schema ``PLACED``; why rows were skipped travels with it.
    """
    numbers = ["" if row is None else f"#{row}" for row in rows["row"].to_pylist()]
    places = places or [uri + number for number in numbers]
    blank = [found is not False for found in is_blank(rows["text"]).to_pylist()]
    skipped = [{**row, "uri": f"{uri}{row['uri']}"} for row in schemas.remarks([rows], "skipped").to_pylist()]
    skipped += [
        {"uri": one, "reason": "it has no text.", "mend": "give it one, or drop it."}
        for one, empty in zip(places, blank, strict=True)
        if empty
    ]
    if uri and not numbers and not skipped:
        skipped.append({"uri": uri, "reason": "it has no rows.", "mend": "give a table with rows."})
    notes = schemas.remarks([rows], "notes").to_pylist()
    columns = {
        "doc": [own or name + number for own, number in zip(rows["doc"].to_pylist(), numbers, strict=True)],
        "media_type": [own or media_type for own in rows["media_type"].to_pylist()],
        "sha256": _digests(rows),
        "place": places,
    }
    for column, values in columns.items():
        rows = rows.drop_columns([column]) if column in rows.column_names else rows
        rows = rows.append_column(column, pa.array(values, pa.string()))
    rows = rows.select(PLACED.names).filter(pa.array([not empty for empty in blank], pa.bool_()))
    return schemas.remark(rows.replace_schema_metadata(None), skipped=skipped, notes=notes)


def skip(uri: str, error: SourceError) -> pa.Table:
    """Return no rows, and why."""
    return schemas.remark(PLACED.empty_table(), skipped=[{"uri": uri, "reason": error.what, "mend": error.mend}])


def join(parts: Sequence[pa.Table]) -> pa.Table:
    """Return the rows of several sources under each other, and what was remarked on them."""
    rows = [part.replace_schema_metadata(None) for part in parts]
    return remark_as(pa.concat_tables([PLACED.empty_table(), *rows]), parts)


def remark_as(table: pa.Table, parts: Sequence[pa.Table]) -> pa.Table:
    """Return ``table`` with what was remarked on ``parts``, in an order that does not depend on theirs."""
    skipped, notes = (schemas.remarks(parts, side).to_pylist() for side in ("skipped", "notes"))
    return schemas.remark(table, skipped=skipped, notes=notes)


def _digests(rows: pa.Table) -> list[str]:
    """Return the digest of each row: of the file, where the reader knows it, else of the text."""
    if not rows["sha256"].null_count:
        return list(map(str, rows["sha256"].to_pylist()))
    own = rows["sha256"].to_pylist()
    texts = rows["text"].cast(pa.large_binary()).to_pylist()
    return [known or sha256(text or b"").hexdigest() for known, text in zip(own, texts, strict=True)]
