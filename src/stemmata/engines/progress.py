"""How far a stage is: told by whoever has many rows to go through, heard by whoever watches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeAlias

from stemmata.engines.sizes import write_size

BYTES = "bytes"


@dataclass(frozen=True)
class Progress:
    """How far a stage is; as text, one line for people.

    Parameters
    ----------
    stage : str
        Its name.
    done : int
        How much is done of the part of it that is under way.
    total : int, optional
        Of how much; unknown where a stage has only begun.
    unit : str
        What is counted: ``"documents"``, ``"pairs"``, ``"rows"`` or ``"bytes"``.
    seconds : float
        How long that took so far.
    """

    stage: str
    done: int = 0
    total: int | None = None
    unit: str = ""
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """How much is done in a second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """About how many seconds are left, if the rest goes as fast; None where that cannot be told."""
        return (self.total - self.done) / self.rate if self.total is not None and self.rate else None

    def __str__(self) -> str:
        if self.total is None:
            return self.stage
        if self.unit == BYTES:
            said = f"{self.stage} {write_size(self.done)} of {write_size(self.total)}"
        else:
            unit = self.unit.removesuffix("s") if self.total == 1 else self.unit
            said = f"{self.stage} {self.done:,} of {self.total:,} {unit}"
        if self.left is None:
            return said
        rate = write_size(self.rate) if self.unit == BYTES else f"{self.rate:,.{0 if self.rate >= 10 else 1}f}"
        return f"{said} · {rate}/s · {_duration(self.left)} left"


Listener: TypeAlias = Callable[[Progress], None]
_Watcher: TypeAlias = Callable[[int, int, str, float], None]
_watcher: ContextVar[_Watcher | None] = ContextVar("_watcher", default=None)


@contextmanager
def watching(stage: str, listener: Listener | None) -> Iterator[None]:
    """Have ``listener`` hear how far the stage is, in the thread that waits for it."""

    def hear(done: int, total: int, unit: str, seconds: float) -> None:
        assert listener is not None
        listener(Progress(stage, done, total, unit, seconds))

    token = _watcher.set(None if listener is None else hear)
    try:
        yield
    finally:
        _watcher.reset(token)


@contextmanager
def telling(total: int, unit: str) -> Iterator[Callable[[int], None]]:
    """Return what is to be called with how much more is done; what runs inside is not heard by itself."""
    watcher = _watcher.get()
    token = _watcher.set(None)
    begun, done = time.perf_counter(), 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if watcher is not None and more:
            watcher(done, total, unit, time.perf_counter() - begun)

    try:
        yield tell
    finally:
        _watcher.reset(token)


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
