"""What is known of documents beside themselves: a table joined to them by id, path or glob."""

from __future__ import annotations

import copy
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fnmatch import translate
from functools import cached_property
from pathlib import PurePath
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import MissingSource, SourceError
from stemmata.readers import find_format
from stemmata.readers.archives import Allowance
from stemmata.readers.columns import ABOUT_ROWS
from stemmata.readers.contents import read_as
from stemmata.readers.files import is_there, legible, read_bytes
from stemmata.readers.frames import is_frame, read_frame
from stemmata.readers.headings import plain_names
from stemmata.readers.limits import Limits
from stemmata.readers.offsets import within
from stemmata.readers.packed import codec_of, unpack_whole
from stemmata.readers.places import numbered
from stemmata.readers.within import read_within

KEYS = ("doc", "path", "glob")
FIELDS = tuple(name for name in ABOUT_ROWS.names if name not in (*KEYS, "row"))
BOUNDS = ("not_before", "not_after")
FOLDERS = re.compile(r"(?:(?<![^/])\*\*/)+")  # in a glob: any number of folders, or none
WHOLE = re.compile(r"(?P<number>-?\d+)\.0")  # an id that pandas has made a float
LONGEST_GLOB = 4_096  # signs, as of the longest path; the time to translate one grows with the square of them
MARK = "\ue000"  # stands for them while the rest of a glob is translated


class Metadata(NamedTuple):
    """Rows about documents, in the schema ``columns.ABOUT_ROWS``, and where they come from."""

    rows: pa.Table
    uri: str


class _Said(NamedTuple):
    """A value, the row that says it, and how specific to the document that row is; the least rank is the most."""

    value: Any
    row: int
    rank: tuple[int, int]


Sayings: TypeAlias = dict[int, list[_Said]]  # by document; the most specific ones, more than one where they differ


def read_metadata(source: Any, limits: Limits) -> Metadata:
    """Read a table about documents.

    Parameters
    ----------
    source : path or table
        CSV, TSV, JSON Lines, a JSON array, Parquet or Arrow; in an archive, its name stands behind that of the archive,
        as in ``pile.zip/metadata.csv``; or a table of Arrow, pandas or polars. It has
        ``doc`` (or ``id``), ``path`` or ``glob``, and columns of ``schemas.DOCUMENTS``. Capital letters and
        white space around a column's name do not matter.

    Raises
    ------
    MissingSource
        There is no such file.
    SourceError
        It is no table, cannot be read, or names no documents.
    """
    is_path = isinstance(source, str | os.PathLike)
    if not (is_path or is_frame(source)):
        raise SourceError(
            f"metadata cannot be of {type(source).__name__}.",
            mend="give the path of a table, or a table of Arrow, pandas or polars.",
        )
    uri = legible(PurePath(os.fsdecode(source)).as_posix()) if is_path else "metadata"
    try:
        rows = _read_file(os.fsdecode(source), limits) if is_path else read_frame(_plain(source), about=True)
    except MissingSource:
        raise
    except SourceError as error:
        raise SourceError(f"the metadata cannot be read: {error.what}", where=uri, mend=error.mend) from error
    if all(rows[key].null_count == rows.num_rows for key in KEYS):
        raise SourceError(
            f"the metadata name no documents; columns with values: {_columns(rows)}.",
            where=uri,
            mend="fill a column 'doc', 'path' or 'glob' in each row.",
        )
    return Metadata(rows, uri)


