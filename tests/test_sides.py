"""Sides: the texts of a pair laid beside it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from stemmata.engines import LocalEngine
from stemmata.sides import attach, read_sides
from stemmata.tokens import words_of

DOCUMENTS = pa.table(
    {
        "doc": ["б", "a", "c"],
        "text": pa.array(["Маяк погас.", "The lamp went out.", ""], pa.large_string()),
        "language": pa.array(["ru", "en", None], pa.string()),
    }
)
PAIRS = pa.table({"a": ["c", "a", "a"], "b": ["б", "б", "a"], "copy": pa.array(["b", None, "a"], pa.string())})


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_texts_and_languages_are_laid_beside_each_pair(parts: int) -> None:
    """Sorted by pair, with whatever else a row holds; one document may stand in many pairs, and on both sides."""
    assert attach(DOCUMENTS, PAIRS, LocalEngine(parts=parts)).to_pylist() == [
        {"a": a, "b": b, "copy": copy, "a_text": one, "a_language": first, "b_text": other, "b_language": second}
        for a, b, copy, one, first, other, second in (
            ("a", "a", "a", "The lamp went out.", "en", "The lamp went out.", "en"),
            ("a", "б", None, "The lamp went out.", "en", "Маяк погас.", "ru"),
            ("c", "б", "b", "", None, "Маяк погас.", "ru"),
        )
    ]


def test_pairs_of_absent_documents_are_left_out() -> None:
    """And no pairs at all give a table of the same columns."""
    both = attach(DOCUMENTS, pa.table({"a": ["a", "a"], "b": ["z", "c"]}), LocalEngine())
    assert both.select(["a", "b"]).to_pylist() == [{"a": "a", "b": "c"}]
    none = attach(DOCUMENTS, PAIRS.slice(0, 0), LocalEngine())
    assert none.num_rows == 0
    assert none.column_names == attach(DOCUMENTS, PAIRS, LocalEngine()).column_names


def test_sides_are_read_row_by_row() -> None:
    both = attach(DOCUMENTS, PAIRS, LocalEngine())
    sides = list(read_sides(both))
    assert [(s.row, s.a_text, s.b_text, s.language) for s in sides] == [
        (0, "The lamp went out.", "The lamp went out.", "en"),
        (1, "The lamp went out.", "Маяк погас.", None),
        (2, "", "Маяк погас.", "ru"),
    ]
    for side in sides:
        assert side.a.word.tolist() == words_of(side.a_text).word.tolist()
        assert side.b.end.tolist() == words_of(side.b_text).end.tolist()
    assert list(read_sides(both.slice(0, 0))) == []
