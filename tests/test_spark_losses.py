"""What is lost on the way, an executor or the driver, costs time and changes no row."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pyarrow as pa
import pytest

import stemmata as st
from stemmata.engines.spark import SparkEngine
from tests.sparking import need_spark, spark_session
from tests.standing import WORKERS, cluster, executors
from tests.test_contract import SOURCES

pytestmark = pytest.mark.skipif(
    not os.environ.get("STEMMATA_SPARK"),
    reason="two applications that begin anew take minutes: set STEMMATA_SPARK",
)
PATIENCE = 300.0  # seconds until something that must happen has happened
TOLD = ("pairs", "alignments", "relations", "families", "directions", "stemma", "changes")
SMALL = {"spark.executor.memory": "512m", "spark.sql.shuffle.partitions": "4"}


@pytest.fixture(scope="module")
def documents() -> pa.Table:
    need_spark()
    known = st.read_documents(SOURCES).replace_schema_metadata(None).select(["doc", "text", "published", "language"])
    return known.set_column(1, "text", known["text"].cast(pa.string()))


def _wait_until(happened: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


@pytest.fixture
def killer(tmp_path: Path) -> Iterator[list[int]]:
    """Kills one of the executors while the table of alignments is written; what it killed is in the list."""
    killed: list[int] = []
    given_up = Event()

    def kill() -> None:
        while not given_up.wait(0.02):
            running = executors(tmp_path)
            if running and any((tmp_path / "tables").glob("alignments-*/_temporary/0/_temporary")):
                os.kill(running[0], signal.SIGKILL)
                killed.append(running[0])
                return

    thread = Thread(target=kill)
    thread.start()
    yield killed
    given_up.set()
    thread.join()


def test_an_executor_is_killed_and_no_row_changes(documents: pa.Table, tmp_path: Path, killer: list[int]) -> None:
    here = st.trace(documents)
    with cluster(tmp_path) as master, spark_session(master, **SMALL) as session:
        _wait_until(lambda: len(executors(tmp_path)) == WORKERS)
        frame = session.createDataFrame(documents).repartition(4)
        there = st.trace(frame, engine=SparkEngine(session, str(tmp_path / "tables")))
        assert len(killed := killer) == 1
        assert killed[0] not in executors(tmp_path)
        for name in TOLD:
            assert getattr(there, name).equals(getattr(here, name)), name


def test_the_driver_is_killed_and_what_was_finished_is_not_made_again(documents: pa.Table, tmp_path: Path) -> None:
    source, tables = tmp_path / "archive.parquet", tmp_path / "tables"
    import pyarrow.parquet as pq

    pq.write_table(documents, source)
    words = ["trace", str(source), "--engine", "spark", "--master", "local[2]", "--tables", str(tables)]
    command = [sys.executable, "-m", "stemmata", *words]

    def finished() -> dict[str, int]:
        return {path.parent.name: path.stat().st_mtime_ns for path in tables.glob("*/_DONE")}

    driver = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    try:
        _wait_until(lambda: driver.poll() is not None or any(name.startswith("links") for name in finished()))
    finally:
        os.killpg(driver.pid, signal.SIGKILL)
        _, said = driver.communicate()
    before = finished()
    assert driver.returncode == -signal.SIGKILL, said.decode()
    assert not any(name.startswith("families") for name in before)
    again = subprocess.run([*command, "-o", str(tmp_path / "run")], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    after = finished()
    assert {name: after[name] for name in before} == before
    assert any(name.startswith("families") for name in after)
    here, there = st.trace(source), st.open(tmp_path / "run")
    for name in TOLD:
        assert getattr(there, name).equals(getattr(here, name)), name
