"""Work that takes long: in processes of its own, so many at a time; the others wait for their turn."""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import Any

from stemmata.errors import FolderError, StemmataError, cause
from stemmata.readers.isolation import HOME

# the same modules as here, and none from the folder that happens to be the current one
START = "import sys; sys.path[:] = sys.argv[1:]; from stemmata.server.worker import main; main()"
WAITING, WORKING, DONE, FAILED, CANCELLED = "waiting", "working", "done", "failed", "cancelled"
STATES = (WAITING, WORKING, DONE, FAILED, CANCELLED)
LEFT = 5.0  # seconds in which a process that was ended is gone


@dataclass(eq=False)
class Job:
    """A piece of work.

    Parameters
    ----------
    order : mapping
        As ``worker`` takes it.
    then : callable, optional
        Called with the job once it is over, however it ended, in the thread that waited for it.

    Attributes
    ----------
    state : str
        One of ``STATES``.
    stage, done, total, line
        How far it is, as :class:`stemmata.engines.Progress` has it, and as a line for people.
    made
        What it was made of, as the worker tells it once it is done.
    error : StemmataError or None
        Why it failed.
    """

    order: Mapping[str, Any]
    then: Callable[[Job], None] | None = None
    state: str = field(default=WAITING, init=False)
    stage: str = field(default="", init=False)
    done: int = field(default=0, init=False)
    total: int | None = field(default=None, init=False)
    line: str = field(default="", init=False)
    made: Any = field(default=None, init=False)
    error: StemmataError | None = field(default=None, init=False)
    process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in (DONE, FAILED, CANCELLED)


class Jobs:
    """A queue of work.

    Parameters
    ----------
    at_once : int
        How many processes may be at work.
    """

    def __init__(self, at_once: int = 1) -> None:
        self._waiting: deque[Job] = deque()
        self._at_work: set[Job] = set()
        self._closed = False
        self._news = Condition()
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(at_once)]
        for thread in self._threads:
            thread.start()

    def start(self, job: Job) -> Job:
        """Put work behind what waits already."""
        with self._news:
            if self._closed:
                job.state = CANCELLED
            else:
                self._waiting.append(job)
                self._news.notify()
        return job

    def ahead(self, job: Job) -> int:
        """Return how many are to be done before a job is: those that wait before it, and those at work."""
        with self._news:
            if job not in self._waiting:
                return 0
            return self._waiting.index(job) + len(self._at_work)

    def cancel(self, job: Job) -> None:
        """End a job, and forget what it made."""
        with self._news:
            if job.is_over:
                return
            job.state = CANCELLED
            waited = job in self._waiting
            if waited:
                self._waiting.remove(job)
            process = job.process
        if process is not None:
            process.kill()
        if waited:
            _tell(job)

    def close(self) -> None:
        """End all jobs, and take no others."""
        with self._news:
            self._closed = True
            jobs = [*self._waiting, *self._at_work]
            self._news.notify_all()
        for job in jobs:
            self.cancel(job)
        for thread in self._threads:
            thread.join(LEFT)

    def _work(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                job = self._waiting.popleft()
                job.state = WORKING
                self._at_work.add(job)
            try:
                self._run(job)
            except Exception as error:  # a fault of ours costs one job, not the thread
                self._end(job, StemmataError(f"it failed: {cause(error)}.", mend="please report it."))
            finally:
                with self._news:
                    self._at_work.discard(job)
                _tell(job)

    def _run(self, job: Job) -> None:
        """Start a process, and hear it until it ends."""
        command = [sys.executable, "-I", "-c", START, *filter(None, sys.path), HOME]
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        except OSError as error:
            self._end(job, FolderError(f"no process could be started: {error.strerror}."))
            return
        with self._news:
            job.process = process
            if job.state == CANCELLED:
                process.kill()
        with process:
            assert process.stdin is not None
            assert process.stdout is not None
            answer: dict[str, Any] = {}
            with suppress(OSError):
                process.stdin.write(json.dumps(job.order).encode() + b"\n")
                process.stdin.flush()
            for line in process.stdout:
                try:
                    answer = json.loads(line)
                except ValueError:  # it was ended amid a line
                    answer = {}
                if "stage" in answer:
                    job.stage, job.done, job.total, job.line = (
                        answer[name] for name in ("stage", "done", "total", "line")
                    )
            with suppress(OSError):
                process.stdin.close()
            status = process.wait()
        job.process = None
        if answer.get("done") is True:
            job.made = answer.get("made")
            self._end(job, None)
        elif "what" in answer:
            self._end(job, StemmataError(answer["what"], where=answer["where"], mend=answer["mend"]))
        else:
            what = f"the process that worked on it ended before it was done ({status})."
            self._end(job, StemmataError(what, mend="see that the machine has memory and disk enough; try again."))

    def _end(self, job: Job, error: StemmataError | None) -> None:
        with self._news:
            if job.state != CANCELLED:
                job.state, job.error = (DONE, None) if error is None else (FAILED, error)


def _tell(job: Job) -> None:
    """Tell whoever wants to know that a job is over; what goes wrong there is shown, and stops no other job."""
    try:
        if job.then is not None:
            job.then(job)
    except Exception:
        traceback.print_exc()
