"""The terminal's answer about a pile."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pytest
from rich.console import Console

import stemmata as st
from stemmata import demo, schemas
from stemmata.report.run_page import render_run
from stemmata.report.score import render_score
from stemmata.report.summary import render_summary
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.test_report_example import ARTICLE, COPY
from tests.test_report_run_example import Witness, change, pile
from tests.test_report_run_page import with_swaps


def told(trace: st.Trace, width: int = 100, **more: Path) -> str:
    return render_summary(trace, Console(width=width), **more)


@pytest.fixture(scope="module")
def trace() -> st.Trace:
    """An article, a copy that altered a number, a spun copy of that copy, and a stranger."""
    altered = FERRY.replace("1,200", "2,100")
    return st.trace(
        [
            st.Text(FERRY, doc="ferry", title="The ferry to the island", published="2026-03-01"),
            st.Text(altered, doc="altered", published="2026-03-03"),
            st.Text(FERRY_SPUN, doc="spun", published="2026-03-05"),
            st.Text(ORCHARD, doc="orchard"),
        ]
    )


def test_families_are_told_with_their_original_their_kinds_and_the_gravest_change(trace: st.Trace) -> None:
    said = told(trace)
    assert "3 of 4 documents belong to one family; 1 stands alone." in said
    assert "The ferry to the island" in said
    assert "original ferry" in said
    assert re.search(r"original ferry\S* \((?:very |)likely, \d\d%\)|\(practically certain, \d\d%\)", said)
    assert "1 edited, 1 spun" in said
    assert "grave negation: left out “not” in spun" in said


def test_a_star_is_called_one() -> None:
    said = " ".join(told(pile([Witness(f"{doc}.txt", role="unresolved") for doc in "abc"]), 200).split())
    assert "original not told, or not here; a star: none of 3 texts shows that it was made from another" in said


def test_findings_of_a_family_are_told_once_each_the_gravest_first() -> None:
    """Where it entered and how many carry it on stand beside it; others are counted, and words out of place too."""
    said = " ".join(told(with_swaps(3), 200).split())
    assert "grave number: “40” → “14” in b.txt, carried on by 1 grave name: “Lundgren” → “Tuesday” in c.txt" in said
    assert said.count("“40”") == 1
    assert "3 words out of place" in said
    several = [change(("a.txt", ARTICLE), ("b.txt", COPY), n, "number", "40", "14", 0.9 - n / 10) for n in range(1, 7)]
    witnesses = [Witness("a.txt", None, "", "original", ARTICLE), Witness("b.txt", "a.txt", text=COPY)]
    said = told(pile(witnesses, changes=several))
    assert "and 3 further matters of fact: 2 notable, 1 minor" in said


def test_an_original_that_is_probably_not_the_source_itself_is_told_with_that_proviso() -> None:
    trace = st.trace([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")])
    (verdict,) = trace.directions.to_pylist()
    assert "not here (" not in told(trace)
    trace = replaced(trace, directions=schemas.DIRECTIONS.table([verdict | {"via_lost": 0.8}]))
    proviso = "The source itself is probably not here (80%)."
    assert f"original {verdict['source']}" in told(trace)
    assert proviso in told(trace)
    assert proviso in render_run(trace)


def replaced(trace: st.Trace, **tables: pa.Table) -> st.Trace:
    names = [schema.name for schema in schemas.TABLES + schemas.SIDE_TABLES]
    return st.Trace({name: getattr(trace, name) for name in names} | tables, about=trace.about)


def test_where_no_one_knows_who_came_first_no_one_is_said_to_have_altered_anything() -> None:
    """Two texts that differ in a number: both readings are told, and in which text each stands."""
    said = told(st.trace([st.Text(FERRY.replace("1,200", "2,100"), doc="a"), st.Text(FERRY, doc="z")]), 200)
    assert "altered on the way" not in said
    assert "texts differ in matters of fact, and which of them came first is open" in said
    assert "number: “2,100” in a against “1,200” in z" in said


def test_where_it_was_written_is_told(trace: st.Trace, tmp_path: Path) -> None:
    said = told(trace, 300, saved=tmp_path, report=tmp_path / "report.html")
    assert f"Saved   {tmp_path}\n" in said
    assert f"Report  {tmp_path / 'report.html'}\n" in said


def test_a_pipe_gets_neither_colours_nor_trailing_blanks(trace: st.Trace) -> None:
    said = told(trace, 60)
    assert "\x1b" not in said
    assert all(line == line.rstrip() for line in said.split("\n"))


def test_why_nothing_matched_is_told() -> None:
    said = told(st.trace([st.Text(FERRY, doc="a"), st.Text(ORCHARD, doc="b")]))
    assert "None of the 2 documents derives from another." in said
    assert "No two documents share 6 runs" in said


def test_skipped_inputs_are_told_with_reason_and_mend_and_not_without_end(tmp_path: Path) -> None:
    for n in range(12):
        (tmp_path / f"empty{n:02}.txt").write_bytes(b"")
    said = told(st.trace(tmp_path), 200)
    assert "Nothing could be read: 12 files were not read." in said
    assert said.count("it is empty.") == 8
    assert "and 4 more" in said


def test_hostile_names_are_made_visible() -> None:
    """A document's name or title must not repaint the terminal."""
    wicked = "a\x1b[31m[bold]b"
    copies = [st.Text(FERRY, doc=wicked, title=wicked), st.Text(FERRY + " ", doc="c")]
    said = told(st.trace(copies))
    assert "\x1b" not in said
    assert "a␛[31m[bold]b" in said


def test_a_score_is_told_with_its_misses() -> None:
    score = demo.Score(
        families=8,
        exact=7,
        parents=53,
        right=50,
        originals=7,
        named=5,
        undecided=1,
        wrong=2,
        misses=["x was made from y"],
    )
    said = render_score(score, Console(width=100))
    for part in ("7 of 8 found exactly", "50 of 53 copies", "5 of 7 named, 1 left open; 2 named wrongly"):
        assert part in said
    assert "x was made from y" in said
    said = render_score(score._replace(named=7, undecided=0, wrong=0), Console(width=100))
    assert "7 of 7 named; none named wrongly" in said
