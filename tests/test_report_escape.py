"""Hostile text is made visible, and nothing else about it changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.report.escape import LRM, arrow, oneline, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mred", "a␛[31mred"),
        ("a\x00b\x07c\x7f", "a␀b␇c␡"),
        ("\x9b31m", "\N{REPLACEMENT CHARACTER}31m"),
        ("pay \N{RIGHT-TO-LEFT OVERRIDE}001\N{POP DIRECTIONAL FORMATTING}", "pay \ufffd001\ufffd"),
        ("one\r\ntwo\rthree\x0cfour\u2028five", "one \ntwo\nthree\nfour\nfive"),
        ("\U000e0041hidden", "\ufffdhidden"),
        ("[bold]x[/bold] <b>&amp;", "[bold]x[/bold] <b>&amp;"),
        ("كتاب\u200cها 中文 Ёлка", "كتاب\u200cها 中文 Ёлка"),
    ],
)
def test_what_would_be_obeyed_is_shown(text: str, shown: str) -> None:
    """Escape sequences, overrides and hidden tags become signs; markup and scripts stay as they are."""
    assert visible(text) == shown


@given(st.text())
def test_spans_still_hold(text: str) -> None:
    """One code point comes out for each that went in."""
    assert len(visible(text)) == len(text)


@given(st.text(), st.integers(2, 40))
def test_one_line_is_one_line(text: str, limit: int) -> None:
    """A line holds no line end, and no more than was allowed."""
    line = oneline(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1


def test_long_lines_are_cut_with_an_ellipsis() -> None:
    assert oneline("The ferry left at nine.", 10) == "The ferry…"
    assert oneline("The ferry\n left", 20) == "The ferry left"


def test_readings_keep_their_order_in_scripts_that_run_from_right_to_left() -> None:
    """Between two Arabic words an arrow would turn round, and with it before and after."""
    assert arrow("ten", "10") == "ten → 10"
    assert arrow("الثلاثاء", "الأربعاء") == f"الثلاثاء{LRM} → {LRM}الأربعاء"


def test_marks_that_are_heaped_on_one_letter_are_told_apart() -> None:
    """A browser takes a minute to lay out very many; as many as a script needs stay."""
    assert visible("a" + "\N{COMBINING ACUTE ACCENT}" * 16) == "a" + "\N{COMBINING ACUTE ACCENT}" * 16
    assert visible("a" + "\N{COMBINING ACUTE ACCENT}" * 18 + "b") == "a" + "\N{COMBINING ACUTE ACCENT}" * 16 + "��b"
