"""Large tables in files: read in pieces, with the rows and the numbers that the whole file has."""

from __future__ import annotations

import bz2
import gzip
import io
import itertools
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.documents import DocumentOptions, read_documents, read_placed_documents
from stemmata.engines import LocalEngine
from stemmata.errors import SourceError
from stemmata.readers import groups, jsonlines, lines, naming, pieces
from stemmata.readers.lines import Lines, Piece

ENGLISH = "The council met on Thursday and voted to close the swimming baths."
RUSSIAN = "В четверг совет собрался и решил закрыть городские бани."
CHINESE = "市议会星期四开会,决定在六月底关闭公共浴室。"


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files of some kilobytes are large: their blocks have a thousand bytes."""
    for module in (lines, pieces):
        monkeypatch.setattr(module, "BLOCK_BYTES", 1_000)
    monkeypatch.setattr(pieces, "GROUPS_BYTES", 4_000)
    monkeypatch.setattr(jsonlines, "FEWEST_BYTES", 0)
    monkeypatch.chdir(tmp_path)


def records(count: int) -> list[dict[str, Any]]:
    texts = (ENGLISH, RUSSIAN, CHINESE)
    return [{"id": f"own {n}" if n % 5 == 0 else None, "text": f"{texts[n % 3]} {n}"} for n in range(1, count)]


def json_lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def parquet(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows), sink, row_group_size=17)
    return sink.getvalue()


def arrow_file(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    table = pa.Table.from_pylist(rows)
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, 23)
    return sink.getvalue()


def arrow_stream(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    table = pa.Table.from_pylist(rows)
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, 23)
    return sink.getvalue()


FORMS: dict[str, Callable[[list[dict[str, Any]]], bytes]] = {
    "rows.jsonl": json_lines,
    "rows.parquet": parquet,
    "rows.arrow": arrow_file,
    "rows.arrows": arrow_stream,
    "rows.jsonl.gz": lambda rows: gzip.compress(json_lines(rows)),
    "rows.jsonl.bz2": lambda rows: bz2.compress(json_lines(rows)),
    "rows.jsonl.xz": lambda rows: lzma.compress(json_lines(rows)),
    "rows.jsonl.lzma": lambda rows: lzma.compress(json_lines(rows), lzma.FORMAT_ALONE),
    "rows.jsonl.zst": lambda rows: pa.compress(json_lines(rows), "zstd", asbytes=True),
}


def read(name: str, *, engine: LocalEngine | None = None, **options: Any) -> pa.Table:
    return read_placed_documents(name, options=DocumentOptions(**{"language": "en", **options}), engine=engine)


def skipped(table: pa.Table) -> dict[str, str]:
    return {row["uri"]: row["reason"] for row in schemas.remarks([table], "skipped").to_pylist()}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("memory", [None, 10_000, 2_000_000])
def test_a_large_table_has_the_rows_and_numbers_of_the_whole_file(name: str, memory: int | None) -> None:
    """Far over the limit for files of other kinds, and in as many pieces as it takes."""
    rows = records(200)
    Path(name).write_bytes(FORMS[name](rows))
    found = read(name, engine=LocalEngine(workers=2, memory=memory), limit_bytes=500)
    assert not skipped(found)
    told = {(row["row"], row["doc"], row["text"]) for row in found.to_pylist()}
    assert told == {(n, row["id"] or f"{name}#{n}", row["text"]) for n, row in enumerate(rows, 1)}
    assert set(found["path"].to_pylist()) == {name.encode()}


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz", "rows.jsonl.bz2", "rows.jsonl.xz", "rows.jsonl.zst"])
def test_a_line_over_the_limit_is_skipped_and_the_others_keep_their_numbers(name: str) -> None:
    rows = records(60)
    rows[19]["text"] = "long " * 2_000
    rows[-1]["text"] = "last " * 2_000
    Path(name).write_bytes(FORMS[name](rows))
    found = read(name, limit_bytes=3_000)
    sizes = {n: len(json.dumps(rows[n - 1], ensure_ascii=False).encode()) for n in (20, 59)}
    assert skipped(found) == {
        f"{name}#{n}": f"line {n} has {size:,} bytes, and the limit is 3,000." for n, size in sizes.items()
    }
    assert sorted(found["row"].to_pylist()) == [n for n in range(1, 60) if n not in sizes]


@pytest.mark.parametrize("name", ["rows.parquet", "rows.arrow", "rows.arrows"])
def test_a_row_over_the_limit_is_skipped_and_the_others_keep_their_numbers(name: str) -> None:
    rows = records(60)
    rows[19]["text"] = "long " * 2_000
    Path(name).write_bytes(FORMS[name](rows))
    found = read(name, limit_bytes=3_000)
    assert skipped(found) == {f"{name}#20": "row 20 has 10,000 bytes, and the limit is 3,000."}
    assert sorted(found["row"].to_pylist()) == [n for n in range(1, 60) if n != 20]


@given(
    st.lists(st.sampled_from([b"a", b"bb" * 40, b"", b"\r", "и".encode() * 9, b"c" * 300]), max_size=60), st.booleans()
)
def test_pieces_hold_every_line_once_with_its_number(some: list[bytes], ended: bool) -> None:
    """Whatever the lines are, and wherever blocks end: also in the middle of a character."""
    data = b"\n".join(some) + (b"\n" if ended else b"")
    path = Path("lines")
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK_BYTES", 64)
        surveys = [lines.survey("lines", at, min(at + 64, len(data))) for at in range(0, len(data), 64)]
        assert all(one.valid for one in surveys)
        found: dict[int, bytes] = {}
        for piece in lines.cut(surveys, len(data)):
            for part in lines.read_blocks("lines", piece, 200):
                if isinstance(part, SourceError):
                    found[int(part.where[1:])] = b"over"
                else:
                    found |= dict(enumerate(part.data.removesuffix(b"\n").split(b"\n"), part.first))
    wanted = dict(enumerate(data.removesuffix(b"\n").split(b"\n"), 1)) if data else {}
    assert {n: line for n, line in found.items() if line} == {
        n: b"over" if len(line) > 200 else line for n, line in wanted.items() if line
    }


@given(st.binary(max_size=400).map(lambda data: data.replace(b"a", b"\n")), st.integers(1, 50), st.integers(1, 30))
def test_lines_are_the_same_in_whatever_chunks_they_come(data: bytes, size: int, limit: int) -> None:
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK_BYTES", 20)
        found: dict[int, bytes] = {}
        for part in lines.blocks(chunks, limit):
            if isinstance(part, SourceError):
                found[int(part.where[1:])] = part.what.encode()
            else:
                found |= dict(enumerate(part.data.split(b"\n"), part.first))
    over = "line {} has {:,} bytes, and the limit is {:,}."
    assert {n: line for n, line in found.items() if line} == {
        n: over.format(n, len(line), limit).encode() if len(line) > limit else line
        for n, line in enumerate(data.split(b"\n"), 1)
        if line
    }


@pytest.mark.usefixtures("linear")
def test_a_long_line_in_small_chunks_is_put_together_once() -> None:
    (line,) = lines.blocks(itertools.repeat(b"x" * 1_000, 60_000), 100_000_000)
    assert isinstance(line, Lines)
    assert len(line.data) == 60_000_000


def test_a_line_that_is_longer_than_many_blocks_is_never_held() -> None:
    """Only its length is counted."""
    chunks = [b'{"text": "a"}\n{"text": "', *[b"x" * 900] * 50, b'"}\n{"text": "b"}']
    first, over, last = lines.blocks(chunks, 2_000)
    assert first == Lines(1, b'{"text": "a"}\n')
    assert isinstance(over, SourceError)
    assert over.what == "line 2 has 45,012 bytes, and the limit is 2,000."
    assert last == Lines(3, b'{"text": "b"}')


@pytest.mark.parametrize(
    ("data", "valid"),
    [(RUSSIAN.encode()[1:-2], True), (RUSSIAN.encode("cp1251"), False), (b"ab\xe9cd", False), (b"", True)],
)
def test_a_block_may_cut_characters_but_not_hold_bytes_that_are_none(data: bytes, valid: bool) -> None:
    Path("block").write_bytes(data)
    assert lines.survey("block", 0, len(data)).valid is valid


def test_lines_that_are_not_utf8_are_read_as_what_they_are() -> None:
    """Within the limit the whole file tells its encoding; over it, the first block that is not UTF-8."""
    rows = [{"text": ENGLISH}] * 20 + [{"text": f"{RUSSIAN} {n}"} for n in range(40)]
    Path("rows.jsonl").write_bytes(json_lines(rows).decode().encode("cp1251"))
    whole, cut = (read("rows.jsonl", limit_bytes=limit) for limit in (1_000_000, 3_000))
    assert sorted(whole["text"].to_pylist()) == sorted(row["text"] for row in rows)
    assert cut.equals(whole.select(cut.column_names))


def test_lines_that_are_no_json_are_named_by_their_numbers_in_the_file() -> None:
    rows = json_lines(records(60)).splitlines(keepends=True)
    rows[30], rows[50] = b"{\n", b"17\n"
    Path("rows.jsonl").write_bytes(b"".join(rows))
    found = read("rows.jsonl")
    assert list(skipped(found)) == ["rows.jsonl#31", "rows.jsonl#51"]
    assert skipped(found)["rows.jsonl#31"].startswith("line 31 is not JSON")
    assert found.num_rows == 57


def test_a_column_that_nobody_wants_may_be_damaged() -> None:
    """To ask a large Arrow file how many bytes its rows have would follow what the column says."""
    rows = [{"text": f"{ENGLISH} {n}", "tags": ["a"] * 7 if n else ["b"] * 5} for n in range(40)]
    data = arrow_file(rows)
    ends = np.cumsum([0, 5, 7], dtype=np.int32).tobytes()
    assert data.count(ends) == 1
    Path("a.arrow").write_bytes(data.replace(ends, np.array([-(10**9), 5, 12], np.int32).tobytes()))
    table = read_documents("a.arrow")
    assert table.num_rows == 40
    assert not schemas.remarks([table], "skipped").num_rows


def test_blocks_without_any_text_are_told_with_their_lines() -> None:
    rows: list[dict[str, Any]] = [{"text": ENGLISH}] * 20 + [{"body": "x" * 100}] * 20
    Path("rows.jsonl").write_bytes(json_lines(rows))
    found = read("rows.jsonl")
    assert found.num_rows == 20
    assert all("text" in reason for reason in skipped(found).values())


def test_a_swelling_stream_stops_as_a_bomb() -> None:
    row = json.dumps({"text": "a" * 500}).encode() + b"\n"
    Path("rows.jsonl.gz").write_bytes(gzip.compress(row * 6_000))
    found = read("rows.jsonl.gz", limit_ratio=2)
    assert "unpacks to over 2 times its packed size" in skipped(found)["rows.jsonl.gz"]
    assert found.num_rows < 6_000
    assert read("rows.jsonl.gz", limit_ratio=1_000).num_rows == 6_000


@pytest.mark.parametrize("name", ["rows.jsonl.gz", "rows.jsonl.bz2", "rows.jsonl.xz", "rows.jsonl.zst"])
def test_a_compressed_file_that_is_cut_off_is_damaged(name: str) -> None:
    data = FORMS[name](records(2_000))
    Path(name).write_bytes(data[: len(data) // 2])
    found = read(name)
    assert "cannot be unpacked" in skipped(found)[name] or "not JSON" in str(skipped(found))


@pytest.mark.parametrize("name", ["rows.parquet", "rows.arrow"])
def test_a_damaged_large_table_is_skipped_with_the_reason(name: str) -> None:
    data = FORMS[name](records(200))
    Path(name).write_bytes(data[: len(data) - 40])
    Path("good.txt").write_text(ENGLISH)
    found = read_documents([name, "good.txt"], options=DocumentOptions(language="en"))
    assert "damaged" in skipped(found)[name]
    assert found["doc"].to_pylist() == ["good.txt"]


def test_row_groups_are_parted_among_pieces_by_their_bytes() -> None:
    Path("rows.parquet").write_bytes(parquet(records(200)))
    listed = groups.list_groups(b"rows.parquet")
    assert listed["rows"].to_pylist() == [17] * 11 + [12]
    parted = [list(groups.read_groups(b"rows.parquet", begin=b, end=b + 1, row=1, limit=9_999)) for b in (0, 11)]
    assert [sum(part.num_rows for part in parts) for parts in parted] == [17, 12]


def test_a_cut_stands_at_a_line_end() -> None:
    Path("lines").write_bytes(b"one\ntwo\nthree\nfour")
    surveys = [lines.survey("lines", begin, begin + 6) for begin in (0, 6, 12)]
    assert lines.cut(surveys, 18) == [Piece(0, 4, 1), Piece(4, 8, 2), Piece(8, 14, 3), Piece(14, 18, 4)]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "doc": st.sampled_from([None, "a", "b", "a.csv", "a.csv#1", "b.csv#2"]),
                "name": st.sampled_from(["a.csv", "b.csv", "a.csv#1", "b.csv#2"]),
                "folder": st.sampled_from(["x", "y"]),
                "row": st.sampled_from([None, 1, 2]),
            }
        ),
        max_size=6,
    )
)
def test_ids_are_the_same_with_the_short_way_and_the_long_one(drawn: list[dict[str, Any]]) -> None:
    """The short way is taken only where no two ids would meet."""
    rows = [
        row | {"uri": f"{row['folder']}/{row['name']}", "sha256": str(n), "path": b"x"} for n, row in enumerate(drawn)
    ]
    kinds = dict.fromkeys(["doc", "name", "uri", "sha256"], pa.string())
    table = pa.Table.from_pylist(rows, schema=pa.schema({**kinds, "row": pa.int64(), "path": pa.binary()}))
    files = table.select(["name", "uri"]).slice(0, 2)
    short, long = naming._simple(table, files), naming._apart(table, files)[0].to_pylist()
    assert len({*long}) == len(drawn)
    if short is not None:
        assert short.to_pylist() == long
    assert naming._simple(table.slice(0, 1), files.slice(0, 1)) is not None


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_a_large_table_without_rows_is_skipped_with_the_reason(name: str) -> None:
    """Large by what is noted of its columns."""
    table = pa.table({"text": pa.array([], pa.string())}).replace_schema_metadata({"made by": "a mill" * 9_000})
    if name.endswith("parquet"):
        pyarrow.parquet.write_table(table, name)
    else:
        with pa.ipc.new_file(name, table.schema) as writer:
            writer.write_table(table)
    assert Path(name).stat().st_size > lines.BLOCK_BYTES
    assert skipped(read(name)) == {name: "it has no rows."}
