"""The terminal's answer."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from stemmata import schemas
from stemmata.report.terminal import render_verdict
from stemmata.tracing import Trace
from tests.test_report_example import example, pair, with_tables


def shown(trace: Trace, width: int = 100, terminal: bool | None = None, **written: Path) -> str:
    return render_verdict(trace, Console(file=io.StringIO(), width=width, force_terminal=terminal), **written)


def test_verdict_comes_first() -> None:
    """The first words are one plain sentence."""
    assert shown(example()).strip().splitlines()[0].strip() == "farm.txt is a spun copy of bridge.txt."


def test_facts_follow_in_the_order_of_what_a_reader_asks() -> None:
    """Kind, extent, direction, coverage, reasons, changes, and last the report."""
    text = shown(example(), report=Path("report.html"), saved=Path("tables"))
    parts = (
        "Kind",
        "Extent",
        "Direction",
        "Coverage",
        "Why this direction",
        "What was changed",
        "Saved        tables",
        "Report       report.html",
    )
    assert sorted(map(text.index, parts)) == list(map(text.index, parts))
    assert "bridge.txt → farm.txt (very likely, 93%)" in text
    assert "95% of 162 words" in text


def test_reasons_show_points_and_examples_the_weightiest_first() -> None:
    """The three best reasons stand with their points; what the others add up to is said."""
    text = shown(example())
    assert text.index("+1.60  swapped words") < text.index("+0.70  intensifiers") < text.index("+0.50  page")
    assert "“costs” → “prices”" in text
    assert "−0.20  1 further reason" in text


def test_a_source_that_is_probably_lost_is_said_beside_the_direction() -> None:
    """From one half on, as in the sentence above it."""
    assert "The source itself is probably not here (80%)." in shown(example(via_lost=0.8))
    assert "not here" not in shown(example(via_lost=0.1))


def test_gravest_changes_come_first_and_wording_is_one_line() -> None:
    text = shown(example())
    assert text.index("“40” → “14”") < text.index("“will not be” → “will be closed”") < text.index("“about”")
    assert "left out “, according to the harbour office”" in text
    assert "The number of rusted beams was 40 and is 14." in text
    assert "What was changed: 5 matters of fact, 5 of wording" in text
    assert "wording  not judged   2 wording, 1 moved, 1 restyled, 1 tortured" in text
    assert "Bicyclists" not in text


def test_what_was_not_counted_is_said() -> None:
    """Furniture, notes and skipped inputs stand at the end."""
    skipped = schemas.SKIPPED.table([{"uri": "third.txt", "reason": "it is empty", "mend": "look at it."}])
    text = shown(with_tables(example(), skipped=skipped))
    assert "1 passage of page furniture, in both texts" in text
    assert "alignments: passages under 20 words (3)" in text
    assert "third.txt: it is empty" in text


def test_strangers_get_a_short_answer() -> None:
    """No coverage, direction or change is shown where there is nothing in common."""
    text = shown(pair({"one": "Rain fell.", "two": "The market opens at nine."}))
    assert "one and two have nothing in common." in text
    assert not any(title in text for title in ("Coverage", "Direction", "Which came first", "changed"))


def test_unknown_direction_is_not_dressed_up() -> None:
    """Without a source the texts differ; neither is said to have changed anything."""
    change = {"type": "number", "before": "9", "after": "8", "factual": True, "severity": 0.8, "says": "So."}
    spans = {"source_start": 3, "source_end": 4, "copy_start": 3, "copy_end": 4}
    text = shown(
        pair(
            {"a": "At 9 it rained.", "b": "At 8 it rained."},
            relation={"kind": "edited", "extent": "whole", "coverage_a": 1.0, "coverage_b": 1.0},
            changes=[{"source": "a", "copy": "b", "oriented": False, **change, **spans}],
        )
    )
    assert "Direction  not known" in text
    assert "What differs, a first: 1 matter of fact" in text
    assert text.index("a is a, b is b; changes run from a to b.") < text.index("What differs")


def test_reasons_without_points_are_remarks() -> None:
    """What weighs nothing has no figure, and does not push aside what weighs; what the caller said is said plainly."""
    text = shown(
        pair(
            {"a": "Rain fell.", "b": "Rain fell."},
            relation={"kind": "verbatim", "extent": "whole", "coverage_a": 1.0, "coverage_b": 1.0},
            direction={
                "verdict": "copy",
                "source": "a",
                "copy": "b",
                "evidence": [
                    {"reason": "no list of words is at hand", "points": 0.0, "examples": ["the list"]},
                    {"reason": "the caller says so", "points": 6.907, "examples": []},
                ],
            },
        )
    )
    assert text.index("+6.91  you said so (--copy)") < text.index("no list of words is at hand")
    assert "0.00" not in text


def test_nothing_read_is_said() -> None:
    assert "no two documents could be compared" in shown(with_tables(example(), relations=schemas.RELATIONS.empty()))


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_lines_keep_to_the_terminal(width: int) -> None:
    assert max(map(len, shown(example(), width).splitlines())) <= width


def test_lines_have_no_blank_ends_in_a_pipe() -> None:
    lines = shown(example()).split("\n")
    assert len(lines) > 20
    assert lines == [line.rstrip() for line in lines]


def test_no_colour_in_a_pipe() -> None:
    """Escape sequences are for terminals alone."""
    assert "\x1b" not in shown(example())
    assert "\x1b" in shown(example(), terminal=True)


def test_documents_cannot_paint_the_terminal() -> None:
    """Escapes, markup and overrides in a text, an id or a reason are shown, not obeyed."""
    evil = "\x1b[2J[bold red]x[/]\N{RIGHT-TO-LEFT OVERRIDE}\x00"
    text = shown(
        pair(
            {evil: "Rain fell.", "b": "Rain fell."},
            relation={"kind": "edited", "extent": "whole", "coverage_a": 1.0, "coverage_b": 1.0},
            direction={"evidence": [{"reason": evil, "points": 1.0, "examples": [evil]}]},
        )
    )
    assert not {"\x1b", "\x00", "\N{RIGHT-TO-LEFT OVERRIDE}"} & set(text)
    assert text.count("␛[2J[bold red]x[/]\ufffd␀") >= 3


def test_bars_need_no_more_than_ascii() -> None:
    """Where the terminal has no block signs, bars are drawn with letters' signs."""
    buffer = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    assert "####" in render_verdict(example(), Console(file=buffer, width=100))
