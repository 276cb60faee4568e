"""Compare two documents, and trace a pile."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stemmata import schemas
from stemmata._version import __version__
from stemmata.errors import OptionError
from stemmata.readers.addresses import shown
from stemmata.traced import Trace

if TYPE_CHECKING:
    from stemmata.documents import ArrowTable, Source
    from stemmata.engines import Engine, Listener
    from stemmata.engines.spark import SparkEngine
    from stemmata.pipeline import Clock, Options


def compare(
    a: Source,
    b: Source,
    *,
    copy: str | None = None,
    base: Source | Iterable[Source] | None = None,
    options: Options | None = None,
    engine: Engine | None = None,
    progress: Listener | None = None,
) -> Trace:
    """Compare two documents: whether one is made from the other, which one, and what was changed.

    Parameters
    ----------
    a, b : path, Text or table
        Two sources of one document each.
    copy : {"a", "b"}, optional
        The source that is known to be the copy.
    base : source, or several of them, optional
        Texts that were given to everybody, such as an assignment or a form: what stands in them is no reuse.
    options : Options, optional
        Options of every stage.
    engine : Engine, optional
        Where the stages run; by default this machine.
    progress : callable, optional
        Called with a :class:`stemmata.engines.Progress` before each stage begins and as it goes on; its text is a line
        for people.

    Returns
    -------
    Trace
        The answer does not depend on which document is called ``a``, nor on ids.

    Raises
    ------
    SourceError
        A document or a base text could not be read, or a source holds more than one; ``MissingSource``: it is not
        there.
    ClashError
        Both are the same file, or texts or rows at hand with one id.
    OptionError
        ``copy`` is neither ``"a"`` nor ``"b"``.
    """
    from stemmata.documents import read_pair
    from stemmata.engines import LocalEngine
    from stemmata.pipeline import Clock, Options

    if copy not in (None, "a", "b"):
        raise OptionError(f"copy must be 'a' or 'b', and is {copy!r}.", where="compare", mend="name a side.")
    options, engine = options or Options(), engine or LocalEngine()
    _check_options(options)
    started, clock = datetime.now(UTC), Clock(progress)
    with clock.stage("documents"):
        documents, ids = read_pair(a, b, options=options.documents, engine=engine)
        given_texts = _read_base(base, options, engine)
    docs = sorted(ids)
    known = None if copy is None else "ab"[docs.index(ids["ab".index(copy)])]
    given = schemas.PAIRS.table([{"a": docs[0], "b": docs[1], "copy": known}])
    words = ["compare", named(a), named(b), *(["--copy", copy] if copy else [])]
    return _traced("compare", words, [a, b], documents, options, engine, started, clock, given=given, base=given_texts)


def trace(
    sources: Source | Iterable[Source],
    *,
    metadata: str | os.PathLike[str] | ArrowTable | None = None,
    base: Source | Iterable[Source] | None = None,
    options: Options | None = None,
    engine: Engine | None = None,
    progress: Listener | None = None,
) -> Trace:
    """Trace a pile of documents: which texts derive from which, which is the original, and what each copy changed.

    Parameters
    ----------
    sources : path, folder, glob, Text, table, or several of them
        Everything that :func:`stemmata.read_documents` reads; or the one folder that :func:`stemmata.join_shards` has
        written, whose pairs are gone on with.
    metadata : path or table, optional
        What is known of the documents beside them: see :func:`stemmata.read_documents`.
    base : source, or several of them, optional
        Texts that were given to everybody, such as an assignment or a form: what stands in them is no reuse.
    options : Options, optional
        Options of every stage.
    engine : Engine, optional
        Where the stages run; by default this machine.
    progress : callable, optional
        Called with a :class:`stemmata.engines.Progress` before each stage begins and as it goes on; its text is a line
        for people.

    Returns
    -------
    Trace
        The same for any order of sources and number of workers. What could not be read stands in ``skipped``.

    Raises
    ------
    SourceError
        Nothing is given, or something that cannot be a source, or a base text could not be read; ``MissingSource``:
        a source is not there.
    ClashError
        A file is given twice, or two texts or rows at hand have one id.
    OptionError
        Of shards that were joined: options, or metadata, come too late.
    """
    from stemmata.documents import read_documents
    from stemmata.engines import LocalEngine
    from stemmata.engines.spark import SparkEngine
    from stemmata.joined import open_joined
    from stemmata.pipeline import Clock, Options
    from stemmata.readers.sources import part_sources

    options, engine = options or Options(), engine or LocalEngine()
    _check_options(options)
    if isinstance(engine, SparkEngine):
        return _trace_there(sources, metadata, base, options, engine, Clock(progress))
    given = part_sources(sources).listed
    started, clock = datetime.now(UTC), Clock(progress)
    made = None
    with clock.stage("documents"):
        if joined := open_joined(given, options, engine):
            if metadata is not None:
                raise OptionError(
                    "metadata come too late: the pairs are there already.",
                    where=joined.path,
                    mend="leave them out; or fingerprint tables that hold them in columns.",
                )
            made, options = joined.tables, joined.options
            documents = made["documents"]
        else:
            documents = read_documents(given, metadata=metadata, options=options.documents, engine=engine)
        given_texts = _read_base(base, options, engine)
    words = _words(given, metadata)
    return _traced("trace", words, given, documents, options, engine, started, clock, base=given_texts, made=made)


def _trace_there(sources: Any, metadata: Any, base: Any, options: Options, engine: SparkEngine, clock: Clock) -> Trace:
    """Trace a collection on a cluster."""
    from stemmata.crawl.tracing import trace_collection
    from stemmata.engines import LocalEngine
    from stemmata.readers.sources import part_sources

    given = part_sources(sources).listed
    known = {"metadata": metadata, "base": _read_base(base, options, LocalEngine())}
    return trace_collection(given, _words(given, metadata), **known, options=options, engine=engine, clock=clock)


def _words(given: Sequence[Source], metadata: Any) -> list[str]:
    return ["trace", *sorted(map(named, given)), *(["--metadata", named(metadata)] if metadata is not None else [])]


def _check_options(options: Options) -> None:
    """Refuse files of counts, and a pipeline for names, that cannot be used before anything is read."""
    from stemmata.alterations.recognised import check_pipeline
    from stemmata.countfiles import read_provenance

    check_pipeline(options.changes.names)
    for path in options.statistics.counts:
        read_provenance(path)


def _read_base(base: Source | Iterable[Source] | None, options: Options, engine: Engine) -> pa.Table | None:
    from stemmata.documents import read_all

    return None if base is None else read_all(base, "a base text", options=options.documents, engine=engine)


def _traced(
    verb: str,
    words: Sequence[str],
    sources: Sequence[Source],
    documents: pa.Table,
    options: Options,
    engine: Engine,
    started: datetime,
    clock: Clock,
    *,
    given: pa.Table | None = None,
    base: pa.Table | None = None,
    made: Mapping[str, pa.Table] | None = None,
) -> Trace:
    """Run the stages on what was read, and say how."""
    from stemmata.pipeline import run

    tables = run(documents, options, engine, given=given, base=base, made=made, clock=clock)
    texts = [] if base is None else base.select(["doc", "sha256"]).to_pylist()
    about = {
        "version": __version__,
        "verb": verb,
        "command": " ".join(["stemmata", *words, *_named_base(texts), *named_options(options)]),
        "sources": sorted(map(named, sources)),
        "options": options.to_dict() | ({"base": texts} if texts else {}),
        "started": started.isoformat(),
        "seconds": clock.seconds,
    }
    return Trace(tables, about=about)


def _named_base(texts: Sequence[Mapping[str, str]]) -> list[str]:
    return [word for text in texts for word in ("--base", shlex.quote(text["doc"]))]


def named_options(options: Options) -> list[str]:
    """Return the options as a command line has them; the others a report names."""
    limit, exclude = options.documents.limit_bytes, options.relations.exclude
    limits = [] if limit == type(options.documents)().limit_bytes else ["--limit-bytes", str(limit)]
    if options.documents.pages != type(options.documents)().pages:
        limits += ["--pages", options.documents.pages]
    if exclude != type(options.relations)().exclude:
        limits += ["--exclude", ",".join(exclude) or "none"]
    if options.pairs.quotations:
        limits.append("--quotations")
    for path in options.statistics.counts:
        limits += ["--counts", shlex.quote(path)]
    if options.changes.names != type(options.changes)().names:
        limits += ["--names", shlex.quote(options.changes.names)]
    if options.directions.text_only:
        limits.append("--text-only")
    return limits


def named(source: Source) -> str:
    """Return a source as a command line names it; texts and tables at hand by what they are."""
    return shlex.quote(shown(source)) if isinstance(source, str | os.PathLike) else f"<{type(source).__name__}>"
