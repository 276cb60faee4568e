"""A library that is shown while it grows: its tables are worked out beside the server, and shown when ready."""

from __future__ import annotations

import shutil
import tempfile
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from stemmata.asking import Asked, AskedLibrary
from stemmata.errors import StemmataError, cause
from stemmata.library import Library
from stemmata.opening import open_trace
from stemmata.report.room import Room
from stemmata.report.words import counted
from stemmata.room.site import Site
from stemmata.server.jobs import DONE, Job, Jobs
from stemmata.server.shelves import Unready, no_checks, no_decisions, warm
from stemmata.server.states import State

POLL = 2.0  # seconds between two looks at the library
PAUSE, TIMES = 10.0, 5  # seconds before its tables are worked out anew, at least; and in times of the last time
LOADING = "the tables are read"


@dataclass(frozen=True)
class Shown:
    """Tables that are ready."""

    room: Room
    state: State
    made: datetime
    folder: Path


class LibraryShelf:
    """A library's folder; what is added to it, or decided, is shown some time later, and nobody waits for it.

    Parameters
    ----------
    path : path
        The folder.
    jobs : Jobs
        Where tables are worked out.
    may_decide : bool
        Whether decisions may be written from here.
    threads : int, optional
        That work at the tables; by default one a processor.
    nameless : bool
        Whether it is shown without names; no text can then be checked, and no decisions are shown.

    Raises
    ------
    FolderError
        It is no library, or damaged.
    """

    def __init__(
        self, path: Path, jobs: Jobs, *, may_decide: bool = False, threads: int | None = None, nameless: bool = False
    ) -> None:
        Library(path)
        self._nameless = nameless
        self._path, self._jobs, self._may_decide, self._threads = path, jobs, may_decide, threads
        self._asked = AskedLibrary(path)
        self._temporary = Path(tempfile.mkdtemp(prefix="stemmata-serve-"))
        self._lock = Lock()
        self._shown: Shown | None = None
        self._now = State.of(path)
        self._job: tuple[Job, Path, float] | None = None
        self._loading = False
        self._error: StemmataError | None = None
        self._next, self._count = 0.0, 0
        self._stop, self._news = Event(), Event()
        self._round()
        self._thread = Thread(target=self._keep, daemon=True)
        self._thread.start()

    def room(self) -> Room:
        """Return the tables that were worked out last.

        Raises
        ------
        Unready
            None were yet.
        """
        with self._lock:
            if self._shown is not None:
                return self._shown.room
            working, error = self._job, self._error
        job = working[0] if working else None
        if job is None and error is not None and self._nameless:
            raise Unready("the tables could not be worked out.", mend="it is tried again.")
        if job is None and error is not None:
            again = f"it is tried again. {error.mend}"
            raise Unready(f"the tables could not be worked out: {error.what}", mend=again)
        size = counted(self._now.size, "document")
        raise Unready(f"the tables of {size} are being worked out.", job=job, ahead=self._jobs.ahead(job) if job else 0)

    def site(self) -> Site:
        """Return the name of the library, and how old what is shown is."""
        if self._nameless:
            return Site(name="a library", state=self._state())
        name = self._path.resolve().name or str(self._path)
        return Site(name=name, state=self._state(), checks=True, decides=True, may_decide=self._may_decide)

    def asked(self) -> Asked:
        """Return the library."""
        if self._nameless:
            raise no_checks("a library")
        return self._asked

    def library(self) -> Path:
        """Return the library's folder."""
        if self._nameless:
            raise no_decisions("a library")
        return self._path

    def look(self) -> None:
        """Look at the library at once, for something has changed."""
        self._now = State.of(self._path)
        self._news.set()

    def close(self) -> None:
        """Stop, and leave nothing behind."""
        self._stop.set()
        self._news.set()
        if self._job is not None:
            self._jobs.cancel(self._job[0])
        self._thread.join(POLL)
        shutil.rmtree(self._temporary, ignore_errors=True)

    def _state(self) -> str:
        """Say from when the tables are, and what has happened since."""
        shown, now, working, error = self._shown, self._now, self._job, self._error
        if shown is None or shown.state == now:
            return ""
        more = now.size - shown.state.size
        since = []
        if now.files != shown.state.files:
            verb = "added" if more > 0 else "taken out"
            some = f"{counted(abs(more), 'document')} {'was' if abs(more) == 1 else 'were'} {verb} since"
            since.append(some if more else "documents have changed since")
        if now.decisions != shown.state.decisions:
            since.append("a decision that was made since counts once the tables are worked out anew")
        job = working[0] if working else None
        if job is not None:
            since.append(f"they are being worked out anew{f' ({job.line})' if job.line else ''}")
        elif error is not None:
            why = "" if self._nameless else f": {error.what.rstrip('.')}"
            since.append(f"they could not be worked out anew{why}")
        return f"As of {shown.made:%d %b %Y, %H:%M} UTC; {'; '.join(since)}."

    def _keep(self) -> None:
        while not self._stop.is_set():
            try:
                self._round()
            except StemmataError as error:  # another process may write just now
                self._error = error
            except Exception as error:  # a fault of ours is shown, and what was shown before goes on being so
                traceback.print_exc()
                self._error = StemmataError(f"it failed: {cause(error)}.", mend="please report it.")
            self._news.wait(POLL)
            self._news.clear()

    def _round(self) -> None:
        """Look at the library; take what was worked out, or have it worked out."""
        if self._job is not None and self._job[0].is_over:
            self._take(*self._job)
        self._now = State.of(self._path)
        outdated = self._shown is None or self._shown.state != self._now
        if outdated and self._job is None and time.monotonic() >= self._next:
            self._count += 1
            to = self._temporary / str(self._count)
            order: Mapping[str, Any] = {
                "work": "derive",
                "library": str(self._path.absolute()),
                "to": str(to),
                "threads": self._threads,
            }
            job = self._jobs.start(Job(order, lambda _: self._news.set()))
            self._job = job, to, time.monotonic()

    def _take(self, job: Job, folder: Path, begun: float) -> None:
        """Show what was worked out; what was shown before is there for those who are reading it."""
        before = self._shown
        try:
            if job.state == DONE:
                job.line = LOADING
                trace = open_trace(folder)
                room = Room(trace.anonymise() if self._nameless else trace)
                warm(room)
                state = State.told(job.made)
                with self._lock:
                    self._shown, self._error = Shown(room, state, datetime.now(UTC), folder), None
                if before is not None:
                    shutil.rmtree(before.folder, ignore_errors=True)  # whoever reads it holds its files open
            else:
                self._error = job.error
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            self._job = None
            self._next = time.monotonic() + max(PAUSE, TIMES * (time.monotonic() - begun))
