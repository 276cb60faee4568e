"""Put measured tables into a page of the docs, between markers; what stands outside them is written by hand."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from benchmarks.corpora import ROOT
from benchmarks.measurement import Measurement
from stemmata import __version__

PAGE = ROOT / "docs" / "quality.md"


def write(measurements: dict[str, Measurement], module: str, page: Path = PAGE) -> None:
    """Put the tables of each measurement, by name, between its markers on the page."""
    text = page.read_text(encoding="utf-8")
    for name, measurement in measurements.items():
        text = between_markers(text, name, block(measurement, f"python -m {module} --only {name}"))
    page.write_text(text, encoding="utf-8")


def block(measurement: Measurement, command: str) -> str:
    """Return the tables, and under them a line that says how to get them again."""
    m = measurement
    data = f"{m.corpus} ({m.part})" if m.part else m.corpus
    origin = f"Measured by `{command}` on {data}: {m.sample}. Scorer: {m.scorer}."
    return "\n\n".join([*(table.markdown() for table in m.tables), f"{origin} {date.today()}, version {__version__}."])


def between_markers(text: str, name: str, block: str) -> str:
    """Return the page with the block in place of what stood between the markers of that name."""
    pattern = re.compile(rf"(<!-- measured: {re.escape(name)} -->\n).*?(<!-- end -->)", re.S)
    written, times = pattern.subn(lambda found: f"{found[1]}\n{block}\n\n{found[2]}", text)
    if times != 1:
        raise SystemExit(f"the page has {times} places for {name}: put one <!-- measured: {name} --> … <!-- end -->")
    return written
