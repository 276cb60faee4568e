"""Pages in a browser keep nobody out, as far as axe-core can tell: by day and by night, wide and narrow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import stemmata as st
from stemmata.report.answer_page import render_answer
from stemmata.report.html import render_html
from stemmata.tracing import compare
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.browsing import NARROW, NEWSROOM, WIDE, Watch, axe, barriers, looking
from tests.test_report_run_page import with_swaps

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COLOURS = ("color-contrast", "link-in-text-block")  # all that the scheme decides; the rest hangs on the width
WINDOWS = [{"viewport": WIDE, "color_scheme": "light"}, {"viewport": NARROW, "color_scheme": "dark"}]
WINDOWS += [{"viewport": WIDE, "color_scheme": "dark"}, {"viewport": NARROW, "color_scheme": "light"}]
IDS = [f"{one['color_scheme']}-{'wide' if one['viewport'] is WIDE else 'narrow'}" for one in WINDOWS]


def asked(window: dict[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return which pages are looked at, and by which rules: all once for each width, else the colours of some."""
    if window in WINDOWS[:2]:
        return NEWSROOM, ()
    return {name: NEWSROOM[name] for name in ("overview", "family", "pair", "document, a copy")}, COLOURS


@pytest.fixture(scope="module")
def program() -> str:
    return axe()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The pages that stand alone: of a run, of a comparison, and of a question to a library."""
    folder = tmp_path_factory.mktemp("reports")
    library = st.Library(folder / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text(ORCHARD, doc="orchard")])
    pages = {
        "run.html": render_html(with_swaps(3)),
        "comparison.html": render_html(compare(st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun"))),
        "answer.html": render_answer(library.find(st.Text(f"{FERRY_SPUN}\n\n{ORCHARD[:600]}", doc="mine"))),
    }
    for name, html in pages.items():
        (folder / name).write_text(html, "utf-8")
    return [folder / name for name in pages]


@pytest.mark.parametrize("window", WINDOWS, ids=IDS)
def test_no_page_of_the_room_keeps_anybody_out(
    chromium: Browser, served: str, program: str, window: dict[str, Any]
) -> None:
    with looking(chromium, **window) as context:
        page = context.new_page()
        pages, rules = asked(window)
        found = {}
        for name, address in pages.items():
            page.goto(served + address)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            found[name] = barriers(page, program, rules)
    assert found == {name: [] for name in pages}


@pytest.mark.parametrize("window", WINDOWS, ids=IDS)
def test_no_page_that_stands_alone_keeps_anybody_out(
    chromium: Browser, reports: list[Path], program: str, window: dict[str, Any]
) -> None:
    with looking(chromium, **window) as context:
        page = context.new_page()
        watch = Watch(page)
        found = {}
        for path in reports:
            page.goto(path.as_uri())
            found[path.name] = barriers(page, program, asked(window)[1])
    assert found == {path.name: [] for path in reports}
    assert watch.faults == []
