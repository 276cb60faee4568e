"""What stays, written as JSON Lines or as Parquet, whole or not at all."""

from __future__ import annotations

import base64
import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.errors import FolderError, OptionError, SchemaError, SourceError
from stemmata.placing import place_file, refuse_nul
from stemmata.readers.called import called_for
from stemmata.rows import lines
from stemmata.rows.origins import LINES, Origin
from stemmata.rows.reading import JSON, Part, fit, legible, names_there, read_objects, read_rows, schema_of, unite

JSON_LINES, PACKED, PARQUET = ".jsonl", ".jsonl.zst", ".parquet"
OWN = {"doc", "id"}  # where rows have neither, the id that was made for them is added with the rest
GROUP_BYTES = 64 << 20  # of a row group


@dataclass(frozen=True)
class Selection:
    """Which rows are written, and how.

    Parameters
    ----------
    origins : sequence of Origin
        In the order in which they are written.
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``.
    keep : bool array
        Of each document, whether it is written.
    added : pyarrow.Table, optional
        Columns to add, a row for each document; one more is for rows that are no documents, which are then written too.
    texts : mapping of int to str
        Other texts for some documents, by their rows.
    """

    origins: Sequence[Origin]
    documents: pa.Table
    keep: NDArray[np.bool_]
    added: pa.Table | None = None
    texts: Mapping[int, str] = field(default_factory=dict)

    @property
    def every(self) -> bool:
        """Whether rows are written that are no documents."""
        return self.added is not None and self.added.num_rows > self.documents.num_rows

    def docs(self, at: NDArray[np.int64]) -> pa.Array:
        """Return the ids of rows of documents; null of what is none."""
        return self.documents["doc"].take(pa.array(at, mask=at >= self.documents.num_rows))

    def read(self, origin: Origin) -> Iterator[Part]:
        """Yield the rows of an origin that are written."""
        return read_rows(origin, self.documents, self.keep, every=self.every)

    def with_added(self, at: NDArray[np.int64], table: pa.Table, origin: Origin) -> pa.Table:
        """Return rows with what is added to them, and their text as it is left."""
        table = self._cut(at, table, called_for("text", origin.called))
        if self.added is None:
            return table
        refuse_clash(table.column_names, self.added.column_names, origin.uri)
        if not own_names(origin) & set(table.column_names):
            table = table.append_column("doc", self.docs(at))
        some = self.added.take(pa.array(at))
        for name in some.column_names:
            table = table.append_column(some.schema.field(name), some[name])
        return table

    def _cut(self, at: NDArray[np.int64], table: pa.Table, name: str) -> pa.Table:
        new = [self.texts.get(row) for row in at.tolist()] if self.texts else []
        if not any(text is not None for text in new):
            return table
        column = table.column_names.index(name)
        kind = table.field(column).type
        old = table.column(column).combine_chunks()
        plain = old.cast(kind.value_type) if pa.types.is_dictionary(kind) else old
        left = pc.coalesce(pa.array(new, pa.large_string()), plain.cast(pa.large_string()))
        if pa.types.is_dictionary(kind):
            left = left.cast(kind.value_type).dictionary_encode()
        return table.set_column(column, table.field(column), left.cast(kind))


def own_names(origin: Origin) -> set[str]:
    """Return the columns that hold the ids of an origin's rows, if there are any."""
    return {called_for("doc", origin.called)} if "doc" in origin.called else OWN


def check_place(path: str | os.PathLike[str]) -> str:
    """Return how a file is written, by its name.

    Raises
    ------
    OptionError
        Its name ends in none of the endings that are written, or its folder is not there; or there is a NUL in it.
    """
    refuse_nul(path)
    path = Path(path)
    ending = next((ending for ending in (JSON_LINES, PACKED, PARQUET) if path.name.lower().endswith(ending)), "")
    if not ending:
        raise OptionError(
            f"the name of the file to be written ends in '{path.suffix}'.",
            where=str(path),
            mend="let it end in .jsonl, .jsonl.zst or .parquet.",
        )
    if not path.resolve().parent.is_dir():
        raise OptionError("there is no folder to write it into.", where=str(path), mend="make the folder first.")
    return ending


