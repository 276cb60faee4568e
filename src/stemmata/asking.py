"""Ask where a text comes from that somebody hands over, among the documents of a library or a run; nothing is kept."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Protocol

import pyarrow as pa

from stemmata import catalog
from stemmata.documents import DocumentOptions, read_one
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import FormatError, OptionError
from stemmata.finding import Found, Held, find_matches
from stemmata.fingerprints import fingerprint
from stemmata.folder import Folder
from stemmata.founding import own_options, refuse_outdated
from stemmata.holdings import Holdings
from stemmata.pipeline import Clock, Options
from stemmata.readers.sources import Text
from stemmata.rulings import Rulings, read_rulings
from stemmata.traced import Trace
from stemmata.traceholdings import TraceHoldings

WHAT = "a text to be found"
UNNAMED = "your text"
SUFFIXES = frozenset(
    (".csv", ".docx", ".eml", ".epub", ".gz", ".htm", ".html", ".json", ".jsonl", ".md", ".odt", ".pdf", ".txt", ".xml")
)  # that a file keeps; what it is, is told by its content
LIMIT_BYTES = 20_000_000


class Given(NamedTuple):
    """A text as it was handed over.

    Parameters
    ----------
    name : str
        What it is called in the answer; nothing else is made of it.
    text : str or bytes
        The text itself, or what a file holds.
    """

    name: str
    text: str | bytes


class Asked(Protocol):
    """Whoever can be asked."""

    def find(self, given: Given, most: int = 10) -> Found:
        """Find what a text derives from, and what derives from it.

        Raises
        ------
        SourceError
            It could not be read, or holds several documents.
        """


class AskedLibrary:
    """A library, as it is each time that it is asked.

    Parameters
    ----------
    path : path
        Its folder.
    engine : Engine, optional
        Where the stages run; by default this machine.
    """

    def __init__(self, path: Path, engine: Engine | None = None) -> None:
        self._path, self._engine = path, engine or LocalEngine()
        self._lock = Lock()
        self._held: Holdings | None = None

    def find(self, given: Given, most: int = 10) -> Found:
        """Find a text in the newest generation."""
        holdings = self._holdings()
        options = own_options(holdings.folder)
        asked = read_given(given, options.documents, self._engine)
        return _find(holdings, asked, most, options, self._engine, read_rulings(self._path), "library")

    def _holdings(self) -> Holdings:
        with self._lock:
            if self._held is None or catalog.read(self._path).generation != self._held.folder.catalog.generation:
                folder = Folder.open(self._path)
                refuse_outdated(folder)
                self._held = Holdings(folder)
            return self._held


class AskedRun:
    """A run, whose k-grams are sorted when it is first asked.

    Parameters
    ----------
    trace : Trace
        Its tables.
    options : Options
        With which it was made.
    place : str
        What it is called.
    engine : Engine, optional
        Where the stages run; by default this machine.

    Raises
    ------
    OptionError
        It has no k-grams, as that of witnesses.
    """

    def __init__(self, trace: Trace, options: Options, place: str, engine: Engine | None = None) -> None:
        self._options, self._engine = options, engine or LocalEngine()
        self._held = TraceHoldings(trace.documents, trace.fingerprints, trace.statistics, place)
        if len(self._held) and not trace.fingerprints.num_rows:
            raise OptionError(
                "no text can be found in this run: it has no fingerprints.",
                where=place,
                mend="trace its documents as a pile, without --witnesses.",
            )
        self._known = False

    def find(self, given: Given, most: int = 10) -> Found:
        """Find a text in the run."""
        if not self._known:
            self._refuse_outdated()
        asked = read_given(given, self._options.documents, self._engine)
        return _find(self._held, asked, most, self._options, self._engine, Rulings(), "run")

    def _refuse_outdated(self) -> None:
        """Refuse a run whose k-grams another version made: a document of its own would not be found in it."""
        for row in range(len(self._held)):
            own = self._held.take([row])
            made = fingerprint(own, self._held.statistics, options=self._options.fingerprints, engine=self._engine)
            if made.num_rows:
                if row not in self._held.postings.meet(made["hash"].to_numpy(), self._held.facts.cap).number:
                    raise FormatError(
                        "its words were cut or hashed in another way than this stemmata does.",
                        where=self._held.place,
                        mend="trace its documents anew.",
                    )
                break
        self._known = True


def read_given(given: Given, options: DocumentOptions, engine: Engine) -> pa.Table:
    """Return ``schemas.DOCUMENTS`` of a text, one row under the name that it was given.

    A file lies for a moment in a folder of its own, under a name that is not the person's.
    """
    name = " ".join(given.name.replace("\0", " ").split()) or UNNAMED
    if isinstance(given.text, str):
        return read_one(Text(given.text, doc=name), WHAT, options=options, engine=engine)
    suffix = Path(name).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="stemmata-") as folder:
        file = Path(folder) / f"text{suffix if suffix in SUFFIXES else ''}"
        file.write_bytes(given.text)
        bounded = replace(options, limit_bytes=min(options.limit_bytes, LIMIT_BYTES))
        read = read_one(file, WHAT, options=bounded, engine=engine)
    at = read.column_names.index("doc")
    return read.set_column(at, read.schema.field("doc"), pa.array([name], pa.string()))


def _find(
    held: Held, asked: pa.Table, most: int, options: Options, engine: Engine, rulings: Rulings, within: str
) -> Found:
    find = partial(find_matches, held, asked, most=most, rulings=rulings, within=within)
    return find(options=options, engine=engine, clock=Clock())
