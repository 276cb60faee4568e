"""A trace: everything that was found about some documents, table by table."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self, overload

import pyarrow as pa
import pyarrow.dataset as ds

from stemmata import schemas
from stemmata.catalog import LIBRARY, Origin, digest, is_run, refuse_within
from stemmata.errors import SchemaError
from stemmata.folder import Folder
from stemmata.placing import place_file, refuse_nul


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
