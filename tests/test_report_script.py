"""The few lines of script of a page, in a browser; where there is none the tests are left out."""

from __future__ import annotations

import json
import os
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from scripts.screenshots import ALIKE, find_browser

from stemmata import schemas
from stemmata.report.html import render_html
from stemmata.traced import Trace
from tests.test_report_example import example, with_tables
from tests.test_report_run_page import with_swaps

SHOWN = (
    """[...document.querySelectorAll("[data-type]")].filter((e) => !e.closest("[hidden]")).map((e) => e.dataset.type)"""
)


@pytest.fixture(scope="module")
def browser() -> str:
    try:
        return find_browser(os.environ)
    except SystemExit:
        pytest.skip("no browser is installed")


def done(browser: str, folder: Path, trace: Trace, deeds: str, fragment: str = "") -> Any:
    """Open a page, do something in it, and return what then is; without its policy, which forbids just that."""
    html = re.sub(r"<meta http-equiv[^>]*>", "", render_html(trace))
    told = f"<script>setTimeout(() => {{ document.title = JSON.stringify((() => {{ {deeds} }})()); }}, 50)</script>"
    page = folder / "page.html"
    page.write_text(html.replace("</body>", f"{told}</body>"), "utf-8")
    call = [browser, *ALIKE, f"--user-data-dir={folder}/profile", "--virtual-time-budget=2000", "--dump-dom"]
    shown = subprocess.run(
        [*call, f"{page.as_uri()}{fragment}"], capture_output=True, text=True, encoding="utf-8", check=True, timeout=120
    )
    title = re.search(r"<title>(.*?)</title>", shown.stdout, re.DOTALL)
    assert title is not None
    return json.loads(unescape(title[1]))


def test_chosen_types_alone_are_shown_with_the_folds_that_hold_them(browser: str, tmp_path: Path) -> None:
    """And their number is said; groups without an entry go, and come back with all types."""
    deeds = f"""
        const filter = document.querySelector(".filter"), was = filter.hidden;
        const choose = (type) => filter.querySelector(`input[value=${{type}}]`).click();
        choose("number"), choose("wording");
        const shown = {SHOWN}, said = filter.querySelector("output").textContent;
        const folds = () => [...document.querySelectorAll("#changes details")].map((fold) => fold.open);
        const titles = [...document.querySelectorAll("#changes h3")].filter((e) => !e.closest("[hidden]")).length;
        const open = folds();
        filter.querySelector("button").click();
        return {{was, shown, said, open, titles, all: {SHOWN}.length, then: folds()}};
    """
    assert done(browser, tmp_path, example(), deeds) == {
        "was": False,
        "shown": ["number", "wording", "wording"],
        "said": "3 of 10 changes",
        "open": [True],
        "titles": 1,
        "all": 10,
        "then": [False],
    }


def test_a_link_to_a_change_marks_its_words_in_both_texts(browser: str, tmp_path: Path) -> None:
    """A mark that was there before goes."""
    marked = """[...document.querySelectorAll(".here")].map((mark) => mark.textContent)"""
    deeds = f"""
        const first = {marked};
        location.hash = "#s9", dispatchEvent(new Event("hashchange"));
        return [first, {marked}];
    """
    assert done(browser, tmp_path, example(), deeds, "#c2") == [["Lindqvist", "Lundgren"], ["Cyclists", "Bicyclists"]]


def test_a_link_to_a_change_that_is_not_shown_shows_it(browser: str, tmp_path: Path) -> None:
    """Whether the choice of types hides it, or a fold."""
    first = example().changes.to_pylist()[0]
    rows = [first | {"n": n, "severity": 0.9 - n / 1000} for n in range(1, 41)] + [first | {"n": 41, "type": "name"}]
    trace = with_tables(example(), changes=schemas.CHANGES.table(rows))
    deeds = f"""
        document.querySelector(".filter input[value=name]").click();
        const before = {SHOWN}.length;
        location.hash = "#change30", dispatchEvent(new Event("hashchange"));
        const fold = document.getElementById("change30").closest("details");
        return [before, {SHOWN}.length, fold.open];
    """
    assert done(browser, tmp_path, trace, deeds) == [1, 41, True]


def test_in_a_run_each_family_has_its_own_choice(browser: str, tmp_path: Path) -> None:
    """An edge without a change of the type goes, and of the gravest changes the others."""
    deeds = f"""
        document.querySelector(".filter input[value=name]").click();
        const edges = [...document.querySelectorAll(".edge")].filter((e) => !e.closest("[hidden]")).map((e) => e.id);
        return [{SHOWN}, edges];
    """
    assert done(browser, tmp_path, with_swaps(3), deeds) == [["name", "name"], ["family1-e2-edge"]]
