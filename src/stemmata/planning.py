"""What a run would cost, said before it is spent: every stage runs on a sample, and is scaled up."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from stemmata import schemas
from stemmata.documents import read_documents
from stemmata.engines import LocalEngine
from stemmata.folder import Folder
from stemmata.pipeline import STAGES, Clock, Options, run
from stemmata.readers.walking import find_files

SHARE = 0.01  # of the files
LEAST_FILES, LEAST_DOCUMENTS = 20, 200  # a smaller sample says nothing
PAIRS_A_DOCUMENT = 2.0  # that are worth aligning; measured on 29,678 articles, before they are verified
TRIAL_PAIRS = 50
WARMING = 4  # files that are read before the clock is set
BY_DOCUMENT = ("documents", "statistics", "fingerprints", "pairs")  # stages whose cost grows with the documents
WHILE_JOINED = 3.0  # times its size that the table of fingerprints takes while it is joined with itself
BASE = 400_000_000  # bytes of the interpreter, the libraries and the languages' lists


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a run would cost.

    Parameters
    ----------
    files, size : int
        What would be read, and its bytes.
    sample : int
        Files that were read to tell.
    skipped : int
        Those of them that could not be read.
    documents, pairs : int
        About how many there will be.
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
    skipped: int
    documents: int
    pairs: int
    hours: Mapping[str, float]
    workers: int
    disk: int
    memory: int


def plan_run(
    sources: Sequence[str],
    *,
    options: Options,
    engine: LocalEngine,
    progress: Callable[[str], None] | None = None,
) -> Plan:
    """Run all stages on one file in a hundred, and say what the whole would cost.

    The sample is the same at every call. Reading and sketching grow with the documents; what follows grows with the
    pairs, of which a sample holds too few, so that two a document are reckoned with.

    Parameters
    ----------
    sources : sequence of str
        Paths of files and folders, and patterns.
    options, engine : Options, LocalEngine
        Of the run.
    progress : callable, optional
        Called with the name of each stage before it begins.

    Raises
    ------
    MissingSource
        A path leads nowhere, or a pattern matches nothing.
    """
    reading, sketching, aligning = Clock(progress), Clock(progress), Clock(progress)
    files = [os.fsdecode(path) for path in find_files(dict(enumerate(sources))).column("path").to_pylist()]
    sizes = {file: os.path.getsize(file) if os.path.isfile(file) else 0 for file in files}
    sample = sorted(files, key=lambda file: blake2b(os.fsencode(os.path.basename(file))).digest())
    sample = sample[: max(LEAST_FILES, ceil(SHARE * len(files)))]
    few = _read(sample[:WARMING], options, engine)  # to start what is started once, whatever the size of a pile
    run(few, options, engine)
    with reading.stage("documents"):
        read = _read(sample, options, engine)
    growth = sum(sizes.values()) / max(1, sum(sizes[file] for file in sample))
    count = round(growth * read.num_rows)
    some = read.slice(0, max(LEAST_DOCUMENTS, ceil(SHARE * read.num_rows)))
    tables = {"documents": some}
    for stage in STAGES[: len(BY_DOCUMENT) - 1]:
        with sketching.stage(stage.name):
            taken = [tables[name] for name in stage.takes]
            tables[stage.name] = stage.function(*taken, options=getattr(options, stage.name), engine=engine)
    trial = _trial(tables["pairs"], some)
    made = run(some, options, engine, given=trial, clock=aligning)

    pairs = round(PAIRS_A_DOCUMENT * count)
    more, more_pairs = count / max(1, some.num_rows), pairs / max(1, trial.num_rows)
    seconds = {name: spent * growth for name, spent in reading.seconds.items()}
    seconds |= {name: spent * more for name, spent in sketching.seconds.items()}
    seconds |= {name: spent * more_pairs for name, spent in aligning.seconds.items() if name not in BY_DOCUMENT}
    return Plan(
        files=len(files),
        size=sum(sizes.values()),
        sample=len(sample),
        skipped=schemas.remarks([read], "skipped").num_rows,
        documents=count,
        pairs=pairs,
        hours={name: spent * engine.threads / 3600 for name, spent in seconds.items()},
        workers=engine.threads,
        disk=round(sum(size * (more if name in BY_DOCUMENT else more_pairs) for name, size in _sizes(made).items())),
        memory=round(BASE + more * (some.nbytes + WHILE_JOINED * made["fingerprints"].nbytes)),
    )


def _read(files: Sequence[str], options: Options, engine: LocalEngine) -> pa.Table:
    return read_documents(files, options=options.documents, engine=engine) if files else schemas.DOCUMENTS.empty()


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
