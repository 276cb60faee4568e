"""Compressed JSON Lines (.jsonl.gz, .jsonl.zst): unpacked as a stream, never whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
    raw: pa.NativeFile, codec: str, limits: Limits, spend: Callable[[int], None] = lambda _: None
) -> Iterator[bytes]:
    """Yield what is compressed, some megabytes at a time; each is first taken off what an archive may unpack to.

    Raises
    ------
    SourceError
        It is damaged, or swells to more than ``limits.ratio`` times what was unpacked of it.
    """
    found = 0
    try:
        with pa.CompressedInputStream(raw, codec) as stream:
            while chunk := stream.read(BLOCK_BYTES):
                found += len(chunk)
                if found > max(FREE_BYTES, limits.ratio * raw.tell()):
                    mend = "if it is no bomb, unpack it or raise the limit (in Python, limit_ratio)."
                    raise SourceError(f"it unpacks to over {limits.ratio:,} times its packed size.", mend=mend)
                spend(len(chunk))
                yield chunk
    except SourceError:
        raise
    except (pa.ArrowException, OSError) as error:
        raise SourceError(f"it cannot be unpacked: {cause(error)}.", mend="pack it anew.") from error
