"""Every accuracy figure of the project, from one command.

::

    python -m benchmarks.quality                     all, on full data
    python -m benchmarks.quality --only pan13        one of them
    python -m benchmarks.quality --every 8           every eighth pair, as CI runs it
    python -m benchmarks.quality --write             all, and their tables put into docs/quality.md

Kinds, rewrites and newswire are measured here with trees grown without what is measured, which takes LightGBM.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks import corpora
from benchmarks.answers import clough
from benchmarks.collating import collating
from benchmarks.directions import direction
from benchmarks.family_trees import rewrite_trees, web_trees
from benchmarks.kinds import kinds
from benchmarks.measurement import Measurement
from benchmarks.ocr import ocr
from benchmarks.pages import pages
from benchmarks.pan13 import pan13
from benchmarks.piles import newsroom, reuters, reuters_whole
from benchmarks.planted import changes
from benchmarks.retrieval import retrieval
from benchmarks.rewrites import rewrites
from benchmarks.searching import searching
from benchmarks.short_reuse import short_reuse
from benchmarks.stemmas import stemmas
from benchmarks.tortured import tortured
from benchmarks.writing import write

MEASUREMENTS: dict[str, Callable[..., Measurement]] = {
    "pages": pages,
    "retrieval": retrieval,
    "pan13": pan13,
    "short_reuse": short_reuse,
    "ocr": ocr,
    "clough": clough,
    "kinds": kinds,
    "rewrites": rewrites,
    "direction": direction,
    "newsroom": newsroom,
    "reuters": reuters,
    "reuters_whole": reuters_whole,
    "changes": changes,
    "tortured": tortured,
    "searching": searching,
    "collating": collating,
    "stemmas": stemmas,
    "web_trees": web_trees,
    "rewrite_trees": rewrite_trees,
}
UNSEEN = ("kinds", "rewrites", "reuters")  # measured with trees that have not seen what is measured


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen measurements, print their figures and, where asked, write their tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(MEASUREMENTS), default=list(MEASUREMENTS))
    parser.add_argument("--every", type=int, default=1, help="take every n-th pair")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/quality.md; needs full data")
    parser.add_argument("--sample-out", type=Path, help="where reuters_whole puts 100 reported pairs, to be read")
    chosen = parser.parse_args(arguments)
    if chosen.write and chosen.every > 1:
        parser.error("--write needs full data: leave --every out")
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    tasks = MEASUREMENTS | {name: partial(MEASUREMENTS[name], unseen=True) for name in UNSEEN}
    tasks["reuters_whole"] = partial(reuters_whole, sample=chosen.sample_out)
    for name in chosen.only:
        measurement = tasks[name](chosen.every)
        show(name, measurement, chosen.every)
        if chosen.write:
            write({name: measurement}, "benchmarks.quality")
    return 0


def show(name: str, measurement: Measurement, every: int) -> None:
    """Print the figures of a measurement and where they come from."""
    m = measurement
    sample = m.sample if every == 1 else f"{m.sample} (one of {every})"
    print(f"\n{name}: {'; '.join(filter(None, (m.title, m.corpus, m.part, sample, m.scorer)))}")
    for figure, value in m.figures.items():
        print(f"  {figure:56} {value:9.4f}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
