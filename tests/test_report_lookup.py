"""Rows of a sorted table, found by halving, are those that one finds by going through all."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as some

from stemmata.report.lookup import Lookup

NAMES = some.sampled_from(["a", "b", "ba", "é", "z"])


@given(some.lists(some.tuples(NAMES, NAMES), max_size=40), NAMES, NAMES)
def test_what_is_found_is_all_that_is_there(pairs: list[tuple[str, str]], one: str, other: str) -> None:
    rows = [{"a": a, "b": b, "n": n} for n, (a, b) in enumerate(sorted(pairs))]
    schema = pa.schema({"a": pa.string(), "b": pa.string(), "n": pa.int64()})
    lookup = Lookup(pa.Table.from_pylist(rows, schema), "a", "b")
    assert lookup.rows(one) == [row for row in rows if row["a"] == one]
    assert lookup.rows(one, other) == [row for row in rows if (row["a"], row["b"]) == (one, other)]
    assert lookup.has(one, other) == ((one, other) in pairs)
