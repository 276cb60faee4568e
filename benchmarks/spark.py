"""Collections on Spark measured against one machine: the same rows, and what it costs.

::

    python -m benchmarks.spark --only newsroom        the sample newsroom
    python -m benchmarks.spark --only seeds           the real pair among 5,000 others
    python -m benchmarks.spark --only recut           90,000 documents of 3.4 kB, as far as dedup
    python -m benchmarks.spark --only crowd           100,000 copies of one text, as far as their pairs
    python -m benchmarks.spark --write                all, and their tables put into docs/spark.md

Spark runs on the cores of this machine. What both need to begin, a small collection has had before. CPU time is that
of all processes: driver, Java, and the workers in Python.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import stemmata as st
from benchmarks import corpora
from benchmarks.deduplication.pile import pile
from benchmarks.measurement import Figures, Measurement, Table, count
from benchmarks.writing import write
from stemmata import demo, schemas
from stemmata.engines.sessions import start_session

PAGE = corpora.ROOT / "docs" / "spark.md"
OTHERS, RECUT, CROWD = 5_000, 90_000, 100_000
SMALL = 300  # documents that both have had before
COMPARED = ("pairs", "alignments", "relations", "families", "stemma", "changes")
WORDS = 60  # of a copy in the crowd
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass
class Cost:
    """Seconds by the clock, seconds of processors, and bytes that were shuffled."""

    wall: float = 0.0
    cpu: float = 0.0
    shuffled: int = 0


def newsroom(session: Any) -> Measurement:
    """Measure the sample newsroom, with what is known of its documents: all tables."""
    with tempfile.TemporaryDirectory() as folder:
        files, metadata = demo.unpack(folder)
        table = st.read_documents(files, metadata=metadata).replace_schema_metadata(None)
    return _traced(session, "newsroom", table, "the sample newsroom of `stemmata demo`")


def seeds(session: Any) -> Measurement:
    """Measure the real pair among texts cut out of books: all tables."""
    others = pile(RECUT).read().slice(0, OTHERS).select(["doc", "text"])
    texts = [file.read_text("utf-8") for file in sorted(corpora.SEEDS.glob("00*.txt"))]
    pair = pa.table([pa.array(["000", "001"]), pa.array(texts, pa.large_string())], ["doc", "text"])
    table = pa.concat_tables([pair, others])
    return _traced(session, "seeds", table, "seeds, and gutenberg-throughput cut into documents of 3.4 kB")


def recut(session: Any, documents: int = RECUT) -> Measurement:
    """Measure texts cut out of books, with planted copies: which documents dedup keeps, and why."""
    table = pile(documents).read()
    with _frames(session, table) as (frame, engine):
        here, mine = _measured(session, lambda: st.dedup(table))
        there, theirs = _measured(session, lambda: st.dedup(frame, engine=engine))
        rows = [("decisions", count(here.decisions.num_rows), _same(here.decisions, there.decisions))]
    return _measurement("recut", rows, table, mine, theirs, "gutenberg-throughput cut into documents of 3.4 kB, dedup")


def crowd(session: Any, documents: int = CROWD) -> Measurement:
    """Measure copies of one text, each with a word of its own: which pairs are found, and what travels for it."""
    text = next(corpora.read_jsonl(corpora.DATA / "gutenberg-throughput" / "books.jsonl.zst"))["text"]
    words = text[50_000:].split()[:WORDS]
    copies = []
    for number in range(documents):
        place = number % WORDS
        copies.append(" ".join([*words[:place], f"w{number}", *words[place + 1 :]]))
    docs = pa.array([f"{number:06}" for number in range(documents)])
    table = pa.table([docs, pa.array(copies, pa.large_string())], ["doc", "text"])
    with _frames(session, table) as (frame, engine):
        here, mine = _measured(session, lambda: _pairs(table))
        there, theirs = _measured(session, lambda: _pairs_there(frame, engine))
        rows = [("pairs", count(here.num_rows), _same(here, there))]
    what = f"copies of one text of {WORDS} words, each with a word of its own"
    return _measurement("crowd", rows, table, mine, theirs, what)


MEASURED: dict[str, Callable[..., Measurement]] = {
    "newsroom": newsroom,
    "seeds": seeds,
    "recut": recut,
    "crowd": crowd,
}


def _traced(session: Any, name: str, table: pa.Table, corpus: str) -> Measurement:
    def tables(trace: st.Trace) -> dict[str, pa.Table]:
        return {name: getattr(trace, name) for name in COMPARED}

    with _frames(session, table) as (frame, engine):
        here, mine = _measured(session, lambda: tables(st.trace(table)))
        there, theirs = _measured(session, lambda: tables(st.trace(frame, engine=engine)))
    rows = [(one, count(here[one].num_rows), _same(here[one], there[one])) for one in COMPARED]
    return _measurement(name, rows, table, mine, theirs, corpus)


def _pairs(table: pa.Table) -> pa.Table:
    documents = st.read_documents(table).replace_schema_metadata(None)
    statistics = st.collect_statistics(documents)
    return st.find_pairs(documents, st.fingerprint(documents, statistics), statistics)


def _pairs_there(frame: Any, engine: st.SparkEngine) -> pa.Table:
    from stemmata.crawl.columns import inward
    from stemmata.crawl.counting import collect
    from stemmata.crawl.reading import read_collection
    from stemmata.crawl.stages import Stages
    from stemmata.crawl.work import Work

    work, options = Work(engine.session, engine.place), st.Options()
    documents = read_collection(work, [frame], None, options.documents)
    stages = Stages(work, documents, collect(work, documents, options.statistics), options)
    schema = schemas.PAIRS.arrow
    return schemas.PAIRS.check(inward(stages.pairs.rows.select(schema.names).toArrow().columns, schema))


@contextmanager
def _frames(session: Any, table: pa.Table) -> Iterator[tuple[Any, st.SparkEngine]]:
    """Hand over a table as one of Spark's, and an engine with a folder of its own, after a small one has gone."""
    with tempfile.TemporaryDirectory(prefix="stemmata-spark-") as folder:
        for name, some in (("small", table.slice(0, SMALL)), ("all", table)):
            rows = some.set_column(some.column_names.index("text"), "text", some["text"].cast(pa.string()))
            known = [name for name in rows.column_names if not pa.types.is_nested(rows.schema.field(name).type)]
            pq.write_table(rows.select(known), f"{folder}/{name}.parquet", row_group_size=5_000)
        small = session.read.parquet(f"{folder}/small.parquet")
        _ = st.trace(table.slice(0, SMALL)).changes, st.dedup(table.slice(0, SMALL))
        _ = st.trace(small, engine=st.SparkEngine(session, f"{folder}/small")).changes
        yield session.read.parquet(f"{folder}/all.parquet"), st.SparkEngine(session, f"{folder}/tables")


