"""The program as a whole, in a process of its own: what a stranger types, and what comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.articles import EXAMPLES, FERRY, ORCHARD

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
    name: str, content: bytes | None, code: int, says: str, tmp_path: Path
) -> None:
    """An answer, or an error of three lines that names the place and the mend; never a traceback."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = stemmata("compare", PAIR[0], str(path))
    assert done.returncode == code
    told = " ".join((done.stdout + done.stderr).split())
    assert says in told
    assert "Traceback" not in told
    if code:
        assert done.stdout == ""
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
