"""Arrow's columns as Spark holds them, and back.

Spark knows neither unsigned numbers nor dictionaries. A hash of 64 bits travels as the signed number of the same bits;
equal hashes stay equal, and nothing on the cluster asks which is larger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType


def portable(schema: pa.Schema) -> pa.Schema:
    """Return the schema with types that Spark has."""
    return pa.schema([pa.field(field.name, _portable(field.type)) for field in schema])


def spark_schema(schema: pa.Schema) -> StructType:
    """Return a schema for Spark; every column may be null there."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(portable(schema))


def to_spark(session: SparkSession, table: pa.Table, schema: pa.Schema) -> DataFrame:
    """Return a table of this process as one of Spark's."""
    return session.createDataFrame(outward(table, portable(schema)), spark_schema(schema))


def outward(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table with the types of a ``portable`` schema, or with large ones where Spark prefers those."""
    columns = []
    for field in schema:
        column = table.column(field.name)
        if column.type == pa.uint64():
            column = pa.chunked_array([chunk.view(pa.int64()) for chunk in column.chunks], pa.int64())
        columns.append(column if column.type == field.type else column.cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def inward(columns: list[pa.ChunkedArray], schema: pa.Schema) -> pa.Table:
    """Return a table of our schema of columns as Spark hands them over, in its order."""
    return pa.Table.from_arrays(
        [_inward(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _portable(kind: pa.DataType) -> pa.DataType:
    if kind == pa.uint64():
        return pa.int64()
    if pa.types.is_dictionary(kind):
        return _portable(kind.value_type)
    if pa.types.is_large_string(kind):
        return pa.string()
    if pa.types.is_list(kind):
        return pa.list_(_portable(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _portable(field.type)) for field in kind])
    return kind


def _inward(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if column.type == kind:
        return column
    if kind == pa.uint64():
        return pa.chunked_array([chunk.view(kind) for chunk in column.chunks], kind)
    if pa.types.is_dictionary(kind):
        encoded = _inward(column, kind.value_type).dictionary_encode().unify_dictionaries()
        return encoded.cast(kind)
    return column.cast(kind)
