"""Zip archives: the files in them, one at a time and in memory; nothing is ever written to disk.

What the headers say is not trusted: bytes are counted while a file is unpacked.
"""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from stemmata.errors import SourceError
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
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)
CHUNK_BYTES = 4_096  # bzip2 and LZMA unpack a chunk whole; one of this size, to less than 100 MB
FREE_BYTES = 1_000_000  # up to which a file may be packed as tightly as it can
TIMES_ALL = 10  # what all files of an archive may unpack to, in times the limit of one
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
    """

    bytes: int
    files: int
    levels: int

    @classmethod
    def of(cls, size: int, limits: Limits) -> Allowance:
        """Return what may come out of a file of so many bytes."""
        most = max(FREE_BYTES * TIMES_ALL, size * limits.ratio)
        return cls(min(limits.bytes * TIMES_ALL, most), limits.files, limits.levels)


class _Exhausted(Exception):
    """The archive unpacks to more than it may."""


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
        raise SourceError(f"it holds over {allowance.files:,} files.", mend=f"{UNPACK[:-1]}, or raise limit_files.")
    try:
        archive = ZipFile(io.BytesIO(data))
    except DAMAGES as error:
        raise SourceError(f"its zip archive is damaged: {str(error)[:200]}", mend="pack it anew.") from error
    for telling, what in OFFICE.items():
        if telling in archive.NameToInfo:
            raise SourceError(f"it is {what}, which stemmata does not read.", mend="save its text as .txt.")
    files, notes = _files(archive.infolist())
    if not files:
        raise SourceError("it has no files.", mend="give an archive with files that are not hidden.")
    allowance.files -= len(files)
    return _members(archive, files, limits, allowance, len(data)), notes


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
    archive: ZipFile, files: Mapping[str, ZipInfo], limits: Limits, allowance: Allowance, size: int
) -> Iterator[Member]:
    before = allowance.bytes
    for number, (name, entry) in enumerate(sorted(files.items())):
        try:
            yield Member(name, _data(archive, entry, limits, allowance, size))
        except SourceError as error:
            yield Member(name, error)
        except _Exhausted:
            left = len(files) - number
            of_all = f"{left:,} of its {len(files):,} files {'is' if left == 1 else 'are'} not read"
            reason = f"it unpacks to over {before:,} bytes: {of_all}."
            yield Member("", SourceError(reason, mend=f"{UNPACK[:-1]}, or raise limit_bytes and limit_ratio."))
            return


def _data(archive: ZipFile, entry: ZipInfo, limits: Limits, allowance: Allowance, size: int) -> bytes:
    """Return what a file holds; ``size`` bytes have the whole archive."""
    if entry.flag_bits & 1:
        raise SourceError("it is encrypted.", mend="unpack it with its password, and give the file.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise SourceError("it is a link, and links in archives are not followed.", mend=UNPACK)
    packed = min(entry.compress_size, size)
    chunks: list[bytes] = []
    found = 0
    try:
        with archive.open(entry) as file:
            while chunk := file.read(CHUNK_BYTES):
                found += len(chunk)
                allowance.bytes -= len(chunk)
                if found > limits.bytes:
                    mend = "split it, or raise the limit (limit_bytes, --limit-bytes)."
                    raise SourceError(f"it has over {limits.bytes:,} bytes.", mend=mend)
                if found > max(FREE_BYTES, limits.ratio * packed):
                    mend = "if it is no bomb, unpack it or raise the limit (limit_ratio)."
                    raise SourceError(f"it unpacks to over {limits.ratio:,} times its packed size.", mend=mend)
                if allowance.bytes < 0:
                    raise _Exhausted
                chunks.append(chunk)
    except SourceError:
        raise
    except DAMAGES as error:
        raise SourceError(f"it cannot be unpacked: {str(error)[:200]}", mend="pack the archive anew.") from error
    if not found:
        raise SourceError("it is empty.", mend="give a file with text in it.")
    return b"".join(chunks)
