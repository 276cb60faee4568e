"""Compressed files (gzip, bzip2, xz, zstd): unpacked in memory or, if they are JSON Lines or web archives, as a stream.

What is unpacked comes in the same chunks, up to the same byte, whoever asks: also of damaged files.
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, BinaryIO

import pyarrow as pa

from stemmata.errors import SourceError, cause
from stemmata.readers.archives import FREE_BYTES, NO_BOMB, Allowance, too_large
from stemmata.readers.either import MARKDOWN, TEXTS
from stemmata.readers.encoding import glance
from stemmata.readers.jsonlines import OBJECT, looks_like_json_lines
from stemmata.readers.limits import Limits
from stemmata.readers.lines import BLOCK_BYTES

CODECS = {  # how what they write begins
    "gzip": re.compile(rb"\x1f\x8b\x08"),
    "bz2": re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),  # a block, or none
    "xz": re.compile(rb"\xfd7zXZ\0|\]\0\0(?s:..)(?:\xff{8}|(?s:.{5})\0{3})"),  # or the older .lzma
    "zstd": re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),  # or a frame that is to be skipped
}
SUFFIXES = re.compile(r"(?:\.(?:gz|tgz|bz2|tbz2?|xz|txz|lzma|tlz|zst|zstd|tzst))+$", re.IGNORECASE)
LINES = (".jsonl", ".ndjson")
HEAD_BYTES = 4_096
LOOK_BYTES = 1 << 20  # packed, in which that much is looked for; more than a block of bzip2 takes
BEGIN_BYTES = 16  # that tell the codec
READ_BYTES = 1 << 14
FRAME_BYTES = 1 << 16  # of zstd at a time: of those that are damaged, none is had
MEMORY_BYTES = 66 << 20  # for xz, as much as its best packing asks for
DAMAGES = (EOFError, MemoryError, OSError, ValueError, lzma.LZMAError, pa.ArrowException, zlib.error)


class Behind(SourceError):
    """Something else stands behind what is compressed."""


def codec_of(data: bytes) -> str | None:
    """Return by which codec the bytes that begin so are compressed."""
    return next((codec for codec, begins in CODECS.items() if begins.match(data)), None)


def bare(name: str) -> str:
    """Return a name without what it says of compression."""
    return SUFFIXES.sub("", name) or name


def chunks(raw: pa.NativeFile, codec: str) -> Iterator[bytes]:
    """Yield what is compressed, at most some megabytes at a time.

    Raises
    ------
    Behind
        Something else follows it.
    SourceError
        It is damaged.
    """
    try:
        if codec == "zstd":
            with pa.CompressedInputStream(raw, codec) as stream:
                while chunk := stream.read(FRAME_BYTES):
                    yield chunk
        else:
            yield from _one_after_another(raw, codec)
    except SourceError:
        raise
    except DAMAGES as error:
        raise SourceError(f"it cannot be unpacked: {cause(error)}.", mend="pack it anew.") from error


def as_file(some: Iterable[bytes], *, whole: bool = True) -> io.BufferedReader:
    """Return chunks as a file; unless they are wanted ``whole``, it ends where they are damaged."""
    return io.BufferedReader(_File(some, whole), READ_BYTES)


def head(data: bytes | pa.NativeFile, codec: str) -> bytes:
    """Return how that which is compressed begins; nothing, where it is damaged there."""
    some = data[:LOOK_BYTES] if isinstance(data, bytes) else data.read(LOOK_BYTES)
    return as_file(chunks(pa.BufferReader(some), codec), whole=False).read(HEAD_BYTES)


def holds_json_lines(raw: pa.NativeFile, codec: str, name: str) -> bool:
    """Tell whether JSON Lines are compressed: by how they begin; where that is damaged, by the name."""
    name, begins = bare(name).lower(), head(raw, codec)
    if not begins:
        return name.endswith(LINES)
    if name.endswith((*TEXTS, *MARKDOWN)) or not OBJECT.match(glance(begins)):
        return False
    return b"\n" not in begins or name.endswith(LINES) or looks_like_json_lines(begins)


def unpack_stream(
    raw: pa.NativeFile, codec: str, limits: Limits, spend: Callable[[int], None] = lambda _: None
) -> Iterator[bytes]:
    """Yield what is compressed, at most some megabytes at a time; each is first taken off what may be unpacked.

    Raises
    ------
    SourceError
        It is damaged, or swells to more than ``limits.ratio`` times what was unpacked of it.
    """
    for chunk in _within(chunks(raw, codec), raw.tell, limits):
        spend(len(chunk))
        yield chunk


def unpack_with_dictionary(file: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Yield what Zstandard packed with a dictionary, which stands in front; some of it at a time.

    Raises
    ------
    SourceError
        It is damaged, or swells too much; or the package that can unpack it is not there.

    References
    ----------
    IIPC, Use of Zstandard Compression in WARC Files 1.0.
    """
    try:
        from fastwarc.stream_io import ZstdReader
    except ImportError:
        what = (
            "it is packed by Zstandard with a dictionary, and NOTHING of it is read: no package here can unpack that."
        )
        raise SourceError(what, mend="install FastWARC 2.0 or later (pip install 'fastwarc>=2').") from None
    try:
        yield from _within(iter(partial(ZstdReader(file).read, FRAME_BYTES), b""), file.tell, limits)
    except SourceError:
        raise
    except (OSError, ValueError) as error:
        raise SourceError(f"it cannot be unpacked: {cause(error)}.", mend="pack it anew.") from error


