"""Tables at hand, of Arrow, pandas or polars: each row a document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError, cause
from stemmata.readers.called import ITSELF, Called, columns_of
from stemmata.readers.columns import take_columns, take_records
from stemmata.readers.guessing import SAMPLED, Settled, settle


def is_frame(source: object) -> bool:
    """Tell whether Arrow can take a source over as a table."""
    return isinstance(source, pa.Table | pa.RecordBatch) or hasattr(source, "__arrow_c_stream__")


def read_frame(frame: Any, *, about: bool = False, called: Called = ITSELF) -> pa.Table:
    """Return the rows; columns that documents do not have are not looked at.

    Raises
    ------
    SourceError
        There is no column ``text``, or several may be meant, or Arrow cannot take the table over.
    """
    if isinstance(frame, pa.RecordBatch):
        frame = pa.Table.from_batches([frame])
    settled = Settled(dict(called), [])
    if not isinstance(frame, pa.Table) and hasattr(frame, "columns"):
        names = [name for name in frame.columns if isinstance(name, str)]
        if not about:
            settled = settle(names, partial(_sampled, frame), called)
            names = list(dict.fromkeys(columns_of(names, called=settled.called).values()))
        frame = frame[names]
    return schemas.remark(_taken(frame, about, settled.called), notes=settled.notes)


def _sampled(frame: Any, name: str) -> Sequence[Any]:
    """Return the first values of a column of pandas or polars."""
    column = frame[name]
    return list(column.head(SAMPLED).to_list()) if hasattr(column, "head") else []


def _taken(frame: Any, about: bool, called: Called) -> pa.Table:
    try:
        return take_columns(frame if isinstance(frame, pa.Table) else pa.table(frame), about=about, called=called)
    except (pa.ArrowException, OverflowError, TypeError, ValueError) as error:
        if not hasattr(frame, "notna"):
            raise SourceError(f"Arrow cannot take it over: {cause(error)}.", mend="check it.") from error
    # a column of pandas may hold values of several kinds
    records = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return take_records(records, range(1, len(records) + 1), about=about, called=called, foreign=True)
