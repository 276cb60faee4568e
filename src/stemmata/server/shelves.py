"""Where the rooms come from that are shown: a run's folder, which another process may write anew at any time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Protocol

from stemmata import catalog
from stemmata.asking import Asked, AskedRun
from stemmata.errors import OptionError, StemmataError
from stemmata.folder import Folder
from stemmata.pipeline import Options
from stemmata.report.room import Room
from stemmata.room.site import Site
from stemmata.server.jobs import Job
from stemmata.traced import Trace


class Unready(StemmataError):
    """What is asked for is yet to be worked out.

    Parameters
    ----------
    job : Job or None
        The work.
    ahead : int
        How many others are done before.
    """

    def __init__(self, what: str, *, job: Job | None = None, ahead: int = 0, mend: str = "ask again later.") -> None:
        super().__init__(what, mend=mend)
        self.job, self.ahead = job, ahead


class Shelf(Protocol):
    """A place from which pages take what they show."""

    def room(self) -> Room:
        """Return the newest room that is ready.

        Raises
        ------
        StemmataError
            There is none; in particular ``Unready``: none yet.
        """

    def site(self) -> Site:
        """Return what pages show around their own matter."""

    def asked(self) -> Asked:
        """Return whom to ask where a text comes from.

        Raises
        ------
        StemmataError
            Nobody can be asked here.
        """

    def library(self) -> Path:
        """Return the library in which decisions are kept.

        Raises
        ------
        OptionError
            There is none.
        """

    def look(self) -> None:
        """Look at once whether anything is new."""


class RunShelf:
    """A run's folder; once another run is written into it, that is shown.

    Parameters
    ----------
    path : path
        The folder of a trace that was saved.
    name : str
        By default that of the folder.
    nameless : bool
        Whether it is shown without names; no text can then be checked, for the answer would name others.

    Raises
    ------
    FolderError
        It is none, or damaged.
    """

    def __init__(self, path: Path, name: str = "", *, nameless: bool = False) -> None:
        self._path, self._nameless = path, nameless
        self._name = "a run" if nameless else name or path.resolve().name or str(path)
        self._lock = Lock()
        self._mark = (0, "")
        self._room, self._asked, self._checks = self._open()

    def room(self) -> Room:
        """Return the run as it is now."""
        with self._lock:
            self._follow()
            return self._room

    def site(self) -> Site:
        """Return the name of the run."""
        return Site(name=self._name, checks=self._checks)

    def asked(self) -> Asked:
        """Return the run as it is now."""
        if self._nameless:
            raise no_checks(self._name)
        with self._lock:
            self._follow()
            return self._asked()

    def library(self) -> Path:
        """Refuse: a run keeps no decisions."""
        raise no_decisions(self._name)

    def look(self) -> None:
        """Do nothing: it is looked at each time."""

    def _follow(self) -> None:
        if _mark(self._path) != self._mark:
            self._room, self._asked, self._checks = self._open()

    def _open(self) -> tuple[Room, Callable[[], Asked], bool]:
        mark = _mark(self._path)
        folder = Folder.open(self._path)
        trace = Trace({}, about=folder.catalog.about, folder=folder)
        made: list[Asked] = []

        def asked() -> Asked:
            if not made:
                made.append(AskedRun(trace, Options.of(folder), self._name))
            return made[0]

        room = Room(trace.anonymise() if self._nameless else trace)
        self._mark = mark
        return room, asked, folder.catalog.rows("fingerprints") > 0 and not self._nameless


def _mark(path: Path) -> tuple[int, str]:
    """Return what tells a run from one that stood there before: its generation, and when it was begun."""
    held = catalog.read(path)
    return held.generation, str(held.about.get("started", ""))


def no_checks(name: str) -> OptionError:
    """Return the error that no text is checked where names are left out."""
    return OptionError(
        "no text is checked here: the answer would name documents.",
        where=name,
        mend="serve it without --anonymise.",
    )


def no_decisions(name: str) -> OptionError:
    """Return the error that decisions are kept in libraries alone."""
    return OptionError(
        "decisions are kept in a library, and this is none.",
        where=name,
        mend="add the documents to one (stemmata add), and serve that.",
    )


def warm(room: Room) -> None:
    """Have read and counted beforehand what the first who asks would wait for."""
    from stemmata import schemas
    from stemmata.room import families, overview

    for schema in schemas.TABLES:
        if schema.name != "fingerprints":
            getattr(room.trace, schema.name)
    overview.tell(room)
    families.tell(room, families.Wanted())
