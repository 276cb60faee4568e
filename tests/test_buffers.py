"""Views of text columns: every shape in which Arrow may hold a text gives the same bytes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.buffers import chosen_slices, text_views
from stemmata.errors import SchemaError
from tests.texts import texts

TYPES = [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]


def values(column: pa.Array | pa.ChunkedArray) -> list[str]:
    """The texts that the views hold."""
    data, offsets = text_views(column)
    assert data.dtype == np.uint8
    assert offsets.dtype == np.int64
    return [data[start:end].tobytes().decode() for start, end in pairwise(offsets.tolist())]


@given(st.lists(texts, max_size=5), st.sampled_from(TYPES), st.data())
def test_views_hold_the_values_of_any_column(documents: list[str], kind: pa.DataType, data: st.DataObject) -> None:
    """Types, slices and chunks; a slice shares its parent's bytes and begins past 0."""
    low = data.draw(st.integers(0, len(documents)))
    high = data.draw(st.integers(low, len(documents)))
    whole = pa.array(documents, pa.large_string()).cast(kind)
    assert values(whole.slice(low, high - low)) == documents[low:high]
    chunked = pa.chunked_array([whole.slice(0, low), whole.slice(low, 0), whole.slice(low)], kind)
    assert values(chunked) == documents


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_a_column_without_values_has_one_offset(kind: pa.DataType) -> None:
    for column in (pa.array([], kind), pa.chunked_array([], kind), pa.chunked_array([[]], kind)):
        assert values(column) == []


def test_empty_texts_are_values_too() -> None:
    assert values(pa.array(["", ""])) == ["", ""]


def test_nothing_is_copied_where_the_column_is_as_it_should_be() -> None:
    column = pa.array(["Skerrow", "маяк"], pa.large_string())
    buffer = column.buffers()[2]
    assert buffer is not None
    for part in (column.slice(1), pa.chunked_array([column])):
        assert text_views(part)[0].ctypes.data == buffer.address


def test_nulls_are_refused() -> None:
    with pytest.raises(SchemaError, match="2 nulls") as caught:
        text_views(pa.array(["a", None, None]))
    assert caught.value.where == "text"
    assert caught.value.mend


@pytest.mark.parametrize("column", [pa.array([1, 2]), pa.array([["a"]]), pa.array([b"\xff"])], ids=str)
def test_what_is_no_text_is_refused(column: pa.Array) -> None:
    with pytest.raises(SchemaError):
        text_views(column)


@given(st.lists(texts, max_size=8), st.data())
def test_chosen_rows_come_in_their_order_from_any_chunks(documents: list[str], data: st.DataObject) -> None:
    """In slices of a few bytes each, every one of which has a row."""
    cut = data.draw(st.integers(0, len(documents)))
    column = pa.chunked_array([documents[:cut], [], documents[cut:]], pa.large_string())
    rows = sorted(data.draw(st.sets(st.integers(0, len(documents) - 1) if documents else st.nothing())))
    slices = [
        batch.column("text").take(pa.array(some)).to_pylist()
        for batch, some in chosen_slices(pa.table({"text": column}), np.array(rows, np.int64), 10)
    ]
    assert [text for some in slices for text in some] == [documents[row] for row in rows]
    assert all(slices)
