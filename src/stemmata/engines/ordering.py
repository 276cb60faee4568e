"""Large tables in the order of their keys: first the order, which is small, then the rows, piece by piece."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.engines.engine import Engine
from stemmata.engines.parting import Rows, row_bytes
from stemmata.schemas import Schema


def check_rows(schema: Schema, table: pa.Table, engine: Engine) -> pa.Table:
    """Return what ``schema.check(table)`` does, whatever the size of the table: nothing is copied in memory.

    Raises
    ------
    SchemaError
        As ``Schema.check``.
    """
    conforming = schema.conform(table)
    if not schema.in_order(conforming):
        conforming = sort_rows(conforming, schema.key, engine)
        if not schema.in_order(conforming):
            schema.refuse_twice(conforming)
    return conforming.replace_schema_metadata(table.schema.metadata)


def sort_rows(table: pa.Table, key: tuple[str, ...], engine: Engine) -> pa.Table:
    """Return the rows in ascending order of some small columns; equal ones stay as they stood.

    What travels with the table is kept, once: an engine would add up what each part of it carries.
    """
    if not key or table.num_rows < 2:
        return table
    told, table = table.schema.metadata, table.replace_schema_metadata(None)
    order = pc.sort_indices(table.select(list(key)), [(name, "ascending") for name in key])
    weights = row_bytes(table)[order.to_numpy()]
    found = engine.map(_take, pa.table({"row": order}), engine.broadcast(Rows(table)), weights=weights)
    return found.replace_schema_metadata(told)


def _take(part: pa.Table, rows: Rows) -> pa.Table:
    return rows.take(part.column("row").to_numpy().astype("int64"))
