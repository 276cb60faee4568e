"""Readers in processes of their own: a file that crashes its reader, hangs it or swells costs itself, no more.

For formats whose parsers are C code over whatever structure a stranger wrote. A worker is started when none is
idle, and kept: there are never more than threads that ask at once. All end with this process.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer
from typing import IO

import pyarrow as pa

from stemmata.errors import SourceError
from stemmata.readers.messages import Message, receive, send
from stemmata.readers.worker import SPENT

LIMIT_MEMORY = 4 << 30  # bytes of addresses, of which the libraries take a third of a GiB before they read
START_SECONDS = 60
PATIENCE_SECONDS = 0.2  # a process whose pipes broke is about to end by itself, and its status tells why
# the same modules as here, and none from the folder that happens to be the current one
START = "import sys; sys.path[:] = sys.argv[2:]; from stemmata.readers.worker import main; main(int(sys.argv[1]))"
SURROUNDINGS = {"ARROW_DEFAULT_MEMORY_POOL": "system"}  # the others reserve a GiB beforehand
HOME = str(Path(__file__).resolve().parent.parent.parent)


class _Gone(Exception):
    """A worker that ended, or was ended, before it answered."""

    def __init__(self, status: int, late: bool) -> None:
        self.status = status
        self.late = late or status == -getattr(signal, "SIGALRM", 0)


class _Worker:
    """A process that reads one file after another."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-c", START, str(LIMIT_MEMORY), *filter(None, sys.path), HOME]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={**os.environ, **SURROUNDINGS}
        )
        self.used = False
        _all.add(self)

    def ask(self, request: Message | None, seconds: float) -> Message:
        """Send a request, if there is one, and wait for what the worker says; end it when it takes too long."""
        late = Event()
        requests, answers = self.pipes

        def end() -> None:
            late.set()
            self.process.kill()

        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            if request:
                send(requests, request)
            return receive(answers)
        except (EOFError, OSError) as error:
            raise _Gone(self.end(), late.is_set()) from error
        except BaseException:
            self.end()
            raise
        finally:
            timer.cancel()

    def end(self) -> int:
        """End the process, and return its exit status; that of a signal is negative."""
        _all.discard(self)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE_SECONDS)
        self.process.kill()
        for stream in self.pipes:
            with suppress(OSError):
                stream.close()
        return self.process.wait()

    @property
    def pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """Where it listens, and where it answers."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        return self.process.stdin, self.process.stdout


_idle: list[_Worker] = []
_all: set[_Worker] = set()


def read_isolated(reader: Callable[..., pa.Table], data: bytes, *, seconds: float, **keywords: object) -> pa.Table:
    """Return what ``reader(data, **keywords)`` returns in a worker process.

    Parameters
    ----------
    reader : callable
        A function of a module, which the worker imports.
    data : bytes
        The file.
    seconds : float
        How long the reader may take.
    **keywords
        What JSON can hold.

    Raises
    ------
    SourceError
        The reader raised one, or failed; or its process crashed, took too long or too much memory, or could
        not be started. A worker that had read files before and crashes may have been worn by those: a fresh
        one tries again, so that the rows do not depend on who read what.
    """
    head = {"reader": f"{reader.__module__}:{reader.__qualname__}", "keywords": keywords, "seconds": seconds}
    while True:
        worker = _take()
        worn, worker.used = worker.used, True
        try:
            answer = worker.ask(Message(head, data), seconds)
        except _Gone as gone:
            if gone.late or not worn:
                raise _lost(gone, seconds) from gone
        else:
            break
    _idle.append(worker)
    if answer.head:
        raise SourceError(answer.head["what"], mend=answer.head["mend"])
    return pa.ipc.open_stream(answer.body).read_all()


def _take() -> _Worker:
    """Return an idle worker, or a new one."""
    with suppress(IndexError):
        return _idle.pop()
    try:
        worker = _Worker()
        worker.ask(None, START_SECONDS)
    except (OSError, _Gone) as error:
        said = f"it ended with {error.status}" if isinstance(error, _Gone) else error.strerror
        mend = "check that this Python can start another one."
        raise SourceError(f"no process could be started to read it ({said}).", mend=mend) from error
    return worker


def _lost(gone: _Gone, seconds: float) -> SourceError:
    mend = "give its text as .txt; if it opens elsewhere, report this."
    if gone.late:
        raised = "give its text as .txt, or raise the limit (limit_seconds)."
        return SourceError(f"it took over {seconds:g} seconds to read.", mend=raised)
    if gone.status == SPENT:
        return SourceError(f"to read it takes over {LIMIT_MEMORY >> 30} GiB of memory.", mend=mend)
    try:
        name = signal.Signals(-gone.status).name
    except ValueError:
        name = f"exit status {gone.status}"
    return SourceError(f"it crashed its reader ({name}).", mend=mend)


@atexit.register
def _end_all() -> None:
    """End all workers, also those that are reading: the process that would hear them ends."""
    for worker in [*_all]:
        worker.process.kill()
    for worker in _idle:
        worker.end()


def _forget() -> None:
    """Leave the workers to the process that was forked, and its pipes alone."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for worker in _all:
        worker.process.returncode = 0
        for stream in worker.pipes:
            os.dup2(nothing, stream.fileno())
    os.close(nothing)
    _all.clear()
    _idle.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
