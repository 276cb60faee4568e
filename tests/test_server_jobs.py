"""Work that takes long is done beside the server: it waits its turn, says how far it is, and ends with the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

import stemmata as st
from stemmata.server.jobs import Job, Jobs
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.served import PATIENCE, wait_for


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    for name, text in (("ferry.txt", FERRY), ("spun.txt", FERRY_SPUN), ("orchard.txt", ORCHARD)):
        (folder / name).write_text(text, "utf-8")
    return folder


def order(folder: Path, to: Path, **other: Any) -> dict[str, Any]:
    given = {"source": ".", "called": "", "name": "3 files", "metadata": None, "limit": 10_000_000, "threads": 1}
    return {"work": "trace", "folder": str(folder), "to": str(to), **given, **other}


def test_files_are_traced_beside_the_server(jobs: Jobs, pile: Path, tmp_path: Path) -> None:
    over = Event()
    job = jobs.start(Job(order(pile, tmp_path / "run"), lambda _: over.set()))
    assert over.wait(PATIENCE)
    assert (job.state, job.error) == ("done", None)
    assert job.stage == "changes"
    made = st.open(tmp_path / "run")
    assert made.families["doc"].to_pylist() == ["ferry.txt", "spun.txt"]
    assert str(tmp_path) not in str(made.about), "no folder of this machine is told"


def test_a_library_is_worked_out_into_a_run(jobs: Jobs, pile: Path, tmp_path: Path) -> None:
    st.Library(tmp_path / "library").add(pile)
    over = Event()
    derived = {"work": "derive", "library": str(tmp_path / "library"), "to": str(tmp_path / "run"), "threads": 1}
    job = jobs.start(Job(derived, lambda _: over.set()))
    assert over.wait(PATIENCE)
    assert job.state == "done"
    assert st.open(tmp_path / "run").families.num_rows == 2


def test_what_goes_wrong_is_said_as_everywhere(jobs: Jobs, tmp_path: Path) -> None:
    over = Event()
    derived = {"work": "derive", "library": str(tmp_path / "none"), "to": str(tmp_path / "run"), "threads": 1}
    job = jobs.start(Job(derived, lambda _: over.set()))
    assert over.wait(PATIENCE)
    assert job.state == "failed"
    assert job.error is not None
    assert "there is no folder" in job.error.what
    assert job.error.mend


def test_jobs_wait_for_their_turn_and_can_be_cancelled(jobs: Jobs, pile: Path, tmp_path: Path) -> None:
    ended: list[Job] = []
    first = jobs.start(Job(order(pile, tmp_path / "one"), ended.append))
    second = jobs.start(Job(order(pile, tmp_path / "two"), ended.append))
    third = jobs.start(Job(order(pile, tmp_path / "three"), ended.append))
    wait_for(lambda: first.process)
    assert [jobs.ahead(job) for job in (first, second, third)] == [0, 1, 2]
    jobs.cancel(second)
    assert jobs.ahead(third) == 1
    jobs.cancel(first)
    wait_for(lambda: third.is_over)
    assert [job.state for job in (first, second, third)] == ["cancelled", "cancelled", "done"]
    wait_for(lambda: len(ended) == 3)


def test_a_process_that_is_killed_fails_its_job_and_no_other(jobs: Jobs, pile: Path, tmp_path: Path) -> None:
    first = jobs.start(Job(order(pile, tmp_path / "one")))
    second = jobs.start(Job(order(pile, tmp_path / "two")))
    wait_for(lambda: first.process)
    assert first.process is not None
    first.process.kill()
    wait_for(lambda: second.is_over)
    assert (first.state, second.state) == ("failed", "done")
    assert first.error is not None
    assert "ended before it was done" in first.error.what


@pytest.mark.skipif(sys.platform == "win32", reason="the process's end is seen by its id")
def test_work_ends_with_the_server_however_that_ends(pile: Path, tmp_path: Path) -> None:
    """A server that is killed cannot end its jobs: their standard input does."""
    program = (
        "import sys, time\n"
        "from stemmata.server.jobs import Job, Jobs\n"
        "jobs = Jobs()\n"
        f"job = jobs.start(Job({order(pile, tmp_path / 'run')!r}))\n"
        "while job.process is None: time.sleep(0.01)\n"
        "print(job.process.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment) as server:
        assert server.stdout is not None
        pid = int(server.stdout.readline())
        server.send_signal(signal.SIGKILL)
        server.wait()
    wait_for(lambda: not _alive(pid))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return b") Z " not in Path(f"/proc/{pid}/stat").read_bytes()  # nobody may have asked for its status
    except (ProcessLookupError, FileNotFoundError):
        return False
