"""The seam at which stemmata meets a machine: three verbs, the same for one process and for a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

T = TypeVar("T")
Function: TypeAlias = "Callable[..., pa.Table | Iterator[pa.Table]]"


@dataclass(frozen=True)
class Broadcast(Generic[T]):
    """A value that an engine has laid ready wherever its functions run; made by ``Engine.broadcast``."""

    value: T


class Engine(Protocol):
    """Where the functions of the stages run.

    A stage is written once, as a function on a part of a table, and must give the same rows however the
    table is parted. Engines differ in where the parts lie and in nothing else. The functions must not change
    what they are handed, and must cope with parts that have no rows. One that makes much of little, such as a
    reader of files, may be a generator of tables, at least one: an engine then never holds all that it makes.

    The tables that come back carry the remarks (:func:`stemmata.schemas.remark`) that the function made on
    its parts, added up; what travelled with the tables that went in stays with those.
    """

    def map(
        self,
        function: Function,
        table: pa.Table,
        *shared: object,
        weights: npt.NDArray[np.int64] | None = None,
        amounts: npt.NDArray[np.int64] | None = None,
    ) -> pa.Table:
        """Apply a function to the parts of a table.

        Parameters
        ----------
        function : callable
            Called as ``function(part, *shared)`` with some consecutive rows of ``table``; for a table
            without rows once, so that the result has its columns.
        table : pyarrow.Table
            Parted between rows, nowhere else.
        *shared : object
            Handed to every call; a :class:`Broadcast` is handed over as its value.
        weights : array of int64, optional
            How many bytes of memory each row stands for, where that is not what it takes itself.
        amounts : array of int64, optional
            How many bytes whoever watches is told to be done with each row; by default rows are counted.

        Returns
        -------
        pyarrow.Table
            The results, one after another, in the order of the parts.
        """
        ...

    def cogroup(
        self,
        function: Function,
        left: pa.Table,
        right: pa.Table,
        left_on: str | tuple[str, ...],
        right_on: str | tuple[str, ...],
        *shared: object,
    ) -> pa.Table:
        """Apply a function to the parts of two tables that belong together by a key.

        Parameters
        ----------
        function : callable
            Called as ``function(left_part, right_part, *shared)``. All rows of one key, from both sides,
            are in the same call, in the order in which they stood; one call has many keys. A key that only
            one side has is handed over too. Two tables without rows make one call.
        left, right : pyarrow.Table
            The two sides.
        left_on, right_on : str or tuple of str
            The columns that are the key, of the same types on both sides. Nulls are equal to each other.
        *shared : object
            Handed to every call; a :class:`Broadcast` is handed over as its value.

        Returns
        -------
        pyarrow.Table
            The results, one after another. Their order depends on the number of parts unless the rows of
            each key stand together in ``left``: sort by key.

        Raises
        ------
        SchemaError
            A key column is absent, or is not of one type on both sides.
        """
        ...

    def concat(self, tables: Iterable[pa.Table]) -> pa.Table:
        """Lay tables of one schema under each other, as they come; one at least.

        For a stage that makes its table in rounds: what an engine has put aside does not return to memory.
        """
        ...

    def broadcast(self, value: T) -> Broadcast[T]:
        """Lay a value ready for every call, and return the handle to put among ``shared``."""
        ...


def values_of(shared: tuple[object, ...]) -> list[object]:
    """Return what a function is handed: a :class:`Broadcast` as its value."""
    return [one.value if isinstance(one, Broadcast) else one for one in shared]
