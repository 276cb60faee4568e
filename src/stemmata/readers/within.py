"""A file in an archive, by a path that begins with that of the archive: ``pile.zip/inside/table.csv``."""

from __future__ import annotations

import os
from pathlib import PurePath

from stemmata.errors import MissingSource, SourceError
from stemmata.readers.addresses import shown
from stemmata.readers.archives import Allowance, clean, read_entry
from stemmata.readers.files import read_bytes
from stemmata.readers.limits import Limits
from stemmata.readers.unpacking import find_entries


def read_within(path: str, limits: Limits) -> bytes:
    """Return what a file in an archive holds; archives in it are not looked into.

    Raises
    ------
    MissingSource
        There is no such archive, or no such file in it.
    SourceError
        It cannot be read.
    """
    archive = next((str(parent) for parent in PurePath(path).parents if os.path.isfile(parent)), "")
    if archive:
        data = read_bytes(archive, limits.bytes)
        allowance = Allowance.of(len(data), limits)
        for entry in find_entries(data, limits, allowance) or ():
            if PurePath(archive, clean(entry.name)) == PurePath(path):
                held = read_entry(entry, limits, allowance)
                if isinstance(held, SourceError):
                    raise held
                return held
    raise MissingSource("the metadata are not there.", where=shown(path)[:200] or "''", mend="check the path.")


def find_within(archive: str, name: str, limits: Limits) -> str | None:
    """Return the path of a file of some name in an archive: beside all else, or in the one folder that holds all.

    Parameters
    ----------
    archive : path
    name : str
        Whatever its case.

    Raises
    ------
    SourceError
        The archive cannot be read.
    """
    data = read_bytes(archive, limits.bytes)
    entries = find_entries(data, limits, Allowance.of(len(data), limits)) or ()
    names = [one for entry in entries if not (one := clean(entry.name)).startswith((".", "__MACOSX/"))]
    tops = {one.partition("/")[0] for one in names}
    folder = f"{tops.pop()}/" if len(tops) == 1 else ""
    wanted = {name.casefold(), f"{folder}{name}".casefold()}
    return next((f"{archive}/{one}" for one in names if one.casefold() in wanted), None)
