"""The steps for datatrove in ``examples/``: its pipelines keep what ``st.dedup`` keeps of the same documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import stemmata as st
from tests.articles import EXAMPLES, FERRY, FERRY_SPUN, ORCHARD

pytest.importorskip("orjson", reason="orjson is not installed, by which datatrove reads JSON Lines")
pytest.importorskip("datatrove", reason="datatrove is not installed: pip install datatrove")
executors, io, readers, families = map(
    import_module, ("datatrove.executor", "datatrove.io", "datatrove.pipeline.readers", "examples.datatrove_families")
)

ROWS = [
    {"id": "late", "text": FERRY.replace("ferry", "boat"), "date": "2026-03-04", "quality": 0.8},
    {"id": "first", "text": FERRY, "date": "2026-03-01", "quality": 0.2},
    {"id": "excerpt", "text": FERRY[: FERRY.index("Read also")], "quality": 0.5},
    {"id": "spun", "text": FERRY_SPUN, "date": "2026-03-02", "quality": 0.9},
    {"id": "orchard", "text": ORCHARD, "quality": 0.5},
    {"id": "again", "text": ORCHARD.replace("\n", "\r\n"), "quality": 0.6},
    {"id": "alone", "text": "Six lanterns hang in the old tower, and nobody has lit one since the harbour closed."},
    {"id": "blank", "text": " \n ", "quality": 0.7},
]


def collect(crawl: Path, texts: Any, tasks: int = 2, workers: int = 1) -> None:
    step = families.CollectTexts(texts, columns={"date": "string", "quality": "double"})
    launch([readers.JsonlReader(str(crawl)), step], crawl.with_name("logs-1"), tasks, workers)


def decide(crawl: Path, texts: Any, decisions: Any, **how: Any) -> None:
    launch([families.DecideFamilies(texts, decisions, **how)], crawl.with_name("logs-2"))


def keep(crawl: Path, decisions: Any, tasks: int = 2, **how: Any) -> list[Any]:
    """Return the documents that come out of the third pipeline."""
    kept: list[Any] = []

    def gather(data: Iterator[Any], rank: int, world_size: int) -> Iterator[Any]:  # noqa: ARG001
        for document in data:
            kept.append(document)
            yield document

    launch(
        [readers.JsonlReader(str(crawl)), families.FilterFamilies(decisions, **how), gather],
        crawl.with_name("logs-3"),
        tasks,
    )
    return kept


def launch(pipeline: list[Any], logs: Path, tasks: int = 1, workers: int = 1) -> None:
    executor = executors.LocalPipelineExecutor(
        pipeline, tasks=tasks, workers=workers, logging_dir=str(logs), skip_completed=False
    )
    executor.run()


def told(document: Any) -> dict[str, Any]:
    return {name: document.metadata[f"stemmata_{name}"] for name in families.TOLD}


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files of JSON Lines, with copies in both; decided about, in three tasks, of which one has no file."""
    folder = tmp_path_factory.mktemp("pile") / "crawl"
    folder.mkdir()
    for number in range(2):
        lines = [json.dumps(row) + "\n" for row in ROWS[number::2]]
        (folder / f"{number}.jsonl").write_text("".join(lines), "utf-8")
    collect(folder, beside(folder, "texts"), tasks=3, workers=2)  # in processes of their own
    decide(folder, beside(folder, "texts"), beside(folder, "decisions"))
    return folder


def beside(folder: Path, name: str) -> str:
    return str(folder.with_name(name))


def test_documents_are_marked_with_what_dedup_decides(crawl: Path) -> None:
    marked = {document.id: told(document) for document in keep(crawl, beside(crawl, "decisions"), annotate=True)}
    assert set(marked.pop("blank").values()) == {None}  # to ``dedup`` it is no document
    decisions = st.dedup(crawl, keep="original").decisions.select(["doc", *families.TOLD]).to_pylist()
    assert marked == {row.pop("doc"): row for row in decisions}
    assert marked["spun"]["duplicate_of"] == "first"
    assert marked["spun"]["family"] == marked["late"]["family"]
    assert marked["spun"]["family_size"] == 4


def test_the_copies_are_dropped(crawl: Path) -> None:
    assert [document.id for document in keep(crawl, beside(crawl, "decisions"))] == ["alone", "first", "again"]


def test_what_stays_is_what_dedup_keeps_by_a_column_of_their_metadata(crawl: Path) -> None:
    decide(crawl, beside(crawl, "texts"), beside(crawl, "better"), keep="quality desc")
    kept = {document.id for document in keep(crawl, beside(crawl, "better"))}
    assert kept == set(st.dedup(crawl, keep="quality desc").table()["id"].to_pylist()) == {"spun", "again", "alone"}


def test_folders_may_lie_elsewhere(crawl: Path) -> None:
    texts, decisions = (io.DataFolder(f"memory://{crawl}/{name}") for name in ("texts", "decisions"))
    collect(crawl, texts)
    decide(crawl, texts, decisions)
    assert [document.id for document in keep(crawl, decisions)] == ["alone", "first", "again"]


def test_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(ROWS[0]) + "\n", "utf-8")
    with TemporaryDirectory() as texts:
        collect(tmp_path, texts)
        with pytest.raises(ValueError, match="1 documents have the id of another"):
            decide(tmp_path, texts, texts)


def test_documents_that_were_not_collected_are_refused(crawl: Path) -> None:
    """As where the number of tasks is another than it was."""
    with pytest.raises(ValueError, match="no text of 'first' was collected: take the same reader, filters and tasks"):
        keep(crawl, beside(crawl, "decisions"), tasks=1)


def test_families_are_not_found_in_shares(crawl: Path) -> None:
    with pytest.raises(ValueError, match="give DecideFamilies one task, and no reader"):
        launch(
            [families.DecideFamilies(beside(crawl, "texts"), beside(crawl, "shares"))], crawl.with_name("logs"), tasks=2
        )


def test_the_example_is_short() -> None:
    assert len((EXAMPLES / "datatrove_families.py").read_text("utf-8").splitlines()) <= 150
