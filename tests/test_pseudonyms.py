"""A trace without names: documents, sites, authors and groups go by numbers, and all else stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import stemmata as st
from stemmata import schemas
from stemmata.pseudonyms import numbered
from tests.articles import FERRY, FERRY_SPUN
from tests.conftest import Run


def names(trace: st.Trace) -> set[str]:
    """What tells who wrote a document, and where it stood."""
    columns = ("doc", "site", "author", "group", "canonical")
    return {value for column in columns for value in trace.documents[column].to_pylist() if value}


def strings(trace: st.Trace) -> Iterator[str]:
    """All that the tables say, table by table."""
    for schema in schemas.BY_NAME.values():
        yield json.dumps(getattr(trace, schema.name).to_pylist(), default=str, ensure_ascii=False)


@pytest.fixture(scope="module")
def bare(newsroom: st.Trace) -> st.Trace:
    return newsroom.anonymise()


def test_no_name_stands_in_any_table(newsroom: st.Trace, bare: st.Trace) -> None:
    said, before = ("\n".join(strings(trace)) for trace in (bare, newsroom))
    assert [name for name in sorted(names(newsroom)) if name in said] == []
    assert ".example" not in said
    assert any(name in before for name in names(newsroom))


def test_nor_in_the_report(newsroom: st.Trace, bare: st.Trace, tmp_path: Path) -> None:
    page = bare.report(tmp_path / "report.html").read_text("utf-8")
    assert [name for name in sorted(names(newsroom)) if name in page] == []
    assert "document 01" in page


def test_everything_else_stays(newsroom: st.Trace, bare: st.Trace) -> None:
    """The order of names is that of numbers, so that sides, trees and places are what they were."""
    new = numbered(newsroom.documents["doc"].to_pylist(), "document")
    assert [new[doc] for doc in newsroom.documents["doc"].to_pylist()] == bare.documents["doc"].to_pylist()
    for column in ("a", "b"):
        assert [new[doc] for doc in newsroom.relations[column].to_pylist()] == bare.relations[column].to_pylist()
    for table in ("relations", "alignments", "changes", "directions"):
        kept = [c.name for c in schemas.BY_NAME[table].columns if "str" not in str(c.type)]
        assert getattr(newsroom, table).select(kept).equals(getattr(bare, table).select(kept))
    parents = {
        (new[row["doc"]], row["parent"] and new.get(row["parent"], "lost"))
        for row in newsroom.stemma.to_pylist()
        if row["role"] != "lost"
    }
    assert parents == {
        (row["doc"], row["parent"] and (row["parent"] if row["parent"] in new.values() else "lost"))
        for row in bare.stemma.to_pylist()
        if row["role"] != "lost"
    }


def test_places_hold_what_changes_say(bare: st.Trace) -> None:
    texts = dict(zip(bare.documents["doc"].to_pylist(), bare.documents["text"].to_pylist(), strict=True))
    for row in bare.changes.to_pylist():
        assert texts[row["source"]][row["source_start"] : row["source_end"]] == row["before"]


def test_names_are_blacked_out_in_the_texts_of_their_family_alone() -> None:
    rows = [
        {"doc": "a.txt", "text": f"{FERRY}\nBy Ada Quill for The Harbour Post.", "author": "Ada Quill", "sha256": "1"},
        {
            "doc": "b.txt",
            "text": f"{FERRY_SPUN}\nFirst in THE HARBOUR POST.",
            "site": "The Harbour Post",
            "sha256": "2",
        },
        {"doc": "c.txt", "text": "Ada Quill has nothing to do with this.", "sha256": "3"},
    ]
    documents = schemas.DOCUMENTS.table(rows)
    texts = st.trace(documents).anonymise().documents["text"].to_pylist()
    assert texts[0].endswith("By █████████ for ████████████████.")
    assert texts[1].endswith("First in ████████████████.")
    assert texts[2] == "Ada Quill has nothing to do with this."


def test_the_numbers_are_as_wide_as_the_last() -> None:
    assert numbered(["b", "a", *map(str, range(9)), "c"], "site")["a"] == "site 10"
    assert numbered(["b"], "site") == {"b": "site 1"}


def test_a_comparison_and_a_find_are_reported_without_names(run: Run, tmp_path: Path) -> None:
    article, copy = tmp_path / "inkwell.txt", tmp_path / "quillpen.txt"
    article.write_text(FERRY, "utf-8")
    copy.write_text(FERRY_SPUN, "utf-8")
    st.Library(tmp_path / "library").add(article)
    report = tmp_path / "report.html"
    for call in (["compare", article, copy], ["find", tmp_path / "library", copy], ["trace", article, copy]):
        target = report if call[0] != "trace" else tmp_path / "run"
        status, out, _ = run(*call, "-o", target, "--anonymise")
        assert status == 0
        assert "inkwell" in out  # the terminal is the user's own
        page = (report if call[0] != "trace" else target / "report.html").read_text("utf-8")
        assert "document 1" in page
        assert [name for name in ("inkwell", "quillpen", str(tmp_path)) if name in page] == []


@pytest.mark.parametrize("call", [["compare", "a", "b"], ["trace", "a"], ["find", "library", "a"]])
def test_without_a_report_there_is_nothing_to_leave_names_out_of(run: Run, call: list[str]) -> None:
    status, _, said = run(*call, "--anonymise")
    assert status == 2
    assert "name a f" in said


def test_a_line_that_names_a_source_names_its_number() -> None:
    """Of a source that is not of the family nothing is told but that there is one."""
    rows = [
        {"doc": "a.txt", "text": FERRY, "site": "The Harbour Post", "sha256": "1"},
        {"doc": "b.txt", "text": FERRY_SPUN, "attribution": "First in The Harbour Post", "sha256": "2"},
        {"doc": "c.txt", "text": FERRY, "attribution": "First in The Guardian", "sha256": "3"},
    ]
    bare = st.trace(schemas.DOCUMENTS.table(rows)).anonymise().documents
    assert bare["attribution"].to_pylist() == [None, "site 1", "another source"]


def test_each_side_of_a_pair_is_told_without_its_own_names(bare: st.Trace) -> None:
    """Also where a page draws on two families."""
    texts = dict(zip(bare.documents["doc"].to_pylist(), bare.documents["text"].to_pylist(), strict=True))
    for row in bare.changes.to_pylist():
        assert texts[row["copy"]][row["copy_start"] : row["copy_end"]] == row["after"]


def test_short_names_are_names() -> None:
    rows = [
        {"doc": "a.txt", "text": f"{FERRY}\nA report for the BBC and nobody else.", "site": "BBC", "sha256": "1"},
        {"doc": "b.txt", "text": f"{FERRY_SPUN}\nIt was on the BBC that we heard it.", "sha256": "2"},
    ]
    assert "BBC" not in str(st.trace(schemas.DOCUMENTS.table(rows)).anonymise().documents["text"].to_pylist())
