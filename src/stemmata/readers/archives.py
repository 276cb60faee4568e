"""Zip archives: the files in them, one at a time and in memory; nothing is ever written to disk.

What the headers say is not trusted: bytes are counted while a file is unpacked.
"""

from __future__ import annotations

import io
import lzma
import stat
import struct
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zipfile import ZIP_LZMA, BadZipFile, ZipFile, ZipInfo

from stemmata.errors import SourceError, cause
from stemmata.readers.limits import Limits

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ENTRY = b"PK\x01\x02"  # begins what the directory of an archive says of a file
OFFICE = {  # a file that only such documents have
    "word/document.xml": "a Word document",
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "META-INF/container.xml": "an EPUB book",
    "META-INF/manifest.xml": "an OpenDocument file",
}
DAMAGES = (
    BadZipFile,
    EOFError,
    MemoryError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)
CHUNK_BYTES = 4_096  # bzip2 and LZMA unpack a chunk whole; one of this size, to less than 100 MB
DICTIONARY_BYTES = 64 << 20  # which LZMA takes before it unpacks anything; as much as the best packing asks for
HEADER_BYTES = 30  # before the name of a file, in front of what is packed
FREE_BYTES = 1_000_000  # up to which a file may be packed as tightly as it can
TIMES_ALL = 10  # what all files of an archive may unpack to, and how long they may take, in times the limit of one
UNPACK = "unpack it, and give the folder."


class Member(NamedTuple):
    """A file in an archive: its name, and what it holds or why it is not read; of the rest, without a name."""

    name: str
    data: bytes | SourceError


@dataclass
class Allowance:
    """What may still come out of one file of the caller's, and of the archives in it.

    Parameters
    ----------
    bytes : int
        How much in all.
    files : int
        How many files.
    levels : int
        How deep archives may lie in the present one.
    until : float
        When to stop, by the clock of ``time.monotonic``.
    most : int
        How much could come out at first.
    seconds : float
        How long it could take at first.
    """

    bytes: int
    files: int
    levels: int
    until: float
    most: int
    seconds: float

    @classmethod
    def of(cls, size: int, limits: Limits) -> Allowance:
        """Return what may come out of a file of so many bytes."""
        most = max(FREE_BYTES * TIMES_ALL, size * limits.ratio)
        most = min(limits.bytes * TIMES_ALL, most)
        seconds = limits.seconds * TIMES_ALL
        return cls(most, limits.files, limits.levels, time.monotonic() + seconds, most, seconds)

    def spend(self, size: int) -> None:
        """Take so many bytes off.

        Raises
        ------
        Exhausted
            There are no more, or the time is up.
        """
        self.bytes -= size
        if self.bytes < 0:
            raise Exhausted(
                f"unpacks to over {self.most:,} bytes",
                "the limits (limit_bytes, --limit-bytes; in Python, limit_ratio)",
            )
        if time.monotonic() >= self.until:
            raise Exhausted(f"takes over {self.seconds:g} seconds", "the limit (in Python, limit_seconds)")


class Exhausted(Exception):
    """The archive unpacks to more than it may, or takes longer: what it does, and which options would let it."""

    def __init__(self, does: str, options: str) -> None:
        self.does = does
        self.options = options


def looks_like_zip(data: bytes) -> bool:
    """Tell whether the bytes begin as an archive does."""
    return data.startswith(ZIP)


def unpack(data: bytes, limits: Limits, allowance: Allowance) -> tuple[Iterator[Member], list[dict[str, object]]]:
    r"""Return the files of an archive in the order of their names, and notes on what was left out.

    Names are only names: ``\`` becomes ``/``, and what would lead out of the archive is dropped from them.
    Of several files of one name the last counts, as it does for programs that unpack to disk.

    Raises
    ------
    SourceError
        It is an office document, is damaged, or holds too many files or none.
    """
    if data.count(ENTRY) > allowance.files:  # counted first: the directory of a hostile one may fill the memory
        around = "" if allowance.files == limits.files else "with the archives around it, "
        raise SourceError(
            f"{around}it holds over {limits.files:,} files.", mend=f"{UNPACK[:-1]}, or raise limit_files."
        )
    try:
        archive = ZipFile(io.BytesIO(data))
    except DAMAGES as error:
        raise SourceError(f"its zip archive is damaged: {cause(error)}.", mend="pack it anew.") from error
    for telling, what in OFFICE.items():
        if telling in archive.NameToInfo:
            raise SourceError(f"it is {what}, which stemmata does not read.", mend="save its text as .txt.")
    files, notes = _files(archive.infolist())
    if not files:
        raise SourceError("it has no files.", mend="give an archive with files that are not hidden.")
    allowance.files -= len(files)
    return _members(archive, files, limits, allowance, data), notes


