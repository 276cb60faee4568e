"""The process in which work that takes long is done: ``jobs`` starts it, tells it what to do, and hears how far it is.

It reads one line of JSON, the order, and writes one line after another: how far it is, then that it is done, or what
went wrong. It ends as soon as its standard input does, which the system sees to however the server ends.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO, Any, TextIO

from stemmata.engines import LocalEngine, Progress
from stemmata.errors import StemmataError, cause
from stemmata.kernels import compiled

EVERY = 0.2  # seconds between two lines of one stage
NICE = 10  # the server answers first
COMPILING = "compiling kernels for this machine, once: ten to twenty seconds"
FAULT = "this is a fault of stemmata's own; please report it."


def main() -> None:
    """Do what standard input orders, and say on standard output how it goes."""
    with suppress(AttributeError, OSError):  # Windows has no such thing
        os.nice(NICE)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    order = json.loads(sys.stdin.buffer.readline())
    Thread(target=_end_with, args=(sys.stdin.buffer,), daemon=True).start()
    if not compiled():
        _say(out, {"stage": "", "done": 0, "total": None, "line": COMPILING})
    try:
        WORKS[order["work"]](order, _Teller(out))
        answer: dict[str, Any] = {"done": True}
    except StemmataError as error:
        answer = {"what": error.what, "where": error.where, "mend": error.mend}
    except Exception as error:
        answer = {"what": f"it failed: {cause(error)}.", "where": type(error).__name__, "mend": FAULT}
    _say(out, answer)


def trace_files(order: Mapping[str, Any], progress: Callable[[Progress], None]) -> None:
    """Trace files of one folder, which are named without it, and save the run."""
    from stemmata.documents import DocumentOptions
    from stemmata.pipeline import Options
    from stemmata.tracing import trace

    to = Path(order["to"]).absolute()
    os.chdir(order["folder"])  # so that no page names a folder of this machine
    options = Options(documents=DocumentOptions(limit_bytes=order["limit"]))
    engine = LocalEngine(workers=order["threads"])
    found = trace(order["sources"], metadata=order["metadata"], options=options, engine=engine, progress=progress)
    found.save(to)


def derive_tables(order: Mapping[str, Any], progress: Callable[[Progress], None]) -> None:
    """Work out all tables of a library, and save them as a run."""
    from stemmata.library import Library

    found = Library(order["library"], engine=LocalEngine(workers=order["threads"])).trace(progress=progress)
    found.save(order["to"])


WORKS = {"trace": trace_files, "derive": derive_tables}


class _Teller:
    """Tells how far it is: each stage once, and then now and then."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._stage, self._told = out, "", 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.stage == self._stage and now - self._told < EVERY:
            return
        self._stage, self._told = progress.stage, now
        _say(
            self._out,
            {"stage": progress.stage, "done": progress.done, "total": progress.total, "line": str(progress)},
        )


def _say(out: TextIO, answer: Mapping[str, Any]) -> None:
    out.write(json.dumps(answer) + "\n")
    out.flush()


def _end_with(stream: IO[bytes]) -> None:
    """End this process at once when nobody can be told any more."""
    with suppress(OSError):
        while stream.read(1):
            pass
    os._exit(1)
