"""Who stays: by relations and an order of preference, whatever the order of rows."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.errors import OptionError
from stemmata.keepers import KeepOptions, choose_keepers

LINE = "The lamp on the north pier was lit again after {} nights of fog. "
TEXTS = {f"d{n}": LINE.format(n) * (10 - n) for n in range(6)}  # d0 is the longest


def documents(texts: dict[str, str] = TEXTS, **dates: int) -> pa.Table:
    return schemas.DOCUMENTS.table(
        {
            "doc": doc,
            "text": text,
            "sha256": hashlib.sha256(doc.encode()).hexdigest(),
            "published": datetime(dates[doc], 1, 1, tzinfo=UTC) if doc in dates else None,
        }
        for doc, text in texts.items()
    )


def relation(a: str, b: str, a_in_b: float = 0.9, b_in_a: float = 0.9, kind: str = "edited") -> dict[str, Any]:
    shares = {"coverage_a": a_in_b, "coverage_b": b_in_a}
    return {"a": a, "b": b, "kind": kind, "extent": "whole", "confidence": 0.9, "evidence": [], **shares}


def relations(*rows: dict[str, Any]) -> pa.Table:
    return schemas.RELATIONS.table(rows)


def direction(source: str, copy: str) -> dict[str, Any]:
    a, b = sorted([source, copy])
    told = {"verdict": "copy", "source": source, "copy": copy, "via_lost": 0.0, "confidence": 0.9, "evidence": []}
    return {"a": a, "b": b, **told}


def decided(*rows: dict[str, Any], texts: dict[str, str] = TEXTS, **more: Any) -> dict[str, Any]:
    """What each document that goes goes for."""
    options = KeepOptions(**{name: more.pop(name) for name in ("prefer", "coverage") if name in more})
    dates = more.pop("dates", {})
    known = more.pop("known", None) or relations(*rows)
    found = choose_keepers(documents(texts, **dates), known, options=options, **more)
    return {row["doc"]: row["duplicate_of"] for row in found.to_pylist() if not row["keep"]}


def test_a_document_goes_for_the_longer_one_in_which_most_of_its_words_stand() -> None:
    found = choose_keepers(documents(), relations(relation("d0", "d1", 0.3, 0.85, "spun")))
    gone = found.to_pylist()[1]
    assert (gone["doc"], gone["keep"], gone["duplicate_of"], gone["kind"]) == ("d1", False, "d0", "spun")
    assert gone["coverage"] == 0.85
    assert gone["reason"].startswith("85% of its words stand in d0 (spun), which is longer: ")
    assert found["keep"].to_pylist() == [True, False, True, True, True, True]


def test_a_page_that_quotes_a_paragraph_stays() -> None:
    """Its own words are not covered, and the paragraph's source is the shorter text."""
    assert decided(relation("d0", "d1", 0.2, 0.5)) == {}


@pytest.mark.parametrize("kind", ["template", "paraphrased", "summarised", "translated", "none"])
def test_what_is_no_copy_word_for_word_stays(kind: str) -> None:
    assert decided(relation("d0", "d1", 1.0, 1.0, kind)) == {}


def test_how_much_must_be_covered_can_be_chosen() -> None:
    pair = relation("d0", "d1", 0.5, 0.75)
    assert decided(pair) == {}
    assert decided(pair, coverage=0.7) == {"d1": "d0"}


def test_a_document_goes_only_for_one_that_stays() -> None:
    """d1 goes for d0; d2 is like d1 and not like d0: it stays."""
    assert decided(relation("d0", "d1"), relation("d1", "d2"), relation("d0", "d2", 0.4, 0.4)) == {"d1": "d0"}


def test_of_several_that_stay_the_most_preferred_is_named() -> None:
    pairs = relation("d0", "d2", 0.2, 0.8), relation("d1", "d2", 0.2, 0.95)
    assert decided(*pairs) == {"d2": "d0"}


def test_the_same_text_is_dropped_without_a_relation_white_space_aside() -> None:
    texts = {"a": LINE.format(1), "b": LINE.format(1).replace(" ", "\n"), "c": "ok", "d": " ok", "e": "no"}
    found = choose_keepers(documents(texts), relations()).to_pylist()
    assert [row["duplicate_of"] for row in found] == [None, "a", None, "c", None]
    assert found[1]["kind"] == "exact"
    assert found[1]["reason"] == "the same text as a, whose id is smaller"
    assert (found[0]["family_size"], found[4]["family_size"], found[4]["family"]) == (2, 1, None)


