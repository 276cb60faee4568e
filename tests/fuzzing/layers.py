"""Files that hold files: taken apart and put together again, so that damage gets behind packing and checksums."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random
from typing import NamedTuple, TypeAlias

import pyarrow as pa

from tests.fuzzing import tokens

Join: TypeAlias = Callable[[Sequence[bytes], Random], bytes]


class Held(NamedTuple):
    """The parts of a file, and what makes one of such parts."""

    parts: tuple[bytes, ...]
    join: Join


STREAM = re.compile(
    rb"([^<>]{0,300}/Length )\d+\b(?! \d+ R)([^<>]{0,300}>>\s{0,4}stream\r?\n)(.*?)(\r?\nendstream)", re.DOTALL
)
OBJECT = re.compile(rb"(?m)^(\d+) 0 obj")
RECORD = re.compile(rb"(WARC/1\.\d\r\n(?:[^\r\n]+\r\n)*?Content-Length: )(\d+)((?:\r\n[^\r\n]+)*\r\n\r\n)")
NAMES = (
    "../a.txt",
    "/etc/a",
    "C:\\a.txt",
    "a\0b.txt",
    ".hidden",
    "a" * 5_000,
    "a/" * 900 + "b",
    "",
    "\x1b[2J.txt",
    "mimetype",
    "плотина.html",
)
FIELDS: dict[bytes, tuple[tuple[int, int], ...]] = {
    b"PK\x01\x02": ((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (38, 4), (42, 4))
}
FIELDS |= {
    b"PK\x03\x04": ((6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)),
    b"PK\x05\x06": ((8, 2), (10, 2), (12, 4), (16, 4), (20, 2)),
}
HEADER = ((0, 100), (124, 12), (136, 12), (148, 8), (156, 1), (157, 100), (257, 8), (345, 155), (482, 1))
METHODS = (zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@lru_cache(1_000)
def take_apart(data: bytes) -> Held | None:
    """Return what a sound file is made of; None of what holds no others, or is damaged."""
    try:
        for begins, take in TAKERS:
            if begins.match(data):
                return take(data)
    except (
        EOFError,
        LookupError,
        OSError,
        ValueError,
        lzma.LZMAError,
        tarfile.TarError,
        zipfile.BadZipFile,
        zlib.error,
    ):
        pass
    return None


def _zip(data: bytes) -> Held:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        parts = tuple(archive.read(entry) for entry in entries)

    def join(parts: Sequence[bytes], draw: Random) -> bytes:
        names = [entry.filename for entry in entries]
        if draw.random() < 0.1:
            names[draw.randrange(len(names))] = draw.choice((*NAMES, *names))
        sink = io.BytesIO()
        with (
            warnings.catch_warnings(action="ignore"),
            zipfile.ZipFile(sink, "w") as made,
        ):  # of names that are there twice
            for entry, name, part in zip(entries, names, parts, strict=True):
                one = zipfile.ZipInfo("x")
                one.filename = name
                one.external_attr = draw.choice((0, 0, 0, 0, 0o120777 << 16)) if draw.random() < 0.05 else 0
                made.writestr(one, part, draw.choice(METHODS) if draw.random() < 0.1 else entry.compress_type)
        return _lie(sink.getvalue(), draw) if draw.random() < 0.2 else sink.getvalue()

    return Held(parts, join)


def _lie(data: bytes, draw: Random) -> bytes:
    """Have a header of a zip archive say something else."""
    kind = draw.choice(sorted(FIELDS))
    at = draw.choice([found.start() for found in re.finditer(re.escape(kind), data)] or [0])
    place, size = draw.choice(FIELDS[kind])
    number = draw.choice((*tokens.INTEGERS, draw.randrange(2**16))) & (1 << 8 * size) - 1
    return data[: at + place] + number.to_bytes(size, "little") + data[at + place + size :]


def _tar(data: bytes) -> Held:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        held = [(entry, archive.extractfile(entry)) for entry in archive.getmembers()]
        entries = [entry for entry, file in held if file]
        parts = tuple(file.read() for _, file in held if file)

    def join(parts: Sequence[bytes], draw: Random) -> bytes:
        sink = io.BytesIO()
        form = draw.choice((tarfile.PAX_FORMAT, tarfile.GNU_FORMAT))
        with tarfile.open(fileobj=sink, mode="w", format=form, encoding="utf-8", errors="replace") as made:
            for entry, part in zip(entries, parts, strict=True):
                one = tarfile.TarInfo(draw.choice(NAMES) if draw.random() < 0.05 else entry.name)
                one.size = len(part)
                made.addfile(one, io.BytesIO(part))
        return _lie_in_tar(sink.getvalue(), draw) if draw.random() < 0.3 else sink.getvalue()

    return Held(parts, join)


def _lie_in_tar(data: bytes, draw: Random) -> bytes:
    """Have a header of a tar archive say something else, and sum up."""
    at = draw.choice(
        [found.start() - 257 for found in re.finditer(b"ustar", data) if found.start() % 512 == 257] or [0]
    )
    place, size = draw.choice(HEADER)
    said = draw.choice(
        (
            *(b"%o" % number for number in tokens.INTEGERS),
            b"\x80" + b"\xff" * 11,
            b"\xff" * 12,
            b"SLKxgVDNM5127"[draw.randrange(13) :],
        )
    )
    header = bytearray(data[at : at + 512].ljust(512, b"\0"))
    header[place : place + size] = said[:size].ljust(size, b"\0")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return data[:at] + bytes(header) + data[at + 512 :]


def _gzip(data: bytes) -> Held:
    parts = []
    while data:
        one = zlib.decompressobj(31)
        parts.append(one.decompress(data))
        data = one.unused_data
    return Held(tuple(parts), lambda parts, _: b"".join(gzip.compress(part, 1, mtime=0) for part in parts))


def _zstd(data: bytes) -> Held:
    with pa.CompressedInputStream(pa.BufferReader(data), "zstd") as stream:
        return Held((stream.read(),), lambda parts, _: bytes(pa.compress(parts[0], "zstd", asbytes=True)))


def _pdf(data: bytes) -> Held:
    def join(parts: Sequence[bytes], draw: Random) -> bytes:
        said = iter(parts)

        def put(found: re.Match[bytes]) -> bytes:
            part, more = next(said), b""
            if _is_pressed(found):
                part = zlib.compress(part)
            elif draw.random() < 0.5:
                part, more = zlib.compress(part), b" /Filter /FlateDecode"
            return found[1] + b"%d" % len(part) + more + found[2] + part + found[4]

        made = STREAM.sub(put, data)
        return _with_places(made) if draw.random() < 0.8 and b"xref\n0" in made else made

    found = STREAM.finditer(data)
    return Held(tuple(zlib.decompress(one[3]) if _is_pressed(one) else one[3] for one in found), join)


def _is_pressed(found: re.Match[bytes]) -> bool:
    return b"/Filter /FlateDecode" in found[1] + found[2] or b"/Filter/FlateDecode" in found[1] + found[2]


def _with_places(data: bytes) -> bytes:
    """Return a PDF with a table that says where its objects are."""
    body, end = data[: data.rfind(b"xref\n0")], data[data.rfind(b"trailer") : data.rfind(b"startxref")]
    table = b"".join(b"%010d 00000 n \n" % found.start() for found in OBJECT.finditer(body))
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n" % (table.count(b"\n") + 1)
        + table
        + end
        + b"startxref\n%d\n%%%%EOF\n" % len(body)
    )


def _records(data: bytes) -> Held:
    found, places, at = [], [], 0
    while one := RECORD.match(data, at):
        found.append(one)
        places.append((one.end(), one.end() + int(one[2])))
        at = places[-1][1] + 4
    if not found:
        raise ValueError("no records")

    def join(parts: Sequence[bytes], draw: Random) -> bytes:  # noqa: ARG001
        return b"".join(
            one[1] + b"%d" % len(part) + one[3] + part + b"\r\n\r\n" for one, part in zip(found, parts, strict=True)
        )

    return Held(tuple(data[begin:end] for begin, end in places), join)


def _answer(data: bytes) -> Held:
    head, parting, body = data.partition(b"\r\n\r\n")
    undo, pack = next((how for name, how in CODINGS.items() if name in head), (bytes, bytes))
    return Held((undo(body),), lambda parts, _: head + parting + pack(parts[0]))


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


CODINGS: dict[bytes, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    b"Encoding: gzip": (gzip.decompress, lambda body: gzip.compress(body, 1, mtime=0)),
    b"Encoding: deflate": (zlib.decompress, zlib.compress),
    b"Encoding: chunked": (lambda body: body.partition(b"\r\n")[2].removesuffix(b"\r\n0\r\n\r\n"), _chunked),
}
TAKERS: tuple[tuple[re.Pattern[bytes], Callable[[bytes], Held]], ...] = (
    (re.compile(rb"PK\x03\x04"), _zip),
    (re.compile(rb"(?s).{257}ustar"), _tar),
    (re.compile(rb"\x1f\x8b\x08"), _gzip),
    (re.compile(rb"BZh"), lambda data: Held((bz2.decompress(data),), lambda parts, _: bz2.compress(parts[0]))),
    (
        re.compile(rb"\xfd7zXZ|\]\0\0"),
        lambda data: Held((lzma.decompress(data),), lambda parts, _: lzma.compress(parts[0], preset=0)),
    ),
    (re.compile(rb"\x28\xb5\x2f\xfd"), _zstd),
    (re.compile(rb"%PDF-"), _pdf),
    (re.compile(rb"WARC/1"), _records),
    (re.compile(rb"HTTP/1"), _answer),
)
