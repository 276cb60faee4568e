"""The members of a family set beside each other: the stage, its rows, and what it leaves out."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.collating.collation import MISSING, OMISSION
from stemmata.collating.members import collation_of
from stemmata.collations import CollationOptions, collate
from stemmata.errors import OptionError, SchemaError
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.lanterns import A, B, C, D

TEXTS = {"a": A, "b": B, "c": C, "d": D, "x": FERRY, "y": FERRY_SPUN, "z": ORCHARD}
TWO_TEXTS = [("f", "a"), ("f", "b"), ("f", "c"), ("f", "d"), ("f", "x"), ("f", "y")]
CLOSE = [("a", "b"), ("b", "c"), ("b", "d"), ("x", "y")]


def documents(texts: Mapping[str, str]) -> pa.Table:
    return schemas.DOCUMENTS.table({"doc": doc, "text": text, "sha256": ""} for doc, text in texts.items())


def relations(pairs: list[tuple[str, str]], **columns: Any) -> pa.Table:
    usual = {"kind": "edited", "extent": "whole", "confidence": 0.9, "coverage_a": 0.9, "coverage_b": 0.9}
    return schemas.RELATIONS.table({"a": a, "b": b, **usual, **columns} for a, b in pairs)


def families(members: list[tuple[str, str]], twins: Mapping[str, str] | None = None) -> pa.Table:
    size = len(members)
    return schemas.FAMILIES.table(
        {"family": family, "doc": doc, "size": size, "keeper": False, "reason": "", "exact_of": (twins or {}).get(doc)}
        for family, doc in members
    )


def collated(
    texts: Mapping[str, str] = TEXTS,
    pairs: list[tuple[str, str]] = CLOSE,
    members: list[tuple[str, str]] = TWO_TEXTS,
    **options: Any,
) -> pa.Table:
    return collate(documents(texts), relations(pairs), families(members), options=CollationOptions(**options))


def places(table: pa.Table) -> dict[str, list[int]]:
    return dict(zip(table["doc"].to_pylist(), table["places"].to_pylist(), strict=True))


def test_members_that_share_most_words_are_witnesses_of_one_text_the_largest_text_first() -> None:
    table = collated()
    assert table.schema.equals(schemas.COLLATIONS.arrow)
    assert dict(zip(table["doc"].to_pylist(), table["text"].to_pylist(), strict=True)) == {
        **dict.fromkeys("abcd", 1),
        **dict.fromkeys("xy", 2),
    }


def test_every_word_has_a_place_and_no_two_of_a_witness_share_one() -> None:
    for row in collated().to_pylist():
        assert len(row["places"]) == len(set(row["places"])) == len(row["moved"])
        assert min(row["places"]) >= 1


def test_words_in_one_place_are_those_that_stand_for_each_other() -> None:
    found = places(collated())
    words = {doc: TEXTS[doc].replace(".", "").replace(",", "").split() for doc in "ab"}
    at = {doc: dict(zip(words[doc], found[doc], strict=True)) for doc in "ab"}  # the last of several alike
    assert at["a"]["lanterns"] == at["b"]["lamps"]
    assert at["a"]["great"] == at["b"]["hard"]
    assert at["a"]["Halcyon"] == at["b"]["Halcyon"]


def test_places_do_not_depend_on_names_or_order() -> None:
    """Twenty orders: names decide in which order rows come."""
    rng = random.Random(1)
    expected = places(collated())
    for _ in range(20):
        names = dict(zip("abcdxy", rng.sample("abcdxy", k=6), strict=True))
        texts = {names.get(doc, doc): text for doc, text in TEXTS.items()}
        pairs = [(min(names[a], names[b]), max(names[a], names[b])) for a, b in CLOSE]
        found = places(collated(texts, sorted(pairs), [(f, names[doc]) for f, doc in TWO_TEXTS]))
        assert {doc: found[names[doc]] for doc in names} == expected


@pytest.mark.parametrize("written", [str.upper, lambda text: text.replace(",", " —").replace(".", "!")])
def test_places_do_not_depend_on_case_or_punctuation(written: Any) -> None:
    assert places(collated(TEXTS | {"c": written(C)})) == places(collated())


def test_a_member_that_shares_too_little_is_left_out() -> None:
    members = [*TWO_TEXTS, ("f", "z")]
    pairs = relations(CLOSE), relations([("d", "z")], coverage_a=0.1, coverage_b=0.4)
    both = pa.concat_tables(pairs)
    table = collate(documents(TEXTS), both, families(members))
    assert "z" not in places(table)
    lenient = collate(documents(TEXTS), both, families(members), options=CollationOptions(least_coverage=0.3))
    assert "z" in places(lenient)


@pytest.mark.parametrize("kind", ["paraphrased", "summarised", "template", "none"])
def test_kinds_that_keep_no_order_of_words_make_no_witnesses(kind: str) -> None:
    table = collate(documents(TEXTS), relations(CLOSE, kind=kind), families(TWO_TEXTS))
    assert not table.num_rows


def test_the_second_copy_of_one_text_stands_beside_the_first_though_no_pair_says_so() -> None:
    table = collate(documents({"a": A, "t": A}), relations([]), families([("f", "a"), ("f", "t")], twins={"t": "a"}))
    assert places(table)["a"] == places(table)["t"]


def test_texts_that_are_too_large_are_left_out_and_noted() -> None:
    table = collated(most_words=200)
    assert set(places(table)) == set()
    (note,) = schemas.remarks([table], "notes").to_pylist()
    assert (note["stage"], note["count"]) == ("collations", 2)
    assert dict(zip(*(collated(most_words=500)[c].to_pylist() for c in ("doc", "text")), strict=True)) == dict.fromkeys(
        "abcd", 1
    )


def test_texts_of_many_witnesses_with_much_of_their_own_are_left_out_and_noted() -> None:
    """They would have a place for each word that any of them has, and a cell there for each of them."""
    last = max(max(row["places"]) for row in collated().to_pylist() if row["text"] == 2)
    fewer = collated(most_cells=2 * last - 1)
    assert set(places(fewer)) == set("abcd")
    assert set(fewer["text"].to_pylist()) == {1}
    (note,) = schemas.remarks([fewer], "notes").to_pylist()
    assert (note["stage"], note["count"]) == ("collations", 1)


def test_families_are_collated_each_by_itself() -> None:
    table = collated(members=[("f", "a"), ("f", "b"), ("g", "x"), ("g", "y")])
    assert [(row["family"], row["doc"], row["text"]) for row in table.to_pylist()] == [
        ("f", "a", 1),
        ("f", "b", 1),
        ("g", "x", 1),
        ("g", "y", 1),
    ]


def test_the_collation_of_rows_reads_what_its_witnesses_read() -> None:
    rows = collated(members=TWO_TEXTS[:4], pairs=CLOSE[:3])
    bodies = [TEXTS[doc] for doc in rows["doc"].to_pylist()]
    collation = collation_of(rows.append_column("body", pa.array(bodies, pa.large_string())))
    for witness, text in enumerate(bodies):
        codes = collation.codes[witness]
        read = [here[code] for here, code in zip(collation.readings, codes, strict=True) if code != MISSING]
        assert " ".join(word for word in read if word != OMISSION) == " ".join(text.split())


def test_where_a_text_says_that_words_are_lost_nothing_is_omitted() -> None:
    """And the sign is no sign about a word; a word that it touches cannot be read."""
    lost = A.replace("trimmed each wick and", "[…]").replace("Halcyon, whose", "Hal[…], whose")
    trace = st.trace_witnesses([st.Text(text, doc=doc) for doc, text in {"a": A, "b": B, "l": lost}.items()])
    bodies = pa.array([A, B, lost], pa.large_string())
    collation = collation_of(trace.collations.append_column("body", bodies))
    assert not any("…" in reading for here in collation.readings for reading in here)
    at = {reading: place for place, here in enumerate(collation.readings) for reading in here}
    missing = [word for word in ("trimmed", "each", "wick", "Halcyon,") if collation.codes[2, at[word]] == MISSING]
    assert missing == ["trimmed", "each", "wick", "Halcyon,"]
    assert OMISSION not in {reading for here in collation.readings for reading in here}
    assert collation.codes[2, at["quay,"]] != MISSING
    assert collation.codes[2, at["whose"]] != MISSING


@pytest.mark.parametrize(
    ("option", "value"), [("least_coverage", 1.5), ("least_coverage", -1), ("most_words", 0), ("most_cells", 0)]
)
def test_options_out_of_their_range_are_refused(option: str, value: float) -> None:
    with pytest.raises(OptionError, match=option):
        CollationOptions(**{option: value})  # type: ignore[arg-type]


def test_a_family_of_a_document_that_is_not_there_is_refused() -> None:
    with pytest.raises(SchemaError, match="nobody"):
        collated(members=[("f", "a"), ("f", "nobody")])
