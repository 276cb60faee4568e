"""Compressed files of any format: read as if they had never been compressed, and no bomb costs more than it may."""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stemmata
from stemmata import schemas
from stemmata.documents import DocumentOptions, read_documents, read_placed_documents
from stemmata.engines import LocalEngine
from stemmata.originals import find_original
from stemmata.readers.contents import read_file
from stemmata.readers.isolation import Reading
from stemmata.readers.limits import Limits
from stemmata.readers.metadata import read_metadata
from stemmata.readers.packed import bare, codec_of
from stemmata.readers.places import Address, join

WEIR = "The weir gave way on Sunday night, and the lower mill stood in the river until morning.\n"
BATHS = "В четверг совет решил закрыть городские бани до конца июня.\n"
POOL = "市议会星期四决定在六月底关闭公共浴室。\n"
PAPER = "The reading room on Cooper Street will close for repairs in May."
PAGE = f"<!doctype html><html lang=ru><title>Бани</title><body><p>{BATHS * 3}</p></body></html>"
BEHIND = "compressed files behind which something else stands, which is left out"
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "zst": lambda data: bytes(pa.compress(data, "zstd", asbytes=True)),
}
COMMANDS = {"gz": "gzip", "bz2": "bzip2", "xz": "xz", "zst": "zstd"}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def read(name: str, data: bytes, **limits: Any) -> pa.Table:
    Path("file").write_bytes(data)
    return join([*read_file("file", Address(name, name), Limits(**limits), Reading())])


def skipped(rows: pa.Table) -> dict[str, str]:
    told = schemas.remarks([rows], "skipped").to_pylist()
    assert all(row["mend"] for row in told)
    return {row["uri"]: row["reason"] for row in told}


def notes(rows: pa.Table) -> dict[str, int]:
    return {row["what"]: row["count"] for row in schemas.remarks([rows], "notes").to_pylist()}


# What is in them


@pytest.mark.parametrize("ending", PACKERS)
def test_a_compressed_file_is_read_by_its_bytes_and_keeps_its_name(ending: str) -> None:
    rows = read(f"page.dat.{ending}", PACKERS[ending](PAGE.encode()))
    assert rows.select(["name", "uri", "member", "title", "media_type", "sha256"]).to_pylist() == [
        {
            "name": f"page.dat.{ending}",
            "uri": f"page.dat.{ending}",
            "member": "page.dat",
            "title": "Бани",
            "media_type": "text/html",
            "sha256": sha256(PAGE.encode()).hexdigest(),
        }
    ]


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize(
    ("name", "text", "media_type", "count"),
    [
        ("a.csv", f"id,text\n1,{BATHS}2,{POOL}", "text/csv", 2),
        ("a.json", f'[{{"text": "{WEIR.strip()}"}}]', "application/json", 1),
        ("a.json", f'{{\n "text": "{WEIR.strip()}"\n}}', "application/json", 1),
        ("a.jsonl", f'{{"text": "{WEIR.strip()}"}}\n{{"text": "{POOL.strip()}"}}\n', "application/x-ndjson", 2),
        ("a.txt", f'{{"mill": 1}} is what the card said.\n{WEIR}', "text/plain", 1),
        ("a", POOL, "text/plain", 1),
    ],
)
def test_what_the_bytes_do_not_tell_the_name_without_its_ending_tells(
    ending: str, name: str, text: str, media_type: str, count: int
) -> None:
    rows = read(f"{name}.{ending}", PACKERS[ending](text.encode()))
    assert rows["media_type"].to_pylist() == [media_type] * count
    assert not skipped(rows)


@pytest.mark.parametrize("ending", COMMANDS)
@pytest.mark.parametrize("flags", ["-1", "-9"])
def test_what_the_usual_programs_write_is_read(ending: str, flags: str) -> None:
    if not shutil.which(COMMANDS[ending]):
        pytest.skip(f"{COMMANDS[ending]} is not installed")
    text = WEIR * 5_000 + BATHS * 5_000 + POOL
    made = subprocess.run([COMMANDS[ending], flags, "-c"], input=text.encode(), capture_output=True, check=True)
    rows = read(f"notes.txt.{ending}", made.stdout, ratio=100_000)
    assert rows["text"].to_pylist() == [text]


@pytest.mark.parametrize("ending", PACKERS)
def test_members_one_after_another_are_one_text_and_empty_ones_nothing(ending: str) -> None:
    pack = PACKERS[ending]
    data = pack(WEIR.encode()) + pack(b"") + pack(BATHS.encode())
    assert read(f"a.txt.{ending}", data)["text"].to_pylist() == [WEIR + BATHS]


