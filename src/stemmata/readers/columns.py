"""What every reader hands on: rows with the columns of ``schemas.DOCUMENTS``, cast to them.

Foreign tables and records come in. Columns that the schema does not know are ignored; values that cannot
become what their column holds are left out with a note, and empty ones are unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.errors import SourceError, cause
from stemmata.readers.blanks import Values, is_blank
from stemmata.readers.called import ABOUT, ALSO, GUESSED, ITSELF, TYPES, Called, called_for, columns_of
from stemmata.readers.dating import add_dates, cast_times, read_dates
from stemmata.readers.encoding import decode_as, well_formed
from stemmata.readers.guessing import SAMPLED, Settled, is_settled, settle
from stemmata.readers.offsets import LISTS, within, without_nulls
from stemmata.readers.values import is_unknown, read_value

ROWS = pa.schema(
    [
        *((column.name, column.type) for column in schemas.DOCUMENTS.columns),
        ("declared", pa.string()),  # the language that a file declares, which counts where the letters tell none
        ("row", pa.int64()),  # its number in the file, from 1; null where the file is one document
        ("column", pa.string()),  # what the column of the texts is called, where other than ``text``
        ("guessed", pa.bool_()),  # whether ``doc`` is of a column that was guessed: such ids may stand twice
    ]
)
KINDS = TYPES | ABOUT
ABOUT_ROWS = pa.schema([*((name, kind) for name, kind in ABOUT.items() if name not in ALSO), ("row", pa.int64())])
TEXTUAL = ("null", "string", "large_string", "string_view", "binary", "large_binary", "binary_view")
BYTES = {  # what they are if not valid
    "string": pa.binary(),
    "large_string": pa.large_binary(),
    "string_view": pa.binary_view(),
}
PATTERNS = {
    "sha256": r"^(?P<kept>[0-9A-Fa-f]{64})$",
    "language": r"^(?P<kept>[A-Za-z]{2,3})(?:[-_].*)?$",  # of en-GB, en
}
MEANT = {
    "sha256": "64 hexadecimal digits",
    "language": "codes of ISO 639",
    "lineage": "lists of text",
    "locators": "lists of offset and label",
    "hidden": "lists of offset, what and text",
    "bool": "true or false",
    "string": "text",
    str(schemas.TIME): "dates of ISO 8601",
}
PARTING = re.compile(r"[\s;,]+")  # between identifiers in a cell of text
FIRST, LAST = (pa.scalar(end.replace(tzinfo=UTC), schemas.TIME) for end in (datetime.min, datetime.max))


def take_columns(
    table: pa.Table,
    rows: Sequence[int] | NDArray[np.int64] | None = None,
    *,
    about: bool = False,
    called: Called = ITSELF,
    valid: bool = False,
) -> pa.Table:
    """Return what a foreign table says, in the schema ``ROWS`` or ``ABOUT_ROWS``.

    Parameters
    ----------
    table : pyarrow.Table
        Has at least a column ``text``, or one that is taken for it; ids are in ``doc``, else in ``id``; dates in
        ``published``, else in ``date``.
    rows : sequence or array of int, optional
        The number of each row in its file; by default 1, 2, …
    about : bool
        Whether its rows are about documents, which they name by ``doc``, ``id``, ``path`` or ``glob``, and
        hold none. Columns that are not known are then noted.
    called : mapping of str to str
        What the caller calls the columns ``text`` and ``doc``, where other than that; unless it is settled, the rest is
        guessed.
    valid : bool
        Whether texts are known to be UTF-8: to look at each byte takes time.

    Raises
    ------
    SourceError
        There is no column ``text``, or several may be meant, or it holds something else than text, or the table is
        damaged.
    """
    names = table.column_names
    notes: Counter[str] = Counter()
    settled = Settled(dict(called), []) if about else settle_table(table, called)
    own = columns_of(names, about=about, called=settled.called)
    columns: dict[str, Values] = {}
    for name, at in own.items():
        add_dates(columns, _from_arrow(name, table.column(names.index(at)), notes, valid))
    rows = np.arange(1, table.num_rows + 1) if rows is None else rows
    return _rows(columns, rows, notes, names if about else None, settled, foreign=True)


def settle_table(table: pa.Table, called: Called) -> Settled:
    """Return what the columns of a table are, unless that is settled."""
    if is_settled(called):
        return Settled(dict(called), [])
    names = table.column_names
    return settle(names, lambda name: sample(table.column(names.index(name)).slice(0, SAMPLED)), called)


def settle_records(records: Sequence[Mapping[str, Any]], called: Called) -> Settled:
    """Return what the columns of records are, by the first of them, unless that is settled."""
    if is_settled(called):
        return Settled(dict(called), [])
    head = records[:SAMPLED]
    names = list(dict.fromkeys(name for record in head for name in record))
    return settle(names, lambda name: [record.get(name) for record in head], called)


def take_records(
    records: Sequence[Mapping[str, Any]],
    rows: Sequence[int | None],
    *,
    about: bool = False,
    called: Called = ITSELF,
    foreign: bool = False,
    declared: bool = False,
) -> pa.Table:
    """Return what mappings say, in the schema ``ROWS`` or ``ABOUT_ROWS``; see :func:`take_columns`.

    Parameters
    ----------
    foreign : bool
        Whether no reader made them: places are then looked at as well, whether they lie in the text.
    declared : bool
        Whether their languages are what files declare, which may be that of a template: letters go before.
    """
    if not records:
        return (ABOUT_ROWS if about else ROWS).empty_table()
    names = list(dict.fromkeys(name for record in records for name in record))
    notes: Counter[str] = Counter()
    settled = Settled(dict(called), []) if about else settle_records(records, called)
    own = columns_of(names, about=about, called=settled.called)
    columns: dict[str, Values] = {}
    for name, at in own.items():
        values = [record.get(at) for record in records]
        if any(value is not None for value in values):  # else it is as if the column were not there
            add_dates(columns, _from_python(name, values, notes))
    if declared and "language" in columns:
        columns["declared"] = columns.pop("language")
    return _rows(columns, rows, notes, names if about else None, settled, foreign=foreign)


def _rows(
    columns: dict[str, Values],
    rows: Sequence[int | None] | NDArray[np.int64],
    notes: Counter[str],
    about: Sequence[str] | None,
    settled: Settled,
    *,
    foreign: bool,
) -> pa.Table:
    """Return rows of documents; where ``about`` has the names of a table's columns, rows about documents."""
    schema = ROWS if about is None else ABOUT_ROWS
    for name in set(about or ()) - ABOUT.keys():
        notes[f"columns of the metadata that documents do not have, left out: {well_formed(name[:40])[0]!r}"] += 1
    for name, meant in ALSO.items():
        if name in columns:
            own = columns.pop(name)
            columns[meant] = pc.coalesce(columns[meant], own) if meant in columns else own
    if "lineage" in columns:
        columns["lineage"] = without_nulls(columns["lineage"])
    for name in LISTS if foreign else ():
        if name in columns and "text" in columns:
            columns[name] = within(name, columns[name], columns["text"], notes)
    columns["row"] = pa.array(rows, pa.int64())
    if (text := called_for("text", settled.called)) != "text":
        columns["column"] = pa.repeat(pa.scalar(well_formed(text)[0], pa.string()), len(rows))
    if settled.called.get(GUESSED):
        columns["guessed"] = pc.is_valid(columns["doc"]) if "doc" in columns else pa.repeat(False, len(rows))
    arrays = [columns[one.name] if one.name in columns else pa.nulls(len(rows), one.type) for one in schema]
    fitting = [own if own.type == one.type else own.cast(one.type) for own, one in zip(arrays, schema, strict=True)]
    said = [{"stage": "documents", "what": what, "count": notes[what]} for what in sorted(notes)]
    return schemas.remark(pa.Table.from_arrays(fitting, schema=schema), notes=[*said, *settled.notes])


