"""The engine of one machine: tables are cut into parts, and threads take them in turn."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from threading import Thread
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemmata import schemas
from stemmata.engines.engine import Broadcast
from stemmata.errors import SchemaError, check_option

T = TypeVar("T")

PARTS_PER_WORKER = 4  # parts cost unequal time; with more parts than workers nobody waits long for the last
ROWS_PER_PART = 65_536  # bounds what a function needs beside its input


@dataclass(frozen=True, kw_only=True)
class LocalEngine:
    """Run the stages in this process, on threads; the kernels let go of the interpreter lock.

    Parameters
    ----------
    parts : int, optional
        Into how many parts a table is cut, 1 to 100,000; never more than it has rows. By default four for
        each worker, and more where they would have over 65,536 rows. Any number gives the same rows.
    workers : int, optional
        How many threads take parts, 1 to 4,096. By default one for each processor that this process may use.

    Raises
    ------
    OptionError
        ``parts`` or ``workers`` is out of its range.
    """

    parts: int | None = None
    workers: int | None = None

    def __post_init__(self) -> None:
        if self.parts is not None:
            check_option(self, "parts", 1, 100_000)
        if self.workers is not None:
            check_option(self, "workers", 1, 4_096)

    def map(self, function: Callable[..., pa.Table], table: pa.Table, *shared: object) -> pa.Table:
        """Apply a function to the parts of a table; see :meth:`Engine.map`."""
        table = table.replace_schema_metadata(None)
        parts = self._count(table.num_rows)
        edges = [table.num_rows * part // parts for part in range(parts + 1)]
        slices = [table.slice(start, end - start) for start, end in pairwise(edges)]
        values = _values(shared)
        return self._joined([partial(function, part, *values) for part in slices])

    def cogroup(
        self,
        function: Callable[..., pa.Table],
        left: pa.Table,
        right: pa.Table,
        left_on: str | tuple[str, ...],
        right_on: str | tuple[str, ...],
        *shared: object,
    ) -> pa.Table:
        """Apply a function to the parts of two tables that belong together; see :meth:`Engine.cogroup`."""
        left, right = left.replace_schema_metadata(None), right.replace_schema_metadata(None)
        keys = _keys(left, right, left_on, right_on)
        part = _balanced(_codes(keys), self._count(keys.num_rows))
        left_part, right_part = np.split(part, [left.num_rows])
        values = _values(shared)

        def call(number: int) -> pa.Table:
            return function(_rows(left, left_part == number), _rows(right, right_part == number), *values)

        return self._joined([partial(call, number) for number in (np.unique(part) if len(part) else [0])])

    def broadcast(self, value: T) -> Broadcast[T]:
        """Return a handle on ``value``; in one process it lies ready already."""
        return Broadcast(value)

    def _count(self, rows: int) -> int:
        parts = self.parts or max(PARTS_PER_WORKER * self.threads, rows // ROWS_PER_PART)
        return max(1, min(parts, rows))

    @property
    def threads(self) -> int:
        """How many threads take parts."""
        if self.workers:
            return self.workers
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    def _joined(self, calls: Sequence[Callable[[], pa.Table]]) -> pa.Table:
        """Return the results under each other, and what was remarked on them, added up."""
        tables = _run(calls, self.threads)
        return schemas.remark(
            pa.concat_tables(tables).replace_schema_metadata(None),
            skipped=schemas.remarks(tables, "skipped").to_pylist(),
            notes=schemas.remarks(tables, "notes").to_pylist(),
        )


def _run(calls: Sequence[Callable[[], T]], workers: int) -> list[T]:
    """Return the calls' results in order; the first call in that order that fails decides the error.

    The calls see the context of their caller. After an error or Ctrl-C no further call is begun. The threads are
    daemons, unlike those of the standard library's executors: the interpreter may end without waiting for the calls
    that are under way.
    """
    futures: list[Future[T]] = [Future() for _ in calls]
    todo = iter(list(zip(futures, calls, strict=True)))  # a list's iterator may be shared between threads
    for _ in range(min(workers, len(calls))):
        Thread(target=copy_context().run, args=(_work, todo), daemon=True, name="stemmata").start()
    try:
        return [future.result() for future in futures]
    finally:
        for future in futures:
            future.cancel()


def _work(todo: Iterator[tuple[Future[T], Callable[[], T]]]) -> None:
    for future, call in todo:
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(call())
            except BaseException as error:  # whatever it is, it belongs to the caller
                future.set_exception(error)
                for later, _ in todo:
                    later.cancel()


def _values(shared: tuple[object, ...]) -> list[object]:
    return [one.value if isinstance(one, Broadcast) else one for one in shared]


def _keys(left: pa.Table, right: pa.Table, left_on: str | tuple[str, ...], right_on: str | tuple[str, ...]) -> pa.Table:
    """Return the keys of both sides under each other."""
    left_names, right_names = ([on] if isinstance(on, str) else list(on) for on in (left_on, right_on))
    try:
        keys = right.select(right_names).rename_columns(left_names)
        return pa.concat_tables([left.select(left_names), keys], promote_options="permissive")
    except (KeyError, ValueError, pa.ArrowException) as error:
        raise SchemaError(
            "the two tables have no key in common.",
            where=f"columns {', '.join(left_names)} and {', '.join(right_names)}",
            mend=f"name as many columns, of the same types, on both sides ({error}).",
        ) from error


def _codes(keys: pa.Table) -> npt.NDArray[np.int64]:
    """Return a number for each row, the same for the same key: 0, 1, … as the keys first appear."""
    codes = np.zeros(keys.num_rows, np.int64)
    for column in keys.columns:
        encoded = column.dictionary_encode("encode").combine_chunks()
        codes = codes * len(encoded.dictionary) + encoded.indices.to_numpy()
        codes = pa.array(codes).dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes


def _balanced(codes: npt.NDArray[np.int64], parts: int) -> npt.NDArray[np.int64]:
    """Return the part of each row: keys in their order, parts of about as many rows."""
    counts = np.bincount(codes)
    before = np.cumsum(counts) - counts
    share: npt.NDArray[np.int64] = before * parts // max(1, len(codes))
    return share[codes]


def _rows(table: pa.Table, mask: npt.NDArray[np.bool_]) -> pa.Table:
    """Return the rows under the mask, without a copy where they stand together."""
    rows = np.flatnonzero(mask)
    if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
        return table.slice(rows[0], len(rows))
    return table.filter(pa.array(mask))
