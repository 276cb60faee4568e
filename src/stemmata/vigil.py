"""Watch a folder: what appears in it is added to a library, and new copies of one's own documents are told."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import accessions, catalog, schemas
from stemmata.errors import (
    ClashError,
    FolderError,
    LockedError,
    MissingSource,
    OptionError,
    StemmataError,
    check_option,
)
from stemmata.founding import refuse_inside
from stemmata.growth import NEXT, places_of
from stemmata.holdings import Holdings
from stemmata.locks import locked
from stemmata.logbook import Logbook, Stamp, opened
from stemmata.outlets import Outlets
from stemmata.readers.addresses import is_address, redact
from stemmata.readers.files import legible
from stemmata.readers.walking import FILES, find_files
from stemmata.rulings import Rulings, read_rulings

if TYPE_CHECKING:
    from stemmata.library import Addition

AT_ONCE = 200  # files that are added in one commit: what is acknowledged often is seldom read again
EMPTY = "it has no files."  # of a folder that is watched no remark
UNOPENED = "it cannot be opened: "  # may pass without a trace in size and time: such a file is tried again


@dataclass(frozen=True, kw_only=True)
class WatchOptions:
    """How a folder is watched, and who is told.

    Parameters
    ----------
    every, once, jsonl, atom, on_find
        As :meth:`stemmata.Library.watch` takes them.
    """

    every: float = 10.0
    once: bool = False
    jsonl: str | os.PathLike[str] | None = None
    atom: str | os.PathLike[str] | None = None
    on_find: str | None = None

    def __post_init__(self) -> None:
        check_option(self, "every", 0.01, 86_400)


class Round(NamedTuple):
    """What became of some files, and what was found.

    Parameters
    ----------
    added : list of str
        Ids of the documents that were added.
    versions, held : int
        How many of them are a later version of one that was held; and how many were held already.
    skipped : list of dict
        Rows of ``schemas.SKIPPED``, each told once.
    finds : list of dict
        As :func:`stemmata.ours.find_copies` describes them.
    failures : list of str
        What went wrong, such as a command, and does not end the watch.
    """

    added: list[str]
    versions: int
    held: int
    skipped: list[dict[str, str]]
    finds: list[dict[str, Any]]
    failures: list[str]

    @property
    def tells(self) -> bool:
        """Whether anything was."""
        return bool(self.added or self.skipped or self.finds or self.failures)


class Hands(NamedTuple):
    """What a watch does to its library.

    Parameters
    ----------
    path : Path
    look : callable
        Returns what the library holds now.
    read : callable
        Takes a folder and those of its files that are to be read, as :func:`find_files` lists them.
    take : callable
        Adds what was read.
    copies : callable
        Takes what the library holds, the number of a document, a folder, a feed and what people decided, and yields
        finds among the documents of that folder from that number on.
    """

    path: Path
    look: Callable[[], Holdings]
    read: Callable[[str, pa.Table], pa.Table]
    take: Callable[[pa.Table], Addition]
    copies: Callable[[Holdings, int, bytes, str, Rulings], Iterator[tuple[int, list[dict[str, Any]]]]]


def keep_watch(
    hands: Hands, folder: str | os.PathLike[str], *, options: WatchOptions, stop: Event | None
) -> Iterator[Round]:
    """Watch a folder as :meth:`stemmata.Library.watch` says; what cannot be is refused before the first look."""
    if is_address(folder):
        raise OptionError(
            "a folder of this machine is watched, and this is an address.",
            where=redact(os.fsdecode(folder)),
            mend="run 'stemmata add LIBRARY ADDRESS' from time to time: what the library holds is passed over.",
        )
    place = os.path.abspath(os.fspath(folder))
    if not os.path.isdir(place):
        raise MissingSource(
            "there is no such folder to watch.", where=legible(place), mend="check the path, or make the folder."
        )
    refuse_inside(hands.path, [place])
    outlets = Outlets(options.jsonl, options.atom, options.on_find, place, hands.path)
    return _rounds(hands, place, options, outlets, stop or Event())


def _rounds(hands: Hands, place: str, options: WatchOptions, outlets: Outlets, stop: Event) -> Iterator[Round]:
    with _alone(hands.path, place), opened(hands.path) as book:
        watch = _Watch(hands, place, book, outlets)
        yield from watch.catch_up()
        before: dict[bytes, Stamp] = {}
        looks = 0
        while not stop.is_set():
            now, told = watch.look()
            yield from told
            stayed = {path: stamp for path, stamp in now.items() if before.get(path) == stamp}
            while stayed and not stop.is_set():
                some = {path: stayed.pop(path) for path in sorted(stayed)[:AT_ONCE]}
                try:
                    yield from watch.take(some)
                except LockedError as error:
                    if options.once:
                        raise
                    yield from watch.say("lock", error)
                    break
            looks += 1
            if options.once and (looks == 2 or not now):
                return
            before = now
            stop.wait(options.every)


@contextmanager
def _alone(library: Path, place: str) -> Iterator[None]:
    """Be the one that watches a folder for a library: two would tell each find twice."""
    folder = library / "watching" / hashlib.sha256(os.fsencode(place)).hexdigest()[:16]
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder))
        except LockedError as error:
            raise LockedError(
                "another process watches the folder.",
                where=f"{legible(place)}: {error.where.rpartition(': ')[2]}",
                mend="wait until it has ended, or stop it.",
            ) from error
        except OSError as error:
            raise FolderError(
                f"no watch can begin: {error.strerror}.",
                where=str(folder),
                mend="make room, or let it be written.",
            ) from error
        yield


class _Watch:
    def __init__(self, hands: Hands, place: str, book: Logbook, outlets: Outlets) -> None:
        self.hands, self.place, self.book, self.outlets = hands, place, book, outlets
        self.key = os.fsencode(place)
        self.listed = FILES.empty_table()  # at the last look
        self.taken = book.files(self.key)
        self.rulings = read_rulings(hands.path)
        self.said: set[str] = set()

    def catch_up(self) -> Iterator[Round]:
        """Tell what was found, or was still to be looked at, when the watch was broken off."""
        self.book.mark(self.key, _next(self.hands.look()))
        finds = self.judge()
        failures = self.outlets.begin(self.book)
        if finds or failures:
            yield Round([], 0, 0, [], finds, failures)

    def look(self) -> tuple[dict[bytes, Stamp], list[Round]]:
        """Return the files that are not as they were when they were taken, and what is to be said of the folder."""
        try:
            files = find_files({0: self.place})
        except MissingSource as error:
            return {}, [*self.say("folder", error)]
        self.said.discard("folder")
        self.listed = files
        now = {path: stamp for path in files["path"].to_pylist() if (stamp := _stamp(path))}
        if gone := self.taken.keys() - now.keys():
            self.book.forget(self.key, gone)
            self.taken = {path: stamp for path, stamp in self.taken.items() if path not in gone}
        news = self.book.news(self.key, _remarks(files))
        rounds = [Round([], 0, 0, news, [], [])] if news else []
        return {path: stamp for path, stamp in now.items() if self.taken.get(path) != stamp}, rounds

    def take(self, files: Mapping[bytes, Stamp]) -> Iterator[Round]:
        """Add some files, but those that changed since the look, and see whether they are copies of ours."""
        files = {path: stamp for path, stamp in files.items() if _stamp(path) == stamp}
        added: list[str] = []
        versions = held = 0
        skipped: list[dict[str, str]] = []
        for addition, remarks in self.add(files):
            added += addition.docs if addition else []
            versions += addition.versions if addition else 0
            held += addition.held if addition else 0
            skipped += remarks
        yield from self.heed()
        finds = self.judge()
        unopened = {row["uri"] for row in skipped if row["reason"].startswith(UNOPENED)}
        files = {path: stamp for path, stamp in files.items() if _uri(path) not in unopened}
        self.book.took(self.key, files)
        self.taken |= files
        failures = self.outlets.tell(self.book)
        self.said.discard("lock")
        told = Round(added, versions, held, self.book.news(self.key, skipped), finds, failures)
        if told.tells:
            yield told

    def add(self, files: Collection[bytes]) -> Iterator[tuple[Addition | None, list[dict[str, str]]]]:
        """Add files in one commit; where an id is another document's, one by one."""
        try:
            listed = self.listed.filter(pc.is_in(self.listed["path"], pa.array(sorted(files), pa.binary())))
            arrivals = self.hands.read(self.place, listed)
            remarks = _remarks(arrivals)
            arrivals = _apart(arrivals, self.hands.path, os.path.basename(self.place))
            yield (self.put(arrivals) if arrivals.num_rows else None), remarks
        except ClashError as error:
            if len(files) > 1:
                for path in sorted(files):
                    yield from self.add({path})
                return
            row = {"uri": legible(os.fsdecode(next(iter(files)))), "reason": error.what, "mend": error.mend}
            yield None, [row]

    def put(self, arrivals: pa.Table) -> Addition:
        """Add what was read; again where another process has rebuilt the library meanwhile."""
        known = _statistics(self.hands.look())
        try:
            return self.hands.take(arrivals)
        except FolderError:
            if _statistics(self.hands.look()) == known:
                raise
            return self.hands.take(arrivals)

    def judge(self) -> list[dict[str, Any]]:
        """Return what of the documents that were not looked at yet copies ours, and write it down."""
        holdings = self.hands.look()
        number = _next(holdings)
        since = self.book.mark(self.key, number)
        found: list[dict[str, Any]] = []
        if since < number:
            for at, finds in self.hands.copies(holdings, since, self.key, self.book.feed, self.rulings):
                found += self.book.conclude(self.key, at + 1, finds)
            self.book.conclude(self.key, number, [])
        return found

    def heed(self) -> Iterator[Round]:
        """Read what people decided by now; where that cannot be, say so, and go on with what was read last."""
        try:
            self.rulings = read_rulings(self.hands.path)
        except FolderError as error:
            yield from self.say("decisions", error)
        else:
            self.said.discard("decisions")

    def say(self, what: str, error: StemmataError) -> Iterator[Round]:
        """Tell what hinders a round, once as long as it does."""
        if what not in self.said:
            self.said.add(what)
            yield Round([], 0, 0, [], [], [str(error)])


