"""JSON Lines as columns, read by a kernel where all is plain: each line an object, of text, integers, true and false.

It takes a third of the time of ``pyarrow.json``. What is not plain is left to that, and to Python's own ``json``.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.readers.called import TYPES, Called, called_for, needed_columns
from stemmata.readers.columns import take_columns

BYTES_OF_LINE = 256  # for which room is made; where most lines are shorter, they are counted


def read_objects(data: bytes, first: int, called: Called) -> pa.Table | None:
    """Return the rows of lines in UTF-8, in the schema ``columns.ROWS``; None if not all is plain.

    Parameters
    ----------
    first : int
        The number of the first line.
    """
    from stemmata.kernels.strings import ABSENT
    from stemmata.kernels.utf8 import VALID, is_utf8

    bytes_ = np.frombuffer(data, np.uint8)
    if not data.isascii() and is_utf8(bytes_) != VALID:
        return None
    # of two that are one the first
    kinds_of = {called_for(name, called): kind for name, kind in reversed(TYPES.items())}
    values = _find(bytes_, [name.encode() for name in kinds_of], first)
    if values is None:
        return None
    columns = {}
    there = (values.kinds != ABSENT).any(axis=1)
    for at, (name, kind) in enumerate(kinds_of.items()):
        if there[at]:
            column = _column(bytes_, values.begins[at], values.ends[at], values.kinds[at], kind)
            if column is None:
                return None
            columns[name] = column
    needed = needed_columns(called).values()
    if any(name not in columns or columns[name].null_count == len(values.lines) for name in needed):
        return None
    return take_columns(pa.table(columns), values.lines, called=called, valid=True)


class _Values(NamedTuple):
    """Where values stand, and what they are: names by objects; and the number of each object's line."""

    begins: NDArray[np.int32]
    ends: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    lines: NDArray[np.int64]


def _find(data: NDArray[np.uint8], names: list[bytes], first: int) -> _Values | None:
    from stemmata.kernels.objects import FULL, find_values
    from stemmata.kernels.strings import ODD
    from stemmata.kernels.utf8 import count_lines

    edges, name_bytes = np.cumsum([0, *map(len, names)]), np.frombuffer(b"".join(names), np.uint8)
    count, room = FULL, len(data) // BYTES_OF_LINE + 1
    while count == FULL:
        shape, lines = (len(names), room), np.empty(room, np.int64)
        begins, ends, kinds = np.empty(shape, np.int32), np.empty(shape, np.int32), np.empty(shape, np.uint8)
        count = find_values(data, name_bytes, edges, first, begins, ends, kinds, lines)
        if count == FULL:
            room = count_lines(data) + 1
    return None if count == ODD else _Values(begins[:, :count], ends[:, :count], kinds[:, :count], lines[:count])


def _column(
    data: NDArray[np.uint8],
    begins: NDArray[np.int32],
    ends: NDArray[np.int32],
    kinds: NDArray[np.uint8],
    kind: pa.DataType,
) -> pa.Array[Any] | None:
    """Return values, if all are of the kind that the column holds."""
    from stemmata.kernels.lanes import LANES
    from stemmata.kernels.strings import ABSENT, ESCAPED, FALSE, INTEGER, NULL, STRING, TRUE, unescape

    found = {int(one) for one in np.flatnonzero(np.bincount(kinds))} - {ABSENT, NULL}
    there = kinds > NULL
    if kind == pa.bool_():
        return pa.array(kinds == TRUE, mask=~there) if found <= {TRUE, FALSE} else None
    if not (found <= {STRING, ESCAPED} or (found == {INTEGER} and kind == pa.string())):
        return None  # dates may not be numbers, nor texts; what lists look like is not known here
    offsets = np.empty(len(kinds) + 1, np.int64)
    texts = pa.allocate_buffer(int((ends - begins).sum(where=there)) + LANES, resizable=True)
    unescape(data, begins, ends, kinds, offsets, np.frombuffer(texts, np.uint8))
    texts.resize(int(offsets[-1]))  # escapes are up to three times as long as what they stand for
    valid = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
    return pa.LargeStringArray.from_buffers(len(kinds), pa.py_buffer(offsets), texts, valid)
