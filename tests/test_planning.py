"""The plan: what a run would cost, from a sample."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from rich.console import Console

import stemmata as st
from stemmata import pipeline, planning
from stemmata.beginnings import take_beginnings
from stemmata.documents import DocumentOptions, read_documents
from stemmata.engines import LocalEngine
from stemmata.errors import MissingSource
from stemmata.planning import BASE, LEAST_DOCUMENTS, LEAST_FILES, Plan, plan_run
from stemmata.report.plan import render_plan
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.web_archives import answer, page, record

WORDS = sorted({*FERRY.split(), *FERRY_SPUN.split(), *ORCHARD.split()})
ONE = LocalEngine(workers=1)


def sentences(seed: int, count: int = 12) -> list[str]:
    """Sentences of a subject of their own, in words that all share."""
    chance = random.Random(seed)
    return [f"{' '.join(chance.choices(WORDS, k=chance.randint(8, 20)))}." for _ in range(count)]


def planned(*sources: Path, options: st.Options | None = None) -> Plan:
    return plan_run([str(source) for source in sources], options=options or st.Options(), engine=ONE)


def told(plan: Plan) -> str:
    return " ".join(render_plan(plan, Console(width=200)).split())


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty families of five, each of its texts a choice of one article's sentences: two pairs a document."""
    folder = tmp_path_factory.mktemp("pile")
    for family in range(40):
        for copy in range(5):
            chance = random.Random(100 * family + copy)
            kept = [sentence for sentence in sentences(family) if chance.random() < 0.6]
            (folder / f"{family}-{copy}.txt").write_text("\n\n".join(kept) or FERRY, "utf-8")
    return folder


@pytest.fixture(scope="module")
def plan(pile: Path) -> Plan:
    """The middle one of three, as one may be planned while the machine is held up."""
    plans = sorted((planned(pile) for _ in range(3)), key=lambda plan: sum(plan.hours.values()))
    return plans[1]


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents each call of a stage is given."""
    counts: list[int] = []

    def recording(function: Callable[..., pa.Table], at: int) -> Callable[..., pa.Table]:
        def call(*tables: pa.Table, **options: Any) -> pa.Table:
            counts.append(tables[at].num_rows)
            return function(*tables, **options)

        return call

    stages = tuple(
        stage._replace(function=recording(stage.function, stage.takes.index("documents"))) for stage in pipeline.STAGES
    )
    monkeypatch.setattr(pipeline, "STAGES", stages)
    monkeypatch.setattr(planning, "STAGES", stages)
    return counts


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The files that were read, call by call."""
    calls: list[list[str]] = []

    def call(sources: list[str | st.Text], **options: Any) -> pa.Table:
        calls.append([source for source in sources if isinstance(source, str)])
        return read_documents(sources, **options)

    monkeypatch.setattr("stemmata.planning.read_documents", call)
    return calls


def test_a_sample_stands_for_the_whole(plan: Plan, pile: Path) -> None:
    """Twenty files at least are read; documents are reckoned by bytes, pairs at two a document."""
    assert (plan.files, plan.sample, plan.read, plan.traced) == (200, LEAST_FILES, LEAST_FILES, LEAST_FILES)
    assert plan.size == sum(path.stat().st_size for path in pile.iterdir())
    assert plan.documents == pytest.approx(200, rel=0.25)
    assert plan.pairs == 2 * plan.documents


def test_what_the_run_then_costs_is_what_was_planned(plan: Plan, pile: Path, tmp_path: Path) -> None:
    """Processor time within a factor of four, all tables on disk within three; every stage has its share."""
    trace = st.trace(pile, engine=ONE)
    seconds: dict[str, float] = trace.about["seconds"]  # type: ignore[assignment]
    trace.save(tmp_path / "run")
    disk = sum(file.stat().st_size for file in (tmp_path / "run").glob("tables/*/*.parquet"))
    assert list(plan.hours) == list(seconds) == ["documents", *(stage.name for stage in pipeline.STAGES)]
    assert 1 / 4 < 3600 * sum(plan.hours.values()) / sum(seconds.values()) < 4
    assert 1 / 3 < plan.disk / disk < 3
    assert plan.memory > BASE + trace.documents.nbytes / 2


def test_a_table_is_read_once_and_a_part_of_its_rows_traced(
    tmp_path: Path, recorded: list[int], opened: list[list[str]]
) -> None:
    """No stage sees more than two hundred of three thousand rows; all are counted."""
    rows = [{"id": f"item {n:04}", "text": "\n\n".join(sentences(n))} for n in range(3_000)]
    table = tmp_path / "items.jsonl"
    table.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    plan = planned(table)
    assert (plan.sample, plan.read, plan.traced, plan.documents) == (1, 3_000, LEAST_DOCUMENTS, 3_000)
    assert max(recorded) == LEAST_DOCUMENTS
    assert [path for paths in opened for path in paths] == [str(table)]
    assert "Sample 1 file, 3,000 documents, of which 200 were traced" in told(plan)


def test_there_is_a_most_to_what_is_read_and_traced(
    pile: Path, monkeypatch: pytest.MonkeyPatch, recorded: list[int], opened: list[list[str]]
) -> None:
    """Files are added while the bytes suffice, and one always is; the stages get no more than their share."""
    monkeypatch.setattr(planning, "MOST_BYTES", 8_000)
    monkeypatch.setattr(planning, "MOST_DOCUMENTS", 4)
    plan = planned(pile)
    *most, last = (Path(path).stat().st_size for path in opened[-1])
    assert sum(most) < 8_000 <= sum(most) + last
    assert plan.sample == plan.read == len(opened[-1]) < LEAST_FILES
    assert plan.traced == max(recorded) == 4
    monkeypatch.setattr(planning, "MOST_BYTES", 1)
    assert planned(pile).sample == 1