def test_exact_copies_go_for_what_their_own_text_goes_for() -> None:
    texts = TEXTS | {"e1": TEXTS["d1"]}
    assert decided(relation("d0", "d1"), texts=texts) == {"d1": "d0", "e1": "d0"}


def test_a_family_is_called_by_the_smallest_digest_of_those_that_could_go_for_each_other() -> None:
    found = choose_keepers(
        documents(), relations(relation("d0", "d1"), relation("d1", "d2"), relation("d3", "d4", 0, 0))
    )
    names = found["family"].to_pylist()
    digests = [hashlib.sha256(doc.encode()).hexdigest() for doc in ("d0", "d1", "d2")]
    assert names[:3] == [min(digests)[:16]] * 3
    assert names[3:] == [None] * 3
    assert found["family_size"].to_pylist() == [3, 3, 3, 1, 1, 1]


def test_columns_of_the_table_decide_in_their_order_and_nulls_come_last() -> None:
    columns = pa.table({"doc": [f"d{n}" for n in range(6)], "quality": [None, 0.1, 0.9, 0.9, float("nan"), 0.5]})
    pairs = [relation(f"d{a}", f"d{b}") for a in range(6) for b in range(a + 1, 6)]
    told = decided(*pairs, prefer="quality desc, length asc", columns=columns)
    assert set(told.values()) == {"d3"}
    found = choose_keepers(
        documents(), relations(relation("d0", "d1")), columns=columns, options=KeepOptions(prefer="quality desc")
    )
    assert found["reason"][0].as_py() == "90% of its words stand in d1 (edited), whose quality is 0.1, here not known"


@pytest.mark.parametrize(
    ("values", "prefer", "first"),
    [
        (["2024-05-01", "2023-01-01"], "seen asc", "d1"),
        ([datetime(2024, 5, 1), datetime(2023, 1, 1)], "seen desc", "d0"),
        (["б", "а"], "seen asc", "d1"),
        ([False, True], "seen desc", "d1"),
        ([3, 3], "seen desc", "d0"),  # of equals the smaller id
    ],
)
def test_numbers_dates_and_strings_have_an_order(values: list[Any], prefer: str, first: str) -> None:
    columns = pa.table({"doc": ["d0", "d1"], "seen": values})
    texts = {doc: TEXTS[doc] for doc in ("d0", "d1")}
    assert set(decided(relation("d0", "d1"), texts=texts, prefer=prefer, columns=columns).values()) == {first}


def test_an_unknown_column_is_refused_with_those_there_are() -> None:
    columns = pa.table({"doc": ["d0"], "quality": [1], "tags": [["a"]]})
    with pytest.raises(OptionError, match="'qualty'") as caught:
        choose_keepers(documents(), relations(), columns=columns, options=KeepOptions(prefer="qualty desc"))
    assert "length, quality, tags" in caught.value.where
    with pytest.raises(OptionError, match="no order"):
        choose_keepers(documents(), relations(), columns=columns, options=KeepOptions(prefer="tags desc"))


@pytest.mark.parametrize("prefer", ["", "best", "quality", "quality descending", "a desc, a asc", "a desc,", 3])
def test_what_names_no_order_is_refused(prefer: Any) -> None:
    with pytest.raises(OptionError, match=r"order to keep by|prefer must be text"):
        KeepOptions(prefer=prefer)


@pytest.mark.parametrize(("name", "wrong"), [("coverage", 1.1), ("held", 0), ("cut", 4), ("held", 1.5)])
def test_rules_are_checked_when_they_are_made(name: str, wrong: float) -> None:
    with pytest.raises(OptionError, match=name):
        KeepOptions(**{name: wrong})  # type: ignore[arg-type]


def test_the_original_stays_even_where_it_is_the_shorter_text() -> None:
    told = schemas.DIRECTIONS.table([direction("d2", "d0"), direction("d0", "d1")])
    pairs = relation("d0", "d2"), relation("d0", "d1"), relation("d1", "d2")
    found = choose_keepers(documents(), relations(*pairs), told, options=KeepOptions(prefer="original")).to_pylist()
    assert [row["duplicate_of"] for row in found[:3]] == ["d2", "d2", None]
    assert found[0]["reason"] == "90% of its words stand in d2 (edited), which is its source"
    assert found[1]["reason"].endswith("which came first the texts do not tell")


