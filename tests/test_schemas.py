"""Schemas: what every table promises, and how a table that does not is refused."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.errors import SchemaError
from stemmata.schemas import Schema

PAIR = {"a": "Ада.txt", "b": "林.txt"}
ROWS: list[dict[str, Any]] = [
    {"doc": "маяк", "text": "Свет погас.", "sha256": "bb", "lineage": ["rsid:2"]},
    {"doc": "lamp", "text": "The light went out.", "sha256": "aa", "locators": [{"offset": 0, "label": "1r"}]},
]


def documents(**columns: Any) -> pa.Table:
    """Two documents, some columns replaced or added; None drops a column."""
    table = pa.table({"doc": ["b", "a"], "text": ["two", "one"], "sha256": ["bb", "aa"]})
    for name, values in columns.items():
        if name in table.column_names:
            table = table.drop_columns(name)
        if values is not None:
            table = table.append_column(name, values if isinstance(values, pa.Array) else pa.array(values))
    return table


@pytest.mark.parametrize("schema", schemas.BY_NAME.values(), ids=lambda schema: schema.name)
def test_every_schema_is_whole(schema: Schema) -> None:
    """Its key is of columns that are never null, each column says what it holds, and an empty table passes."""
    columns = {column.name: column for column in schema.columns}
    assert len(columns) == len(schema.columns)
    assert all(not columns[name].null for name in schema.key)
    assert all(column.holds for column in schema.columns)
    assert schema.row
    assert schema.check(schema.empty()).equals(schema.empty())
    assert schema.empty().schema == schema.arrow
    assert [field.nullable for field in schema.arrow] == [column.null for column in schema.columns]


def test_the_stages_stand_in_the_order_of_a_document() -> None:
    assert [schema.name for schema in schemas.TABLES] == [
        "documents", "fingerprints", "pairs", "alignments", "relations", "families", "collations", "directions",
        "stemma", "readings", "changes",
    ]  # fmt: skip
    assert set(schemas.BY_NAME) == {schema.name for schema in schemas.TABLES} | {"statistics", "skipped", "notes"}


def test_a_table_of_mappings_is_sorted_and_filled_with_nulls() -> None:
    table = schemas.DOCUMENTS.table(ROWS)
    assert table.column("doc").to_pylist() == ["lamp", "маяк"]
    assert table.column("locators").to_pylist() == [[{"offset": 0, "label": "1r"}], None]
    assert table.column("title").null_count == 2
    assert schemas.DOCUMENTS.check(table).equals(table)


def test_check_orders_casts_adds_and_drops_columns() -> None:
    """What a schema does not know is dropped; an absent column that may be null is added."""
    given = documents(text=pa.array(["two", "one"], pa.string()), ours=[True, None], weather=["rain", "fog"])
    checked = schemas.DOCUMENTS.check(given.select(["weather", "ours", "sha256", "text", "doc"]))
    assert checked.schema == schemas.DOCUMENTS.arrow
    assert checked.select(["doc", "text", "ours"]).to_pylist() == [
        {"doc": "a", "text": "one", "ours": None},
        {"doc": "b", "text": "two", "ours": True},
    ]


def test_rows_may_come_in_any_order_and_chunking() -> None:
    rows = [{**PAIR, "a": name} for name in ("c", "a", "b")]
    table = schemas.PAIRS.table(rows)
    parts = pa.concat_tables([table.slice(2), table.slice(0, 1), table.slice(1, 1)])
    assert schemas.PAIRS.check(parts).equals(table)
    assert schemas.PAIRS.check(parts).column("a").num_chunks == 1


def test_an_absent_column_is_named() -> None:
    with pytest.raises(SchemaError) as caught:
        schemas.DOCUMENTS.check(documents(text=None))
    assert caught.value.what == "column 'text' is absent."
    assert caught.value.where == "table 'documents'"
    assert "large_string" in caught.value.mend


def test_nulls_are_refused_with_their_rows() -> None:
    table = pa.table({"doc": list("abcdefgh"), "text": ["x", *[None] * 6, "y"], "sha256": ["0"] * 8})
    with pytest.raises(SchemaError) as caught:
        schemas.DOCUMENTS.check(table)
    assert caught.value.what == "column 'text' holds 6 nulls."
    assert caught.value.where == "table 'documents', rows 1, 2, 3, 4, 5"


def test_a_column_that_cannot_be_cast_is_named() -> None:
    with pytest.raises(SchemaError) as caught:
        schemas.DOCUMENTS.check(documents(published=["soon", "late"]))
    assert caught.value.what.startswith("column 'published' is string and cannot become timestamp")
    with pytest.raises(SchemaError, match="'lineage' is string and cannot become list"):
        schemas.DOCUMENTS.check(documents(lineage=["one", "two"]))


def test_a_key_stands_once() -> None:
    with pytest.raises(SchemaError) as caught:
        schemas.PAIRS.check(pa.table({"a": ["x", "x", "x"], "b": ["y", "z", "y"]}))
    assert caught.value.what == "the key 'x', 'y' stands 2 times."
    assert caught.value.where == "table 'pairs', columns a, b"


def test_some_tables_have_no_key_of_one_row() -> None:
    """Two k-grams of one view may begin at one word, and one file may be skipped twice for one reason."""
    gram = {"doc": "a", "view": "surface", "hash": 2**64 - 1, "position": 0}
    assert schemas.FINGERPRINTS.check(schemas.FINGERPRINTS.table([gram, gram])).num_rows == 2
    skipped = {"uri": "a.txt", "reason": "it is empty.", "mend": "leave it out."}
    assert schemas.SKIPPED.table([skipped, skipped]).num_rows == 2


def test_remarks_travel_with_a_table_and_are_added_up() -> None:
    cut = {"stage": "pairs", "what": "k-grams cut", "count": 3}
    skipped = {"uri": "ж.txt", "reason": "it is empty.", "mend": "leave it out."}
    one = schemas.remark(schemas.PAIRS.table([PAIR]), notes=[cut], skipped=[skipped])
    two = schemas.remark(schemas.remark(schemas.PAIRS.empty(), notes=[cut]), notes=[{**cut, "count": 2}])
    assert schemas.remarks([one, two], "notes").to_pylist() == [{**cut, "count": 8}]
    assert schemas.remarks([two, one], "skipped").to_pylist() == [skipped]


def test_remarks_outlive_sorting_and_checking() -> None:
    cut = {"stage": "pairs", "what": "k-grams cut", "count": 3}
    table = schemas.remark(schemas.PAIRS.table([PAIR]), notes=[cut])
    assert schemas.remarks([schemas.PAIRS.check(table)], "notes").to_pylist() == [cut]
    assert schemas.PAIRS.sort(table).schema.metadata == table.schema.metadata


def test_what_was_cut_no_times_is_not_noted() -> None:
    table = schemas.remark(schemas.PAIRS.empty(), notes=[{"stage": "pairs", "what": "k-grams cut", "count": 0}])
    assert table.schema.metadata is None
    assert schemas.remarks([table, schemas.PAIRS.empty()], "notes").num_rows == 0


def test_a_table_without_rows_passes_whatever_its_types() -> None:
    empty = pa.table({"a": pa.array([], pa.null()), "b": pa.array([], pa.null())})
    assert schemas.PAIRS.check(empty).equals(schemas.PAIRS.empty())
