"""What people hand over in a browser: a text to be checked, files that are dropped, decisions; also with no script."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from stemmata.report.links import address
from tests.articles import FERRY, FERRY_SPUN
from tests.browsing import NARROW, ORIGINAL, Watch, axe, barriers, looking
from tests.served import served as program

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    import stemmata as st

WORK = 120_000  # milliseconds: kernels may have to be compiled first
DROP = """([name, data]) => {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name));
    dispatchEvent(new DragEvent("drop", { dataTransfer: carried, cancelable: true }));
}"""
scripted = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


@pytest.fixture(scope="module")
def dropping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server into which files are dropped."""
    with program(temporary=tmp_path_factory.mktemp("dropped")) as where:
        yield where


def archive() -> bytes:
    """A zip of an article and its spun copy."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr("ferry.txt", FERRY)
        zipped.writestr("ferry-spun.txt", FERRY_SPUN)
    return packed.getvalue()


@scripted
def test_a_pasted_text_is_checked(chromium: Browser, served: str, newsroom: st.Trace, script: bool) -> None:
    """From the first page by its menu: the text, the answer, the source."""
    texts = dict(zip(newsroom.documents["doc"].to_pylist(), newsroom.documents["text"].to_pylist(), strict=True))
    with looking(chromium, java_script_enabled=script) as context:
        page = context.new_page()
        watch = Watch(page, served)
        page.goto(served)
        page.get_by_role("link", name="Check a text").click()
        page.get_by_label("Text", exact=True).fill(texts[ORIGINAL][:1_500])
        page.get_by_role("button", name="Check").click(timeout=WORK)
        page.locator(f"tr a[href$='{address('document', id=ORIGINAL)}']").first.click(timeout=WORK)
        assert page.get_by_role("heading", level=1).inner_text().startswith("Ferry terminal piles")
        assert watch.faults == []


@scripted
def test_a_zip_is_dropped_and_read(chromium: Browser, dropping: str, script: bool) -> None:
    """It is traced while one waits; then it is a room like any other, until it is deleted."""
    with looking(chromium, java_script_enabled=script) as context:
        page = context.new_page()
        watch = Watch(page, dropping)
        page.goto(dropping)
        if script:
            page.evaluate(DROP, ["pile.zip", base64.b64encode(archive()).decode()])
        else:
            page.get_by_label("Files").set_input_files({"name": "pile.zip", "mimeType": "", "buffer": archive()})
            page.get_by_role("button", name="Trace").click()
        page.get_by_role("heading", name="Both documents belong to one family.").wait_for(timeout=WORK)
        page.get_by_role("link", name="Families", exact=True).click()
        page.locator("table.cards a.name").first.click()
        page.get_by_role("link", name="side by side").first.click()
        assert "ferry-spun.txt is a spun copy of" in page.get_by_role("heading", level=1).inner_text()
        page.get_by_text("Delete these files, and what was found in them").click()
        page.get_by_role("button", name="Delete them now").click()
        page.get_by_label("Files").wait_for()
        assert watch.faults == []


@scripted
def test_a_decision_lacks_its_kind_and_a_check_its_text(chromium: Browser, served: str, script: bool) -> None:
    """Both are asked for, with what was written before; and what comes of it is said."""
    program = axe() if script else ""
    with looking(chromium, java_script_enabled=script, viewport=NARROW, bypass_csp=True) as context:
        page = context.new_page()
        watch = Watch(page, served)

        def refused(says: str) -> None:
            assert says in page.get_by_role("alert").inner_text()
            assert not program or barriers(page, program) == []

        page.goto(f"{served}library/pair?source=ferry.txt&copy=spun.txt")
        page.locator("details.decide > summary").click()
        assert not program or barriers(page, program) == []
        page.get_by_label("are related in another way").check()
        page.get_by_label("Why", exact=True).fill("read again")
        page.get_by_label("Who says so").fill("Ada")
        page.get_by_role("button", name="Write it down").click()
        refused("choose a kind")
        assert page.get_by_label("Why", exact=True).input_value() == "read again"
        page.get_by_label("deserve a note").check()
        page.get_by_role("button", name="Write it down").click()
        assert "note by Ada" in page.locator("p.said").inner_text()
        assert "side by side" in page.locator("header.page").inner_text(), "one is back where one was"
        page.get_by_role("link", name="Check a text").click()
        page.get_by_label("What to call it").fill("mine")
        page.get_by_role("button", name="Check").click()
        refused("no text to be checked")
        assert page.get_by_label("What to call it").input_value() == "mine"
        page.get_by_label("Text", exact=True).fill("a text")
        page.get_by_label("or a file").set_input_files({"name": "a.txt", "mimeType": "", "buffer": b"another"})
        page.get_by_role("button", name="Check").click()
        refused("only one is looked at")
        assert watch.faults == []