def test_the_sample_is_drawn_by_paths_below_the_source(tmp_path: Path, opened: list[list[str]]) -> None:
    """Of a crawl in which all files are called the same it is no neighbourhood; moving the pile does not change it."""
    drawn = []
    for root in (tmp_path / "crawl", tmp_path / "moved"):
        for n in range(60):
            page = root / f"page{n:02}" / "index.txt"
            page.parent.mkdir(parents=True)
            page.write_text(sentences(n)[0], "utf-8")
        planned(root)
        drawn.append({Path(path).parent.name for path in opened[-1]})
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == LEAST_FILES
    assert {int(name.removeprefix("page")) // 20 for name in drawn[0]} == {0, 1, 2}, "from all over the crawl"


def test_empty_files_do_not_make_the_rest_grow(tmp_path: Path) -> None:
    """One text among sixty empty files is one document, wherever the sample begins; sixty empty files are none."""
    for n in range(60):
        (tmp_path / f"{n}.txt").write_bytes(b"")
    assert planned(tmp_path).documents == 0
    (tmp_path / "ferry.txt").write_text(FERRY, "utf-8")
    plan = planned(tmp_path)
    assert (plan.documents, plan.pairs) == (1, 0)
    assert "alignments 0 s" in told(plan), "what takes no time is said to take none"


def test_a_file_too_large_to_be_read_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FERRY, "utf-8")
    (tmp_path / "b.txt").write_text(ORCHARD * 100, "utf-8")
    plan = planned(tmp_path, options=st.Options(documents=DocumentOptions(limit_bytes=5_000)))
    assert (plan.files, plan.size, plan.documents) == (2, len(FERRY.encode()), 1)
    assert [Path(row["uri"]).name for row in plan.skipped] == ["b.txt"]


def test_a_table_over_the_limit_is_read_in_pieces_and_costs_what_it_holds(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": " ".join(sentences(n))}) + "\n" for n in range(12))
    (tmp_path / "a.jsonl").write_text(lines, "utf-8")
    plan = planned(tmp_path, options=st.Options(documents=DocumentOptions(limit_bytes=5_000)))
    assert (plan.files, plan.size, plan.documents) == (1, len(lines.encode()), 12)


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.warc", "a.warc.gz"])
def test_of_a_large_table_or_web_archive_the_beginning_is_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is cut is no damage of it; so many as it holds in all are reckoned with."""
    texts = [" ".join(sentences(n)) for n in range(400)]
    if ".jsonl" in name:
        data = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
        data = gzip.compress(data) if name.endswith(".gz") else data
    else:
        pages = [record(answer(page(text)), f"https://a.example/{n}") for n, text in enumerate(texts)]
        data = b"".join(map(gzip.compress, pages) if name.endswith(".gz") else pages)
    (tmp_path / name).write_bytes(data)
    monkeypatch.setattr(planning, "MOST_BYTES", len(data) // 4)
    plan = planned(tmp_path)
    assert (plan.files, plan.sample, plan.size, plan.skipped) == (1, 1, len(data), [])
    assert 60 < plan.read < 120
    assert plan.documents == pytest.approx(400, rel=0.1)


def test_a_large_file_that_is_gone_is_left_to_who_reads_it(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone.jsonl")
    assert take_beginnings({gone: 1_000}, 10, str(tmp_path)) == {gone: 1_000}


def test_a_small_pile_is_its_own_sample(tmp_path: Path) -> None:
    """What could not be read of it is told with its reason and its mend."""
    (tmp_path / "a.txt").write_text(FERRY, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    plan = planned(tmp_path)
    assert (plan.files, plan.sample, plan.documents) == (2, 2, 1)
    assert "Sample 2 files, 1 document Documents about 1 " in told(plan)
    assert "b.txt: it is empty. give a file with text in it." in told(plan)


def test_nothing_to_read_is_said_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text(FERRY, "utf-8")
    plan = planned(tmp_path)
    assert (plan.files, plan.documents, plan.pairs) == (0, 0, 0)
    said = told(plan)
    assert said.startswith("Nothing could be read. Skipped")
    assert f"{tmp_path.as_posix()}: it has no files." in said
    assert "hidden, left out (1)" in said
    assert "Processor time" not in said
    with pytest.raises(MissingSource):
        planned(tmp_path / "nowhere")


def test_a_plan_is_told_in_hours_and_gigabytes() -> None:
    plan = Plan(
        files=1_000_000,
        size=41_000_000_000,
        sample=480,
        read=500,
        traced=200,
        skipped=[{"uri": f"\x1b[2J{n}.png", "reason": "an image.", "mend": "recognise its text."} for n in range(12)],
        notes=[],
        documents=980_000,
        pairs=1_960_000,
        hours={"documents": 2.5, "alignments": 1.25, "stemma": 0.001, "changes": 0.0},
        workers=4,
        disk=3_400_000_000,
        memory=2_100_000_000_000,
    )
    said = told(plan)
    assert said.startswith("About 56 min with 4 workers.")
    for part in (
        "1,000,000 files, 41 GB",
        "480 files, 500 documents, of which 200 were traced",
        "3.4 GB",
        "2.1 TB",
        "2.5 h",
        "75 min",
        "4 s",
        "changes 0 s",
        "␛[2J0.png: an image. recognise its text.",
        "and 4 more",
    ):
        assert part in said
    nothing = told(replace(plan, documents=0))
    assert nothing.startswith("Nothing could be read of the sample, 480 of 1,000,000 files.")
    assert "2.5 h" not in nothing
