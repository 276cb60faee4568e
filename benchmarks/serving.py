"""The reading room measured: how long the first byte of each page takes while a writer adds to the library.

::

    python -m benchmarks.serving                      90,000 documents of 3.4 kB
    python -m benchmarks.serving --documents 5000
    python -m benchmarks.serving --write              and its table put into docs/server.md

The library is made in the temporary folder, worked out by the server, and asked once that is done; meanwhile another
process adds ten documents at a time, without a pause. Each request has a connection of its own. To be run on a quiet
machine.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import numpy as np
import pyarrow as pa

from benchmarks import corpora
from benchmarks.deduplication.pile import pile
from benchmarks.measurement import Figures, Measurement, Table, count
from benchmarks.writing import write
from stemmata.library import Library

PAGE = corpora.ROOT / "docs" / "server.md"
DOCUMENTS, ADDED = 90_000, 10
ASKED = 200  # requests of each sort
WAIT = 6 * 3_600  # seconds for the first working out
SEED = 11
WRITER = """
import sys, time
import pyarrow.parquet as pq
from stemmata.library import Library
library, table, size = Library(sys.argv[1]), pq.read_table(sys.argv[2]), int(sys.argv[3])
for at in range(0, table.num_rows, size):
    library.add(table.slice(at, size))
    print(at, flush=True)
"""
Asking = Callable[[str], tuple[int, float, bytes]]


def serving(documents: int) -> Measurement:
    """Measure pages of a library, and the check of a text, while documents are added."""
    table = pile(documents + ADDED * ASKED).read()
    with tempfile.TemporaryDirectory(prefix="stemmata-serving-") as name:
        folder = Path(name)
        Library(folder / "library").add(table.slice(0, documents))
        later = folder / "later.parquet"
        pa.parquet.write_table(table.slice(documents), later)
        with _served(folder / "library") as ask:
            waited = _wait(ask)
            addresses = _addresses(ask)
            writer = subprocess.Popen(
                [sys.executable, "-c", WRITER, str(folder / "library"), str(later), str(ADDED)], stdout=subprocess.PIPE
            )
            try:
                figures = _ask(ask, addresses)
                figures["additions meanwhile"] = float(len(_lines(writer)))
            finally:
                writer.kill()
                writer.wait()
        figures["seconds until the first page"] = waited
    return _measurement(documents, addresses, figures)


@contextmanager
def _served(library: Path) -> Iterator[Asking]:
    """Hand over how a served library is asked: the status, the seconds to the first byte, the answer."""
    command = [sys.executable, "-m", "stemmata", "serve", str(library), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        line = next(line for line in server.stderr if "http://" in line)
        host = urlsplit(next(word for word in line.split() if word.startswith("http://"))).netloc

        def ask(address: str) -> tuple[int, float, bytes]:
            connection = http.client.HTTPConnection(host, timeout=600)
            begun = time.perf_counter()
            connection.request("GET", address)
            answer = connection.getresponse()
            first = time.perf_counter() - begun
            body = answer.read()
            connection.close()
            return answer.status, first, body

        yield ask
    finally:
        server.terminate()
        server.wait()


def _wait(ask: Asking) -> float:
    """Wait until the tables are worked out, and say how long that took."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < WAIT:
        if ask("/overview.json")[0] == 200:
            return time.perf_counter() - begun
        time.sleep(1)
    raise SystemExit("the library was not worked out in time")


def _addresses(ask: Asking) -> dict[str, list[str]]:
    """Return what is asked, by sort of page: each address once or a few hundred of them, drawn by chance."""
    draw = random.Random(SEED)
    first = json.loads(ask("/families.json?size=1000")[2])["families"]
    families = [family["family"] for family in first]
    chosen = [draw.choice(families) for _ in range(ASKED)]
    pairs: list[str] = []
    docs: list[str] = []
    for name in dict.fromkeys(chosen[: ASKED // 4]):
        told = json.loads(ask(f"/family.json?id={quote(name)}")[2])
        docs += [row["doc"] for row in told["documents"]]
        pairs += [f"/pair?source={quote(row['a'])}&copy={quote(row['b'])}" for row in told["relations"]]
    return {
        "overview": ["/"],
        "families": [f"/families?page={n}" for n in range(1, 20)] + ["/families?kind=spun", "/families?q=book"],
        "a family": [f"/family?id={quote(name)}" for name in chosen],
        "a pair": draw.sample(pairs, min(len(pairs), ASKED)),
        "documents": [f"/documents?page={n}" for n in range(1, 20)],
        "a document": [f"/document?id={quote(doc)}" for doc in draw.sample(docs, min(len(docs), ASKED))],
        "groups": ["/groups?by=site"],
    }


def _ask(ask: Asking, addresses: dict[str, list[str]]) -> Figures:
    figures: Figures = {}
    every: list[float] = []
    draw = random.Random(SEED)
    for name, some in addresses.items():
        took = []
        for _ in range(ASKED):
            status, first, _ = ask(draw.choice(some))
            if status != 200:
                raise SystemExit(f"{name}: {status}")
            took.append(1_000 * first)
        every += took
        for part in (50, 99):
            figures[f"{name}, p{part}, ms"] = float(np.percentile(took, part))
    for part in (50, 99):
        figures[f"all, p{part}, ms"] = float(np.percentile(every, part))
    return figures


def _lines(writer: subprocess.Popen[bytes]) -> list[bytes]:
    writer.kill()
    assert writer.stdout is not None
    return writer.stdout.readlines()


def _measurement(documents: int, addresses: dict[str, list[str]], figures: Figures) -> Measurement:
    rows = tuple(
        (name, f"{figures[f'{name}, p50, ms']:.0f} ms", f"{figures[f'{name}, p99, ms']:.0f} ms")
        for name in (*addresses, "all")
    )
    return Measurement(
        title="The reading room",
        corpus="gutenberg-throughput",
        part="books cut into documents of 3.4 kB",
        sample=(
            f"{count(documents)} documents, {ASKED} requests of each sort, "
            f"{figures['additions meanwhile']:.0f} additions of {ADDED} documents meanwhile"
        ),
        scorer="wall time to the first byte, a connection each",
        tables=(Table(header=("page", "p50", "p99"), rows=rows),),
        figures=figures,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and, where asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="by default %(default)s")
    parser.add_argument("--only", nargs="+", choices=("serving",), default=["serving"], help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help=f"put the table into docs/{PAGE.name}")
    chosen = parser.parse_args(arguments)
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    measurement = serving(chosen.documents)
    print(f"\n{measurement.title}, {measurement.sample}; {measurement.scorer}")
    print(measurement.tables[0].markdown(), flush=True)
    print(f"until the first page: {measurement.figures['seconds until the first page']:.0f} s")
    if chosen.write:
        write({"serving": measurement}, "benchmarks.serving", PAGE)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
