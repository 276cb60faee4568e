"""Tar archives: read as a stream, header after header, in the dialects of POSIX and of GNU.

Not by Python's ``tarfile``: hostile headers keep those of its versions that are in use busy for ever (CVE-2024-6232,
CVE-2025-8194), and it holds whatever size of header it is told of.

References
----------
POSIX.1-2017, pax: ustar and pax interchange formats; GNU tar manual, "Basic Tar Format" and "Storing Sparse Files".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from stemmata.errors import SourceError
from stemmata.readers.archives import Entry, refuse
from stemmata.readers.files import legible

BLOCK_BYTES = 512  # in which all is counted
ZEROS = bytes(BLOCK_BYTES)
CHUNK_BYTES = 1 << 16
HEADER_BYTES = 1 << 20  # the largest extended header; it holds a name, and what else a file system knows of a file
NAME_BYTES = 4_096  # the longest name, as systems have it
OCTAL = re.compile(rb"[ \0]*([0-7]*)(?:[ \0].*)?", re.DOTALL)
RECORD = re.compile(rb"([0-9]{1,8}) ([^=]*)=")  # begins what an extended header says; its length, and of what it speaks
FOLDER, OLD, SPARSE = b"5", b"\0", b"S"
NAME, EXTENDED = b"L", b"xX"  # stand before the header of the file of which they speak
PASSED = b"gKVDN"  # headers of all files, targets of long links, labels, lists of folders, old names
LINK = "it is a link, and links in archives are not followed."
DEVICE = "it is a device or a pipe."
WITHOUT = {b"1": LINK, b"2": LINK, b"3": DEVICE, b"4": DEVICE, b"6": DEVICE}  # no bytes follow
ODD = "it is a part of a file, or of a kind that stemmata does not know."
HOLES = "it is packed with holes in it (sparse), which stemmata does not fill."
SPEAKS_OF = {b"path": "name", b"GNU.sparse.name": "name", b"size": "size"}


def looks_like_tar(data: bytes) -> bool:
    """Tell whether the bytes begin as a tar archive does: with a header that sums up to what it says."""
    header = data[:BLOCK_BYTES]
    return len(header) == BLOCK_BYTES and any(header) and (_sums_up(header) or header[257:263] == b"ustar\0")


@dataclass(frozen=True)
class Tar:
    """The files of a tar archive, each time that it is gone through, in the order in which they lie in it.

    Parameters
    ----------
    opened : callable
        Opens the archive at its beginning.

    Raises
    ------
    SourceError
        When it is gone through, and a header is damaged, or the archive is cut off.
    """

    opened: Callable[[], BinaryIO]

    def __iter__(self) -> Iterator[Entry]:
        tape, said = _Tape(self.opened()), dict[str, bytes]()
        while header := tape.header():
            kind, size = header[156:157], _number(header[124:136])
            if kind in EXTENDED or kind == NAME:
                if size > HEADER_BYTES:
                    raise _damaged(f"it has a header of {size:,} bytes")
                held = tape.take(size)
                said |= {"name": held} if kind == NAME else _told(held)
                tape.align()
            elif kind in PASSED:
                tape.go(tape.at + size)
            else:
                yield from _entry(tape, header, size, said)
                said = {}


def _entry(tape: _Tape, header: bytes, size: int, said: dict[str, bytes]) -> Iterator[Entry]:
    """Yield a file, unless it is a folder; then go behind it."""
    kind = header[156:157]
    raw = _until_nul(said["name"]) if "name" in said else _name(header)
    name = legible(raw[:NAME_BYTES].decode("utf-8", "surrogateescape"))
    if kind == FOLDER or (kind == OLD and name.endswith("/")):
        return
    if kind in WITHOUT:
        yield Entry(name, partial(refuse, WITHOUT[kind]))
        return
    if kind == SPARSE:
        more = header[482:483]
        while more != b"\0":
            more = tape.take(BLOCK_BYTES)[504:505]
    end = tape.at + (int(said["size"]) if "size" in said else size)
    reason = ""
    if kind == SPARSE or "sparse" in said:
        reason = HOLES
    elif kind not in b"\x0007":
        reason = ODD
    elif len(raw) > NAME_BYTES:
        reason = f"its name has over {NAME_BYTES:,} bytes."
    yield Entry(name, partial(refuse, reason) if reason else partial(tape.until, end))
    tape.go(end)


class _Tape:
    """An archive that is wound forward.

    Parameters
    ----------
    file : binary file
        Opened at its beginning.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.at = 0

    def take(self, size: int) -> bytes:
        """Return so many bytes."""
        data = self._file.read(size)
        self.at += len(data)
        if len(data) < size:
            raise _damaged("it ends too early")
        return data

    def until(self, end: int) -> Iterator[bytes]:
        """Yield what stands before ``end``."""
        while self.at < end:
            yield self.take(min(CHUNK_BYTES, end - self.at))

    def go(self, end: int) -> None:
        """Wind to the end of a file, and to the block behind it."""
        for _ in self.until(end):
            pass
        self.align()

    def align(self) -> None:
        """Wind to the next block."""
        self.take(-self.at % BLOCK_BYTES)

    def header(self) -> bytes:
        """Return the next header, behind any blocks of zeros; nothing at the end."""
        while block := self._file.read(BLOCK_BYTES):
            self.at += len(block)
            if block != ZEROS and any(block):
                if len(block) < BLOCK_BYTES:
                    raise _damaged("it ends too early")
                if not _sums_up(block):
                    raise _damaged("one of its headers is none")
                return block
        return b""


def _told(held: bytes) -> dict[str, bytes]:
    """Return what an extended header says of a file."""
    said: dict[str, bytes] = {}
    at = 0
    while at < len(held) and held[at]:
        record = RECORD.match(held, at, at + 300)
        end = at + int(record[1]) if record else at
        if not record or not record.end() < end <= len(held):
            raise _damaged("one of its headers is none")
        value = held[record.end() : end - 1]
        if record[2].startswith(b"GNU.sparse."):
            said["sparse"] = b""
        if what := SPEAKS_OF.get(record[2]):
            said[what] = value
        at = end
    if not said.get("size", b"0").isdigit() or len(said.get("size", b"")) > 20:
        raise _damaged("a file in it has no size")
    return said


def _name(header: bytes) -> bytes:
    name, folder = _until_nul(header[:100]), _until_nul(header[345:500])
    return folder + b"/" + name if folder and header[257:263] == b"ustar\0" else name


def _until_nul(data: bytes) -> bytes:
    return data.partition(b"\0")[0]


def _number(field: bytes) -> int:
    """Return a number in octal digits or, where it has too many, in bytes."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:])
    digits = OCTAL.fullmatch(field)
    if not digits:
        raise _damaged("a file in it has no size")
    return int(digits[1] or b"0", 8)


def _sums_up(header: bytes) -> bool:
    """Tell whether the bytes of a header, or with signs as in some old archives, sum up to what it says."""
    said = OCTAL.fullmatch(header[148:156])
    if not (said and said[1]):
        return False
    rest = header[:148] + b" " * 8 + header[156:]
    total = sum(rest)
    return int(said[1], 8) in (total, total - 256 * sum(byte > 127 for byte in rest))


def _damaged(how: str) -> SourceError:
    return SourceError(f"its tar archive is damaged: {how}.", mend="pack it anew.")
