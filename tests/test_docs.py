"""The docs say what is true: their commands run, their pages are made from the code as it is."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scripts import document

import stemmata as st
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run
from tests.lanterns import LANTERNS
from tests.prose import GERMAN, sentences, swapped, texts

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
ASKED = "How many years does a sapling of an old kind need to bear, and who signed contracts for the whole crop?"
ROWS = [(FERRY, 0.4), (FERRY_SPUN, 0.2), (ORCHARD, 0.9), (f"{ORCHARD}\n{ASKED}", 0.5)]
CRAWL = [{"id": n, "text": text, "quality": quality} for n, (text, quality) in enumerate(ROWS, 1)]
# what sets an environment up, runs the tests themselves, or the demo, which ``test_program`` looks at from end to end;
# .ci/run runs the README's as they are printed; or a server, which ``test_server_docs`` asks what its page says
SET_UP = (
    "python3 -m venv",
    ".venv/bin/pip",
    ".ci/run",
    ".venv/bin/python -m benchmarks",
    ".venv/bin/python -m scripts",
    ".venv/bin/python -m tests",
    "stemmata demo",
    "stemmata serve",
    "stemmata trace archive/ --engine spark",  # test_crawl
    "stemmata dedup pages.jsonl --engine spark",  # test_crawl
    "curl",
)


def blocks(language: str) -> list[tuple[str, str]]:
    """All fenced blocks of a language, with the page that each stands on."""
    return [
        (page.name, body)
        for page in PAGES
        for body in re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    ]


def commands() -> list[tuple[str, str]]:
    """All command lines of the docs that a test can run."""
    lines = [(page, line) for lang in ("sh", "console") for page, body in blocks(lang) for line in body.splitlines()]
    return [(page, line) for page, line in lines if line.strip() and not line.startswith(SET_UP)]


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """German newspapers, more than 100,000 words that were made up; an article, its copy, and counts."""
    folder = tmp_path_factory.mktemp("press")
    (folder / "zeitungen").mkdir()
    papers = texts(GERMAN, 440)
    short = [sentence for sentence in sentences(GERMAN[:3]) if len(sentence.split()) < 10]
    article = " ".join(short[:40])  # no ten words in a row are in the papers
    for first in range(0, 440, 44):
        (folder / "zeitungen" / f"{first}.txt").write_text("\n\n".join(papers[first : first + 44]), "utf-8")
    (folder / "artikel.txt").write_text(article, "utf-8")
    (folder / "kopie.txt").write_text(swapped(article, "de"), "utf-8")
    st.build_counts(folder / "zeitungen", folder / "counts-de.parquet", language="de")
    return folder


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A crawl in two files, its statistics, two shards of it, and the pile that was joined of them."""
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "crawl").mkdir()
    for name, some in (("a", CRAWL[:2]), ("b", CRAWL[2:])):
        (folder / "crawl" / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in some), "utf-8")
    facts = st.write_statistics(folder / "crawl", folder / "statistics.parquet").path
    for number in (1, 2):
        place = folder / "shards" / str(number)
        st.fingerprint_shard(folder / "crawl", place, shard=f"{number}/2", statistics=facts)
    st.join_shards(folder / "shards", folder / "pile")
    return folder


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one's own article and its copy, a pack of evidence on them, an inbox, and articles to be added."""
    folder = tmp_path_factory.mktemp("held")
    for name, text in (("articles/ferry.txt", FERRY), ("inbox/copy.txt", FERRY_SPUN)):
        (folder / name).parent.mkdir()
        (folder / name).write_text(text, "utf-8")
    held = st.Library(folder / "library")
    held.add(folder / "articles", ours=True)
    held.add(ROOT / "examples" / "ferry-spun.txt")
    held.evidence("ferry.txt", "ferry-spun.txt", folder / "pack.zip")
    return folder


