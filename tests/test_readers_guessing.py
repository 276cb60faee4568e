"""Tables whose columns are not called as documents call theirs: what is guessed, what is said, and what is not."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.documents import DocumentOptions, Source, read_documents, read_placed_documents
from stemmata.engines import LocalEngine
from stemmata.readers import lines, pieces
from stemmata.readers.guessing import NAMES, SIGNS
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run
from tests.test_readers_pieces import FORMS

LONG = (
    "The council met on Thursday and voted to close the swimming baths, which were opened in 1911, by the end of June.",
    "В четверг совет собрался и решил до конца июня закрыть городские бани, которые были открыты в 1911 году.",
    "市议会星期四开会,决定在六月底关闭一九一一年开放的公共浴室。议员们说,修缮费用过高,而且来游泳的人一年比一年少。反对者说,城里再也没有别的浴室了,孩子们以后只能到河里去游泳。",
)
SHORT = ("Baths to close", "Бани закрывают", "浴室关闭")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(rows: list[dict[str, Any]], name: str = "rows.jsonl") -> str:
    """A file of JSON Lines."""
    Path(name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return name


def crawl(count: int = 3) -> list[dict[str, Any]]:
    """Rows as a crawl of news may have them."""
    return [
        {
            "url": f"https://news.example/{n}",
            "headline": SHORT[n % 3],
            "byline": "A. Reporter",
            "publish_date": "2024-03-01" if n % 2 else "1984",
            "domain": "news.example",
            "lang": "en",
            "body": f"{LONG[n % 3]} {n}",
            "likes": n,
        }
        for n in range(count)
    ]


def notes(table: pa.Table) -> dict[str, int]:
    return {row["what"]: row["count"] for row in schemas.remarks([table], "notes").to_pylist()}


def skipped(table: pa.Table) -> list[tuple[str, str]]:
    return [(row["reason"], row["mend"]) for row in schemas.remarks([table], "skipped").to_pylist()]


def taken(*sources: Source, **options: Any) -> set[str]:
    """Which columns the notes say were taken for what, and whose texts were read."""
    found = read_documents(list(sources), options=DocumentOptions(language="en", **options))
    return {what for what in notes(found) if what.startswith("tables with columns taken")}


NEWS = (
    "tables with columns taken as text: body; as doc: url; as title: headline; as author: byline; "
    "as published: publish_date; as site: domain; as canonical: url; as language: lang"
)


def csv(rows: list[dict[str, Any]]) -> bytes:
    return str(pl.DataFrame(rows).write_csv()).encode()


TABLES = FORMS | {
    "rows.json": lambda rows: json.dumps(rows).encode(),
    "rows.csv": csv,
    "rows.tsv": lambda rows: str(pl.DataFrame(rows).write_csv(separator="\t")).encode(),
    "rows.txt": lambda rows: "".join(json.dumps(row) + "\n" for row in rows).encode(),
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("large", [False, True], ids=["whole", "in pieces"])
def test_names_that_are_common_are_known_and_said_in_every_form_of_a_table(
    name: str, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:
        for module in (lines, pieces):
            monkeypatch.setattr(module, "BLOCK_BYTES", 1_000)
        monkeypatch.setattr(pieces, "GROUPS_BYTES", 4_000)
    rows = crawl(60)
    Path(name).write_bytes(TABLES[name](rows))
    found = read_placed_documents(name, engine=LocalEngine(workers=2))
    assert not skipped(found)
    assert notes(found)[NEWS] == 1
    by_doc = {row["doc"]: row for row in found.to_pylist()}
    assert by_doc.keys() == {row["url"] for row in rows}
    for row in rows:
        document = by_doc[row["url"]]
        assert document["text"] == row["body"]
        assert (document["title"], document["author"], document["site"]) == (
            row["headline"],
            row["byline"],
            "news.example",
        )
        assert document["canonical"] == row["url"]
        assert document["language"] == "en"
        assert (document["published"] or document["not_before"]).year == int(row["publish_date"][:4])
        assert document["column"] == "body"


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame, pa.Table.from_pylist], ids=["pandas", "polars", "arrow"])
def test_tables_at_hand_are_guessed_alike(frame: Callable[[list[dict[str, Any]]], Any]) -> None:
    found = read_documents(frame(crawl()))
    assert notes(found)[NEWS] == 1
    assert found["doc"].to_pylist() == [row["url"] for row in crawl()]


def test_each_kind_of_table_is_said_once_with_how_many_there_are() -> None:
    for n in range(3):
        written([{"content": f"{LONG[0]} {n}"}], f"{n}.jsonl")
    written([{"raw_content": f"{LONG[0]} 4"}], "4.jsonl")
    written([{"text": f"{LONG[0]} 5"}], "5.jsonl")
    found = read_documents(".")
    assert found.num_rows == 5
    assert notes(found) == {
        "tables with columns taken as text: content": 3,
        "tables with columns taken as text: raw_content": 1,
    }


def test_names_of_documents_win_over_other_names_and_the_caller_over_both() -> None:
    row = {"text": "The text itself.", "content": LONG[0], "body": LONG[1], "id": "own", "url": "https://a.example/1"}
    name = written([row])
    found = read_documents(name)
    assert found.select(["doc", "text"]).to_pylist() == [{"doc": "own", "text": "The text itself."}]
    assert found["canonical"].to_pylist() == ["https://a.example/1"]
    told = read_documents(name, options=DocumentOptions(text="body", id="url"))
    assert told.select(["doc", "text"]).to_pylist() == [{"doc": "https://a.example/1", "text": LONG[1]}]
    assert notes(told) == {"tables with columns taken as canonical: url": 1}


@pytest.mark.parametrize("name", ["Content", "RAW_TEXT", "Raw Text", "page-content", "articleBody", "Text", "maintext"])
def test_names_are_known_whatever_their_letters_and_signs(name: str) -> None:
    assert taken(pa.table({name: [LONG[0]]})) == {f"tables with columns taken as text: {name}"}


def test_a_name_is_told_on_one_line() -> None:
    """Signs that would break it are written out."""
    assert taken(pa.table({"con\ntent": [LONG[0]]})) == {r"tables with columns taken as text: 'con\ntent'"}


def test_the_one_column_with_by_far_the_longest_values_holds_the_texts() -> None:
    rows = [{"story": text, "teaser": short, "n": n} for n, (text, short) in enumerate(zip(LONG, SHORT, strict=True))]
    for name in TABLES:
        Path(name).write_bytes(TABLES[name](rows))
        assert taken(name) == {"tables with columns taken as text: story"}
        assert set(read_documents(name)["text"].to_pylist()) == set(LONG)


def test_what_is_no_prose_is_no_text_however_long() -> None:
    """Markup, addresses, JSON and keys are longer than what people read."""
    table = {
        "html": [f"<html><body><p>{LONG[0] * 9}</p></body></html>"] * 3,
        "link_to": ["https://news.example/" + "a" * 5_000] * 3,
        "extra": [json.dumps({"a": LONG[0] * 9})] * 3,
        "signature": ["QUJD" * 3_000] * 3,
        "story": LONG,
    }
    assert taken(pa.table(table)) == {"tables with columns taken as text: story"}
    del table["story"]
    assert skipped(read_documents(pa.table(table)))[0][0].startswith("it has no column 'text'; its columns: 'html'")


@pytest.mark.parametrize(
    ("columns", "some"),
    [
        ({"story": LONG, "report": [text[::-1] for text in LONG], "n": ["1", "2", "3"]}, "'report', 'story'"),
        ({"content": LONG, "body": [text * 2 for text in LONG]}, "'body', 'content'"),
        ({"content": SHORT, "story": LONG}, "'content', 'story'"),
    ],
    ids=["two long ones", "two known names", "a longer one than the known name"],
)
def test_where_several_may_be_meant_they_are_named(columns: dict[str, Any], some: str, run: Run) -> None:
    rows = pa.table(columns).to_pylist()
    for name in TABLES:
        Path(name).write_bytes(TABLES[name](rows))
        ((reason, mend),) = skipped(read_documents(name))
        assert reason == f"it has no column 'text', and several that may hold the texts: {some}."
        assert "--text NAME" in mend
        assert read_documents(name, options=DocumentOptions(text=some.split("'")[1])).num_rows == 3
    name = written(rows)
    assert run("trace", name)[0] == 1
    status, _, err = run("trace", name, "--text", some.split("'")[1])
    assert status == 0, err


@pytest.mark.parametrize(
    "table",
    [
        {"label": ["yes", "no"], "tweet": ["Off to the baths!", "Closed again."]},
        {"story": [LONG[0]], "n": [1]},
        {"story": [1.5, 2.5]},
        {"content": [["a", "b"]], "n": [1]},
    ],
    ids=["short texts", "one row", "numbers", "lists"],
)
def test_what_says_too_little_is_not_guessed(table: dict[str, Any]) -> None:
    ((reason, mend),) = skipped(read_documents(pa.table(table)))
    assert reason.startswith("it has no column 'text'; its columns: ")
    assert "--text" in mend


def test_prose_that_is_named_as_a_table_is_no_table_of_one_column() -> None:
    Path("notes.csv").write_text("\n".join([LONG[0].replace(",", ""), *[LONG[1].replace(",", "")] * 5]), "utf-8")
    ((reason, _),) = skipped(read_documents("notes.csv"))
    assert reason.startswith("it has no column 'text'; its columns: ")


def test_a_file_of_settings_is_no_document() -> None:
    Path("package.json").write_text(json.dumps({"name": "baths", "description": LONG[0], "version": "1.0"}), "utf-8")
    assert read_documents("package.json").num_rows == 0


def test_columns_that_hold_something_else_than_their_name_says_are_left_alone() -> None:
    table = {
        "text": LONG,
        "source": [{"name": "a"}] * 3,
        "lang": ["English, probably"] * 3,
        "url": ["17", "18", "19"],
        "created_at": [1_700_000_000, 1_700_000_001, 1_700_000_002],
        "authors": [["A"], ["B"], []],
        "headline": ["x" * 2_000] * 3,
    }
    found = read_documents(pa.table(table), options=DocumentOptions(language="en"))
    assert taken(pa.table(table)) == {"tables with columns taken as doc: url"}
    undated = "tables with a column that is called as dates are and mostly holds none of ISO 8601, left out: created_at"
    assert set(notes(found)) == {"tables with columns taken as doc: url", undated}


def test_of_a_column_of_dates_that_holds_nothing_nothing_is_said() -> None:
    assert notes(read_documents(pa.table({"text": LONG, "pub_date": ["", " ", None]}))) == {}


def test_a_table_whose_first_row_is_a_text_has_no_names_of_columns() -> None:
    """Else that text would be lost, and called the name of a column."""
    Path("rows.csv").write_text("".join(f'{n},"{text}"\n' for n, text in enumerate(LONG)), encoding="utf-8")
    (reason, mend), *_ = skipped(read_documents("rows.csv"))
    assert reason == f"its columns have no names: the first row seems to hold a text ({LONG[0][:40]!r}…)."
    assert "id,text" in mend


@pytest.mark.parametrize("name", FORMS)
def test_all_pieces_of_a_file_are_read_alike_whatever_stands_in_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first rows decide: what the later ones look like by themselves does not."""
    whole = crawl(400)
    for n, row in enumerate(whole[300:], 300):  # as they would be guessed otherwise
        row["byline"] = LONG[n % 3] * 5
        row["lang"] = LONG[n % 3]
        row["body"], row["headline"] = f"Short {n}.", LONG[n % 3] * 2
        if name.startswith("rows.json"):
            del row["url"], row["domain"]
    Path(name).write_bytes(FORMS[name](whole))
    once = read_placed_documents(name, options=DocumentOptions(language="en"))
    for module in (lines, pieces):
        monkeypatch.setattr(module, "BLOCK_BYTES", 1_000)
    monkeypatch.setattr(pieces, "GROUPS_BYTES", 4_000)
    many = read_placed_documents(name, options=DocumentOptions(language="en"))
    assert many.replace_schema_metadata(None).equals(once.replace_schema_metadata(None))
    assert {row["row"]: row["text"] for row in many.to_pylist()} == {n: row["body"] for n, row in enumerate(whole, 1)}
    assert notes(many)[NEWS] == notes(once)[NEWS] == 1


