"""A pile in, families out: the same for any order and number of workers, whatever lies in it."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import stemmata as st
from stemmata.documents import Source
from stemmata.engines import Progress
from stemmata.errors import ClashError, MissingSource, SourceError
from stemmata.pipeline import STAGES
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.texts import pseudo_text

PAGE = "<!doctype html><html><head><title>{title}</title></head><body><article>{text}</article></body></html>"


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with an article, its copies in several formats, and a stranger."""
    folder = tmp_path / "pile"
    (folder / "farm").mkdir(parents=True)
    paragraphs = "".join(f"<p>{line}</p>" for line in FERRY.split("\n") if line.strip())
    (folder / "ferry.html").write_text(PAGE.format(title="The ferry", text=paragraphs), "utf-8")
    (folder / "farm" / "spun.txt").write_text(FERRY_SPUN, "utf-8")
    (folder / "farm" / "again.txt").write_text(FERRY, "utf-8")
    (folder / "orchard.txt").write_text(ORCHARD, "utf-8")
    return folder


def test_a_folder_falls_into_families(pile: Path) -> None:
    trace = st.trace(pile)
    assert trace.documents.column("doc").to_pylist() == ["farm/again.txt", "farm/spun.txt", "ferry.html", "orchard.txt"]
    assert trace.families.column("doc").to_pylist() == ["farm/again.txt", "farm/spun.txt", "ferry.html"]
    assert repr(trace).startswith("<Trace: 4 documents, ")


def test_metadata_beside_the_documents_settles_which_came_first(pile: Path, tmp_path: Path) -> None:
    """Of two texts with the same words only dates can tell."""
    without = {row["doc"]: row["role"] for row in st.trace(pile).stemma.to_pylist()}
    assert without["farm/again.txt"] == without["ferry.html"] == "unresolved"
    dates = tmp_path / "dates.csv"
    dates.write_text("path,published\nferry.html,2026-03-01\nfarm/again.txt,2026-03-09\n", "utf-8")
    rows = {row["doc"]: (row["parent"], row["role"]) for row in st.trace(pile, metadata=dates).stemma.to_pylist()}
    assert rows["ferry.html"] == (None, "original")
    assert rows["farm/again.txt"] == rows["farm/spun.txt"] == ("ferry.html", "copy")


def test_a_hundred_copies_of_one_text_are_a_star() -> None:
    """More than may meet pair by pair: each is still compared with the oldest, from which all derive."""
    day = datetime(2026, 1, 1, tzinfo=UTC)
    lines = [line for line in FERRY.split("\n") if line.strip()]

    def own(n: int) -> list[str]:
        return [f"{start}{'bcdfghklmnp'[n // 12]}{'aeioubdfglmn'[n % 12]}{end}" for start in "stv" for end in "aeo"]

    copies = [
        st.Text(
            "\n".join([*lines[:4], pseudo_text(random.Random(n), own(n), 12), *lines[4:]]),
            doc=f"d{97 * n % 131:03}",
            published=day + timedelta(n),
        )
        for n in range(1, 106)
    ]
    trace = st.trace([st.Text(FERRY, doc="m-original", published=day), *copies])
    placed = {row["doc"]: row["parent"] for row in trace.stemma.to_pylist()}
    assert placed.pop("m-original") is None
    assert Counter(placed.values()) == {"m-original": 105}
    assert trace.pairs.num_rows < 106 * 105 / 2


def contents(folder: Path) -> dict[str, bytes]:
    """Every table's file; the catalogue beside them holds the run's times."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.glob("tables/*/*"))}


def test_a_folder_is_the_same_byte_for_byte(pile: Path, tmp_path: Path) -> None:
    """In any order of the sources, and with any number of workers; so are command and options in the catalogue."""
    files: list[Source] = [*sorted(path for path in pile.rglob("*") if path.is_file())]
    texts: list[Source] = [st.Text(ORCHARD.replace("apples", "pears"), doc="pears"), st.Text("Too short.", doc="short")]
    first = st.trace([*files, *texts], engine=st.LocalEngine(workers=1))
    first.save(tmp_path / "first")
    for workers in (1, 2, 8):
        sources = [*files, *texts]
        random.Random(workers).shuffle(sources)
        again = st.trace(sources, engine=st.LocalEngine(workers=workers))
        again.save(tmp_path / str(workers))
        assert contents(tmp_path / str(workers)) == contents(tmp_path / "first") != {}
        kept = [{k: v for k, v in trace.about.items() if k not in ("started", "seconds")} for trace in (first, again)]
        assert kept[0] == kept[1]


def test_how_it_was_found_is_kept(pile: Path) -> None:
    about = st.trace([pile / "ferry.html", pile / "orchard.txt", st.Text(FERRY, doc="z")]).about
    assert about["verb"] == "trace"
    assert about["sources"] == [str(pile / "ferry.html"), str(pile / "orchard.txt"), "<Text>"]
    assert about["command"] == f"stemmata trace {pile / 'ferry.html'} {pile / 'orchard.txt'} <Text>"
    seconds = about["seconds"]
    assert isinstance(seconds, dict)
    assert set(seconds) >= {"documents", "pairs", "stemma", "changes"}


def test_each_stage_is_announced_before_it_begins() -> None:
    told: list[Progress] = []
    st.trace([st.Text(FERRY, doc="a"), st.Text(FERRY_SPUN, doc="b")], progress=told.append)
    stages = list(dict.fromkeys(progress.stage for progress in told))
    assert stages == ["documents", *(stage.name for stage in STAGES)]
    for stage in stages:
        first, *later = [progress for progress in told if progress.stage == stage]
        assert first == Progress(stage)
        assert all(progress.total and 0 < progress.done <= progress.total for progress in later)
    assert any(progress.stage == "alignments" and progress.unit == "pairs" for progress in told)


@pytest.mark.parametrize("texts", [[], ["One text."], ["One text.", "Another one."], [FERRY, ORCHARD]])
def test_a_pile_without_families_is_an_answer_too(texts: list[str], tmp_path: Path) -> None:
    """Every table is there, and a report can be written of it."""
    (tmp_path / "empty").mkdir()
    trace = st.trace([st.Text(text, doc=f"d{n}") for n, text in enumerate(texts)] or tmp_path / "empty")
    assert trace.documents.num_rows == len(texts)
    assert trace.families.num_rows == trace.stemma.num_rows == trace.changes.num_rows == 0
    assert trace.report(tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")


def test_nothing_to_trace_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no source"):
        st.trace([])
    with pytest.raises(MissingSource):
        st.trace(tmp_path / "nowhere")
    with pytest.raises(ClashError):
        st.trace([st.Text("a", doc="x"), st.Text("b", doc="x")])