def describe(documents: pa.Table, metadata: Metadata) -> pa.Table:
    """Return the documents with what the metadata say of them, which overrules what they say themselves.

    A row is joined by the first of these columns that it fills: ``doc``, the id; ``path``, that of the file,
    relative to the source, as given, or relative to the folder of the table, with or without the number of a
    row; ``glob``, a pattern of ids, for any number of documents, in which ``**/`` may stand for no folder.
    Empty cells say nothing. Of rows that say different things of one document, the one joined by ``doc``
    counts, else by ``path``, else by the longest ``glob``. Where the date that counts (the first of
    ``schemas.DATES`` that is known) comes from here, and no ``dated_by`` does, ``dated_by`` becomes ``metadata``.

    Parameters
    ----------
    documents : pyarrow.Table
        In the schema ``places.PLACED``, with ids.
    metadata : Metadata
        From :func:`read_metadata`.

    Returns
    -------
    pyarrow.Table
        The same rows in their order. Rows that match no document travel with it as skipped.

    Raises
    ------
    SourceError
        Two rows that are equally specific say different things of a document; or its earliest date comes to
        be after its latest.
    """
    places = _Places(documents, str(PurePath(metadata.uri).parent))
    said: dict[str, Sayings] = {field: {} for field in FIELDS}
    skipped = _skipped(metadata)
    for row in metadata.rows.to_pylist():
        key = next((key for key in KEYS if row[key] is not None), None)
        here = metadata.uri + numbered(row["row"])
        found = list(places.find(key, row[key])) if key else []
        if not found:
            reason = "it matches no document." if key else "it names no document."
            skipped.append({"uri": here, "reason": reason, "mend": "check its doc, path or glob."})
        rank = (KEYS.index(key), -len(row[key]) if key == "glob" else 0) if key else (0, 0)
        for field, known in said.items():
            if row[field] is not None:
                for document in found:
                    _add(known, document, _Said(row[field], row["row"], rank))
    for field, known in said.items():
        _refuse_contradictions(known, field, metadata.uri, places.docs)
        documents = _overruled(documents, field, {document: one.value for document, (one,) in known.items()})
    _refuse_reversed(documents, said, metadata.uri)
    dated = dict.fromkeys(_dated(documents, said) - said["dated_by"].keys(), "metadata")
    documents = _overruled(documents, "dated_by", dated)
    left: Counter[str] = Counter()
    if said["locators"]:
        at = documents.column_names.index("locators")
        own = within("locators", documents["locators"], documents["text"], left)
        documents = documents.set_column(at, documents.schema.field(at), own)
    notes = schemas.remarks([metadata.rows], "notes").to_pylist()
    notes += [{"stage": "documents", "what": what, "count": count} for what, count in left.items()]
    return schemas.remark(documents.replace_schema_metadata(None), skipped=skipped, notes=notes)


class _Places:
    """Where documents are found: by id, by path, by pattern; ``beside`` is the folder of the table that names them."""

    def __init__(self, documents: pa.Table, beside: str) -> None:
        self._beside = PurePath(beside)
        columns = documents.select(["doc", "name", "uri", "row"]).to_pydict()
        self.docs: Sequence[str] = columns["doc"]
        self._docs = {doc: [n] for n, doc in enumerate(self.docs)}
        self._paths: dict[str, list[int]] = {}
        for n, row in enumerate(columns["row"]):
            for path in {columns["name"][n], columns["uri"][n]} - {""}:
                for one in {path, path + numbered(row)}:
                    self._paths.setdefault(one, []).append(n)
        self._uris: Sequence[tuple[str, int | None]] = list(zip(columns["uri"], columns["row"], strict=True))

    @cached_property
    def _absolute(self) -> dict[str, list[int]]:
        """Where the sources are, whichever folder one stands in; needed where a path is found in no other way."""
        found: dict[str, list[int]] = {}
        for n, (uri, row) in enumerate(self._uris):
            path = os.path.abspath(uri)
            for one in {path, path + numbered(row)}:
                found.setdefault(one, []).append(n)
        return found

    def find(self, key: str, value: str) -> Sequence[int]:
        """Return the numbers of the documents that a cell stands for."""
        if key == "doc":
            whole = WHOLE.fullmatch(value)
            return self._docs.get(value) or self._docs.get(whole["number"] if whole else value, [])
        if key == "path":
            tried = (value, PurePath(value).as_posix(), (self._beside / value).as_posix())
            found = next(filter(None, map(self._paths.get, tried)), None)
            return found or self._absolute.get(os.path.abspath(value), [])
        if len(value) > LONGEST_GLOB:
            return []
        pattern = re.compile(translate(FOLDERS.sub(MARK, value)).replace(MARK, "(?:.*?/)??"))
        return [n for n, doc in enumerate(self.docs) if pattern.match(doc)]


