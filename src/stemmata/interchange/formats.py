"""Which formats there are, by the ends of files' names."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from stemmata.collating.collation import Collation
from stemmata.errors import MissingSource, OptionError, SourceError
from stemmata.interchange.collatex import parse_collatex, render_collatex
from stemmata.interchange.delimited import parse_delimited, render_delimited
from stemmata.interchange.dot import render_dot
from stemmata.interchange.graphml import render_gexf, render_graphml
from stemmata.interchange.lineage import Lineage
from stemmata.interchange.newick import render_newick
from stemmata.interchange.nexus import render_nexus
from stemmata.interchange.stemmajson import render_json
from stemmata.interchange.tei import render_tei
from stemmata.placing import place_file
from stemmata.readers.files import is_there, read_bytes
from stemmata.readers.limits import Limits

LIMIT_BYTES = Limits().bytes


@dataclass(frozen=True, kw_only=True)
class Given:
    """What there is to be written; a format takes of it what it can hold.

    Parameters
    ----------
    stemma : pyarrow.Table
        ``schemas.STEMMA``, of one family or several.
    documents, relations : pyarrow.Table
        Titles, times and sigla; kinds of branches.
    collation : Collation
        Of one family.
    """

    stemma: pa.Table | None = None
    documents: pa.Table | None = None
    relations: pa.Table | None = None
    collation: Collation | None = None

    @property
    def lineage(self) -> Lineage:
        """The stemma as a graph."""
        return Lineage.of(self.stemma, self.documents, self.relations)

    @property
    def lost(self) -> set[str]:
        """The lost copies of the stemma."""
        return set() if self.stemma is None else {member.doc for member in self.lineage.members if member.lost}


@dataclass(frozen=True)
class Format:
    """A format: what files of it hold, ``stemma`` or ``collation``; its name; who writes and who reads it."""

    holds: str
    name: str
    render: Callable[[Given], str]
    parse: Callable[[bytes], Collation] | None = None


def _collated(write: Callable[[Collation, Given], str]) -> Callable[[Given], str]:
    def render(given: Given) -> str:
        assert given.collation is not None
        return write(given.collation, given)

    return render


FORMATS: Mapping[str, Format] = {
    ".dot": Format("stemma", "DOT (Graphviz)", lambda given: render_dot(given.lineage)),
    ".nwk": Format("stemma", "Newick", lambda given: render_newick(given.lineage)),
    ".nex": Format("stemma", "NEXUS", lambda given: render_nexus(given.lineage, given.collation)),
    ".graphml": Format("stemma", "GraphML", lambda given: render_graphml(given.lineage)),
    ".gexf": Format("stemma", "GEXF 1.3", lambda given: render_gexf(given.lineage)),
    ".json": Format("stemma", "JSON", lambda given: render_json(given.lineage, given.collation)),
    ".csv": Format("collation", "CSV", _collated(lambda found, _: render_delimited(found)), parse_delimited),
    ".tsv": Format("collation", "TSV", _collated(lambda found, _: render_delimited(found, "\t")), parse_delimited),
    ".collatex.json": Format(
        "collation", "JSON of CollateX", _collated(lambda found, _: render_collatex(found)), parse_collatex
    ),
    ".tei.xml": Format(
        "collation",
        "TEI P5, parallel segmentation",
        _collated(lambda found, given: render_tei(found, given.documents, given.lost)),
    ),
}


def format_of(path: str | os.PathLike[str]) -> Format:
    """Return the format of a file by its name, of two that fit the one with the longer end.

    Raises
    ------
    OptionError
        No format has this end; names those there are.
    """
    name = os.fsdecode(path)
    fitting = [suffix for suffix in FORMATS if name.lower().endswith(suffix)]
    if not fitting:
        ends = {
            holds: ", ".join(suffix for suffix, form in FORMATS.items() if form.holds == holds)
            for holds in ("stemma", "collation")
        }
        raise OptionError(
            "no format goes by this name.",
            where=name,
            mend=f"end it in one of {ends['stemma']} for stemmata, {ends['collation']} for a collation.",
        )
    return FORMATS[max(fitting, key=len)]


def render(path: str | os.PathLike[str], given: Given) -> str:
    """Return what is to stand in a file of this name.

    Raises
    ------
    OptionError
        No format goes by the name, or what it holds is not given.
    SchemaError
        A table is not of its schema, or the stemma is no tree.
    """
    form = format_of(path)
    if getattr(given, form.holds) is None:
        raise OptionError(
            f"there is no {form.holds}, which {form.name} holds.",
            where=os.fsdecode(path),
            mend=f"choose a format of another kind, or give a {form.holds}.",
        )
    return form.render(given)


def write(path: str | os.PathLike[str], given: Given) -> Path:
    """Write a stemma or a collation, in UTF-8, in the format that the end of the name says.

    Raises
    ------
    FolderError
        The file cannot be written.
    OptionError, SchemaError
        As :func:`render`.
    """
    text = render(path, given)
    return place_file(path, lambda fresh: fresh.write_bytes(text.encode()), f"the {format_of(path).holds}")


def read_collation(path: str | os.PathLike[str], *, limit_bytes: int = LIMIT_BYTES) -> Collation:
    """Read a collation: CSV, TSV, or JSON of CollateX, whose name may end in ``.json`` alone.

    Parameters
    ----------
    path : str or path
        The file; the end of its name says its format.
    limit_bytes : int
        The largest file to read.

    Raises
    ------
    OptionError
        No format that can be read goes by the name.
    MissingSource
        The file is not there.
    SourceError
        It is too large, may not be read, or is no collation; says where in it.
    """
    name = os.fsdecode(path)
    parse = parse_collatex if name.lower().endswith(".json") else format_of(path).parse
    if parse is None:
        read = ", ".join(suffix for suffix, form in FORMATS.items() if form.parse)
        raise OptionError(
            f"collations in {format_of(path).name} are not read.", where=name, mend=f"give one of {read}."
        )
    if not is_there(name):
        raise MissingSource("the collation is not there.", where=name, mend="check the path.")
    try:
        return parse(read_bytes(name, limit_bytes))
    except SourceError as error:
        where = ", ".join(filter(None, (name, error.where)))
        raise SourceError(error.what, where=where, mend=error.mend) from error
