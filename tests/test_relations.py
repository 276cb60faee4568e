"""Relations: what a pair is, how much of each text is reused, and what speaks for it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.errors import SchemaError
from stemmata.relations import RelationOptions, classify

A, B = (
    " ".join([root + x + y for root in roots for x in "aeiou" for y in "dlnt"])
    for roots in (("salt", "reed"), ("salt", "mire"))
)
Row = dict[str, Any]


def at(text: str, first: int, last: int) -> tuple[int, int]:
    """Where words first to last, exclusive, of a text stand."""
    words = text.split()
    return len(" ".join([*words[:first], ""])), len(" ".join(words[:last]))


def passage(
    a: str,
    b: str,
    a_words: tuple[int, int],
    b_words: tuple[int, int],
    *,
    kind: str = "verbatim",
    role: str = "reuse",
    confidence: float = 1.0,
) -> Row:
    """One passage of equal words."""
    (a_start, a_end), (b_start, b_end) = at(a, *a_words), at(b, *b_words)
    span = {"a_start": a_start, "a_end": a_end, "b_start": b_start, "b_end": b_end}
    matched = a_words[1] - a_words[0]
    return span | {
        "kind": kind,
        "confidence": confidence,
        "role": role,
        "moved": False,
        "matched": matched,
        "identity": 1.0,
        "edits": [span | {"op": "match"}],
    }


def relate(a: str, b: str, *passages: Row, **options: Any) -> Row:
    documents = schemas.DOCUMENTS.table(
        {"doc": doc, "text": text, "language": "en", "sha256": ""} for doc, text in (("a", a), ("b", b))
    )
    alignments = schemas.ALIGNMENTS.table(
        {"a": "a", "b": "b", "rank": rank} | row for rank, row in enumerate(passages, 1)
    )
    pairs = pa.table({"a": ["a"], "b": ["b"]})
    (row,) = classify(documents, pairs, alignments, options=RelationOptions(**options)).to_pylist()
    return dict(row)


def test_a_text_reused_as_a_whole_on_both_sides_is_whole() -> None:
    row = relate(A, A, passage(A, A, (0, 40), (0, 40)))
    assert (row["kind"], row["extent"], row["confidence"]) == ("verbatim", "whole", 1)
    assert (row["coverage_a"], row["coverage_b"]) == (1, 1)


def test_a_text_that_is_a_part_of_the_other_is_an_excerpt() -> None:
    part = " ".join(A.split()[:20])
    row = relate(A, part, passage(A, part, (0, 20), (0, 20)))
    assert (row["extent"], row["coverage_a"], row["coverage_b"]) == ("excerpt", 0.5, 1)


def test_texts_that_share_a_part_are_partial() -> None:
    row = relate(A, B, passage(A, B, (0, 20), (0, 20)))
    assert (row["extent"], row["coverage_a"], row["coverage_b"]) == ("partial", 0.5, 0.5)


def test_from_which_share_a_text_is_whole_may_be_set() -> None:
    half = passage(A, B, (0, 20), (0, 20))
    assert relate(A, B, half, whole=0.5)["extent"] == "whole"
    assert relate(A, B, half, whole=0.51)["extent"] == "partial"


def test_words_that_two_passages_hold_are_counted_once() -> None:
    row = relate(A, B, passage(A, B, (0, 20), (0, 20)), passage(A, B, (10, 20), (10, 20)))
    assert row["coverage_a"] == 0.5


def test_the_kind_is_that_of_most_of_the_words_and_the_others_are_named() -> None:
    """The passages may be many: it is words that count."""
    row = relate(
        A,
        B,
        passage(A, B, (0, 4), (0, 4), kind="verbatim"),
        passage(A, B, (4, 8), (4, 8), kind="verbatim"),
        passage(A, B, (8, 20), (8, 20), kind="edited"),
    )
    assert row["kind"] == "edited"
    also = [figure for figure in row["evidence"] if figure["feature"].startswith("also")]
    assert [(figure["feature"], figure["value"]) for figure in also] == [("also_verbatim", 0.4)]
    assert "40%" in also[0]["says"]


@pytest.mark.parametrize("kind", ["edited", "spun", "paraphrased", "template"])
def test_a_pair_is_verbatim_only_where_every_passage_is(kind: str) -> None:
    """However few words the other holds; wording that the subject brings with it is no passage of theirs."""
    same, other = passage(A, B, (0, 15), (0, 15)), passage(A, B, (15, 20), (15, 20), kind=kind)
    assert relate(A, B, same, other)["kind"] == "edited"
    assert relate(A, B, same, passage(A, B, (15, 20), (15, 20), kind="none"))["kind"] == "verbatim"


def test_capitals_are_names_where_the_statistics_say_so() -> None:
    """Of the collection, else of the language."""
    text = "the keeper of Skerrow met the mayor of Marrow Bay on the pier of Lund at dawn"
    documents = pa.table({"doc": ["a", "b"], "text": [text, f"{text} again"], "language": ["en", "en"]})
    shared = {"a": "a", "b": "b", "rank": 1} | passage(text, f"{text} again", (0, 17), (0, 17))
    tables = documents, pa.table({"a": ["a"], "b": ["b"]}), schemas.ALIGNMENTS.table([shared])
    facts = schemas.STATISTICS.table([{"fact": "names", "language": "en", "word": "", "value": 0.0}])
    features = [
        {figure["feature"]: figure["value"] for figure in classify(*tables, **more).to_pylist()[0]["evidence"]}
        for more in ({}, {"statistics": facts})
    ]
    assert [figures.get("facts_kept") for figures in features] == [1, None]


def test_passages_that_are_no_reuse_do_not_count() -> None:
    for role in ("quoted", "reference", "base", "furniture"):
        row = relate(A, B, passage(A, B, (0, 20), (0, 20), role=role))
        assert (row["kind"], row["extent"], row["coverage_a"]) == ("none", None, 0)
        assert row["evidence"][0]["says"].startswith("what both texts share is no reuse")


def test_wording_that_texts_on_one_subject_share_does_not_count() -> None:
    """A passage of kind none, whatever its role; how much of it there is stands in the evidence."""
    shared = passage(A, B, (0, 10), (0, 10), kind="none")
    row = relate(A, B, shared)
    assert (row["kind"], row["extent"], row["coverage_a"], row["coverage_b"]) == ("none", None, 0, 0)
    says = {figure["feature"]: figure["says"] for figure in row["evidence"]}
    assert "wording such as texts on one subject share" in says["words"]
    assert says["left_out_wording"].startswith("25% of a and 25% of b")
    beside = relate(A, B, shared, passage(A, B, (10, 20), (10, 20), kind="edited"))
    assert (beside["kind"], beside["coverage_a"]) == ("edited", 0.25)
    assert [f["value"] for f in beside["evidence"] if f["feature"] == "left_out_wording"] == [0.25]


def test_a_relation_is_as_sure_as_its_passages_by_words() -> None:
    """Those of its kind; what is verbatim speaks for edited as well."""
    row = relate(
        A,
        B,
        passage(A, B, (0, 12), (0, 12), kind="edited", confidence=0.9),
        passage(A, B, (12, 16), (12, 16), kind="verbatim", confidence=0.5),
        passage(A, B, (16, 20), (16, 20), kind="spun", confidence=0.1),
    )
    assert row["kind"] == "edited"
    assert row["confidence"] == pytest.approx((12 * 0.9 + 4 * 0.5) / 16)


def test_none_says_why() -> None:
    """Where a text is too short to tell, the answer is less sure."""
    long, short = relate(A, B), relate(A, "Хлеб подорожал")
    assert (long["kind"], short["kind"]) == ("none", "none")
    assert [figure["says"] for row in (long, short) for figure in row["evidence"]] == [
        "no passage that both texts share was found among 40 and 40 words",
        "the shorter text has 2 words: too few to tell reuse from chance",
    ]
    assert long["confidence"] > short["confidence"] == 0.5
    assert relate(A, "Brot")["evidence"][0]["says"].startswith("the shorter text has 1 word:")


def test_the_figures_speak_for_the_kind() -> None:
    row = relate(A, B, passage(A, B, (0, 20), (0, 20)))
    figures = {figure["feature"]: figure for figure in row["evidence"]}
    assert (figures["identity"]["value"], figures["run"]["value"]) == (1, 20)
    assert figures["identity"]["says"] == "100% of the words in the reused passages are the same"
    assert "substituted" not in figures
    edited = relate(A, B, passage(A, B, (0, 20), (0, 20), kind="edited"))
    assert {"windows", "substituted", "one_for_one", "frame"} <= {f["feature"] for f in edited["evidence"]}


def test_a_pair_of_an_unknown_document_is_refused() -> None:
    documents = schemas.DOCUMENTS.table([{"doc": "a", "text": A, "sha256": ""}])
    with pytest.raises(SchemaError, match="'b' that is not there"):
        classify(documents, pa.table({"a": ["a"], "b": ["b"]}), schemas.ALIGNMENTS.empty())
