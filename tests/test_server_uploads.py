"""Files that come in one request are written under names that are but names; what is no form of files is refused."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from stemmata.errors import OptionError, SourceError
from stemmata.server.uploads import ALL, FIELDS, Dropped, Upload, member_name
from tests.served import zipped


def form(*parts: tuple[str | None, bytes]) -> bytes:
    made = b""
    for name, data in parts:
        filename = "" if name is None else f'; filename="{name}"'
        made += b"--x\r\ncontent-disposition: form-data; name=files" + filename.encode() + b"\r\n\r\n" + data + b"\r\n"
    return made + b"--x--\r\n"


def taken(folder: Path, body: bytes, at_once: int = 7) -> Dropped:
    upload = Upload("multipart/form-data; boundary=x", folder)
    try:
        for start in range(0, len(body), at_once):
            upload.feed(body[start : start + at_once])
        return upload.finish()
    finally:
        upload.close()


def test_no_name_of_a_request_becomes_a_path(tmp_path: Path) -> None:
    names = [
        "../../escape.txt",
        "/etc/passwd",
        "C:\\\\x\\\\y.txt",
        "a.txt",
        "a.txt",
        "\x01\u202e.txt",
        "x" * 2_000 + ".txt",
    ]
    dropped = taken(tmp_path, form(*((name, b"text") for name in names)))
    assert (dropped.source, dropped.called, dropped.files) == (ALL, "", 7)
    assert [path.name for path in tmp_path.iterdir()] == [ALL]
    with zipfile.ZipFile(tmp_path / ALL) as archive:
        found = archive.namelist()
    assert found[:5] == ["escape.txt", "etc/passwd", "y.txt", "a.txt", "a (2).txt"]
    assert found[5] == "__.txt"
    assert len(found[6]) <= 200
    assert found[6].endswith(".txt")


@pytest.mark.skipif(sys.platform == "win32", reason="files have other rights there")
def test_what_is_dropped_nobody_else_reads(tmp_path: Path) -> None:
    taken(tmp_path, form(("metadata.csv", b"path\n"), ("a.txt", b"text")))
    assert {os.stat(path).st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


def test_archives_beside_files_are_archives_in_the_archive(tmp_path: Path) -> None:
    packed = zipped({"a.txt": "text"})
    dropped = taken(tmp_path, form(("one.zip", packed), ("b.txt", b"text"), ("two.zip", b"none")), 1_000)
    assert dropped.source == ALL
    with zipfile.ZipFile(tmp_path / ALL) as archive:
        assert archive.namelist() == ["b.txt", "one.zip", "two.zip"]
        assert archive.read("one.zip") == packed


@pytest.mark.parametrize(
    "body",
    [
        b"no form at all",
        form(("a.txt", b"text"))[:-20],
        form(*[(None, b"x")] * (FIELDS + 1)),
        b"--x\r\n" + b"".join(b"h%d: x\r\n" % n for n in range(100)) + b"\r\n",
        b"--x\r\nh: " + b"x" * 100_000,
    ],
    ids=["none", "cut off", "fields", "headers", "a long header"],
)
def test_what_is_no_form_of_files_is_refused(body: bytes, tmp_path: Path) -> None:
    with pytest.raises(OptionError):
        taken(tmp_path, body, 50)


def test_a_form_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        taken(tmp_path, form(("", b"")))


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stemmata.server.uploads.MOST_FILES", 3)
    with pytest.raises(OptionError, match="more than 3 files"):
        taken(tmp_path, form(*[("a.txt", b"x")] * 4))


def test_names_are_but_names() -> None:
    assert member_name("..") == "unnamed"
    assert member_name("a/./b//c.txt") == "a/b/c.txt"
    assert member_name("line\nbreak.txt") == "line_break.txt"
