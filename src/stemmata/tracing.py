"""A trace: everything that was found about some documents, table by table."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self, overload

import pyarrow as pa
import pyarrow.dataset as ds

from stemmata import schemas
from stemmata._version import __version__
from stemmata.catalog import LIBRARY, Origin, digest, is_run, refuse_within
from stemmata.errors import OptionError, SchemaError
from stemmata.folder import Folder
from stemmata.placing import place_file, refuse_nul
from stemmata.readers.addresses import shown

if TYPE_CHECKING:
    from stemmata.documents import ArrowTable, Source
    from stemmata.engines import Engine, Listener
    from stemmata.pipeline import Clock, Options


class _Table:
    """An attribute of a trace that is one of its tables."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.__doc__ = f"One row is {schemas.BY_NAME[name].row}."

    @overload
    def __get__(self, trace: None, owner: type) -> Self: ...
    @overload
    def __get__(self, trace: Trace, owner: type) -> pa.Table: ...
    def __get__(self, trace: Trace | None, owner: type) -> Self | pa.Table:
        return self if trace is None else trace._read(self.name)


class Trace:
    """What was found: every table of :mod:`stemmata.schemas` as an attribute, sorted by its key.

    A table that lies in a folder is read when it is first asked for.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        By name. Rows that travel with them (:func:`stemmata.schemas.remark`) become ``skipped`` and
        ``notes`` where these are not given; ``statistics`` is empty where it is not given.
    about : mapping, optional
        How it was found: version, command, options, started, seconds by stage. Values that JSON can hold.
    folder : Folder, optional
        Where the tables lie that are not in ``tables``.

    Raises
    ------
    SchemaError
        A name is unknown; on asking for a table: it is not there, because its stage was not run.
    FolderError
        On asking for a table: its file is missing or damaged.
    """

    documents = _Table()
    fingerprints = _Table()
    pairs = _Table()
    alignments = _Table()
    relations = _Table()
    families = _Table()
    collations = _Table()
    directions = _Table()
    stemma = _Table()
    readings = _Table()
    changes = _Table()
    statistics = _Table()
    skipped = _Table()
    notes = _Table()

    def __init__(
        self,
        tables: Mapping[str, pa.Table],
        *,
        about: Mapping[str, object] | None = None,
        folder: Folder | None = None,
    ) -> None:
        if unknown := sorted(set(tables) - set(schemas.BY_NAME)):
            raise SchemaError(f"there is no table '{unknown[0]}'.", mend=f"use the names {', '.join(schemas.BY_NAME)}.")
        if folder is None:
            side = {name: schemas.remarks(tables.values(), name) for name in ("skipped", "notes")}
            tables = {"statistics": schemas.STATISTICS.empty(), **side, **tables}
        self.about: Mapping[str, object] = dict(about or {})
        self._tables = {name: table.replace_schema_metadata(None) for name, table in tables.items()}
        self._folder = folder

    def __repr__(self) -> str:
        parts = []
        if "documents" in self.names:
            parts.append(_counted(self.dataset("documents").count_rows(), "document"))
        if "relations" in self.names:
            kinds = Counter(self.dataset("relations").to_table(columns=["kind"])["kind"].to_pylist())
            named = ", ".join(f"{kinds[kind]} {kind}" for kind in schemas.KINDS if kind in kinds)
            parts.append(_counted(kinds.total(), "relation") + (f" ({named})" if named else ""))
        return f"<Trace: {', '.join(parts) or 'no documents'}>"

    def _repr_html_(self) -> str:
        from stemmata.report.notebook import render_notebook

        return render_notebook(self)

    def dataset(self, name: str) -> ds.Dataset:
        """Return a table to be scanned, filtered and read in pieces; in a folder it may exceed memory.

        Parameters
        ----------
        name : str
            One of the attributes.

        Raises
        ------
        SchemaError
            There is no such table.
        FolderError
            Its file is missing or damaged.
        """
        if self._folder and name not in self._tables:
            return self._folder.dataset(name)
        return ds.dataset(self._read(name))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write all tables into a folder, for :func:`stemmata.open` and for other programs.

        Parameters
        ----------
        path : str or path
            A new or an empty folder, or one that stemmata has written: it then holds this trace instead.

        Raises
        ------
        FolderError
            It cannot be written; in particular ``FormatError``: it holds other files, and
            ``LockedError``: another process is writing it.
        """
        tables = {name: self._read(name) for name in self.names}
        Folder.create(path).write(tables, about=self.about, origin=self._origin(tables))

    def report(self, path: str | os.PathLike[str]) -> Path:
        """Write the report, one HTML file that needs nothing else, and return its path.

        A file that is there is replaced; through a symbolic link, the file that it leads to.

        Raises
        ------
        FolderError
            It cannot be written, or something that is not a file is there.
        """
        from stemmata.report.html import render_html

        return place_page(path, lambda: render_html(self))

    def anonymise(self) -> Trace:
        """Return a trace in which documents, sites, authors and groups go by numbers: to be shown, saved or reported.

        Names of sites and authors of a document's own family are blacked out in its text. The other words of texts, and
        dates, stay; whoever searches for a sentence finds where it stood.
        """
        from stemmata.pseudonyms import anonymise, unnamed

        return Trace(anonymise({name: self._read(name) for name in self.names}), about=unnamed(self.about))

    def export(self, path: str | os.PathLike[str], family: str | None = None) -> Path:
        """Write a family's tree, or what its members read, as a file of another program, and return its path.

        Parameters
        ----------
        path : str or path
            The end of its name says the format: ``.svg``, or one of :data:`stemmata.interchange.formats.FORMATS`.
        family : str, optional
            By default the only one; for ``.dot``, ``.nex``, ``.graphml``, ``.gexf`` and ``.json`` all.

        Raises
        ------
        OptionError
            No format goes by the name; there is no such family, or there are several and none was named; or no members
            of it were set beside each other.
        FolderError
            It cannot be written.
        """
        from stemmata.exporting import export_trace

        return export_trace(self, path, family).path

    @property
    def names(self) -> list[str]:
        """The tables that it holds, in the order of the stages."""
        held = {*self._tables, *(self._folder.catalog.tables if self._folder else ())}
        return [name for name in schemas.BY_NAME if name in held]

    def _read(self, name: str) -> pa.Table:
        if name not in self._tables:
            if self._folder is None:
                raise SchemaError(
                    f"there is no table '{name}'.",
                    where="the trace",
                    mend=f"it holds {', '.join(self.names)}; run the stage that makes '{name}'.",
                )
            self._tables[name] = self._folder.read(name)
        return self._tables[name]

    def _origin(self, tables: Mapping[str, pa.Table]) -> Origin:
        from stemmata.facts import Facts

        documents = tables.get("documents", schemas.DOCUMENTS.empty())
        return Origin(
            inputs=digest(documents.select(["doc", "sha256"]).to_pylist()),
            options=digest(self.about["options"]) if "options" in self.about else "",
            statistics=Facts.of(tables["statistics"]).digest,
        )


def place_page(path: str | os.PathLike[str], render: Callable[[], str]) -> Path:
    """Write a page as :meth:`Trace.report` does; where it cannot go, it is not made."""
    from stemmata.joined import verb_of

    refuse_nul(path)
    folder = Path(os.path.realpath(path)).parent
    if not (Path(path).suffix == ".html" and is_run(folder) and verb_of(folder) != LIBRARY):
        refuse_within(path)  # into the folder of a run the report may go, and nothing else
    page = render()
    return place_file(path, lambda fresh: fresh.write_text(page, encoding="utf-8", newline="\n"), "the report")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


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
    from stemmata.joined import open_joined
    from stemmata.pipeline import Clock, Options
    from stemmata.readers.sources import part_sources

    options, engine = options or Options(), engine or LocalEngine()
    _check_options(options)
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
    words = ["trace", *sorted(map(named, given)), *(["--metadata", named(metadata)] if metadata is not None else [])]
    return _traced("trace", words, given, documents, options, engine, started, clock, base=given_texts, made=made)


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
