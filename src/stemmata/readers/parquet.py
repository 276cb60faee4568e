"""Parquet: each row a document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError, cause
from stemmata.readers.called import ITSELF, Called, columns_of
from stemmata.readers.columns import sample, take_columns
from stemmata.readers.guessing import SAMPLED, Settled, is_settled, settle

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

MAGIC = b"PAR1\x15"  # the last byte opens a header; a text on the protein PAR1 has none


def looks_like_parquet(data: bytes) -> bool:
    """Tell whether the bytes begin as Parquet's do."""
    return data.startswith(MAGIC)


def read_parquet(data: bytes, *, about: bool = False, called: Called = ITSELF) -> pa.Table:
    """Return the rows; columns that documents do not have are not decoded.

    Raises
    ------
    SourceError
        There is no column ``text``, or the file is damaged.
    """
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(pa.BufferReader(data))
        if about:
            return take_columns(file.read(), about=True)  # all columns, also those to be noted
        settled = settle_file(file, called)
        columns = list(dict.fromkeys(columns_of(file.schema_arrow.names, called=settled.called).values()))
        return schemas.remark(take_columns(file.read(columns=columns), called=settled.called), notes=settled.notes)
    except (SourceError, MemoryError):
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"its Parquet is damaged: {cause(error)}.", mend="write it anew.") from error


def settle_file(file: ParquetFile, called: Called) -> Settled:
    """Return what the columns of a file are, by its first rows, unless that is settled."""
    if is_settled(called):
        return Settled(dict(called), [])
    return settle(file.schema_arrow.names, partial(_sampled, file), called)


def _sampled(file: ParquetFile, name: str) -> Sequence[Any]:
    """Return the first values of a column, of which no more is decoded than a group of rows has in a page."""
    if pa.types.is_nested(file.schema_arrow.field(name).type):
        return []
    head: list[Any] = []
    try:
        for batch in file.iter_batches(SAMPLED, columns=[name], use_threads=False):
            head += sample(pa.chunked_array([batch.column(0)]))
            if len(head) >= SAMPLED:
                break
    except (pa.ArrowException, OSError, ValueError):  # a column that nobody asked for
        return []
    return head[:SAMPLED]
