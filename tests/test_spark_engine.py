"""The engine of a cluster keeps the contract of all engines: the same rows, in the same order, and the same errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.engines.spark import SparkEngine
from stemmata.errors import OptionError, SchemaError
from stemmata.pipeline import STAGES, run
from tests.sparking import need_spark
from tests.test_contract import SOURCES


@pytest.fixture(scope="module")
def once() -> dict[str, pa.Table]:
    """All tables, as this process makes them."""
    need_spark()
    return run(st.read_documents(SOURCES), st.Options(), st.LocalEngine(parts=1, workers=1))


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: str(stage.name))
def test_a_stage_gives_the_same_rows_on_spark(stage, spark, once) -> None:  # type: ignore[no-untyped-def]
    taken = [once[name] for name in stage.takes]
    assert stage.function(*taken, engine=SparkEngine(spark, parts=3)).equals(once[stage.name])


def _doubled(part: pa.Table) -> Iterator[pa.Table]:
    note = {"stage": "test", "what": "rows", "count": part.num_rows}
    yield schemas.remark(part, notes=[note])
    yield part


def test_results_stand_in_the_order_of_the_parts_and_their_remarks_are_added(spark: Any) -> None:
    table = pa.table({"n": list(range(10))})
    found = SparkEngine(spark, parts=4).map(_doubled, table)
    local = st.LocalEngine(parts=4).map(_doubled, table)
    assert found.equals(local)
    assert schemas.remarks([found], "notes").to_pylist() == [{"stage": "test", "what": "rows", "count": 10}]


def _sides(left: pa.Table, right: pa.Table, word: str) -> pa.Table:
    return pa.table({"key": left["key"], "others": [right.num_rows] * left.num_rows, "word": [word] * left.num_rows})


def test_rows_of_one_key_are_in_the_same_call(spark: Any) -> None:
    left, right = pa.table({"key": ["a", "b", "a"]}), pa.table({"key": ["a", "c"]})
    engines = SparkEngine(spark, parts=2), st.LocalEngine(parts=2)
    one, other = (e.cogroup(_sides, left, right, "key", "key", e.broadcast("w")) for e in engines)
    assert one.equals(other)
    assert one.num_rows == 3


def _refuse(part: pa.Table) -> pa.Table:
    if part.num_rows:
        raise SchemaError("column 'text' is absent.", where="table 'documents'", mend="add it.")
    return part


def test_an_error_of_a_part_reaches_the_caller_as_it_was_raised(spark: Any) -> None:
    with pytest.raises(SchemaError, match="column 'text' is absent") as told:
        SparkEngine(spark).map(_refuse, pa.table({"n": [1, 2, 3]}))
    assert (told.value.where, told.value.mend) == ("table 'documents'", "add it.")


def test_something_that_is_no_session_is_refused() -> None:
    need_spark()
    with pytest.raises(OptionError, match="no SparkSession"):
        SparkEngine("local[2]")  # type: ignore[arg-type]