def sample(values: pa.ChunkedArray[Any]) -> Sequence[Any]:
    """Return values, to guess by; none of a kind that no guess is about, or that are damaged."""
    try:
        values = _decoded(values)
        if pa.types.is_nested(values.type) or "binary" in str(values.type):
            return []
        if str(values.type) in TEXTUAL:
            return _listed(_valid(values, Counter()))
        _refuse_damaged(values.chunks)
        return _listed(values)
    except SourceError:
        return []


def _from_arrow(name: str, values: pa.ChunkedArray[Any], notes: Counter[str], valid: bool) -> dict[str, Values]:
    """Return the column; of dates that are uncertain, their bounds as well."""
    values = _decoded(values)
    kind = values.type
    if str(kind) in TEXTUAL:
        values = values if valid else _valid(values, notes)
        if name != "text" and pc.any(blank := is_blank(values)).as_py():
            values = pc.if_else(blank, None, values)
    elif name == "text":
        raise SourceError(f"its column 'text' holds {kind}, not text.", mend="store the texts as strings.")
    else:
        _refuse_damaged(values.chunks)
    try:
        cast = cast_times(name, values) if KINDS[name] == schemas.TIME else values.cast(KINDS[name])
    except (pa.ArrowException, TypeError):
        return _from_python(name, _listed(values), notes)
    return {name: _fitting(name, cast, notes)}


