"""Faults of ours while a file is read in this process: they cost the file, and are told as a worker tells its own."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.documents import DocumentOptions, read_documents
from stemmata.engines import LocalEngine
from stemmata.errors import ClashError, SourceError
from stemmata.readers import contents, lines, piecemeal, pieces
from stemmata.readers.faults import fault
from stemmata.readers.isolation import read_isolated
from tests import hostile_readers
from tests.web_archives import conversion, members

ENGLISH = "The weir at Harrow Mill gave way on Sunday night."
RUSSIAN = "В воскресенье ночью не выдержала плотина у старой мельницы."
TOLD = "its reader failed (AttributeError: no such thing in <object object at …>)."
ROWS = "".join(json.dumps({"text": f"{RUSSIAN} {n}"}) + "\n" for n in range(40)).encode()
CRAWL = members(*(conversion(f"{RUSSIAN} {n}", f"https://courier.example/{n}") for n in range(40)))


@pytest.fixture(autouse=True)
def _beside_a_good_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files of a thousand bytes are large, and are read in pieces."""
    for module in (lines, pieces):
        monkeypatch.setattr(module, "BLOCK_BYTES", 1_000)
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text(ENGLISH)


def archive(**files: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        for name, text in files.items():
            made.writestr(f"{name}.txt", text)
    return sink.getvalue()


def break_down(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, error: BaseException | None = None) -> None:
    """Have a function fail, unless it is asked about a good file."""
    real = getattr(module, name)

    def broken(*asked: Any, **further: Any) -> Any:
        if "good" in str(asked):
            return real(*asked, **further)
        raise error or AttributeError(f"no such thing in {object()!r}")

    monkeypatch.setattr(module, name, broken)


def read() -> pa.Table:
    return read_documents(".", options=DocumentOptions(language="en"), engine=LocalEngine(workers=2))


def skipped(table: pa.Table) -> list[tuple[str, str]]:
    return sorted((row["uri"], row["reason"]) for row in schemas.remarks([table], "skipped").to_pylist())


@pytest.mark.parametrize(
    ("name", "data", "module", "function"),
    [
        ("bad.txt", RUSSIAN.encode(), contents, "find_format"),
        ("bad.csv", f"text\n{RUSSIAN}\n".encode(), contents, "place"),
        ("bad.json", b'[{"text": "The weir."}]', contents, "find_format"),
        ("bad.txt.gz", gzip.compress(RUSSIAN.encode()), contents, "unpack_whole"),
        ("bad.zip", archive(a=RUSSIAN), contents, "unpack"),
        ("large.txt", ROWS, pieces, "form_of"),
        ("large.jsonl", ROWS, pieces, "settle_lines"),
        ("large.jsonl.gz", gzip.compress(ROWS, 0), pieces, "unpack_stream"),
        ("large.warc.gz", CRAWL, pieces, "find_records"),
    ],
)
def test_it_costs_the_file_that_is_read(
    name: str, data: bytes, module: Any, function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_down(monkeypatch, module, function)
    Path(name).write_bytes(data)
    table = read()
    assert table["text"].to_pylist() == [ENGLISH]
    assert {*skipped(table)} == {(name, TOLD)}


def test_it_costs_one_file_of_an_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    break_down(monkeypatch, contents, "find_format")
    Path("some.zip").write_bytes(archive(good=ENGLISH, bad=RUSSIAN, good_again=ENGLISH))
    table = read()
    assert table["text"].to_pylist() == [ENGLISH] * 3
    assert skipped(table) == [("some.zip/bad.txt", TOLD)]


@dataclass(frozen=True, kw_only=True)
class Losing(LocalEngine):
    """An engine while whose work a file is removed by somebody."""

    path: str
    before: str

    def map(self, function: Any, table: pa.Table, *shared: object, **further: Any) -> pa.Table:
        if function.__name__ == self.before:
            Path(self.path).unlink(missing_ok=True)
        return super().map(function, table, *shared, **further)


@pytest.mark.parametrize("before", ["_open", "_survey", "_cut", "_read_part"])
@pytest.mark.parametrize(("name", "data"), [("large.jsonl", ROWS), ("large.warc.gz", CRAWL)])
def test_a_file_that_is_removed_meanwhile_costs_itself(name: str, data: bytes, before: str) -> None:
    Path(name).write_bytes(data)
    table = read_documents(".", options=DocumentOptions(language="en"), engine=Losing(path=name, before=before))
    if Path(name).exists():  # nobody asked
        assert table.num_rows == 41
        return
    assert table["text"].to_pylist() == [ENGLISH]
    told = skipped(table)
    assert {uri for uri, _ in told} == {name}
    assert all(reason.endswith("No such file or directory.") for _, reason in told)


def test_it_costs_one_block_of_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large file, of which others are read by themselves."""
    kind = contents.BLOCK_OF_LINES

    def broken(data: bytes, *, first: int, **further: Any) -> pa.Table:
        if first == 1:
            raise AttributeError("no such thing")
        return kind.read(data, first=first, **further)

    monkeypatch.setattr(contents, "BLOCK_OF_LINES", replace(kind, read=broken))
    Path("large.jsonl").write_bytes(ROWS)
    table = read()
    ((uri, reason),) = skipped(table)
    assert uri == "large.jsonl#1"
    assert reason.endswith("are not read: its reader failed (AttributeError: no such thing).")
    assert 1 < table.num_rows < 40


@pytest.mark.parametrize("error", [MemoryError(), KeyboardInterrupt(), ClashError("two of one name.")])
@pytest.mark.parametrize(("name", "module"), [("bad.txt", contents), ("large.txt", piecemeal)])
def test_what_is_not_the_files_ends_the_run(
    error: BaseException, name: str, module: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_down(monkeypatch, module, "find_format", error)
    Path(name).write_bytes(ROWS if name.startswith("large") else RUSSIAN.encode())
    with pytest.raises(type(error)):
        read()


def test_a_worker_tells_the_same() -> None:
    with pytest.raises(SourceError) as caught:
        read_isolated(hostile_readers.fail, b"", seconds=30)
    here = fault(KeyError(f"no such thing in {object()!r}"))
    assert (caught.value.what, caught.value.mend) == (here.what, here.mend)


def test_what_it_says_is_one_line_that_can_be_printed() -> None:
    assert fault(ValueError("\x1b[2J \ud800\nmore")).what == "its reader failed (ValueError: �[2J � more)."
    assert fault(ValueError()).what == "its reader failed (ValueError: ValueError)."
