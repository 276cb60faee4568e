"""Documents of the same text, whatever white space and line ends it has."""

from __future__ import annotations

import hashlib

import pyarrow as pa

from stemmata.engines import Engine

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
    return pa.table(
        [part.column("doc"), pa.array(map(_digest, part.column("text").to_pylist()), pa.binary(16))], schema=DIGESTS
    )


def _digest(text: str) -> bytes | None:
    bare = "".join(text.split())
    return hashlib.blake2b(bare.encode(), digest_size=16).digest() if len(bare) >= LEAST else None
