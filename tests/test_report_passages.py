"""What a reader is told of each passage: whether it counts as reuse, what it is, and whether it moved."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from rich.console import Console

from stemmata.report import words
from stemmata.report.comparison_page import render_comparison
from stemmata.report.finding import Finding
from stemmata.report.findings import Findings, find
from stemmata.report.json import render_json
from stemmata.report.reading import read_side_by_side
from stemmata.report.ribbon import draw_bands
from stemmata.report.rows import cut_rows
from stemmata.report.terminal import render_verdict
from stemmata.traced import Trace
from tests.test_report_example import edits, pair

PARTS = (
    "The ferry to Öland left the pier at nine.",
    "Все лодки вернулись в порт до темноты.",
    "Fog lay on the sound, and no gull was heard.",
    "Halvorsen pays 17 cents a share on 15 April.",
)
OTHER = (
    "Fog lay over the sound; not one gull could be heard.",
    "The ferry to Öland left the pier at ten.",
    "Brightwater pays 42 cents a share on 30 September.",
    "Все лодки вернулись в порт до темноты.",
)
A, B = "\n\n".join(PARTS), "\n\n".join(OTHER)
WORDING = {"feature": "left_out_wording", "value": 0.2, "says": "20% of a and 20% of b stand in wording"}


def passage(ours: int, theirs: int, kind: str, **more: Any) -> dict[str, Any]:
    start, there = A.index(PARTS[ours]), B.index(OTHER[theirs])
    spans = {"a_start": start, "a_end": start + len(PARTS[ours]), "b_start": there, "b_end": there + len(OTHER[theirs])}
    return {**spans, "kind": kind, "edits": edits(A, B, spans), **more}


FERRY, BOATS = passage(0, 1, "edited"), passage(1, 3, "verbatim", moved=True)
FOG, DIVIDEND = passage(2, 0, "none", confidence=0.85), passage(3, 2, "template")


def trace(*passages: dict[str, Any], kind: str = "edited", evidence: tuple[Any, ...] = (), **more: Any) -> Trace:
    extent = None if kind == "none" else "partial"
    relation = {"kind": kind, "extent": extent, "coverage_a": 0.5, "coverage_b": 0.5, "evidence": list(evidence)}
    return pair({"a": A, "b": B}, passages=passages, relation=relation, **more)


def found(*passages: dict[str, Any], kind: str = "edited", evidence: tuple[Any, ...] = ()) -> Finding:
    finding = find(trace(*passages, kind=kind, evidence=evidence))
    assert finding is not None
    return finding


def shown(of: Trace) -> str:
    text = render_verdict(of, Console(file=io.StringIO(), width=200))
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("passages", "says"),
    [
        ([FERRY], "1 passage"),
        ([FERRY, FOG], "1 passage"),
        ([FERRY, BOATS], "2 passages: 1 edited, 1 verbatim; 1 moved: stands elsewhere in the other text"),
        (
            [BOATS, {**FERRY, "kind": "verbatim", "moved": True}],
            "2 passages; 2 moved: stand elsewhere in the other text",
        ),
        ([FERRY, DIVIDEND], "2 passages: 1 edited, 1 template"),
        ([FERRY, {**BOATS, "role": "furniture"}], "1 passage"),
    ],
)
def test_passages_are_counted_that_are_reuse(passages: list[dict[str, Any]], says: str) -> None:
    """Several kinds are told apart, a form is called one, and wording in common and furniture are left out."""
    assert words.passages(found(*passages)) == says


def test_quotations_count_unless_they_were_left_out() -> None:
    quoted = {**BOATS, "role": "quoted", "moved": False}
    left_out = {"feature": "left_out_quoted", "value": 0.1, "says": "10% of a stand in quotations"}
    assert words.passages(found(FERRY, quoted)).startswith("2 passages")
    assert words.passages(found(FERRY, quoted, evidence=(left_out,))) == "1 passage"


def test_count_says_that_short_passages_are_among_it() -> None:
    """How many of them are too short for the option is not in the tables."""
    left_out = {"feature": "left_out_short", "value": 0.1, "says": "10% of a stand in passages that are shorter"}
    assert words.passages(found(FERRY, evidence=(left_out,))) == "1 passage; those that are too short do not count"


@pytest.mark.parametrize(
    ("of", "marks"),
    [
        (FERRY, []),
        (BOATS, ["moved"]),
        (FOG, ["wording in common"]),
        ({**FOG, "moved": True}, ["wording in common"]),
        ({**DIVIDEND, "moved": True}, ["template", "moved"]),
        ({**BOATS, "role": "quoted"}, ["quotation", "moved"]),
        ({**BOATS, "role": "furniture"}, ["page furniture"]),
        ({**DIVIDEND, "role": "base"}, ["base text"]),
    ],
)
def test_passage_is_called_what_it_is(of: dict[str, Any], marks: list[str]) -> None:
    assert words.marks(found(of).passages[0]) == marks


def test_wording_in_common_makes_no_coverage() -> None:
    """The share with what was left out speaks of what could count: quotations, references, short passages."""
    with_wording, without = found(FERRY, FOG), found(FERRY)
    assert with_wording.shared(with_wording.source) == without.shared(without.source) > 0


def test_strangers_that_share_wording_are_told_so() -> None:
    """The verdict, and what is not counted, name it; nothing is said to be changed."""
    text = shown(trace(FOG, kind="none", evidence=(WORDING,)))
    assert "a and b share nothing but wording that comes with their subject." in text
    assert "Not counted 1 passage of wording in common, in both texts" in text
    assert "Shared" not in text


def test_terminal_tells_what_is_shared() -> None:
    text = shown(trace(FERRY, BOATS, FOG, evidence=(WORDING,)))
    assert "Shared 2 passages: 1 edited, 1 verbatim; 1 moved: stands elsewhere in the other text" in text
    assert "Not counted 1 passage of wording in common, in both texts" in text


def test_page_marks_and_counts_passages() -> None:
    """Each passage has its name beside its number, the map counts reuse apart, and a key says what marks mean."""
    page = render_comparison(trace(FERRY, BOATS, FOG, DIVIDEND, evidence=(WORDING,)))
    for number in ("2 <span>moved</span>", "3 <span>wording in common</span>", "4 <span>template</span>"):
        assert page.count(f"{number}</a>") == 2, number
    assert "passage 3, wording in common, identity 80%" in page
    assert "3 passages: 1 edited, 1 verbatim, 1 template; 1 moved: stands elsewhere in the other text. Grey" in page
    assert "1 passage of wording in common." in page
    assert "a passage that stands elsewhere in the other text" in page
    assert "such as texts on one subject share: no reuse" in page


def test_key_explains_no_mark_that_is_not_there() -> None:
    page = render_comparison(trace(FERRY))
    assert "a passage that stands elsewhere" not in page
    assert "texts on one subject" not in page
    only = render_comparison(trace(FOG, kind="none"))
    assert "leads to its counterpart" not in only
    assert "texts on one subject" in only


def test_of_wording_in_common_the_same_words_stand_out() -> None:
    """Of reuse the eye looks for what differs, of wording in common for what is the same."""
    read = read_side_by_side(found(FERRY, FOG), ())
    marked = {(s.op, s.text) for row in read for paragraph in row.copy for s in paragraph if s.op != "match"}
    assert {("common", "Fog lay"), ("common", "the sound"), ("common", "gull"), ("substitute", "ten")} <= marked
    assert not [text for op, text in marked if op != "common" and text in OTHER[0]]


def test_reuse_in_its_place_makes_the_rows() -> None:
    """However long it is, wording in common, or a passage that moved, tears nothing apart that goes on in order."""
    a = b = "Rain fell. " * 30
    spans = {"a_start": 0, "a_end": 10, "b_start": 110, "b_end": 120}
    crossing = {"a_start": 11, "a_end": 330, "b_start": 0, "b_end": 109}
    for kind in ({"kind": "none"}, {"moved": True}):
        finding = find(pair({"a": a, "b": b}, passages=[spans, {**crossing, **kind}]))
        assert finding is not None
        assert [cut.passage.rank for cut in cut_rows(finding) if cut.passage] == [1]


def test_map_shows_reuse_before_what_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many bands, those go that do not count; a band that moved crosses the others."""
    monkeypatch.setattr("stemmata.report.ribbon._MOST", 2)
    ferry, boats = draw_bands(found(FERRY, BOATS, {**FOG, "a_end": len(A)}))
    assert [ferry.passage.rank, boats.passage.rank] == [1, 2]
    fog, ferry = draw_bands(found(FOG, FERRY))
    assert fog.source > ferry.source
    assert fog.copy < ferry.copy


def test_texts_without_reuse_were_changed_by_nobody() -> None:
    """What differs in wording in common is no change, whatever the table lists; nor can the pair be read as one."""
    change = {"type": "wording", "before": "on", "after": "over", "factual": False, "severity": 0.0, "says": "So."}
    spans = {"source_start": 0, "source_end": 2, "copy_start": 0, "copy_end": 2}
    row = {"source": "a", "copy": "b", **change, **spans}
    for kind, listed in (("none", 0), ("edited", 1)):
        of = trace(FOG, kind=kind, changes=[row])
        finding = find(of)
        assert finding is not None
        assert len(finding.changes) == listed
        assert Findings(of).aligned("b", "a") is (listed == 1)


def test_programs_get_every_column() -> None:
    rows = json.loads(render_json(trace(BOATS, FOG)))["alignments"]
    assert [(row["kind"], row["confidence"], row["moved"]) for row in rows] == [
        ("verbatim", 0.9, True),
        ("none", 0.85, False),
    ]
