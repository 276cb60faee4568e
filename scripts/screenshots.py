"""Make the pictures of the docs: the report and the reading room of the sample newsroom, as a browser shows them.

::

    python -m scripts.screenshots
    STEMMATA_BROWSER=/opt/chrome python -m scripts.screenshots

It takes Chromium or a browser of its family, and for the room Playwright, which drives it. Fonts are those of the
machine, so pictures of two machines differ.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import chdir
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import stemmata as st
from scripts.serving import serving
from stemmata import demo
from stemmata.report.links import address

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
VARIABLE = "STEMMATA_BROWSER"
LIMIT_BYTES = 250_000
LIMIT_SECONDS = 120
SETTLED_MS = 200  # in which a page is drawn that has moved
ALIKE = (  # whatever is shown: alone, without a window, offline, and without the smooth scrolling to a fragment
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-prefers-reduced-motion"),
    *("--no-first-run", "--disable-quic", "--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
)
FRAME = """<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<style>body {{ margin: 0 }} iframe {{ display: block; border: 0; width: 100vw; height: 100vh }}</style>
<iframe src="report.html{fragment}"></iframe>
"""  # a picture begins at the top of a page, wherever it is scrolled to; within a frame it shows what is in view


class Picture(NamedTuple):
    """A part of the report, or of a page of the room, as wide and tall as a window in CSS pixels.

    Of the room where ``page`` is an address; ``keys`` are pressed before it is taken.
    """

    width: int
    height: int
    dark: bool
    fragment: str = ""
    page: str = ""
    keys: str = ""


_ORIGINAL = "tidewater-gazette.example/2026/03/ferry-terminal.html"
_SPUN = "quick-news-hub.example/posts/7731-ferry-terminus-piles.html"
_PAIR = address("pair", source=_ORIGINAL, copy=_SPUN) + "#reading"
_FAMILY = address("family", id="40f0c721e1598ee0")

PICTURES: dict[str, Picture] = {
    "report-wide-light.png": Picture(1280, 2270, dark=False),
    "report-wide-dark.png": Picture(1280, 2270, dark=True),
    "report-narrow-light.png": Picture(420, 2680, dark=False),
    "report-narrow-dark.png": Picture(420, 2680, dark=True),
    "family-light.png": Picture(1280, 990, dark=False, fragment="#family1"),
    "family-dark.png": Picture(1280, 990, dark=True, fragment="#family1"),
    "room-overview-light.png": Picture(1280, 1500, dark=False, page="./"),
    "room-overview-dark.png": Picture(1280, 1500, dark=True, page="./"),
    "room-family-light.png": Picture(1280, 1120, dark=False, page=_FAMILY),
    "room-family-dark.png": Picture(1280, 1120, dark=True, page=_FAMILY),
    "room-pair-light.png": Picture(1280, 900, dark=False, page=_PAIR, keys="jj"),
    "room-pair-dark.png": Picture(1280, 900, dark=True, page=_PAIR, keys="jj"),
    "room-pair-narrow-light.png": Picture(420, 900, dark=False, page=_PAIR, keys="jj"),
    "room-pair-narrow-dark.png": Picture(420, 900, dark=True, page=_PAIR, keys="jj"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Trace the newsroom, and write all pictures of its report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=IMAGES, help="folder for the pictures")
    images = parser.parse_args(arguments).output.resolve()
    browser = find_browser(os.environ)
    images.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, chdir(folder):
        newsroom, metadata = demo.unpack("newsroom")
        trace = st.trace(newsroom, metadata=metadata)
        trace.report("report.html")
        trace.save("room/newsroom")
        taken = {name: take(browser, Path(folder), one) for name, one in PICTURES.items() if not one.page}
        taken |= take_room(browser, Path("room/newsroom"), {name: one for name, one in PICTURES.items() if one.page})
        for name, png in taken.items():
            data = with_palette(png)
            if len(data) >= LIMIT_BYTES:
                raise SystemExit(f"{name} would have {len(data):,} bytes of {LIMIT_BYTES:,}: make it less tall")
            (images / name).write_bytes(data)
            print(f"{name}  {len(data):,} bytes")
    return 0


def find_browser(environment: Mapping[str, str]) -> str:
    """Return the path of a browser: the one that the variable names, else the first that is installed."""
    named = environment.get(VARIABLE)
    for name in [named] if named else BROWSERS:
        path = shutil.which(name, path=environment.get("PATH"))
        if path:
            return path
    if named:
        raise SystemExit(f"no browser {named}: {VARIABLE} must name one of Chromium's family")
    raise SystemExit(f"no browser: install Chromium ({', '.join(BROWSERS)}), or name one in {VARIABLE}")


def command(browser: str, folder: Path, picture: Picture) -> list[str]:
    """Return the call that takes a picture of ``frame.html`` in a folder."""
    return [
        browser,
        *ALIKE,
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={picture.width},{picture.height}",
        f"--blink-settings=preferredColorScheme={0 if picture.dark else 1}",
        f"--screenshot={folder / 'picture.png'}",
        (folder / "frame.html").as_uri(),
    ]


def take(browser: str, folder: Path, picture: Picture) -> bytes:
    """Return a picture of ``report.html`` in a folder, as the browser writes it."""
    (folder / "frame.html").write_text(FRAME.format(fragment=picture.fragment), encoding="utf-8")
    taken = folder / "picture.png"
    taken.unlink(missing_ok=True)
    call = command(browser, folder, picture)
    done = subprocess.run(call, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False)
    if done.returncode or not taken.exists():
        raise SystemExit(f"{browser} took no picture (exit code {done.returncode}): {done.stderr[-500:].strip()}")
    return taken.read_bytes()


def take_room(browser: str, folder: Path, pictures: Mapping[str, Picture]) -> dict[str, bytes]:
    """Return pictures of the reading room of a run's folder, by name."""
    from playwright.sync_api import sync_playwright

    taken = {}
    with serving(folder) as room, sync_playwright() as playwright:
        driven = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for name, picture in pictures.items():
            page = driven.new_page(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.dark else "light",
                reduced_motion="reduce",
            )
            page.goto(room + picture.page)
            for key in picture.keys:
                page.keyboard.press(key)
            page.wait_for_timeout(SETTLED_MS)
            taken[name] = page.screenshot()
            page.close()
        driven.close()
    return taken


def with_palette(png: bytes) -> bytes:
    """Return a PNG with a palette of 256 colours: a third of the size."""
    from PIL import Image

    small = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
