"""All columns of the rows that are documents, a part of a file at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.errors import SchemaError, SourceError, cause
from stemmata.readers.delimited import parse_delimited
from stemmata.readers.encoding import decode, well_formed
from stemmata.rows import lines
from stemmata.rows.origins import FRAME, LINES, LOOSE, Origin

ROWS_AT_ONCE = 16_384
JSON = (LINES, "application/json")
Part = tuple[NDArray[np.int64], pa.Table]  # rows of documents, their columns


def read_rows(
    origin: Origin,
    documents: pa.Table,
    keep: NDArray[np.bool_],
    only: Sequence[str] | None = None,
    *,
    every: bool = False,
) -> Iterator[Part]:
    """Yield the rows that stay, in their order, with which row of ``documents`` each is.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``: of documents that are no rows of a table, all that there is.
    keep : bool array
        Of each row of ``documents``, whether it stays.
    only : sequence of str, optional
        The columns that are wanted, of those there are; by default all.
    every : bool
        Whether rows stay that are no documents, such as those without text: as the row after the last of ``documents``.

    Raises
    ------
    SourceError
        The file was changed, or a column that is no document's is damaged.
    """
    origin.unchanged()
    if origin.kind == LOOSE:
        at = origin.at[keep[origin.at]]
        table = _filled(documents, origin)
        yield at, table.select([name for name in table.column_names if only is None or name in only]).take(pa.array(at))
        return
    keep = np.append(keep, every)
    for numbers, table in _parts(origin, only, every):
        at = origin.rows(numbers, documents.num_rows)
        stays = keep[at]
        if stays.any():
            yield at[stays], table if stays.all() else _taken(table, np.flatnonzero(stays))


def _taken(table: pa.Table, rows: NDArray[np.int64]) -> pa.Table:
    try:
        return table.take(pa.array(rows))
    except pa.ArrowNotImplementedError:  # of views of text, polars' kind, it takes no rows
        first = np.flatnonzero(np.diff(rows, prepend=-2) != 1)
        runs = zip(rows[first], np.diff(np.append(first, len(rows))), strict=True)
        return pa.concat_tables([table.slice(start, count) for start, count in runs])


def schema_of(origin: Origin, documents: pa.Table, keep: NDArray[np.bool_], *, every: bool = False) -> pa.Schema:
    """Return the columns and types of an origin's rows; of JSON, those of the rows that stay."""
    if origin.kind == LOOSE:
        return _filled(documents, origin).schema
    if origin.kind in JSON:
        parts = ((origin.uri, table.schema) for _, table in read_rows(origin, documents, keep, every=every))
        return unite(parts)
    return next(iter(_parts(origin)))[1].schema


def unite(given: Iterator[tuple[str, pa.Schema]] | Sequence[tuple[str, pa.Schema]]) -> pa.Schema:
    """Return one schema with all columns, in the order in which they come; integers and floats are widened.

    Raises
    ------
    SchemaError
        A column is of types that do not go together; it names the column and the files.
    """
    fields: dict[str, tuple[str, pa.Field]] = {}
    known: list[pa.Schema] = []
    for where, schema in given:
        if not any(schema.equals(one, check_metadata=True) for one in known):
            known.append(schema)
        for field in schema:
            first, before = fields.get(field.name, (where, field))
            if before.type != field.type:
                try:
                    pair = [pa.schema([before.with_metadata(None)]), pa.schema([field.with_metadata(None)])]
                    before = pa.unify_schemas(pair, promote_options="permissive").field(0)
                except pa.ArrowException as error:
                    raise SchemaError(
                        f"column '{field.name}' is {before.type} in one file and {field.type} in another.",
                        where=" and ".join(dict.fromkeys(filter(None, (first, where)))) or "the sources",
                        mend="give it one type; or write JSON Lines, where each row keeps its own.",
                    ) from error
            fields[field.name] = first, before
    if len(known) == 1:
        return known[0]
    return pa.schema([field.with_nullable(True) for _, field in fields.values()])


