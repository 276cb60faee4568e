"""The family tree: who stands below whom, and that doubt is said."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.errors import SchemaError
from stemmata.stemma import StemmaOptions, build_stemma

Row = dict[str, Any]


LENGTH = 900  # characters of each text


def tree(
    *edges: str,
    docs: str = "abc",
    known: str = "abcdef",
    least: float = 0.65,
    held: dict[str, list[tuple[str, int, int]]] | None = None,
    texts: dict[str, str] | None = None,
    undirected: str = "",
    twins: dict[str, str] | None = None,
    leaning: dict[str, tuple[str, float]] | None = None,
) -> list[Row]:
    """The stemma of one family; an edge is written "ab" where b copies a.

    ``leaning`` lists undirected pairs with the likelier source and its confidence; ``held`` what lies over against a
    text's characters in another: op, from, to; "ab" is b as it stands in a.
    """
    documents = schemas.DOCUMENTS.table(
        {"doc": doc, "text": (texts or {}).get(doc, doc * LENGTH), "sha256": ""} for doc in known
    )
    families = schemas.FAMILIES.table(
        {
            "family": "f",
            "doc": doc,
            "size": len(docs),
            "exact_of": (twins or {}).get(doc),
            "keeper": False,
            "reason": "",
        }
        for doc in docs
    )
    told = [
        {"a": min(edge), "b": max(edge), "via_lost": 0.0, "confidence": 0.9 - place / 100}
        | ({"verdict": "unknown"} if edge == undirected else {"verdict": "copy", "source": edge[0], "copy": edge[1]})
        for place, edge in enumerate([*edges, undirected] if undirected else edges)
    ]
    told += [
        {"a": pair[0], "b": pair[1], "via_lost": 0.0, "verdict": "unknown", "likelier": likelier, "confidence": sure}
        for pair, (likelier, sure) in (leaning or {}).items()
    ]
    directions = schemas.DIRECTIONS.table(told)
    alignments = schemas.ALIGNMENTS.table(passage(pair[0], pair[1], edits) for pair, edits in (held or {}).items())
    options = StemmaOptions(least_confidence=least)
    relations = schemas.RELATIONS.empty()
    built = build_stemma(documents, alignments, relations, families, directions if told else None, options=options)
    assert schemas.STEMMA.check(built).equals(built)
    return list(built.to_pylist())


def passage(source: str, copy: str, edits: list[tuple[str, int, int]]) -> Row:
    """One passage of a pair; both texts have it at the same characters."""
    turned = {"insert": "delete", "delete": "insert"}
    a, b = sorted((source, copy))
    rows = []
    for op, start, end in edits:
        op = op if copy == b else turned.get(op, op)
        a_end, b_end = (start if op == "insert" else end), (start if op == "delete" else end)
        rows.append({"op": op, "a_start": start, "a_end": a_end, "b_start": start, "b_end": b_end})
    whole = {
        f"{side}_{bound}": place for side in "ab" for bound, place in (("start", edits[0][1]), ("end", edits[-1][2]))
    }
    return {
        "a": a,
        "b": b,
        "rank": 1,
        "matched": 1,
        "identity": 1.0,
        "kind": "edited",
        "role": "reuse",
        "edits": rows,
    } | whole


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


def test_of_two_sources_the_one_that_holds_the_readings_where_they_differ_is_the_parent() -> None:
    """c has the words of b where a has others; what a only lacks in passing says nothing."""
    rows = tree(
        "ab",
        "ac",
        "bc",
        held={"bc": [("match", 0, 900)], "ac": [("match", 0, 500), ("substitute", 500, 509), ("match", 509, 900)]},
    )
    assert parents(rows) == {"a": None, "b": "a", "c": "b"}
    rows = tree(
        "ab",
        "ac",
        "bc",
        held={"bc": [("match", 0, 900)], "ac": [("match", 0, 500), ("insert", 500, 509), ("match", 509, 900)]},
    )
    assert parents(rows) == {"a": None, "b": "a", "c": "a"}


def test_of_two_sources_that_explain_a_text_alike_the_one_is_the_parent_that_others_derive_from() -> None:
    rows = tree("ab", "bc", "ac", held={pair: [("match", 0, 900)] for pair in ("ac", "bc", "ab")})
    assert parents(rows) == {"a": None, "b": "a", "c": "a"}


def test_two_rewrites_that_only_resemble_each_other_are_no_chain() -> None:
    """c shares some new words with b, but has kept as many old ones that b gave up."""
    old = [("match", 0, 600), ("substitute", 600, 700), ("match", 700, 800), ("substitute", 800, 900)]
    new = [("match", 0, 600), ("match", 600, 700), ("substitute", 700, 800), ("match", 800, 900)]
    assert parents(tree("ab", "ac", "bc", held={"ac": old, "bc": new}))["c"] == "a"


def test_what_the_parent_does_not_explain_comes_from_a_further_parent() -> None:
    """Even from one of another family; a few words are no evidence."""
    held = {"ac": [("match", 0, 500)], "bc": [("match", 500, 900)], "dc": [("match", 500, 600)]}
    row = tree("ac", "bc", "dc", docs="abc", held=held)[2]
    assert (row["parent"], row["other_parents"]) == ("a", ["b"])
    row = tree("ac", "dc", docs="ac", held=held)[1]
    assert (row["parent"], row["other_parents"]) == ("a", [])
    row = tree("ac", "bc", docs="ac", held=held)[1]
    assert (row["parent"], row["other_parents"]) == ("a", ["b"])


def test_sentences_that_two_copies_share_and_the_root_lacks_come_from_a_lost_text() -> None:
    """It may be older than the root, which is then unresolved beside it; a third copy stays where it was."""
    gap = [("match", 0, 400), ("insert", 400, 520), ("match", 520, 900)]
    held = {"ab": gap, "ac": gap, "ad": [("match", 0, 900)], "bc": [("match", 0, 900)]}
    rows = tree("ab", "ac", "ad", docs="abcd", held=held)
    assert parents(rows) == {"a": None, "b": "lost:f/1", "c": "lost:f/1", "d": "a", "lost:f/1": None}
    assert roles(rows) == "unresolved copy copy copy lost"
    assert {row["doc"]: row["confidence"] for row in rows if row["doc"] != "d"} == {
        "a": 0.25,
        "b": 0.75,
        "c": 0.75,
        "lost:f/1": 0.75,
    }
    rows = tree("ab", "ac", "ad", docs="abcd", held=held, texts=dict.fromkeys("abc", "b" * LENGTH))
    assert parents(rows)["b"] == "a", "the sentences stand in the root, though no passage was found there"


def test_a_member_with_the_text_of_a_placed_one_stands_below_it() -> None:
    """Nothing tells which of b and c came first, but that both come from a; of two texts at the top nothing is said."""
    rows = tree("ab", twins={"c": "b"})
    assert parents(rows) == {"a": None, "b": "a", "c": "b"}
    assert roles(rows) == "original copy copy"
    assert rows[2]["confidence"] == 0.5
    assert roles(tree("ab", twins={"c": "a"})) == "unresolved copy unresolved"


def test_a_document_in_two_families_is_refused() -> None:
    families = schemas.FAMILIES.table(
        {"family": name, "doc": "a", "size": 2, "keeper": False, "reason": ""} for name in "fg"
    )
    documents = schemas.DOCUMENTS.table([{"doc": "a", "text": "", "sha256": ""}])
    with pytest.raises(SchemaError, match="'a' is in two families"):
        build_stemma(documents, schemas.ALIGNMENTS.empty(), schemas.RELATIONS.empty(), families)


@pytest.mark.parametrize("names", ["abc", "acb"])
def test_which_of_two_copies_derives_from_the_other_does_not_depend_on_their_ids(names: str) -> None:
    """Each has words of both sources that the other gave up: neither stands between them."""
    o, one, two = list(names)
    part = [("match", 0, 300), ("substitute", 300, 600), ("match", 600, 900)]
    other = [("match", 0, 600), ("substitute", 600, 900)]
    found = parents(
        tree(o + one, o + two, undirected="bc", held={o + one: part, o + two: other, "bc": [("match", 0, 300)]})
    )
    assert found == {"a": None, "b": "a", "c": "a"}


def test_of_two_copies_without_direction_the_one_that_departs_further_derives_from_the_other() -> None:
    """b and c both copy a; c has the new words of b, and has given up old ones that b kept."""
    b_in_a = [("match", 0, 300), ("substitute", 300, 600), ("match", 600, 900)]
    c_in_a = [("match", 0, 300), ("substitute", 300, 900)]
    c_in_b = [("match", 0, 600), ("substitute", 600, 900)]
    assert parents(tree("ab", "ac", undirected="bc", held={"ab": b_in_a, "ac": c_in_a, "bc": c_in_b})) == {
        "a": None,
        "b": "a",
        "c": "b",
    }


def test_two_rewrites_without_direction_stay_beside_each_other() -> None:
    """Each has kept words of a that the other gave up."""
    b_in_a = [("match", 0, 300), ("substitute", 300, 600), ("match", 600, 900)]
    c_in_a = [("match", 0, 600), ("substitute", 600, 900)]
    c_in_b = [("match", 0, 300), ("substitute", 300, 900)]
    found = parents(tree("ab", "ac", undirected="bc", held={"ab": b_in_a, "ac": c_in_a, "bc": c_in_b}))
    assert found == {"a": None, "b": "a", "c": "a"}


def test_what_a_copy_has_from_another_copy_is_no_lost_text() -> None:
    gap = [("match", 0, 400), ("insert", 400, 520), ("match", 520, 900)]
    rows = tree("ab", "ac", "bc", held={"ab": gap, "ac": gap, "bc": [("match", 0, 900)]})
    assert parents(rows) == {"a": None, "b": "a", "c": "b"}


def test_three_directions_in_a_circle_give_no_circle() -> None:
    """It is opened where the parent explains least."""
    full, half = [("match", 0, 900)], [("match", 0, 450)]
    rows = tree("ab", "bc", "ca", "da", docs="abcd", held={"ab": full, "bc": full, "ca": half, "da": half})
    assert parents(rows) == {"a": "d", "b": "a", "c": "b", "d": None}
    assert roles(rows) == "copy copy copy original"


def test_several_roots_are_unresolved_and_share_the_doubt() -> None:
    rows = tree("ab", "cd", docs="abcd")
    assert parents(rows) == {"a": None, "b": "a", "c": None, "d": "c"}
    assert roles(rows) == "unresolved copy unresolved copy"
    assert [row["confidence"] for row in rows if row["role"] == "unresolved"] == [0.5, 0.5]


def test_without_directions_every_member_is_unresolved() -> None:
    rows = tree()
    assert roles(rows) == "unresolved unresolved unresolved"
    assert [row["confidence"] for row in rows] == [pytest.approx(1 / 3)] * 3


def test_rewrites_of_one_source_are_a_star_and_share_the_chance_to_be_it_by_the_directions_of_all_pairs() -> None:
    """Of two the shares are those of their pair; who is likelier against both others has most, and none is named."""
    leaning = {"ab": ("a", 0.64), "ac": ("a", 0.64), "bc": ("c", 0.55)}
    rows = tree(docs="abc", leaning=leaning)
    assert roles(rows) == "unresolved unresolved unresolved"
    a, b, c = (row["confidence"] for row in rows)
    assert a > c > b
    assert a + b + c == pytest.approx(1)
    assert [row["confidence"] for row in tree(docs="ab", leaning=leaning)] == pytest.approx([0.64, 0.36])


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
