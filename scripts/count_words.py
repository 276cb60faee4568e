"""Write ``src/stemmata/data/counts-en.parquet``: how often words stand together in press releases of the US Senate.

The texts are works of the United States government and in the public domain; Justin Grimmer collected them (Political
Analysis 18:1, 2010). Only counts are kept. What shares ten words in a row with the press releases and health pages of
spun-news is left out, for these are judged with the counts in ``benchmarks``. It takes the texts, the benchmark data,
5 GB of memory, and four minutes::

    git clone https://github.com/lintool/GrimmerSenatePressReleases
    git -C GrimmerSenatePressReleases checkout 2c7bab8837f934437a9fdbb8460876fde31f5cae
    python -m scripts.count_words 'GrimmerSenatePressReleases/raw/**/*.txt'

The same as ``stemmata counts build 'GrimmerSenatePressReleases/raw/**/*.txt' --language en --leave-out spun.jsonl``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from benchmarks import corpora
from rich.console import Console

from stemmata.counts import build_counts
from stemmata.report.counts import render_counts

TARGET = Path(__file__).resolve().parent.parent / "src" / "stemmata" / "data" / "counts-en.parquet"
ABOUT = (
    "Press releases of the United States Senate, 2004 to 2008, in the public domain; collected by Justin Grimmer "
    "(2010); github.com/lintool/GrimmerSenatePressReleases, commit 2c7bab8837f934437a9fdbb8460876fde31f5cae"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, write, and say what was counted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", help="the texts: a pattern, a folder, or a table")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    chosen = parser.parse_args(arguments)
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    judged = pa.table({"text": pa.array([row["text"] for row in corpora.spun_rows()], pa.large_string())})
    built = build_counts(chosen.sources, chosen.output, language="en", leave_out=judged, about=ABOUT, progress=print)
    sys.stdout.write(render_counts(built, Console()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