def _measured(session: Any, work: Callable[[], Any]) -> tuple[Any, Cost]:
    cpu, shuffled, begun = _cpu(), _shuffled(session), time.perf_counter()
    found = work()
    return found, Cost(time.perf_counter() - begun, _cpu() - cpu, _shuffled(session) - shuffled)


def _cpu() -> float:
    """Return the seconds that this process, and all below it, have computed; also those that have ended."""
    parents, spent = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended since
                continue
            parents[int(entry.name)] = int(fields[1])
            spent[int(entry.name)] = sum(map(int, fields[11:15]))
    mine, more = {os.getpid()}, {os.getpid()}
    while more:
        more = {pid for pid, parent in parents.items() if parent in more} - mine
        mine |= more
    return sum(spent[pid] for pid in mine) / TICKS


def _shuffled(session: Any) -> int:
    executors = session._jsc.sc().statusStore().executorList(False)
    return sum(executors.apply(place).totalShuffleWrite() for place in range(executors.size()))


def _same(here: pa.Table, there: pa.Table) -> str:
    return "the same" if there.equals(here) else "**others**"


def _measurement(
    name: str, rows: Sequence[tuple[str, str, str]], table: pa.Table, mine: Cost, theirs: Cost, corpus: str
) -> Measurement:
    size = table.num_rows
    held = pc.sum(pc.binary_length(table["text"])).as_py()
    per = [f"{1e3 * cost.cpu / size:.2f} ms" for cost in (mine, theirs)]
    figures: Figures = {
        "tables that differ": float(sum(same != "the same" for *_, same in rows)),
        "CPU, times": theirs.cpu / mine.cpu,
        "shuffled, bytes a document": theirs.shuffled / size,
    }
    costs = (
        ("by the clock", f"{mine.wall:.0f} s", f"{theirs.wall:.0f} s"),
        ("CPU a document", per[0], f"{per[1]}, {figures['CPU, times']:.2f} times"),
        ("shuffled", "", f"{theirs.shuffled / 1e6:.0f} MB, {theirs.shuffled / held:.2f} times the texts"),
    )
    return Measurement(
        title=name,
        corpus=corpus,
        part="",
        sample=f"{count(size)} documents, {held / 1e6:.1f} MB",
        scorer="all rows and their order",
        tables=(
            Table(header=("table", "rows", "on Spark"), rows=tuple(rows)),
            Table(header=("cost", "one machine", f"Spark, {os.cpu_count()} cores"), rows=costs),
        ),
        figures=figures,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and, where asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=MEASURED, default=[*MEASURED])
    parser.add_argument("--documents", type=int, help="of recut and crowd; by default 90,000 and 100,000")
    parser.add_argument("--write", action="store_true", help=f"put the tables into docs/{PAGE.name}")
    chosen = parser.parse_args(arguments)
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    session = start_session()
    for name in chosen.only:
        sized = name in ("recut", "crowd") and chosen.documents
        measure = partial(MEASURED[name], documents=chosen.documents) if sized else MEASURED[name]
        measurement = measure(session)
        print(f"\n{measurement.title}, {measurement.sample}")
        for table in measurement.tables:
            print(f"\n{table.markdown()}", flush=True)
        if chosen.write:
            write({name: measurement}, "benchmarks.spark", PAGE)
    session.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
