"""Parquet: each row a document."""

from __future__ import annotations

import pyarrow as pa

from stemmata.errors import SourceError, cause
from stemmata.readers.columns import ITSELF, Called, known, take_columns

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
        columns = (
            None if about else list(dict.fromkeys(known(file.schema_arrow.names, called=called).values()))
        )  # None: all, also those to be noted
        return take_columns(file.read(columns=columns), about=about, called=called)
    except (SourceError, MemoryError):
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"its Parquet is damaged: {cause(error)}.", mend="write it anew.") from error
