"""Where the rooms come from that are shown: a run's folder, which another process may write anew at any time."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Protocol

from stemmata import catalog
from stemmata.opening import open_trace
from stemmata.report.room import Room
from stemmata.room.site import Site


class Shelf(Protocol):
    """A place from which pages take what they show."""

    def room(self) -> Room:
        """Return the newest room that is ready.

        Raises
        ------
        StemmataError
            There is none, or none yet.
        """

    def site(self) -> Site:
        """Return what pages show around their own matter."""


class RunShelf:
    """A run's folder; once another run is written into it, that is shown.

    Parameters
    ----------
    path : path
        The folder of a trace that was saved.

    Raises
    ------
    FolderError
        It is none, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._generation = -1
        self._room: Room | None = None
        self.room()

    def room(self) -> Room:
        """Return the run as it is now."""
        with self._lock:
            generation = catalog.read(self._path).generation
            if self._room is None or generation != self._generation:
                self._room, self._generation = Room(open_trace(self._path)), generation
            return self._room

    def site(self) -> Site:
        """Return the name of the run."""
        return Site(name=self._path.name or str(self._path))
