"""Hostile documents in a browser: on every page, served or alone, nothing of them runs or has anything loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from scripts.serving import serving

import stemmata as st
from stemmata.report.answer_page import render_answer
from stemmata.report.html import render_html
from stemmata.report.links import address
from stemmata.traced import Trace
from tests.articles import FERRY, FERRY_SPUN
from tests.browsing import Watch, addresses, looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FAR = "http://far.example"
EVIL = (
    "<script>window.ran = 1; alert(1)</script>",
    f"</style></title></textarea><img src='{FAR}/x.png' onerror='window.ran = 1; alert(1)'>",
    "\"'><svg onload=alert(1)><a href='javascript:window.ran=1'>",
    f"javascript:window.ran=1//'-alert(1)-'</bdi></p></div></main><iframe src='{FAR}'></iframe>",
    "{{ 7 * 7 }}{% include 'style.css' %}${7*7}<!--><![CDATA[",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe\N{FIRST STRONG ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}\x1b[2J\x07\x08\x7f",
    f"<meta http-equiv=refresh content='0;url={FAR}'><base href='{FAR}/'><link rel=stylesheet href='{FAR}/s.css'>",
)
MARKS = "a" + "\N{COMBINING ACUTE ACCENT}\N{COMBINING RING BELOW}" * 50_000


def documents() -> pa.Table:
    """A family of texts each of which is as hostile as its name, headline, author and site."""
    texts = [FERRY, FERRY_SPUN, FERRY.replace("1", "7")] * 3
    rows = [
        {
            "doc": f"{evil} {number}",
            "text": "\n\n".join([evil, text, f"{evil} \0 {evil}", *([MARKS] if number == 1 else [])]),
            "title": f"{evil} {'title'} {MARKS[:2_000] if number == 2 else ''}",
            "author": evil,
            "site": evil,
            "canonical": "javascript:window.ran=1",
            "published": f"2026-03-0{number + 1}T08:00:00Z",
        }
        for number, (evil, text) in enumerate(zip(EVIL, texts, strict=False))
    ]
    return pa.Table.from_pylist(rows)


@pytest.fixture(scope="module")
def hostile() -> Trace:
    return st.trace(documents())


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with looking(chromium) as context:
        yield context.new_page()


def assert_nothing_ran(page: Page, watch: Watch) -> None:
    """Nothing ran, was refused by the policy, or was asked for; and what was written stands there as text."""
    page.wait_for_timeout(50)
    assert page.evaluate("window.ran") is None
    style = "link[rel=stylesheet]:is([href*='//'], :not([href*='style.css?']))"
    assert page.locator(f"iframe, object, embed, base, img, {style}").count() == 0
    assert page.locator("[href^='javascript:' i], [src^='javascript:' i], [action*='far.example']").count() == 0
    handlers = "[...document.querySelectorAll('*')].some((e) => [...e.attributes].some((a) => /^on/i.test(a.name)))"
    assert not page.evaluate(handlers)
    assert watch.faults == []


def test_no_page_of_the_room_runs_what_documents_bring(hostile: Trace, page: Page, tmp_path: Path) -> None:
    hostile.save(tmp_path / "run")
    family = hostile.families["family"][0].as_py()
    edge = next(row for row in hostile.relations.to_pylist() if row["kind"] != "none")
    asked = addresses(family=family, source=edge["a"], copy=edge["b"], site=EVIL[1]) | {
        "nobody": address("family", id=EVIL[0])
    }
    with serving(tmp_path / "run") as room:
        watch = Watch(page, room)
        for one in asked.values():
            page.goto(room + one)
            assert page.locator("body").inner_text()
            assert_nothing_ran(page, watch)
        assert {url for url in watch.requests if not url.startswith(room)} == set()
    assert "<script>window.ran" in page.locator("main").inner_text()


def test_no_page_that_stands_alone_runs_what_documents_bring(hostile: Trace, page: Page, tmp_path: Path) -> None:
    """Of a run, of a comparison, and of a question to a library."""
    library = st.Library(tmp_path / "library")
    rows = documents()
    library.add([rows.slice(0, 2)])
    first, second = (tmp_path / name for name in ("a.txt", "b.txt"))
    for path, text in zip((first, second), rows["text"].to_pylist()[:2], strict=True):
        path.write_text(text.replace("\0", ""), "utf-8")  # a file with it is no text
    pages = [
        render_html(hostile),
        render_html(st.compare(first, second)),
        render_answer(library.find(st.Text(rows["text"][1].as_py(), doc=EVIL[0]))),
    ]
    watch = Watch(page)
    for number, html in enumerate(pages):
        path = tmp_path / f"{number}.html"
        path.write_text(html, "utf-8")
        page.goto(path.as_uri())
        assert_nothing_ran(page, watch)
        assert {url for url in watch.requests if not url.startswith("file:")} == set()


def test_what_a_change_brings_is_said_as_text(page: Page, tmp_path: Path) -> None:
    """Where the script writes of a change, too."""
    texts = [FERRY.replace(" the ", f" {EVIL[0]} ", 3), FERRY.replace(" the ", f" {EVIL[1]} ", 3)]
    path = tmp_path / "report.html"
    path.write_text(render_html(st.compare(*(st.Text(text, doc=f"{n}") for n, text in enumerate(texts)))), "utf-8")
    watch = Watch(page)
    page.goto(path.as_uri())
    for _ in range(6):
        page.keyboard.press("j")
        assert_nothing_ran(page, watch)
    assert page.locator(".steps output").inner_text()
