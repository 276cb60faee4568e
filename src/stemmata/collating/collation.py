"""A collation: what each witness of a text reads at each of its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.errors import SchemaError

MISSING = -1  # in place of the number of a reading
OMISSION = ""  # the reading of a witness that has nothing at a place
LACUNA = "#LACUNA#"  # in a table: the witness is damaged, or cannot be read

Codes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Collation:
    """What each witness reads at each place.

    Parameters
    ----------
    witnesses : tuple of str
        Their names.
    readings : tuple of tuple of str
        For each place what is read there, in order of the signs; ``OMISSION`` where a witness has nothing.
    codes : int32 array of shape (witnesses, places)
        For each witness and place the number of its reading; ``MISSING`` where nobody can know, since the witness is
        damaged, or begins later or has ended.
    moved : bool array of shape (witnesses, places)
        Whether a witness has what it reads here elsewhere than the others.
    spans : int64 array of shape (witnesses, places, 2), optional
        Where each reading stands in the text of its witness, in code points, half-open; -1 where there is none.
    """

    witnesses: tuple[str, ...]
    readings: tuple[tuple[str, ...], ...]
    codes: Codes
    moved: NDArray[np.bool_]
    spans: NDArray[np.int64] | None = None

    @classmethod
    def of(cls, witnesses: Sequence[str], rows: Sequence[Sequence[str | None]]) -> Collation:
        """Make a collation of what the witnesses read, place by place; None where nobody can know."""
        codes = np.full((len(witnesses), len(rows)), MISSING, np.int32)
        readings = []
        for place, row in enumerate(rows):
            found = sorted({reading for reading in row if reading is not None})
            number = {reading: code for code, reading in enumerate(found)}
            codes[:, place] = [MISSING if reading is None else number[reading] for reading in row]
            readings.append(tuple(found))
        return cls(tuple(witnesses), tuple(readings), codes, np.zeros(codes.shape, bool))

    @classmethod
    def from_table(cls, table: pa.Table) -> Collation:
        """Make a collation of a table with a column for each witness and a row for each place.

        Parameters
        ----------
        table : pyarrow.Table
            Columns of text; an empty value is an omission, null or ``#LACUNA#`` is missing.

        Raises
        ------
        SchemaError
            A column is no text, or two have one name.
        """
        if not isinstance(table, pa.Table):
            raise SchemaError(
                f"a collation cannot be of {type(table).__name__}.",
                where="table of a collation",
                mend="give a pyarrow.Table; stemmata.interchange reads files.",
            )
        names = table.column_names
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise SchemaError(
                f"two columns are called {twice[0]!r}.",
                where="table of a collation",
                mend="give each witness a name of its own.",
            )
        columns = []
        for name in names:
            if not (pa.types.is_string(table[name].type) or pa.types.is_large_string(table[name].type)):
                raise SchemaError(
                    f"a column of {table[name].type} holds no readings.",
                    where=f"table of a collation, column {name!r}",
                    mend="give text; an empty value is an omission, null is missing.",
                )
            columns.append([None if value == LACUNA else value for value in table[name].to_pylist()])
        return cls.of(names, list(zip(*columns, strict=True)))

    def moves(self, codes: Codes | None = None) -> Iterator[tuple[int, Codes]]:
        """Yield a column for each run of places where the same witnesses have what they read elsewhere than others.

        Parameters
        ----------
        codes : int32 array of shape (witnesses, places), optional
            What of the collation tells; by default all its codes.

        Yields
        ------
        place : int
            The first of the run.
        column : int32 array
            For each witness 1 where it has the run elsewhere, else 0; ``MISSING`` where it has no word of it.
        """
        codes = self.codes if codes is None else codes
        omitted = np.array([here.index(OMISSION) if OMISSION in here else MISSING for here in self.readings], np.int32)
        known = (codes != MISSING) & (codes != omitted)
        moved = self.moved & known
        places = np.flatnonzero(moved.any(0)).tolist()
        while places:
            first = last = places.pop(0)
            while places and places[0] == last + 1 and np.array_equal(moved[:, first], moved[:, last + 1]):
                last = places.pop(0)
            run = slice(first, last + 1)
            column = np.where(known[:, run].any(1), moved[:, first], MISSING).astype(np.int32)
            if len(np.unique(column[column != MISSING])) > 1:
                yield first, column

    def to_table(self) -> pa.Table:
        """Return the table of which :meth:`from_table` makes this collation; what is missing is null."""
        columns = []
        for row in self.codes:
            values = (None if code == MISSING else here[code] for code, here in zip(row, self.readings, strict=True))
            columns.append(pa.array(values, pa.string()))
        return pa.table(columns, names=list(self.witnesses))