def test_what_is_guessed_of_lines_does_not_depend_on_where_they_are_packed() -> None:
    rows = crawl(9)
    Path("rows.jsonl").write_bytes(FORMS["rows.jsonl"](rows))
    Path("rows.jsonl.gz").write_bytes(FORMS["rows.jsonl.gz"](rows))
    assert taken("rows.jsonl") == taken("rows.jsonl.gz") == {NEWS}


def test_a_first_line_of_megabytes_is_looked_at_whole() -> None:
    rows = [{"body": LONG[0] * 12_000}, {"body": LONG[1] * 12_000}]
    found = read_documents(written(rows))
    assert [len(text) for text in found["text"].to_pylist()] == [len(row["body"]) for row in rows]
    assert notes(found)["tables with columns taken as text: body"] == 1


def test_of_ids_that_were_guessed_and_recur_one_keeps_it_and_of_the_callers_none() -> None:
    rows = [{"url": "https://a.example/", "text": text} for text in LONG]
    rows[1]["first_seen"] = "2024-03-01T10:00:00Z"
    found = read_documents(written(rows))
    assert {row["text"]: row["doc"] for row in found.to_pylist()} == {
        LONG[1]: "https://a.example/",  # of those whose time is known the first, then the others as they stand
        LONG[0]: "https://a.example/ (2)",
        LONG[2]: "https://a.example/ (3)",
    }
    named = read_documents("rows.jsonl", options=DocumentOptions(id="url"))
    assert {row["text"]: row["doc"] for row in named.to_pylist()} == {
        LONG[0]: "rows.jsonl:https://a.example/",
        LONG[1]: "rows.jsonl:https://a.example/ (2)",
        LONG[2]: "rows.jsonl:https://a.example/ (3)",
    }


