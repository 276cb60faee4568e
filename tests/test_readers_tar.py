"""Tar archives: read as zip archives are, whatever wrote them, and whatever their headers say."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.documents import read_documents, read_placed_documents
from stemmata.engines import LocalEngine
from stemmata.errors import SourceError
from stemmata.originals import find_original
from stemmata.readers.archives import Allowance, unpack
from stemmata.readers.contents import read_file
from stemmata.readers.isolation import Reading
from stemmata.readers.limits import Limits
from stemmata.readers.places import Address, join
from stemmata.readers.tar import looks_like_tar
from stemmata.readers.unpacking import find_entries

WEIR = "The weir gave way on Sunday night.\n"
BATHS = "В четверг совет решил закрыть городские бани.\n"
FORMATS = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "tar": bytes,
    "tar.gz": gzip.compress,
    "tgz": gzip.compress,
    "tar.bz2": bz2.compress,
    "tar.xz": lzma.compress,
    "tar.zst": lambda data: bytes(pa.compress(data, "zstd", asbytes=True)),
}
LINK = "it is a link, and links in archives are not followed."


def tar(
    files: Mapping[str, str | bytes], form: int = tarfile.PAX_FORMAT, kinds: Mapping[str, bytes] | None = None
) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=form, encoding="utf-8") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.type = (kinds or {}).get(name, tarfile.REGTYPE)
            data = text.encode() if isinstance(text, str) else text
            entry.size = len(data)
            if entry.type in (tarfile.SYMTYPE, tarfile.LNKTYPE):
                entry.size, entry.linkname = 0, data.decode()
            archive.addfile(entry, io.BytesIO(data))
    return sink.getvalue()


def header(name: bytes, size: bytes = b"00000000000\0", kind: bytes = b"0", magic: bytes = b"ustar\x0000") -> bytes:
    block = bytearray(name.ljust(100, b"\0") + b"0000644\0" * 3 + size + b"0" * 11 + b"\0" + b" " * 8 + kind)
    block += bytes(100) + magic + bytes(512 - 265)
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def octal(size: int) -> bytes:
    return b"%011o\0" % size


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 512)


def members(data: bytes, **limits: Any) -> dict[str, bytes | SourceError]:
    bounds = Limits(**limits)
    allowance = Allowance.of(len(data), bounds)
    entries = find_entries(data, bounds, allowance)
    assert entries is not None
    return dict(unpack(entries, bounds, allowance)[0])


def reasons(data: bytes, **limits: Any) -> dict[str, str]:
    found = members(data, **limits)
    assert all(held.mend for held in found.values() if isinstance(held, SourceError))
    return {name: held.what for name, held in found.items() if isinstance(held, SourceError)}


def read(folder: Path, data: bytes, name: str = "press.tar", **limits: Any) -> pa.Table:
    (folder / "file").write_bytes(data)
    return join([*read_file(str(folder / "file"), Address(name, name), Limits(**limits), Reading())])


def skipped(rows: pa.Table) -> dict[str, str]:
    return {row["uri"]: row["reason"] for row in schemas.remarks([rows], "skipped").to_pylist()}


def notes(rows: pa.Table) -> dict[str, int]:
    return {row["what"]: row["count"] for row in schemas.remarks([rows], "notes").to_pylist()}


# What is in them


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("form", FORMATS)
def test_files_are_read_as_if_they_lay_in_a_folder(ending: str, form: str, tmp_path: Path) -> None:
    page = f"<!doctype html><html lang=ru><title>Бани</title><body><p>{BATHS * 3}</p></body></html>"
    data = PACKERS[ending](tar({"b.txt": WEIR, "in/page.dat": page, "in/x.csv": "text\none\ntwo\n"}, FORMATS[form]))
    rows = read(tmp_path, data, f"press.{ending}")
    assert rows.select(["name", "member", "row", "media_type"]).to_pylist() == [
        {"name": "b.txt", "member": "b.txt", "row": None, "media_type": "text/plain"},
        {"name": "in/page.dat", "member": "in/page.dat", "row": None, "media_type": "text/html"},
        {"name": "in/x.csv", "member": "in/x.csv", "row": 1, "media_type": "text/csv"},
        {"name": "in/x.csv", "member": "in/x.csv", "row": 2, "media_type": "text/csv"},
    ]
    assert rows["uri"].to_pylist()[1] == f"press.{ending}/in/page.dat"
    assert not skipped(rows)


@pytest.mark.parametrize("flags", [["--format=v7"], ["--format=ustar"], ["--format=gnu"], ["--format=posix"], ["-z"]])
def test_what_the_program_tar_writes_is_read(flags: list[str], tmp_path: Path) -> None:
    """Long names, letters of several scripts, links, a pipe; the oldest form has neither long names nor pipes."""
    if not shutil.which("tar"):
        pytest.skip("tar is not installed")
    folder = tmp_path / "press"
    long = "бани" if "v7" in flags[0] else "long" * 20 + "/бани/" + "ы" * 30
    (folder / long).mkdir(parents=True)
    (folder / long / "a.txt").write_text(BATHS, "utf-8")
    (folder / "weir.txt").write_text(WEIR, "utf-8")
    (folder / ".hidden").write_text(WEIR, "utf-8")
    os.link(folder / "weir.txt", folder / "z-again.txt")
    os.symlink("weir.txt", folder / "z-link.txt")
    if "v7" not in flags[0]:
        os.mkfifo(folder / "z-pipe")
    command = ["tar", "-c", "--sort=name", *flags, "-C", str(folder), "."]
    made = subprocess.run(command, capture_output=True, check=True).stdout
    rows = read(tmp_path, made)
    assert dict(zip(rows["name"].to_pylist(), rows["text"].to_pylist(), strict=True)) == {
        f"{long}/a.txt": BATHS,
        "weir.txt": WEIR,
    }
    told = skipped(rows)
    assert told["press.tar/z-again.txt"] == told["press.tar/z-link.txt"] == LINK
    assert told.get("press.tar/z-pipe", "it is a device or a pipe.") == "it is a device or a pipe."
    assert len(told) == (2 if "v7" in flags[0] else 3)
    assert notes(rows) == {"files and folders that are hidden, left out": 1}


@pytest.mark.parametrize("form", ["gnu", "posix"])
def test_a_sparse_file_is_skipped_and_the_next_one_read(form: str, tmp_path: Path) -> None:
    """A header of the old kind has room for four stretches; more stand in blocks behind it."""
    if not shutil.which("tar"):
        pytest.skip("tar is not installed")
    with open(tmp_path / "a-sparse.txt", "wb") as file:
        for number in range(30):
            file.seek(number * 1_000_000)
            file.write(WEIR.encode())
    (tmp_path / "b.txt").write_text(BATHS, "utf-8")
    command = ["tar", "-cS", f"--format={form}", "-C", str(tmp_path), "a-sparse.txt", "b.txt"]
    rows = read(tmp_path, subprocess.run(command, capture_output=True, check=True).stdout)
    assert rows["text"].to_pylist() == [BATHS]
    assert "sparse" in skipped(rows)["press.tar/a-sparse.txt"]


@given(
    st.dictionaries(
        st.text(st.sampled_from("abы/\\. :é市"), min_size=1, max_size=200).map(lambda name: f"n{name}"),
        st.binary(min_size=1, max_size=1_100),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([*FORMATS]),
)
@settings(deadline=None)
def test_files_are_those_that_the_library_of_python_finds(files: dict[str, bytes], form: str) -> None:
    try:
        data = tar(files, FORMATS[form])
    except ValueError:  # a name too long for the old form
        return
    with tarfile.open(fileobj=io.BytesIO(data), encoding="utf-8") as archive:
        wanted = [archive.extractfile(entry).read() for entry in archive if entry.isfile()]  # type: ignore[union-attr]
    bounds = Limits()
    entries = find_entries(data, bounds, Allowance.of(len(data), bounds))
    assert entries is not None
    assert [b"".join(entry.chunks()) for entry in entries] == wanted


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\news\\b.txt", "news/b.txt"),
        ("a/../../b.txt", "b.txt"),
    ],
)
def test_names_that_lead_out_of_the_archive_are_only_names(name: str, clean: str, tmp_path: Path) -> None:
    rows = read(tmp_path, tar({name: WEIR}))
    assert rows["name"].to_pylist() == [clean]
    assert notes(rows) == {"names in archives that are absolute or lead out of them, shortened": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_names_that_are_not_utf_8_are_escaped_as_those_of_files_on_disk(tmp_path: Path) -> None:
    data = header(b"caf\xe9 100%.txt", octal(len(WEIR))) + padded(WEIR.encode())
    assert read(tmp_path, data)["name"].to_pylist() == ["caf%E9 100%25.txt"]


@pytest.mark.parametrize("ending", PACKERS)
def test_of_several_files_of_one_name_the_last_counts(ending: str, tmp_path: Path) -> None:
    data = header(b"a.txt", octal(len(WEIR))) + padded(WEIR.encode()) + tar({"./a.txt": BATHS})
    rows = read(tmp_path, PACKERS[ending](data))
    assert rows["text"].to_pylist() == [BATHS]
    assert notes(rows) == {"files in archives that a later one of the same name replaces": 1}


def test_archives_one_behind_another_are_read_on() -> None:
    assert [*members(tar({"a.txt": WEIR}) + tar({"b.txt": BATHS}))] == ["a.txt", "b.txt"]


def test_archives_of_all_kinds_in_archives_are_opened_to_a_depth(tmp_path: Path) -> None:
    data = tar({"leaf.txt": WEIR})
    for level, ending in enumerate(["tar.gz", "tar.xz", "tar.bz2", "tar.zst"]):
        data = PACKERS[ending](tar({f"{level}": data, f"leaf{level}.txt": BATHS}))
    assert read(tmp_path, data)["name"].to_pylist() == ["3/2/1/leaf0.txt", "3/2/leaf1.txt", "3/leaf2.txt", "leaf3.txt"]
    assert read(tmp_path, data, levels=4).num_rows == 5
    assert read(tmp_path, data, levels=0).num_rows == 1


def test_the_original_of_a_file_in_a_packed_archive_is_found_again(tmp_path: Path) -> None:
    inner = tar({"deep/weir.html.gz": gzip.compress(f"<html><p>{WEIR * 3}".encode())})
    (tmp_path / "press.tar.xz").write_bytes(lzma.compress(tar({"b.txt": BATHS, "inner.tgz": gzip.compress(inner)})))
    rows = read_placed_documents(tmp_path / "press.tar.xz").to_pylist()
    assert [row["doc"] for row in rows] == ["b.txt", "inner.tgz/deep/weir.html.gz"]
    found = [find_original(row, Limits()).data for row in rows]
    assert found == [BATHS.encode(), f"<html><p>{WEIR * 3}".encode()]


def test_what_is_read_is_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    for number, ending in enumerate(PACKERS):
        data = PACKERS[ending](tar({f"{n}.txt": f"{WEIR}{BATHS}{number} {n}" for n in range(9)}))
        (tmp_path / f"{number}.{ending}").write_bytes(data[:-700] if number % 2 else data)
    found = [read_documents(tmp_path, engine=LocalEngine(workers=workers)) for workers in (1, 2, 7)]
    assert found[0].num_rows >= 27
    assert skipped(found[0])
    for other in found[1:]:
        assert other.equals(found[0])
        assert skipped(other) == skipped(found[0])


# What is not read


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, LINK),
        (tarfile.LNKTYPE, LINK),
        (tarfile.CHRTYPE, "it is a device or a pipe."),
        (tarfile.BLKTYPE, "it is a device or a pipe."),
        (tarfile.FIFOTYPE, "it is a device or a pipe."),
        (b"M", "it is a part of a file, or of a kind that stemmata does not know."),
    ],
)
def test_links_devices_and_pipes_are_skipped(kind: bytes, reason: str) -> None:
    data = header(b"odd", kind=kind) + tar({"weir.txt": WEIR})
    assert reasons(data) == {"odd": reason}
    assert members(data)["weir.txt"] == WEIR.encode()


def test_an_archive_of_folders_only_says_so() -> None:
    with pytest.raises(SourceError, match="it has no files"):
        members(tar({"folder": ""}, kinds={"folder": tarfile.DIRTYPE}))


@pytest.mark.parametrize("ending", PACKERS)
def test_too_many_files_are_refused(ending: str) -> None:
    data = PACKERS[ending](b"".join(header(b"%d" % n) for n in range(11)))
    with pytest.raises(SourceError, match="it holds over 10 files"):
        members(data, files=10)
    assert len(members(data, files=11)) == 11


def test_a_hundred_thousand_files_and_one_are_too_many() -> None:
    data = gzip.compress(header(b"empty") * 100_001)
    with pytest.raises(SourceError, match="it holds over 100,000 files"):
        members(data, ratio=1_000)


def test_files_of_archives_in_an_archive_count_towards_its_files(tmp_path: Path) -> None:
    inner = tar({f"{n}.txt": WEIR for n in range(6)})
    rows = read(tmp_path, tar({"a.tar": inner, "b.tar": inner}), files=10)
    assert rows.num_rows == 6
    assert skipped(rows) == {"press.tar/b.tar": "with the archives around it, it holds over 10 files."}


@pytest.mark.parametrize("ending", PACKERS)
def test_of_an_archive_that_is_cut_off_the_files_before_the_cut_are_read(ending: str, tmp_path: Path) -> None:
    """Wherever it is cut, no part of a file passes for a whole one."""
    files = {f"{n}.txt": f"{n} {os.urandom(700).hex()}" for n in range(4)}
    data = PACKERS[ending](tar(files))
    for cut in range(40, len(data), max(10, len(data) // 50)):
        rows = read(tmp_path, data[:cut])
        found = dict(zip(rows["name"].to_pylist(), rows["text"].to_pylist(), strict=True))
        assert found.items() <= files.items() or cut < 512
        assert len(found) == 4 or skipped(rows)


def test_a_damaged_header_ends_the_archive_with_the_reason() -> None:
    data = bytearray(tar({"a.txt": WEIR, "b.txt": BATHS}, tarfile.USTAR_FORMAT))
    data[1024] ^= 1
    assert members(bytes(data))["a.txt"] == WEIR.encode()
    reason = "its tar archive is damaged: one of its headers is none: what follows 1 of its files is not read."
    assert reasons(bytes(data)) == {"": reason}


@pytest.mark.parametrize(
    "size", [octal(8**11 - 1), b"\x80" + b"\0" * 3 + b"\x7f" + b"\xff" * 7, b"\x80" + b"\xff" * 11]
)
def test_a_size_that_lies_is_no_promise(size: bytes) -> None:
    data = tar({"a.txt": WEIR}, tarfile.USTAR_FORMAT)[:1024] + header(b"lie.txt", size) + padded(BATHS.encode())
    found = members(data)
    assert found["a.txt"] == WEIR.encode()
    assert reasons(data)["lie.txt"] == "its tar archive is damaged: it ends too early."


@pytest.mark.parametrize("size", [b"\xff" * 12, b"-0000000001\0", b"9" * 12, b"0000000_001\0"])
def test_a_size_that_is_none_is_damage(size: bytes) -> None:
    data = tar({"a.txt": WEIR}, tarfile.USTAR_FORMAT)[:1024] + header(b"odd.txt", size) + padded(BATHS.encode())
    assert [*members(data)] == ["a.txt", ""]
    assert "a file in it has no size" in reasons(data)[""]


@pytest.mark.parametrize("kind", [b"x", b"L", b"X"])
def test_an_extended_header_of_a_gigabyte_is_not_read(kind: bytes) -> None:
    data = tar({"a.txt": WEIR})[:1024] + header(b"h", octal(1 << 30), kind) + bytes(1_000_000)
    assert [*members(data)] == ["a.txt", ""]
    assert "it has a header of 1,073,741,824 bytes" in reasons(data)[""]


@pytest.mark.parametrize(
    "record",
    [
        b"5 a=b\n" * 9,
        b"99999999 path=x\n",
        b"0 path=x\n",
        b"12 path",
        b"7 size=-1\n",
        b"10 size=x\n",
        b"30 size=" + b"9" * 22,
    ],
)
def test_an_extended_header_that_is_none_is_damage(record: bytes) -> None:
    data = header(b"h", octal(len(record)), b"x") + padded(record) + tar({"a.txt": WEIR})
    with pytest.raises(SourceError, match="its tar archive is damaged"):
        members(data)


@pytest.mark.usefixtures("linear")
def test_an_extended_header_of_many_digits_takes_no_long_time() -> None:
    """Python's own library tried each digit as a beginning (CVE-2024-6232)."""
    data = header(b"h", octal(1_000_000), b"x") + padded(b"1" * 1_000_000) + tar({"a.txt": WEIR})
    with pytest.raises(SourceError):
        members(data)


