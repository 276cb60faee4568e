"""One JSON document for programs."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

import pytest

from stemmata import schemas
from stemmata.report.json import render_json
from tests.test_report_example import ARTICLE, example, pair, with_tables


def read(text: str) -> dict[str, Any]:
    """Read as strictly as the standard has it: NaN and Infinity are refused."""
    document: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    return document


def test_shape_is_stable() -> None:
    """Every part is there, in this order."""
    assert list(read(render_json(example()))) == [
        "version",
        "verdict",
        "disguised",
        "documents",
        "relation",
        "direction",
        "alignments",
        "changes",
        "families",
        "stemma",
        "skipped",
        "notes",
        "about",
    ]


def test_rows_are_those_of_the_tables() -> None:
    trace = example()
    document = read(render_json(trace))
    assert document["verdict"] == "farm.txt is a spun copy of bridge.txt."
    assert document["relation"] == trace.relations.to_pylist()[0]
    assert document["direction"]["source"] == "bridge.txt"
    assert document["changes"] == trace.changes.to_pylist()
    assert document["alignments"][1]["edits"] == trace.alignments.to_pylist()[1]["edits"]
    assert document["about"]["options"]["documents"] == {"limit_bytes": 1_000_000}


def test_documents_are_counted_and_not_repeated() -> None:
    """The texts stay out; their words are counted by the one tokeniser."""
    documents = read(render_json(example()))["documents"]
    assert [row["doc"] for row in documents] == ["bridge.txt", "farm.txt"]
    assert documents[0]["words"] == 162
    assert "text" not in documents[0]
    assert "harbour office, and" not in render_json(example())
    assert "harbour office, and" in ARTICLE


def test_output_is_ascii_with_iso_times_and_without_nan() -> None:
    """Any program on any terminal can read it."""
    trace = pair(
        {"جسر": "Rain fell.", "b": "It rained."},
        documents={"b": {"published": datetime(2024, 2, 14, 9, 30, tzinfo=UTC)}},
        relation={"evidence": [{"feature": "win", "value": math.nan, "says": "too short to say"}]},
    )
    text = render_json(trace)
    assert text.isascii()
    document = read(text)
    assert document["documents"][0]["published"] == "2024-02-14T09:30:00+00:00"
    assert document["relation"]["evidence"][0]["value"] is None
    assert document["relation"]["b"] == "جسر"


def test_nothing_read_is_null_and_says_so() -> None:
    document = read(render_json(with_tables(example(), relations=schemas.RELATIONS.empty())))
    assert document["relation"] is None
    assert document["direction"] is None
    assert document["verdict"].startswith("There is no verdict")


def test_same_trace_gives_the_same_bytes() -> None:
    assert render_json(example()) == render_json(example())