def _files(entries: Sequence[ZipInfo]) -> tuple[dict[str, ZipInfo], list[dict[str, object]]]:
    """Return the files by their cleaned names, without those that are hidden."""
    files: dict[str, ZipInfo] = {}
    hidden = replaced = shortened = 0
    for entry in entries:
        if entry.is_dir():
            continue
        parts = _parts(entry.filename)
        if any(part.startswith(".") or part == "__MACOSX" for part in parts):
            hidden += 1
            continue
        name = "/".join(parts) or "unnamed"
        replaced += name in files
        shortened += name != entry.filename.replace("\\", "/")
        files[name] = entry
    counts = {
        "files and folders that are hidden, left out": hidden,
        "files in archives that a later one of the same name replaces": replaced,
        "names in archives that are absolute or lead out of them, shortened": shortened,
    }
    return files, [{"stage": "documents", "what": what, "count": count} for what, count in counts.items()]


def _parts(name: str) -> list[str]:
    parts: list[str] = []
    for part in name.replace("\\", "/").split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", ".") and (parts or not part.endswith(":")):  # C: and the like
            parts.append(part)
    return parts


def _members(
    archive: ZipFile, files: Mapping[str, ZipInfo], limits: Limits, allowance: Allowance, data: bytes
) -> Iterator[Member]:
    around = "" if allowance.bytes == allowance.most else "with the archives around it, "
    for number, (name, entry) in enumerate(sorted(files.items())):
        try:
            allowance.spend(0)
            yield Member(name, _data(archive, entry, limits, allowance, data))
        except SourceError as error:
            yield Member(name, error)
        except Exhausted as spent:
            left = len(files) - number
            of_all = f"{left:,} of its {len(files):,} files {'is' if left == 1 else 'are'} not read"
            reason = f"{around}it {spent.does}: {of_all}."
            yield Member("", SourceError(reason, mend=f"{UNPACK[:-1]}, or raise {spent.options}."))
            return


def _data(archive: ZipFile, entry: ZipInfo, limits: Limits, allowance: Allowance, data: bytes) -> bytes:
    """Return what a file holds; ``data`` is the whole archive."""
    if entry.flag_bits & 1:
        raise SourceError("it is encrypted.", mend="unpack it with its password, and give the file.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise SourceError("it is a link, and links in archives are not followed.", mend=UNPACK)
    packed = min(entry.compress_size, len(data))
    chunks: list[bytes] = []
    found = 0
    try:
        if entry.compress_type == ZIP_LZMA and _dictionary(data, entry) > DICTIONARY_BYTES:
            mend = "pack the archive anew, as zip archives usually are (deflate)."
            raise SourceError(f"to unpack it takes over {DICTIONARY_BYTES >> 20} MiB of memory.", mend=mend)
        with archive.open(entry) as file:
            while chunk := file.read(CHUNK_BYTES):
                found += len(chunk)
                if found > limits.bytes:
                    mend = "split it, or raise the limit (limit_bytes, --limit-bytes)."
                    raise SourceError(f"it has over {limits.bytes:,} bytes.", mend=mend)
                if found > max(FREE_BYTES, limits.ratio * packed):
                    mend = "if it is no bomb, unpack it or raise the limit (in Python, limit_ratio)."
                    raise SourceError(f"it unpacks to over {limits.ratio:,} times its packed size.", mend=mend)
                allowance.spend(len(chunk))
                chunks.append(chunk)
    except SourceError:
        raise
    except DAMAGES as error:
        raise SourceError(f"it cannot be unpacked: {cause(error)}.", mend="pack the archive anew.") from error
    if not found:
        raise SourceError("it is empty.", mend="give a file with text in it.")
    return b"".join(chunks)


def _dictionary(data: bytes, entry: ZipInfo) -> int:
    """Return how many bytes LZMA is to remember of what it unpacks, as it says in front of it."""
    name, extra = struct.unpack_from("<HH", data, entry.header_offset + HEADER_BYTES - 4)
    (size,) = struct.unpack_from("<I", data, entry.header_offset + HEADER_BYTES + name + extra + 5)
    return int(size)
