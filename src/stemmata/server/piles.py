"""Files that were dropped, and what was found in them: each pile behind an address that nobody guesses, for a while."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from stemmata.asking import Asked
from stemmata.documents import DocumentOptions
from stemmata.errors import FolderError, MissingSource, StemmataError
from stemmata.report.room import Room
from stemmata.report.words import counted
from stemmata.room.site import Site
from stemmata.server.jobs import CANCELLED, DONE, Job, Jobs
from stemmata.server.shelves import RunShelf, Unready, no_decisions, warm
from stemmata.server.turns import Busy
from stemmata.server.uploads import Dropped

MOST = 20  # piles
LIMIT = 100_000_000  # bytes of one drop, by default
REMEMBERED = 1_000  # piles that are no more, of which it is known why
GONE = "it was deleted, or the server has started anew since"
MADE_ROOM = "it has made room for others"
RUN = "run"
HOME = "../../"  # from a page of a pile


@dataclass(eq=False)
class PileShelf:
    """A pile: files that are being traced, and then their run.

    Parameters
    ----------
    folder : path
        Its own.
    name : str
        What it is called.
    files : int
        How many there are.
    jobs : Jobs
        Where it is traced.
    """

    folder: Path
    name: str
    files: int
    jobs: Jobs
    job: Job = field(init=False)
    _run: RunShelf | None = field(default=None, init=False)
    _error: StemmataError | None = field(default=None, init=False)

    @property
    def is_over(self) -> bool:
        """Whether nothing is being worked out about it."""
        return self._run is not None or self._error is not None

    def room(self) -> Room:
        """Return the run.

        Raises
        ------
        Unready
            It is being traced, or could not be.
        """
        return self._ready().room()

    def site(self) -> Site:
        """Return the name of the pile."""
        there = self._run is not None
        state, home = ("Kept until the server ends, or until you delete it.", "./") if there else ("", HOME)
        return Site(name=self.name, state=state, checks=there, has_room=there, pile=True, home=home)

    def asked(self) -> Asked:
        """Return the run.

        Raises
        ------
        Unready
            As :meth:`room`.
        """
        return self._ready().asked()

    def library(self) -> Path:
        """Refuse: a run keeps no decisions."""
        raise no_decisions(self.name)

    def look(self) -> None:
        """Do nothing: whoever traces it tells of the end."""

    def take(self, job: Job) -> None:
        """Take the run once it is there; the files themselves are needed no more."""
        if job.state == CANCELLED:  # its process may have written until it was killed
            shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):  # it may be deleted just now
            for file in self.folder.iterdir():
                if file.is_file():
                    file.unlink()
        if job.state != DONE:
            self._error = job.error or StemmataError("it was cancelled.")
            return
        try:
            run = RunShelf(self.folder / RUN, self.name)
            warm(run.room())
        except StemmataError as error:
            self._error = error
        else:
            self._run = run

    def _ready(self) -> RunShelf:
        if self._run is not None:
            return self._run
        named = f"'{self.name}'" if self.files == 1 else self.name
        if self._error is not None:
            raise Unready(f"{named} could not be traced: {self._error.what}", mend=self._error.mend)
        are = "is" if self.files == 1 else "are"
        raise Unready(f"{named} {are} being traced.", job=self.job, ahead=self.jobs.ahead(self.job), mend="")


class Piles:
    """All piles.

    Parameters
    ----------
    jobs : Jobs
        Where they are traced.
    limit : int
        Bytes of one drop.
    most : int
        How many there may be; the oldest that is done with makes room.
    threads : int, optional
        That trace one; by default one a processor.
    """

    def __init__(self, jobs: Jobs, *, limit: int = LIMIT, most: int = MOST, threads: int | None = None) -> None:
        self.limit = limit
        self._jobs, self._most, self._threads = jobs, most, threads
        self._folder = Path(tempfile.mkdtemp(prefix="stemmata-serve-"))
        self._piles: OrderedDict[str, PileShelf] = OrderedDict()
        self._gone: OrderedDict[str, str] = OrderedDict()
        self._coming = 0
        self._lock = Lock()

    def begin(self) -> Path:
        """Return a folder for files that are about to come.

        Raises
        ------
        Busy
            Too many come just now, or all piles are being worked on.
        FolderError
            There is no room on the disk.
        """
        with self._lock:
            if self._coming >= self._most:
                raise Busy("others are sending files just now.", mend="send yours in some minutes.")
            gone = self._make_room()
            self._coming += 1
        self._forget(gone)
        try:
            return Path(tempfile.mkdtemp(dir=self._folder))
        except OSError as error:
            self._let_go()
            raise FolderError(
                "the files cannot be written down.", mend="see that there is room on the disk."
            ) from error

    def give_up(self, folder: Path) -> None:
        """Forget files that did not come whole, or are none."""
        self._let_go()
        shutil.rmtree(folder, ignore_errors=True)

    def start(self, folder: Path, dropped: Dropped) -> str:
        """Trace files that came, and return the name by which the pile is found.

        Raises
        ------
        Busy
            All piles are being worked on; the files are forgotten.
        """
        self._let_go()
        try:
            with self._lock:
                gone = self._make_room()
                token, pile = self._take(folder, dropped)
        except Busy:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._forget(gone)
        self._jobs.start(pile.job)
        return token

    def shelf(self, token: str) -> PileShelf:
        """Return a pile.

        Raises
        ------
        MissingSource
            There is none of this name, or none any more.
        """
        with self._lock:
            found, why = self._piles.get(token), self._gone.get(token, GONE)
        if found is None:
            raise MissingSource(f"there is no such pile: {why}.", mend="drop the files again.")
        return found

    def delete(self, token: str) -> None:
        """Forget a pile, with all that was found.

        Raises
        ------
        MissingSource
            As :meth:`shelf`.
        """
        self.shelf(token)
        with self._lock:
            gone = self._drop(token, GONE)
        self._forget(gone)

    def close(self) -> None:
        """Forget all."""
        with self._lock:
            gone = [pile for token in [*self._piles] for pile in self._drop(token, GONE)]
        self._forget(gone)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _let_go(self) -> None:
        with self._lock:
            self._coming -= 1

    def _take(self, folder: Path, dropped: Dropped) -> tuple[str, PileShelf]:
        """Make a pile of files that came."""
        name = dropped.name if dropped.files == 1 else counted(dropped.files, "file")
        pile = PileShelf(folder, name, dropped.files, self._jobs)
        token = secrets.token_urlsafe(16)
        order = {
            "work": "trace",
            "folder": str(folder),
            "to": str(folder / RUN),
            "source": dropped.source,
            "called": dropped.called,
            "name": name,
            "metadata": dropped.metadata,
            "limit": max(self.limit, DocumentOptions().limit_bytes),
            "threads": self._threads,
        }
        pile.job = Job(order, pile.take)
        self._piles[token] = pile
        return token, pile

    def _make_room(self) -> list[PileShelf]:
        """Take the oldest piles out that are done with."""
        gone: list[PileShelf] = []
        while len(self._piles) >= self._most:
            oldest = next((token for token, pile in self._piles.items() if pile.is_over), None)
            if oldest is None:
                raise Busy(f"{len(self._piles):,} piles are being worked on.", mend="send yours in some minutes.")
            gone += self._drop(oldest, MADE_ROOM)
        return gone

    def _drop(self, token: str, why: str) -> list[PileShelf]:
        """Take a pile out, if it is there, and remember why."""
        pile = self._piles.pop(token, None)
        if pile is None:
            return []
        self._gone[token] = why
        while len(self._gone) > REMEMBERED:
            self._gone.popitem(last=False)
        return [pile]

    def _forget(self, gone: Iterable[PileShelf]) -> None:
        """Delete what was found of piles that were taken out: without the lock, for others are read meanwhile."""
        for pile in gone:
            self._jobs.cancel(pile.job)
            shutil.rmtree(pile.folder, ignore_errors=True)