def test_where_the_texts_do_not_tell_the_earliest_date_decides_then_length() -> None:
    none = schemas.DIRECTIONS.empty()
    dated = decided(relation("d0", "d1"), prefer="original", directions=none, dates={"d1": 2020, "d0": 2021})
    assert dated == {"d0": "d1"}
    assert decided(relation("d0", "d1"), prefer="original", directions=none) == {"d1": "d0"}


def test_sources_in_a_circle_are_ordered_all_the_same() -> None:
    told = schemas.DIRECTIONS.table([direction("d0", "d1"), direction("d1", "d2"), direction("d2", "d0")])
    pairs = relation("d0", "d1"), relation("d1", "d2"), relation("d0", "d2")
    assert decided(*pairs, prefer="original", directions=told) == {"d1": "d0", "d2": "d0"}


@pytest.mark.parametrize("lengths", ["rising", "any"])
@pytest.mark.parametrize("window", [1, 8])
def test_in_a_large_family_what_was_not_compared_is_compared_with_what_stayed(lengths: str, window: int) -> None:
    """Each copy was compared with its next neighbours alone; one is left all the same, and work stays linear."""
    size = 300
    order = np.arange(size) if lengths == "rising" else np.random.default_rng(3).permutation(size)
    texts = {f"d{n:03}": f"{n:03} " + "lamp " * int(order[n]) for n in range(size)}
    pairs = [(f"d{n:03}", f"d{n + k:03}") for n in range(size) for k in range(1, window + 1) if n + k < size]
    asked: list[tuple[str, str]] = []

    def compare(given: pa.Table) -> tuple[pa.Table, None]:
        some = list(zip(given["a"].to_pylist(), given["b"].to_pylist(), strict=True))
        asked.extend(some)
        return relations(*(relation(a, b) for a, b in some)), None

    def left(**more: Any) -> set[str]:
        return set(texts) - set(decided(texts=texts, **more))

    known = relations(*(relation(*pair) for pair in pairs))
    longest = {f"d{int(np.argmax(order)):03}"}
    assert left(known=known, compare=compare) == longest
    assert len(asked) == len({*asked, *pairs}) - len(pairs) < 3 * size
    assert len(left(known=known)) > size // 20  # what would be left without
    asked.clear()
    near = schemas.PAIRS.check(known)
    assert left(pairs=near, compare=compare) == longest  # where nothing is known, little is asked
    assert len(asked) == len(set(asked)) < 4 * size


def test_what_was_compared_and_is_no_copy_is_not_asked_again() -> None:
    asked = []

    def compare(pairs: pa.Table) -> tuple[pa.Table, None]:
        asked.append(pairs.num_rows)
        return relations(relation("d0", "d2", 0.1, 0.1, "none")), None

    assert decided(relation("d0", "d1"), relation("d1", "d2"), compare=compare) == {"d1": "d0"}
    assert asked == [1]


@pytest.mark.parametrize("prefer", ["longest", "original", "quality desc"])
def test_the_order_of_rows_does_not_show(prefer: str) -> None:
    rng = np.random.default_rng(5)
    pairs = [
        relation(f"d{a}", f"d{b}", *rng.choice([0.5, 0.85, 0.95], 2).tolist())
        for a in range(6)
        for b in range(a + 1, 6)
    ]
    told = schemas.DIRECTIONS.table([direction("d3", "d1"), direction("d4", "d3"), direction("d0", "d5")])
    columns = pa.table({"doc": [f"d{n}" for n in range(6)], "quality": [1, 2, 2, 1, 3, 0]})
    given = {"columns": columns, "options": KeepOptions(prefer=prefer)}
    once = choose_keepers(documents(), relations(*pairs), told, **given)
    for _ in range(4):
        order = pa.array(rng.permutation(15))
        given["columns"] = columns.take(pa.array(rng.permutation(6)))
        again = choose_keepers(documents(), relations(*pairs).take(order), told.take(pa.array([2, 0, 1])), **given)
        assert again.equals(once)
    assert schemas.DECISIONS.check(once).equals(once)
