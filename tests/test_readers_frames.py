"""Tables at hand: of Arrow, pandas and polars."""

from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from stemmata.errors import SourceError
from stemmata.readers.frames import is_frame, read_frame

COLUMNS: dict[str, list[Any]] = {
    "doc": ["k1", "k2", "k3"],
    "text": ["Snow fell on the pass.", "На перевале выпал снег.", None],
    "published": ["2024-01-05", None, "2024-01-07"],
    "likes": [1, 2, 3],
}
FRAMES: dict[str, Any] = {
    "arrow": pa.table(COLUMNS),
    "batch": pa.RecordBatch.from_pydict(COLUMNS),
    "reader": pa.table(COLUMNS),
    "pandas": pd.DataFrame(COLUMNS),
    "polars": pl.DataFrame(COLUMNS),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_tables_of_every_kind_give_the_same_rows(kind: str) -> None:
    frame = FRAMES["reader"].to_reader() if kind == "reader" else FRAMES[kind]
    assert is_frame(frame)
    table = read_frame(frame)
    assert table["doc"].to_pylist() == COLUMNS["doc"]
    assert table["text"].to_pylist() == COLUMNS["text"]
    assert [day and day.isoformat() for day in table["published"].to_pylist()] == [
        "2024-01-05T00:00:00+00:00",
        None,
        "2024-01-07T00:00:00+00:00",
    ]


@pytest.mark.parametrize("source", ["a.txt", b"text", ["a"], {"text": ["a"]}, None])
def test_other_things_are_no_tables(source: object) -> None:
    assert not is_frame(source)


def test_a_column_of_pandas_may_hold_values_of_several_kinds() -> None:
    mixed = {"id": [1, "b", None], "text": ["a", "b\ud800", float("nan")], "likes": [object(), 1, "a"]}
    table = read_frame(pd.DataFrame(mixed, dtype=object))
    assert table["doc"].to_pylist() == ["1", "b", None]
    assert table["text"].to_pylist() == ["a", "b\ufffd", None]


def test_times_of_pandas_are_taken_over() -> None:
    days = pd.to_datetime(pd.Series(["2024-01-05", None]))
    table = read_frame(pd.DataFrame({"text": ["a", "b"], "modified": days}))
    assert [day and day.year for day in table["modified"].to_pylist()] == [2024, None]


@pytest.mark.parametrize("kind", ["arrow", "batch", "pandas", "polars"])
def test_without_a_column_text_the_columns_are_named(kind: str) -> None:
    other: dict[str, list[Any]] = {"body": ["a"], "likes": [1]}
    frame = {
        "arrow": pa.table(other),
        "batch": pa.RecordBatch.from_pydict(other),
        "pandas": pd.DataFrame(other),
        "polars": pl.DataFrame(other),
    }[kind]
    with pytest.raises(SourceError, match="its columns: 'body', 'likes'"):
        read_frame(frame)


def test_a_column_alone_is_no_table() -> None:
    with pytest.raises(SourceError):
        read_frame(pl.Series("text", ["a"]))


def test_a_categorical_column_of_polars_is_read() -> None:
    names = pl.Series(["Fährmann", None, "паромщик"], dtype=pl.Categorical)
    table = read_frame(pl.DataFrame({"text": names, "title": names}))
    assert table["text"].to_pylist() == table["title"].to_pylist() == ["Fährmann", None, "паромщик"]
