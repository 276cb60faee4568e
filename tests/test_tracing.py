"""A trace: all tables by name, saved and opened again without a difference."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from stemmata import schemas
from stemmata.catalog import digest
from stemmata.errors import FolderError, FormatError, SchemaError
from stemmata.facts import Facts
from stemmata.folder import Folder
from stemmata.opening import open_trace
from stemmata.traced import Trace

NAMES = list(schemas.BY_NAME)
OPTIONS = {"align": {"gap_words": 12}}
ABOUT = {"version": "0.1.0", "command": "stemmata compare брама.txt 門.txt", "options": OPTIONS}
ROWS: dict[str, list[dict[str, Any]]] = {
    "documents": [
        {
            "doc": "брама.txt",
            "text": "Ворота міста зачинили о десятій.\r\n",
            "first_seen": datetime(2024, 2, 29, 12, tzinfo=UTC),
            "lineage": ["rsid:1"],
            "sha256": "aa",
            "locators": [{"offset": 0, "label": "1"}],
        },
        {"doc": "門.txt", "text": "十時に門が閉じられた。", "sha256": "bb"},
    ],
    "fingerprints": [{"doc": "брама.txt", "view": "surface", "hash": 2**64 - 1, "position": 0}],
    "pairs": [
        {
            "a": "брама.txt",
            "b": "門.txt",
            "shared": {"skeleton": 1, "surface": 2, "quotation": 0},
            "copy": "b",
        }
    ],
    "alignments": [
        {
            "a": "брама.txt",
            "b": "門.txt",
            "rank": 1,
            "a_start": 0,
            "a_end": 32,
            "b_start": 0,
            "b_end": 11,
            "matched": 4,
            "identity": 0.5,
            "kind": "edited",
            "confidence": 0.8,
            "role": "reuse",
            "moved": False,
            "edits": [{"op": "match", "a_start": 0, "a_end": 6, "b_start": 0, "b_end": 2}],
        }
    ],
    "relations": [
        {
            "a": "брама.txt",
            "b": "門.txt",
            "kind": "edited",
            "extent": "whole",
            "confidence": 0.75,
            "coverage_a": 1.0,
            "coverage_b": 0.5,
            "evidence": [{"feature": "coverage", "value": 1.0, "says": "all of it"}],
        }
    ],
    "families": [
        {"family": "aa", "doc": doc, "size": 2, "keeper": doc == "брама.txt", "reason": "the longer"}
        for doc in ("брама.txt", "門.txt")
    ],
    "collations": [
        {"family": "aa", "doc": "брама.txt", "text": 1, "places": [1, 2, 3, 4, 5], "moved": [False] * 5},
        {"family": "aa", "doc": "門.txt", "text": 1, "places": [1, 2], "moved": [False, True]},
    ],
    "directions": [
        {
            "a": "брама.txt",
            "b": "門.txt",
            "verdict": "copy",
            "source": "брама.txt",
            "copy": "門.txt",
            "via_lost": 0.1,
            "confidence": 0.9,
            "evidence": [{"reason": "given", "points": 2.2, "examples": ["门", "брама"]}],
        }
    ],
    "stemma": [
        {"family": "aa", "doc": "брама.txt", "role": "original", "other_parents": [], "confidence": 0.9},
        {
            "family": "aa",
            "doc": "門.txt",
            "parent": "брама.txt",
            "role": "copy",
            "other_parents": [],
            "confidence": 0.9,
        },
    ],
    "readings": [
        {
            "family": "aa",
            "text": 1,
            "place": 1,
            "words": 2,
            "reading": "Ворота міста",
            "docs": ["брама.txt"],
            "first_seen": datetime(2024, 2, 29, 12, tzinfo=UTC),
            "introduced_by": "брама.txt",
            "times": 1,
        },
        {"family": "aa", "text": 1, "place": 1, "words": 1, "reading": "", "docs": ["門.txt"], "times": 0},
    ],
    "changes": [
        {
            "source": "брама.txt",
            "copy": "門.txt",
            "n": 1,
            "type": "number",
            "before": "десятій",
            "after": "十時",
            "source_start": 23,
            "source_end": 30,
            "copy_start": 0,
            "copy_end": 2,
            "factual": True,
            "severity": 0.8,
            "says": "The hour is another.",
            "oriented": True,
            "inherited": False,
            "carried_by": 1,
        }
    ],
    "statistics": [{"fact": "documents", "language": "", "word": "", "value": 2.0}],
    "skipped": [{"uri": "порожній.txt", "reason": "empty", "mend": "give it text"}],
    "notes": [{"stage": "pairs", "what": "cap", "count": 3}],
}


@pytest.fixture
def tables() -> dict[str, pa.Table]:
    return {name: schemas.BY_NAME[name].table(rows) for name, rows in ROWS.items()}


@pytest.fixture
def trace(tables: dict[str, pa.Table]) -> Trace:
    return Trace(tables, about=ABOUT)


def test_every_table_of_the_schemas_is_an_attribute(trace: Trace, tables: dict[str, pa.Table]) -> None:
    attributes = [name for name, value in vars(Trace).items() if type(value).__name__ == "_Table"]
    assert attributes == NAMES
    for name in NAMES:
        assert getattr(trace, name).equals(tables[name])
        assert vars(Trace)[name].__doc__ == f"One row is {schemas.BY_NAME[name].row}."


def test_a_trace_that_is_saved_and_opened_is_the_same(trace: Trace, tmp_path: Path) -> None:
    trace.save(tmp_path / "run")
    again = open_trace(tmp_path / "run")
    assert again.about == trace.about == ABOUT
    assert repr(again) == repr(trace)
    for name in NAMES:
        table = getattr(again, name)
        assert table.equals(getattr(trace, name))
        assert table.schema.equals(schemas.BY_NAME[name].arrow)
        assert again.dataset(name).to_table().equals(table)


def test_a_trace_without_a_row_is_saved_too(tmp_path: Path) -> None:
    trace = Trace({name: schema.empty() for name, schema in schemas.BY_NAME.items()})
    trace.save(tmp_path)
    again = open_trace(tmp_path)
    assert repr(again) == "<Trace: 0 documents, 0 relations>"
    assert all(getattr(again, name).equals(getattr(trace, name)) for name in NAMES)


def test_an_opened_trace_can_be_saved_over_itself_and_elsewhere(trace: Trace, tmp_path: Path) -> None:
    trace.save(tmp_path / "run")
    opened = open_trace(tmp_path / "run")
    opened.save(tmp_path / "run")
    opened.save(tmp_path / "copy")
    for place, generation in (("run", 2), ("copy", 1)):
        assert Folder.open(tmp_path / place).catalog.generation == generation
        again = open_trace(tmp_path / place)
        assert all(getattr(again, name).equals(getattr(trace, name)) for name in NAMES)


def test_the_catalogue_keeps_digests_of_inputs_options_and_statistics(trace: Trace, tmp_path: Path) -> None:
    trace.save(tmp_path)
    for entry in Folder.open(tmp_path).catalog.entries:
        assert entry.origin.inputs == digest([{"doc": "брама.txt", "sha256": "aa"}, {"doc": "門.txt", "sha256": "bb"}])
        assert entry.origin.options == digest(OPTIONS)
        assert entry.origin.statistics == Facts.of(trace.statistics).digest


def test_saving_does_not_write_over_a_stranger_s_files(trace: Trace, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear diary")
    with pytest.raises(FormatError, match=r"other files \(diary.txt\)"):
        trace.save(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["diary.txt"]


def test_a_table_is_read_when_it_is_asked_for_and_once(trace: Trace, tmp_path: Path) -> None:
    """A damaged table costs that table; the others, and the line that describes the trace, are there."""
    trace.save(tmp_path)
    damaged = tmp_path / "tables" / "stemma" / "1.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    again = open_trace(tmp_path)
    assert again.changes is again.changes
    assert repr(again) == repr(trace)
    with pytest.raises(FolderError, match="damaged") as caught:
        _ = again.stemma
    assert caught.value.where == str(damaged)


def test_remarks_that_travel_with_the_tables_become_the_side_tables(tables: dict[str, pa.Table]) -> None:
    """Counts of one rule are added up, and no table carries anything after that."""
    del tables["skipped"], tables["notes"], tables["statistics"]
    note = {"stage": "align", "what": "cap", "count": 2}
    for name in ("alignments", "relations"):
        tables[name] = schemas.remark(tables[name], notes=[note])
    tables["documents"] = schemas.remark(tables["documents"], skipped=ROWS["skipped"])
    trace = Trace(tables)
    assert trace.notes.to_pylist() == [{**note, "count": 4}]
    assert trace.skipped.to_pylist() == ROWS["skipped"]
    assert trace.statistics.equals(schemas.STATISTICS.empty())
    assert {getattr(trace, name).schema.metadata for name in NAMES} == {None}


def test_side_tables_that_are_given_stand_as_they_are(tables: dict[str, pa.Table]) -> None:
    """Whoever has collected the remarks already does not find them twice."""
    tables["pairs"] = schemas.remark(tables["pairs"], notes=ROWS["notes"])
    assert Trace(tables).notes.to_pylist() == ROWS["notes"]


def test_repr_says_in_one_line_what_was_found(tables: dict[str, pa.Table]) -> None:
    assert repr(Trace(tables)) == "<Trace: 2 documents, 1 relation (1 edited)>"
    relation = ROWS["relations"][0]
    kinds = ("spun", "none", "spun", "verbatim")
    rows = [{**relation, "b": f"{n}", "kind": kind} for n, kind in enumerate(kinds)]
    tables["relations"] = schemas.RELATIONS.table(rows)
    assert repr(Trace(tables)) == "<Trace: 2 documents, 4 relations (1 verbatim, 2 spun, 1 none)>"
    assert repr(Trace({"documents": tables["documents"].slice(0, 1)})) == "<Trace: 1 document>"


def test_a_dataset_can_be_filtered_in_memory_and_in_a_folder(trace: Trace, tmp_path: Path) -> None:
    trace.save(tmp_path)
    for one in (trace, open_trace(tmp_path)):
        found = one.dataset("documents").to_table(columns=["doc"], filter=ds.field("sha256") == "bb")
        assert found.to_pylist() == [{"doc": "門.txt"}]


def test_a_name_that_is_no_table_is_an_error_that_lists_the_names(trace: Trace, tmp_path: Path) -> None:
    trace.save(tmp_path)
    for one in (trace, open_trace(tmp_path)):
        assert not hasattr(one, "witnesses")
        with pytest.raises(SchemaError, match="no table 'witnesses'") as caught:
            one.dataset("witnesses")
        assert "documents" in caught.value.mend
    with pytest.raises(SchemaError, match="no table 'witnesses'"):
        Trace({"witnesses": schemas.DOCUMENTS.empty()})


def test_a_table_whose_stage_was_not_run_is_not_passed_off_as_empty(
    tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    trace = Trace({"documents": tables["documents"]})
    trace.save(tmp_path)
    for one in (trace, open_trace(tmp_path)):
        with pytest.raises(SchemaError, match="no table 'stemma'"):
            _ = one.stemma


def test_open_says_what_is_wrong_with_a_place_that_holds_no_trace(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="not a stemmata folder"):
        open_trace(tmp_path)
    with pytest.raises(FolderError, match="there is no folder"):
        open_trace(tmp_path / "absent")


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> str:
    """The page that the renderer makes; the renderer has tests of its own."""
    page = "<!doctype html>\n<p>брама → 門 \U0001d11e"
    module = ModuleType("stemmata.report.html")
    monkeypatch.setattr(module, "render_html", lambda _: page, raising=False)
    monkeypatch.setitem(sys.modules, "stemmata.report.html", module)
    return page


def test_a_report_is_one_file_in_utf_8(trace: Trace, tmp_path: Path, page: str) -> None:
    path = tmp_path / "звіт.html"
    path.write_text("an older one")
    assert trace.report(str(path)) == path
    assert path.read_bytes() == page.encode()
    assert [file.name for file in tmp_path.iterdir()] == ["звіт.html"]


@pytest.mark.usefixtures("page")
def test_a_report_that_cannot_be_written_leaves_nothing_behind(trace: Trace, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "absent" / "report.html", tmp_path / "folder"):
        with pytest.raises(FolderError, match="the report cannot be written") as caught:
            trace.report(path)
        assert caught.value.where == str(path)
        assert caught.value.mend
    assert [file.name for file in tmp_path.iterdir()] == ["folder"]


def test_the_type_of_every_attribute_is_known_to_editors() -> None:
    """The names stand in the class, written out: no ``__getattr__`` that would accept any."""
    assert not hasattr(Trace, "__getattr__")
    source = Path(sys.modules[Trace.__module__].__file__ or "").read_text(encoding="utf-8")
    assert re.findall(r"^    (\w+) = _Table\(\)$", source, re.MULTILINE) == NAMES
