"""Readers in processes of their own: a file that crashes its reader, hangs it or swells costs itself, no more.

For formats whose parsers are C code over whatever structure a stranger wrote, and for large files of any. A
worker is started when none is idle, and kept as long as sources are being read (:func:`reading`): there are
never more than threads that ask at once. All end with this process.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Timer
from typing import IO

import pyarrow as pa

from stemmata.errors import SourceError
from stemmata.readers.faults import REPORT
from stemmata.readers.messages import Message, receive, send
from stemmata.readers.worker import SPENT

LIMIT_MEMORY = 4 << 30  # bytes of addresses, of which the libraries take a third of a GiB before they read
START_SECONDS = 60
PATIENCE_SECONDS = 0.2  # a process whose pipes broke is about to end by itself, and its status tells why
# the same modules as here, and none from the folder that happens to be the current one
START = "import sys; sys.path[:] = sys.argv[2:]; from stemmata.readers.worker import main; main(int(sys.argv[1]))"
SURROUNDINGS = {  # what takes addresses beforehand: memory pools, and what each thread has for itself
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
HOME = str(Path(__file__).resolve().parent.parent.parent)


class _Gone(Exception):
    """A worker that ended, or was ended, before it answered."""

    def __init__(self, status: int, late: bool) -> None:
        self.status = status
        self.late = late or status == -getattr(signal, "SIGALRM", 0)
        self.said = "it took too long" if self.late else f"it ended with {status}"


@dataclass(eq=False)
class Reading:
    """One reading of sources.

    Parameters
    ----------
    over : bool
        Whether nobody waits for its rows any more: threads that still read stop after the present file.
    """

    over: bool = False


class _Worker:
    """A process that reads one file after another."""

    def __init__(self) -> None:
        command = [sys.executable, "-I", "-c", START, str(LIMIT_MEMORY), *filter(None, sys.path), HOME]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, env={**os.environ, **SURROUNDINGS}
        )
        self.used = False
        _all.add(self)

    def start(self) -> None:
        """Wait until it can be asked, and hear it out if it fails; later it has nothing to say but answers."""
        assert self.process.stderr is not None
        with self.process.stderr as errors:
            try:
                self.ask(None, START_SECONDS)
            except _Gone as gone:
                *_, last = ["", *errors.read().decode(errors="replace").splitlines()]
                gone.said = last.strip()[:200] or gone.said
                raise

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
_readings: set[Reading] = set()
_refusals: list[SourceError] = []  # why no worker can be started; not tried again while sources are being read
_lock = Lock()  # of the readings, and of what lasts as long as they do


@contextmanager
def reading() -> Iterator[Reading]:
    """Keep workers for the next file, until the last one who asked for that leaves."""
    here = Reading()
    with _lock:
        _readings.add(here)
    try:
        yield here
    finally:
        here.over = True
        with _lock:
            _readings.discard(here)
            idle = [] if _readings else [*_idle]
            if not _readings:
                _idle.clear()
                _refusals.clear()
        for worker in idle:
            worker.process.kill()
            worker.end()


def _give_back(worker: _Worker) -> None:
    with _lock:
        kept = bool(_readings)
        if kept:
            _idle.append(worker)
    if not kept:
        worker.process.kill()
        worker.end()


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
    _give_back(worker)
    if answer.head:
        raise SourceError(answer.head["what"], mend=answer.head["mend"])
    return pa.ipc.open_stream(answer.body).read_all()


def stream_isolated(
    reader: Callable[..., Iterator[pa.Table]], data: bytes, *, seconds: float, **keywords: object
) -> Iterator[pa.Table]:
    """Yield the tables that ``reader(data, **keywords)`` yields in a worker process, as they come.

    Parameters
    ----------
    seconds : float
        How long each table may take.

    Raises
    ------
    SourceError
        As :func:`read_isolated`. Where a fresh worker tries again, it goes on after the tables that have come.
    """
    head = {"reader": f"{reader.__module__}:{reader.__qualname__}", "keywords": keywords, "seconds": seconds}
    come = 0
    while True:
        worker = _take()
        worn, worker.used = worker.used, True
        number = 0
        request: Message | None = Message(head, data)
        try:
            while (answer := worker.ask(request, seconds)).head.get("more"):
                request = None
                number += 1
                if number > come:
                    come = number
                    yield pa.ipc.open_stream(answer.body).read_all()
        except _Gone as gone:
            if gone.late or not worn:
                raise _lost(gone, seconds) from gone
        except BaseException:  # nobody wants the rest
            worker.process.kill()
            worker.end()
            raise
        else:
            break
    _give_back(worker)
    if answer.head:
        raise SourceError(answer.head["what"], mend=answer.head["mend"])


def _take() -> _Worker:
    """Return an idle worker, or a new one."""
    with suppress(IndexError):
        return _idle.pop()
    for refusal in _refusals[:1]:
        raise SourceError(refusal.what, mend=refusal.mend)
    try:
        worker = _Worker()
        worker.start()
    except (OSError, _Gone) as error:
        said = error.said if isinstance(error, _Gone) else error.strerror
        mend = "check that this Python can start another one."
        refusal = SourceError(f"no process could be started to read it ({said}).", mend=mend)
        with _lock:
            if _readings:
                _refusals.append(refusal)
        raise refusal from error
    return worker


def _lost(gone: _Gone, seconds: float) -> SourceError:
    if gone.late:
        raised = "give its text as .txt, or raise the limit (in Python, limit_seconds)."
        return SourceError(f"it took over {seconds:g} seconds to read.", mend=raised)
    if gone.status == SPENT:
        return SourceError(f"to read it takes over {LIMIT_MEMORY >> 30} GiB of memory.", mend=REPORT)
    try:
        name = signal.Signals(-gone.status).name
    except ValueError:
        name = f"exit status {gone.status}"
    return SourceError(f"it crashed its reader ({name}).", mend=REPORT)


@atexit.register
def _end_all() -> None:
    """End all workers, also those that are reading: the process that would hear them ends."""
    for worker in [*_all]:
        worker.process.kill()
    for worker in _idle:
        worker.end()


def _forget() -> None:
    """Leave the workers to the process that was forked, and its pipes alone."""
    global _lock
    _lock = Lock()  # another thread may have held it
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