def _next(holdings: Holdings) -> int:
    """Return the number of the next document that is added."""
    return int(str(holdings.folder.catalog.about.get(NEXT, 0)))


def _statistics(holdings: Holdings) -> tuple[catalog.Entry, ...]:
    """Return the files of the statistics: other ones once the library was rebuilt."""
    return holdings.folder.entries("statistics")


def _remarks(table: pa.Table) -> list[dict[str, str]]:
    """Return what was skipped."""
    skipped: list[dict[str, str]] = schemas.remarks([table], "skipped").to_pylist()
    return [row for row in skipped if row["reason"] != EMPTY]


def _uri(path: bytes) -> str:
    return legible(PurePath(os.fsdecode(path)).as_posix())


def _stamp(path: bytes) -> Stamp | None:
    try:
        known = os.stat(path)
    except OSError:
        try:
            known = os.lstat(path)  # a link that leads nowhere: to be told, not to be missed
        except OSError:
            return None
    return Stamp(known.st_size, known.st_mtime_ns)


def _apart(arrivals: pa.Table, library: Path, folder: str) -> pa.Table:
    """Give documents whose ids are made of paths ids that begin with the folder's name, where another file has theirs.

    A copy must not pass for the document that it copies because both files have one name.
    """
    docs = arrivals["doc"].to_pylist()
    places: dict[str, set[str]] = {}
    with catalog.asked(library) as connection:
        for entry in accessions.named(connection, docs):
            places.setdefault(entry.doc, set()).add(entry.place)
            places.setdefault(entry.name, set()).add(entry.place)
    strange = [
        not own and doc in places and place not in places[doc]
        for doc, own, place in zip(docs, arrivals["own"].to_pylist(), places_of(arrivals), strict=True)
    ]
    if not any(strange):
        return arrivals
    named = [f"{legible(folder)}/{doc}" if apart else doc for doc, apart in zip(docs, strange, strict=True)]
    order = sorted(range(len(named)), key=named.__getitem__)
    told = arrivals.schema.metadata
    arrivals = arrivals.take(order).combine_chunks()
    fresh = {
        "doc": pa.array([named[at] for at in order], pa.string()),
        "number": pa.array(range(len(named)), pa.uint32()),
    }
    for name, values in fresh.items():
        arrivals = arrivals.set_column(arrivals.column_names.index(name), arrivals.schema.field(name), values)
    return arrivals.replace_schema_metadata(told)
