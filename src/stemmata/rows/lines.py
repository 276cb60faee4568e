"""Lines of JSON as they stand in a file: which of them stay, and what is put into them."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from json.decoder import scanstring  # type: ignore[attr-defined]  # a public name that types do not know
from typing import IO, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.readers.encoding import HEAD_BYTES, decode
from stemmata.readers.packed import as_file, chunks, codec_of

BLOCK_BYTES = 8 << 20
SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """Open a file, unpacked if it is packed, as far as it was read."""
    with open(path, "rb") as file:
        codec = codec_of(file.read(HEAD_BYTES))
    if codec:
        with pa.OSFile(path) as raw:
            yield as_file(chunks(raw, codec), whole=False)
    else:
        with open(path, "rb") as stream:
            yield stream


def blocks(path: str) -> Iterator[tuple[int, bytes]]:
    """Yield whole lines in blocks of some megabytes, in UTF-8 without a mark, with the number of the first."""
    number = 1
    for block in _whole_lines(path):
        yield number, block
        number += block.count(b"\n")


def _whole_lines(path: str) -> Iterator[bytes]:
    if not _is_utf8(path):
        with opened(path) as file:
            decoded = decode(file.read())
        if decoded.encoding != "utf-8":
            yield decoded.text.encode()
            return
    with opened(path) as file:
        rest = file.read(len(codecs.BOM_UTF8)).removeprefix(codecs.BOM_UTF8)
        while data := file.read(BLOCK_BYTES):
            end = data.rfind(b"\n") + 1
            if end:
                yield rest + data[:end]
                rest = data[end:]
            else:
                rest += data
        if rest:
            yield rest


def _is_utf8(path: str) -> bool:
    """Tell whether a file is UTF-8 and nothing that merely passes for it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(path) as file:
        head = data = file.read(HEAD_BYTES)
        if b"\x1b$" in head:  # ISO 2022
            return False
        try:
            while data:
                if 0 in data:  # UTF-16
                    return False
                decoder.decode(data)
                data = file.read(BLOCK_BYTES)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def edges(block: bytes) -> NDArray[np.int64]:
    """Return where the lines of a block begin, and its end."""
    ends = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n")) + 1
    return np.concatenate([[0], ends if len(ends) and ends[-1] == len(block) else [*ends, len(block)]]).astype(np.int64)


def stretches(edge: NDArray[np.int64], stay: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the stretches of bytes of the lines that stay, those that touch as one."""
    change = np.flatnonzero(np.diff(np.concatenate([[False], stay, [False]]).astype(np.int8)))
    return [(int(edge[low]), int(edge[high])) for low, high in change.reshape(-1, 2)]


def with_values(line: bytes, values: str) -> bytes:
    """Return a line with further names and values, of which ``values`` is the JSON object; the rest is as it was."""
    return line.rstrip()[:-1].rstrip() + b", " + values[1:].encode() + b"\n"


def with_text(line: bytes, text: str, name: str = "text") -> bytes:
    """Return a line with another text under a name; the rest is as it was, numbers to the last digit."""
    told = line.decode("utf-8", "surrogateescape")
    start, end = _place_of(told, name)
    return (told[:start] + json.dumps(text, ensure_ascii=False) + told[end:]).encode("utf-8", "surrogateescape")


def _place_of(line: str, name: str) -> tuple[int, int]:
    """Return where the value of a name stands in an object; where it is given twice, the last, which counts."""
    at, found = _skip(line, line.index("{") + 1), (0, 0)
    while line[at] != "}":
        key, at = scanstring(line, at + 1)
        start = _skip(line, _skip(line, at) + 1)
        _, end = _DECODER.raw_decode(line, start)
        found = (start, end) if key == name else found
        at = _skip(line, end)
        at = _skip(line, at + 1) if line[at] == "," else at
    return found


def _skip(line: str, at: int) -> int:
    space = SPACE.match(line, at)
    return space.end() if space else at


def is_object(line: bytes) -> bool:
    """Tell whether a line is an object of JSON."""
    try:
        return isinstance(record(line), dict)
    except (RecursionError, ValueError):
        return False


def record(line: bytes) -> Mapping[str, Any]:
    """Return the object on a line."""
    found: Mapping[str, Any] = json.loads(line.decode("utf-8", "replace"))
    return found
