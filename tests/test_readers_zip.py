"""Zip archives: what is in them is read as if it lay in a folder, and no archive costs more than it may."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.archives import Allowance, unpack
from stemmata.readers.contents import read_file
from stemmata.readers.isolation import Reading
from stemmata.readers.limits import Limits
from stemmata.readers.places import Address, join
from stemmata.readers.zip import list_zip

WEIR = "The weir gave way on Sunday night.\n"
BATHS = "В четверг совет решил закрыть городские бани.\n"
HIDDEN = "files and folders that are hidden, left out"


def packed(files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return sink.getvalue()


def members(data: bytes, **limits: Any) -> dict[str, bytes | SourceError]:
    bounds = Limits(**limits)
    allowance = Allowance.of(len(data), bounds)
    return dict(unpack(list_zip(data, bounds, allowance), bounds, allowance)[0])


def reasons(data: bytes, **limits: Any) -> dict[str, str]:
    found = members(data, **limits)
    assert all(held.mend for held in found.values() if isinstance(held, SourceError))
    return {name: held.what for name, held in found.items() if isinstance(held, SourceError)}


def notes(data: bytes) -> dict[object, object]:
    bounds = Limits()
    allowance = Allowance.of(9, bounds)
    found = unpack(list_zip(data, bounds, allowance), bounds, allowance)[1]
    return {note["what"]: note["count"] for note in found if note["count"]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "press.zip"


def read(file: Path, data: bytes, inside: str = "", **limits: Any) -> pa.Table:
    file.write_bytes(data)
    return join([*read_file(str(file), Address("far/press.zip", "press.zip", inside), Limits(**limits), Reading())])


def skipped(rows: pa.Table) -> dict[str, str]:
    return {row["uri"]: row["reason"] for row in schemas.remarks([rows], "skipped").to_pylist()}


# What is in them


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_files_come_in_the_order_of_their_names(compression: int) -> None:
    data = packed({"b.txt": BATHS, "a/weir.txt": WEIR, "a/": ""}, compression)
    assert list(members(data).items()) == [("a/weir.txt", WEIR.encode()), ("b.txt", BATHS.encode())]


def test_each_file_is_read_by_its_own_format(file: Path) -> None:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pa.table({"text": [WEIR], "id": ["own"]}), sink)
    page = f"<!doctype html><html lang=ru><title>Бани</title><body><p>{BATHS * 3}</p></body></html>"
    data = packed({"a.txt": WEIR, "in/page.dat": page, "rows.parquet": sink.getvalue(), "x.csv": "text\none\ntwo\n"})
    rows = read(file, data)
    assert rows.select(["doc", "name", "uri", "row", "media_type"]).to_pylist() == [
        dict(zip(("doc", "name", "uri", "row", "media_type"), values, strict=True))
        for values in [
            (None, "a.txt", "far/press.zip/a.txt", None, "text/plain"),
            (None, "in/page.dat", "far/press.zip/in/page.dat", None, "text/html"),
            ("own", "rows.parquet", "far/press.zip/rows.parquet", 1, "application/vnd.apache.parquet"),
            (None, "x.csv", "far/press.zip/x.csv", 1, "text/csv"),
            (None, "x.csv", "far/press.zip/x.csv", 2, "text/csv"),
        ]
    ]
    assert rows["title"].to_pylist()[1] == "Бани"


def test_in_a_folder_the_archive_is_a_part_of_the_name(file: Path) -> None:
    rows = read(file, packed({"a.txt": WEIR}), inside="sub/press.zip/")
    assert rows["name"].to_pylist() == ["sub/press.zip/a.txt"]


def test_archives_in_archives_are_opened_to_a_depth(file: Path) -> None:
    data = packed({"leaf.txt": WEIR})
    for level in range(4, 0, -1):
        data = packed({f"{level}.zip": data, f"leaf {level}.txt": BATHS})
    rows = read(file, data)
    assert rows["name"].to_pylist() == [
        "1.zip/2.zip/3.zip/leaf 4.txt",
        "1.zip/2.zip/leaf 3.txt",
        "1.zip/leaf 2.txt",
        "leaf 1.txt",
    ]
    reason = "it is an archive that lies over 3 archives deep."
    assert skipped(rows) == {"far/press.zip/1.zip/2.zip/3.zip/4.zip": reason}
    assert read(file, data, levels=4).num_rows == 5
    assert read(file, data, levels=0).num_rows == 1


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("a/../../b.txt", "b.txt"),
        ("a//./b.txt", "a/b.txt"),
        ("C:\\news\\b.txt", "news/b.txt"),
        ("..", "unnamed"),
    ],
)
def test_names_that_lead_out_of_the_archive_are_only_names(name: str, clean: str) -> None:
    data = packed({name: WEIR})
    assert members(data) == {clean: WEIR.encode()}
    assert notes(data) == {"names in archives that are absolute or lead out of them, shortened": 1}


def test_a_file_without_a_name_is_a_file() -> None:
    """Python's own code stumbles over it in some versions."""
    sink = io.BytesIO()
    nameless = zipfile.ZipInfo("x")
    nameless.filename = ""
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(nameless, WEIR)
        archive.writestr("b.txt", BATHS)
    assert members(sink.getvalue()) == {"unnamed": WEIR.encode(), "b.txt": BATHS.encode()}


