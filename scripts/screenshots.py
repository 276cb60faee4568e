"""Make the pictures of the docs: the report of the sample newsroom, as a browser shows it.

::

    python -m scripts.screenshots
    STEMMATA_BROWSER=/opt/chrome python -m scripts.screenshots

It takes Chromium or a browser of its family. Fonts are those of the machine, so pictures of two machines differ.
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
from stemmata import demo

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
VARIABLE = "STEMMATA_BROWSER"
LIMIT_BYTES = 250_000
LIMIT_SECONDS = 120
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
    """A part of the report, as wide and tall as a window in CSS pixels, in light or dark colours."""

    width: int
    height: int
    dark: bool
    fragment: str = ""


PICTURES: dict[str, Picture] = {
    "report-wide-light.png": Picture(1280, 2270, dark=False),
    "report-wide-dark.png": Picture(1280, 2270, dark=True),
    "report-narrow-light.png": Picture(420, 2680, dark=False),
    "report-narrow-dark.png": Picture(420, 2680, dark=True),
    "family-light.png": Picture(1280, 990, dark=False, fragment="#family1"),
    "family-dark.png": Picture(1280, 990, dark=True, fragment="#family1"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Trace the newsroom, and write all pictures of its report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=IMAGES, help="folder for the pictures")
    images = parser.parse_args(arguments).output.resolve()
    browser = find_browser(os.environ)
    images.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, chdir(folder):
        newsroom, metadata = demo.unpack(".")
        st.trace(newsroom, metadata=metadata).report("report.html")
        for name, picture in PICTURES.items():
            data = with_palette(take(browser, Path(folder), picture))
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


def with_palette(png: bytes) -> bytes:
    """Return a PNG with a palette of 256 colours: a third of the size."""
    from PIL import Image

    small = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
