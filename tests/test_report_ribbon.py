"""The map of a pair."""

from __future__ import annotations

import pytest

from stemmata.report.findings import find
from stemmata.report.ribbon import WIDTH, draw_bands
from tests.test_report_example import example, pair


def test_bands_lie_where_the_passages_do() -> None:
    """A passage over the first half of one text and the last half of the other is drawn so."""
    passage = {"a_start": 0, "a_end": 10, "b_start": 10, "b_end": 20}
    finding = find(pair({"a": "r" * 20, "b": "r" * 20}, passages=[passage]))
    assert finding is not None
    (band,) = draw_bands(finding)
    assert (band.source, band.source_width) == (0, WIDTH / 2)
    assert (band.copy, band.copy_width) == (WIDTH / 2, WIDTH / 2)
    assert band.outline.startswith("M0.0,16 C")


def test_shortest_passage_can_be_seen() -> None:
    passage = {"a_start": 0, "a_end": 1, "b_start": 0, "b_end": 1}
    finding = find(pair({"a": "r" * 9_000, "b": "r" * 9_000}, passages=[passage]))
    assert finding is not None
    assert draw_bands(finding)[0].source_width >= 2


def test_only_the_longest_are_drawn_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stemmata.report.ribbon._MOST", 2)
    finding = find(example())
    assert finding is not None
    assert [band.passage.rank for band in draw_bands(finding)] == [2, 5]
