"""Two texts side by side, in a browser: from change to change, the small map, changed rows alone, both directions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scripts.serving import serving

import stemmata as st
from stemmata.report.html import render_html
from stemmata.report.room import Room
from stemmata.room import pair as pair_page
from stemmata.room.site import Site, stream
from tests.articles import FERRY, FERRY_SPUN
from tests.browsing import SPUN_PAIR, Watch, looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SOURCE, COPY = ".row:not(.heads) .cell:first-child", ".row:not(.heads) .cell:nth-child(2)"
HEBREW = """הנמל הישן של העיר ייסגר לתיקונים לפני החורף, כך הודיעה העירייה ביום שלישי. לפי משרד הנמל 40 קורות פלדה \
החלידו מאז 1987, והגשר אינו מסתובב עוד בקלות.

"היינו צריכים לעשות זאת לפני שנים", אמרה מירה לוין, המהנדסת הראשית. העבודה תעלה כ-2.6 מיליון שקלים, \
ורבע מהסכום ישלם המחוז.
"""
HEBREW_COPY = HEBREW.replace("40", "14").replace("לוין", "כהן")
ARABIC = """سيغلق الجسر القديم في المدينة للإصلاح قبل الشتاء، كما أعلن المجلس البلدي يوم الثلاثاء. وقال مكتب \
الميناء إن 40 عارضة فولاذية صدئت منذ عام 1987، وإن المحور لم يعد يدور بسهولة.
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a comparison that stands alone."""
    path = tmp_path_factory.mktemp("alone") / "report.html"
    path.write_text(render_html(st.compare(st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun"))), "utf-8")
    return path.as_uri()


@pytest.fixture(params=["room", "alone"])
def pair(request: pytest.FixtureRequest, chromium: Browser, served: str, alone: str) -> Iterator[Page]:
    """The page of a spun copy, in the room and as a report, with no fault at the end."""
    with looking(chromium) as context:
        page = context.new_page()
        watch = Watch(page, served)
        page.goto(served + SPUN_PAIR if request.param == "room" else alone)
        yield page
        assert watch.faults == []


def said(page: Page) -> str:
    return page.locator(".steps output").inner_text()


def in_view(page: Page, selector: str) -> bool:
    """Say whether the first of these stands in the window, below what is pinned to its top."""
    return bool(
        page.locator(selector).first.evaluate(
            """(element) => {
                const y = element.getBoundingClientRect().y, pinned = document.querySelector(".pinned");
                return y >= pinned.getBoundingClientRect().bottom - 1 && y < innerHeight;
            }"""
        )
    )


def test_keys_and_buttons_lead_from_change_to_change(pair: Page) -> None:
    """Each is marked in both texts, comes into view, and is said to those who listen."""
    assert pair.locator(".steps output").get_attribute("aria-live") == "polite"
    pair.keyboard.press("j")
    first = said(pair)
    assert first.startswith("1 of ")
    assert in_view(pair, ".cell .spot")
    assert pair.locator(f"{SOURCE} .here").count()
    assert pair.locator(f"{COPY} .here").count()
    pair.keyboard.press("n")
    pair.get_by_role("button", name="next change").click()
    assert said(pair).startswith("3 of ")
    assert pair.evaluate("document.activeElement.matches('[data-step]')"), "who presses a button can press it again"
    pair.keyboard.press("k")
    pair.keyboard.press("p")
    assert said(pair) == first
    pair.keyboard.press("p")
    assert said(pair) == "this is the first change"


def test_only_what_is_chosen_is_visited(pair: Page) -> None:
    """By type, in the list of changes; and matters of fact alone where only these are marked."""
    box = pair.locator("#changes .filter label", has_text="tortured")
    count = int(box.locator("input").get_attribute("data-count") or 0)
    box.click()
    pair.keyboard.press("j")
    assert said(pair).startswith(f"1 of {count}: tortured")
    box.click()
    pair.keyboard.press("f")
    pair.keyboard.press("j")
    assert said(pair).split(":")[0].endswith(f"of {pair.locator(f'{SOURCE} .note').count()}")


def test_a_help_lists_the_keys_and_a_text_that_is_typed_is_no_key(pair: Page) -> None:
    assert not pair.locator(".keys dl").is_visible()
    pair.keyboard.press("?")
    assert {key.strip() for key in pair.locator(".keys kbd").all_inner_texts()} == {"j", "n", "k", "p", "c", "f", "?"}
    assert pair.locator(".keys dl").is_visible()
    pair.keyboard.press("Escape")
    assert not pair.locator(".keys dl").is_visible()
    pair.keyboard.press("Control+j")
    assert said(pair) == ""


def test_the_small_map_shows_what_is_in_view_and_leads_there(pair: Page) -> None:
    frame = pair.locator(".minimap .frame")

    def span() -> tuple[float, float]:
        pair.wait_for_timeout(60)
        y, height = (float(frame.get_attribute(name) or 0) for name in ("y", "height"))
        return y, y + height

    pair.set_viewport_size({"width": 1280, "height": 500})
    pair.locator("#reading").scroll_into_view_if_needed()
    pair.evaluate("document.querySelector('.texts').scrollIntoView()")
    low, high = span()
    assert low == 0 < high < 900
    drawn = pair.locator(".minimap svg").bounding_box()
    assert drawn is not None
    pair.mouse.click(drawn["x"] + 3, drawn["y"] + 0.8 * drawn["height"])
    low, high = span()
    assert low < 800 < high
    pair.locator(".minimap .tick").last.dispatch_event("click")
    assert in_view(pair, ":target")


def test_it_moves_with_the_window_and_stays_in_it(pair: Page) -> None:
    pair.set_viewport_size({"width": 1280, "height": 500})
    pair.locator(".row").nth(2).evaluate("(row) => row.scrollIntoView()")
    drawn, pinned = pair.locator(".minimap svg").bounding_box(), pair.locator(".pinned").bounding_box()
    assert drawn is not None
    assert pinned is not None
    assert (drawn["y"], pinned["y"]) == (0, 0)
    assert drawn["height"] <= 500


def test_rows_without_a_change_can_be_left_out(chromium: Browser, tmp_path: Path) -> None:
    """Also where no script runs; what stays is all that changed."""
    paragraphs = FERRY.split("\n\n")
    copy = "\n\n".join([*paragraphs[:-1], paragraphs[-1].replace("the", "that", 1)])
    (tmp_path / "report.html").write_text(
        render_html(st.compare(st.Text(FERRY, doc="a"), st.Text(copy, doc="b"))), "utf-8"
    )
    for script in (True, False):
        with looking(chromium, java_script_enabled=script) as context:
            page = context.new_page()
            page.goto((tmp_path / "report.html").as_uri())
            rows = page.locator(".row[data-top]")
            assert rows.evaluate_all("all => all.filter((row) => row.offsetHeight).length") == rows.count() > 1
            page.locator("#changed-only").check()
            assert rows.evaluate_all("all => all.map((row) => Boolean(row.offsetHeight))") == rows.evaluate_all(
                "all => all.map((row) => row.matches('.changed'))"
            )
            assert page.locator(".row.changed").count() == 1


def test_both_sides_stand_row_by_row_and_on_a_narrow_page_one_above_the_other(pair: Page) -> None:
    wide = [pair.locator(cell).first.bounding_box() for cell in (SOURCE, COPY)]
    assert wide[0]
    assert wide[1]
    assert wide[0]["y"] == wide[1]["y"]
    assert wide[0]["x"] < wide[1]["x"]
    pair.set_viewport_size({"width": 390, "height": 844})
    narrow = [pair.locator(cell).first.bounding_box() for cell in (SOURCE, COPY)]
    assert narrow[0]
    assert narrow[1]
    assert narrow[0]["x"] == narrow[1]["x"]
    assert narrow[0]["y"] + narrow[0]["height"] <= narrow[1]["y"]
    label = "(cell) => getComputedStyle(cell, '::before').content"
    assert pair.locator(SOURCE).first.evaluate(label).startswith('"source: ')


@pytest.mark.parametrize("texts", [(HEBREW, HEBREW_COPY), (ARABIC, ARABIC.replace("40", "14"))], ids=["he", "ar"])
def test_what_runs_from_right_to_left_is_laid_out_so(chromium: Browser, tmp_path: Path, texts: tuple[str, str]) -> None:
    """The source stands on the right, its colour at its right edge, and the map begins there."""
    trace = st.compare(st.Text(texts[0], doc="source"), st.Text(texts[1], doc="copy"), copy="b")
    (tmp_path / "report.html").write_text(render_html(trace), "utf-8")
    with looking(chromium) as context:
        page = context.new_page()
        page.goto((tmp_path / "report.html").as_uri())
        boxes = [page.locator(cell).first.bounding_box() for cell in (SOURCE, COPY)]
        assert boxes[0]
        assert boxes[1]
        assert boxes[0]["x"] > boxes[1]["x"]
        edge = "(cell) => [getComputedStyle(cell).borderRightStyle, getComputedStyle(cell).borderRightWidth !== '0px']"
        assert page.locator(SOURCE).first.evaluate(edge) == ["solid", True]
        mirrored = "(svg) => new DOMMatrix(getComputedStyle(svg).transform).a"
        assert page.locator(".map svg").evaluate(mirrored) == -1
        assert page.locator(".minimap svg").evaluate(mirrored) == -1
        page.keyboard.press("j")
        assert "40" in said(page)
        assert "14" in said(page)


def test_on_paper_nothing_sticks_and_all_of_the_text_is_there(pair: Page) -> None:
    pair.emulate_media(media="print")
    for hidden in (".tools", ".minimap", "nav"):
        assert not pair.locator(hidden).first.is_visible(), hidden
    assert pair.locator(".pinned").evaluate("(one) => getComputedStyle(one).position") == "static"
    assert pair.locator("body").evaluate("(one) => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    assert pair.locator(".row").last.evaluate("(row) => getComputedStyle(row).contentVisibility") == "visible"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a long text and an edited copy of it."""
    dice = random.Random(7)
    words = sorted({word.strip(".,“”’").lower() for word in FERRY.split() if word.strip(".,“”’").isalpha()})
    paragraphs = [" ".join(dice.choices(words, k=60)) + f". So ends part {number} of a book." for number in range(400)]
    copy = [one.replace("part 12", "part 72") for one in paragraphs]
    folder = tmp_path_factory.mktemp("book") / "run"
    st.compare(st.Text("\n\n".join(paragraphs), doc="book"), st.Text("\n\n".join(copy), doc="edited")).save(folder)
    return folder


def test_a_book_is_sent_from_its_beginning_while_the_rest_is_made(book: Path) -> None:
    """In the first piece stands the verdict; then come the rows, some at a time."""
    told = pair_page.tell(Room(st.open(book)), "book", "edited")
    pieces = list(stream("room_pair.html.jinja", Site(name="books"), "families", **told))
    assert 'id="sentence"' in pieces[0]
    assert "So ends part 399 " in pieces[-2] + pieces[-1]
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 100_000


def test_all_of_a_book_can_be_searched_and_keys_lead_to_its_end(chromium: Browser, book: Path) -> None:
    """What marks a change stands in the way of no search."""
    with serving(book) as address, looking(chromium) as context:
        page = context.new_page()
        watch = Watch(page, address)
        page.goto(f"{address}pair?source=book&copy=edited")
        assert page.evaluate("window.find('So ends part 399 of a book.')")
        assert page.evaluate("window.find('So ends part 129 of a book.', false, true)")
        page.keyboard.press("k")
        number, every = said(page).split(":")[0].split(" of ")
        assert number == every
        assert in_view(page, ".cell .spot")
        assert watch.faults == []
