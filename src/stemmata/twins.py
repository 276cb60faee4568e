"""Documents of the same text, whatever white space and line ends it has."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from stemmata.buffers import text_views
from stemmata.engines import Engine
from stemmata.kernels.whitespace import byte_kinds, hash_bare

DIGESTS = pa.schema([("doc", pa.string()), ("digest", pa.binary(16))])
LEAST = 20  # characters: shorter texts meet by accident


def digest_texts(documents: pa.Table, engine: Engine) -> pa.Table:
    """Return a digest of each document's text without its white space: two documents with one digest are twins.

    Parameters
    ----------
    documents : pyarrow.Table
        Columns ``doc`` and ``text``.

    Returns
    -------
    pyarrow.Table
        Columns ``doc`` and ``digest`` (16 bytes); null for a text of fewer than 20 characters.
    """
    return engine.map(_digest_part, documents.select(["doc", "text"]))


def _digest_part(part: pa.Table) -> pa.Table:
    digests = []
    for batch in part.to_batches():  # a view of each: texts are not copied
        data, offsets = text_views(batch.column("text"))
        digest = np.empty((batch.num_rows, 2), np.uint64)
        length = np.empty(batch.num_rows, np.int64)
        hash_bare(data, offsets, byte_kinds(), digest, length)
        valid = pa.array(length >= LEAST).buffers()[1]
        digests.append(pa.FixedSizeBinaryArray.from_buffers(pa.binary(16), len(digest), [valid, pa.py_buffer(digest)]))
    return pa.table([part.column("doc"), pa.chunked_array(digests, pa.binary(16))], schema=DIGESTS)
