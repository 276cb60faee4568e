"""Whole texts, cut into segments that are each marked in one way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.report import reading
from stemmata.report.escape import visible
from stemmata.report.findings import find
from stemmata.report.reading import Row, Segment, read_side_by_side
from stemmata.traced import Trace
from tests.test_report_example import ARTICLE, COPY, example, pair


def rows(trace: Trace) -> list[Row]:
    finding = find(trace)
    assert finding is not None
    return read_side_by_side(finding, finding.changes)


def segments(read: Sequence[Row], side: Literal["source", "copy"]) -> list[Segment]:
    return [segment for row in read for paragraph in getattr(row, side) for segment in paragraph]


def whole(read: Sequence[Row], side: Literal["source", "copy"]) -> str:
    return " ".join("".join(segment.text for segment in segments(read, side)).split())


def changed(edit: dict[str, Any], **passage: Any) -> Trace:
    span = {"a_start": 0, "a_end": 10, "b_start": 0, "b_end": 10}
    return pair(
        {"a": "Rain fell.", "b": "Snow fell."},
        passages=[{**span, **passage, "edits": [edit] if edit else []}],
    )


def test_both_texts_are_there_to_the_last_word() -> None:
    """Nothing of either text is lost, whatever aligned."""
    read = rows(example())
    assert whole(read, "source").replace(" ", "") == "".join(ARTICLE.split())
    assert whole(read, "copy").replace(" ", "") == "".join(COPY.split())


def test_edit_marks_both_sides_and_names_its_twin() -> None:
    read = rows(changed({"op": "substitute", "a_start": 0, "a_end": 4, "b_start": 0, "b_end": 4}))
    source, copy = (next(s for s in segments(read, side) if s.op == "substitute") for side in ("source", "copy"))
    assert (source.text, copy.text) == ("Rain", "Snow")
    assert source.twin == copy.twin == "1.0"


def test_words_of_one_side_have_no_twin() -> None:
    read = rows(changed({"op": "delete", "a_start": 0, "a_end": 4, "b_start": 0, "b_end": 0}))
    assert [(s.text, s.twin) for s in segments(read, "source") if s.op == "delete"] == [("Rain", "")]
    assert not [s for s in segments(read, "copy") if s.op != "match"]


def test_passage_without_edits_is_read_unmarked() -> None:
    assert {segment.op for segment in segments(rows(changed({})), "source")} == {"match"}


def test_overlapping_passages_are_both_shown() -> None:
    """A stretch in two passages lies inside both; each opens once."""
    trace = pair(
        {"a": "one two three four", "b": "one two three four"},
        passages=[
            {"a_start": 0, "a_end": 13, "b_start": 0, "b_end": 13},
            {"a_start": 4, "a_end": 18, "b_start": 4, "b_end": 18},
        ],
    )
    read = segments(rows(trace), "source")
    assert [(s.text, [p.rank for p in s.inside]) for s in read] == [
        ("one ", [1]),
        ("two three", [1]),
        (" four", []),
    ]
    assert [p.rank for s in read for p in s.opens] == [1, 2]


def test_moved_passage_is_shown_where_it_stands() -> None:
    """The paragraph that moved opens in both texts, and lies inside passage 5."""
    read = rows(example())
    for side in ("source", "copy"):
        read_side = segments(read, side)
        assert sorted(p.rank for s in read_side for p in s.opens) == [1, 2, 3, 4, 5]
        assert {p.rank for s in read_side for p in s.inside} == {5}


def test_changes_have_their_place_on_both_sides() -> None:
    """A change of fact marks its words; an omission marks the place in the copy where they would stand."""
    read = rows(example())
    for side in ("source", "copy"):
        assert sorted(c.n for s in segments(read, side) for c in s.places) == list(range(1, 11))
    facts = {s.text: s.change.n for s in segments(read, "copy") if s.change}
    assert facts["14"] == 1
    assert facts["Lundgren"] == 2
    assert 4 not in facts.values()


def test_words_know_the_changes_that_they_belong_to() -> None:
    """All of them, of whatever type; for a word out of place they are marked, for mere wording they are not."""
    read = rows(example())
    words = {n: s for s in segments(read, "copy") for n in s.within}
    assert sorted(words) == [1, 2, 3, 5, 6, 7, 8, 9, 10], "an omission has no words in the copy"
    assert words[8].text == "prices"
    assert words[8].change is not None
    assert words[8].change.type == "tortured"
    assert (words[9].text, words[9].change) == ("Bicyclists", None)


def test_blank_lines_part_paragraphs() -> None:
    read = rows(pair({"a": "One.\n\nTwo.\r\n\r\n \nThree.\n\n", "b": "Four."}))
    assert ["".join(s.text for s in paragraph) for paragraph in read[0].source] == ["One.", "Two.", "Three."]


def test_row_does_not_begin_with_an_empty_line() -> None:
    """What stands on the line after a passage begins its own row at once."""
    passage = {"a_start": 0, "a_end": 4, "b_start": 0, "b_end": 4}
    read = rows(pair({"a": "Rain\n  fell here", "b": "Rain"}, passages=[passage]))
    assert [segment.text for segment in segments(read, "source")] == ["Rain", "  fell here"]


def test_control_signs_are_shown() -> None:
    assert whole(rows(pair({"a": "Rain\x1b[2J fell", "b": "x"})), "source") == "Rain␛[2J fell"


def test_giant_text_is_shortened_where_nothing_marks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left out is counted, and no mark is lost."""
    monkeypatch.setattr(reading, "_WHOLE", 5_000)
    text = "rain " * 2_000 + "snow " + "rain " * 2_000
    edit = {"op": "substitute", "a_start": 10_000, "a_end": 10_004, "b_start": 0, "b_end": 4}
    trace = pair(
        {"a": text, "b": "hail"},
        passages=[{"a_start": 0, "a_end": len(text), "b_start": 0, "b_end": 4, "edits": [edit]}],
    )
    read = segments(rows(trace), "source")
    assert sum(len(s.text) + s.hidden for s in read) == len(text)
    assert [s.text for s in read if s.op == "substitute"] == ["snow"]
    assert sum(s.hidden for s in read) == len(text) - 4_004


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


@given(st.text(max_size=30), st.lists(st.tuples(spans, spans), max_size=6))
def test_any_passages_in_any_order_leave_the_text_whole(text: str, places: list[Any]) -> None:
    """Spans that overlap, cross or nest never lose or repeat a sign."""
    n = len(text)
    passages = [
        {"a_start": min(a[0], n), "a_end": min(a[1], n), "b_start": min(b[0], n), "b_end": min(b[1], n)}
        for a, b in places
    ]
    trace = pair({"a": text, "b": text}, passages=passages)
    read = rows(trace)
    for side in ("source", "copy"):
        kept = "".join(s.text for s in segments(read, side))
        assert "".join(kept.split()) == "".join(visible(text).split())