def _decoded(values: pa.ChunkedArray[Any]) -> pa.ChunkedArray[Any]:
    """Return the values that the indices of a dictionary stand for; texts among them may not be valid yet."""
    if not isinstance(values.type, pa.DictionaryType):
        return values
    kind = values.type.value_type
    raw = BYTES.get(str(kind), kind)
    taken = pa.large_binary() if raw == pa.binary_view() else raw  # Arrow takes no rows of a view
    chunks = []
    for chunk in values.chunks:
        dictionary = chunk.dictionary.view(raw)
        _refuse_damaged([dictionary, chunk.indices])
        try:
            chunks.append(dictionary.cast(taken).take(chunk.indices))
        except (pa.ArrowException, IndexError) as error:
            raise SourceError(f"it is damaged: {cause(error)}.", mend="write it anew.") from error
    return pa.chunked_array(chunks, taken)


def _valid(values: pa.ChunkedArray[Any], notes: Counter[str]) -> pa.ChunkedArray[Any]:
    """Return texts as large_string, with U+FFFD where their bytes are not UTF-8."""
    try:
        values.validate(full=True)
        return values.cast(pa.large_string())
    except pa.ArrowException:
        raw = BYTES.get(str(values.type))
        chunks = [chunk.view(raw) if raw else chunk for chunk in values.chunks]
    _refuse_damaged(chunks)
    texts: list[str | None] = []
    for value in (value for chunk in chunks for value in chunk.to_pylist()):
        text, replaced = (None, 0) if value is None else decode_as(value, "utf-8")
        _note_replaced(replaced, notes)
        texts.append(text)
    return pa.chunked_array([pa.array(texts, pa.large_string())])


def _refuse_damaged(chunks: Sequence[pa.Array[Any]]) -> None:
    """Refuse arrays whose offsets lead astray; to touch their values could end the process."""
    try:
        for chunk in chunks:
            chunk.validate(full=True)
    except pa.ArrowException as error:
        raise SourceError(f"it is damaged: {cause(error)}.", mend="write it anew.") from error


def _listed(values: pa.ChunkedArray[Any]) -> list[Any]:
    """Return the values as Python's; where Python has none for them, an object that no column can hold."""
    try:
        return list(values.to_pylist())
    except (pa.ArrowException, LookupError, ValueError, OverflowError):  # a time zone that is nowhere is looked up
        return [object()] * len(values)


def _from_python(name: str, values: Sequence[Any], notes: Counter[str]) -> dict[str, Values]:
    if KINDS[name] == schemas.TIME:
        made, missed = read_dates(name, [None if is_unknown(value) else value for value in values], notes)
        _note_left_out(name, missed, notes)
        return made
    found: list[Any] = []
    for value in values:
        if isinstance(value, str):
            value, replaced = well_formed(value)
            _note_replaced(replaced, notes)
        if name == "text":
            found.append(value if isinstance(value, str) else None)
        elif is_unknown(value):
            found.append(None)
        elif name == "lineage" and isinstance(value, str):
            found.append(PARTING.split(value.strip()))
        else:
            try:
                found.append(read_value(value, KINDS[name]))
            except (TypeError, ValueError, LookupError, OverflowError):
                found.append(None)
                _note_left_out(name, 1, notes)
    return {name: _fitting(name, pa.array(found, KINDS[name]), notes)}


def _fitting(name: str, values: Values, notes: Counter[str]) -> Values:
    """Return the values with null for those of the right type that are still not what the column holds."""
    kept: Values
    if name in PATTERNS:
        kept = pc.utf8_lower(pc.struct_field(pc.extract_regex(values, PATTERNS[name]), "kept"))
    elif values.type == schemas.TIME:
        kept = pc.if_else(pc.and_(pc.less_equal(FIRST, values), pc.less_equal(values, LAST)), values, None)
    else:
        return values
    _note_left_out(name, kept.null_count - values.null_count, notes)
    return kept


def _note_replaced(count: int, notes: Counter[str]) -> None:
    notes["characters that are not valid Unicode, replaced"] += count


def _note_left_out(name: str, count: int, notes: Counter[str]) -> None:
    meant = MEANT.get(name) or MEANT[str(KINDS[name])]
    notes[f"values in the column '{name}' that are not {meant}, left out"] += count
