"""The engine of one machine: tables are cut into parts, and threads take them in turn."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from threading import Condition, Thread
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemmata.engines.engine import Broadcast, Function, values_of
from stemmata.engines.grouping import Group, group_rows
from stemmata.engines.parting import Ints, edges_by_bytes, row_bytes
from stemmata.engines.progress import BYTES, telling
from stemmata.engines.sizes import read_size
from stemmata.engines.spilling import Pile
from stemmata.errors import OptionError, check_option

T = TypeVar("T")

PARTS_PER_WORKER = 4  # parts cost unequal time; with more parts than workers nobody waits long for the last
ROWS_PER_PART = 65_536  # bounds what a function needs beside its input
SHARE = (
    32  # of the budget, one share is what a table may hold, and one what is at work: functions need twenty times that
)


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
    memory : int or str, optional
        How many bytes the tables and the work on them may take: a number, ``"2GB"``, ``"500MB"``. Python and the
        libraries take some 400 MB beside that, and each worker process that reads files up to as much. A table over a
        32nd of it is written to disk and comes back as a view of the file, which the system reads as it is looked at;
        parts are cut small. By default tables are held in memory. Any amount gives the same rows.
    spill : str or path, optional
        The folder of those files, on a disk with room; by default the system's for temporary files. A file is gone
        when its table is, and with the process.

    Raises
    ------
    OptionError
        ``parts`` or ``workers`` is out of its range, ``memory`` is no amount of bytes, or ``spill`` no folder.
    """

    parts: int | None = None
    workers: int | None = None
    memory: int | str | None = None
    spill: str | os.PathLike[str] | None = None

    def __post_init__(self) -> None:
        if self.parts is not None:
            check_option(self, "parts", 1, 100_000)
        if self.workers is not None:
            check_option(self, "workers", 1, 4_096)
        if self.memory is not None:
            read_size(self.memory, "memory")
        if self.spill is not None and not os.path.isdir(self.spill):
            raise OptionError(
                f"spill must be a folder, and {os.fspath(self.spill)!r} is none.",
                where="option spill",
                mend="make it, or name another.",
            )

    def map(
        self,
        function: Function,
        table: pa.Table,
        *shared: object,
        weights: npt.NDArray[np.int64] | None = None,
        amounts: npt.NDArray[np.int64] | None = None,
    ) -> pa.Table:
        """Apply a function to the parts of a table; see :meth:`Engine.map`."""
        table = table.replace_schema_metadata(None)
        values = values_of(shared)
        calls = []
        for start, end in pairwise(self._edges(table, weights)):
            part = table.slice(start, end - start)
            size = part.nbytes if weights is None else int(weights[start:end].sum())
            count = end - start if amounts is None else int(amounts[start:end].sum())
            calls.append(_Call(partial(function, part, *values), count, size))
        return self._joined(calls, _unit(table) if amounts is None else BYTES)

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
        parts, weights = self._count(left.num_rows + right.num_rows), None
        if self._share is not None:
            weights = np.concatenate([row_bytes(left), row_bytes(right)])
            parts = max(parts, -(-int(weights.sum()) // self._part))
        values = values_of(shared)

        def call(group: Group) -> pa.Table | Iterator[pa.Table]:
            return function(*group.tables(), *values)

        groups = group_rows(left, right, left_on, right_on, parts, weights)
        calls = [_Call(partial(call, group), group.rows, group.weight) for group in groups]
        return self._joined(calls or [_Call(partial(function, left, right, *values))], _unit(left))

    def concat(self, tables: Iterable[pa.Table]) -> pa.Table:
        """Lay tables under each other; see :meth:`Engine.concat`."""
        pile = Pile(1, self._share, self._folder)
        for table in tables:
            pile.put(0, table)
        return pile.table()

    def broadcast(self, value: T) -> Broadcast[T]:
        """Return a handle on ``value``; in one process it lies ready already."""
        return Broadcast(value)

    @property
    def threads(self) -> int:
        """How many threads take parts."""
        if self.workers:
            return self.workers
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    @property
    def _share(self) -> int | None:
        return None if self.memory is None else read_size(self.memory, "memory") // SHARE

    @property
    def _part(self) -> int:
        """How many bytes a part has, where memory is bounded."""
        return max(1, (self._share or 0) // self.threads)

    @property
    def _folder(self) -> str | None:
        return None if self.spill is None else os.fspath(self.spill)

    def _edges(self, table: pa.Table, weights: Ints | None) -> list[int]:
        """Return where to cut a table, both ends included; one without rows is a part."""
        rows, parts = table.num_rows, self._count(table.num_rows)
        if not rows:
            return [0, 0]
        edges = {rows * part // parts for part in range(parts + 1)}
        return sorted(edges if self._share is None else edges.union(edges_by_bytes(table, weights, self._part)))

    def _count(self, rows: int) -> int:
        parts = self.parts or max(PARTS_PER_WORKER * self.threads, rows // ROWS_PER_PART)
        return max(1, min(parts, rows))

    def _joined(self, calls: Sequence[_Call], unit: str) -> pa.Table:
        """Return the results under each other, and what was remarked on them, added up."""
        pile, gate = Pile(len(calls), self._share, self._folder), _Gate(self._share)

        def make(number: int) -> None:
            with gate.passed(calls[number].size):
                made = calls[number].function()
                for table in [made] if isinstance(made, pa.Table) else made:
                    pile.put(number, table)

        with telling(sum(call.count for call in calls), unit) as tell:
            for number, _ in enumerate(_run([partial(make, number) for number in range(len(calls))], self.threads)):
                tell(calls[number].count)
        return pile.table()


@dataclass
class _Call:
    """One part's work: how many rows, or bytes, it is for those who watch, and how many bytes it is handed."""

    function: Callable[[], pa.Table | Iterator[pa.Table]]
    count: int = 0
    size: int = 0


class _Gate:
    """Lets parts to work as long as they have so many bytes together; one that has more, alone."""

    def __init__(self, most: int | None) -> None:
        self._most, self._within = most, 0
        self._change = Condition()

    @contextmanager
    def passed(self, size: int) -> Iterator[None]:
        with self._change:
            self._change.wait_for(lambda: self._most is None or not self._within or self._within + size <= self._most)
            self._within += max(1, size)
        try:
            yield
        finally:
            with self._change:
                self._within -= max(1, size)
                self._change.notify_all()


def _unit(table: pa.Table) -> str:
    """Return what to call the rows of a table."""
    names = set(table.column_names)
    return "documents" if {"doc", "text"} <= names else "pairs" if {"a", "b"} <= names else "rows"


def _run(calls: Sequence[Callable[[], T]], workers: int) -> Iterator[T]:
    """Yield the calls' results in order; the first call in that order that fails decides the error.

    The calls see the context of their caller. After an error or Ctrl-C no further call is begun. After an error the
    calls under way are waited for: the interpreter may be about to end, and a thread that comes back from C++ to an
    interpreter that has ended aborts the process. After Ctrl-C they are not, so that the threads are daemons, unlike
    those of the standard library's executors. A single call needs no thread: to start one costs more than little work.
    """
    if len(calls) == 1:
        yield copy_context().run(calls[0])
        return
    futures: list[Future[T]] = [Future() for _ in calls]
    todo = iter(list(zip(futures, calls, strict=True)))  # a list's iterator may be shared between threads
    threads = [
        Thread(target=copy_context().run, args=(_work, todo), daemon=True, name="stemmata")
        for _ in range(min(workers, len(calls)))
    ]
    for thread in threads:
        thread.start()
    try:
        for future in futures:
            yield future.result()
    except Exception:
        _cancel(futures)
        for thread in threads:
            thread.join()
        raise
    finally:
        _cancel(futures)


def _cancel(futures: Sequence[Future[T]]) -> None:
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
