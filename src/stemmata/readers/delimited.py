"""CSV and TSV: a table with a line of names, each further row a document."""

from __future__ import annotations

import csv
import io
from typing import Literal

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError, cause
from stemmata.readers.called import ITSELF, Called, called_for, columns_of
from stemmata.readers.columns import take_columns
from stemmata.readers.encoding import decode
from stemmata.readers.files import arrows_own, as_utf8
from stemmata.readers.guessing import is_known
from stemmata.readers.headings import plain_names
from stemmata.readers.places import Unread

DELIMITERS = ",;\t|"
MOST_COLUMNS = 10_000  # of which each takes some kilobytes
LONGEST_HEADER = 100_000  # characters; csv refuses fields that are longer


def read_delimited(data: bytes, *, about: bool = False, called: Called = ITSELF) -> pa.Table:
    r"""Return a row for each row; those with too few or too many values are remarked on as skipped.

    The delimiter is the one of ``, ; \t |`` that sets the name ``text`` apart in the first line, or another by which
    texts are known. Quoted
    values may hold delimiters and line ends. Values are taken as they stand: an id ``007`` keeps its zeros.
    Where the rows are ``about`` documents (:func:`stemmata.readers.columns.take_columns`), they need no ``text``.

    Raises
    ------
    SourceError
        The bytes are binary or too many, there is no column ``text``, or there are too many, or no table can be made
        of them.
    """
    table, rows, skipped, notes = parse_delimited(data, about=about, called=called)
    if about:
        table = table.rename_columns(plain_names(table.column_names))
    return schemas.remark(take_columns(table, rows, about=about, called=called), skipped=skipped, notes=notes)


def parse_delimited(
    data: bytes, *, about: bool = False, called: Called = ITSELF
) -> tuple[pa.Table, list[int], list[dict[str, str]], list[dict[str, object]]]:
    """Return all columns as text, the number of each row, and what was skipped and noted; see ``read_delimited``."""
    from pyarrow.csv import ConvertOptions, InvalidRow, ParseOptions, ReadOptions, read_csv

    decoded = decode(data)
    delimiter, names = _header(decoded.text, called_for("text", called))
    if len(names) < 2:  # or else prose would be a table of one column, called by its first line
        columns_of(names, about=about, called=called)
    body = as_utf8(decoded.text + "\n")
    odd: set[int] = set()
    unread = Unread()

    def skip(row: InvalidRow) -> Literal["skip"]:
        number = (row.number or 1) - 1  # the names are row 0
        odd.add(number)
        reason = f"row {number} has {row.actual_columns} values instead of {row.expected_columns}."
        mend = "give it a value for each column; quote values that hold the delimiter."
        unread.add(f"#{number}", "have too few or too many values", reason, mend)
        return "skip"

    try:
        table = read_csv(
            arrows_own(body),
            ReadOptions(use_threads=False, block_size=len(body)),  # else rows would not be counted
            ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip),
            ConvertOptions(column_types=dict.fromkeys(names, pa.large_string())),
        )
    except (pa.ArrowException, ValueError) as error:
        raise SourceError(f"no table can be made of it: {cause(error)}.", mend="check its quotes.") from error
    rows = [n for n in range(1, table.num_rows + len(odd) + 1) if n not in odd]
    return table, rows, unread.skipped(), decoded.notes


def _header(text: str, sought: str) -> tuple[str, list[str]]:
    """Return the delimiter and the names of the columns."""
    head = text[:LONGEST_HEADER].lstrip("\r\n")
    cuts, ends = dict[str, list[str]](), dict[str, int]()
    for delimiter in DELIMITERS:
        lines = io.StringIO(head, newline="")
        cuts[delimiter] = next(csv.reader(lines, delimiter=delimiter), [])
        ends[delimiter] = lines.tell()
    best = max(DELIMITERS, key=lambda one: (sought in cuts[one], is_known(cuts[one]), len(cuts[one])))
    endless = len(text) > LONGEST_HEADER and ends[best] == len(head) and len(cuts[best]) > 1
    if endless or len(cuts[best]) > MOST_COLUMNS:
        many = f"over {LONGEST_HEADER:,} characters" if endless else f"{len(cuts[best]):,} names"
        what = f"its first line, which names the columns, has {many}."
        raise SourceError(what, mend=f"give a table of at most {MOST_COLUMNS:,} columns.")
    return best, cuts[best]
