"""What a document costs as the pile grows, and a page from its HTML to its alignments.

::

    python -m benchmarks.deduplication.growth 30000           one size
    python -m benchmarks.deduplication.growth 30000 pages     the stages of a page

print seconds and bytes as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import corpora
from benchmarks.deduplication.pile import pile
from benchmarks.deduplication.processes import in_a_process, peak_memory, processor_seconds
from benchmarks.measurement import Figures, Measurement, Table, count
from stemmata.alignments import align
from stemmata.engines import LocalEngine
from stemmata.errors import SourceError
from stemmata.fingerprints import fingerprint
from stemmata.pairs import find_pairs
from stemmata.readers.html import read_html
from stemmata.relations import classify
from stemmata.statistics import collect_statistics

T = TypeVar("T")

SIZES = (10_000, 30_000, 90_000)
FEW = 200  # documents of the run before, which compiles
ALIGNED = 400  # pairs, drawn by chance
COLLECTED = 5_000  # documents whose statistics are collected
ENGINE = LocalEngine(workers=1)
HOUR = 3_600


def growth(sizes: tuple[int, ...] = SIZES) -> Measurement:
    """Measure processor time a document by stage at several sizes, and the bytes of a posting."""
    runs = {size: in_a_process("growth", str(size)) for size in sizes}
    figures: Figures = {}
    rows = []
    for size, one in runs.items():
        costs = [1e6 * one[stage] / size for stage in ("fingerprints", "pairs")]
        first = runs[sizes[0]]
        grown = sum(costs) / (1e6 * (first["fingerprints"] + first["pairs"]) / sizes[0])
        figures[f"{size} documents, times {sizes[0]}"] = grown
        rows.append(
            (
                count(size),
                *(f"{cost:.0f}" for cost in costs),
                f"{sum(costs):.0f}",
                f"{grown:.2f}",
                f"{one['rows'] / size:.1f}",
                f"{one['bytes'] / one['rows']:.1f}",
                f"{one['file'] / one['rows']:.1f}",
                f"{one['found'] / size:.2f}",
                f"{one['memory'] / 1e9:.2f} GB",
            )
        )
    largest = runs[sizes[-1]]
    figures["bytes a posting"] = largest["bytes"] / largest["rows"]
    figures["bytes a posting, in the file"] = largest["file"] / largest["rows"]
    costs_header = ("documents", "µs: fingerprints", "pairs", "both", f"times {count(sizes[0])}")
    sizes_header = ("postings a document", "bytes a posting", "in the file", "pairs a document", "peak memory")
    return Measurement(
        title="Growth with the pile",
        corpus="gutenberg-throughput",
        part="books cut into documents of 3.4 kB, licences and all, with 8 % planted copies",
        sample=f"{', '.join(map(count, sizes))} documents",
        scorer="processor time a document, one thread, both views, verification; texts in memory; zstd Parquet",
        tables=(Table(header=(*costs_header, *sizes_header), rows=tuple(rows)),),
        figures=figures,
    )


def pages(documents: int) -> Measurement:
    """Add up what a page costs: reading its HTML, statistics, fingerprints, pairs, and the alignment of its pairs."""
    one = in_a_process("growth", str(documents), "pages")
    hours = {name: 1e6 * seconds / HOUR for name, seconds in one["seconds"].items()}
    figures = {f"{name}, hours a million pages": value for name, value in hours.items()}
    figures["hours a million pages"] = sum(hours.values())
    figures["ms a pair, aligned and named"] = 1000 * one["pair"]
    rows = [(name, f"{1000 * one['seconds'][name]:.3f}", f"{value:.2f}") for name, value in hours.items()]
    total = sum(one["seconds"].values())
    rows.append(("**all**", f"{1000 * total:.3f}", f"**{sum(hours.values()):.2f}**"))
    return Measurement(
        title="A million pages, from HTML to relations",
        corpus="article-extraction-benchmark and trafilatura-eval (reading), gutenberg-throughput (the rest)",
        part="",
        sample=(
            f"{count(one['pages'])} pages read; {count(documents)} documents of 3.4 kB, of which {count(COLLECTED)} for"
            f" statistics; {count(ALIGNED)} of their {count(one['found'])} pairs aligned and named"
        ),
        scorer="processor time, one thread",
        tables=(Table(header=("stage", "ms a page", "hours a million pages"), rows=tuple(rows)),),
        figures=figures,
    )


def measure_growth(documents: int) -> dict[str, Any]:
    """Measure one size in this process."""
    table = pile(documents).read()
    _warm(table)
    used, fingerprints = timed(lambda: fingerprint(table, engine=ENGINE))
    paired, pairs = timed(lambda: find_pairs(table, fingerprints, engine=ENGINE))
    memory = peak_memory()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "fingerprints.parquet")
        pq.write_table(fingerprints, file, compression="zstd")
        size = file.stat().st_size
    return {
        "fingerprints": used,
        "pairs": paired,
        "rows": fingerprints.num_rows,
        "bytes": fingerprints.nbytes,
        "file": size,
        "found": pairs.num_rows,
        "memory": memory,
    }


def measure_pages(documents: int) -> dict[str, Any]:
    """Measure the stages of a page in this process."""
    data = [row["html"] for row in (*corpora.marked_pages(), *corpora.pieced_pages())]
    _read(data[:5])
    read, _ = timed(lambda: _read(data))
    table = pile(documents).read()
    _warm(table)
    few = table.slice(0, COLLECTED).combine_chunks()
    collected, statistics = timed(lambda: collect_statistics(few, engine=ENGINE))
    used, fingerprints = timed(lambda: fingerprint(table, engine=ENGINE))
    paired, pairs = timed(lambda: find_pairs(table, fingerprints, engine=ENGINE))
    drawn = pairs.take(np.sort(np.random.default_rng(1).choice(pairs.num_rows, ALIGNED, replace=False)))

    def relate() -> pa.Table:
        alignments = align(table, drawn, statistics, engine=ENGINE)
        return classify(table, drawn, alignments, statistics=statistics, engine=ENGINE)

    related, _ = timed(relate)
    seconds = {
        "reading": read / len(data),
        "statistics": collected / COLLECTED,
        "fingerprints": used / documents,
        "pairs": paired / documents,
        "alignments and relations": related / ALIGNED * pairs.num_rows / documents,
    }
    return {"seconds": seconds, "pages": len(data), "found": pairs.num_rows, "pair": related / ALIGNED}


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the processor's seconds that work takes, and what it returns."""
    before = processor_seconds()
    result = work()
    return processor_seconds() - before, result


def _warm(table: pa.Table) -> None:
    few = table.slice(0, FEW).combine_chunks()
    collect_statistics(few, engine=ENGINE)
    pairs = find_pairs(few, fingerprint(few, engine=ENGINE), engine=ENGINE)
    classify(few, pairs, align(few, pairs, engine=ENGINE), engine=ENGINE)


def _read(pages: list[bytes]) -> None:
    for data in pages:
        try:
            read_html(data)
        except SourceError:  # a page without text costs as well
            continue


if __name__ == "__main__":
    if sys.argv[2:] == ["pages"]:
        print(json.dumps(measure_pages(int(sys.argv[1]))))
    else:
        print(json.dumps(measure_growth(int(sys.argv[1]))))
