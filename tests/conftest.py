"""What all tests share: how Hypothesis looks for examples, the program called here, and processes side by side."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pyspark.sql import SparkSession
    from starlette.testclient import TestClient

    from stemmata.report.room import Room
    from stemmata.traced import Trace

# few examples and the same every time; ``--hypothesis-profile=thorough`` for many
settings.register_profile("stemmata", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=2_000, deadline=None)
settings.load_profile("stemmata")

PROCESSES = 2
TOGETHER = {"test_crawl": "spark", "test_spark": "spark", "test_browser": "browser"}  # by the names of files
LINEAR_SECONDS = 30
Run: TypeAlias = Callable[..., tuple[int, str, str]]


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Run the whole suite in two processes, where pytest-xdist is there and nobody asked for another number.

    Tests that are named run in this process alone, which starts sooner; so do all under ``--pdb`` or ``-n 0``.
    """
    asked = config.option
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    worker = hasattr(config, "workerinput")
    if whole and not worker and not asked.usepdb and getattr(asked, "numprocesses", PROCESSES) is None:
        asked.numprocesses, asked.dist = PROCESSES, "loadscope"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of a file in one process, and so all of Spark, and all of the browser: what they share is dear."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):  # type: ignore[misc]  # it is not typed
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return next((TOGETHER[name] for name in TOGETHER if name in file), file)

    return Together(config, log)


@pytest.fixture
def linear() -> Iterator[None]:
    """See that an input does not cost the square of its length: a test has a second's work, which would be minutes'.

    It is this process's own time that counts, whatever else the machine does.
    """
    begun = time.process_time()
    yield
    assert time.process_time() - begun < LINEAR_SECONDS


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """The trace of the sample newsroom; it is only looked at."""
    from stemmata import demo, tracing

    folder, metadata = demo.unpack(tmp_path_factory.mktemp("newsroom"))
    return tracing.trace(folder, metadata=metadata)


@pytest.fixture(scope="session")
def run_folder(newsroom: Trace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample newsroom, traced and saved; it is only looked at."""
    folder = tmp_path_factory.mktemp("room") / "newsroom"
    newsroom.save(folder)
    return folder


@pytest.fixture(scope="session")
def served(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample newsroom's reading room; beneath it stand a library's, and files that were dropped."""
    from tests.browsing import house

    with house(run_folder, tmp_path_factory.mktemp("house")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser without a window; where none is installed the test is skipped."""
    from tests.browsing import started

    with started() as browser:
        yield browser


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A Spark application on this machine, far from UTC; where there is no Java the test is skipped."""
    from tests.sparking import spark_session

    warehouse = str(tmp_path_factory.mktemp("warehouse"))
    with spark_session(**{"spark.sql.warehouse.dir": warehouse, "spark.sql.session.timeZone": "Asia/Tokyo"}) as session:
        yield session


@pytest.fixture(scope="session")
def newsroom_room(newsroom: Trace) -> Room:
    """The sample newsroom as its pages see it; it is only looked at."""
    from stemmata.report.room import Room

    return Room(newsroom)


@pytest.fixture(scope="session")
def client(run_folder: Path) -> TestClient:
    """The sample newsroom's reading room."""
    from starlette.testclient import TestClient

    from stemmata.server.app import make_app
    from stemmata.server.shelves import RunShelf

    app = make_app(RunShelf(run_folder))
    return TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Call the program in this process: its exit status, what it printed, what it said on the side."""
    from stemmata.__main__ import main

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    answered = [number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))]
    before = {number: signal.getsignal(number) for number in answered}
    yield call
    for number, answer in before.items():
        signal.signal(number, answer)  # the program has answers of its own, as to Ctrl-C
