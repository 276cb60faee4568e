"""``python -m scripts.screenshots``: the pictures of the docs, and how they are made."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from scripts import screenshots
from scripts.screenshots import IMAGES, PICTURES


def browser(folder: Path, name: str, script: str = "exit 0") -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_the_docs_hold_exactly_the_pictures_that_the_script_makes() -> None:
    assert {path.name for path in IMAGES.iterdir()} == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_small_and_of_the_size_of_its_window(name: str) -> None:
    data = (IMAGES / name).read_bytes()
    assert len(data) < screenshots.LIMIT_BYTES
    picture = Image.open(BytesIO(data))
    assert (picture.format, picture.size) == ("PNG", PICTURES[name][:2])


@pytest.mark.parametrize(
    "stem",
    [
        *("report-wide", "report-narrow", "family"),
        *("room-overview", "room-family", "room-pair", "room-pair-narrow"),
    ],
)
def test_light_and_dark_show_the_same_part(stem: str) -> None:
    light, dark = PICTURES[f"{stem}-light.png"], PICTURES[f"{stem}-dark.png"]
    assert dark == light._replace(dark=True)
    assert not light.dark


def test_the_browser_is_told_size_colours_and_places(tmp_path: Path) -> None:
    """All that it writes lies in the folder."""
    call = screenshots.command("/opt/chrome", tmp_path, PICTURES["report-narrow-dark.png"])
    assert call[0] == "/opt/chrome"
    assert "--headless" in call
    assert f"--window-size=420,{PICTURES['report-narrow-dark.png'].height}" in call
    assert "--blink-settings=preferredColorScheme=0" in call
    assert f"--screenshot={tmp_path}/picture.png" in call
    assert f"--user-data-dir={tmp_path}/profile" in call
    assert call[-1] == f"{tmp_path.as_uri()}/frame.html"
    light = screenshots.command("/opt/chrome", tmp_path, PICTURES["family-light.png"])
    assert "--blink-settings=preferredColorScheme=1" in light


def test_the_frame_shows_the_report_at_its_fragment(tmp_path: Path) -> None:
    """A browser of two lines, whose picture is the page that it is given."""
    script = 'for last; do :; done\ncp "${last#file://}" "$(dirname "${last#file://}")/picture.png"'
    given = screenshots.take(str(browser(tmp_path, "chrome", script)), tmp_path, PICTURES["family-dark.png"])
    assert b'<iframe src="report.html#family1">' in given


def test_the_variable_goes_before_what_is_installed(tmp_path: Path) -> None:
    installed, own = browser(tmp_path, "google-chrome"), browser(tmp_path, "my-browser")
    path = str(tmp_path)
    assert screenshots.find_browser({"PATH": path}) == str(installed)
    assert screenshots.find_browser({"PATH": path, "STEMMATA_BROWSER": str(own)}) == str(own)


def test_without_a_browser_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is traced or written."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("STEMMATA_BROWSER", raising=False)
    with pytest.raises(SystemExit, match=r"no browser: install Chromium .* or name one in STEMMATA_BROWSER"):
        screenshots.main(["-o", str(tmp_path / "images")])
    monkeypatch.setenv("STEMMATA_BROWSER", "/nowhere/chrome")
    with pytest.raises(SystemExit, match="no browser /nowhere/chrome: STEMMATA_BROWSER must name one"):
        screenshots.main(["-o", str(tmp_path / "images")])
    assert not (tmp_path / "images").exists()


def test_a_browser_that_takes_no_picture_is_named_with_what_it_said(tmp_path: Path) -> None:
    failing = browser(tmp_path, "chrome", "echo no display >&2; exit 3")
    with pytest.raises(SystemExit, match=r"chrome took no picture \(exit code 3\): no display"):
        screenshots.take(str(failing), tmp_path, PICTURES["family-light.png"])


def test_a_picture_is_kept_small_with_a_palette() -> None:
    """Its commonest colours stay what they are."""
    page = Image.new("RGB", (320, 240), (251, 250, 247))
    page.paste(Image.linear_gradient("L").resize((320, 40)).convert("RGB"), (0, 200))
    written = BytesIO()
    page.save(written, "PNG")
    small = Image.open(BytesIO(screenshots.with_palette(written.getvalue())))
    assert (small.mode, small.size) == ("P", (320, 240))
    assert small.convert("RGB").getpixel((5, 5)) == (251, 250, 247)


def test_the_room_is_taken_as_it_is_served(run_folder: Path) -> None:
    """With keys pressed, in the colours and the size that are asked for."""
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    try:
        browser = screenshots.find_browser(os.environ)
    except SystemExit:
        pytest.skip("no browser is installed")
    picture = screenshots.PICTURES["room-pair-narrow-dark.png"]._replace(height=300)
    (png,) = screenshots.take_room(browser, run_folder, {"one": picture}).values()
    taken = Image.open(BytesIO(png)).convert("RGB")
    assert taken.size == (420, 300)
    assert taken.crop((0, 290, 5, 300)).getextrema() == ((23, 23), (25, 25), (28, 28))
