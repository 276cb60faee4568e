"""Tables at hand, of Arrow, pandas or polars: each row a document."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from stemmata.errors import SourceError, cause
from stemmata.readers.columns import ITSELF, Called, known, take_columns, take_records


def is_frame(source: object) -> bool:
    """Tell whether Arrow can take a source over as a table."""
    return isinstance(source, pa.Table | pa.RecordBatch) or hasattr(source, "__arrow_c_stream__")


def read_frame(frame: Any, *, about: bool = False, called: Called = ITSELF) -> pa.Table:
    """Return the rows; columns that documents do not have are not looked at.

    Raises
    ------
    SourceError
        There is no column ``text``, or Arrow cannot take the table over.
    """
    if isinstance(frame, pa.RecordBatch):
        frame = pa.Table.from_batches([frame])
    elif not isinstance(frame, pa.Table) and hasattr(frame, "columns"):
        names = [name for name in frame.columns if isinstance(name, str)]
        frame = frame[names if about else list(dict.fromkeys(known(names, called=called).values()))]
    try:
        return take_columns(frame if isinstance(frame, pa.Table) else pa.table(frame), about=about, called=called)
    except (pa.ArrowException, OverflowError, TypeError, ValueError) as error:
        if not hasattr(frame, "notna"):
            raise SourceError(f"Arrow cannot take it over: {cause(error)}.", mend="check it.") from error
    # a column of pandas may hold values of several kinds
    records = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return take_records(records, range(1, len(records) + 1), about=about, called=called, foreign=True)
