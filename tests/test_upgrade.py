"""A folder of the first format, of one file a table: read as it is, and turned into the second when it is written."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import stemmata as st
from stemmata import catalog
from stemmata.errors import FormatError
from stemmata.folder import Folder
from tests.witnesses import WITNESSES

FIRST = """
PRAGMA application_id = 1937010017;
PRAGMA user_version = 1;
CREATE TABLE generations (generation INTEGER PRIMARY KEY, written TEXT NOT NULL);
CREATE TABLE tables (
    name TEXT PRIMARY KEY,
    generation INTEGER NOT NULL REFERENCES generations,
    rows INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    inputs TEXT NOT NULL,
    options TEXT NOT NULL,
    statistics TEXT NOT NULL,
    file TEXT AS ('tables/' || name || '/' || generation || '.parquet')
);
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
ABOUT = {"version": "0.1.0", "verb": "trace", "command": "stemmata trace letters"}
LETTERS = pa.table({"doc": ["письмо", "رسالة", "信"], "n": [1, 2, 3]})


def of_first_format(path: Path, tables: dict[str, pa.Table], about: Mapping[str, object]) -> None:
    """Write a folder as stemmata 0.1 did."""
    path.mkdir()
    with closing(sqlite3.connect(path / "catalog.sqlite", isolation_level=None)) as connection:
        connection.executescript(FIRST)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO generations VALUES (1, '2026-01-01T00:00:00+00:00')")
        for name, table in tables.items():
            file = path / "tables" / name / "1.parquet"
            file.parent.mkdir(parents=True)
            pq.write_table(table.replace_schema_metadata(None), file, compression="zstd", write_page_checksum=True)
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            row = (name, 1, table.num_rows, digest, "inputs", "options", "statistics")
            connection.execute("INSERT INTO tables VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        rows = [(key, json.dumps(value)) for key, value in about.items()]
        connection.executemany("INSERT INTO about VALUES (?, ?)", rows)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    of_first_format(tmp_path / "run", {"documents": LETTERS, "pairs": LETTERS.slice(1)}, ABOUT)
    return tmp_path / "run"


def version(path: Path) -> int:
    with closing(sqlite3.connect(path / "catalog.sqlite")) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_an_older_folder_is_read_and_not_changed(old: Path) -> None:
    before = {file: file.read_bytes() for file in old.rglob("*") if file.is_file()}
    folder = Folder.open(old)
    folder.check()
    assert folder.read("documents").equals(LETTERS)
    assert folder.dataset("pairs").to_table().equals(LETTERS.slice(1))
    assert (folder.catalog.generation, folder.catalog.about, folder.catalog.removed) == (1, ABOUT, ())
    entry = folder.catalog.tables["pairs"][0]
    assert (entry.kind, entry.level, entry.origin) == ("parquet", 0, catalog.Origin("inputs", "options", "statistics"))
    assert {file: file.read_bytes() for file in old.rglob("*") if file.is_file()} == before


def test_an_older_folder_is_of_the_new_format_once_it_is_written(old: Path) -> None:
    """What is not written anew stays; what a reader has opened before it keeps."""
    reader = Folder.open(old)
    with Folder.open(old).change() as change:
        change.put("pairs", LETTERS.slice(2))
    assert version(old) == catalog.FORMAT == 2
    folder = Folder.open(old)
    folder.check()
    assert folder.read("documents").equals(LETTERS)
    assert folder.read("pairs").equals(pa.concat_tables([LETTERS.slice(1), LETTERS.slice(2)]))
    assert (folder.catalog.generation, folder.catalog.about) == (2, ABOUT)
    assert folder.catalog.tables["documents"][0].origin == reader.catalog.tables["documents"][0].origin
    assert reader.read("pairs").equals(LETTERS.slice(1))
    assert reader.catalog.generation == 1


def test_a_trace_of_the_first_format_is_opened_and_saved_over(tmp_path: Path) -> None:
    article = WITNESSES["en"]
    trace = st.compare(st.Text(article.text, doc="article"), st.Text(article.edited, doc="copy"))
    names = ("documents", "pairs", "alignments", "relations", "directions", "statistics")
    of_first_format(tmp_path / "run", {name: getattr(trace, name) for name in names}, dict(trace.about))
    opened = st.open(tmp_path / "run")
    for name in names:
        assert getattr(opened, name).equals(getattr(trace, name)), name
    trace.save(tmp_path / "run")
    assert version(tmp_path / "run") == 2
    assert st.open(tmp_path / "run").relations.equals(trace.relations)


def test_an_older_trace_is_no_library(old: Path) -> None:
    with pytest.raises(FormatError, match="no library, but a folder that 'stemmata trace' has written"):
        st.Library(old)
    assert version(old) == 1


KILLED = """
import itertools, os, shutil, signal, sys
from pathlib import Path
import pyarrow as pa
from stemmata import catalog
from stemmata.folder import Folder

def killed_at(step):
    seen = 0
    def trace(frame, event, arg):
        nonlocal seen
        if frame.f_code.co_filename != catalog.__file__ or frame.f_code.co_name != "commit":
            return None
        seen += event == "line"
        if seen == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace
    return trace

old, status = Path(sys.argv[1]), signal.SIGKILL
for step in itertools.takewhile(lambda _: status == signal.SIGKILL, itertools.count(1)):
    path = shutil.copytree(old, old.with_name(f"killed {step}"))
    child = os.fork()
    if not child:
        sys.settrace(killed_at(step))
        with Folder.open(path).change() as change:
            change.put("pairs", pa.table({"n": [step]}))
        os._exit(0)
    _, status = os.waitpid(child, 0)
print(step, status)
sys.stdout.flush()
os._exit(0)  # Arrow's threads do not always survive the end of a process that has forked
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_process_killed_while_it_upgrades_leaves_one_format_or_the_other(old: Path, tmp_path: Path) -> None:
    """Before every line of the commit: the generation before is there, whole, in whichever format; then it goes on."""
    command = [sys.executable, "-W", "ignore", "-c", KILLED, str(old)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    steps, status = map(int, done.stdout.split())
    assert (steps > 10, status) == (True, 0)
    formats = []
    for step in range(1, steps + 1):
        path = tmp_path / f"killed {step}"
        formats.append(version(path))
        folder = Folder.open(path)
        folder.check()
        assert folder.read("documents").equals(LETTERS)
        assert (folder.catalog.generation == 2) == (len(folder.catalog.tables["pairs"]) == 2)
        Folder.open(path).write({"pairs": LETTERS})
        assert Folder.open(path).read("pairs").equals(LETTERS)
        assert version(path) == 2
    assert formats == sorted(formats)
    assert {*formats} == {1, 2}


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
def test_a_reader_is_served_while_a_folder_is_upgraded(old: Path) -> None:
    """In the middle of the upgrade, before it is committed, the folder is of the first format for all others."""
    with closing(sqlite3.connect(old / "catalog.sqlite", isolation_level=None)) as connection:
        connection.executescript(catalog._UPGRADE.replace("COMMIT;", ""))
        assert Folder.open(old).read("documents").equals(LETTERS)
        connection.execute("COMMIT")
        assert Folder.open(old).read("documents").equals(LETTERS)
        Folder.open(old).check()


@pytest.mark.parametrize("use", [Folder.open, Folder.create, st.Library, st.open], ids=["read", "write", "add", "open"])
def test_a_newer_format_is_refused_with_the_mend(old: Path, use: object) -> None:
    with closing(sqlite3.connect(old / "catalog.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 3")
    assert callable(use)
    with pytest.raises(FormatError, match="has format 3; this stemmata knows up to 2") as caught:
        use(old)
    assert caught.value.where == str(old)
    assert caught.value.mend == "upgrade: pip install --upgrade stemmata."
    assert version(old) == 3
