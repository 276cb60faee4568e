"""The user's own rows: found again, written as they were, united where files differ."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.documents import Text, read_placed_documents
from stemmata.errors import OptionError, SchemaError, SourceError
from stemmata.rows import lines
from stemmata.rows.origins import find_origins, refuse_sources
from stemmata.rows.reading import read_columns, unite
from stemmata.rows.writing import Selection, take_rows, write_rows

LANTERN = "The lantern on the quay burned all night."
ФОНАРЬ = "Фонарь на причале горел всю ночь."
QUAY = "Nobody came to the quay before the morning."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def select(
    sources: Any, *gone: str, added: dict[str, Any] | None = None, texts: dict[str, str] | None = None
) -> Selection:
    placed = read_placed_documents(sources)
    documents = schemas.DOCUMENTS.check(placed)
    docs = documents["doc"].to_pylist()
    keep = np.array([doc not in gone for doc in docs], bool)
    new = {docs.index(doc): text for doc, text in (texts or {}).items()}
    return Selection(find_origins(placed, sources), documents, keep, added and pa.table(added), new)


def written(name: str, selection: Selection) -> Any:
    path = write_rows(name, selection)
    if name.endswith(".parquet"):
        return pq.read_table(path).to_pylist()
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_lines_of_json_that_stay_are_the_users_own_bytes() -> None:
    """Odd spacing, line ends, numbers to the last digit, escapes: nothing is written anew."""
    lines = [
        b'{"id": 1,   "text": "%s", "price": 1.50, "big": 123456789012345678901234567890}\r\n' % LANTERN.encode(),
        b'{"id": 2, "text": "%s"}\n' % QUAY.encode(),
        b"\n",
        b"no JSON\n",
        b'{"text": "\\u0424 %s", "x": 1E400}' % ФОНАРЬ.encode(),
    ]
    Path("a.jsonl").write_bytes(b"\xef\xbb\xbf" + b"".join(lines))
    write_rows("out.jsonl", select(["a.jsonl"], "2"))
    assert Path("out.jsonl").read_bytes() == lines[0] + lines[4] + b"\n"


def test_added_values_leave_the_rest_of_a_line_as_it_was() -> None:
    Path("a.jsonl").write_text(f'{{"id":7, "text":"{LANTERN}", "price":1.50 }}\n{{"text":"{QUAY}"}}\n', "utf-8")
    write_rows("out.jsonl", select(["a.jsonl"], added={"keep": [True, False]}))
    one, other = Path("out.jsonl").read_text("utf-8").splitlines()
    assert one == f'{{"id":7, "text":"{LANTERN}", "price":1.50, "keep": true}}'
    assert json.loads(other) == {"text": QUAY, "doc": "a.jsonl#2", "keep": False}  # an id where it has none


def test_a_text_that_is_cut_is_all_that_changes_on_its_line() -> None:
    Path("a.jsonl").write_text(f'{{"id": 7, "text": "{LANTERN}", "a": {{"text": 1.50}}, "b": [1E9]}}\n', "utf-8")
    write_rows("out.jsonl", select(["a.jsonl"], texts={"7": 'ночь "x"'}))
    told = '{"id": 7, "text": "ночь \\"x\\"", "a": {"text": 1.50}, "b": [1E9]}\n'
    assert Path("out.jsonl").read_text("utf-8") == told


@given(st.dictionaries(st.text(max_size=4), st.recursive(st.text() | st.floats() | st.none(), st.lists, max_leaves=4)))
def test_whatever_else_is_on_a_line_another_text_can_be_put_in(values: dict[str, Any]) -> None:
    line = json.dumps({**values, "text": "before"}).encode()
    changed = json.loads(lines.with_text(line, "after"))
    assert json.dumps(changed) == json.dumps({**values, "text": "after"})


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251", "utf-8-sig"])
def test_lines_in_other_encodings_are_written_in_utf8(encoding: str) -> None:
    text = "\n".join(json.dumps({"id": n, "text": ФОНАРЬ * 20}, ensure_ascii=False) for n in range(3))
    Path("a.jsonl").write_bytes(text.encode(encoding))
    assert [row["id"] for row in written("out.jsonl", select(["a.jsonl"], "1"))] == [0, 2]
    assert Path("out.jsonl").read_text("utf-8").startswith('{"id": 0, "text": "Фонарь')


def test_blocks_of_lines_hold_whole_lines_however_long(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [json.dumps({"id": n, "text": LANTERN * (n % 7 + 1)}) + "\n" for n in range(40)]
    Path("a.jsonl").write_text("".join(rows), "utf-8")
    selection = select(["a.jsonl"], "3", "4", "39")
    monkeypatch.setattr(lines, "BLOCK_BYTES", 64)
    write_rows("out.jsonl", selection)
    assert Path("out.jsonl").read_text("utf-8") == "".join(rows[:3] + rows[5:39])


def test_parquet_keeps_types_schema_and_what_the_file_says_of_itself() -> None:
    schema = pa.schema(
        [
            pa.field("id", pa.int16(), nullable=False, metadata={"unit": "none"}),
            ("text", pa.dictionary(pa.int8(), pa.string())),
            ("seen", pa.timestamp("ns", "Europe/Berlin")),
            ("price", pa.decimal128(9, 2)),
            ("tags", pa.map_(pa.string(), pa.list_(pa.float32()))),
            ("raw", pa.large_binary()),
        ],
        {"made by": "a press"},
    )
    when = datetime(2026, 3, 1, 12, tzinfo=UTC)
    rows = [
        {"id": n, "text": text, "seen": when, "price": Decimal("1.50"), "tags": [("a", [1.5])], "raw": b"\xff"}
        for n, text in enumerate([LANTERN, QUAY, ФОНАРЬ])
    ]
    table = pa.Table.from_pylist(rows, schema=schema)
    pq.write_table(table, "a.parquet")
    write_rows("out.parquet", select(["a.parquet"], "1", texts={"2": "ночь"}))
    again = pq.read_table("out.parquet")
    assert again.schema.equals(pq.read_schema("a.parquet"), check_metadata=True)
    assert again["text"].to_pylist() == [LANTERN, "ночь"]
    assert again.drop_columns("text").equals(pq.read_table("a.parquet").take([0, 2]).drop_columns("text"))
    (row, _) = written("out.jsonl", select(["a.parquet"], "1"))
    assert row["seen"].startswith("2026-03-01T")
    assert (row["price"], row["tags"], row["raw"]) == ("1.50", [["a", [1.5]]], "/w==")


def test_json_lines_become_parquet_with_all_columns_and_types() -> None:
    rows = [{"id": 1, "text": LANTERN, "q": 1}, {"id": 2, "text": QUAY, "q": 1.5, "tags": ["a"]}, {"text": ФОНАРЬ}]
    Path("a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    out = written("out.parquet", select(["a.jsonl"]))
    assert out[1] == {"id": 2, "text": QUAY, "q": 1.5, "tags": ["a"]}
    assert out[2] == {"id": None, "text": ФОНАРЬ, "q": None, "tags": None}


def test_sources_with_other_columns_are_united_with_nulls_in_the_order_given() -> None:
    pq.write_table(pa.table({"id": pa.array([5], pa.int32()), "text": [LANTERN], "score": [0.5]}), "z.parquet")
    Path("a.jsonl").write_text(json.dumps({"id": 6, "text": QUAY, "by": "Ada"}) + "\n", "utf-8")
    Path("b.csv").write_text(f"text,score\n{ФОНАРЬ},7\n", "utf-8")
    Path("c.txt").write_text("A page of its own, which is no row.", "utf-8")
    frame = pa.table({"text": ["A row at hand."], "id": [9]})
    selection = select(["z.parquet", "a.jsonl", Text("One more.", doc="t"), frame, "c.txt"])
    out = written("out.parquet", selection)
    assert [row["id"] for row in out] == [5, 6, None, 9, None]
    assert [row["doc"] for row in out] == [None, None, "t", None, "c.txt"]
    assert [row["by"] for row in out] == [None, "Ada", None, None, None]
    assert take_rows(selection).to_pylist() == out
    with pytest.raises(SchemaError, match="'score' is double in one file and large_string in another") as caught:
        write_rows("out.parquet", select(["z.parquet", "b.csv"]))
    assert "z.parquet and b.csv" in caught.value.where
    assert not Path("out.parquet.tmp").exists()
    assert [row.get("score") for row in written("out.jsonl", select(["z.parquet", "b.csv"]))] == [0.5, "7"]


def test_values_of_several_types_in_one_column_need_json_lines() -> None:
    rows = [{"id": 1, "text": LANTERN, "q": 1}, {"id": 2, "text": QUAY, "q": "one"}]
    Path("a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with pytest.raises(SchemaError, match="'q'"):
        write_rows("out.parquet", select(["a.jsonl"]))
    assert written("out.jsonl", select(["a.jsonl"])) == rows


@pytest.mark.parametrize("name", ["a.json", "a.arrow", "a.csv", "a.txt", "a.md"])
def test_rows_of_other_tables_are_found_again(name: str) -> None:
    rows = [{"id": str(n), "text": f"{LANTERN} {n}", "n": str(n)} for n in range(3)]
    if name == "a.json":
        Path(name).write_text(json.dumps([rows[0], 5, *rows[1:]], indent=1), "utf-8")
    elif name == "a.arrow":
        table = pa.Table.from_pylist(rows)
        with pa.OSFile(name, "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
    elif name == "a.csv":
        cells = [",".join(f'"{cell}"' for cell in row.values()) for row in rows]
        Path(name).write_text("\n".join(["id,text,n", cells[0], "too few", *cells[1:]]) + "\n", "utf-8")
    else:
        Path(name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert written("out.jsonl", select([name], "1")) == [rows[0], rows[2]]


@pytest.mark.parametrize("out", ["out.jsonl", "out.parquet"])
def test_mails_of_a_mailbox_are_documents_and_no_rows_of_a_table(out: str) -> None:
    mail = "From a@b.example Mon May  3 10:15:00 2021\nFrom: Ann <a@b.example>\nSubject: quay\n\n{}\n\n"
    Path("a.mbox").write_text("".join(map(mail.format, (LANTERN, QUAY, ФОНАРЬ))), "utf-8")
    Path("b.jsonl").write_text(json.dumps({"text": QUAY}) + "\n", "utf-8")
    rows = written(out, select(["a.mbox", "b.jsonl"], "a.mbox#2"))
    assert [row["text"] for row in rows] == [LANTERN, ФОНАРЬ, QUAY]
    assert [row.get("author") for row in rows] == ["Ann", "Ann", None]


def test_a_name_that_is_taken_is_an_error_that_says_how_to_mend_it() -> None:
    Path("a.jsonl").write_text(json.dumps({"id": 1, "text": LANTERN, "keep": 1}) + "\n", "utf-8")
    for name in ("out.jsonl", "out.parquet"):
        with pytest.raises(SchemaError, match="'keep'") as caught:
            write_rows(name, select(["a.jsonl"], added={"keep": [True]}))
        assert "prefix" in caught.value.mend
        assert not Path(name).exists()
    assert written("out.jsonl", select(["a.jsonl"], added={"my_keep": [True]}))[0]["my_keep"] is True


def test_a_file_that_was_changed_since_is_refused() -> None:
    Path("a.jsonl").write_text(json.dumps({"id": 1, "text": LANTERN}) + "\n", "utf-8")
    selection = select(["a.jsonl"])
    Path("a.jsonl").write_text(json.dumps({"id": 2, "text": QUAY}) + "\n\n", "utf-8")
    with pytest.raises(SourceError, match="changed"):
        write_rows("out.jsonl", selection)
    assert os.listdir() == ["a.jsonl"]


def test_a_source_is_never_overwritten_by_whatever_path() -> None:
    Path("pile").mkdir()
    Path("pile/a.jsonl").write_text("{}", "utf-8")
    os.symlink("pile/a.jsonl", "link.jsonl")
    for out in ("pile/a.jsonl", "link.jsonl", Path("pile/../pile/a.jsonl")):
        with pytest.raises(OptionError, match="one of the sources"):
            refuse_sources([out], ["pile"])
    refuse_sources(["pile/new.jsonl"], ["pile"])


@pytest.mark.parametrize("name", ["out.csv", "out", "nowhere/out.jsonl"])
def test_a_file_is_written_by_its_ending_into_a_folder_that_is_there(name: str) -> None:
    Path("a.jsonl").write_text(json.dumps({"text": LANTERN}) + "\n", "utf-8")
    with pytest.raises(OptionError):
        write_rows(name, select(["a.jsonl"]))


def test_lines_can_be_packed() -> None:
    Path("a.jsonl").write_text(json.dumps({"text": LANTERN}) + "\n", "utf-8")
    write_rows("out.jsonl.zst", select(["a.jsonl"]))
    with pa.CompressedInputStream("out.jsonl.zst", "zstd") as stream:
        assert stream.read() == Path("a.jsonl").read_bytes()
    write_rows("again.jsonl", select(["out.jsonl.zst"]))
    assert Path("again.jsonl").read_bytes() == Path("a.jsonl").read_bytes()


def test_columns_to_prefer_by_come_from_all_sources() -> None:
    """Numbers in CSV are numbers; what documents have, such as dates, is read as they read it."""
    Path("a.csv").write_text(f"id,text,q,published\n2,{LANTERN},10,2026-03-01\n1,{QUAY},9,\n", "utf-8")
    Path("b.jsonl").write_text(json.dumps({"id": 0, "text": ФОНАРЬ, "q": 0.5}) + "\n", "utf-8")
    selection = select(["a.csv", "b.jsonl"])
    found = read_columns(selection.origins, selection.documents, ["q", "published", "absent"])
    assert found["doc"].to_pylist() == ["0", "1", "2"]
    assert found["q"].to_pylist() == [0.5, 9, 10]
    assert found["published"].null_count == 2
    assert set(found.column_names) == {"doc", "q", "published"}


def test_equal_schemas_stay_as_they_are_and_others_are_widened() -> None:
    one = pa.schema([pa.field("a", pa.int32(), nullable=False)], {"x": "y"})
    assert unite([("p", one), ("q", one)]).equals(one, check_metadata=True)
    assert unite([("p", one), ("q", pa.schema([("a", pa.int64()), ("b", pa.null())]))]).types == [pa.int64(), pa.null()]
