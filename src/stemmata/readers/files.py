"""Ordinary files and their bytes; nothing else is ever opened."""

from __future__ import annotations

import os
import stat
from errno import ENAMETOOLONG

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
        It is a folder, a device or a pipe, over the limit, empty, or may not be read.
    """
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise SourceError("it is a folder.", mend="give the files in it one by one.")
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("it is a device or a pipe.", mend="save what it gives, and give that file.")
        if status.st_size > limit_bytes:
            raise SourceError(
                f"it has {status.st_size:,} bytes, and the limit is {limit_bytes:,}.",
                mend="split it, or raise the limit (limit_bytes, --limit-bytes).",
            )
        with open(path, "rb") as file:
            data = file.read()
    except SourceError:
        raise
    except OSError as error:
        raise SourceError(f"it cannot be opened: {error.strerror}.", mend="check who may read it.") from error
    if not data:
        raise SourceError("it is empty.", mend="give a file with text in it.")
    return data
