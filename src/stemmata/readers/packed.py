"""Compressed JSON Lines (.jsonl.gz, .jsonl.zst) and web archives (.warc.zst): unpacked as a stream, never whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

import pyarrow as pa

from stemmata.errors import SourceError, cause
from stemmata.readers.archives import FREE_BYTES
from stemmata.readers.encoding import glance
from stemmata.readers.jsonlines import OBJECT
from stemmata.readers.limits import Limits
from stemmata.readers.lines import BLOCK_BYTES

CODECS = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
HEAD_BYTES = 4_096
NAMES = (".jsonl.gz", ".jsonl.zst", ".ndjson.gz", ".ndjson.zst")


def codec_of(data: bytes) -> str | None:
    """Return by which codec, of those that are read, the bytes that begin so are compressed."""
    return next((codec for magic, codec in CODECS.items() if data.startswith(magic)), None)


def holds_json_lines(raw: pa.NativeFile, codec: str, name: str) -> bool:
    """Tell whether what is compressed begins with an object; where it cannot be unpacked, whether it is named so."""
    try:
        head = pa.CompressedInputStream(raw, codec).read(HEAD_BYTES)
    except (pa.ArrowException, OSError):
        return name.lower().endswith(NAMES)
    return bool(OBJECT.match(glance(head)))


def unpack_stream(
    raw: pa.NativeFile, codec: str, limits: Limits, spend: Callable[[int], None] = lambda _: None, size: int = 0
) -> Iterator[bytes]:
    """Yield what is compressed, ``size`` bytes at a time; each is first taken off what an archive may unpack to.

    Of damaged bytes what stands before the damage is lost as far as it would be yielded together. By default ``size``
    is some megabytes.

    Raises
    ------
    SourceError
        It is damaged, or swells to more than ``limits.ratio`` times what was unpacked of it.
    """
    try:
        with pa.CompressedInputStream(raw, codec) as stream:
            for chunk in _within(stream.read, raw.tell, limits, size):
                spend(len(chunk))
                yield chunk
    except SourceError:
        raise
    except (pa.ArrowException, OSError) as error:
        raise SourceError(f"it cannot be unpacked: {cause(error)}.", mend="pack it anew.") from error


def unpack_with_dictionary(file: BinaryIO, limits: Limits, size: int) -> Iterator[bytes]:
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
        yield from _within(ZstdReader(file).read, file.tell, limits, size)
    except SourceError:
        raise
    except (OSError, ValueError) as error:
        raise SourceError(f"it cannot be unpacked: {cause(error)}.", mend="pack it anew.") from error


def _within(read: Callable[[int], bytes], used: Callable[[], int], limits: Limits, size: int = 0) -> Iterator[bytes]:
    """Yield what is unpacked until it is too much for what was read of the packed bytes."""
    found = 0
    while chunk := read(size or BLOCK_BYTES):
        found += len(chunk)
        if found > max(FREE_BYTES, limits.ratio * used()):
            mend = "if it is no bomb, unpack it or raise the limit (in Python, limit_ratio)."
            raise SourceError(f"it unpacks to over {limits.ratio:,} times its packed size.", mend=mend)
        yield chunk
