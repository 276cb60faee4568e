"""The page of a find: the answer to what was asked comes first, then all that is known of the matches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import stemmata as st
from stemmata import schemas
from stemmata.report.answer import headline
from stemmata.report.answer_page import render_answer
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.test_report_html import Page, assert_it_loads_nothing, assert_its_policy_fits

EVIL = "<script>alert(1)</script>\x1b\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> st.Library:
    library = st.Library(tmp_path_factory.mktemp("answer") / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text(ORCHARD, doc="orchard")])
    return library


@pytest.fixture(scope="module")
def found(library: st.Library) -> Page:
    """The page of a text of which two thirds or so come from two documents."""
    own = "Nobody on the island of Sark had seen such a summer, said the postman, and nobody wished to see another."
    return Page(render_answer(library.find(st.Text(f"{FERRY_SPUN}\n\n{ORCHARD[:600]}\n\n{own * 3}", doc="mine"))))


def test_the_first_lines_say_what_was_asked_and_what_the_answer_is(found: Page) -> None:
    text = found.text[found.text.index("Asked about: mine") :]
    parts = ["Asked about: mine", "mine derives from ferry", "documents in the library 2", "Matches", "Families"]
    assert (places := [text.index(part) for part in parts]) == sorted(places)


def test_each_match_stands_with_its_verdict_and_both_shares(found: Page) -> None:
    assert "mine is a spun" in found.text or "mine takes in the whole of ferry" in found.text
    assert "Document How it stands to the text Of the text Of the document ferry" in found.text


def test_it_says_how_much_stands_in_all_matches_together_by_role_and_kind(library: st.Library) -> None:
    answer = library.find(st.Text(f"{FERRY_SPUN} {ORCHARD[:600]}", doc="mine"))
    text = Page(render_answer(answer)).text
    for row in answer.coverage.to_pylist():
        words = "1 word" if row["words"] == 1 else f"{row['words']:,} words"
        assert f"{row['kind']} {'reused text' if row['role'] == 'reuse' else ''}".strip() in text
        assert words in text
    assert len({row["kind"] for row in answer.coverage.to_pylist()}) > 1
    assert "of them in the matches together 9" in text


def test_a_text_that_the_library_holds_under_another_id_is_said_to_be_held(library: st.Library) -> None:
    held = library.find(st.Text(FERRY, doc="mine"))
    assert held.held_as == ("ferry",)
    assert not held.held
    assert "Held: the library holds this text as ferry." in Page(render_answer(held)).text
    assert library.find("ferry").held_as == ()
    assert library.find(st.Text(FERRY + " It rained.", doc="mine")).held_as == ()


def test_of_a_text_that_nobody_has_the_page_says_so(library: st.Library) -> None:
    page = Page(render_answer(library.find(st.Text("The owl of Ness sleeps by day, and hunts at night.", doc="owl"))))
    assert "owl shares no text with the 2 documents of the library, as far as can be told." in page.text
    assert "How it stands" not in page.text


def test_it_is_safe_whole_and_loads_nothing(library: st.Library, tmp_path: Path) -> None:
    answer = library.find(st.Text(FERRY_SPUN, doc=EVIL))
    page = Page(answer.report(tmp_path / "page.html").read_text("utf-8"))
    assert page.html == render_answer(answer)
    assert_it_loads_nothing(page)
    assert_its_policy_fits(page)
    assert "<script>alert" not in page.html
    assert not {"\x1b", "\N{RIGHT-TO-LEFT OVERRIDE}"} & set(page.html)
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {href.removeprefix("#") for href in page.all("href")} <= set(ids)


def test_where_the_source_itself_is_probably_not_here_the_answer_says_so(library: st.Library) -> None:
    """As a comparison does; by the source that is likeliest to be the one."""
    answer = library.find(st.Text(FERRY_SPUN, doc="mine"))
    lost = "mine derives from ferry. The source itself is probably not here (80%)."
    for via_lost, said in ((0.8, lost), (0.4, "mine derives from ferry.")):
        rows = [row | {"stands": "source", "via_lost": via_lost} for row in answer.matches.to_pylist()]
        assert headline(replace(answer, matches=schemas.MATCHES.table(rows))) == said
        copied = schemas.MATCHES.table(row | {"stands": "copy"} for row in rows)
        assert headline(replace(answer, matches=copied)) == said.replace("derives from", "was copied by")
    rows += [rows[0] | {"doc": "other", "rank": 2, "via_lost": 0.9}]
    assert "not here" not in headline(replace(answer, matches=schemas.MATCHES.table(rows)))
