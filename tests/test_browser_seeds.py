"""The founding case: its report is one small file, which opens where there is no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from benchmarks.corpora import SEEDS

from tests.browsing import Watch, looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import Run

FILES = [*SEEDS.glob("001*.txt"), *SEEDS.glob("000*.txt")]


@pytest.mark.skipif(len(FILES) != 2, reason="the two texts of the founding case are not there")
def test_the_report_is_one_small_file_that_opens_without_a_network(chromium: Browser, run: Run, tmp_path: Path) -> None:
    """It asks for nothing but itself, and what it is for works in it."""
    report = tmp_path / "report.html"
    status, _, _ = run("compare", *FILES, "-o", report)
    assert status == 0
    assert report.stat().st_size < 1_000_000
    with looking(chromium) as context:
        context.set_offline(True)
        page = context.new_page()
        watch = Watch(page)
        page.goto(report.as_uri())
        assert "spun" in page.title()
        page.keyboard.press("j")
        assert page.locator(".cell .spot").count()
        assert watch.requests == [report.as_uri()]
        assert watch.faults == []
