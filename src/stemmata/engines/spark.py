"""The engine of a cluster: parts of tables travel to the executors of a Spark application, and come back."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemmata import schemas
from stemmata.engines.engine import Broadcast, Function, values_of
from stemmata.engines.grouping import group_rows
from stemmata.engines.parting import edges_by_bytes
from stemmata.engines.progress import telling
from stemmata.engines.streams import read_stream, write_stream
from stemmata.errors import OptionError, check_option

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

T = TypeVar("T")

PARTS_PER_CORE = 4
BYTES_PER_PART = 64_000_000
BYTES_AT_ONCE = 512_000_000  # that travel in one job; Arrow's offsets end at two gigabytes
SENT = "number long, left binary, right binary"
BACK = "number long, piece long, table binary, error binary"
_MISSING = "what runs on Spark needs PySpark 4 and Java 17, and PySpark is not installed."


@dataclass(frozen=True)
class SparkEngine:
    """Run the stages on the executors of a Spark application.

    Tables that stages are handed lie in the driver; so does what they return. Collections that no machine holds are
    traced by :func:`stemmata.trace` and :func:`stemmata.dedup` with this engine, which leave them on the cluster.

    Parameters
    ----------
    session : pyspark.sql.SparkSession
        Of PySpark 4; stemmata must be installed where its executors run.
    folder : str, optional
        Where the tables of a collection are written, as Parquet: a path or an address that the driver and all executors
        reach. By default ``stemmata`` in the warehouse of the application (``spark.sql.warehouse.dir``). A run that was
        ended finds there what it has finished; nothing in it is ever removed.
    parts : int, optional
        Into how many parts a table is cut, 1 to 100,000; never more than it has rows. By default four for each core
        that the application has, and more where a part would have over 64 MB. Any number gives the same rows.

    Raises
    ------
    OptionError
        ``parts`` is out of its range, or ``session`` is none.
    """

    session: SparkSession
    folder: str | None = None
    parts: int | None = None

    def __post_init__(self) -> None:
        if self.parts is not None:
            check_option(self, "parts", 1, 100_000)
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise OptionError(_MISSING, where="SparkEngine", mend="pip install 'stemmata[spark]'.") from None
        if not isinstance(self.session, SparkSession):
            raise OptionError(
                f"session is a {type(self.session).__name__} of {type(self.session).__module__}, and no SparkSession.",
                where="SparkEngine",
                mend="give a session of the driver's own, SparkSession.builder.getOrCreate(); none of Spark Connect.",
            )

    @property
    def place(self) -> str:
        """The folder of the tables."""
        return self.folder or f"{self.session.conf.get('spark.sql.warehouse.dir')}/stemmata"

    def map(
        self,
        function: Function,
        table: pa.Table,
        *shared: object,
        weights: npt.NDArray[np.int64] | None = None,
        amounts: npt.NDArray[np.int64] | None = None,  # noqa: ARG002 (Spark tells of its jobs itself)
    ) -> pa.Table:
        """Apply a function to the parts of a table; see :meth:`Engine.map`."""
        table = table.replace_schema_metadata(None)
        edges = [0, 0]
        if table.num_rows:
            parts = self._count(table.num_rows)
            edges = sorted(
                {table.num_rows * part // parts for part in range(parts + 1)}.union(
                    edges_by_bytes(table, weights, BYTES_PER_PART)
                )
            )
        calls = [(table.slice(start, end - start),) for start, end in pairwise(edges)]
        return self._joined(function, calls, shared)

    def cogroup(
        self,
        function: Function,
        left: pa.Table,
        right: pa.Table,
        left_on: str | tuple[str, ...],
        right_on: str | tuple[str, ...],
        *shared: object,
    ) -> pa.Table:
        """Apply a function to the parts of two tables that belong together; see :meth:`Engine.cogroup`."""
        left, right = left.replace_schema_metadata(None), right.replace_schema_metadata(None)
        parts = max(self._count(left.num_rows + right.num_rows), (left.nbytes + right.nbytes) // BYTES_PER_PART)
        groups = group_rows(left, right, left_on, right_on, parts)
        return self._joined(function, [group.tables() for group in groups] or [(left, right)], shared)

    def concat(self, tables: Iterable[pa.Table]) -> pa.Table:
        """Lay tables under each other; see :meth:`Engine.concat`."""
        return _concat([*tables])

    def broadcast(self, value: T) -> Broadcast[T]:
        """Return a handle on ``value``; it travels once a job to each executor."""
        return Broadcast(value)

    def _count(self, rows: int) -> int:
        cores = self.session.sparkContext.defaultParallelism
        return max(1, min(self.parts or PARTS_PER_CORE * cores, rows))

    def _joined(
        self, function: Function, calls: Sequence[tuple[pa.Table, ...]], shared: tuple[object, ...]
    ) -> pa.Table:
        """Return the results of all calls under each other, and what was remarked on them, added up."""
        call = _Call(function, values_of(shared))
        if len(calls) == 1 and not any(table.num_rows for table in calls[0]):
            return _concat([*call(*calls[0])])
        found = []
        with telling(sum(tables[0].num_rows for tables in calls), "rows") as tell:
            for some in _batches(calls):
                found += self._run(call, some)
                tell(sum(tables[0].num_rows for tables in some))
        return _concat(found)

    def _run(self, call: _Call, calls: Sequence[tuple[pa.Table, ...]]) -> list[pa.Table]:
        sides = [[write_stream(tables[side]) if side < len(tables) else None for tables in calls] for side in (0, 1)]
        sent = pa.table(
            [pa.array(range(len(calls)), pa.int64()), *(pa.array(side, pa.binary()) for side in sides)],
            ["number", "left", "right"],
        )
        frame = self.session.createDataFrame(sent, SENT).repartition(len(calls))
        rows = frame.mapInArrow(call.answer, BACK).toArrow().sort_by([("number", "ascending"), ("piece", "ascending")])
        for error in rows.column("error").drop_null().to_pylist():
            raise pickle.loads(error)  # of the first call in order that failed; written by our own executors
        return [read_stream(table) for table in rows.column("table").to_pylist()]


@dataclass(frozen=True)
class _Call:
    """A function, and what it is handed beside a part."""

    function: Function
    values: list[object]

    def __call__(self, *tables: pa.Table) -> Iterator[pa.Table]:
        made = self.function(*tables, *self.values)
        yield from [made] if isinstance(made, pa.Table) else made

    def answer(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield what the calls of some rows return, on an executor."""
        for batch in batches:
            for row in batch.to_pylist():
                tables = [read_stream(row[side]) for side in ("left", "right") if row[side] is not None]
                piece = 0
                try:
                    for table in self(*tables):
                        yield _answer(row["number"], piece, write_stream(table), None)
                        piece += 1
                except Exception as error:  # it belongs to the caller, in the driver
                    yield _answer(row["number"], piece, None, pickle.dumps(error))


