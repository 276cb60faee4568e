"""What people come for, done in a browser: with a script and without, with a mouse and by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browsing import ALTERED, FAMILY, NARROW, NEWSROOM, OF_SPUN, ORIGINAL, SPUN, Watch, looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

scripted = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


@scripted
def test_the_altered_number_is_found_in_three_clicks(chromium: Browser, served: str, script: bool) -> None:
    """From the first page: the family, the two side by side, the number."""
    with looking(chromium, java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(served)
        page.get_by_role("row", name="14 → 41").get_by_role("link").first.click()
        edge = page.locator("article.edge", has=page.locator("h4", has_text="pellamouth-pier-41-piles"))
        edge.get_by_role("link", name="side by side").click()
        page.locator("#changes").get_by_role("link", name="41", exact=True).click()
        assert page.locator(":target").evaluate("element => element.nextElementSibling.textContent") == "41"
        assert seen(page, ":target")


@scripted
def test_a_family_is_followed_from_a_copy_to_its_root(chromium: Browser, served: str, script: bool) -> None:
    """Edge by edge, by the names of what each was copied from."""
    with looking(chromium, java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(f"{served}family?id={FAMILY}")
        passed = [OF_SPUN]
        while passed[-1] != ORIGINAL:
            into = page.locator("article.edge h4").filter(has=page.locator(f"a[href$='{as_query(passed[-1])}']"))
            names = into.locator("a.name").evaluate_all("all => all.map((a) => new URL(a.href).searchParams.get('id'))")
            (source,) = {one for one, other in zip(names[::2], names[1::2], strict=True) if other == passed[-1]}
            passed.append(source)
        assert passed == [OF_SPUN, SPUN, ORIGINAL]


def as_query(doc: str) -> str:
    from stemmata.report.links import address

    return address("document", id=doc)


def seen(page: Page, selector: str) -> bool:
    """Say whether an element stands within the window, and nothing above it."""
    return bool(
        page.locator(selector).first.evaluate(
            """(element) => {
                const box = element.getBoundingClientRect();
                const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return element.contains(there) || Boolean(there?.contains(element) && box.y >= 0);
            }"""
        )
    )


def test_by_keys_alone_one_comes_to_the_text(chromium: Browser, served: str) -> None:
    """The first stop of the tabulator leads past what stands on every page; it shows when it has the focus."""
    with looking(chromium) as context:
        page = context.new_page()
        for address in NEWSROOM.values():
            page.goto(served + address)
            page.keyboard.press("Tab")
            assert page.locator(":focus").get_attribute("href") == "#main", address
            assert seen(page, ":focus")
            page.keyboard.press("Enter")
            assert page.locator(":focus").get_attribute("id") == "main"


def test_the_tabulator_goes_in_the_order_of_reading_and_is_seen(chromium: Browser, served: str) -> None:
    """Nothing takes the focus out of turn; what has it is outlined, and not hidden under what stays in view."""
    stop = """() => {
        const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
        const there = document.elementFromPoint(box.x + Math.min(box.width, 20) / 2, box.y + box.height / 2);
        const inside = at.contains(there) || Boolean(there?.contains(at));
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
        const follows = !window.before || Boolean(window.before.compareDocumentPosition(at) & 4);
        window.before = at;
        return at === document.body ? null : [at.tabIndex, outlined, inside, follows, at.outerHTML.slice(0, 120)];
    }"""
    with looking(chromium) as context:
        page = context.new_page()
        for name in ("overview", "family", "pair"):
            page.goto(served + NEWSROOM[name])
            for _ in range(25):
                page.keyboard.press("Tab")
                if not (stopped := page.evaluate(stop)):
                    break  # past the last
                *sound, html = stopped
                assert sound == [0, True, True, True], (name, html)


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_pages_say_nothing_to_the_console_and_fit_their_window(chromium: Browser, served: str, narrow: bool) -> None:
    """Nothing is asked of anybody else, and no page scrolls sideways."""
    with looking(chromium, **({"viewport": NARROW} if narrow else {})) as context:
        page = context.new_page()
        watch = Watch(page, served)
        for name, address in NEWSROOM.items():
            page.goto(served + address)
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert beyond == 0, name
        assert watch.faults == []


def test_lists_and_drawings_use_what_room_there_is(chromium: Browser, served: str) -> None:
    """On a narrow page names go over its whole width, and a tree of few generations is seen whole; on paper nothing
    stands beyond the edge; on a wide page the table of groups needs no scrolling."""
    beyond = "(all) => all.filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1).length"
    with looking(chromium, viewport=NARROW) as context:
        page = context.new_page()
        for name in ("overview", "families", "groups", "documents"):
            page.goto(served + NEWSROOM[name])
            widths = page.locator("table.cards tbody th").evaluate_all("all => all.map((th) => th.offsetWidth)")
            assert min(widths) > 350, name
        page.goto(served + NEWSROOM["family"])
        assert page.locator(".tree").evaluate_all(beyond) == 0
        page.set_viewport_size({"width": 720, "height": 1000})
        page.emulate_media(media="print")
        for name in ("overview", "groups", "family"):
            page.goto(served + NEWSROOM[name])
            assert page.evaluate("document.documentElement.scrollWidth") <= 720, name
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(media="screen")
        page.goto(served + NEWSROOM["groups"])
        assert page.locator(".wide:has(.groups)").evaluate_all(beyond) == 0


def test_a_pair_is_found_by_its_address_whatever_its_order(chromium: Browser, served: str) -> None:
    with looking(chromium) as context:
        page = context.new_page()
        page.goto(served + NEWSROOM["pair"])
        title = page.title()
        page.goto(f"{served}pair?source={ALTERED}&copy={ORIGINAL}")
        assert page.title() == title
