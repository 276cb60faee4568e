"""What takes a second or so is done one after another; when too many wait, others are asked to come again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from stemmata.errors import StemmataError


class Busy(StemmataError):
    """Too many wait already."""


class Turns:
    """Turns at something.

    Parameters
    ----------
    at_once : int
        How many have one.
    waiting : int
        How many may wait for theirs.
    """

    def __init__(self, at_once: int = 1, waiting: int = 4) -> None:
        self._turn = BoundedSemaphore(at_once)
        self._most, self._here = at_once + waiting, 0
        self._lock = Lock()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a turn.

        Raises
        ------
        Busy
            Too many wait.
        """
        with self._lock:
            if self._here >= self._most:
                raise Busy(f"{self._here:,} others are being answered.", mend="ask again in some seconds.")
            self._here += 1
        try:
            with self._turn:
                yield
        finally:
            with self._lock:
                self._here -= 1
