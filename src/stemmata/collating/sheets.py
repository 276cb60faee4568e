"""Small tables that people write by hand: a line of names, then a row each, as CSV."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stemmata.errors import MissingSource, SourceError
from stemmata.readers.encoding import decode
from stemmata.readers.files import is_there, legible, read_bytes

LIMIT_BYTES = 10_000_000
DELIMITERS = ",;\t"  # spreadsheets write what their country does


class Row(NamedTuple):
    """One row: where it stands, for whoever is told of it, and what it says, by the names of columns."""

    where: str
    said: dict[str, str]


def read_sheet(path: str | os.PathLike[str], needed: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Row]:
    """Yield the rows of a table that has some columns and may have others; empty rows are passed over.

    Raises
    ------
    MissingSource
        There is no such file.
    SourceError
        It cannot be read, lacks a column or has one that is not known, or a row has too few or too many values.
    """
    name = legible(os.fsdecode(path))
    if not is_there(os.fsdecode(path)):
        raise MissingSource("there is no such file.", where=name[:200] or "''", mend="check the path.")
    try:
        text = decode(read_bytes(os.fsdecode(path), LIMIT_BYTES)).text
    except SourceError as error:
        raise SourceError(error.what, where=name, mend=error.mend) from error
    first = next(iter(text.splitlines()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] = []
    line = 1
    try:
        for values in reader:
            where, line = f"{name}, line {line}", reader.line_num + 1
            if not any(value.strip() for value in values):
                continue
            if not names:
                names = _names(values, needed, optional, where)
            elif len(values) != len(names):
                raise SourceError(
                    f"the row has {len(values)} values, and the table {len(names)} columns.",
                    where=where,
                    mend=f"give a value for each of {', '.join(names)}; quote values that hold a {delimiter!r}.",
                )
            else:
                yield Row(where, dict(zip(names, values, strict=True)))
    except csv.Error as error:
        raise SourceError(
            f"no table can be made of it: {str(error)[:200]}.", where=f"{name}, line {line}", mend="check its quotes."
        ) from error
    if not names:
        _names([], needed, optional, f"{name}, line 1")


def _names(values: Sequence[str], needed: Sequence[str], optional: Sequence[str], where: str) -> list[str]:
    names = [value.strip().lower() for value in values]
    lacking = [repr(name) for name in needed if name not in names]
    unknown = [repr(name[:40]) for name in names if name not in (*needed, *optional)]
    twice = [repr(name) for name in needed if names.count(name) > 1]
    if lacking or unknown or twice:
        what = (
            f"lacks the column {lacking[0]}" if lacking else f"has a column {(unknown or twice)[0]} that is not known"
        )
        if twice and not (lacking or unknown):
            what = f"has two columns {twice[0]}"
        may = f", and if need be {', '.join(optional)}" if optional else ""
        raise SourceError(f"the table {what}.", where=where, mend=f"begin with the line: {','.join(needed)}{may}.")
    return names
