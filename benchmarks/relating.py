"""What stemmata says of labelled pairs: each pair on its own, the copy not given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from benchmarks.corpora import Pair
from stemmata.alignments import AlignmentOptions, align
from stemmata.passages.acceptance import DEFAULTS
from stemmata.relations import classify

PAIRS = pa.schema([("a", pa.string()), ("b", pa.string()), ("copy", pa.string())])
NOT_REUSE = ("none", "template")


def documents_of(texts: dict[str, str]) -> pa.Table:
    """Return English documents from texts by id."""
    docs = pa.array(list(texts), pa.string())
    return pa.table(
        {
            "doc": docs,
            "text": pa.array(list(texts.values()), pa.large_string()),
            "language": pa.array(["en"] * len(texts), pa.string()),
            "sha256": docs,
        }
    )


def documents_in(texts: dict[str, str], pairs: Sequence[Pair]) -> pa.Table:
    """Return the documents that stand in pairs."""
    return documents_of({doc: texts[doc] for p in pairs for doc in (p.copy, p.source)})


def pairs_of(pairs: Sequence[Pair]) -> pa.Table:
    """Return the pairs as a table, in the order given; nothing says which text is the copy."""
    rows = [dict(zip("ab", sorted((p.copy, p.source)), strict=True)) for p in pairs]
    return pa.Table.from_pylist(rows, schema=PAIRS)


def relate(texts: dict[str, str], pairs: Sequence[Pair], options: AlignmentOptions = DEFAULTS) -> list[dict[str, Any]]:
    """Return the relation of each pair, in the order of the pairs."""
    documents, table = documents_in(texts, pairs), pairs_of(pairs)
    relations = classify(documents, table, align(documents, table, options=options))
    relations = relations.select(["a", "b", "kind", "extent", "confidence"])
    found = {frozenset((row["a"], row["b"])): row for row in relations.to_pylist()}
    return [found[frozenset((p.copy, p.source))] for p in pairs]
