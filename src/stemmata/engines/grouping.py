"""Two tables parted by a key that both have: rows of one key stay together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemmata.engines.parting import Ints, Rows
from stemmata.errors import SchemaError, cause


@dataclass(frozen=True)
class Group:
    """One part: its number, how many rows both sides have of it, and what these weigh together."""

    number: int
    rows: int
    weight: int
    _sides: tuple[_Parted, _Parted]

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Return the rows of both sides, in the order in which they stood."""
        left, right = self._sides
        return left.rows(self.number), right.rows(self.number)


def group_rows(
    left: pa.Table,
    right: pa.Table,
    left_on: str | tuple[str, ...],
    right_on: str | tuple[str, ...],
    parts: int,
    weights: Ints | None = None,
) -> list[Group]:
    """Return the parts of two tables that belong together by a key, keys as they first appear.

    Parameters
    ----------
    weights : int64 array, optional
        Of the rows of both sides under each other: parts are to weigh about the same. By default 1 each.

    Raises
    ------
    SchemaError
        A key column is absent, or is not of one type on both sides.
    """
    keys = _keys(left, right, left_on, right_on)
    weights = np.ones(keys.num_rows, np.int64) if weights is None else weights
    part = _balanced(_codes(keys), weights, parts)
    sides = _Parted(left, part[: left.num_rows]), _Parted(right, part[left.num_rows :])
    sizes = np.bincount(part, weights).astype(np.int64)
    return [
        Group(number, sum(side.count(number) for side in sides), int(sizes[number]), sides)
        for number in np.unique(part).tolist()
    ]


class _Parted:
    """A table whose rows belong to parts."""

    def __init__(self, table: pa.Table, part: Ints) -> None:
        self._rows = Rows(table)
        self._order = np.argsort(part, kind="stable")
        self._sorted = part[self._order]

    def _span(self, number: int) -> tuple[int, int]:
        start, end = np.searchsorted(self._sorted, [number, number + 1])
        return int(start), int(end)

    def count(self, number: int) -> int:
        start, end = self._span(number)
        return end - start

    def rows(self, number: int) -> pa.Table:
        """Return the rows of a part, without a copy where they stand together."""
        start, end = self._span(number)
        return self._rows.take(self._order[start:end])


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
            mend=f"name as many columns, of the same types, on both sides ({cause(error)}).",
        ) from error


def _codes(keys: pa.Table) -> npt.NDArray[np.int64]:
    """Return a number for each row, the same for the same key: 0, 1, … as the keys first appear."""
    codes = np.zeros(keys.num_rows, np.int64)
    for column in keys.columns:
        encoded = column.dictionary_encode("encode").combine_chunks()
        codes = codes * len(encoded.dictionary) + encoded.indices.to_numpy()
        codes = pa.array(codes).dictionary_encode().indices.to_numpy().astype(np.int64)
    return codes


def _balanced(codes: Ints, weights: Ints, parts: int) -> Ints:
    """Return the part of each row: keys in their order, parts of about the same weight."""
    counts = np.bincount(codes, weights)
    before = np.cumsum(counts) - counts
    share: Ints = (before * parts // max(1, weights.sum())).astype(np.int64)
    return share[codes]