def _read_file(path: str, limits: Limits) -> pa.Table:
    data = read_bytes(path, limits.bytes) if is_there(path) else read_within(path, limits)
    if codec := codec_of(data):
        data, _ = unpack_whole(data, codec, limits, Allowance.of(len(data), limits))
    kind = find_format(data, path)
    if not kind.tabular:
        raise SourceError("it is no table.", mend="give CSV, TSV, JSON Lines or Parquet, and end its name so.")
    return read_as(kind, data, limits, about=True)


def _plain(frame: Any) -> Any:
    """Return a table at hand under the names by which columns are known."""
    if isinstance(frame, pa.RecordBatch):
        frame = pa.Table.from_batches([frame])
    if isinstance(frame, pa.Table):
        return frame.rename_columns(plain_names(frame.column_names))
    if not hasattr(frame, "columns"):
        return frame
    names = [name for name in frame.columns if isinstance(name, str)]
    plain = dict(zip(names, plain_names(names), strict=True))
    if any(name != one for name, one in plain.items()):
        frame = copy.copy(frame)  # the caller's keeps its names
        frame.columns = [plain[name] if isinstance(name, str) else name for name in frame.columns]
    return frame


def _columns(rows: pa.Table) -> str:
    """Return the columns that a table about documents had, also those that were left out with a note."""
    names = [repr(name) for name in FIELDS if rows[name].null_count < rows.num_rows]
    notes = schemas.remarks([rows], "notes")["what"].to_pylist()
    names += [what.partition(", left out: ")[2] for what in notes if what.startswith("columns of the metadata")]
    return ", ".join(names[:8]) or "none"


def _overruled(documents: pa.Table, field: str, told: Mapping[int, Any]) -> pa.Table:
    if not told:
        return documents
    values = [told.get(n, own) for n, own in enumerate(documents[field].to_pylist())]
    column = documents.column_names.index(field)
    return documents.set_column(column, field, pa.array(values, documents.schema.field(field).type))


def _dated(documents: pa.Table, said: Mapping[str, Sayings]) -> set[int]:
    """Return the documents of which the date that counts is told here."""
    dates = documents.select(schemas.DATES).to_pylist()
    counting = {
        n: next((date for date, value in row.items() if value is not None), None) for n, row in enumerate(dates)
    }
    return {n for n, date in counting.items() if date and n in said[date]}


def _refuse_reversed(documents: pa.Table, said: Mapping[str, Sayings], uri: str) -> None:
    bounds = enumerate(zip(*(documents[name].to_pylist() for name in BOUNDS), strict=True))
    for n, (earliest, latest) in bounds:
        rows = sorted({one.row for name in BOUNDS for one in said[name].get(n, [])})
        if rows and earliest and latest and earliest > latest:
            raise SourceError(
                f"the metadata say that {documents['doc'][n].as_py()!r} has its earliest date, not_before, after its "
                "latest, not_after.",
                where=" and ".join(uri + numbered(row) for row in rows),
                mend="exchange or correct the two dates.",
            )


def _skipped(metadata: Metadata) -> list[dict[str, str]]:
    rows = schemas.remarks([metadata.rows], "skipped").to_pylist()
    return [{**row, "uri": metadata.uri + row["uri"]} for row in rows]


def _add(known: Sayings, document: int, said: _Said) -> None:
    """Keep what the more specific row says; of two that are equally specific, both if they differ."""
    others = known.get(document, [])
    if not others or said.rank < others[0].rank:
        known[document] = [said]
    elif said.rank == others[0].rank and said.value not in [other.value for other in others]:
        others.append(said)


def _refuse_contradictions(known: Sayings, field: str, uri: str, docs: Sequence[str]) -> None:
    for document in sorted(known, key=lambda document: docs[document]):
        if len(known[document]) > 1:
            raise SourceError(
                f"the metadata say different things of {docs[document]!r}, in the column '{field}'.",
                where=" and ".join(uri + numbered(said.row) for said in known[document][:2]),
                mend="make the rows agree, or name the document by its id in a row of its own.",
            )
