"""Metadata beside the documents: joined by id, path or glob, and never silently wrong."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

from stemmata import schemas
from stemmata.documents import DocumentOptions, Source, Text, read_documents
from stemmata.engines import LocalEngine
from stemmata.errors import MissingSource, SourceError

WEIR = "The weir gave way on Sunday night.\n"
IN_ENGLISH = DocumentOptions(language="en")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("weir.txt", "2023/weir.txt", "2024/may/ferry.txt", "2024/baths.txt"):
        write(f"news/{name}", f"{WEIR}{name}")


def write(name: str, content: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def read(metadata: Any, *sources: Source) -> pa.Table:
    return read_documents(list(sources) or "news", metadata=metadata, options=IN_ENGLISH)


def told(rows: list[dict[str, Any]], *columns: str, sources: tuple[Source, ...] = ()) -> dict[str, Any]:
    """Return a column, or several, by document."""
    table = read(pl.DataFrame(rows), *sources)
    return {row.pop("doc"): [*row.values()] if len(row) > 1 else row[columns[0]] for row in rows_of(table, *columns)}


def rows_of(table: pa.Table, *columns: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.select(["doc", *columns]).to_pylist()
    return [row for row in rows if any(row[column] is not None for column in columns)]


def skipped(table: pa.Table) -> dict[str, str]:
    rows = schemas.remarks([table], "skipped").to_pylist()
    assert all(row["mend"] for row in rows)
    return {row["uri"]: row["reason"] for row in rows}


def notes(table: pa.Table) -> dict[str, int]:
    return {row["what"]: row["count"] for row in schemas.remarks([table], "notes").to_pylist()}


# How rows are joined


def test_by_id() -> None:
    rows = [{"doc": "weir.txt", "site": "Gazette"}, {"doc": "t", "site": "Courier"}]
    assert told(rows, "site", sources=("news", Text(WEIR, doc="t"))) == {"weir.txt": "Gazette", "t": "Courier"}
    assert told([{"id": "weir.txt", "site": "Gazette"}], "site") == {"weir.txt": "Gazette"}
    assert told([{"id": 7, "site": "Gazette"}], "site", sources=(Text(WEIR, doc="7"),)) == {"7": "Gazette"}


@pytest.mark.parametrize("path", ["2024/baths.txt", "./2024/baths.txt", "news/2024/baths.txt", "news//2024/baths.txt"])
def test_by_path_relative_to_the_source_or_as_given(path: str) -> None:
    assert told([{"path": path, "site": "Gazette"}], "site") == {"2024/baths.txt": "Gazette"}


def test_by_an_absolute_path_of_a_relative_source_and_the_reverse() -> None:
    path = os.path.abspath("news/2024/baths.txt")
    assert told([{"path": path, "site": "G"}], "site") == {"2024/baths.txt": "G"}
    rows = [{"path": "news/2024/baths.txt", "site": "G"}]
    assert told(rows, "site", sources=(os.path.abspath("news"),)) == {"2024/baths.txt": "G"}
    table = write("rows.csv", "text\none\ntwo\n")
    rows = [{"path": os.path.abspath("rows.csv#2"), "site": "G"}]
    assert told(rows, "site", sources=(table,)) == {"rows.csv#2": "G"}


def test_ids_that_pandas_made_floats_are_whole_numbers() -> None:
    metadata = pd.DataFrame({"doc": [1.0, None], "glob": [None, "x*"], "site": ["G", "H"]})
    for frame in (metadata, metadata.astype(object)):
        table = read(frame, Text(WEIR, doc="1"), Text(WEIR, doc="x"))
        assert table["site"].to_pylist() == ["G", "H"]


@pytest.mark.parametrize("name", ["meta.csv", "meta.jsonl", "meta.json", "arrow", "batch", "pandas", "polars"])
def test_names_of_columns_may_be_in_capitals_and_among_white_space(name: str) -> None:
    rows = [{" Doc": "weir.txt", "SITE ": "Gazette", "Author": "A. Weir", "author": "B. Weir"}]
    forms: dict[str, Callable[[], Any]] = {
        "meta.csv": lambda: write(name, " Doc,SITE ,Author,author\n" + ",".join(rows[0].values())),
        "meta.jsonl": lambda: write(name, json.dumps(rows[0])),
        "meta.json": lambda: write(name, json.dumps(rows)),
        "arrow": lambda: pa.Table.from_pylist(rows),
        "batch": lambda: pa.RecordBatch.from_pylist(rows),
        "pandas": lambda: pd.DataFrame(rows),
        "polars": lambda: pl.DataFrame(rows),
    }
    metadata = forms[name]()
    row = next(row for row in read(metadata).to_pylist() if row["doc"] == "weir.txt")
    assert (row["site"], row["author"]) == ("Gazette", "B. Weir")
    if name in ("pandas", "polars"):
        assert list(metadata.columns) == list(rows[0]), "the caller's table keeps its names"


def test_a_path_may_name_a_table_or_one_of_its_rows() -> None:
    table = write("rows.csv", "text,doc\none,\ntwo,own\n")
    assert told([{"path": "rows.csv", "site": "G"}], "site", sources=(table,)) == {"rows.csv#1": "G", "own": "G"}
    assert told([{"path": "rows.csv#2", "site": "G"}], "site", sources=(table,)) == {"own": "G"}


def test_by_a_glob_of_ids() -> None:
    assert told([{"glob": "2024/*", "site": "G"}], "site") == {"2024/baths.txt": "G", "2024/may/ferry.txt": "G"}
    assert told([{"glob": "*/[wf]*", "site": "G"}], "site") == {"2023/weir.txt": "G", "2024/may/ferry.txt": "G"}


@pytest.mark.parametrize(
    ("glob", "docs"),
    [
        ("**/weir.txt", ["2023/weir.txt", "weir.txt"]),
        ("2024/**/*.txt", ["2024/baths.txt", "2024/may/ferry.txt"]),
        ("**/**/baths.txt", ["2024/baths.txt"]),
        ("2024/may/**/**/f*y.t?t", ["2024/may/ferry.txt"]),
        ("*/**/m*y.txt", ["2024/may/ferry.txt"]),
        ("**/eir.txt", []),
        ("2**/ferry.txt", ["2024/may/ferry.txt"]),
    ],
)
def test_in_a_glob_two_stars_may_stand_for_no_folder(glob: str, docs: list[str]) -> None:
    assert sorted(told([{"glob": glob, "site": "G"}], "site")) == docs


def test_the_first_column_that_a_row_fills_joins_it() -> None:
    rows: list[dict[str, Any]] = [
        {"doc": "weir.txt", "path": "2023/weir.txt", "glob": "*", "site": "doc"},
        {"doc": None, "path": "2024/baths.txt", "glob": "*", "site": "path"},
        {"doc": None, "path": None, "glob": "*ferry*", "site": "glob"},
    ]
    assert told(rows, "site") == {"weir.txt": "doc", "2024/baths.txt": "path", "2024/may/ferry.txt": "glob"}


def test_the_more_specific_row_counts_whatever_the_order() -> None:
    """Id before path before the longer glob; each for the columns that it fills."""
    rows: list[dict[str, Any]] = [
        {"doc": None, "path": None, "glob": "*", "site": "all", "author": "Staff"},
        {"doc": None, "path": None, "glob": "2024/*", "site": "2024", "author": None},
        {"doc": None, "path": "2024/baths.txt", "glob": None, "site": "path", "author": None},
        {"doc": "weir.txt", "path": None, "glob": None, "site": "doc", "author": "A. Weir"},
        {"doc": None, "path": "weir.txt", "glob": None, "site": "path", "author": None},
    ]
    expected = {
        "2023/weir.txt": ["all", "Staff"],
        "2024/baths.txt": ["path", "Staff"],
        "2024/may/ferry.txt": ["2024", "Staff"],
        "weir.txt": ["doc", "A. Weir"],
    }
    for order in (rows, rows[::-1], rows[2:] + rows[:2]):
        assert told(order, "site", "author") == expected


def test_rows_that_agree_may_be_equally_specific() -> None:
    assert told([{"glob": "w*", "site": "G"}, {"glob": "*t", "site": "G"}], "site")["weir.txt"] == "G"


@pytest.mark.parametrize("key", ["doc", "path", "glob"])
def test_rows_that_are_equally_specific_and_disagree_are_an_error(key: str) -> None:
    meta = write("meta.csv", f"{key},site\n2024/baths.txt,Gazette\nnothing,x\n2024/baths.txt,Courier\n")
    with pytest.raises(SourceError, match=r"different things of '2024/baths.txt', in the column 'site'") as caught:
        read(meta)
    assert caught.value.where == "meta.csv#1 and meta.csv#3"


def test_a_more_specific_row_settles_what_others_disagree_on() -> None:
    rows = [{"glob": "w*", "site": "a"}, {"glob": "*t", "site": "b"}, {"glob": "weir*", "site": "c"}]
    rows += [{"glob": "20*t", "site": "d"}]
    for order in (rows, rows[::-1]):
        assert told(order, "site")["weir.txt"] == "c"


# What they say


def test_they_overrule_the_document_and_empty_cells_do_not() -> None:
    own = Text(WEIR, doc="t", title="Own", author="Own", published="2024-06-06", dated_by="the page", ours=False)
    meta = write("meta.csv", "doc,title,author,published,ours\nt,Told, ,,true\n")
    row = read(meta, own).to_pylist()[0]
    assert [row[column] for column in ("title", "author", "dated_by", "ours")] == ["Told", "Own", "the page", True]
    assert row["published"] == datetime(2024, 6, 6, tzinfo=UTC)


def test_a_date_from_here_is_dated_by_metadata() -> None:
    own = Text(WEIR, doc="t", published="2024-06-06", dated_by="the page")
    row = read(pl.DataFrame({"doc": ["t"], "published": ["2024-07-01T12:00:00+02:00"]}), own).to_pylist()[0]
    assert row["published"] == datetime(2024, 7, 1, 10, tzinfo=UTC)
    assert row["dated_by"] == "metadata"
    row = read(pl.DataFrame({"doc": ["t"], "modified": ["2024-07-01"], "dated_by": ["a letter"]}), own).to_pylist()[0]
    assert row["dated_by"] == "a letter"


@pytest.mark.parametrize(
    ("date", "dated_by"),
    [
        ("not_before", "metadata"),
        ("published", "metadata"),
        ("modified", "the page"),
        ("not_after", "the page"),
    ],
)
def test_only_a_date_that_counts_changes_who_dated_the_document(date: str, dated_by: str) -> None:
    """The others stand beside the one that the page itself gives."""
    own = Text(WEIR, doc="t", published="2024-06-06", dated_by="the page")
    row = read(pl.DataFrame({"doc": ["t"], date: ["2024-06-07"]}), own).to_pylist()[0]
    midnight = datetime(2024, 6, 7, tzinfo=UTC)
    assert row[date] == (midnight + timedelta(days=1, microseconds=-1) if date == "not_after" else midnight)
    assert row["dated_by"] == dated_by


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("1984", (1984, 1, 1), (1984, 12, 31)),
        ("1984-05", (1984, 5, 1), (1984, 5, 31)),
        ("1984-1986", (1984, 1, 1), (1986, 12, 31)),
        ("1984-05-07/1984-06", (1984, 5, 7), (1984, 6, 30)),
    ],
)
def test_a_year_or_a_range_in_the_metadata_bounds_the_date(
    said: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    """As the same date would in the header of a TEI text; who said it is told as of a day."""
    row = next(
        row
        for row in read(write("meta.csv", f"doc,published\nweir.txt,{said}\n")).to_pylist()
        if row["doc"] == "weir.txt"
    )
    assert row["published"] is None
    assert row["not_before"] == datetime(*first, tzinfo=UTC)
    assert row["not_after"] == datetime(*last, 23, 59, 59, 999_999, tzinfo=UTC)
    assert row["dated_by"] == "metadata"


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ("weir.txt,,2024-06-07,2024-06-06\n", "meta.csv#1"),
        ("weir.txt,,2024-06-07,\n,w*,,2024-06-06\n", "meta.csv#1 and meta.csv#2"),
    ],
)
def test_an_earliest_date_after_the_latest_is_an_error(rows: str, where: str) -> None:
    meta = write("meta.csv", f"doc,glob,not_before,not_after\n{rows}")
    with pytest.raises(SourceError, match=r"'weir.txt' has its earliest date, not_before, after") as caught:
        read(meta)
    assert caught.value.where == where
    read(write("meta.csv", "doc,not_before,not_after\nweir.txt,2024-06-06,2024-06-06\n"))


def test_every_column_but_the_text_may_be_told() -> None:
    told = {
        **dict.fromkeys(["title", "author", "site", "group", "siglum", "canonical", "attribution", "media_type"], "x"),
        **dict.fromkeys(["published", "modified", "first_seen", "not_before", "not_after"], "2024-06-06"),
        "ours": True,
        "dated_by": "a letter",
        "lineage": ["rsid-7"],
        "locators": [[0, "fol. 1r"]],
    }
    columns = {column.name for column in schemas.DOCUMENTS.columns} - {"doc", "text", "sha256", "hidden", "whole"}
    assert columns - {"language"} == told.keys()
    meta = write("meta.json", json.dumps([{"doc": "weir.txt", **told, "language": "fr"}]))
    row = next(row for row in read_documents("news", metadata=meta).to_pylist() if row["doc"] == "weir.txt")
    assert row["language"] == "fr"
    assert row["lineage"] == ["rsid-7"]
    assert row["locators"] == [{"offset": 0, "label": "fol. 1r"}]
    assert all(row[column] is not None for column in columns)


@pytest.mark.usefixtures("linear")
def test_a_pattern_without_end_matches_nothing_and_takes_no_time() -> None:
    table = read_documents("news", metadata=write("meta.csv", f"glob,ours\n*{'[' * 200_000},true\n"))
    assert [row["reason"] for row in schemas.remarks([table], "skipped").to_pylist()] == ["it matches no document."]


def test_places_beyond_the_text_are_left_out() -> None:
    meta = write(
        "meta.json", json.dumps([{"doc": "weir.txt", "locators": [[7, "fol. 1v"], [0, "fol. 1r"], [9_999, "x"]]}])
    )
    table = read_documents("news", metadata=meta)
    row = next(row for row in table.to_pylist() if row["doc"] == "weir.txt")
    assert [place["offset"] for place in row["locators"]] == [0, 7]
    said = {note["what"]: note["count"] for note in schemas.remarks([table], "notes").to_pylist()}
    assert said["places in the column 'locators' that are none in the text, left out"] == 1


def test_names_of_columns_are_told_on_one_line() -> None:
    meta = write("meta.csv", "title,\x1b[2Jsiglum\u2029\nThe weir,A\n")
    with pytest.raises(SourceError, match="the metadata name no documents") as caught:
        read_documents("news", metadata=meta)
    assert caught.value.what.endswith(r"columns with values: 'title', '\x1b[2Jsiglum\u2029'.")


def test_text_digest_and_unknown_columns_are_left_out_with_a_note() -> None:
    table = read(pl.DataFrame({"doc": ["weir.txt"], "text": ["x"], "sha256": ["0" * 64], "Likes": [7]}))
    assert WEIR in str(table["text"][3])
    assert notes(table) == {
        f"columns of the metadata that documents do not have, left out: '{name}'": 1
        for name in ("text", "sha256", "Likes")
    }


def test_values_that_cannot_be_what_the_column_holds_are_left_out_with_a_note() -> None:
    table = read(pl.DataFrame({"doc": ["weir.txt"], "published": ["last week"], "site": ["G"]}))
    assert rows_of(table, "site", "published") == [{"doc": "weir.txt", "site": "G", "published": None}]
    assert notes(table) == {"values in the column 'published' that are not dates of ISO 8601, left out": 1}


# Where they come from


def parquet(rows: list[dict[str, str]]) -> bytes:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


ROWS = [
    {"doc": "weir.txt", "site": "Gazette", "extra": "7"},
    {"doc": "2024/baths.txt", "site": "Купальни", "extra": "8"},
]
FILES: dict[str, Callable[[], bytes]] = {
    "meta.csv": lambda: "\n".join(["doc;site;extra", *(";".join(row.values()) for row in ROWS)]).encode(),
    "meta.tsv": lambda: "\n".join(["doc\tsite\textra", *("\t".join(row.values()) for row in ROWS)]).encode("utf-16"),
    "meta.jsonl": lambda: "\n".join(json.dumps(row) for row in ROWS).encode(),
    "meta.json": lambda: json.dumps(ROWS).encode(),
    "meta.parquet": lambda: parquet(ROWS),
}
FRAMES: dict[str, Callable[[Any], Any]] = {
    "arrow": pa.Table.from_pylist,
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
}


@pytest.mark.parametrize("name", [*FILES, *FRAMES])
def test_any_table_will_do(name: str) -> None:
    table = read(write(name, FILES[name]()) if name in FILES else FRAMES[name](ROWS))
    assert {row["doc"]: row["site"] for row in rows_of(table, "site")} == {row["doc"]: row["site"] for row in ROWS}
    assert notes(table) == {"columns of the metadata that documents do not have, left out: 'extra'": 1}
    assert not skipped(table)


def test_they_may_lie_among_the_documents() -> None:
    meta = write("news/meta.csv", "doc,site\nweir.txt,Gazette\n")
    table = read(meta, "news")
    assert "meta.csv" not in " ".join(table["doc"].to_pylist())
    assert not skipped(table)


def test_rows_that_match_nothing_or_name_nothing_are_told() -> None:
    meta = write("far/meta.csv", "doc,path,glob,site\nweir.txt,,,G\ngone.txt,,,G\n,gone.txt,,G\n,,gone*,G\n,,,G\n")
    table = read(meta)
    assert skipped(table) == {
        **dict.fromkeys(["far/meta.csv#2", "far/meta.csv#3", "far/meta.csv#4"], "it matches no document."),
        "far/meta.csv#5": "it names no document.",
    }


def test_rows_that_cannot_be_read_are_told() -> None:
    meta = write("meta.jsonl", '{"doc": "weir.txt", "site": "G"}\nno JSON\n')
    table = read(meta)
    assert list(skipped(table)) == ["meta.jsonl#2"]
    assert rows_of(table, "site") == [{"doc": "weir.txt", "site": "G"}]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("meta.txt", "doc site", "it is no table"),
        ("meta.html", "<html><p>doc", "it is no table"),
        ("meta.csv", "", "it is empty"),
        ("meta.csv", "doc,site\n", "name no documents"),
        ("meta.csv", "name,site\nweir.txt,G\n", "name no documents; columns with values: 'site', 'name'"),
        ("meta.csv", "doc,site\n,G\n", "name no documents; columns with values: 'site'"),
        ("meta.parquet", b"PAR1\x15 and no more", "Parquet is damaged"),
    ],
)
def test_metadata_that_cannot_be_read_are_an_error(name: str, content: str | bytes, says: str) -> None:
    """They were given on purpose: to go on without them would be to answer another question."""
    with pytest.raises(SourceError, match=says) as caught:
        read(write(name, content))
    assert caught.value.where == name
    assert caught.value.mend


def test_metadata_that_are_not_there_are_an_error() -> None:
    with pytest.raises(MissingSource, match="metadata are not there"):
        read("gone.csv")


@pytest.mark.parametrize("metadata", [7, b"meta.csv", {"doc": ["a"]}])
def test_what_cannot_be_metadata_is_refused(metadata: Any) -> None:
    with pytest.raises(SourceError, match="metadata cannot be of"):
        read(metadata)


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_the_engine_does_not_show(parts: int) -> None:
    meta = write("meta.csv", "glob,site\n2024/*,G\ngone*,x\n")
    again = read_documents("news", metadata=meta, options=IN_ENGLISH, engine=LocalEngine(parts=parts, workers=2))
    assert again.equals(read(meta), check_metadata=True)
