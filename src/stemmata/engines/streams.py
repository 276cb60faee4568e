"""Tables as bytes, to be sent to another process."""

from __future__ import annotations

import pyarrow as pa


def write_stream(table: pa.Table) -> bytes:
    """Return a table, with what travels with it, as a stream of Arrow."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def read_stream(stream: bytes) -> pa.Table:
    """Return the table that was written."""
    return pa.ipc.open_stream(stream).read_all()