def fit(table: pa.Table, schema: pa.Schema, where: str) -> pa.Table:
    """Return a table in a wider schema; columns that it lacks are null.

    Raises
    ------
    SchemaError
        A value does not fit the wider type.
    """
    columns = []
    for field in schema:
        if field.name not in table.column_names:
            columns.append(pa.nulls(table.num_rows, field.type))
            continue
        values = table.column(field.name)
        try:
            columns.append(values if values.type == field.type else values.cast(field.type))
        except pa.ArrowException as error:
            raise SchemaError(
                f"column '{field.name}' is {values.type} here and {field.type} elsewhere, and a value does not fit.",
                where=where,
                mend=f"give it one type; or write JSON Lines ({cause(error)}).",
            ) from error
    return pa.Table.from_arrays(columns, schema=schema)


def tabled(records: Sequence[Mapping[str, Any]], where: str, only: Sequence[str] | None = None) -> pa.Table:
    """Return JSON objects as a table; where ``only`` some names are wanted, of those.

    Raises
    ------
    SchemaError
        A name holds values of several types.
    """
    names = dict.fromkeys(name for record in records for name in record)
    columns = {}
    for name in names if only is None else [name for name in names if name in only]:
        values = [record.get(name) for record in records]
        try:
            columns[well_formed(name)[0]] = pa.array(map(legible, values), from_pandas=False)
        except (pa.ArrowException, OverflowError) as error:
            raise SchemaError(
                f"'{name}' holds values of several types, or numbers too large for a column.",
                where=where,
                mend=f"give it one type; or write JSON Lines, where each row keeps its own ({cause(error)}).",
            ) from error
    return pa.table(columns) if columns else pa.table({"": pa.nulls(len(records))}).select([])


def legible(value: Any) -> Any:
    """Return a value of JSON with U+FFFD for what is no character."""
    if isinstance(value, str):
        return well_formed(value)[0]
    if isinstance(value, list):
        return [legible(item) for item in value]
    if isinstance(value, dict):
        return {well_formed(name)[0]: legible(item) for name, item in value.items()}
    return value


def _filled(documents: pa.Table, origin: Origin) -> pa.Table:
    """Return the columns of documents in which something stands: of those that are no rows of a table."""
    here = documents.take(pa.array(origin.at))
    names = [name for name in documents.column_names if here[name].null_count < here.num_rows]
    return documents.select([name for name in names if name not in ("sha256", "hidden", "whole")])


def _parts(origin: Origin, only: Sequence[str] | None = None, every: bool = False) -> Iterator[Part]:
    """Yield the numbers of rows and their columns; of JSON those that are documents, or every object."""
    try:
        if origin.kind in JSON:
            for numbers, records in read_objects(origin, every=every):
                yield numbers, tabled(records, origin.uri, only)
        else:
            for numbers, table in _numbered(origin):
                some = table.column_names if only is None else [name for name in table.column_names if name in only]
                yield numbers, table.select(some)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, SourceError | SchemaError):
            raise
        raise SourceError(
            f"a column is damaged: {cause(error)}.", where=origin.uri, mend="write the file anew."
        ) from error


def _numbered(origin: Origin) -> Iterator[Part]:
    if origin.kind.startswith("text/"):
        with open(origin.path, "rb") as file:
            table, rows, *_ = parse_delimited(file.read(), called=origin.called)
        yield np.array(rows, np.int64), table
        return
    number = 1
    for table in _tables(origin):
        yield np.arange(number, number + table.num_rows), table
        number += table.num_rows


def _tables(origin: Origin) -> Iterator[pa.Table]:
    if origin.kind == FRAME:
        yield as_arrow(origin.frame)
    elif origin.kind == "application/vnd.apache.parquet":
        from pyarrow.parquet import ParquetFile

        with ParquetFile(origin.path) as file:
            yield file.schema_arrow.empty_table()
            for batch in file.iter_batches(ROWS_AT_ONCE):
                yield pa.Table.from_batches([batch], file.schema_arrow)
    else:
        with pa.memory_map(origin.path) as data:
            opened = pa.ipc.open_file(data) if data.read(6) == b"ARROW1" else _stream(data)
            yield opened.schema.empty_table()
            if hasattr(opened, "num_record_batches"):
                yield from (pa.Table.from_batches([opened.get_batch(k)]) for k in range(opened.num_record_batches))
            else:
                yield from (pa.Table.from_batches([batch]) for batch in opened)


def _stream(data: pa.MemoryMappedFile) -> Any:
    data.seek(0)
    return pa.ipc.open_stream(data)