def test_a_name_longer_than_any_system_has_is_skipped() -> None:
    data = header(b"l", octal(9_000), b"L") + padded(b"n" * 9_000) + tar({"a.txt": WEIR, "b.txt": BATHS})
    assert [reason for name, reason in reasons(data).items() if name.startswith("nn")] == [
        "its name has over 4,096 bytes."
    ]
    assert members(data)["b.txt"] == BATHS.encode()


@pytest.mark.parametrize("ending", PACKERS)
def test_large_files_and_empty_ones_are_skipped(ending: str) -> None:
    data = PACKERS[ending](tar({"empty.txt": "", "large.txt": "x" * 2_001, "weir.txt": WEIR}))
    assert reasons(data, bytes=2_000, ratio=10_000) == {
        "empty.txt": "it is empty.",
        "large.txt": "it has over 2,000 bytes.",
    }


@pytest.mark.parametrize("ending", ["tar.gz", "tar.bz2", "tar.xz", "tar.zst"])
def test_a_packed_archive_that_swells_is_read_to_its_limit(ending: str) -> None:
    data = PACKERS[ending](tar({"a.txt": WEIR, "zeros": bytes(30_000_000), "b.txt": BATHS}))
    found = members(data)
    assert found["a.txt"] == WEIR.encode()
    assert "b.txt" not in found
    most = max(10_000_000, len(data) * 200)
    assert reasons(data)[""] == f"it unpacks to over {most:,} bytes: what follows 1 of its files is not read."


