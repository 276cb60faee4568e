"""Tables in files: JSON Lines, JSON, CSV, TSV, Parquet and Arrow; each row a document."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers import files
from stemmata.readers.delimited import read_delimited
from stemmata.readers.ipc import read_arrow
from stemmata.readers.jsonarray import read_json
from stemmata.readers.jsonlines import read_json_lines
from stemmata.readers.parquet import read_parquet

ROWS: list[dict[str, Any]] = [
    {"id": "t1", "text": "The miller’s daughter\r\nwas “gone”.", "site": "Dale Courier", "likes": 3},
    {"id": "t2", "text": "Дочь мельника, говорят, ушла.\n", "site": "Долинский вестник", "likes": None},
    {"id": "t3", "text": "اختفت ابنة الطحّان; tab\there", "site": "", "likes": 5},
    {"id": "t4", "text": '磨坊主的女儿"不见了"。', "site": None, "likes": 0},
]


def skipped(table: pa.Table) -> dict[str, str]:
    return {row["uri"]: row["reason"] for row in schemas.remarks([table], "skipped").to_pylist()}


def csv_bytes(delimiter: str) -> bytes:
    def cell(value: object) -> str:
        return '"' + str("" if value is None else value).replace('"', '""') + '"'

    lines = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    return "".join(delimiter.join(map(cell, line)) + "\r\n" for line in lines).encode()


def parquet_bytes(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink)
    return sink.getvalue()


def file_bytes(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def stream_bytes(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


def feather_bytes(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pyarrow.feather.write_feather(table, sink, compression="zstd")
    return sink.getvalue()


LINES = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode()
TABLE = pa.Table.from_pylist(ROWS)
Reader = Callable[[bytes], pa.Table]
FORMS: dict[str, tuple[Reader, bytes]] = {
    "json lines": (read_json_lines, LINES),
    "json lines, escaped": (read_json_lines, "\n".join(map(json.dumps, ROWS)).encode()),
    "json lines, CRLF and BOM": (read_json_lines, b"\xef\xbb\xbf" + LINES.replace(b"\n", b"\r\n") + b"\r\n"),
    "json lines, UTF-16": (read_json_lines, LINES.decode().encode("utf-16")),
    "json array": (read_json, json.dumps(ROWS, indent=2).encode()),
    "json array, UTF-16": (read_json, json.dumps(ROWS, ensure_ascii=False).encode("utf-16")),
    "csv": (read_delimited, csv_bytes(",")),
    "csv with semicolons": (read_delimited, csv_bytes(";")),
    "csv, BOM": (read_delimited, b"\xef\xbb\xbf" + csv_bytes(",")),
    "tsv": (read_delimited, csv_bytes("\t")),
    "tsv, UTF-16": (read_delimited, csv_bytes("\t").decode().encode("utf-16")),
    "parquet": (read_parquet, parquet_bytes(TABLE)),
    "arrow file": (read_arrow, file_bytes(TABLE)),
    "arrow stream": (read_arrow, stream_bytes(TABLE)),
    "feather": (read_arrow, feather_bytes(TABLE)),
}


@pytest.mark.parametrize(("read", "data"), FORMS.values(), ids=FORMS.keys())
def test_every_form_of_a_table_gives_the_same_rows(read: Reader, data: bytes) -> None:
    table = read(data)
    assert table["doc"].to_pylist() == ["t1", "t2", "t3", "t4"]
    assert table["text"].to_pylist() == [row["text"] for row in ROWS]
    assert table["site"].to_pylist() == ["Dale Courier", "Долинский вестник", None, None]
    assert table["row"].to_pylist() == [1, 2, 3, 4]
    assert not skipped(table)


BODIES: dict[str, tuple[Reader, bytes]] = {
    "json lines": (read_json_lines, b'{"body": "x"}\n{"body": "y"}'),
    "json array": (read_json, b'[{"body": "x"}]'),
    "csv": (read_delimited, b"body,date\nx,y\n"),
    "parquet": (read_parquet, parquet_bytes(pa.table({"body": ["x"]}))),
    "arrow file": (read_arrow, file_bytes(pa.table({"body": ["x"]}))),
}


@pytest.mark.parametrize(("read", "data"), BODIES.values(), ids=BODIES.keys())
def test_without_a_column_text_the_columns_are_named(read: Reader, data: bytes) -> None:
    with pytest.raises(SourceError, match="no column 'text'; its columns: 'body'") as caught:
        read(data)
    assert "rename" in caught.value.mend


DAMAGED: dict[str, tuple[Reader, bytes]] = {
    "parquet, a name": (read_parquet, parquet_bytes(TABLE).replace(b"likes", b"lik\xffs")),
    "arrow stream, a name": (read_arrow, stream_bytes(TABLE).replace(b"likes", b"lik\xffs")),
    "parquet": (read_parquet, parquet_bytes(TABLE)[:-20]),
    "arrow file": (read_arrow, file_bytes(TABLE)[:-20]),
    "arrow stream": (read_arrow, stream_bytes(TABLE)[:-40]),
}


@pytest.mark.parametrize(("read", "data"), DAMAGED.values(), ids=DAMAGED.keys())
def test_a_file_that_is_cut_off_or_spoilt_is_damaged(read: Reader, data: bytes) -> None:
    with pytest.raises(SourceError, match="damaged"):
        read(data)


def test_lines_that_are_no_objects_are_named_and_the_others_read() -> None:
    table = read_json_lines(b'{"text": "one"}\n\n{"text": "tw\n["text"]\n17\n{"text": "five"}\n')
    assert table["text"].to_pylist() == ["one", "five"]
    assert table["row"].to_pylist() == [1, 6]
    assert list(skipped(table)) == ["#3", "#4", "#5"]
    assert skipped(table)["#3"].startswith("line 3 is not JSON: ")
    assert skipped(table)["#4"] == "line 4 is JSON, but no object."


def test_blank_lines_are_counted_and_make_no_rows() -> None:
    table = read_json_lines(b'\n{"text": "one"}\n \n{"text": "two"}\n\n')
    assert table["row"].to_pylist() == [2, 4]
    assert not skipped(table)


def test_lines_whose_values_differ_in_type_are_read_like_the_others() -> None:
    lines = [
        {"id": 1, "text": "one"},
        {"id": "b", "text": "two"},
        {"id": 3, "text": 3},
        {"id": None, "text": "x"},
    ]
    table = read_json_lines("\n".join(map(json.dumps, lines)).encode())
    assert table["doc"].to_pylist() == ["1", "b", "3", None]
    assert table["text"].to_pylist() == ["one", "two", None, "x"]


def test_the_fast_way_through_json_lines_and_the_slow_one_agree() -> None:
    lines = [
        {
            "id": n,
            "text": f"Глава {n}.\u0000\r\n",
            "ours": n % 2 == 0,
            "published": f"2024-03-{n:02}",
            "x": {"y": [n]},
        }
        | ({"lineage": ["a"], "locators": [{"offset": 0, "label": "f. 1"}]} if n > 1 else {})
        for n in range(1, 9)
    ]
    fast = "\n".join(map(json.dumps, lines)).encode()
    slow = fast + b"\n{"  # one bad line sends all through the slow way
    assert not skipped(read_json_lines(fast))
    assert list(skipped(read_json_lines(slow))) == ["#9"]
    assert read_json_lines(fast).equals(read_json_lines(slow))


def test_a_date_that_looks_like_one_stays_a_name_in_a_column_of_names() -> None:
    assert read_json_lines(b'{"id": "2024-03-01", "text": "x"}')["doc"].to_pylist() == ["2024-03-01"]
    assert read_delimited(b"id,text\n2024-03-01,x\n007,NA\n").select(["doc", "text"]).to_pylist() == [
        {"doc": "2024-03-01", "text": "x"},
        {"doc": "007", "text": "NA"},
    ]


def test_escapes_for_half_a_character_become_replacement_characters() -> None:
    table = read_json_lines(b'{"text": "a\\ud83d"}\n{"text": "\\ud83d\\ude00"}')
    assert table["text"].to_pylist() == ["a\ufffd", "\U0001f600"]


def test_a_line_nested_without_end_is_skipped() -> None:
    nested = b'{"text": "x", "y": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    table = read_json_lines(b'{"text": "one"}\n{\n' + nested)
    assert table["text"].to_pylist() == ["one"]
    assert "nested too deep" in skipped(table)["#3"]


def test_a_number_without_end_is_no_reason_to_stop() -> None:
    table = read_json_lines(b'{"text": "one", "n": ' + b"9" * 10_000 + b'}\n{"text": "two", "n": 1}')
    assert table["text"].to_pylist()[-1] == "two"
    assert table.num_rows + len(skipped(table)) == 2


def test_a_line_of_three_megabytes_is_read() -> None:
    text = "Речка подо льдом, лес в снегу. " * 100_000
    table = read_json_lines(json.dumps({"text": text}).encode() + b'\n{"text": "short"}')
    assert table["text"].to_pylist() == [text, "short"]


def test_bytes_that_are_not_utf8_are_replaced_in_the_value_where_they_stand() -> None:
    data = '{"text": "мельница'.encode() + b"\xff" + '"}\n{"text": "река"}'.encode()
    table = read_json_lines(data)
    assert table["text"].to_pylist() == ["мельница\ufffd", "река"]
    assert schemas.remarks([table], "notes")["count"].to_pylist() == [1]


def test_one_object_over_several_lines_is_one_row() -> None:
    table = read_json(b'{\n  "id": 5,\n  "text": "alone"\n}')
    assert table.select(["doc", "text", "row"]).to_pylist() == [{"doc": "5", "text": "alone", "row": 1}]


def test_items_of_an_array_that_are_no_objects_are_skipped() -> None:
    table = read_json(b'[{"text": "one"}, "two", {"text": "three"}, null]')
    assert table["row"].to_pylist() == [1, 3]
    assert skipped(table) == {"#2": "item 2 is no object.", "#4": "item 4 is no object."}


@pytest.mark.parametrize(
    ("data", "where"),
    [(b'[{"text": "one"},\n {"text": }]', "line 2, column 11"), (b"{", "line 1, column 2")],
)
def test_json_that_is_none_is_refused_with_the_place(data: bytes, where: str) -> None:
    with pytest.raises(SourceError, match=f"not JSON: .*{where}"):
        read_json(data)


def test_json_nested_without_end_is_refused() -> None:
    with pytest.raises(SourceError, match="nested too deep"):
        read_json(b"[" * 100_000 + b"]" * 100_000)


def test_rows_with_too_many_or_too_few_values_are_skipped_and_counted() -> None:
    table = read_delimited(b'id,text\na,"one, and\nmore"\nb\nc,three,3\nd,four')
    assert table["doc"].to_pylist() == ["a", "d"]
    assert table["row"].to_pylist() == [1, 4]
    assert skipped(table) == {
        "#2": "row 2 has 1 values instead of 2.",
        "#3": "row 3 has 3 values instead of 2.",
    }


BROKEN: dict[str, tuple[Reader, bytes, list[str]]] = {
    "json lines": (
        read_json_lines,
        b'{"text": "one"}\n' + b"x\n" * 1_234 + b"[]\n" * 3,
        ["1,137 more of its rows are not read: 3 that are JSON, but no object; 1,134 that are not JSON."],
    ),
    "json array": (
        read_json,
        b'[{"text": "one"}' + b",7" * 150 + b"]",
        ["50 more of its rows are not read: 50 that are no object."],
    ),
    "csv": (
        read_delimited,
        b"id,text\n1,one\n" + b"x\n" * 101,
        ["1 more of its rows are not read: 1 that have too few or too many values."],
    ),
    "a hundred": (read_delimited, b"id,text\n1,one\n" + b"x\n" * 100, []),
}


@pytest.mark.parametrize(("read", "data", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_a_hundred_broken_rows_are_named_and_the_others_counted(read: Reader, data: bytes, told: list[str]) -> None:
    table = read(data)
    rows = skipped(table)
    assert table["row"].to_pylist() == [1]
    assert [rows.pop("")] * len(told) == told if told else "" not in rows
    assert list(rows) == sorted(f"#{number}" for number in range(2, 102))


@pytest.mark.parametrize(("read", "data"), [(read_json_lines, '{"text": "%s"}'), (read_delimited, "text\n%s")])
def test_a_table_that_is_too_long_for_arrow_is_refused(
    read: Reader, data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "UTF8_BYTES", 30)
    assert read((data % "река").encode()).num_rows == 1
    with pytest.raises(SourceError, match="over 2 GB as UTF-8"):
        read((data % "река под льдом").encode("utf-16"))


def test_a_delimiter_is_known_by_the_name_text() -> None:
    table = read_delimited("название, полное;text\nМост; его история;Мост закрыт, объезд есть\n".encode())
    assert read_delimited(b"text\nalone, with a comma\n").num_rows == 0
    assert skipped(table) == {"#1": "row 1 has 3 values instead of 2."}


def test_a_csv_with_old_line_ends_is_read() -> None:
    assert read_delimited(b"id,text\ra,one\rb,two\r")["doc"].to_pylist() == ["a", "b"]


def test_a_csv_that_is_one_long_line_is_refused() -> None:
    with pytest.raises(SourceError, match="no column 'text'"):
        read_delimited(b"Snow on the pass. " * 20_000)


@pytest.mark.parametrize(
    "data",
    [
        b"text" + b",a" * 10_000 + b"\n",
        b"text" + b",a" * 500_000 + b"\n" + b"x," * 500_000 + b"x\n",
        b'text,"a\n"' + b"," * 1_000_000 + b"\nx\n",
    ],
)
def test_a_csv_of_too_many_columns_is_refused_before_it_takes_memory(data: bytes) -> None:
    """A megabyte of commas took eight gigabytes."""
    with pytest.raises(SourceError, match=r"its first line, which names the columns, has (over 100,000|10,001)"):
        read_delimited(data)
    assert read_delimited(b"text" + b",a" * 9_999 + b"\nx" + b",1" * 9_999)["text"].to_pylist() == ["x"]


def test_names_of_columns_may_hold_line_ends() -> None:
    table = read_delimited('"a\nb",text\n1,"Река, подо льдом"\n'.encode())
    assert table["text"].to_pylist() == ["Река, подо льдом"]


def test_a_csv_of_names_alone_has_no_rows() -> None:
    for data in (b"id,text", b"id,text\n", b"id,text\r\n"):
        assert read_delimited(data).num_rows == 0


def test_why_parquet_is_damaged_is_told_the_same_way_by_each_process(tmp_path: Path) -> None:
    """Of several damaged columns the first that is wanted, in whatever order a process has sets."""
    table = pa.table({name: ["The weir"] * 9 for name in ("text", "title", "author", "site", "group")})
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink, compression="none", use_dictionary=False)
    data = bytearray(sink.getvalue())
    group = pyarrow.parquet.ParquetFile(io.BytesIO(data)).metadata.row_group(0)
    for number, byte in enumerate(b"\x0e\0\0\0\0"):  # in the first column a type that there is not, in others no data
        data[group.column(number).data_page_offset] = byte
    (tmp_path / "a.parquet").write_bytes(data)
    program = (
        "import sys; from stemmata.readers.parquet import read_parquet\nread_parquet(open(sys.argv[1], 'rb').read())"
    )
    told = set()
    for seed in "123456":
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-c", program, str(tmp_path / "a.parquet")]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        told.add(next(line for line in done.stderr.splitlines() if line.startswith("stemmata.errors")))
    assert len(told) == 1
    assert "don't know what type" in told.pop()


def test_parquet_reads_only_the_columns_that_documents_have() -> None:
    sink = io.BytesIO()
    table = pa.table({"text": ["x"] * 3, "vector": [[n / 7 for n in range(5000)]] * 3})
    pyarrow.parquet.write_table(table, sink, compression="zstd")
    data, middle = sink.getvalue(), len(sink.getvalue()) // 2
    spoilt = data[:middle] + bytes(200) + data[middle + 200 :]
    with pytest.raises(OSError, match=r"stream|orrupt"):
        pyarrow.parquet.read_table(io.BytesIO(spoilt))
    assert read_parquet(spoilt)["text"].to_pylist() == ["x"] * 3


def both_kinds(rows: list[dict[str, Any]]) -> tuple[pa.Table, pa.Table]:
    return read_json_lines("\n".join(map(json.dumps, rows)).encode()), read_json(json.dumps(rows).encode())


def test_json_lines_and_json_arrays_agree() -> None:
    lines, array = both_kinds([{"text": "a", "ours": "no"}, {"text": None}, {"doc": 1.5, "text": "b"}])
    assert lines.equals(array)