def read_objects(origin: Origin, *, every: bool = False) -> Iterator[tuple[NDArray[np.int64], list[Mapping[str, Any]]]]:
    """Yield the numbers of rows of JSON and the objects that they are: those that are documents, or every one."""
    if origin.kind != LINES:
        with open(origin.path, "rb") as file:
            value = json.loads(decode(file.read()).text)
        items = value if isinstance(value, list) else [value]
        numbers = np.array([n for n, item in enumerate(items, 1) if isinstance(item, dict)], np.int64)
        numbers = numbers if every else origin.number
        yield numbers, [items[number - 1] for number in numbers]
        return
    for first, block in lines.blocks(origin.path):
        edge = lines.edges(block)
        numbers = np.arange(first, first + len(edge) - 1)
        wanted = np.isin(numbers, origin.number)
        if every:
            others = np.flatnonzero(~wanted)
            wanted[[k for k in others.tolist() if lines.is_object(block[edge[k] : edge[k + 1]])]] = True
        known = np.flatnonzero(wanted)
        for low in range(0, len(known), ROWS_AT_ONCE):
            some = known[low : low + ROWS_AT_ONCE]
            yield numbers[some], [lines.record(block[edge[k] : edge[k + 1]]) for k in some]


def as_arrow(frame: Any) -> pa.Table:
    """Return a table at hand with all its columns.

    Raises
    ------
    SchemaError
        Arrow cannot take one of them over.
    """
    if isinstance(frame, pa.Table):
        return frame
    if isinstance(frame, pa.RecordBatch):
        return pa.Table.from_batches([frame])
    try:
        return pa.table(frame)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise SchemaError(
            f"Arrow cannot take over all columns of the table: {cause(error)}.",
            where="table",
            mend="give each column one type, or drop it.",
        ) from error


def read_columns(origins: Sequence[Origin], documents: pa.Table, names: Sequence[str]) -> pa.Table:
    """Return some columns of the documents, of ``schemas.DOCUMENTS`` or the user's own, with ``doc``.

    Numbers and dates that stand as text in CSV are numbers and dates.
    """
    everything = np.ones(documents.num_rows, bool)
    parts: list[tuple[str, NDArray[np.int64], pa.Table]] = []
    own = [name for name in names if name not in documents.column_names]
    if own:
        for origin in origins:
            for at, table in read_rows(origin, documents, everything, own):
                parts.append((origin.uri, at, _read_values(table) if origin.kind.startswith("text/") else table))
    told = [name for name in names if name not in own]
    there = names_there(origins, documents) if told else []
    found = {n: documents[n] for n in told if n in there or documents[n].null_count < documents.num_rows}
    schema = unite([(uri, table.schema.remove_metadata()) for uri, _, table in parts]) if parts else pa.schema([])
    place = np.concatenate([np.zeros(0, np.int64), *(at for _, at, _ in parts)])
    order = np.argsort(place, kind="stable")
    for name in schema.names:
        field = pa.schema([schema.field(name).with_nullable(True)])
        values = pa.chunked_array(
            [chunk for uri, _, table in parts for chunk in fit(table, field, uri).column(0).chunks], field[0].type
        )
        found[name] = values.take(pa.array(order))
    return pa.table({"doc": documents["doc"], **found})


def names_there(origins: Sequence[Origin], documents: pa.Table) -> list[str]:
    """Return the names of all columns that can be told without reading files to their ends."""
    found: dict[str, None] = {}
    for origin in origins:
        if origin.kind == LOOSE:
            found |= dict.fromkeys(_filled(documents, origin).column_names)
        elif origin.kind in JSON:
            _, records = next(read_objects(origin))
            found |= dict.fromkeys(name for record in records for name in record)
        else:
            found |= dict.fromkeys(next(iter(_parts(origin)))[1].column_names)
    return list(found)


def _read_values(table: pa.Table) -> pa.Table:
    """Return columns of text as numbers or dates, where all that stands in them is such."""
    columns = []
    for values in table.columns:
        trimmed = pc.utf8_trim_whitespace(values)
        trimmed = pc.if_else(pc.equal(trimmed, ""), None, trimmed)
        for kind in (pa.int64(), pa.float64(), schemas.TIME):
            try:
                values = trimmed.cast(pa.string()).cast(kind)
                break
            except pa.ArrowException:
                continue
        columns.append(values)
    return pa.table(columns, table.column_names)
