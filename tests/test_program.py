"""The program as a whole, mostly in a process of its own: what a stranger types, and what comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.articles import EXAMPLES, FERRY, ORCHARD
from tests.conftest import Run

PAIR = (str(EXAMPLES / "ferry.txt"), str(EXAMPLES / "ferry-spun.txt"))


def stemmata(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program without a terminal."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "stemmata", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"COLUMNS": "80"} | environment,
    )


def test_a_comparison_from_end_to_end(tmp_path: Path) -> None:
    """Verdict on stdout, nothing on stderr, the report beside it, no colour in a pipe."""
    done = stemmata("compare", *PAIR, "-o", str(tmp_path / "report.html"))
    assert done.returncode == 0
    assert done.stderr == ""
    assert "ferry-spun.txt is a spun copy of ferry.txt." in done.stdout
    assert "\x1b" not in done.stdout
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_json_says_the_same(tmp_path: Path) -> None:
    done = stemmata("compare", *PAIR, "--json", "--save", str(tmp_path / "run"))
    answer = json.loads(done.stdout)
    assert answer["relation"]["kind"] == "spun"
    assert answer["direction"]["source"] == "ferry.txt"
    assert (tmp_path / "run" / "catalog.sqlite").exists()


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("empty.txt", b"", 1, "empty"),
        ("blank.txt", b" \n\t\n", 1, "white space"),
        ("binary.txt", bytes(range(256)) * 20, 1, "binary"),
        ("nowhere.txt", None, 2, "not there"),
        ("word.txt", b"Ferry", 0, "too few to tell"),
        ("stranger.txt", ORCHARD.encode(), 0, "nothing in common"),
        ("equal.txt", FERRY.encode(), 0, "hold the same text"),
    ],
)
def test_whatever_is_given_gets_a_clear_answer(
    name: str, content: bytes | None, code: int, says: str, tmp_path: Path, run: Run
) -> None:
    """An answer, or an error of three lines that names the place and the mend; never a traceback."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    status, out, err = run("compare", PAIR[0], str(path))
    assert status == code
    told = " ".join((out + err).split())
    assert says in told
    assert "Traceback" not in told
    if code:
        assert out == ""
        assert f"where: {path}" in told
        assert "mend:" in told


def test_the_same_file_twice_is_a_usage_error() -> None:
    done = stemmata("compare", PAIR[0], PAIR[0])
    assert done.returncode == 2
    assert "given twice" in done.stderr


def test_where_no_cache_can_be_kept_the_kernels_compile_each_time(tmp_path: Path) -> None:
    """A home that cannot be written costs time, not the answer."""
    (tmp_path / "file").write_text("no folder")
    code = "from stemmata.kernels import cache_folder, compiled; print(cache_folder(), compiled())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}
        | {"XDG_CACHE_HOME": str(tmp_path / "file"), "HOME": str(tmp_path / "file")},
    )
    assert done.stdout.split() == ["None", "False"]


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    for name in ("ferry.txt", "ferry-spun.txt"):
        (folder / name).write_bytes((EXAMPLES / name).read_bytes())
    (folder / "orchard.txt").write_text(ORCHARD, "utf-8")
    return folder


def test_a_pile_from_end_to_end(pile: Path, tmp_path: Path, run: Run) -> None:
    """What was found on stdout, nothing on stderr; the tables and the report in the folder."""
    kept = tmp_path / "run"
    done = stemmata("trace", str(pile), "-o", str(kept))
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 of 3 documents belong to one family; 1 stands alone." in done.stdout
    assert "original ferry.txt" in done.stdout
    assert (kept / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert len(list(kept.glob("tables/*/*.parquet"))) == 14
    assert run("trace", pile, "-o", kept)[0] == 0, "a run is replaced by the next"


def test_a_pile_as_json(pile: Path) -> None:
    answer = json.loads(stemmata("trace", str(pile / "*.txt"), "--json").stdout)
    assert [row["doc"] for row in answer["documents"]] == ["ferry-spun.txt", "ferry.txt", "orchard.txt"]
    assert [row["kind"] for row in answer["relations"]] == ["spun"]
    assert {row["doc"]: row["parent"] for row in answer["stemma"]} == {"ferry.txt": None, "ferry-spun.txt": "ferry.txt"}
    assert answer["about"]["verb"] == "trace"


def test_what_cannot_be_read_costs_the_run_nothing_but_its_status(pile: Path, tmp_path: Path, run: Run) -> None:
    """Skipped files are named; with --strict, or where nothing is left, the status is 1."""
    (pile / "empty.txt").write_bytes(b"")
    done = stemmata("trace", str(pile))
    assert done.returncode == 0
    assert "empty.txt:itisempty." in "".join(done.stdout.split())  # a line may end anywhere in a long path
    assert run("trace", pile, "--strict")[0] == 1
    bare = tmp_path / "bare"
    bare.mkdir()
    status, out, err = run("trace", bare)
    assert (status, err) == (1, "")
    assert "Nothing could be read" in out
    status, out, err = run("trace", tmp_path / "nowhere")
    assert (status, out) == (2, "")
    assert "is not there" in err


def test_metadata_that_cannot_be_read_are_an_error(pile: Path, tmp_path: Path) -> None:
    done = stemmata("trace", str(pile), "--metadata", str(tmp_path / "nowhere.csv"))
    assert done.returncode == 2
    assert "nowhere.csv" in done.stderr


def test_a_plan_is_told_and_its_status_says_whether_there_is_anything(pile: Path, tmp_path: Path, run: Run) -> None:
    done = stemmata("trace", str(pile), "--plan")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Processor time by stage" in done.stdout
    bare = tmp_path / "bare"
    bare.mkdir()
    status, out, err = run("trace", bare, "--plan")
    assert (status, err) == (1, "")
    assert "Nothing could be read." in out
    assert "it has no files." in " ".join(out.split())


def test_the_demo_from_end_to_end(tmp_path: Path) -> None:
    """It writes the newsroom and what was found, and says how much of the truth that is."""
    done = stemmata("demo", "-o", str(tmp_path / "demo"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "60 of 74 documents belong to 8 families; 14 stand alone." in done.stdout
    assert "8 of 8 found exactly" in done.stdout
    assert (tmp_path / "demo" / "run" / "report.html").stat().st_size > 100_000
    assert "7 of 7 named; none named wrongly" in done.stdout
    assert len(list((tmp_path / "demo" / "newsroom").rglob("*.*"))) > 74
