"""What the members of a family read, place by place, and who introduced it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.errors import SchemaError
from stemmata.readings import ReadingOptions, list_readings
from tests.lanterns import LANTERNS

DATES = {"A": "2020-01-01", "B": "2020-01-03", "C": "2020-01-05", "D": "2020-01-04", "E": "2020-01-02"}
WRITTEN = {
    "A": "“Well,” said the old (and wise) miller, “we’ll see—won’t we?” And he left.",
    "B": "“Well”, said the old and wise Miller; “we’ll see… won’t we?” He left!",
    "C": "Said the miller: “We'll see, won't we?” And he left —",
}


def traced(texts: Mapping[str, str], dates: Mapping[str, str] | None = None) -> st.Trace:
    given = [st.Text(text, doc=doc, published=(dates or {}).get(doc)) for doc, text in texts.items()]
    return st.trace_witnesses(given)


def witness(readings: pa.Table, doc: str) -> str:
    """What the rows say that a witness reads."""
    rows = [row for row in readings.to_pylist() if doc in row["docs"] and row["reading"]]
    return " ".join(row["reading"] for row in rows)


def by_reading(readings: pa.Table) -> dict[str, dict[str, Any]]:
    return {row["reading"]: row for row in readings.to_pylist()}


@pytest.fixture(scope="module")
def lanterns() -> st.Trace:
    return traced(LANTERNS, DATES)


@pytest.mark.parametrize("texts", [LANTERNS, WRITTEN], ids=["lanterns", "signs"])
def test_the_rows_of_a_text_put_together_give_each_witness_its_words(texts: Mapping[str, str]) -> None:
    """With all their signs; but for what is lost, and white space."""
    readings = traced(texts).readings
    for doc, text in texts.items():
        assert "".join(witness(readings, doc).split()) == "".join(text.replace("[…]", "").split())


def test_signs_that_touch_one_another_in_a_text_do_so_in_a_row() -> None:
    readings = traced({"A": "said the wise—and old—miller there", "B": "said the wise—and old—miller then"}).readings
    assert "said the wise—and old—miller" in readings["reading"].to_pylist()


def test_each_member_reads_one_thing_at_each_place(lanterns: st.Trace) -> None:
    seen: dict[int, list[str]] = defaultdict(list)
    for row in lanterns.readings.to_pylist():
        seen[row["place"]] += row["docs"]
    assert all(len(docs) == len(set(docs)) for docs in seen.values())


def test_places_where_all_read_the_same_stand_in_one_row(lanterns: st.Trace) -> None:
    first = lanterns.readings.to_pylist()[0]
    assert (first["place"], first["words"], first["reading"]) == (1, 7, "The harbour master of Linden kept seven")
    assert first["docs"] == list("ABCDEF")


def test_a_reading_was_first_seen_with_the_earliest_of_those_that_have_it(lanterns: st.Trace) -> None:
    read = by_reading(lanterns.readings)
    seen = {word: f"{read[word]['first_seen']:%Y-%m-%d}" for word in ("lanterns", "lamps", "nailed", "Alcyon,")}
    assert seen == {
        "lanterns": "2020-01-01",
        "lamps": "2020-01-03",
        "nailed": "2020-01-02",  # by E; F has no date
        "Alcyon,": "2020-01-05",
    }
    assert read["Each"]["first_seen"] is None


def test_who_introduced_a_reading_follows_from_the_tree(lanterns: st.Trace) -> None:
    stemma = schemas.STEMMA.table(
        {"family": family, "doc": doc, "parent": above, "role": "copy" if above else "original", "confidence": 1.0}
        for family in set(lanterns.families["family"].to_pylist())
        for doc, above in {"A": None, "B": "A", "C": "B", "D": "B", "E": "A", "F": "E"}.items()
    )
    readings = list_readings(lanterns.documents, lanterns.collations, stemma)
    read = by_reading(readings)
    by = {word: read[word]["introduced_by"] for word in ("lamps", "grey", "wicks", "nailed", "Each", "lanterns")}
    assert by == {"lamps": "B", "grey": "C", "wicks": "D", "nailed": "E", "Each": "F", "lanterns": "A"}
    assert all(row["times"] == 1 for row in readings.to_pylist())


def test_a_reading_that_arose_twice_says_so() -> None:
    texts = LANTERNS | {"D": LANTERNS["D"].replace("was fixed", "was nailed")}
    trace = traced(texts)
    assert by_reading(trace.readings)["nailed"]["times"] == 2


def test_without_a_tree_nobody_introduced_anything(lanterns: st.Trace) -> None:
    readings = list_readings(lanterns.documents, lanterns.collations)
    assert readings["introduced_by"].null_count == readings.num_rows
    assert set(readings["times"].to_pylist()) == {0}


def test_only_places_where_members_differ_are_listed_where_that_is_asked(lanterns: st.Trace) -> None:
    differing = list_readings(
        lanterns.documents, lanterns.collations, lanterns.stemma, options=ReadingOptions(agreed=False)
    )
    counts = differing["place"].value_counts().to_pylist()
    assert all(row["counts"] > 1 for row in counts)
    whole = {(row["place"], row["reading"]) for row in lanterns.readings.to_pylist()}
    assert {(row["place"], row["reading"]) for row in differing.to_pylist()} < whole


def test_the_order_of_rows_given_does_not_matter(lanterns: st.Trace) -> None:
    rng = random.Random(2)
    for _ in range(20):
        shuffled = [
            table.take(pa.array(rng.sample(range(len(table)), len(table))))
            for table in (lanterns.documents, lanterns.collations, lanterns.stemma)
        ]
        assert list_readings(*shuffled).equals(lanterns.readings)


def test_names_of_witnesses_do_not_matter() -> None:
    """Twenty orders of names, and no tree, which is asked elsewhere: the same readings of the same texts."""
    rng = random.Random(4)

    def told(names: Mapping[str, str]) -> list[tuple[int, int, str, list[str]]]:
        trace = traced({names[doc]: text for doc, text in LANTERNS.items()})
        doc_of = {name: doc for doc, name in names.items()}
        rows = trace.readings.to_pylist()
        return [(r["place"], r["words"], r["reading"], sorted(map(doc_of.__getitem__, r["docs"]))) for r in rows]

    expected = told({doc: doc for doc in LANTERNS})
    for _ in range(20):
        assert told(dict(zip(LANTERNS, rng.sample(sorted(LANTERNS), k=6), strict=True))) == expected


@pytest.mark.parametrize("written", [str.upper, lambda text: text.replace(",", " —").replace(".", "!")])
def test_case_and_punctuation_are_readings_and_no_places(written: Any) -> None:
    texts = LANTERNS | {"E": written(LANTERNS["E"])}
    trace, plain = traced(texts), traced(LANTERNS)
    assert trace.collations["places"].equals(plain.collations["places"])
    assert trace.readings.num_rows > plain.readings.num_rows
    assert witness(trace.readings, "E").split() == texts["E"].split()


def test_a_collation_of_a_document_that_is_not_there_is_refused(lanterns: st.Trace) -> None:
    with pytest.raises(SchemaError, match="'A'"):
        list_readings(lanterns.documents.slice(1), lanterns.collations)
