"""The seam between Arrow and NumPy: views of text columns, and nothing copied that need not be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.errors import SchemaError

TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)


def text_views(texts: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the bytes of a text column and where each value begins.

    Parameters
    ----------
    texts : pyarrow.Array or ChunkedArray of string or large_string
        Any slicing and chunking; nulls are refused.

    Returns
    -------
    data : uint8 array
        UTF-8 bytes of the values, one after another; a view where the column is large_string in one chunk.
    offsets : int64 array, one longer than the column
        Value ``i`` is ``data[offsets[i]:offsets[i + 1]]``; a slice's offsets begin past 0.

    Raises
    ------
    SchemaError
        The column holds nulls or is no text.
    """
    kind = texts.type.value_type if pa.types.is_dictionary(texts.type) else texts.type
    if not any(is_kind(kind) for is_kind in TEXTS):
        raise SchemaError(
            f"a column of {texts.type} is no text.", where="text", mend="cast it to string or large_string."
        )
    if texts.null_count:
        raise SchemaError(
            f"a text column holds {texts.null_count} nulls.", where="text", mend="drop rows without text."
        )
    if texts.type != pa.large_string():
        texts = texts.cast(pa.large_string())
    if isinstance(texts, pa.ChunkedArray):  # ``combine_chunks`` copies a single one, too
        texts = (
            texts.chunk(0) if texts.num_chunks == 1 else pa.concat_arrays(texts.chunks or [pa.array([], texts.type)])
        )
    _, offsets, data = texts.buffers()
    begins = np.frombuffer(offsets, np.int64, len(texts) + 1, 8 * texts.offset) if len(texts) else np.zeros(1, np.int64)
    values = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    for view in (values, begins):
        view.setflags(write=False)  # whatever they are views of: kernels compile once for all
    return values, begins


def text_slices(table: pa.Table, most: int) -> Iterator[pa.Table]:
    """Yield consecutive rows of a table whose column ``text`` has about ``most`` bytes; of no rows none.

    What is computed of so many words at a time stays in the processor's caches.
    """
    sizes = pc.binary_length(table.column("text")).to_numpy().astype(np.int64)
    part = np.cumsum(sizes) // most
    edges = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), table.num_rows]
    yield from (table.slice(low, high - low) for low, high in pairwise(edges) if low < high)


def chosen_slices(
    table: pa.Table, rows: NDArray[np.int64], most: int
) -> Iterator[tuple[pa.RecordBatch, NDArray[np.int64]]]:
    """Yield parts of a table, and rows of each whose column ``text`` has about ``most`` bytes together.

    Parameters
    ----------
    rows : int64 array
        Ascending. All parts together yield them in this order; no text is copied.
    """
    start = 0
    for batch in table.to_batches():
        low, high = np.searchsorted(rows, [start, start + batch.num_rows])
        some = rows[low:high] - start
        start += batch.num_rows
        if not len(some):
            continue
        offsets = text_views(batch.column("text"))[1]
        part = np.cumsum(offsets[some + 1] - offsets[some]) // most
        for chosen in np.split(some, np.flatnonzero(np.diff(part)) + 1):
            yield batch, chosen
