"""What the page of the reading room says is done as it is printed: servers are started, and asked by curl."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import stemmata as st
from tests.articles import FERRY, FERRY_SPUN
from tests.served import served
from tests.test_docs import blocks

BLOCKS = [body for page, body in blocks("console") if page == "server.md"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    for name, text in (("article.txt", FERRY), ("copy.txt", FERRY_SPUN)):
        (folder / name).write_text(text, "utf-8")
    texts = [st.Text(FERRY, doc="ferry.txt"), st.Text(FERRY_SPUN, doc="ferry-spun.txt")]
    st.trace(texts).save(folder / "run")
    st.Library(folder / "library").add(texts)
    return folder


@pytest.mark.skipif(not shutil.which("curl") or sys.platform == "win32", reason="there is no curl")
@pytest.mark.parametrize("body", BLOCKS)
def test_a_server_answers_as_its_page_says(
    body: str, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    serve, *asked = body.splitlines()
    assert asked
    with served(*shlex.split(serve)[2:], temporary=tmp_path) as address:
        for line in asked:
            program, *words = shlex.split(line.replace("http://127.0.0.1:8000/", address))
            assert program == "curl"
            answer = subprocess.run([program, "--fail", *words], capture_output=True, check=False)
            assert answer.returncode == 0, answer.stderr
            assert answer.stdout or "-o" in words
