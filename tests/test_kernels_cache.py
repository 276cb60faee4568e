"""Where compiled kernels are kept, and what happens where they cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from numba.core import config as numba_config

from stemmata import kernels

FIND = kernels.cache_folder


def found() -> Path | None:
    """What ``cache_folder`` says in this environment, not what it said before."""
    return FIND.__wrapped__()


def double(x: int) -> int:
    return 2 * x


@pytest.mark.parametrize("variable", ["NUMBA_CACHE_DIR", "XDG_CACHE_HOME"])
def test_the_folder_lies_where_the_user_says(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named by a digest of the kernels, so that a changed kernel is never taken for the old one."""
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv(variable, str(tmp_path))
    folder = found()
    assert folder is not None
    assert folder.is_dir()
    assert folder.parent == tmp_path / "stemmata"
    assert folder.name.startswith("kernels-")


def test_without_a_folder_kernels_work_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    with monkeypatch.context() as patch:
        patch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
        assert found() is None
    monkeypatch.setattr(kernels, "cache_folder", lambda: None)
    assert not kernels.compiled()
    assert kernels.kernel(double)(4) == 8


def test_compiled_kernels_are_kept_and_numbas_own_setting_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config: Any = numba_config
    before = config.CACHE_DIR
    monkeypatch.setattr(kernels, "cache_folder", lambda: tmp_path)
    assert not kernels.compiled()
    assert kernels.kernel(double)(4) == 8
    assert kernels.compiled()
    assert before == config.CACHE_DIR


def test_two_processes_compile_what_a_comparison_needs(tmp_path: Path) -> None:
    """After warming up, a comparison compiles no kernel that finds passages or sets words again."""
    code = (
        "from stemmata.warming import warm_up; warm_up();"
        "from stemmata.passages import rectangles, wording; from stemmata.warming import find_passages;"
        "find_passages();"
        "kernels = [rectangles.find_passages, rectangles.seed_cells, wording.align_words, wording.edit_runs];"
        "print([len(kernel.signatures) for kernel in kernels], rectangles.find_passages.stats.cache_hits)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"} | {"XDG_CACHE_HOME": str(tmp_path)},
    )
    assert done.stdout.startswith("[1, 1, 1, 1] ")
    assert "find_passages" not in done.stderr
    assert ": 1}" in done.stdout  # found on disk, where the second process left it
