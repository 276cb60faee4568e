"""Sides: the texts of a pair laid beside it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from stemmata import schemas, sides
from stemmata.engines import LocalEngine
from stemmata.sides import over_pairs, read_sides
from stemmata.tokens import words_of

DOCUMENTS = pa.table(
    {
        "doc": ["б", "a", "c"],
        "text": pa.array(["Маяк погас.", "The lamp went out.", ""], pa.large_string()),
        "language": pa.array(["ru", "en", None], pa.string()),
    }
)
COLUMNS = ("a", "b", "copy", "a_text", "a_language", "b_text", "b_language")
PAIRS = pa.table({"a": ["c", "a", "a"], "b": ["б", "б", "a"], "copy": pa.array(["b", None, "a"], pa.string())})


def laid(documents: pa.Table, pairs: pa.Table, parts: int = 1) -> pa.Table:
    return over_pairs(lambda part: part, documents, pairs, LocalEngine(parts=parts))


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_texts_and_languages_are_laid_beside_each_pair(parts: int) -> None:
    """Sorted by pair, with whatever else a row holds; one document may stand in many pairs, and on both sides."""
    assert laid(DOCUMENTS, PAIRS, parts).to_pylist() == [
        {"a": a, "b": b, "copy": copy, "a_text": one, "a_language": first, "b_text": other, "b_language": second}
        for a, b, copy, one, first, other, second in (
            ("a", "a", "a", "The lamp went out.", "en", "The lamp went out.", "en"),
            ("a", "б", None, "The lamp went out.", "en", "Маяк погас.", "ru"),
            ("c", "б", "b", "", None, "Маяк погас.", "ru"),
        )
    ]


def test_pairs_of_absent_documents_are_left_out() -> None:
    """And no pairs at all give a table of the same columns."""
    both = laid(DOCUMENTS, pa.table({"a": ["a", "a"], "b": ["z", "c"]}))
    assert both.select(["a", "b"]).to_pylist() == [{"a": "a", "b": "c"}]
    none = laid(DOCUMENTS, PAIRS.slice(0, 0))
    assert none.num_rows == 0
    assert sorted(none.column_names) == sorted(COLUMNS)


def test_many_pairs_are_handed_over_a_batch_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the passages of their own pairs and no others; what is remarked on the batches is added up."""
    monkeypatch.setattr(sides, "BYTES_AT_ONCE", 75)
    passages = pa.table({"a": ["a", "a", "c", "x"], "b": ["б", "б", "б", "y"], "rank": [1, 2, 1, 1]})

    def count(part: pa.Table, passages: pa.Table) -> pa.Table:
        assert part.num_rows <= 2
        found = pa.table({"a": part.column("a"), "ranks": [passages.column("rank").to_pylist()] * part.num_rows})
        return schemas.remark(found, notes=[{"stage": "s", "what": "w", "count": part.num_rows}])

    found = over_pairs(count, DOCUMENTS, PAIRS, LocalEngine(parts=1), alignments=passages)
    assert found.to_pylist() == [{"a": "a", "ranks": [1, 2]}, {"a": "a", "ranks": [1, 2]}, {"a": "c", "ranks": [1]}]
    assert schemas.remarks([found], "notes").column("count").to_pylist() == [3]


def test_sides_are_read_row_by_row() -> None:
    both = laid(DOCUMENTS, PAIRS)
    read = list(read_sides(both, 1.0))
    assert [(s.row, s.a_text, s.b_text, s.language) for s in read] == [
        (0, "The lamp went out.", "The lamp went out.", "en"),
        (1, "The lamp went out.", "Маяк погас.", None),
        (2, "", "Маяк погас.", "ru"),
    ]
    for side in read:
        assert side.a.word.tolist() == words_of(side.a_text).word.tolist()
        assert side.b.end.tolist() == words_of(side.b_text).end.tolist()
    assert list(read_sides(both.slice(0, 0), 1.0)) == []
