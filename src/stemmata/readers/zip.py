"""Zip archives: what their directories list."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zlib
from collections.abc import Iterator
from functools import partial
from zipfile import ZIP_LZMA, BadZipFile, ZipFile, ZipInfo

from stemmata.errors import SourceError, cause
from stemmata.readers.archives import Allowance, Entry, clean, refuse, too_many
from stemmata.readers.limits import Limits

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ENTRY = b"PK\x01\x02"  # begins what the directory of an archive says of a file
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


def looks_like_zip(data: bytes) -> bool:
    """Tell whether the bytes begin as a zip archive does."""
    return data.startswith(ZIP)


def open_zip(data: bytes, limits: Limits, allowance: Allowance) -> ZipFile:
    """Return an archive whose directory has been read, and no file of it.

    Raises
    ------
    SourceError
        It is damaged, or holds more files than may still come.
    """
    if data.count(ENTRY) > allowance.files:  # counted first: the directory of a hostile one may fill the memory
        raise too_many(limits, allowance)
    try:
        return ZipFile(io.BytesIO(data))
    except DAMAGES as error:
        raise SourceError(f"its zip archive is damaged: {cause(error)}.", mend="fetch or save it anew.") from error


def list_zip(data: bytes, limits: Limits, allowance: Allowance) -> list[Entry]:
    """Return the files of an archive, in the order of their names.

    Raises
    ------
    SourceError
        As :func:`open_zip`.
    """
    archive = open_zip(data, limits, allowance)
    listed = sorted(archive.infolist(), key=lambda info: clean(info.filename))
    return [entry_of(archive, info, data) for info in listed if not is_folder(info)]


def is_folder(info: ZipInfo) -> bool:
    """Tell whether an entry is a folder; one without a name is none, which some versions of Python stumble over."""
    return info.filename.endswith("/")


def entry_of(archive: ZipFile, info: ZipInfo, data: bytes) -> Entry:
    """Return a file of an archive; ``data`` is the whole of it."""
    return Entry(info.filename, partial(_chunks, archive, info, data), min(info.compress_size, len(data)))


def _chunks(archive: ZipFile, info: ZipInfo, data: bytes) -> Iterator[bytes]:
    """Yield what a file holds; ``data`` is the whole archive."""
    if info.flag_bits & 1:
        refuse("it is encrypted.", "unpack it with its password, and give the file.")
    if stat.S_ISLNK(info.external_attr >> 16):
        refuse("it is a link, and links in archives are not followed.")
    try:
        if info.compress_type == ZIP_LZMA and _dictionary(data, info) > DICTIONARY_BYTES:
            mend = "pack the archive anew, as zip archives usually are (deflate)."
            raise SourceError(f"to unpack it takes over {DICTIONARY_BYTES >> 20} MiB of memory.", mend=mend)
        with archive.open(info) as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except SourceError:
        raise
    except DAMAGES as error:
        raise SourceError(f"it cannot be unpacked: {cause(error)}.", mend="pack the archive anew.") from error


def _dictionary(data: bytes, info: ZipInfo) -> int:
    """Return how many bytes LZMA is to remember of what it unpacks, as it says in front of it."""
    name, extra = struct.unpack_from("<HH", data, info.header_offset + HEADER_BYTES - 4)
    (size,) = struct.unpack_from("<I", data, info.header_offset + HEADER_BYTES + name + extra + 5)
    return int(size)
