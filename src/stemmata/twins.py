"""Documents of the same text, whatever white space and line ends it has."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.buffers import chosen_slices, text_slices, text_views
from stemmata.engines import Engine
from stemmata.kernels.whitespace import byte_kinds, hash_bare

BARE = pa.schema([("one", pa.uint64()), ("other", pa.uint64()), ("length", pa.int64())])
LEAST = 20  # characters: shorter texts meet by accident
BEGINNING, WHOLE = 96, 2**62  # bytes: most texts are told apart by how they begin
AT_ONCE = 64_000_000  # bytes of text


def first_alike(documents: pa.Table, engine: Engine, *, least: int = LEAST) -> NDArray[np.int64]:
    """Return the first row that holds each document's text, white space aside; its own where nobody else has it.

    Parameters
    ----------
    documents : pyarrow.Table
        Column ``text``.
    least : int
        Texts of fewer characters that are no white space stand for themselves.

    Returns
    -------
    int64 array, as long as the table
    """
    texts = engine.broadcast(documents.select(["text"]))
    rows = np.arange(documents.num_rows, dtype=np.int64)
    first = rows.copy()
    for most in (BEGINNING, WHOLE):
        bare = engine.map(_bare_part, pa.table({"row": rows}), texts, most)
        one, other, length = (bare.column(name).to_numpy() for name in BARE.names)
        order = np.lexsort((rows, other, one))
        new = np.ones(len(order), np.bool_)
        new[1:] = (one[order][1:] != one[order][:-1]) | (other[order][1:] != other[order][:-1])
        alone = new & np.append(new[1:], True)
        if most == BEGINNING:
            rows = np.sort(rows[order[~alone]])
    head = np.flatnonzero(new)
    first[rows[order]] = np.repeat(rows[order[head]], np.diff(np.append(head, len(order))))
    short = rows[length < least]
    first[short] = short
    return first


def hash_texts(documents: pa.Table) -> pa.Table:
    """Return ``one`` and ``other``, the digest of each document's text without white space, and its ``length``.

    Of two documents with one digest, if neither has fewer than ``LEAST`` characters, :func:`first_alike` returns one
    row.
    """
    return _bare_part(pa.table({"row": np.arange(documents.num_rows)}), documents, WHOLE)


def bare_lengths(documents: pa.Table) -> NDArray[np.int64]:
    """Return how many characters of each document's text are no white space."""
    lengths = [np.zeros(0, np.int64)]
    for some in text_slices(documents.select(["text"]), AT_ONCE):
        data, offsets = text_views(some.column("text"))
        lengths.append(np.empty(some.num_rows, np.int64))
        digest = np.empty((2, some.num_rows), np.uint64)
        hash_bare(data, offsets[:-1], offsets[1:], byte_kinds(), WHOLE, digest, lengths[-1])
    return np.concatenate(lengths)


def _bare_part(part: pa.Table, documents: pa.Table, most: int) -> pa.Table:
    batches = [BARE.empty_table()]
    for some, rows in chosen_slices(documents, part.column("row").to_numpy(), AT_ONCE):
        data, offsets = text_views(some.column("text"))
        digest, length = np.empty((2, len(rows)), np.uint64), np.empty(len(rows), np.int64)
        hash_bare(data, offsets[rows], offsets[rows + 1], byte_kinds(), most, digest, length)
        batches.append(pa.table([*digest, length], schema=BARE))
    return pa.concat_tables(batches)
