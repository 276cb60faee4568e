"""Rows of a table that is sorted by its key, found by halving: nothing is read or indexed beforehand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import pyarrow as pa


class Lookup:
    """A table that is looked up by the first columns of its key.

    Parameters
    ----------
    table : pyarrow.Table
        Sorted by these columns, as every stage leaves it.
    key : str
        Names of columns of strings; their order is that of code points, which is that of their bytes.
    """

    def __init__(self, table: pa.Table, *key: str) -> None:
        self.table = table
        self._columns = [_Strings(table.column(name)) for name in key]

    def span(self, *key: str) -> tuple[int, int]:
        """Return where the rows of a key begin and end; both are one place where there is none."""
        low, high = 0, self.table.num_rows
        for column, value in zip(self._columns, key, strict=False):
            low = bisect_left(column, value, low, high)
            high = _end(column, value, low, high)
        return low, high

    def has(self, *key: str) -> bool:
        """Say whether there is a row of a key."""
        low, high = self.span(*key)
        return low < high

    def slice(self, *key: str) -> pa.Table:
        """Return the rows of a key."""
        low, high = self.span(*key)
        return self.table.slice(low, high - low)

    def rows(self, *key: str) -> list[dict[str, Any]]:
        """Return the rows of a key as mappings."""
        rows: list[dict[str, Any]] = self.slice(*key).to_pylist()
        return rows


def _end(column: Sequence[str], value: str, low: int, high: int) -> int:
    """Return where the rows of a value end: mostly they are few, so that it is looked for near where they begin."""
    reach = 1
    while low + reach < high and column[low + reach - 1] == value:
        reach *= 2
    return bisect_right(column, value, low, min(low + reach, high))


class _Strings(Sequence[str]):
    """A column as a sequence, each value of which is made when it is asked for."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def __getitem__(self, at: Any) -> Any:
        return self._column[at].as_py()
