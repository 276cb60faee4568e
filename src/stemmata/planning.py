"""What a run would cost, said before it is spent: every stage runs on a sample, and is scaled up."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.beginnings import STREAMS, take_beginnings
from stemmata.documents import Source, Text, read_documents
from stemmata.engines import Listener, LocalEngine
from stemmata.folder import Folder
from stemmata.pipeline import STAGES, Clock, Options, run
from stemmata.readers.isolation import reading
from stemmata.readers.walking import find_files

SHARE = 0.01  # of the bytes, and of the documents in what was read
LEAST_FILES, LEAST_DOCUMENTS = 20, 200  # a smaller sample says nothing
MOST_BYTES, MOST_DOCUMENTS = 20_000_000, 2_000  # a larger one costs more than it tells
PAIRS_A_DOCUMENT = 2.0  # that are worth aligning; measured on 29,678 articles, before they are verified
TRIAL_PAIRS = 50
WARMING_FILES, WARMING_BYTES = 4, 1_000_000  # a thread: files to read before the clock is set, none of them larger
BY_DOCUMENT = ("documents", "statistics", "fingerprints", "pairs")  # stages whose cost grows with the documents
WHILE_JOINED = 3.0  # times its size that the table of fingerprints takes while it is joined with itself
ANY_SIZE = (*STREAMS, ".parquet", ".arrow", ".feather")  # read in pieces, or as a stream
BASE = 400_000_000  # bytes of the interpreter, the libraries and the languages' lists
NOTICE = """The reading room on Cooper Street will close for repairs on 3 May and open again in September, it said.
Rain has come through the roof since the winter of 2019, and two ceilings have fallen. Readers may borrow up to 40 books
for the summer, twice as many as before. "We did not want to close, but the buckets are full," said Maud Ellery, who has
run the desk for eleven years. The repairs will cost about 310,000 pounds."""
REPRINT = """The reading room in Cooper Street closes for repairs on 3 May, and will open again in September.
Rain has come through the roof since the winter of 2019, and two ceilings have fallen. Readers may borrow up to 60 books
for the summer, more than before. "We did want to close, but the buckets are full," said Maud Ellery, who has run the
desk for many years."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run would cost.

    Parameters
    ----------
    files, size : int
        Files that are there, and the bytes of those that are not too large to be read.
    sample : int
        Files that were read to tell.
    read, traced : int
        Documents in them, and those that the stages were run on.
    skipped, notes : sequence of mappings
        Rows of ``schemas.SKIPPED`` and ``schemas.NOTES``: what was met on the way to all files; and what of the sample
        was not read.
    documents, pairs : int
        About how many there will be; none where nothing of the sample could be read.
    hours : mapping of str to float
        Processor hours by stage.
    workers : int
        Threads that share them.
    disk, memory : int
        Bytes of all tables, and of what is held at the peak.
    """

    files: int
    size: int
    sample: int
    read: int
    traced: int
    skipped: Sequence[Mapping[str, str]]
    notes: Sequence[Mapping[str, Any]]
    documents: int
    pairs: int
    hours: Mapping[str, float]
    workers: int
    disk: int
    memory: int

    @property
    def only_listed(self) -> bool:
        """Whether all files lie at addresses, from which nothing is fetched to tell more."""
        return bool(self.files) and not self.sample


def plan_run(
    sources: Sequence[str],
    *,
    options: Options,
    engine: LocalEngine,
    progress: Listener | None = None,
) -> Plan:
    """Run all stages on a hundredth, and say what the whole would cost.

    Files are read up to one per cent of the bytes, twenty at least, 20 MB at most, but always one; of one that is
    larger, and can be cut, no more than its beginning. Of the documents in
    them one per cent goes through the stages, 200 at least, 2,000 at most. The sample is the same at every call, and
    wherever the pile lies. Nothing is fetched from addresses, whose files are listed and reckoned with by their bytes.
    Reading grows with the bytes, sketching with the documents; what follows grows with the pairs, of which a sample
    holds too few, so that two a document are reckoned with.

    Parameters
    ----------
    sources : sequence of str
        Paths of files and folders, and patterns.
    options, engine : Options, LocalEngine
        Of the run.
    progress : callable, optional
        Called with a :class:`stemmata.engines.Progress` before each stage begins and as it goes on.

    Raises
    ------
    MissingSource
        A path leads nowhere, or a pattern matches nothing.
    """
    opening, sketching, aligning = Clock(progress), Clock(progress), Clock(progress)
    files = find_files(dict(enumerate(sources)))
    rows = files.to_pylist()
    sizes = [_size(row, options.documents.limit_bytes) for row in rows]
    here = {os.fsdecode(row["path"]): size for row, size in zip(rows, sizes, strict=True) if row["address"] is None}
    sample = _sample(files.filter(pc.field("address").is_null()), here, SHARE * sum(sizes))
    small = [path for path in sample if here[path] <= WARMING_BYTES]
    with reading(), TemporaryDirectory() as folder:  # the processes that read files are started once
        _warm_up(small[: WARMING_FILES * engine.threads], options, engine, progress)
        begun = take_beginnings({path: here[path] for path in sample}, MOST_BYTES, folder)
        with opening.stage("documents"):
            read = _read([*begun], options, engine)
        unread = [row for row in schemas.remarks([read], "skipped").to_pylist() if not row["uri"].startswith(folder)]
    size, held = sum(sizes), sum(begun.values())
    growth = size / held if held else 1.0
    count = round(growth * read.num_rows)
    away = {"stage": "documents", "what": "files at addresses, of which none is fetched for a plan"}
    files = schemas.remark(files, notes=[{**away, "count": len(sizes) - len(here)}])
    some = _spread(read, min(MOST_DOCUMENTS, max(LEAST_DOCUMENTS, ceil(SHARE * read.num_rows))))
    tables = {"documents": some}
    for stage in STAGES[: len(BY_DOCUMENT) - 1]:
        with sketching.stage(stage.name):
            taken = [tables[name] for name in stage.takes]
            tables[stage.name] = stage.function(*taken, options=getattr(options, stage.name), engine=engine)
    trial = _trial(tables["pairs"], some)
    made = run(some, options, engine, given=trial, clock=aligning)

    pairs = min(round(PAIRS_A_DOCUMENT * count), count * (count - 1) // 2)
    by_document, by_pair = count / max(1, some.num_rows), pairs / max(1, trial.num_rows)
    more = {name: by_document if name in BY_DOCUMENT else by_pair for name in made}
    aligning.seconds.update(sketching.seconds)
    seconds = {"documents": opening.seconds["documents"] * growth}
    seconds |= {stage.name: aligning.seconds[stage.name] * more[stage.name] for stage in STAGES}
    bare, full = _sizes({name: table.slice(0, 0) for name, table in made.items()}), _sizes(made)
    return Plan(
        files=files.num_rows,
        size=size,
        sample=len(sample),
        read=read.num_rows,
        traced=some.num_rows,
        skipped=[*schemas.remarks([files], "skipped").to_pylist(), *unread],
        notes=schemas.remarks([files], "notes").to_pylist(),
        documents=count,
        pairs=pairs,
        hours={name: spent * engine.threads / 3600 for name, spent in seconds.items()},
        workers=engine.threads,
        disk=round(sum(bare[name] + (full[name] - bare[name]) * more[name] for name in made)),
        memory=round(BASE + by_document * (some.nbytes + WHILE_JOINED * made["fingerprints"].nbytes)),
    )


def _warm_up(files: Sequence[str], options: Options, engine: LocalEngine, progress: Listener | None) -> None:
    """Start and compile what is started and compiled once, whatever the size of a pile."""
    _read(files, options, engine)
    texts = _read([Text(NOTICE, doc="notice"), Text(REPRINT, doc="reprint")], options, engine)
    pair = schemas.PAIRS.table([{"a": "notice", "b": "reprint"}])
    for given in (None, pair):  # the search for pairs, and what follows it whatever was found
        run(texts, options, engine, given=given, clock=Clock(progress))


def _size(file: Mapping[str, Any], limit: int) -> int:
    """Return the bytes of a file that will be read; none of one that is too large, but for tables by their names."""
    size = int(file["size"])
    return size if size <= limit or file["name"].lower().endswith(ANY_SIZE) else 0


def _sample(files: pa.Table, sizes: Mapping[str, int], enough: float) -> list[str]:
    """Return paths to read, drawn by the digests of the files' names below their sources."""
    rows = files.select(["path", "name", "uri"]).to_pylist()
    rows.sort(key=lambda row: (blake2b(row["name"].encode()).digest(), row["uri"]))
    sample: list[str] = []
    held = 0
    for path in (os.fsdecode(row["path"]) for row in rows):
        if held >= MOST_BYTES or (held >= enough and len(sample) >= LEAST_FILES):
            break
        sample.append(path)
        held += sizes[path]
    return sample


