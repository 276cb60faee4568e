"""Collations as CSV or TSV: first the sigla of the witnesses, then a row for each place.

An empty value is an omission, ``#LACUNA#`` is missing.
"""

from __future__ import annotations

import csv
import io
import re

from stemmata.collating.collation import LACUNA, Collation
from stemmata.errors import SourceError
from stemmata.interchange.places import by_place, check_sigla
from stemmata.interchange.signs import lined
from stemmata.readers.encoding import decode

DELIMITERS = "\t;,"  # of equals the first: names hold commas more often than tabs
_QUOTED = re.compile('[",;\t\r\n\ufeff]|^ | $')


def render_delimited(collation: Collation, delimiter: str = ",") -> str:
    """Return the table, values quoted where they must be; lines end in a newline.

    Values stand as they are: a spreadsheet may take one that begins with ``=`` for a formula.
    """
    lines = [delimiter.join(_cell(siglum) for siglum in collation.witnesses)]
    for row in by_place(collation):
        line = delimiter.join(LACUNA if reading is None else _cell(reading) for reading in row)
        lines.append(line or '""')  # an empty line would be no row
    return "\n".join([*lines, ""])


def parse_delimited(data: bytes) -> Collation:
    r"""Read a collation; the delimiter is that of ``, ; \t`` which parts the first row into most sigla.

    Raises
    ------
    SourceError
        It is not UTF-8 (or UTF-16 that says so), has no places, a row has too few or too many values, a quote is
        not closed, or two witnesses have one name.
    """
    decoded = decode(data)
    if decoded.guessed or decoded.replaced:
        raise SourceError("it is not UTF-8.", where=f"line {_odd_line(data)}", mend="save it as UTF-8.")
    text = decoded.text
    delimiter = max(DELIMITERS, key=lambda delimiter: _sigla(text, delimiter))
    header, rows = "", []
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for row in lines:
            where = f"line {start}"
            start = lines.line_num + 1
            if not row:
                continue
            if not header:
                header, sigla = where, row
            elif len(row) == len(sigla):
                rows.append([None if reading == LACUNA else reading for reading in row])
            else:
                raise SourceError(
                    f"the row has {len(row)} values, and there are {len(sigla)} witnesses.",
                    where=where,
                    mend="give it a value for each witness; quote values that hold the delimiter.",
                )
    except csv.Error as error:
        where = f"line {start}"
        raise SourceError(f"it is no table: {error}.", where=where, mend="check its quotes.") from error
    if not header or not rows:
        mend = "first the sigla of the witnesses, then a row for each place."
        raise SourceError("it has no places.", where=header, mend=mend)
    check_sigla(sigla, header)
    return Collation.of(sigla, rows)


def _cell(value: str) -> str:
    value = lined(value)
    return f'"{value.replace(chr(34), chr(34) * 2)}"' if _QUOTED.search(value) else value


def _sigla(text: str, delimiter: str) -> int:
    """Count the values of the first row; 0 where a quote would stand amid one, which no program writes."""
    value = rf'(?:"(?:[^"]|"")*"|[^"\r\n{delimiter}]*)'
    row = re.match(rf"[\r\n]*({value}(?:{delimiter}{value})*)(?=[\r\n]|\Z)", text)
    return len(re.findall(rf"(?:\A|{delimiter}){value}", row[1])) if row else 0


def _odd_line(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1