def test_a_library_takes_a_page_that_was_crawled_again_for_a_version_whatever_the_file() -> None:
    held = st.Library("library")
    assert held.add(written([{"url": "https://a.example/", "body": FERRY}], "may.jsonl")).docs == ["https://a.example/"]
    june = [{"url": "https://a.example/", "body": FERRY_SPUN}, {"url": "https://b.example/", "body": ORCHARD}]
    added = held.add(written(june, "june.jsonl"))
    assert sorted(added.docs) == ["https://a.example/@2", "https://b.example/"]
    assert added.versions == 1


@pytest.mark.parametrize("form", ["rows.jsonl", "rows.parquet", "rows.csv", "rows.arrow"])
def test_dedup_writes_rows_whose_texts_stand_in_a_column_that_was_guessed(form: str) -> None:
    texts = [FERRY, FERRY_SPUN, f"{ORCHARD}\n\n{FERRY[:900]}"]
    rows = [{"url": f"https://a.example/{n}", "body": text, "stars": f"{n}"} for n, text in enumerate(texts)]
    Path(form).write_bytes(TABLES[form](rows))
    best = st.dedup(form, keep="stars asc", passages=True)
    first, last = best.table().to_pylist()
    assert first == rows[0]
    assert last["stars"] == "2"
    assert last["body"].startswith(ORCHARD[:500])
    assert len(last["body"]) < len(texts[2]) - 500
    best.write("kept.jsonl")
    assert [json.loads(line)["body"] for line in Path("kept.jsonl").read_text("utf-8").splitlines()] == [
        first["body"],
        last["body"],
    ]
    marked = st.dedup(form, annotate=True).table()
    assert marked["doc"].to_pylist() == [row["url"] for row in rows]


