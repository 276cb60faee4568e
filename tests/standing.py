"""A stand-alone cluster on this machine: a master and two workers, processes that listen on the loopback alone."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection, socket
from typing import IO

LOOPBACK = "127.0.0.1"
WORKERS = 2
PATIENCE = 60.0  # seconds until a process listens
ONE_CORE = ("--cores", "1", "--memory", "1g")
EXECUTOR = "CoarseGrainedExecutorBackend"  # what Spark calls the process of one


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a master and two workers of one core each, hand over the master's address, and end them.

    Parameters
    ----------
    folder : path
        Where they write what they say, and what they hold.
    """
    port, pages = _free_port(), _free_port()
    master = f"spark://{LOOPBACK}:{port}"
    started: list[subprocess.Popen[bytes]] = []
    with (folder / "cluster.log").open("wb") as log:
        try:
            at = ("--host", LOOPBACK, "--port", str(port), "--webui-port", str(pages))
            started.append(_start("master.Master", *at, folder=folder, log=log))
            _wait_for(port)
            for number in range(WORKERS):
                own = folder / f"worker-{number}"
                where = ("--host", LOOPBACK, "--webui-port", "0", "--work-dir", str(own), *ONE_CORE, master)
                started.append(_start("worker.Worker", *where, folder=folder, log=log))
            yield master
        finally:
            for process in reversed(started):
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def executors(folder: Path) -> list[int]:
    """Return the process ids of the executors that run beneath the workers of a cluster."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace")
            where = os.readlink(entry / "cwd")
        except OSError:  # it has ended since
            continue
        if EXECUTOR in command and "java" in command.split("\0", 1)[0] and where.startswith(str(folder)):
            found.append(int(entry.name))
    return sorted(found)


def _start(name: str, *words: str, folder: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
    import pyspark

    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    settings = {"SPARK_LOCAL_IP": LOOPBACK, "SPARK_LOCAL_DIRS": str(folder), "SPARK_DAEMON_MEMORY": "256m"}
    return subprocess.Popen(
        ["bash", str(program), f"org.apache.spark.deploy.{name}", *words],
        env={**os.environ, **settings},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def _free_port() -> int:
    with socket() as one:
        one.bind((LOOPBACK, 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            create_connection((LOOPBACK, port), 1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