def refuse_clash(there: Sequence[str], added: Sequence[str], where: str) -> None:
    """Refuse to add columns whose names are taken.

    Raises
    ------
    SchemaError
        Names the columns.
    """
    if clash := [name for name in added if name in set(there)]:
        raise SchemaError(
            f"there is a column {', '.join(map(repr, clash))} already.",
            where=where,
            mend="choose a prefix for the columns that are added (--prefix, prefix=), or rename it.",
        )


def check_types(selection: Selection) -> None:
    """Refuse columns that a table cannot hold, as far as they can be told before anything is computed.

    Raises
    ------
    SchemaError
        A column is of types that do not go together.
    """
    _schema(selection)


def check_names(selection: Selection) -> None:
    """Refuse names that clash as far as they can be told before anything is computed."""
    for origin in selection.origins:
        if selection.added is not None:
            there = names_there([origin], selection.documents)
            refuse_clash(there, selection.added.column_names, origin.uri or "the documents")


def write_rows(path: str | os.PathLike[str], selection: Selection) -> Path:
    """Write the rows that stay into a file, by the ending of its name; a part at a time, and moved in place at the end.

    Raises
    ------
    OptionError, SchemaError, SourceError
        As ``check_place``, ``refuse_clash``, ``read_rows`` and ``unite`` do.
    FolderError
        It cannot be written.
    """
    ending = check_place(path)
    write = _write_parquet if ending == PARQUET else _write_lines
    refused: list[SourceError] = []

    def keep(fresh: Path) -> None:
        try:
            write(fresh, selection, ending)
        except SourceError as error:  # an error of the file that is read, not of the one that is written
            refused.append(error)
            raise

    try:
        return place_file(path, keep, "what stays")
    except FolderError:
        if refused:
            raise refused[0] from None
        raise


def write_table(path: str | os.PathLike[str], table: pa.Table, what: str) -> Path:
    """Write a table of our own."""
    ending = check_place(path)

    def write(fresh: Path) -> None:
        if ending == PARQUET:
            from pyarrow.parquet import write_table as write_parquet

            write_parquet(table, fresh, compression="zstd")
        else:
            with _opened(fresh, ending) as stream:
                _put_rows(stream, table)

    return place_file(path, write, what)


def take_rows(selection: Selection) -> pa.Table:
    """Return the rows that stay as one table with all columns."""
    schema = _schema(selection)
    parts = [schema.empty_table()]
    for origin in selection.origins:
        for at, table in selection.read(origin):
            parts.append(fit(selection.with_added(at, table, origin), schema, origin.uri))
    return pa.concat_tables(parts)


def _schema(selection: Selection) -> pa.Schema:
    documents, keep, every = selection.documents, selection.keep, selection.every
    given = [(origin.uri, schema_of(origin, documents, keep, every=every)) for origin in selection.origins]
    if selection.added is not None:
        made = pa.field("doc", pa.string())
        names = map(own_names, selection.origins)
        given = [
            (uri, one if own & set(one.names) else one.append(made))
            for own, (uri, one) in zip(names, given, strict=True)
        ]
    schema = unite(given)
    for new in selection.added.schema if selection.added is not None else ():
        refuse_clash(schema.names, [new.name], "the sources")
        schema = schema.append(new)
    return schema


def _write_parquet(path: Path, selection: Selection, _: str) -> None:
    from pyarrow.parquet import ParquetWriter

    schema = _schema(selection)
    with ParquetWriter(path, schema, compression="zstd") as writer:
        waiting: list[pa.Table] = []
        size = 0
        for origin in selection.origins:
            for at, table in selection.read(origin):
                waiting.append(fit(selection.with_added(at, table, origin), schema, origin.uri))
                size += waiting[-1].nbytes
                if size >= GROUP_BYTES:
                    writer.write_table(pa.concat_tables(waiting))
                    waiting, size = [], 0
        if waiting:
            writer.write_table(pa.concat_tables(waiting))