def test_frames_of_zstd_that_are_to_be_skipped_are_skipped() -> None:
    """Programs that compress in parallel put one in front."""
    data = b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + PACKERS["zst"](WEIR.encode())
    assert read("a.txt.zst", data)["text"].to_pylist() == [WEIR]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.txt.bz2", "a.txt", "a"])
def test_a_wrong_ending_is_no_matter(name: str) -> None:
    assert read(name, lzma.compress(WEIR.encode()))["text"].to_pylist() == [WEIR]
    assert read(name, WEIR.encode())["text"].to_pylist() == [WEIR]


def test_only_what_a_name_says_of_compression_is_dropped_from_it() -> None:
    assert [bare(name) for name in ("a.csv.GZ", "a.tar.zst", "a.gz.bz2", "a.tgz", ".gz", "bgz")] == [
        "a.csv",
        "a.tar",
        "a",
        "a",
        ".gz",
        "bgz",
    ]


@pytest.mark.parametrize("text", ["BZh9 is a call sign.", "]\0\0", "(µ/ý is noise", "P*M says nothing"])
def test_texts_do_not_look_compressed(text: str) -> None:
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        assert codec_of(f"{text} and more words".encode(encoding)) is None


def test_a_folder_of_compressed_files_is_the_same_for_any_number_of_workers() -> None:
    Path("press").mkdir()
    for number in range(40):
        ending = [*PACKERS][number % len(PACKERS)]
        data = PACKERS[ending](f"{WEIR}{BATHS}{number}".encode())
        Path(f"press/{number}.txt.{ending}").write_bytes(data if number % 7 else data[:-9])
    found = [read_documents("press", engine=LocalEngine(workers=workers)) for workers in (1, 2, 7)]
    assert found[0].num_rows == 34
    assert len(skipped(found[0])) == 6
    for other in found[1:]:
        assert other.equals(found[0])
        assert skipped(other) == skipped(found[0])


# What is made of them


def test_the_original_of_a_compressed_file_is_found_again() -> None:
    data = PAGE.encode()
    Path("page.html.gz").write_bytes(gzip.compress(bz2.compress(data)))
    (row,) = read_placed_documents("page.html.gz").to_pylist()
    assert row["doc"] == "page.html.gz"
    assert find_original(row, Limits()).data == data


def test_metadata_may_be_compressed() -> None:
    Path("dates.csv.xz").write_bytes(lzma.compress(b"doc,published\nweir.txt,2026-03-01\n"))
    assert read_metadata("dates.csv.xz", Limits()).rows["doc"].to_pylist() == ["weir.txt"]


def test_of_rows_of_a_compressed_table_those_columns_stay_that_were_read() -> None:
    """As of tables in archives; lines of JSON keep all."""
    Path("rows.csv.gz").write_bytes(gzip.compress(f"id,text,desk\n1,{BATHS.strip()},land\n2,{PAPER},sea".encode()))
    line = f'{{"id": "3", "text": "{WEIR.strip()}", "desk": "sea"}}\n'
    Path("rows.jsonl.xz").write_bytes(lzma.compress(line.encode()))
    found = stemmata.dedup(["rows.csv.gz", "rows.jsonl.xz"])
    kept = found.table().to_pylist()
    assert any("archives" in row["what"] and row["count"] == 2 for row in found.notes.to_pylist())
    assert [(row["desk"], row["text"]) for row in kept] == [
        (None, BATHS.strip()),
        (None, PAPER),
        ("sea", WEIR.strip()),
    ]


# What is not read


@pytest.mark.parametrize("ending", PACKERS)
def test_a_bomb_is_not_unpacked(ending: str) -> None:
    data = PACKERS[ending](bytes(10_000_000))
    reason = "it unpacks to over 200 times its packed size."
    assert skipped(read(f"zeros.{ending}", data)) == {f"zeros.{ending}": reason}


def test_what_is_larger_than_a_file_may_be_is_skipped_and_empty_too() -> None:
    assert skipped(read("a.gz", gzip.compress(b"x" * 101), bytes=100)) == {"a.gz": "it has over 100 bytes."}
    assert skipped(read("a.gz", gzip.compress(b""))) == {"a.gz": "it is empty."}


