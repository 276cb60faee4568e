"""Little piles: rows of several tables that belong together, brought together on one executor.

A stage is a function on whole tables. What it says of a pair, or of a family, depends on nothing but the texts and the
rows that belong to it; so the tables of a cluster are parted into piles that each hold all of that, and the stage runs
on many piles at a time as it would on a collection of their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.crawl.columns import inward, outward, spark_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

BYTES = 64_000_000  # of rows that a function is handed at a time, unless one pile has more
ROWS = 65_536  # of a result that travel at a time
BY, TABLE = "pile", "table"
REMARKED = "remarked"  # the column of what a function remarked, in a row of its own


class Rows(NamedTuple):
    """A table on the cluster, and the schema that a function knows it by."""

    frame: DataFrame
    schema: pa.Schema


def each(function: Callable[[pa.Table], pa.Table], rows: Rows, made: pa.Schema) -> DataFrame:
    """Apply a function to some rows at a time.

    Parameters
    ----------
    function : callable
        Gives the same rows however the table is parted.
    made : pyarrow.Schema
        Of its results.

    Returns
    -------
    pyspark.sql.DataFrame
        The results, with a column ``remarked``: null, but in rows that hold nothing else.
    """
    return _map(rows.frame.select(rows.schema.names), _Each(function, rows.schema), made)


def gather(function: Callable[..., pa.Table], tables: Mapping[str, Rows], made: pa.Schema) -> DataFrame:
    """Apply a function to whole piles, many at a time.

    Parameters
    ----------
    function : callable
        Called with a table by each name. It gives for several piles together the rows that it gives for each.
    tables : mapping of str to Rows
        With a column ``pile``, of 64 bits, beside their own.
    made : pyarrow.Schema
        Of its results.

    Returns
    -------
    pyspark.sql.DataFrame
        As of :func:`each`.
    """
    from pyspark.sql import functions as f

    wide = reduce(
        lambda one, other: one.unionByName(other, allowMissingColumns=True),
        (
            rows.frame.select(BY, f.lit(number).alias(TABLE), f.struct(*rows.schema.names).alias(name))
            for number, (name, rows) in enumerate(tables.items())
        ),
    )
    wide = wide.repartition(BY).sortWithinPartitions(BY)
    return _map(wide, _Gather(function, {name: rows.schema for name, rows in tables.items()}), made)


def _map(frame: DataFrame, work: _Each | _Gather, made: pa.Schema) -> DataFrame:
    from pyspark.sql.pandas.types import to_arrow_schema

    made = pa.schema([*made, pa.field(REMARKED, pa.string())])
    schema = spark_schema(made)
    large = frame.sparkSession.conf.get("spark.sql.execution.arrow.useLargeVarTypes", "false") == "true"
    work.made = to_arrow_schema(schema, timezone="UTC", prefers_large_types=large)
    return frame.mapInArrow(work, schema)


@dataclass
class _Each:
    function: Callable[[pa.Table], pa.Table]
    schema: pa.Schema
    made: pa.Schema = field(default_factory=lambda: pa.schema([]))

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        held: list[pa.RecordBatch] = []
        size = 0
        for batch in batches:
            held.append(batch)
            size += batch.nbytes
            if size > BYTES:
                yield from self._answer(held)
                held, size = [], 0
        if held:
            yield from self._answer(held)

    def _answer(self, held: list[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        table = pa.Table.from_batches(held)
        return _sent(self.function(inward(table.columns, self.schema)), self.made)


@dataclass
class _Gather:
    function: Callable[..., pa.Table]
    schemas: Mapping[str, pa.Schema]
    made: pa.Schema = field(default_factory=lambda: pa.schema([]))

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        held: list[pa.RecordBatch] = []
        size, most = 0, BYTES
        for batch in batches:
            held.append(batch)
            size += batch.nbytes
            if size <= most:
                continue
            table = pa.Table.from_batches(held)
            pile = table.column(BY).to_numpy()
            begin = int(np.searchsorted(pile, pile[-1]))  # of the last pile, of which more may come
            if begin:
                yield from self._answer(table.slice(0, begin))
                table = table.slice(begin)
            held = table.to_batches()
            size = sum(some.nbytes for some in held)
            most = max(BYTES, 2 * size)
        if held:
            yield from self._answer(pa.Table.from_batches(held))

    def _answer(self, wide: pa.Table) -> Iterator[pa.RecordBatch]:
        which = wide.column(TABLE)
        tables = {
            name: inward(wide.column(name).filter(pc.equal(which, number)).flatten(), schema)
            for number, (name, schema) in enumerate(self.schemas.items())
        }
        return _sent(self.function(**tables), self.made)


def remarking(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return one row that tells what was remarked on a table, in a schema with a column ``remarked``; or none."""
    told = {side: schemas.remarks([table], side).to_pylist() for side in ("skipped", "notes")}
    if not any(told.values()):
        return schema.empty_table()
    nulls = {field.name: pa.nulls(1, field.type) for field in schema}
    return pa.table({**nulls, REMARKED: pa.array([json.dumps(told)], schema.field(REMARKED).type)}, schema=schema)


def unremarked(table: pa.Table) -> pa.Table:
    """Return a table with an empty column ``remarked``."""
    return table.replace_schema_metadata(None).append_column(REMARKED, pa.nulls(table.num_rows, pa.string()))


def _sent(made: pa.Table, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    yield from outward(unremarked(made), schema).to_batches(max_chunksize=ROWS)
    yield from remarking(made, schema).to_batches()