def test_backslashes_part_folders_too() -> None:
    data = packed({"news\\b.txt": WEIR})
    assert members(data) == {"news/b.txt": WEIR.encode()}
    assert notes(data) == {}


def test_hidden_files_and_what_a_mac_adds_are_left_out_and_counted() -> None:
    data = packed({"a.txt": WEIR, ".git/config": "x", "b/.DS_Store": "x", "__MACOSX/a.txt": "x"})
    assert list(members(data)) == ["a.txt"]
    assert notes(data) == {HIDDEN: 3}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_several_files_of_one_name_the_last_counts() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("a.txt", WEIR)
        archive.writestr("a.txt", BATHS)
    assert members(sink.getvalue()) == {"a.txt": BATHS.encode()}
    assert notes(sink.getvalue()) == {"files in archives that a later one of the same name replaces": 1}


# What is not read


@pytest.mark.parametrize("files", [{}, {"folder/": ""}, {".hidden": "x"}])
def test_an_archive_without_files_says_so(files: dict[str, str]) -> None:
    with pytest.raises(SourceError, match=r"it has no files\."):
        members(packed(files))


def test_a_damaged_archive_is_refused_and_a_damaged_file_skipped() -> None:
    data = packed({"a.txt": WEIR * 9, "b.txt": BATHS}, zipfile.ZIP_STORED)
    for cut in (10, len(data) // 2, len(data) - 1):
        with pytest.raises(SourceError, match="its zip archive is damaged"):
            members(data[:cut])
    torn = data.replace(b"Sunday", b"Monday", 1)
    assert reasons(torn) == {"a.txt": "it cannot be unpacked: Bad CRC-32 for file 'a.txt'."}
    assert members(torn)["b.txt"] == BATHS.encode()


def test_any_bytes_changed_or_cut_are_an_answer_and_no_failure() -> None:
    """Each byte of an archive in turn becomes another."""
    data = packed({"a.txt": WEIR, "b/c.txt": BATHS})
    for at in range(len(data)):
        for broken in (data[:at], data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :]):
            with suppress(SourceError):
                assert all(isinstance(held, bytes) or held.mend for held in members(broken).values())


def test_encrypted_files_are_skipped() -> None:
    data = bytearray(packed({"a.txt": WEIR, "b.txt": BATHS}))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(signature) + offset] |= 1
    assert reasons(bytes(data)) == {"a.txt": "it is encrypted."}


def test_links_in_archives_are_not_followed() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        link = zipfile.ZipInfo("passwd")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert reasons(sink.getvalue()) == {"passwd": "it is a link, and links in archives are not followed."}


def test_an_unknown_compression_is_named() -> None:
    data = bytearray(packed({"a.txt": WEIR}))
    for signature, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        struct.pack_into("<H", data, data.index(signature) + offset, 99)
    assert reasons(bytes(data)) == {"a.txt": "it cannot be unpacked: That compression method is not supported."}


def test_empty_files_and_large_ones_are_skipped() -> None:
    data = packed({"empty.txt": "", "large.txt": "x" * 101, "weir.txt": WEIR})
    assert reasons(data, bytes=100) == {"empty.txt": "it is empty.", "large.txt": "it has over 100 bytes."}


# Bombs


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_that_swells_is_a_bomb(compression: int) -> None:
    data = packed({"zeros": bytes(10_000_000), "weir.txt": WEIR}, compression)
    assert reasons(data) == {"zeros": "it unpacks to over 200 times its packed size."}
    assert reasons(data, ratio=1_000_000) == {}


def test_a_small_file_may_swell() -> None:
    assert reasons(packed({"lines.txt": "x\n" * 400_000})) == {}


def test_what_the_header_says_of_sizes_is_not_trusted() -> None:
    data = bytearray(packed({"zeros": bytes(10_000_000)}))
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 20, 9_000_000)  # packed
    assert "zeros" in reasons(bytes(data))
    struct.pack_into("<I", data, entry + 24, 500)  # unpacked
    assert reasons(bytes(data))["zeros"].startswith("it cannot be unpacked")