def test_what_is_compressed_ten_times_is_opened_to_the_depth_of_archives() -> None:
    data = WEIR.encode()
    for pack in [*PACKERS.values()] * 2:
        data = pack(data)
    assert skipped(read("a.txt.gz", data)) == {"a.txt.gz": "it is an archive that lies over 3 archives deep."}
    assert read("a.txt.gz", data, levels=9)["text"].to_pylist() == [WEIR]


def test_millions_of_empty_members_take_no_longer_than_a_file_may() -> None:
    data = gzip.compress(b"") * 300_000
    assert skipped(read("a.gz", data, seconds=0.1)) == {"a.gz": "it took over 0.1 seconds to unpack."}


def test_xz_that_asks_for_much_memory_is_skipped() -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 256 << 20, "preset": 0}]
    data = lzma.compress(WEIR.encode(), filters=filters)
    assert "emory usage limit" in skipped(read("a.txt.xz", data))["a.txt.xz"]


@pytest.mark.parametrize("ending", ["gz", "bz2", "xz", "lzma"])
def test_something_else_behind_is_left_out_with_a_note_and_zeros_without(ending: str) -> None:
    data = PACKERS[ending](WEIR.encode())
    for more, noted in ((b"\0" * 5_000, {}), (b"and a tail", {BEHIND: 1}), (b"\0\0PK", {BEHIND: 1})):
        rows = read(f"a.txt.{ending}", data + more)
        assert rows["text"].to_pylist() == [WEIR]
        assert notes(rows) == noted


@pytest.mark.parametrize("ending", PACKERS)
def test_a_file_that_is_cut_off_is_skipped_wherever_it_is_cut(ending: str) -> None:
    """A part of a text could pass for an excerpt. Of lines of JSON those before the cut stay."""
    data = PACKERS[ending](PAGE.encode() + POOL.encode())
    for cut in range(20, len(data), 10):
        rows = read(f"a.html.{ending}", data[:cut])
        assert rows.num_rows == 0
        assert "cannot be unpacked" in skipped(rows)[f"a.html.{ending}"]


@pytest.mark.parametrize("ending", PACKERS)
def test_any_byte_changed_is_an_answer_and_no_failure(ending: str) -> None:
    data = PACKERS[ending](WEIR.encode())
    for at in range(len(data)):
        rows = read(f"a.txt.{ending}", data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :])
        assert rows.num_rows or skipped(rows)


@settings(deadline=None)
@given(st.sampled_from([*PACKERS]), st.integers(2, 40), st.binary(max_size=300))
def test_random_bytes_after_a_beginning_are_an_answer_and_no_failure(ending: str, kept: int, tail: bytes) -> None:
    rows = read(f"a.{ending}", PACKERS[ending](WEIR.encode())[:kept] + tail)
    assert rows.num_rows or skipped(rows)


def test_lines_stay_and_what_stands_behind_them_is_told() -> None:
    data = gzip.compress(f'{{"text": "{WEIR.strip()}"}}\n'.encode()) + b"and a tail"
    rows = read("rows.jsonl.gz", data)
    assert rows.num_rows == 1
    reason = "something else stands behind what is compressed, and is not read."
    assert skipped(rows) == {"rows.jsonl.gz": reason}


@pytest.mark.parametrize("ending", PACKERS)
def test_large_compressed_files_are_read_whole_within_the_limit(ending: str) -> None:
    """Larger than what is looked at to tell what they are."""
    words = "".join(f"<p>{sha256(b'%d' % n).hexdigest()}</p>" for n in range(70_000))
    Path(f"a.html.{ending}").write_bytes(PACKERS[ending](f"<!doctype html><body>{words}".encode()))
    options = DocumentOptions(limit_bytes=4_000_000)
    reason = "it has over 4,000,000 bytes."
    assert skipped(read_documents(f"a.html.{ending}", options=options)) == {f"a.html.{ending}": reason}


def test_lines_in_front_of_damage_stay_and_are_written_again() -> None:
    """Whoever reads them a second time meets the same bytes."""
    lines = "".join(f'{{"id": {n}, "text": "{WEIR.strip()} {n} {sha256(b"%d" % n).hexdigest()}"}}\n' for n in range(99))
    data = gzip.compress(lines.encode())
    Path("rows.jsonl.gz").write_bytes(data[: len(data) * 2 // 3])
    found = read_documents("rows.jsonl.gz", options=DocumentOptions(language="en"))
    assert 30 < found.num_rows < 99
    assert "it ends too early" in str(skipped(found))
    assert stemmata.dedup("rows.jsonl.gz").table().num_rows > 0