@pytest.fixture(scope="module")
def tradition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Witnesses of one tale, what is known of them, rules and corrections; and their run."""
    folder = tmp_path_factory.mktemp("scriptorium")
    (folder / "witnesses").mkdir()
    for name, text in LANTERNS.items():
        (folder / "witnesses" / f"{name}.txt").write_text(text, "utf-8")
    (folder / "witnesses.csv").write_text("path,siglum,not_after\nA.txt,A,1450-01-01\nB.txt,B,\n", "utf-8")
    (folder / "rules.csv").write_text("from,to\nv,u\n", "utf-8")
    (folder / "corrections.csv").write_text(
        "witness,words,beside,its_words\nD.txt,trimmed *the* wicks,A.txt,trimmed *each* wick\n", "utf-8"
    )
    st.trace_witnesses(folder / "witnesses").save(folder / "tradition")
    return folder


@pytest.fixture
def desk(tmp_path: Path, press: Path, cluster: Path, library: Path, tradition: Path) -> Path:
    """A folder as the docs take it for granted: the examples, an article with its copy, a task, and a pile of both."""
    for prepared in (press, cluster, library, tradition):
        shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    shutil.copytree(ROOT / "tests" / "fixtures" / "datasets" / "saved", tmp_path / "notices")
    for folder in ("examples", "archive"):
        (tmp_path / folder).mkdir()
    for name, alias in (("ferry.txt", "article.txt"), ("ferry-spun.txt", "copy.txt")):
        text = (ROOT / "examples" / name).read_bytes()
        (tmp_path / "examples" / name).write_bytes(text)
        (tmp_path / alias).write_bytes(text)
        (tmp_path / "archive" / name).write_bytes(text)
    shutil.copy(ROOT / "examples" / "datatrove_families.py", tmp_path / "examples")
    (tmp_path / "archive" / "page.html").write_text(
        f"<html><body><p>{'A stork stood on the roof. ' * 9}</p></body></html>", "utf-8"
    )
    (tmp_path / "crawl.jsonl").write_text("".join(json.dumps(line) + "\n" for line in CRAWL), "utf-8")
    (tmp_path / "benchmark.jsonl").write_text(json.dumps({"id": "q1", "text": ASKED}) + "\n", "utf-8")
    (tmp_path / "task.txt").write_text("Write about the ferry, in no more than five hundred words.", "utf-8")
    (tmp_path / "dates.csv").write_text("path,published\nferry.txt,2026-03-01\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(("page", "line"), commands())
def test_every_command_of_the_docs_runs(
    page: str, line: str, desk: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """As printed, on the sample pair; ``test_program`` runs the program in processes of its own."""
    monkeypatch.chdir(desk)
    program, *words = shlex.split(line, comments=True)
    assert program == "stemmata", f"{page}: a test cannot run {line!r}; name it in SET_UP if CI does"
    status, out, err = run(*words)
    assert status == 0, err
    assert out


@pytest.mark.parametrize(("page", "body"), [block for block in blocks("python") if block[0] != "spark.md"])
def test_every_python_block_of_the_docs_runs(
    page: str, body: str, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And prints what its comments say; what asks for a cluster does so in ``test_crawl``."""
    if "datatrove" in body:
        for needed in ("datatrove", "orjson"):
            pytest.importorskip(needed, reason=f"{needed} is not installed, of which {page} makes use")
        monkeypatch.syspath_prepend(desk / "examples")
    monkeypatch.chdir(desk)
    exec(compile(body, page, "exec"), {"__name__": "__main__"})
    promised = re.findall(r"^ *print\(.*\)  # (.*)$", body, re.M)
    assert capsys.readouterr().out.splitlines() == promised


def test_the_script_for_slurm_runs(tmp_path: Path, cluster: Path) -> None:
    """Once for each task of the array, with the variables that Slurm sets; what the tasks wrote can be joined."""
    (script,) = (body for page, body in blocks("bash") if page == "cluster.md")
    shutil.copytree(cluster, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("shards", "pile"))
    program = tmp_path / "bin" / "stemmata"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m stemmata "$@"\n', "utf-8")
    program.chmod(0o755)
    for task in ("1", "2"):
        slurm = {"SLURM_ARRAY_TASK_ID": task, "SLURM_CPUS_PER_TASK": "1", "N": "2"}
        path = {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}
        subprocess.run(["bash", "-ec", script], cwd=tmp_path, check=True, env=os.environ | path | slurm)
    assert st.join_shards(tmp_path / "shards", tmp_path / "pile").counts["documents"] == len(CRAWL)


@pytest.mark.parametrize("name", document.PAGES)
def test_the_pages_that_are_made_are_up_to_date(name: str) -> None:
    """``python -m scripts.document`` writes them."""
    assert (document.DOCS / name).read_text(encoding="utf-8") == document.MADE + document.PAGES[name]()


def test_every_link_leads_somewhere() -> None:
    """Links between pages and to files of the checkout."""
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_has_two_commands_that_do_all() -> None:
    install = (ROOT / "README.md").read_text(encoding="utf-8").split("## Install")[1].split("## ")[0]
    body = re.findall(r"^```sh\n(.*?)^```", install, re.M | re.S)
    assert len(body) == 1
    assert len(body[0].splitlines()) == 2
