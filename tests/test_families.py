"""Families: which relations join, what a family is called, and which member is kept."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.families import FamilyOptions, group_families

TEXTS = {
    "a": "Хлеб подорожал на рынке.",
    "b": "Bread is dearer at the market, the bakers say, than it was last year.",
    "c": "Bread is dearer.",
    "d": "面包涨价了。",
}


def documents(**texts: str) -> pa.Table:
    return schemas.DOCUMENTS.table(
        {"doc": doc, "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()} for doc, text in texts.items()
    )


def relation(a: str, b: str, kind: str = "edited", extent: str | None = "whole", *, share: float = 0.9) -> Any:
    return {
        "a": a,
        "b": b,
        "kind": kind,
        "extent": extent,
        "confidence": 0.9,
        "coverage_a": share,
        "coverage_b": share / 2,
        "evidence": [],
    }


def families(*relations: Any, texts: dict[str, str] | None = None, **options: float) -> list[dict[str, Any]]:
    known = None if texts is None else documents(**texts)
    found = group_families(schemas.RELATIONS.table(relations), known, options=FamilyOptions(**options))
    return list(found.to_pylist())


def members(rows: list[dict[str, Any]]) -> list[str]:
    """The families as words: "ab" for one of a and b."""
    names = sorted({row["family"] for row in rows})
    return sorted("".join(row["doc"] for row in rows if row["family"] == name) for name in names)


def test_what_is_joined_to_one_is_joined_to_all() -> None:
    rows = families(relation("a", "b"), relation("b", "c"), relation("d", "e"))
    assert members(rows) == ["abc", "de"]
    assert [row["size"] for row in sorted(rows, key=lambda row: row["doc"])] == [3, 3, 3, 2, 2]


def test_a_family_is_called_by_the_smallest_digest_of_its_members() -> None:
    rows = families(relation("a", "b"), relation("b", "c"), texts=TEXTS)
    digests = [hashlib.sha256(TEXTS[doc].encode()).hexdigest() for doc in "abc"]
    assert {row["family"] for row in rows} == {min(digests)[:16]}


def test_without_documents_the_digests_are_those_of_the_ids() -> None:
    rows = families(relation("a", "b"))
    assert {row["family"] for row in rows} == {min(hashlib.sha256(doc).hexdigest() for doc in (b"a", b"b"))[:16]}
    assert [(row["doc"], row["keeper"], row["exact_of"]) for row in rows] == [("a", True, None), ("b", False, None)]


def test_exact_copies_all_point_to_the_smallest_id_of_their_text() -> None:
    texts = {"a": TEXTS["b"], "b": TEXTS["b"], "c": TEXTS["b"], "d": TEXTS["c"]}
    rows = families(relation("a", "b"), relation("b", "c"), relation("c", "d"), texts=texts)
    assert {row["doc"]: row["exact_of"] for row in rows} == {"a": None, "b": "a", "c": "a", "d": None}


@pytest.mark.parametrize("kind", schemas.KINDS)
@pytest.mark.parametrize("extent", ["whole", "excerpt"])
def test_every_kind_of_reuse_joins_and_no_other(kind: str, extent: str) -> None:
    joins = kind in ("verbatim", "edited", "spun", "paraphrased", "summarised")
    assert members(families(relation("a", "b", kind, extent, share=0.1))) == ["ab"] * joins


def test_a_part_joins_from_the_share_that_is_set() -> None:
    half = relation("a", "b", extent="partial", share=0.5)
    assert members(families(half)) == ["ab"]
    assert members(families(half, least_coverage=0.51)) == []


def test_the_longest_text_is_kept_and_of_equals_the_smallest_id() -> None:
    rows = families(relation("a", "b"), relation("b", "c"), texts=TEXTS)
    assert {row["doc"]: row["keeper"] for row in rows} == {"a": False, "b": True, "c": False}
    assert {row["reason"] for row in rows} == {"the longest text of the family", "the family is kept as b"}
    twins = families(relation("a", "b"), texts={"a": TEXTS["d"], "b": TEXTS["d"]})
    assert [row["doc"] for row in twins if row["keeper"]] == ["a"]


def test_each_member_names_its_strongest_link_and_of_equals_the_smaller_id() -> None:
    rows = families(relation("a", "c", share=0.8), relation("b", "c", share=0.8), relation("c", "d", share=0.75))
    assert {row["doc"]: (row["via"], row["weight"]) for row in rows} == {
        "a": ("c", 0.8),
        "b": ("c", 0.8),
        "c": ("a", 0.8),
        "d": ("c", 0.75),
    }


def mixed(share_x: float, share_y: float, **more: float) -> list[Any]:
    """Two families of two, and a page ``m`` that holds a part of each."""
    rows = [relation("x", "xx"), relation("y", "yy")]
    for doc, share in (("x", share_x), ("xx", share_x), ("y", share_y), ("yy", share_y)):
        rows.append(relation("m", doc, extent="partial") | {"coverage_a": share, "coverage_b": 0.6} | more)
    return rows


def test_a_page_that_mixes_two_families_belongs_to_the_one_that_it_takes_most_from() -> None:
    """What it shares with the one cannot be what it shares with the other; a note says what was not followed."""
    assert members(families(*mixed(0.6, 0.3))) == ["mxxx", "yyy"]
    assert members(families(*mixed(0.3, 0.6))) == ["myyy", "xxx"]
    found = group_families(schemas.RELATIONS.table(mixed(0.6, 0.3)))
    (note,) = schemas.remarks([found], "notes").to_pylist()
    assert (note["stage"], note["count"]) == ("families", 2)


def test_a_text_of_which_two_groups_hold_the_same_words_mixes_nothing() -> None:
    assert members(families(*mixed(0.7, 0.6))) == ["mxxxyyy"]


def test_two_groups_that_lie_whole_in_a_text_may_be_its_excerpts() -> None:
    """Unless dates say that it is younger than they are."""
    rows = mixed(0.6, 0.3, coverage_b=1.0)
    assert members(families(*rows)) == ["mxxxyyy"]
    known = documents(**{doc: f"text of {doc}" for doc in ("m", "x", "xx", "y", "yy")})
    for day, expected in ((1, ["mxxxyyy"]), (9, ["mxxx", "yyy"])):
        days = [datetime(2026, 3, day if doc == "m" else 5, tzinfo=UTC) for doc in known.column("doc").to_pylist()]
        column = known.column_names.index("published")
        dated = known.set_column(column, "published", pa.array(days, schemas.TIME))
        assert members(list(group_families(schemas.RELATIONS.table(rows), dated).to_pylist())) == expected


def test_single_texts_that_lie_in_one_are_its_family() -> None:
    rows = [relation("m", doc, extent="excerpt") | {"coverage_a": 0.3, "coverage_b": 0.6} for doc in ("x", "y", "z")]
    assert members(families(*rows)) == ["mxyz"]


def test_the_order_of_rows_changes_nothing() -> None:
    table = schemas.RELATIONS.table([relation("a", "b"), relation("b", "c"), relation("c", "d", share=0.3)])
    turned = table.take([2, 0, 1])
    known = documents(**TEXTS)
    assert group_families(turned, known.take([3, 1, 0, 2])).equals(group_families(table, known))


def test_without_relations_there_are_no_families() -> None:
    assert families(relation("a", "b", "none", None)) == families(texts=TEXTS) == []