def test_shards_guess_as_one_machine_does_and_say_it_once() -> None:
    Path("pile").mkdir()
    for name in ("a", "b"):
        rows = [{"url": f"https://a.example/{n}", "body": text} for n, text in enumerate([FERRY, ORCHARD])]
        written(rows, f"pile/{name}.jsonl")
    alone = read_documents("pile")
    for number in (1, 2):
        st.fingerprint_shard("pile", f"shards/{number}", shard=f"{number}/2")
    joined = st.join_shards("shards", "joined")
    assert alone["doc"].to_pylist() == sorted(f"https://a.example/{n}{again}" for n in (0, 1) for again in ("", " (2)"))
    said = {row["what"]: row["count"] for row in joined.notes}
    assert said["tables with columns taken as text: body; as doc: url; as canonical: url"] == 2
    assert st.trace("joined").documents["doc"].to_pylist() == alone["doc"].to_pylist()
    assert st.dedup("joined").table().num_rows == 2


def test_a_column_that_is_damaged_and_that_nobody_needs_costs_nothing() -> None:
    sink = io.BytesIO()
    table = pa.table({"body": LONG, "notes": [f"Note {n}. " * 200 for n in range(3)]})
    pyarrow.parquet.write_table(table, sink, compression="none", use_dictionary=False)
    data = bytearray(sink.getvalue())
    at = data.index(b"Note 0")
    data[at - 60 : at] = bytes(60)
    Path("rows.parquet").write_bytes(data)
    assert read_documents("rows.parquet")["text"].to_pylist() == list(LONG)


def test_parquet_of_one_column_of_many_is_guessed_from_that_column_alone() -> None:
    """What is nested is not decoded to guess by."""
    sink = io.BytesIO()
    table = pa.table({"content": LONG, "vector": [[n / 7 for n in range(5_000)]] * 3})
    pyarrow.parquet.write_table(table, sink, compression="zstd")
    data, middle = sink.getvalue(), len(sink.getvalue()) // 2
    Path("rows.parquet").write_bytes(data[:middle] + bytes(200) + data[middle + 200 :])
    assert read_documents("rows.parquet")["text"].to_pylist() == list(LONG)


def test_a_table_without_rows_says_so() -> None:
    pyarrow.parquet.write_table(pa.table({"body": pa.array([], pa.string())}), "rows.parquet")
    ((reason, _),) = skipped(read_documents("rows.parquet"))
    assert reason == "it has no rows."


def test_the_docs_list_all_names_that_are_known() -> None:
    page = (Path(__file__).parent.parent / "docs" / "sources.md").read_text("utf-8")
    told = {
        row[0].strip("`"): [SIGNS.sub("", name.casefold()) for name in re.findall(r"`([^`]+)`", row[1])]
        for row in re.findall(r"^\| (`\w+`) \| (.+) \|$", page, re.M)
    }
    beside = {"text", "doc", "title", "author", "published", "site", "canonical", "language"}
    assert told.keys() == NAMES.keys()
    for meant, names in told.items():
        assert names == [name for name in NAMES[meant] if name not in beside | {"date"} or name in names], meant
