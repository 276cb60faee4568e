"""Deduplication measured: beside other tools and the limit of C, recall, growth, and a million short documents.

::

    python -m benchmarks.deduplication --only race            beside other tools; they come with the extra [peers]
    python -m benchmarks.deduplication --only race --contenders "polars recipe" "stemmata, surface" --megabytes 20
    python -m benchmarks.deduplication --only race --python datatrove=/elsewhere/bin/python
    python -m benchmarks.deduplication --write                all, and their tables put into docs/deduplication.md

To be run on a quiet machine. Piles are kept in the temporary folder between runs. What is not installed is left out,
with the reason. Some tools cannot share an environment; ``--python`` names that of each, which needs pyarrow:
``pip install text-dedup pyarrow``, and ``pip install datatrove spacy tokenizers regex 'xxhash<4' pyarrow``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from benchmarks import corpora
from benchmarks.deduplication.contenders import CONTENDERS
from benchmarks.deduplication.growth import SIZES, growth, pages
from benchmarks.deduplication.load import load
from benchmarks.deduplication.race import DOCUMENT, race
from benchmarks.deduplication.recall import recall, seeds
from benchmarks.measurement import Measurement
from benchmarks.writing import write

PAGE = corpora.ROOT / "docs" / "deduplication.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and, where asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=MEASUREMENTS, default=list(MEASUREMENTS))
    parser.add_argument("--megabytes", type=int, default=110, help="of text in the race; by default %(default)s")
    parser.add_argument("--documents", type=int, default=30_000, help="for recall and pages; by default %(default)s")
    parser.add_argument("--contenders", nargs="+", choices=CONTENDERS, metavar="NAME", help=", ".join(CONTENDERS))
    parser.add_argument("--python", nargs="+", default=[], metavar="NAME=PATH", help="environments of contenders")
    parser.add_argument("--write", action="store_true", help=f"put the tables into docs/{PAGE.name}")
    chosen = parser.parse_args(arguments)
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    pythons = dict(one.split("=", 1) for one in chosen.python)
    for name in chosen.only:
        measurement = MEASUREMENTS[name](chosen, pythons)
        print(f"\n{name}: {measurement.title}, {measurement.sample}; {measurement.scorer}")
        for table in measurement.tables:
            print(f"{table.markdown()}\n", flush=True)
        if chosen.write:
            write({name: measurement}, "benchmarks.deduplication", PAGE)
    return 0


def _race(chosen: argparse.Namespace, pythons: dict[str, str]) -> Measurement:
    return race(chosen.megabytes * 1_000_000 // DOCUMENT, chosen.contenders, pythons)


MEASUREMENTS: dict[str, Callable[[argparse.Namespace, dict[str, str]], Measurement]] = {
    "race": _race,
    "recall": lambda chosen, _: recall(chosen.documents),
    "seeds": lambda *_: seeds(SIZES[-1]),
    "growth": lambda *_: growth(),
    "pages": lambda chosen, _: pages(chosen.documents),
    "load": lambda *_: load(),
}

if __name__ == "__main__":
    raise SystemExit(main())
