"""The process in which work that takes long is done: ``jobs`` starts it, tells it what to do, and hears how far it is.

It reads one line of JSON, the order, and writes one line after another: how far it is, then that it is done, or what
went wrong. It ends as soon as its standard input does, which the system sees to however the server ends.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, TextIO

from stemmata import schemas
from stemmata.engines import LocalEngine, Progress
from stemmata.errors import SourceError, StemmataError, cause
from stemmata.kernels import compiled

if TYPE_CHECKING:
    from stemmata.server.states import State
    from stemmata.traced import Trace

METADATA = "metadata.csv"  # what a table about the files of an archive is called there
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
        made = WORKS[order["work"]](order, _Teller(out))
        answer: dict[str, Any] = {"done": True, "made": made}
    except StemmataError as error:
        answer = {"what": error.what, "where": error.where, "mend": error.mend}
    except Exception as error:
        answer = {"what": f"it failed: {cause(error)}.", "where": type(error).__name__, "mend": FAULT}
    _say(out, answer)


def trace_files(order: Mapping[str, Any], progress: Callable[[Progress], None]) -> None:
    """Trace files of one folder, which are named without it, and save the run under names that people know.

    An archive that has a table about its files, and came without one beside it, brings its own.
    """
    from stemmata.documents import DocumentOptions
    from stemmata.pipeline import Options
    from stemmata.tracing import trace

    to, source = Path(order["to"]).absolute(), order["source"]
    os.chdir(order["folder"])  # so that no page names a folder of this machine
    options = Options(documents=DocumentOptions(limit_bytes=order["limit"]))
    metadata = order["metadata"] or _table_in(source, order["limit"])
    engine = LocalEngine(workers=order["threads"])
    found = trace(source, metadata=metadata, options=options, engine=engine, progress=progress)
    _renamed(found, source, order["called"], order["name"]).save(to)


def _table_in(archive: str, limit: int) -> str | None:
    """Return the path of the table about the files of an archive, if it has one that is such a table."""
    from stemmata.readers.limits import Limits
    from stemmata.readers.metadata import read_metadata
    from stemmata.readers.within import find_within

    limits = Limits(bytes=limit)
    try:
        found = find_within(archive, METADATA, limits)
        if found:
            read_metadata(found, limits)
    except SourceError:  # whoever reads the archive says what is wrong with it
        return None
    return found


def _renamed(found: Trace, source: str, called: str, name: str) -> Trace:
    """Return a trace that names no archive of ours: where it came as one, that, else what is in it, or all of it."""

    def told(uri: str) -> str:
        if uri == source:
            return name
        inside = uri.removeprefix(f"{source}/")
        return f"{called}/{inside}" if called and inside != uri else inside

    skipped = schemas.SKIPPED.table([{**row, "uri": told(row["uri"])} for row in found.skipped.to_pylist()])
    about = {**found.about, "sources": [name], "command": shlex.join(["stemmata", "trace", name])}
    return type(found)({**{one: getattr(found, one) for one in found.names}, "skipped": skipped}, about=about)


def derive_tables(order: Mapping[str, Any], progress: Callable[[Progress], None]) -> State:
    """Work out all tables of a library, save them as a run, and return of what they were made."""
    from stemmata.library import Library
    from stemmata.server.states import State

    path, state = Path(order["library"]), None
    while state != (now := State.of(path)):  # another process may write just now
        state, held = now, Library(path, engine=LocalEngine(workers=order["threads"]))
    held.trace(progress=progress).save(order["to"])
    return now


WORKS: Mapping[str, Callable[[Mapping[str, Any], Callable[[Progress], None]], object]] = {
    "trace": trace_files,
    "derive": derive_tables,
}


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
