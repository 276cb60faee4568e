"""Fingerprints of a share of the sources, in a folder: what each machine of several does by itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stemmata import schemas
from stemmata._version import __version__
from stemmata.catalog import SHARD, digest
from stemmata.documents import Source, read_documents, read_share
from stemmata.engines import Engine, Listener, LocalEngine, Progress
from stemmata.errors import MissingSource, SourceError
from stemmata.facts import Facts
from stemmata.fingerprints import fingerprint
from stemmata.folder import Folder
from stemmata.generations import ROWS_PER_GROUP
from stemmata.pipeline import Clock, Options
from stemmata.placing import place_file
from stemmata.readers.addresses import is_address, redact, shown
from stemmata.readers.shares import Share
from stemmata.readers.sources import part_sources
from stemmata.rows.origins import refuse_sources
from stemmata.sketches import KEY, Sketch
from stemmata.statistics import StatisticsOptions, collect_statistics

Sources: TypeAlias = "Source | Iterable[Source]"
OPTIONS = b"stemmata.statistics"  # under which a file of statistics says by which options they were made


class Known(NamedTuple):
    """``schemas.STATISTICS``, and the options by which they were made."""

    table: pa.Table
    options: StatisticsOptions


class Written(NamedTuple):
    """What was written where.

    Parameters
    ----------
    path : Path
        A file or a folder.
    counts : mapping of str to int
        How many there are of what.
    skipped, notes : sequence of mappings
        Rows of ``schemas.SKIPPED`` and ``schemas.NOTES``.
    about : mapping
        How it was made.
    """

    path: Path
    counts: Mapping[str, int]
    skipped: Sequence[Mapping[str, str]]
    notes: Sequence[Mapping[str, Any]]
    about: Mapping[str, Any]


def write_statistics(
    sources: Sources,
    output: str | os.PathLike[str],
    *,
    options: Options | None = None,
    engine: Engine | None = None,
    progress: Listener | None = None,
) -> Written:
    """Collect the facts about a collection, and write them into a file that all its shards take as given.

    Parameters
    ----------
    sources : path, folder, glob, Text, table, or several of them
        Everything that :func:`stemmata.read_documents` reads.
    output : str or path
        A Parquet file of ``schemas.STATISTICS``. One that is there is replaced, and is no source of its successor.
    options : Options, optional
        Of which ``documents`` and ``statistics`` are asked.
    engine : Engine, optional
        Where to read and to count; by default this machine.
    progress : callable, optional
        Called with a :class:`stemmata.engines.Progress` before each stage, and as it goes on.

    Raises
    ------
    OptionError
        The file is one of the sources, or would lie in the folder of a run.
    FolderError
        It cannot be written. Further as :func:`stemmata.read_documents`.
    """
    options, engine, clock = options or Options(), engine or LocalEngine(), Clock(progress)
    _, given = _named(sources)
    refuse_sources([output], given, apart=output if _is_statistics(output) else None)
    started = datetime.now(UTC)
    with clock.stage("documents"):
        documents = read_documents(given, apart=output, options=options.documents, engine=engine)
    with clock.stage("statistics"):
        found = collect_statistics(documents, options=options.statistics, engine=engine)
    table = found.replace_schema_metadata({OPTIONS: json.dumps(asdict(options.statistics))})
    path = place_file(output, lambda fresh: pq.write_table(table, fresh, compression="zstd"), "the statistics")
    return _written(
        path, {"documents": documents.num_rows, "facts": table.num_rows}, [documents, found], started, clock
    )


def _is_statistics(path: str | os.PathLike[str]) -> bool:
    try:
        return os.path.isfile(path) and OPTIONS in (pq.read_metadata(path).metadata or {})
    except (OSError, pa.ArrowException):
        return False


def read_statistics(path: str | os.PathLike[str]) -> Known:
    """Return what :func:`write_statistics` has written.

    Raises
    ------
    MissingSource
        There is no such file.
    SourceError
        It is no Parquet file of statistics.
    """
    where = shown(path)
    mend = "give a file that 'stemmata statistics' has written."
    if not os.path.isfile(path):
        raise MissingSource("there is no such file of statistics.", where=where, mend=mend)
    try:
        table = schemas.STATISTICS.check(pq.read_table(path))
        options = StatisticsOptions(**json.loads(table.schema.metadata[OPTIONS]))
        return Known(table.replace_schema_metadata(None), options)
    except (OSError, pa.ArrowException, LookupError, TypeError, ValueError) as error:
        raise SourceError("this is no file of statistics.", where=where, mend=mend) from error


def by_group(kept: pa.Table) -> pa.Table:
    """Return fingerprints in chunks that each list the documents in them alone: a file repeats the list for each."""
    kind = kept.schema.field("doc").type
    chunks = [pa.DictionaryArray.from_arrays(pa.array([], kind.index_type), pa.array([], kind.value_type))]
    for start in range(0, kept.num_rows, ROWS_PER_GROUP):
        docs = kept["doc"].slice(start, ROWS_PER_GROUP).combine_chunks()
        own = pc.unique(docs.indices)
        chunks.append(pa.DictionaryArray.from_arrays(pc.index_in(docs.indices, own), docs.dictionary.take(own)))
    return kept.set_column(0, kept.schema.field("doc"), pa.chunked_array(chunks))


def fingerprint_shard(
    sources: Sources,
    output: str | os.PathLike[str],
    *,
    shard: str = "1/1",
    statistics: str | os.PathLike[str] | None = None,
    options: Options | None = None,
    engine: Engine | None = None,
    progress: Listener | None = None,
) -> Written:
    """Read a share of the sources and keep the k-grams that stand for each document, for :func:`stemmata.join_shards`.

    What a share is depends on the paths and sizes of the files alone; no machine asks another.

    Parameters
    ----------
    sources : path, or several of them
        Files, folders and patterns, the same for all shards.
    output : str or path
        A folder of its own: a new or an empty one, or one that stemmata has written.
    shard : str
        Which one of how many: ``"3/7"``.
    statistics : path, optional
        What :func:`stemmata.write_statistics` has written, the same for all shards. By default function words are those
        of the languages' lists, and k-grams are sampled, since nobody knows how many documents there are.
    options : Options, optional
        Of which ``documents`` and ``fingerprints`` are asked.
    engine : Engine, optional
        Where to read; by default this machine.
    progress : callable, optional
        Called with a :class:`stemmata.engines.Progress` before each stage, and as it goes on.

    Raises
    ------
    OptionError
        ``shard`` is not one of several.
    SourceError
        A source is no path; the statistics are none; further as :func:`stemmata.read_documents`.
    FolderError
        The folder cannot be written.
    """
    options, engine, clock = options or Options(), engine or LocalEngine(), Clock(progress)
    share = Share.read(shard)
    Folder.check_place(output, SHARD)
    names, given = _named(sources)
    started = datetime.now(UTC)
    known = None
    if statistics is None:
        options = replace(options, fingerprints=replace(options.fingerprints, sample_from=0))
    else:
        known, made = read_statistics(statistics)
        options = replace(options, statistics=made)
    facts, own = Facts.of(known), options.fingerprints
    with clock.stage("documents"):
        read = read_share(given, share, apart=statistics, options=options.documents, engine=engine)
    with clock.stage("fingerprints"):
        kept = fingerprint(read.documents, known, options=own, engine=engine)
    sketch = Sketch.make(
        share,
        files=read.digest,
        reading=digest(asdict(options.documents)),
        statistics="" if known is None else facts.digest,
        views=tuple(sorted(own.views)),
        sampled=facts.documents(0) >= own.sample_from,
        skeleton_rate=own.skeleton_rate,
        surface_rate=own.surface_rate,
        floor=own.floor,
    )
    counts = {"documents": read.documents.num_rows, "fingerprints": kept.num_rows}
    written = _written(Path(output), counts, [read.documents, kept], started, clock)
    about = {**written.about, "verb": SHARD, "sources": names, "options": options.to_dict()}
    about[KEY] = sketch.to_dict()
    tables = {"documents": read.documents, "places": read.places, "files": read.files, "fingerprints": by_group(kept)}
    if known is not None and share.number == 1:
        tables["statistics"] = known  # once is enough: all shards had the same
    for side, rows in (("skipped", written.skipped), ("notes", written.notes)):
        tables[side] = schemas.BY_NAME[side].table(rows)
    if progress is not None:
        progress(Progress("writing"))
    Folder.create(output, SHARD).write(tables, about=about)
    return written._replace(about=about)


def _named(sources: Sources) -> tuple[list[str], list[Source]]:
    """Return the names of paths, absolute, and all sources as several."""
    paths, texts, tables = part_sources(sources)
    names = [redact(path) if is_address(path) else os.path.abspath(path) for path in paths.values()]
    return names, [source for _, source in sorted({**paths, **texts, **tables}.items())]


def _written(
    path: Path, counts: Mapping[str, int], tables: Sequence[pa.Table], started: datetime, clock: Clock
) -> Written:
    skipped, notes = (schemas.remarks(tables, side).to_pylist() for side in ("skipped", "notes"))
    about = {"version": __version__, "started": started.isoformat(), "seconds": clock.seconds}
    return Written(path, counts, skipped, notes, about)
