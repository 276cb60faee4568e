"""What a server answered, as crawlers keep it: status, fields, and the body without the codings it was sent in.

Crawlers often undo a coding and keep the field that names it. A body that is not coded as its fields say is taken as it
is; one that begins so and goes on otherwise is damaged.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pyarrow as pa

from stemmata.errors import SourceError, cause
from stemmata.readers.archives import FREE_BYTES
from stemmata.readers.records import parse_fields

STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})[^\r\n]*(?:\r?\n|\Z)")
HEAD_BYTES = 1 << 18
END = re.compile(rb"\r?\n\r?\n")
CHUNK = re.compile(rb"(?:\r?\n)?([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
FEED_BYTES = 1 << 12
FED_BYTES = 32  # to Brotli, which makes up to 16 MB of some bytes, and keeps no limit in all of its versions
MEND = "fetch the page anew."


class Answer(NamedTuple):
    """A status, fields with names in lower case, and a body."""

    status: int
    fields: Mapping[str, str]
    body: bytes


def parse_answer(data: bytes) -> Answer:
    """Return an answer, its body still as it was sent.

    Raises
    ------
    SourceError
        It does not begin as an answer does.
    """
    found = STATUS.match(data)
    if not found:
        raise SourceError("it is not what a web server answers.", mend=MEND)
    begin = found.end()
    end = END.search(data, max(0, begin - 2), begin + HEAD_BYTES)
    if not end:
        return Answer(int(found[1]), parse_fields(data[begin : begin + HEAD_BYTES]), b"")
    return Answer(int(found[1]), parse_fields(data[begin : end.start()]), data[end.end() :])


def media_type(fields: Mapping[str, str]) -> str:
    """Return the media type that a header names, in lower case and without parameters."""
    return fields.get("content-type", "").partition(";")[0].strip().lower()


def charset(fields: Mapping[str, str]) -> str | None:
    """Return the label of the encoding that a header names."""
    found = CHARSET.search(fields.get("content-type", ""))
    return found[1] if found else None


def body_of(answer: Answer, limit: int, ratio: int) -> bytes:
    """Return the body without the codings it was sent in.

    Parameters
    ----------
    limit : int
        The most bytes that it may come to.
    ratio : int
        How many times its size as it was sent.

    Raises
    ------
    SourceError
        It is damaged, comes to more, or is coded in a way that is not known here.
    """
    body = answer.body
    if "chunked" in answer.fields.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    names = [name.strip().lower() for name in answer.fields.get("content-encoding", "").split(",")]
    for name in reversed([name for name in names if name not in ("", "identity", "none")]):
        body = _decoded(body, name, limit, ratio)
    return body


def _without_chunks(body: bytes) -> bytes:
    found = CHUNK.match(body)
    if not found or not (body.startswith(b"\n", _end(found)) or body.startswith(b"\r\n", _end(found))):
        return body  # the crawler put it together
    parts = []
    while found and int(found[1], 16):
        end = _end(found)
        if end > len(body):
            raise SourceError("a part of it (chunked) is shorter than it says.", mend=MEND)
        parts.append(body[found.end() : end])
        found = CHUNK.match(body, end)
    if not found:
        raise SourceError("its parts (chunked) do not follow one another.", mend=MEND)
    return b"".join(parts)


def _end(found: re.Match[bytes]) -> int:
    return found.end() + int(found[1], 16)


def _decoded(body: bytes, name: str, limit: int, ratio: int) -> bytes:
    decoder = DECODERS.get(name.removeprefix("x-"))
    if decoder is None:
        raise SourceError(f"it is coded in a way that stemmata does not read ({name[:40]!r}).", mend=MEND)
    most = min(limit, max(FREE_BYTES, ratio * len(body)))
    parts, found = [], 0
    try:
        for part in decoder(body):
            found += len(part)
            if found > most:
                mend = "if it is no bomb, raise the limits (limit_bytes, --limit-bytes; in Python, limit_ratio)."
                raise SourceError(f"it unpacks to over {most:,} bytes.", mend=mend)
            parts.append(part)
    except SourceError:
        raise
    except (pa.ArrowException, OSError, ValueError, zlib.error) as error:
        raise SourceError(f"its coding ({name}) is damaged: {cause(error)}.", mend=MEND) from error
    return b"".join(parts)


def _gzip(body: bytes) -> Iterator[bytes]:
    return _inflated(body, 31) if body.startswith(b"\x1f\x8b") else iter([body])


def _deflate(body: bytes) -> Iterator[bytes]:
    """Undo deflate, with the header that it should have or, as some servers send it, without."""
    if len(body) > 1 and body[0] & 15 == 8 and not int.from_bytes(body[:2], "big") % 31:
        return _inflated(body, 15)
    return iter([body]) if body[:64].lstrip().startswith(b"<") else _inflated(body, -15)


def _inflated(body: bytes, wbits: int) -> Iterator[bytes]:
    packed = zlib.decompressobj(wbits)
    start = 0
    while not packed.eof and start < len(body):
        held = body[start : start + FEED_BYTES]
        yield packed.decompress(held, FREE_BYTES)
        start += len(held) - len(packed.unconsumed_tail)
    if not packed.eof:
        yield packed.flush(FREE_BYTES)
        if not packed.eof:
            raise ValueError("it ends too early")


def _brotli(body: bytes) -> Iterator[bytes]:
    try:
        import brotli
    except ImportError:
        raise SourceError("it is coded with Brotli.", mend="install the package brotli.") from None
    if body[:64].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        yield body
        return
    decoder = brotli.Decompressor()
    try:
        for start in range(0, len(body), FED_BYTES):
            yield decoder.process(body[start : start + FED_BYTES])
    except brotli.error as error:
        raise ValueError(str(error)) from error
    if not decoder.is_finished():
        raise ValueError("it ends too early")


def _zstd(body: bytes) -> Iterator[bytes]:
    if not body.startswith(b"\x28\xb5\x2f\xfd"):
        yield body
        return
    with pa.CompressedInputStream(pa.BufferReader(body), "zstd") as stream:
        while part := stream.read(FREE_BYTES):
            yield part


DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