def _answer(number: int, piece: int, table: bytes | None, error: bytes | None) -> pa.RecordBatch:
    columns = [pa.array([number], pa.int64()), pa.array([piece], pa.int64())]
    columns += [pa.array([value], pa.binary()) for value in (table, error)]
    return pa.record_batch(columns, ["number", "piece", "table", "error"])


def is_spread(source: object) -> bool:
    """Tell whether a source is a table of Spark's."""
    return hasattr(source, "sparkSession") and hasattr(source, "mapInArrow")


def _batches(calls: Sequence[tuple[pa.Table, ...]]) -> Iterator[list[tuple[pa.Table, ...]]]:
    """Yield the calls, as many at a time as travel in one job."""
    some: list[tuple[pa.Table, ...]] = []
    held = 0
    for tables in calls:
        size = sum(table.nbytes for table in tables)
        if some and held + size > BYTES_AT_ONCE:
            yield some
            some, held = [], 0
        some.append(tables)
        held += size
    yield some


def _concat(tables: Sequence[pa.Table]) -> pa.Table:
    return schemas.remark(
        pa.concat_tables(table.replace_schema_metadata(None) for table in tables),
        skipped=schemas.remarks(tables, "skipped").to_pylist(),
        notes=schemas.remarks(tables, "notes").to_pylist(),
    )