def test_all_files_together_may_not_swell_either() -> None:
    """Each is within its limit; what was read before the limit stays."""
    data = packed({f"{n:02}.txt": WEIR * 30 for n in range(20)})
    one = len(WEIR) * 30
    found = members(data, bytes=one)
    assert [name for name in found if name] == [f"{n:02}.txt" for n in range(10)]
    error = found[""]
    assert isinstance(error, SourceError)
    assert error.what == f"it unpacks to over {10 * one:,} bytes: 10 of its 20 files are not read."


def test_a_bomb_of_bombs_is_read_to_its_limit(file: Path) -> None:
    """Sixteen archives of sixteen archives of sixteen, of a megabyte of zeros each."""
    data = packed({"zeros": bytes(1_000_000)})
    for _ in range(3):
        data = packed({f"{n:x}.zip": data for n in range(16)}, zipfile.ZIP_STORED)
    rows = read(file, packed({"a.txt": WEIR, "bomb.zip": data}, zipfile.ZIP_STORED), bytes=5_000_000, levels=9)
    assert rows["name"].to_pylist() == ["a.txt"]
    told = skipped(rows)
    assert 16 < len(told) < 60
    assert told["far/press.zip/bomb.zip"].startswith("with the archives around it, it unpacks to over ")


def overlapping(count: int, data: bytes) -> bytes:
    """An archive whose files share one piece of data: each quotes the headers of those after it."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream, content, block = deflate.compress(data) + deflate.flush(), data, b""
    entries = []
    for n in range(count):
        sizes = struct.pack("<IIIHH", zlib.crc32(content), len(stream), len(content), 2, 0)
        name = b"%02d" % n
        header = struct.pack("<4sHHHHH", b"PK\x03\x04", 20, 0, 8, 0, 0x21) + sizes + name
        block = header + stream
        entries.append((len(block), sizes, name))
        stream = struct.pack("<BHH", 0, len(header), len(header) ^ 0xFFFF) + block
        content = header + content
    directory = b"".join(
        struct.pack("<4sHHHHHH", b"PK\x01\x02", 20, 20, 0, 8, 0, 0x21)
        + sizes
        + struct.pack("<HHHII", 0, 0, 0, 0, len(block) - size)
        + name
        for size, sizes, name in entries
    )
    return (
        block + directory + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(block), 0)
    )


def test_files_that_share_their_bytes_cannot_multiply_them() -> None:
    """Each is within the ratio; newer versions of Python refuse them by themselves."""
    assert members(overlapping(1, WEIR.encode())) == {"00": WEIR.encode()}
    held = list(members(overlapping(40, b"x" * 999_000)).values())
    assert sum(len(data) for data in held if isinstance(data, bytes)) <= 10_000_000
    assert "cannot be unpacked" in str(held[-1]) or "unpacks to over 10,000,000 bytes" in str(held[-1])


def test_an_archive_has_a_time_as_a_whole(file: Path) -> None:
    """One that has none at all is not read; nothing is lost in silence."""
    rows = read(file, packed({"a.txt": WEIR, "b.txt": BATHS}), seconds=0)
    assert rows.num_rows == 0
    assert skipped(rows) == {"far/press.zip": "it takes over 0 seconds: 2 of its 2 files are not read."}


def test_an_archive_is_read_no_further_once_nobody_waits_for_it(file: Path) -> None:
    file.write_bytes(packed({"a.txt": WEIR, "b.txt": BATHS}))
    at = Address("far/press.zip", "press.zip")
    assert join([*read_file(str(file), at, Limits(), Reading(over=True))]).num_rows == 0
    assert join([*read_file(str(file), at, Limits(), Reading())]).num_rows == 2


def test_a_file_that_asks_for_too_much_memory_before_it_is_unpacked_is_skipped() -> None:
    """LZMA says how much it is to remember, and takes that at once."""
    data = bytearray(packed({"a.txt": WEIR * 9}, zipfile.ZIP_LZMA))
    at = data.index(b"a.txt") + len("a.txt") + 5
    for size, reason in ((64 << 20, {}), (2**32 - 1, {"a.txt": "to unpack it takes over 64 MiB of memory."})):
        struct.pack_into("<I", data, at, size)
        assert reasons(bytes(data)) == reason


def test_too_many_files_are_refused_before_their_directory_is_read() -> None:
    data = packed({f"{n}": WEIR for n in range(11)})
    with pytest.raises(SourceError, match=r"it holds over 10 files\."):
        members(data, files=10)
    assert len(members(data, files=11)) == 11


def test_archives_in_an_archive_count_towards_its_files(file: Path) -> None:
    inner = packed({f"{n}.txt": f"{WEIR}{n}" for n in range(6)})
    rows = read(file, packed({"a.zip": inner, "b.zip": inner}), files=10)
    assert rows.num_rows == 6
    assert skipped(rows) == {"far/press.zip/b.zip": "with the archives around it, it holds over 10 files."}
