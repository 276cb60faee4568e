"""Put a file in its place whole: a reader finds the old one or the new one, never half of either."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from stemmata.errors import FolderError, OptionError


def refuse_nul(path: str | os.PathLike[str]) -> None:
    """Refuse a path that no system can hold, before anything is spent on what is to be written there.

    Raises
    ------
    OptionError
        There is a NUL in it.
    """
    if "\0" in (name := os.fsdecode(path)):
        raise OptionError("a path cannot hold a NUL.", where=name.replace("\0", "\\0"), mend="choose another name.")


def place_file(path: str | os.PathLike[str], write: Callable[[Path], object], what: str) -> Path:
    """Have a file written beside its place, move it there, and return its path.

    A file that is there is replaced; through a symbolic link, the file that it leads to.

    Parameters
    ----------
    path : str or path
        The place.
    write : callable
        Called with the path to write.
    what : str
        What it is, for the error: "the report".

    Raises
    ------
    FolderError
        It cannot be written, or something that is not a file is there.
    OptionError
        There is a NUL in the path.
    """
    refuse_nul(path)
    path = Path(path)
    target = Path(os.path.realpath(path))
    if os.path.lexists(target) and not os.path.isfile(target):  # a folder, a device, a pipe
        raise FolderError(
            f"{what} cannot be written: what is there is not a file.",
            where=str(path),
            mend="choose the name of a new file, or of one that may be replaced.",
        )
    fresh = target.parent / f".{target.name}.{os.getpid()}.tmp"
    try:
        write(fresh)
        os.replace(fresh, target)
    except OSError as error:
        raise FolderError(
            f"{what} cannot be written: {error.strerror or error}.",
            where=str(path),
            mend="choose a file in a folder that is there and that you may write.",
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink()
    return path
