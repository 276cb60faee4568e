"""The family tree: who stands below whom, and that doubt is said."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.errors import SchemaError
from stemmata.stemma import StemmaOptions, build_stemma

Row = dict[str, Any]


def tree(*edges: str, docs: str = "abc", known: str = "abcdef", strength: str = "", least: float = 0.65) -> list[Row]:
    """The stemma of one family; an edge is written "ab" where b copies a, one of ``strength`` shares most."""
    documents = schemas.DOCUMENTS.table({"doc": doc, "text": "", "sha256": ""} for doc in known)
    families = schemas.FAMILIES.table(
        {"family": "f", "doc": doc, "size": len(docs), "keeper": False, "reason": ""} for doc in docs
    )
    keys = [sorted(edge) for edge in edges]
    relations = schemas.RELATIONS.table(
        {
            "a": a,
            "b": b,
            "kind": "edited",
            "confidence": 1.0,
            "coverage_a": 0.9 if edge in strength.split() else 0.5,
            "coverage_b": 0.5,
        }
        for edge, (a, b) in zip(edges, keys, strict=True)
    )
    directions = schemas.DIRECTIONS.table(
        {
            "a": a,
            "b": b,
            "verdict": "copy",
            "source": edge[0],
            "copy": edge[1],
            "via_lost": 0.0,
            "confidence": 0.9 - place / 100,
        }
        for place, (edge, (a, b)) in enumerate(zip(edges, keys, strict=True))
    )
    options = StemmaOptions(least_confidence=least)
    built = build_stemma(
        documents, schemas.ALIGNMENTS.empty(), relations, families, directions if edges else None, options=options
    )
    assert schemas.STEMMA.check(built).equals(built)
    return list(built.to_pylist())


def parents(rows: list[Row]) -> dict[str, str | None]:
    return {row["doc"]: row["parent"] for row in rows}


def roles(rows: list[Row]) -> str:
    return " ".join(row["role"] for row in rows)


def test_a_chain() -> None:
    rows = tree("ab", "bc")
    assert parents(rows) == {"a": None, "b": "a", "c": "b"}
    assert roles(rows) == "original copy copy"
    assert [row["confidence"] for row in rows] == [0.9, 0.9, 0.89]


def test_a_star_whose_root_is_as_sure_as_its_weakest_edge() -> None:
    rows = tree("ba", "bc", "bd", docs="abcd")
    assert parents(rows) == {"a": "b", "b": None, "c": "b", "d": "b"}
    assert roles(rows) == "copy original copy copy"
    assert rows[1]["confidence"] == 0.88


def test_a_copy_of_two_stands_below_the_one_with_which_it_shares_most() -> None:
    """The other is a further parent, unless the parent itself derives from it."""
    for strongest, others in (("ac", ["b"]), ("bc", [])):
        row = tree("ab", "ac", "bc", strength=strongest)[2]
        assert (row["parent"], row["other_parents"]) == (strongest[0], others)


def test_three_directions_in_a_circle_give_no_circle() -> None:
    """The weakest of them is left out."""
    rows = tree("ab", "bc", "ca", strength="ab bc")
    assert parents(rows) == {"a": None, "b": "a", "c": "b"}
    assert roles(rows) == "original copy copy"


def test_several_roots_are_unresolved_and_share_the_doubt() -> None:
    rows = tree("ab", "cd", docs="abcd")
    assert parents(rows) == {"a": None, "b": "a", "c": None, "d": "c"}
    assert roles(rows) == "unresolved copy unresolved copy"
    assert [row["confidence"] for row in rows if row["role"] == "unresolved"] == [0.5, 0.5]


def test_without_directions_every_member_is_unresolved() -> None:
    rows = tree()
    assert roles(rows) == "unresolved unresolved unresolved"
    assert [row["confidence"] for row in rows] == [pytest.approx(1 / 3)] * 3


def test_a_direction_that_is_not_sure_enough_is_no_edge() -> None:
    assert parents(tree("ab", docs="ab", least=0.9)) == {"a": None, "b": "a"}
    assert parents(tree("ab", docs="ab", least=0.91)) == {"a": None, "b": None}


def test_a_direction_out_of_the_family_is_no_edge() -> None:
    assert parents(tree("ab", "dc", docs="abc"))["c"] is None


def test_a_family_of_an_unknown_document_is_refused() -> None:
    with pytest.raises(SchemaError, match="'c' that is not there") as caught:
        tree("ab", known="ab")
    assert (caught.value.where, bool(caught.value.mend)) == ("table 'families', column doc", True)


def test_without_families_there_is_no_stemma() -> None:
    documents: pa.Table = schemas.DOCUMENTS.empty()
    empty = [schema.empty() for schema in (schemas.ALIGNMENTS, schemas.RELATIONS, schemas.FAMILIES)]
    assert build_stemma(documents, *empty).num_rows == 0
