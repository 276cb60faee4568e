"""Readers in worker processes: whatever a file does to its reader, it costs that file alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers import isolation
from stemmata.readers.columns import ROWS
from stemmata.readers.isolation import read_isolated, reading
from tests import hostile_readers as readers

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


@pytest.fixture(autouse=True)
def _workers_of_its_own() -> Iterator[None]:
    """Each test starts without workers that another one has used, and keeps those that it starts."""
    with reading():
        yield


def read(
    reader: Callable[..., pa.Table], data: bytes = b"The weir.", seconds: float = 30, **keywords: object
) -> pa.Table:
    return read_isolated(reader, data, seconds=seconds, **keywords)


def process(rows: pa.Table) -> int:
    return int(rows["title"][0].as_py())


def test_the_rows_come_back_with_what_was_remarked_on_them() -> None:
    rows = read(readers.echo, "Плотина.".encode())
    assert rows["text"].to_pylist() == ["Плотина."]
    assert rows.schema.equals(ROWS)
    assert schemas.remarks([rows], "notes").to_pylist() == [{"stage": "documents", "what": "echoes", "count": 1}]


def test_keywords_reach_the_reader() -> None:
    assert read(readers.echo, b"ha", repeat=3)["text"].to_pylist() == ["hahaha"]


def test_it_is_another_process_and_is_used_again() -> None:
    first, second = read(readers.echo), read(readers.echo)
    assert process(first) != os.getpid()
    assert process(first) == process(second)
    assert second["author"].to_pylist() == ["2"]


def test_there_are_no_more_workers_than_threads_that_ask() -> None:
    with ThreadPoolExecutor(2) as threads:
        processes = set(threads.map(process, threads.map(read, [readers.echo] * 12)))
    assert len(processes) <= 2
    assert len(isolation._idle) == len(isolation._all) <= 2


def test_what_the_reader_refuses_is_refused_in_its_words() -> None:
    with pytest.raises(SourceError, match=r"it is a stone\.") as caught:
        read(readers.refuse, b"a stone")
    assert caught.value.mend == "give another."
    assert process(read(readers.echo))


def test_a_fault_in_a_reader_is_told_the_same_way_each_time() -> None:
    """Without the addresses that Python puts into messages."""
    told = set()
    for _ in range(2):
        with pytest.raises(SourceError, match=r"its reader failed \(KeyError: ") as caught:
            read(readers.fail)
        told.add(caught.value.what)
    assert len(told) == 1


@pytest.mark.parametrize("reader", [readers.sleep, readers.spin])
def test_a_reader_that_hangs_is_ended(reader: Callable[..., pa.Table]) -> None:
    hung = read(readers.echo)
    with pytest.raises(SourceError, match=r"it took over 0\.3 seconds to read\.") as caught:
        read(reader, seconds=0.3)
    assert "limit_seconds" in caught.value.mend
    assert process(read(readers.echo)) != process(hung)
    assert len(isolation._all) == 1


@POSIX
@pytest.mark.parametrize(
    ("reader", "says"),
    [
        (readers.segfault, r"it crashed its reader \(SIGSEGV\)\."),
        (readers.die, r"it crashed its reader \(SIGKILL\)\."),
        (readers.leave, r"it crashed its reader \(exit status 5\)\."),
    ],
)
def test_a_reader_that_crashes_is_replaced(reader: Callable[..., pa.Table], says: str) -> None:
    for _ in range(2):  # fresh, and in a worker that has read before
        with pytest.raises(SourceError, match=says) as caught:
            read(reader)
        assert caught.value.mend
        read(readers.echo)
    assert len(isolation._all) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there is memory limited for sure")
def test_a_reader_that_swells_is_ended() -> None:
    with pytest.raises(SourceError, match=r"to read it takes over 4 GiB of memory\."):
        read(readers.swell)
    assert read(readers.echo)["author"].to_pylist() == ["1"]


def test_a_worker_that_others_have_worn_is_not_the_files_fault() -> None:
    """A fresh process tries once more: the rows do not depend on which worker a file fell to."""
    first = read(readers.echo)
    again = read(readers.die_if_used)
    assert again["text"].to_pylist() == first["text"].to_pylist()
    assert process(again) != process(first)


@POSIX
def test_a_worker_that_died_while_it_was_idle_is_replaced() -> None:
    gone = process(read(readers.echo))
    os.kill(gone, signal.SIGKILL)
    assert process(read(readers.echo)) != gone


def test_what_libraries_print_does_not_get_into_the_answer() -> None:
    assert read(readers.print_out)["text"].to_pylist() == ["The weir."]


def test_large_files_and_empty_ones_travel() -> None:
    large = b"weir " * 2_000_000
    assert read(readers.echo, large)["text"].to_pylist() == [large.decode()]
    assert read(readers.echo, b"")["text"].to_pylist() == [""]


def test_nothing_is_imported_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pile of documents may hold a ``json.py``."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json.py").write_text("raise SystemExit")
    (tmp_path / "weir_of_documents.py").write_text("")
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    assert read(readers.name_modules, b"weir_of_documents")["text"].to_pylist() == ["None"]


def test_a_python_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(SourceError, match="no process could be started to read it"):
        read(readers.echo)


def test_a_worker_that_cannot_be_started_says_why_and_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file is told the same; when sources are read the next time, it is tried anew."""
    broken = tmp_path / "python"
    broken.write_text(f"#!/bin/sh\necho tried >>'{tmp_path}/count'\necho 'ImportError: no weir' >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    for _ in range(3):
        with pytest.raises(SourceError, match=r"no process could be started to read it \(ImportError: no weir\)\."):
            read(readers.echo)
    assert (tmp_path / "count").read_text() == "tried\n"
    isolation._refusals.clear()
    monkeypatch.undo()
    assert read(readers.echo).num_rows == 1


def test_workers_are_given_back_when_nobody_reads_sources_any_more() -> None:
    """Also those that a thread still asked, when the last one left."""
    program = """
from stemmata.readers import isolation
from tests import hostile_readers as readers
ask = lambda: isolation.read_isolated(readers.echo, b"x", seconds=30)
with isolation.reading():
    with isolation.reading():
        ask()
    assert len(isolation._idle) == 1
assert not isolation._all
ask()
assert not isolation._all
print("given back")
"""
    done = run(program)
    assert done.stdout == "given back\n", done.stderr


def test_workers_are_as_isolated_as_python_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither variables nor the user's own packages change what they import; but what is importable here is there."""
    monkeypatch.setenv("PYTHONINSPECT", "1")
    assert read(readers.name_flags)["text"].to_pylist() == ["isolated"]
    program = "from stemmata.readers.isolation import read_isolated\nfrom tests import hostile_readers as readers\n"
    program += "print(read_isolated(readers.echo, b'from PYTHONPATH', seconds=30)['text'][0])"
    assert run(program).stdout == "from PYTHONPATH\n"


def run(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program that may import what this one may."""
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=paths, timeout=60)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z" if sys.platform == "linux" else True


PREAMBLE = """
import os, signal, threading, time
from stemmata.readers import isolation
from stemmata.readers.isolation import read_isolated
from tests import hostile_readers as readers
kept = isolation.reading()
kept.__enter__()
idle = read_isolated(readers.echo, b"x", seconds=30)["title"][0].as_py()
"""
HANGING = """
threading.Thread(target=read_isolated, args=(readers.spin, b"x"), kwargs={"seconds": 30}, daemon=True).start()
time.sleep(0.3)
busy = read_isolated(readers.echo, b"x", seconds=30)["title"][0].as_py()
print(idle, busy, *(worker.process.pid for worker in isolation._all), flush=True)
"""


@POSIX
@pytest.mark.parametrize(
    "end",
    ["", "raise SystemExit(3)", "os.kill(os.getpid(), signal.SIGINT); time.sleep(60)"],
    ids=["end", "exit", "ctrl-c"],
)
def test_workers_end_with_the_process_that_asked_them(end: str) -> None:
    """Idle ones and one that hangs, at once."""
    done = run(PREAMBLE + HANGING + end)
    processes = [int(process) for process in done.stdout.split()]
    assert len(set(processes)) == 2, done.stderr
    assert "Warning" not in done.stderr
    assert not any(alive(process) for process in processes)


@POSIX
def test_workers_end_when_the_process_that_asked_them_is_killed() -> None:
    """The idle one at once; one that hangs soon after its time is up."""
    done = run(PREAMBLE + HANGING.replace("30}", "1}") + "os.kill(os.getpid(), signal.SIGKILL)")
    assert done.returncode == -signal.SIGKILL
    processes = [int(process) for process in done.stdout.split()]
    assert len(set(processes)) == 2
    patience = time.monotonic() + 30
    while any(map(alive, processes)) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not any(map(alive, processes))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_has_workers_of_its_own() -> None:
    """And does not speak into the pipes of its parent's."""
    program = """
child = os.fork()
own = read_isolated(readers.echo, b"x", seconds=30)["title"][0].as_py()
if not child:
    os._exit(7 if own != idle else 8)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), own == idle)
"""
    done = run(
        PREAMBLE.replace("isolation\n", "isolation\nimport warnings; warnings.simplefilter('ignore')\n", 1) + program
    )
    assert done.stdout.split() == ["7", "True"], done.stderr
