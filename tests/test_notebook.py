"""What a notebook shows of a trace, a find and a table."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from IPython.core.interactiveshell import InteractiveShell

import stemmata as st
from stemmata import schemas
from stemmata.report.notebook import render_notebook, render_table
from tests.articles import FERRY, FERRY_SPUN
from tests.test_report_example import example
from tests.test_report_html import Page, nothing
from tests.test_report_run_example import change, harbour, pile

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)">‮'


@pytest.fixture(scope="module")
def shell() -> InteractiveShell:
    """A notebook without its windows."""
    return InteractiveShell.instance(history_load_length=0)


def shown(shell: InteractiveShell, value: object) -> str:
    """The HTML that a notebook shows of a value; empty where it shows none."""
    data, _ = shell.display_formatter.format(value)  # type: ignore[union-attr]
    return str(data.get("text/html", ""))


def test_a_run_shows_its_families_and_the_beginning_of_its_tables(shell: InteractiveShell) -> None:
    page = Page(shown(shell, harbour()))
    assert "documents belong to one family" in page.text
    assert "Harbour bridge to be repaired" in page.text
    assert "grave number: 40 → 14" in page.text
    assert "relations" in page.text


def test_a_comparison_shows_its_verdict_and_what_was_changed(shell: InteractiveShell) -> None:
    page = Page(shown(shell, example()))
    assert "is a spun copy of" in page.text
    assert "What the copy changed" in page.text
    assert Page(render_notebook(nothing())).text


def test_a_find_shows_its_matches(shell: InteractiveShell, tmp_path: Path) -> None:
    library = st.Library(tmp_path / "library")
    library.add(st.Text(FERRY, doc="ferry"))
    page = Page(shown(shell, library.find(st.Text(FERRY_SPUN, doc="spun"))))
    assert "ferry" in page.text
    assert "How it stands to the text" in page.text


def test_tables_are_shown_as_tables_once_the_extension_is_loaded(shell: InteractiveShell) -> None:
    changes = harbour().changes
    assert shown(shell, changes) == ""
    shell.run_line_magic("load_ext", "stemmata")
    page = Page(shown(shell, changes))
    assert "Lindqvist" in page.text
    assert f"{changes.num_rows} rows, {changes.num_columns} columns" in page.text


def test_long_tables_and_long_texts_are_cut() -> None:
    table = pa.table({"doc": [f"{n}.txt" for n in range(1_000)], "text": ["word " * 10_000] * 1_000})
    html = render_table(table)
    assert "the first 20 are shown" in html
    assert len(html) < 20_000


def test_values_are_told_shortly() -> None:
    page = Page(render_table(schemas.CHANGES.empty()))
    assert "0 rows" in page.text
    nested = pa.table({"few": [["a", "b"]], "many": [[{"op": "match"}] * 7], "none": pa.array([None], pa.string())})
    assert "a, b 7 items" in Page(render_table(nested)).text


def test_nothing_of_a_text_runs_in_a_notebook() -> None:
    pair = ("a.txt", f"{HOSTILE} Rain"), (HOSTILE, f"{HOSTILE} Rain")
    row = change(*pair, 1, "number", HOSTILE, HOSTILE, 0.9, oriented=True, inherited=False, carried_by=1)
    html = render_notebook(pile([], changes=[row])) + render_table(schemas.CHANGES.table([row]))
    page = Page(html)
    assert {tag for tag, _ in page.tags} & {"script", "img"} == set()
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert "‮" not in html
