"""Open what was saved: the folder of a trace, or a library."""

from __future__ import annotations

import os

import pyarrow as pa

from stemmata import catalog, schemas
from stemmata.folder import Folder
from stemmata.joined import verb_of
from stemmata.library import Library
from stemmata.traced import Trace


def open_trace(path: str | os.PathLike[str]) -> Trace:
    """Open a trace that was saved, or all tables of a library; they are read when they are asked for.

    The trace stays as it was opened while another process writes a newer one into the folder. Of a library, what was
    added or removed since it was last traced is worked out first.

    Parameters
    ----------
    path : str or path
        The folder.

    Raises
    ------
    FormatError
        It is not a stemmata folder, or was written by a newer version.
    FolderError
        It is not there, or is damaged.
    """
    if verb_of(path) == catalog.LIBRARY:
        return Library(path).trace()
    folder = Folder.open(path)
    return Trace({}, about=folder.catalog.about, folder=folder)


def open_documents(path: str | os.PathLike[str]) -> pa.Table:
    """Return ``schemas.DOCUMENTS`` of a trace that was saved, or of a library.

    Raises
    ------
    FormatError, FolderError
        As :func:`open_trace`.
    """
    if verb_of(path) == catalog.LIBRARY:
        return schemas.DOCUMENTS.conform(Library(path).documents)
    return Folder.open(path).read("documents")
