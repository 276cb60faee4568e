"""Documents of the same words in the same order, whatever their signs, capitals and line ends."""

from __future__ import annotations

import hashlib

import pyarrow as pa

from stemmata.engines import Engine
from stemmata.tokens import read_words

DIGESTS = pa.schema([("doc", pa.string()), ("words", pa.binary(16))])
LEAST = 5  # words: shorter texts meet by accident


def digest_words(documents: pa.Table, engine: Engine) -> pa.Table:
    """Return a digest of each document's words: two documents with one digest are twins.

    Parameters
    ----------
    documents : pyarrow.Table
        Columns ``doc`` and ``text``.

    Returns
    -------
    pyarrow.Table
        Columns ``doc`` and ``words`` (16 bytes); null for a text of fewer than five words.
    """
    return engine.map(_digest_part, documents.select(["doc", "text"]))


def _digest_part(part: pa.Table) -> pa.Table:
    tokens = read_words(part.column("text"))
    digests = [
        hashlib.blake2b(tokens[row].word.tobytes(), digest_size=16).digest() if len(tokens[row]) >= LEAST else None
        for row in range(len(tokens))
    ]
    return pa.table([part.column("doc"), pa.array(digests, pa.binary(16))], schema=DIGESTS)