def _within(some: Iterable[bytes], used: Callable[[], int], limits: Limits) -> Iterator[bytes]:
    """Yield what is unpacked until it is too much for what was read of the packed bytes."""
    found = 0
    for chunk in some:
        found += len(chunk)
        if found > max(FREE_BYTES, limits.ratio * used()):
            raise SourceError(f"it unpacks to over {limits.ratio:,} times its packed size.", mend=NO_BOMB)
        yield chunk


def unpack_whole(
    data: bytes, codec: str, limits: Limits, allowance: Allowance
) -> tuple[bytes, list[dict[str, object]]]:
    """Return what is compressed, and notes on what stands behind it.

    Raises
    ------
    SourceError
        It is damaged, empty, larger than a file may be, or a bomb.
    """
    some: list[bytes] = []
    found, behind, until = 0, 0, time.monotonic() + limits.seconds
    try:
        for chunk in unpack_stream(pa.BufferReader(data), codec, limits, allowance.spend):
            if time.monotonic() > until:
                mend = "unpack it, or raise the limit (in Python, limit_seconds)."
                raise SourceError(f"it took over {limits.seconds:g} seconds to unpack.", mend=mend)
            some.append(chunk)
            found += len(chunk)
            if found > limits.bytes:
                raise too_large(limits)
    except Behind:
        behind = 1
    if not found:
        raise SourceError("it is empty.", mend="give a file with text in it.")
    what = "compressed files behind which something else stands, which is left out"
    return b"".join(some), [{"stage": "documents", "what": what, "count": behind}]


def _one_after_another(raw: pa.NativeFile, codec: str) -> Iterator[bytes]:
    """Yield what is in the members of a file, which follow each other; there may be zeros behind each."""
    held = b""
    while True:
        one = _unpacker(codec)
        while not one.eof:
            if asked := one.needs_input and not held:
                held = raw.read(READ_BYTES)
            found = one.decompress(held, BLOCK_BYTES)
            if asked and not (found or held or one.eof):
                raise EOFError("it ends too early")
            held = b""
            if found:
                yield found
        yield b""  # so that the time is looked at: there may be millions of empty members
        held = one.unused_data.lstrip(b"\0")
        while len(held) < BEGIN_BYTES and (more := raw.read(READ_BYTES)):
            held = (held + more).lstrip(b"\0")
        if not held:
            return
        if codec_of(held) != codec:
            raise Behind("something else stands behind what is compressed, and is not read.", mend="pack it anew.")


def _unpacker(codec: str) -> Any:
    if codec == "gzip":
        return _Gzip()
    return bz2.BZ2Decompressor() if codec == "bz2" else lzma.LZMADecompressor(memlimit=MEMORY_BYTES)


class _Gzip:
    """Unpacks one member of a gzip file, as what Python has for the others does."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(16 + zlib.MAX_WBITS)

    def decompress(self, data: bytes, most: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, most)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data


class _File(io.RawIOBase):
    """Chunks as a file."""

    def __init__(self, some: Iterable[bytes], whole: bool) -> None:
        self._chunks, self._whole, self._held = iter(some), whole, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._held:
            try:
                self._held = memoryview(next(filter(None, self._chunks), b""))
            except SourceError:
                if self._whole:
                    raise
        size = min(len(buffer), len(self._held))
        buffer[:size], self._held = self._held[:size], self._held[size:]
        return size