@contextmanager
def _opened(path: Path, ending: str) -> Any:
    if ending == PACKED:
        with pa.CompressedOutputStream(str(path), "zstd") as stream:
            yield stream
    else:
        with open(path, "wb") as plain:
            yield plain


def _write_lines(path: Path, selection: Selection, ending: str) -> None:
    with _opened(path, ending) as stream:
        for origin in selection.origins:
            if origin.kind == LINES:
                _put_lines(stream, selection, origin)
                continue
            if origin.kind in JSON:
                _put_objects(stream, selection, origin)
                continue
            for at, table in selection.read(origin):
                _put_rows(stream, selection.with_added(at, table, origin))


def _put_lines(stream: IO[bytes], selection: Selection, origin: Origin) -> None:
    """Write the lines of a file that stay: the user's own bytes, but for what is added or cut."""
    origin.unchanged()
    keep = np.append(selection.keep, False)
    changed = np.zeros(len(keep), bool)
    changed[[*selection.texts]] = True
    changed |= selection.added is not None
    for first, block in lines.blocks(origin.path):
        edge = lines.edges(block)
        numbers = np.arange(first, first + len(edge) - 1)
        at = origin.rows(numbers, len(selection.keep))
        stays = keep[at]
        if selection.every:
            others = np.flatnonzero(at == len(selection.keep))
            stays[[k for k in others.tolist() if lines.is_object(block[edge[k] : edge[k + 1]])]] = True
        if changed[at[stays]].any():
            some = np.flatnonzero(stays)
            _put_changed(stream, selection, origin, [block[edge[k] : edge[k + 1]] for k in some], at[some])
        else:
            for start, end in lines.stretches(edge, stays):
                stream.write(memoryview(block)[start:end])
                if block[end - 1] != ord("\n"):
                    stream.write(b"\n")


def _put_objects(stream: IO[bytes], selection: Selection, origin: Origin) -> None:
    """Write the objects of a file of JSON that stay, a line each; each value is of the type that it has."""
    origin.unchanged()
    keep = np.append(selection.keep, selection.every)
    for numbers, objects in read_objects(origin, every=selection.every):
        at = origin.rows(numbers, len(selection.keep))
        some = np.flatnonzero(keep[at])
        _put_changed(stream, selection, origin, [_object(legible(objects[k])).encode() for k in some], at[some])


def _put_changed(
    stream: IO[bytes], selection: Selection, origin: Origin, block: Sequence[bytes], at: NDArray[np.int64]
) -> None:
    added = [] if selection.added is None else _objects(selection.added.take(pa.array(at)))
    for k, line in enumerate(block):
        text = selection.texts.get(int(at[k]))
        line = line if text is None else lines.with_text(line, text, called_for("text", origin.called))
        if selection.added is not None:
            names = [*lines.record(line)]
            refuse_clash(names, selection.added.column_names, origin.uri)
            if not own_names(origin) & set(names):
                made = selection.docs(at[k : k + 1])[0].as_py()
                line = lines.with_values(line, json.dumps({"doc": made}, ensure_ascii=False))
            line = lines.with_values(line, added[k])
        stream.write(line if line.endswith(b"\n") else line + b"\n")


def _put_rows(stream: IO[bytes], table: pa.Table) -> None:
    for row in _objects(table):
        stream.write(row.encode())
        stream.write(b"\n")


def _objects(table: pa.Table) -> list[str]:
    """Return rows as JSON objects, a line each; times are ISO 8601, bytes are base64, what is no number is null."""
    for k, column in enumerate(table.columns):
        if pa.types.is_timestamp(column.type):  # Python's know no nanoseconds
            text = pc.replace_substring(column.cast(pa.string()), " ", "T", max_replacements=1)
            table = table.set_column(k, table.column_names[k], text)
    return [_object(row) for row in table.to_pylist()]


def _object(row: Mapping[str, Any]) -> str:
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False, default=_plain)
    except ValueError:
        return json.dumps(_finite(row), ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.total_seconds() if isinstance(value, timedelta) else str(value)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _finite(item) for name, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list | tuple) else value
