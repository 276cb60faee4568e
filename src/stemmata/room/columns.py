"""Columns of the table of documents, as lists ask of them: which hold a text, and what most of them say."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SEARCHED = ("doc", "title", "site", "author", "group")
LISTED = 200  # values that can be chosen from a list


def matches(documents: pa.Table, text: str) -> pa.ChunkedArray:
    """Return which documents have a text in one of the columns that are searched, whatever its case."""
    found = (pc.match_substring(documents[name], text, ignore_case=True) for name in SEARCHED)
    every: pa.ChunkedArray = pc.fill_null(next(found), False)
    for one in found:
        every = pc.or_(every, pc.fill_null(one, False))
    return every


def commonest(column: pa.ChunkedArray) -> list[str]:
    """Return the values from which one can be chosen: those of most documents, sorted."""
    counts = column.drop_null().value_counts()
    order = np.argsort(-counts.field("counts").to_numpy(), kind="stable")[:LISTED]
    return sorted(value for value in counts.field("values").take(pa.array(order)).to_pylist() if value)
