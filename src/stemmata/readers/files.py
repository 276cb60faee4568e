"""Ordinary files and their bytes; nothing else is ever opened."""

from __future__ import annotations

import os
import stat
from errno import ELOOP, ENAMETOOLONG

from stemmata.errors import SourceError


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


def explained(error: OSError, path: str | bytes) -> SourceError:
    """Return why a file or a folder cannot be opened."""
    if error.errno == ELOOP:
        return SourceError("it is a link that leads back to itself.", mend="remove the link.")
    if isinstance(error, FileNotFoundError) and os.path.islink(path):
        return SourceError("it is a link that leads nowhere.", mend="remove the link, or put back what it led to.")
    return SourceError(f"it cannot be opened: {error.strerror}.", mend="check who may read it.")
