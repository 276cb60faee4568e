"""Libraries measured: bytes a document, the speed of adding, what merging costs, and how long a find takes.

::

    python -m benchmarks.library                      90,000 documents of 3.4 kB, then 1,000,000 short ones
    python -m benchmarks.library --only large         the first alone
    python -m benchmarks.library --write              and their tables put into docs/library.md

To be run on a quiet machine. Libraries are kept in the temporary folder while they are measured, then removed.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks import corpora
from benchmarks.deduplication.load import short_documents
from benchmarks.deduplication.pile import pile
from benchmarks.measurement import Figures, Measurement, Table, count
from benchmarks.writing import write
from stemmata.documents import Text
from stemmata.library import Library

PAGE = corpora.ROOT / "docs" / "library.md"
DOCUMENTS, SHORT = 90_000, 1_000_000
STEPS = 100  # additions of equal size
ASKED = 200  # texts that are found
COLD = 20  # of them, each in a library that was just opened and of which nothing lies in memory
SEED = 7


def large(documents: int) -> Measurement:
    """Measure a library of documents of 3.4 kB: every one of them by additions of a hundredth, and the real pair."""
    table = pile(documents).read()
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(corpora.SEEDS.glob("*.txt"))}
    article, copy = sorted(texts, reverse=True)
    with _library() as library:
        figures = _grow(library, table)
        library.add(Text(texts[article], doc=article))
        found = library.find(Text(texts[copy], doc=copy))
        first = found.matches.slice(0, 1).to_pylist()
        figures["matches of the spun copy"] = float(found.matches.num_rows)
        told = f"{first[0]['doc'][:3]}, {first[0]['stands']}, {first[0]['kind']}" if first else "nothing"
        figures |= _ask(library, table)
    rows = (*_rows(figures), ("the spun copy of the real pair: what is found first, and how it stands", told))
    return _measurement("A library", "books cut into documents of 3.4 kB", documents, table, rows, figures)


def short(documents: int) -> Measurement:
    """Measure a library of short documents, by additions of a hundredth."""
    table = pq.read_table(short_documents(documents)).combine_chunks()
    with _library() as library:
        figures = _grow(library, table)
        figures |= _ask(library, table)
    return _measurement(
        "A million short documents",
        "sentences of books, put together by chance to 40 to 80 words",
        documents,
        table,
        _rows(figures),
        figures,
    )


@contextmanager
def _library() -> Iterator[Library]:
    """Hand over a library in a folder that is then removed."""
    with tempfile.TemporaryDirectory(prefix="stemmata-library-") as folder:
        yield Library(Path(folder) / "library")


def _grow(library: Library, table: pa.Table) -> Figures:
    edges = np.linspace(0, table.num_rows, STEPS + 1).astype(int).tolist()
    seconds: dict[str, float] = {}
    longest = 0.0
    begun = time.perf_counter()
    for low, high in pairwise(edges):
        one = time.perf_counter()
        added = library.add(table.slice(low, high - low))
        longest = max(longest, time.perf_counter() - one)
        for stage, took in added.seconds.items():
            seconds[stage] = seconds.get(stage, 0.0) + took
    took = time.perf_counter() - begun
    size = {
        kind: sum(f.stat().st_size for f in (library.path / "tables" / kind).iterdir())
        for kind in ("documents", "postings")
    }
    catalogue = sum(file.stat().st_size for file in library.path.glob("catalog.sqlite*"))
    text = pc.sum(pc.binary_length(table["text"])).as_py()
    documents = table.num_rows
    return {
        "bytes of text a document": text / documents,
        "bytes a document, texts": size["documents"] / documents,
        "bytes a document, postings": size["postings"] / documents,
        "bytes a document, catalogue": catalogue / documents,
        "documents a second": documents / took,
        "MB a second": text / 1e6 / took,
        "share of merging": seconds["merging"] / took,
        "longest addition, s": longest,
    }


def _ask(library: Library, table: pa.Table) -> Figures:
    draw = random.Random(SEED)
    rows = [draw.randrange(table.num_rows) for _ in range(ASKED)]
    texts = [Text(table["text"][row].as_py(), doc="asked") for row in rows]
    for text in texts[:5]:
        library.find(text)
    warm = [_timed(partial(library.find, text)) for text in texts]
    cold = []
    for text in texts[:COLD]:
        _forget(library.path)
        cold.append(_timed(partial(_find_anew, library.path, text)))
    figures = {}
    for name, times in (("warm", warm), ("cold", cold)):
        for part in (50, 99):
            figures[f"find, {name}, p{part}, ms"] = 1_000 * float(np.percentile(times, part))
    return figures


def _find_anew(path: Path, text: Text) -> object:
    return Library(path).find(text)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _forget(folder: Path) -> None:
    """Have the system drop what it holds of the files in memory."""
    for file in folder.rglob("*"):
        if file.is_file():
            with file.open("rb") as stream:
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _rows(figures: Figures) -> tuple[tuple[str, str], ...]:
    kept = [figures[f"bytes a document, {part}"] for part in ("texts", "postings", "catalogue")]
    times = [[f"{figures[f'find, {name}, p{part}, ms']:.0f}" for part in (50, 99)] for name in ("warm", "cold")]
    return (
        ("bytes a document: text itself", f"{figures['bytes of text a document']:,.0f}"),
        ("kept of it: texts, postings, catalogue", ", ".join(f"{size:,.0f}" for size in kept)),
        ("added a second", f"{figures['documents a second']:,.0f} documents, {figures['MB a second']:.1f} MB"),
        ("of that time merging", f"{figures['share of merging']:.0%}"),
        ("longest of the additions", f"{figures['longest addition, s']:.1f} s"),
        ("find, warm: p50, p99", f"{' ms, '.join(times[0])} ms"),
        ("find, cold: p50, p99", f"{' ms, '.join(times[1])} ms"),
    )


def _measurement(
    title: str, part: str, documents: int, table: pa.Table, rows: tuple[tuple[str, str], ...], figures: Figures
) -> Measurement:
    megabytes = pc.sum(pc.binary_length(table["text"])).as_py() / 1e6
    return Measurement(
        title=title,
        corpus="gutenberg-throughput",
        part=part,
        sample=(
            f"{count(documents)} documents, {megabytes:,.0f} MB, in {STEPS} additions; {ASKED} of them asked for again"
        ),
        scorer="wall time, all cores; cold: the library opened anew, its files dropped from memory",
        tables=(Table(header=("figure", "value"), rows=rows),),
        figures=figures,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and, where asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=("large", "short"), default=["large", "short"])
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="by default %(default)s")
    parser.add_argument("--short", type=int, default=SHORT, help="by default %(default)s")
    parser.add_argument("--write", action="store_true", help=f"put the tables into docs/{PAGE.name}")
    chosen = parser.parse_args(arguments)
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    for name in chosen.only:
        measurement = large(chosen.documents) if name == "large" else short(chosen.short)
        print(f"\n{name}: {measurement.title}, {measurement.sample}; {measurement.scorer}")
        print(measurement.tables[0].markdown(), flush=True)
        if chosen.write:
            write({name: measurement}, "benchmarks.library", PAGE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
