"""A library: documents that are kept, to which others are added, and in which the sources of a text are found."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from stemmata import catalog, schemas
from stemmata._version import __version__
from stemmata.buffers import text_slices
from stemmata.deriving import derive
from stemmata.documents import DocumentOptions, read_arrivals, read_one
from stemmata.engines import Engine, Listener, LocalEngine, sort_rows
from stemmata.errors import OptionError
from stemmata.evidence import Evidence, gather_evidence
from stemmata.finding import Found, find_matches, find_queries
from stemmata.fingerprints import name_kept
from stemmata.folder import Folder
from stemmata.founding import (
    check_expected,
    found_library,
    no_library,
    own_options,
    refuse_inside,
    refuse_other,
    refuse_outdated,
)
from stemmata.growth import Arrivals, add_arrivals, check_holdings, compact, merge_due, rebuild, remove_documents
from stemmata.holdings import HELD, NEW_POSTINGS, Holdings, first_of, missing, missing_file
from stemmata.logbook import purge, verify
from stemmata.ours import find_copies
from stemmata.pipeline import Clock, Options
from stemmata.readers.addresses import is_address
from stemmata.readers.sources import part_sources
from stemmata.ruled import note_reunited
from stemmata.rulings import Ruling, Rulings, add_ruling, make_ruling, read_rulings
from stemmata.traced import Trace
from stemmata.vigil import Hands, Round, WatchOptions, keep_watch
from stemmata.workings import MADE, NEW_TABLES

if TYPE_CHECKING:
    from stemmata.documents import ArrowTable, Source

KEY = ("row", "view", "position")  # of fingerprints, by which they are sorted
ELSEWHERE = "other files with the id and the text of one that is held: passed over"
AT_ONCE = 400_000_000  # bytes of text that are added in one commit


class Addition(NamedTuple):
    """What became of what was to be added.

    Parameters
    ----------
    docs : list of str
        Ids of the documents that were added, as the library has them.
    versions : int
        How many of them are a later version of a document that was held.
    held : int
        How many were held already, with that text.
    skipped, notes : pyarrow.Table
        ``schemas.SKIPPED`` and ``schemas.NOTES``.
    seconds : mapping of str to float
        How long it took, by stage.
    """

    docs: list[str]
    versions: int
    held: int
    skipped: pa.Table
    notes: pa.Table
    seconds: Mapping[str, float]


class Library:
    """Documents in a folder, for as long as they are needed.

    What is known of the collection is frozen when the library is made: documents may then be added in any number of
    steps and any order, and all tables are those that would have come of adding them at once.

    Parameters
    ----------
    path : str or path
        The folder; where there is none, the first that is added makes it.
    expect : int, optional
        About how many documents it will hold: under 5,000 all k-grams are kept, else a sample. By default 100,000.
        Settled when the library is made.
    statistics : path, optional
        What ``stemmata statistics`` has written of a pile like it; by default the lists of the languages. Settled when
        the library is made.
    options : Options, optional
        By default those with which the library was made.
    reading : DocumentOptions, optional
        How documents are read from now on, whatever the options say. What of a page is text (``pages``) is kept for
        good by a library that is made so: a page that is read otherwise is another text, a later version.
    engine : Engine, optional
        Where the stages run; by default this machine.

    Raises
    ------
    OptionError
        The library was made with other options of fingerprints, another expectation or other statistics.
    FormatError
        The folder holds something else, or is of a newer format.
    FolderError
        It is damaged.

    Notes
    -----
    A library stays as it was opened while other processes write; what is added or removed by itself it sees.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        expect: int | None = None,
        statistics: str | os.PathLike[str] | None = None,
        options: Options | None = None,
        reading: DocumentOptions | None = None,
        engine: Engine | None = None,
    ) -> None:
        check_expected(expect)
        self.path = Path(path)
        self._engine = engine or LocalEngine()
        self._given = expect, statistics, options
        self._held: Holdings | None = None
        folder = Folder.open(self.path) if catalog.is_run(self.path) else None
        if folder is None or not folder.catalog.generation:  # none, or one that was killed as it was made
            Folder.check_place(self.path, catalog.LIBRARY)
            self.options = options or Options()
        else:
            self.options = options or own_options(folder)
            refuse_other(folder, *self._given)
            self._held = Holdings(folder)
        self.reading = reading or self.options.documents

    def __len__(self) -> int:
        return len(self._held) if self._held else 0

    def __repr__(self) -> str:
        return f"<Library: {len(self):,} {'document' if len(self) == 1 else 'documents'}>"

    @property
    def documents(self) -> pa.Table:
        """``schemas.HELD_DOCUMENTS``: every document with its number and where it was read, sorted by ``doc``."""
        return self._holdings.documents(self._engine)

    @property
    def has_ours(self) -> bool:
        """Whether any document is marked as one's own."""
        return bool(len(self._holdings.ours()))

    def add(
        self,
        sources: Source | Iterable[Source],
        *,
        metadata: str | os.PathLike[str] | ArrowTable | None = None,
        ours: bool = False,
        progress: Listener | None = None,
    ) -> Addition:
        """Add documents; what is held already is passed over, so that an addition that broke off is taken up again.

        A document with the id and the text of one that is held is that one. With another text it is a later version of
        it, and called ``id@2``; unless its id is made of its path, and it is another file.

        Parameters
        ----------
        sources, metadata
            As :func:`stemmata.read_documents` takes them.
        ours : bool
            Mark as one's own what does not say otherwise, by itself or in the metadata: :meth:`watch` tells of new
            copies of it. What is held already stays as it is.
        progress : callable, optional
            Called with a :class:`stemmata.engines.Progress` before each stage, and as it goes on.

        Raises
        ------
        OptionError
            A source lies in the folder of the library itself.
        ClashError
            Two texts or rows at hand, or a file and one that is held, have one id.
        LockedError
            Another process is writing.
        FolderError
            The disk is full, or the folder must not be written; or another process has rebuilt the library since it
            was opened. Further as :func:`stemmata.read_documents`.
        """
        clock = Clock(progress)
        given = part_sources(sources)
        refuse_inside(self.path, given.paths.values())
        with clock.stage("documents"):
            arrivals = read_arrivals(given.listed, metadata=metadata, options=self.reading, engine=self._engine)
        if ours:
            at = arrivals.column_names.index("ours")
            arrivals = arrivals.set_column(at, arrivals.schema.field("ours"), arrivals["ours"].fill_null(True))
        return self._take(arrivals, clock)

    def _take(self, arrivals: pa.Table, clock: Clock) -> Addition:
        """Add documents that were read: ``schemas.HELD_DOCUMENTS``, with what was skipped; of none, nothing is made."""
        skipped, notes = (schemas.remarks([arrivals], side) for side in ("skipped", "notes"))
        if not arrivals.num_rows:
            return Addition([], 0, 0, skipped, notes, clock.seconds)
        if self._held is None:
            own = replace(self.options.documents, pages=self.reading.pages)
            self.options = replace(self.options, documents=own)
            folder = found_library(self.path, *self._given[:2], self.options)
            refuse_other(folder, *self._given)  # another process may have made it
            self._held = Holdings(folder)
        holdings = self._holdings
        holdings.refuse_missing()
        docs: list[str] = []
        elsewhere: list[str] = []
        versions = held = 0
        try:
            for some in text_slices(arrivals, AT_ONCE):
                with clock.stage("fingerprints"):
                    added = add_arrivals(
                        holdings.folder,
                        Arrivals.of(some, self._engine),
                        holdings.statistics,
                        self.options.fingerprints,
                        self._engine,
                    )
                docs += added.docs
                versions += added.versions
                held += added.held
                elsewhere += added.elsewhere
            with clock.stage("merging"):
                merge_due(holdings.folder)
        finally:  # what was added before something went wrong is there
            self._reopen()
        what = f"{ELSEWHERE} ({first_of(elsewhere)})"
        noted = [*notes.to_pylist(), {"stage": "documents", "what": what, "count": len(elsewhere)}]
        notes = schemas.remarks([schemas.remark(schemas.NOTES.empty(), notes=noted)], "notes")
        return Addition(docs, versions, held, skipped, notes, clock.seconds)

    def find(self, source: Source, *, most: int = 10, progress: Listener | None = None) -> Found:
        """Find what a text derives from, and what derives from it.

        Parameters
        ----------
        source : str, path, Text or table
            The id of a document of the library; or what holds one document.
        most : int
            How many documents are wanted, 1 to 1,000: those that share most with it.
        progress : callable, optional
            As :meth:`add` takes it.

        Raises
        ------
        SourceError
            It could not be read, holds several documents, or is neither there nor in the library.
        """
        if not (isinstance(most, int) and 1 <= most <= 1_000):
            raise OptionError(f"{most!r} matches cannot be found.", where="find", mend="ask for 1 to 1,000.")
        clock = Clock(progress)
        holdings = self._holdings
        with clock.stage("documents"):
            asked = self._asked(source, "a text to be found")
        found = partial(find_matches, holdings, asked, most=most, rulings=read_rulings(self.path), source=source)
        return found(options=self.options, engine=self._engine, clock=clock)

    def evidence(
        self,
        a: str,
        b: str,
        path: str | os.PathLike[str],
        *,
        redact_others: bool = False,
        direction: bool = True,
        paths: bool = False,
        progress: Listener | None = None,
    ) -> Evidence:
        """Write all that speaks for or against two documents being one text into a pack that can be handed over.

        Parameters
        ----------
        a, b : str
            Ids of documents; the pack is the same in either order.
        path : str or path
            The zip archive to write; :func:`stemmata.verify_pack` verifies it.
        redact_others : bool
            Black out text that the two do not share, and leave out the inputs.
        direction : bool
            Say who copied whom.
        paths : bool
            Name the files that they were read from by their whole paths, which tell of this machine.
        progress : callable, optional
            As :meth:`add` takes it.

        Raises
        ------
        MissingSource
            The library does not hold one.
        OptionError
            Both are one document; or the pack would lie in a folder of stemmata's own.
        FolderError
            The pack cannot be written.
        """
        catalog.refuse_within(path)
        told = {"redact_others": redact_others, "direction": direction, "paths": paths}
        to, clock, rulings = Path(path), Clock(progress), read_rulings(self.path)
        return gather_evidence(
            self._holdings, (a, b), to, **told, rulings=rulings, options=self.options, engine=self._engine, clock=clock
        )

    def queries(self, source: Source, *, most: int = 10) -> pa.Table:
        """Make strings by which search engines and archives find copies of a text, though it was spun.

        Names and numbers that stand close together, and phrases of quotations; what stands in other documents of the
        library that are no copies is worth less.

        Parameters
        ----------
        source : str, path, Text or table
            The id of a document of the library; or what holds one document.
        most : int
            How many are wanted, 1 to 100.

        Returns
        -------
        pyarrow.Table
            ``schemas.QUERIES``; fewer rows where the text gives no more.

        Raises
        ------
        SourceError
            It could not be read, holds several documents, or is neither there nor in the library.
        """
        if not 1 <= most <= 100:
            raise OptionError(f"{most:,} queries cannot be made.", where="queries", mend="ask for 1 to 100.")
        asked = self._asked(source, "a text to be searched for")
        return find_queries(self._holdings, asked, most=most, options=self.options, engine=self._engine)

    def watch(
        self,
        folder: str | os.PathLike[str],
        *,
        every: float = 10.0,
        once: bool = False,
        jsonl: str | os.PathLike[str] | None = None,
        atom: str | os.PathLike[str] | None = None,
        on_find: str | None = None,
        stop: Event | None = None,
    ) -> Iterator[Round]:
        """Add what appears in a folder, and tell of new copies of documents that are marked ``ours``.

        A file is taken once its size and time have stayed for one interval; one that changed is a later version. What
        was taken and found is written down in the library, so that whoever watches the folder again goes on from there.

        Parameters
        ----------
        folder : path
        every : float
            Seconds between two looks, 0.01 to 86,400.
        once : bool
            Look twice, one interval apart where anything is new, and end.
        jsonl : path, optional
            To which each find is appended as a line of JSON.
        atom : path, optional
            Which is written anew with the last 100 finds, as a feed.
        on_find : str, optional
            A command, called without a shell for each find, which it reads as a line of JSON.
        stop : threading.Event, optional
            Once it is set, the round at work is the last.

        Yields
        ------
        Round
            What was added, skipped and found, whenever anything was.

        Raises
        ------
        MissingSource
            There is no library, or no such folder.
        OptionError
            An option is out of its range; or what is written would be read as a document, or overwrite another file.
        FolderError
            As :meth:`add`; or a find cannot be written.
        """
        given = WatchOptions(every=every, once=once, jsonl=jsonl, atom=atom, on_find=on_find)
        _ = self._holdings  # there must be one: what appears by chance is no ground to found a library on
        hands = Hands(
            self.path,
            self._latest,
            lambda place, only: read_arrivals(place, only=only, options=self.reading, engine=self._engine),
            lambda arrivals: self._take(arrivals, Clock(None)),
            partial(find_copies, options=self.options, engine=self._engine),
        )
        return keep_watch(hands, folder, options=given, stop=stop)

    def trace(self, *, progress: Listener | None = None) -> Trace:
        """Return all tables of the documents, as :func:`stemmata.trace` would have made them of all at once.

        What was added or removed since the last time is worked out and saved.

        Parameters
        ----------
        progress : callable, optional
            As :meth:`add` takes it.
        """
        clock = Clock(progress)
        started = datetime.now(UTC)
        holdings, rulings = self._holdings, read_rulings(self.path)
        tables = derive(holdings, rulings, self.options, self._engine, clock)
        tables["notes"] = note_reunited(tables, rulings)
        self._reopen()
        about = {
            "version": __version__,
            "verb": "trace",
            "command": shlex.join(["stemmata", "export", str(self.path)]),
            "sources": [str(self.path)],
            "options": self.options.to_dict(),
            "started": started.isoformat(),
            "seconds": clock.seconds,
        }
        return Trace(tables, about=about)

    def export(self, path: str | os.PathLike[str], *, progress: Listener | None = None) -> Trace:
        """Write all tables into a folder of their own, as a trace is saved, and return them.

        Parameters
        ----------
        path : str or path
            A new or an empty folder, or one that holds a trace.

        Raises
        ------
        FolderError
            It cannot be written, or holds other files.
        """
        Folder.check_place(path)
        trace = self.trace(progress=progress)
        tables = {name: getattr(trace, name) for name in schemas.BY_NAME if name != "fingerprints"}
        held = self.documents
        self._holdings.verify(*HELD)
        kept = sort_rows(self._holdings.postings.kept(held["number"].to_numpy().astype("int64")), KEY, self._engine)
        tables["fingerprints"] = name_kept(kept, held["doc"].combine_chunks())
        whole = Trace(tables, about=trace.about)
        whole.save(path)
        return whole

    def rebuild(self, *, expect: int | None = None, progress: Listener | None = None) -> None:
        """Collect the statistics anew, from all documents, and fingerprint them anew: as a library made of them.

        Parameters
        ----------
        expect : int, optional
            About how many documents it will hold; by default as many as before, or as it holds.

        Raises
        ------
        LockedError, FolderError
            As :meth:`add`.
        """
        check_expected(expect)
        clock = Clock(progress)
        if self._held is None:
            raise no_library(self.path)
        rebuild(self._held, expect, self.options, self._engine, clock)  # also one of another version
        self._reopen()

    @property
    def families(self) -> pa.Table:
        """``schemas.FAMILIES`` of all documents."""
        return self.trace().families

    def decide(self, verb: str, *docs: str, value: str = "", by: str = "", note: str = "") -> Ruling:
        """Write down what a person decided; from then on it goes before what the machine says.

        Parameters
        ----------
        verb : str
            One of ``rulings.VERBS``, as :class:`stemmata.rulings.Ruling` says.
        docs : str
            One or two ids.
        value : str
            Of ``relabel`` the kind, of ``confirm`` the document that is the copy.
        by : str
            Who decided; by default the user of the system.
        note : str

        Raises
        ------
        OptionError
            It is no decision.
        MissingSource
            The library holds no such document.
        LockedError, FolderError
            As :meth:`add`.
        """
        ruling = make_ruling(verb, docs, value=value, by=by, note=note)
        absent = sorted(set(docs) - set(self._holdings.ids()))
        if absent and verb != "withdraw":
            raise missing(absent, str(self.path))
        add_ruling(self.path, ruling)
        return ruling

    @property
    def decisions(self) -> Rulings:
        """What people decided."""
        return read_rulings(self.path)

    @property
    def ids(self) -> list[str]:
        """Ids of all documents, in the order in which they came."""
        return self._holdings.ids()

    def remove(self, docs: str | Iterable[str]) -> list[str]:
        """Take documents out, and return their ids; their texts lie in the files until :meth:`compact`.

        Parameters
        ----------
        docs : str, or several of them
            Ids. That of a document stands for all its versions, that of a later version for this alone.

        Raises
        ------
        MissingSource
            One is not there. Nothing is removed.
        """
        removed = remove_documents(self._holdings.folder, [docs] if isinstance(docs, str) else docs)
        self._reopen()
        return removed

    def compact(self) -> None:
        """Write all documents into one file: nothing of those that were removed is left in the folder.

        Postings that are damaged or missing are made anew, with the statistics as they are: finds and tables stay.
        """
        folder = self._holdings.folder
        try:
            compact(folder, self._engine)
            purge(self.path)
        finally:
            self._reopen()

    def check(self) -> None:
        """Verify every file, that the register, the documents and the postings agree, and what people decided.

        Tables that were worked out may tell of documents that are held no more, or not of all: each row is looked up by
        the numbers of its documents, which are given once, before it is used.

        Raises
        ------
        FolderError
            Names every file that is damaged; or, where none is, what else is wrong first. And how to mend it.
        """
        if self._held is not None:
            self._reopen()  # what is there by now
        self._holdings.folder.check({"postings": NEW_POSTINGS, **dict.fromkeys(MADE, NEW_TABLES)})
        check_holdings(self._holdings)
        read_rulings(self.path)
        verify(self.path)

    @property
    def _holdings(self) -> Holdings:
        if self._held is None:
            raise no_library(self.path)
        refuse_outdated(self._held.folder)
        return self._held

    def _asked(self, source: Source, what: str) -> pa.Table:
        """Return the document of the library that has this id, or the one that a source holds."""
        asked = self._holdings.named(source) if isinstance(source, str) else None
        if asked is None:
            if isinstance(source, str) and not (is_address(source) or os.path.lexists(source)):
                raise missing_file(source, str(self.path))
            asked = read_one(source, what, options=self.reading, engine=self._engine)
        return asked

    def _latest(self) -> Holdings:
        """Return what the library holds by now, whoever has written."""
        self._reopen()
        return self._holdings

    def _reopen(self) -> None:
        folder = Folder.open(self.path)
        if self._given[-1] is None and folder.catalog.generation:
            self.options = own_options(folder)  # another process may have rebuilt it
        self._held = Holdings(folder)
