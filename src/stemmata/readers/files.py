"""Ordinary files and their bytes; nothing else is ever opened."""

from __future__ import annotations

import os
import stat
from errno import ELOOP, ENAMETOOLONG

import pyarrow as pa

from stemmata.errors import SourceError

UTF8_BYTES = 2**31 - 1  # Arrow counts the bytes of a table to be parsed in 32 bits


def legible(path: str) -> str:
    """Return a path as text that any encoding can hold, and that stands for no other path.

    In a name that is not Unicode, bytes that are not UTF-8 become ``%FF`` and the like, and ``%`` becomes ``%25``.
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        return "".join(map(_escaped, path))
    return path


def _escaped(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # how Python writes the bytes 80 to FF
        return f"%{ord(character) - 0xDC00:02X}"
    if "\ud800" <= character <= "\udfff":  # only where names are UTF-16
        return f"%u{ord(character):X}"
    return "%25" if character == "%" else character


def is_there(path: str) -> bool:
    """Tell whether a path leads to something; what may not be looked at counts as there."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL, which no path holds
        return False
    except OSError as error:
        return error.errno != ENAMETOOLONG
    return True


def read_bytes(path: str | bytes, limit_bytes: int) -> bytes:
    """Return what a file holds.

    Raises
    ------
    SourceError
        It is a folder, a device, a pipe or a socket, a link that leads nowhere, over the limit, empty, or
        may not be read.
    """
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise SourceError("it is a folder.", mend="give the files in it one by one.")
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("it is a device, a pipe or a socket.", mend="save what it gives, and give that file.")
        refuse_large(status.st_size, limit_bytes)
        with open(path, "rb") as file:
            data = file.read(limit_bytes + 1)  # it may be growing
        refuse_large(len(data), limit_bytes)
    except SourceError:
        raise
    except OSError as error:
        raise explained(error, path) from error
    if not data:
        raise SourceError("it is empty.", mend="give a file with text in it.")
    return data


def refuse_large(size: int, limit_bytes: int) -> None:
    """Refuse what is over the limit.

    Raises
    ------
    SourceError
        It is.
    """
    if size > limit_bytes:
        raise SourceError(
            f"it has {size:,} bytes, and the limit is {limit_bytes:,}.",
            mend="split it, or raise the limit (limit_bytes, --limit-bytes).",
        )


def as_utf8(text: str) -> bytes:
    """Return the bytes of a table that is to be parsed.

    Raises
    ------
    SourceError
        They are too many for Arrow.
    """
    data = text.encode()
    if len(data) >= UTF8_BYTES:
        raise SourceError("it has over 2 GB as UTF-8.", mend="split it.")
    return data


def arrows_own(data: bytes) -> pa.BufferReader:
    """Return bytes to be parsed by Arrow's threads, in memory that is Arrow's own.

    After an error they read on for a while. Bytes of Python's they could not let go of as the interpreter ends: to wait
    for its lock then aborts the process.
    """
    sink = pa.BufferOutputStream()
    sink.write(data)
    return pa.BufferReader(sink.getvalue())


def explained(error: OSError, path: str | bytes) -> SourceError:
    """Return why a file or a folder cannot be opened."""
    if error.errno == ELOOP:
        return SourceError("it is a link that leads back to itself.", mend="remove the link.")
    if isinstance(error, FileNotFoundError) and os.path.islink(path):
        return SourceError("it is a link that leads nowhere.", mend="remove the link, or put back what it led to.")
    return SourceError(f"it cannot be opened: {error.strerror}.", mend="check who may read it.")