def _spread(documents: pa.Table, most: int) -> pa.Table:
    """Return at most so many documents, evenly from all: neighbours in a table are often of one length."""
    count = documents.num_rows
    return documents if count <= most else documents.take([at * count // most for at in range(most)])


def _read(sources: Sequence[Source], options: Options, engine: LocalEngine) -> pa.Table:
    return read_documents(sources, options=options.documents, engine=engine) if sources else schemas.DOCUMENTS.empty()


def _trial(pairs: pa.Table, documents: pa.Table) -> pa.Table:
    """Return pairs of the sample to be aligned: those found, and neighbours by id where these are few."""
    docs = documents.column("doc").to_pylist()
    found = [(row["a"], row["b"]) for row in pairs.slice(0, TRIAL_PAIRS).select(["a", "b"]).to_pylist()]
    beside = [pair for pair in pairwise(docs) if pair not in found]
    return schemas.PAIRS.table({"a": a, "b": b} for a, b in (found + beside)[:TRIAL_PAIRS])


def _sizes(tables: Mapping[str, pa.Table]) -> dict[str, int]:
    """Return the bytes that tables take on disk."""
    with TemporaryDirectory() as folder:
        Folder.create(folder).write(tables)
        return {file.parent.name: file.stat().st_size for file in Path(folder).glob("tables/*/*.parquet")}
