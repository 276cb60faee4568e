"""Large files of Parquet and Arrow, some rows at a time; in a worker process, which opens the file itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.errors import SourceError, cause
from stemmata.readers.called import ITSELF, Called, columns_of
from stemmata.readers.columns import settle_table, take_columns
from stemmata.readers.guessing import SAMPLED, Settled
from stemmata.readers.ipc import FILE
from stemmata.readers.lines import BLOCK_BYTES
from stemmata.readers.parquet import settle_file

GROUPS = pa.schema([("rows", pa.int64()), ("bytes", pa.int64())])
SETTLED = b"stemmata.settled"
BUFFER_BYTES = 1 << 20  # of each column, read ahead


def list_groups(path: bytes, *, called: Called = ITSELF) -> pa.Table:
    """Return how many rows each row group of a Parquet file has, and how many bytes unpacked of what is wanted of it.

    What its columns are travels with the table, for :func:`settled_in`.

    Raises
    ------
    SourceError
        There is no column ``text``, several may be meant, or the file is damaged.
    """
    with _parquet(path) as file:
        settled = settle_file(file, called)
        columns = set(columns_of(file.schema_arrow.names, called=settled.called).values())
        rows = []
        for number in range(file.metadata.num_row_groups):
            group = file.metadata.row_group(number)
            wanted = [group.column(at) for at in range(group.num_columns)]
            held = sum(one.total_uncompressed_size for one in wanted if one.path_in_schema.split(".")[0] in columns)
            rows.append({"rows": group.num_rows, "bytes": held})
        return pa.Table.from_pylist(rows, schema=GROUPS.with_metadata({SETTLED: json.dumps(settled)}))


def settled_in(groups: pa.Table) -> Settled:
    """Return what the columns of a Parquet file are."""
    return Settled(*json.loads(groups.schema.metadata[SETTLED]))


def read_groups(
    path: bytes, *, begin: int, end: int, row: int, limit: int, called: Called = ITSELF
) -> Iterator[pa.Table]:
    """Yield the rows of the row groups from ``begin`` to ``end``; the first of them has the number ``row``.

    Rows whose text is over ``limit`` bytes are left out.

    Raises
    ------
    SourceError
        The file is damaged.
    """
    groups = list_groups(path, called=called).slice(begin, end - begin).to_pylist()
    with _parquet(path) as file:
        columns = list(dict.fromkeys(columns_of(file.schema_arrow.names, called=called).values()))
        for number, group in enumerate(groups, begin):
            some = max(1, BLOCK_BYTES * group["rows"] // max(1, group["bytes"]))
            for batch in file.iter_batches(some, row_groups=[number], columns=columns):
                yield _taken(pa.Table.from_batches([batch]), row, limit, called)
                row += batch.num_rows


def read_batches(path: bytes, *, limit: int, called: Called = ITSELF) -> Iterator[pa.Table]:
    """Yield the rows of an Arrow file or stream.

    Rows whose text is over ``limit`` bytes are left out.

    Raises
    ------
    SourceError
        There is no column ``text``, several may be meant, or the file is damaged.
    """
    row = 1
    with _said("Arrow data is"), pa.memory_map(os.fsdecode(path)) as file:
        settled = settle_table(_head(file), called)
        notes = settled.notes
        for batch in _batches(file):
            held = max(1, batch.get_total_buffer_size())  # not nbytes, which follows offsets that may lead astray
            some = max(1, BLOCK_BYTES * batch.num_rows // held)
            for start in range(0, max(1, batch.num_rows), some):
                part = pa.Table.from_batches([batch.slice(start, some)])
                yield schemas.remark(_taken(part, row, limit, settled.called), notes=notes)
                row, notes = row + part.num_rows, []


def _head(file: pa.NativeFile) -> pa.Table:
    """Return at least as many of the first rows as are asked when columns are guessed, if there are so many."""
    some: list[pa.RecordBatch] = []
    for batch in _batches(file):
        some.append(batch)
        if sum(one.num_rows for one in some) >= SAMPLED:
            break
    return pa.Table.from_batches(some) if some else pa.table({})


def _batches(file: pa.NativeFile) -> Iterator[pa.RecordBatch]:
    file.seek(0)
    if file.read(len(FILE)) == FILE:
        opened = pa.ipc.open_file(file)
        yield from (opened.get_batch(number) for number in range(opened.num_record_batches))
    else:
        file.seek(0)
        yield from pa.ipc.open_stream(file)


def _taken(table: pa.Table, row: int, limit: int, called: Called) -> pa.Table:
    rows = take_columns(table, range(row, row + table.num_rows), called=called)
    sizes = pc.fill_null(pc.binary_length(rows["text"]), 0)
    over = pc.greater(sizes, limit)
    if not pc.any(over).as_py():
        return rows
    mend = "split its text, or raise the limit (limit_bytes, --limit-bytes)."
    skipped = [
        {"uri": f"#{number}", "reason": f"row {number} has {size:,} bytes, and the limit is {limit:,}.", "mend": mend}
        for number, size in zip(rows["row"].filter(over).to_pylist(), sizes.filter(over).to_pylist(), strict=True)
    ]
    return schemas.remark(rows.filter(pc.invert(over)), skipped=skipped)


@contextmanager
def _parquet(path: bytes) -> Iterator[pa.parquet.ParquetFile]:
    from pyarrow.parquet import ParquetFile

    with _said("Parquet is"), pa.OSFile(os.fsdecode(path)) as file:
        yield ParquetFile(file, buffer_size=BUFFER_BYTES, pre_buffer=False)


@contextmanager
def _said(what: str) -> Iterator[None]:
    try:
        yield
    except (SourceError, MemoryError):
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"its {what} damaged: {cause(error)}.", mend="write it anew.") from error