def test_a_bomb_of_bombs_is_read_to_its_limit(tmp_path: Path) -> None:
    """Sixteen archives of sixteen archives of sixteen, of a megabyte of zeros each."""
    data = bytes(1_000_000)
    for _ in range(3):
        data = bz2.compress(tar({f"{n:x}": data for n in range(16)}))
    rows = read(tmp_path, tar({"a.txt": WEIR, "bomb": data}), bytes=5_000_000, levels=9)
    assert rows["name"].to_pylist() == ["a.txt"]
    assert "with the archives around it, it unpacks to over " in str(skipped(rows))


def test_an_archive_has_a_time_as_a_whole(tmp_path: Path) -> None:
    rows = read(tmp_path, tar({"a.txt": WEIR, "b.txt": BATHS}), seconds=0)
    assert rows.num_rows == 0
    assert skipped(rows) == {"press.tar": "it takes over 0 seconds: 2 of its 2 files are not read."}


@pytest.mark.parametrize("text", ["ustar", "x" * 257 + "ustar\x0000", "12345 " * 200, "\0" * 2_000])
def test_texts_are_no_archives(text: str) -> None:
    assert not looks_like_tar(text.encode().ljust(512)) or "\x0000" in text


def test_any_byte_changed_is_an_answer_and_no_failure() -> None:
    data = tar({"a.txt": WEIR, "b" * 120: BATHS})[: 6 * 512]
    for at in range(512, len(data)):
        found = members(data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :])
        assert found["a.txt"] == WEIR.encode() or 512 <= at < 1024
        assert all(isinstance(held, bytes) or held.mend for held in found.values())


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*b"0123456789LKSMxXgDVN\0"]), max_size=6), st.binary(max_size=700), st.integers(0, 1500)
)
def test_headers_of_any_kind_in_any_order_are_an_answer_and_no_failure(
    kinds: list[int], tail: bytes, size: int
) -> None:
    data = header(b"a", octal(3)) + padded(b"abc")
    data += b"".join(header(b"n", octal(size), bytes([kind])) + padded(tail[:size]) for kind in kinds) + tail
    found = members(data)
    assert found["a"] == b"abc" or "a" in found
    assert all(isinstance(held, bytes) or held.mend for held in found.values())


@settings(deadline=None)
@given(st.sampled_from([*PACKERS]), st.integers(1, 900), st.binary(max_size=900))
def test_random_bytes_after_a_beginning_are_an_answer_and_no_failure(ending: str, kept: int, tail: bytes) -> None:
    data = PACKERS[ending](tar({"a.txt": WEIR, "b" * 120: BATHS}))
    with TemporaryDirectory() as folder:
        rows = read(Path(folder), data[:kept] + tail)
    assert rows.num_rows or skipped(rows)
