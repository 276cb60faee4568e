"""A text that is handed over is found among the documents of a library, and of a run as if that were one."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

import stemmata as st
from stemmata.asking import AskedLibrary, AskedRun, Given
from stemmata.errors import FormatError, OptionError, SourceError
from stemmata.finding import Found
from stemmata.folder import Folder
from stemmata.pipeline import Options
from stemmata.traced import Trace
from tests.articles import FERRY, FERRY_SPUN, ORCHARD


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked")
    (folder / "ferry.txt").write_text(FERRY, "utf-8")
    (folder / "orchard.txt").write_text(ORCHARD, "utf-8")
    return folder


def run_of(trace: Trace, tmp_path: Path) -> AskedRun:
    trace.save(tmp_path / "run")
    return AskedRun(st.open(tmp_path / "run"), Options.of(Folder.open(tmp_path / "run")), "run")


def told(found: Found) -> list[tuple[str, str, str, float]]:
    columns = (found.matches[name].to_pylist() for name in ("doc", "stands", "kind", "coverage"))
    return list(zip(*columns, strict=True))


def test_a_run_is_asked_as_a_library_is(documents: Path, tmp_path: Path) -> None:
    library = st.Library(tmp_path / "library", expect=2)
    library.add(documents)
    given = Given("spun.txt", FERRY_SPUN)
    in_library = AskedLibrary(tmp_path / "library").find(given)
    in_run = run_of(st.trace(documents), tmp_path).find(given)
    assert [match[0] for match in told(in_library)] == ["ferry.txt"]
    assert told(in_run) == told(in_library)
    assert in_run.coverage.equals(in_library.coverage)
    assert (in_run.among, in_run.size, in_library.among) == ("run", 2, "library")


def test_a_file_is_read_by_what_it_holds_and_called_as_the_person_calls_it(documents: Path, tmp_path: Path) -> None:
    page = f"<html><title>Ferry</title><body><article><p>{FERRY_SPUN}</p></article></body></html>".encode()
    found = run_of(st.trace(documents), tmp_path).find(Given("../../etc/passwd\0.html", page))
    assert found.doc == "../../etc/passwd .html"
    assert [match[0] for match in told(found)] == ["ferry.txt"]


def test_the_name_of_another_document_does_not_hide_it(documents: Path, tmp_path: Path) -> None:
    found = run_of(st.trace(documents), tmp_path).find(Given("ferry.txt", FERRY_SPUN))
    assert found.doc == "asked:ferry.txt"
    assert [match[0] for match in told(found)] == ["ferry.txt"]


def test_a_library_is_asked_as_it_is_by_now(documents: Path, tmp_path: Path) -> None:
    library = st.Library(tmp_path / "library")
    library.add(documents / "orchard.txt")
    asked = AskedLibrary(tmp_path / "library")
    assert not told(asked.find(Given("", FERRY_SPUN)))
    library.add(documents / "ferry.txt")
    assert [match[0] for match in told(asked.find(Given("", FERRY_SPUN)))] == ["ferry.txt"]


def test_what_is_no_text_is_said(documents: Path, tmp_path: Path) -> None:
    asked = run_of(st.trace(documents), tmp_path)
    with pytest.raises(SourceError):
        asked.find(Given("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"))
    with pytest.raises(SourceError, match="it has no text"):
        asked.find(Given("", " "))


def test_a_run_of_another_version_is_not_asked_in_vain(documents: Path) -> None:
    trace = st.trace(documents)
    names = ("documents", "statistics", "pairs", "relations")
    kept = trace.fingerprints
    other = kept.set_column(2, "hash", pa.array([7] * kept.num_rows, pa.uint64()))
    old = Trace({**{name: getattr(trace, name) for name in names}, "fingerprints": other}, about=trace.about)
    with pytest.raises(FormatError):
        AskedRun(old, Options(), "run").find(Given("", FERRY_SPUN))


def test_a_run_of_witnesses_is_not_asked(documents: Path) -> None:
    with pytest.raises(OptionError, match="no fingerprints"):
        AskedRun(st.trace_witnesses(documents), Options(), "run")
