"""Which row of which file or table each document is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.catalog import refuse_within
from stemmata.errors import OptionError, SourceError
from stemmata.readers import EITHER_MARKDOWN, FORMATS, PLAIN, find_format
from stemmata.readers.addresses import is_address, redact
from stemmata.readers.called import ITSELF, Called
from stemmata.readers.encoding import HEAD_BYTES
from stemmata.readers.jsonlines import looks_like_json_lines
from stemmata.readers.packed import codec_of
from stemmata.readers.sources import part_sources
from stemmata.readers.walking import find_files, leads_to

LINES, LOOSE, FRAME = "application/x-ndjson", "documents", "frame"
TABLES = frozenset(kind.media_type for kind in FORMATS if kind.tabular)


class Origin(NamedTuple):
    """A file or a table at hand whose rows are documents, or documents that are no rows of a table.

    Parameters
    ----------
    uri : str
        Its place, as the caller gave it.
    kind : str
        The media type of a file; ``"frame"``: a table at hand; ``"documents"``: no rows of any table.
    path : str
        Of a file; else empty.
    frame : object
        The table at hand; else None.
    number : int64 array
        The numbers of the rows that are documents, from 1, ascending.
    at : int64 array
        The row of ``documents`` that each is.
    stamp : tuple of int
        Size and time of change of the file as it was read.
    called : mapping of str to str
        What its columns ``text`` and ``doc`` are called, where other than that.
    """

    uri: str
    kind: str
    path: str
    frame: Any
    number: NDArray[np.int64]
    at: NDArray[np.int64]
    stamp: tuple[int, ...] = ()
    called: Called = ITSELF

    def rows(self, numbers: NDArray[np.int64], other: int) -> NDArray[np.int64]:
        """Return which row of ``documents`` the rows with some numbers are; ``other`` for what is no document."""
        place = np.minimum(np.searchsorted(self.number, numbers), len(self.number) - 1)
        return np.where(self.number[place] == numbers, self.at[place], other)

    def unchanged(self) -> None:
        """Refuse a file that is no longer what was read.

        Raises
        ------
        SourceError
            It was changed, or is not there any more.
        """
        if self.path and _stamp(self.path) != self.stamp:
            raise SourceError(
                "it was changed after it was read.", where=self.uri, mend="run again, and leave the file alone."
            )


def find_origins(placed: pa.Table, sources: Any, called: Called = ITSELF) -> list[Origin]:
    """Return where documents come from, in the order of the sources, of the files in each, and of their rows.

    Parameters
    ----------
    placed : pyarrow.Table
        ``schemas.PLACED_DOCUMENTS``.
    sources : source, or several of them
        As they were read.
    called : mapping of str to str
        What the caller calls the columns ``text`` and ``doc`` of tables, where other than that.
    """
    tables = part_sources(sources).tables
    number = pc.fill_null(placed["row"], 0).to_numpy()
    uri, source = placed["uri"].combine_chunks().dictionary_encode(), placed["source"].to_numpy()
    rank = np.empty(len(uri.dictionary), np.int64)
    rank[pc.sort_indices(uri.dictionary).to_numpy()] = np.arange(len(rank))
    code = rank[uri.indices.to_numpy()]
    at = np.lexsort((number, code, source))  # of equals, the order of ids
    row = (number > 0) & pc.is_null(placed["member"]).to_numpy()  # what an archive holds stands in no file of its own
    code, number, source = np.where(row, code, -1)[at], number[at], np.where(row, source, -1)[at]
    edges = np.flatnonzero((np.diff(code) != 0) | (np.diff(source) != 0)) + 1
    found = []
    for low, high in pairwise([0, *edges.tolist(), len(at)] if len(at) else []):
        here = number[low:high], at[low:high]
        if code[low] < 0:
            found.append(Origin("", LOOSE, "", None, *here))
            continue
        place = placed.slice(at[low], 1).select(["uri", "path", "column"]).to_pylist()[0]
        own = {**called, **({"text": place["column"]} if place["column"] else {})}
        if place["path"] is None:
            found.append(Origin(place["uri"], FRAME, "", tables[int(source[low])], *here, called=own))
        else:
            path = os.path.abspath(os.fsdecode(place["path"]))
            kind = _kind(path)
            if kind in TABLES:
                found.append(Origin(place["uri"], kind, path, None, *here, _stamp(path), own))
            else:  # the mails of a mailbox, the entries of a feed: many in a file, which is no table
                found.append(Origin("", LOOSE, "", None, *here))
    return found


def refuse_sources(
    written: Sequence[str | os.PathLike[str]], sources: Any, *, apart: str | os.PathLike[str] | None = None
) -> None:
    """Refuse to write over a file that is read, or into a run's folder; ``apart`` is as in ``read_documents``.

    Raises
    ------
    OptionError
        One of the files to be written is, by whatever path, one of the sources; or as ``catalog.refuse_within``.
    """
    for path in written:
        refuse_within(path)
    paths = {source: path for source, path in part_sources(sources).paths.items() if not is_address(path)}
    there = [os.fspath(path) for path in written if os.path.exists(path)]
    if not (paths and there):
        return
    beside = None if apart is None else os.fsdecode(apart)
    refuse_files(there, find_files(paths, apart=beside)["path"].to_pylist())


def refuse_addresses(sources: Any) -> None:
    """Refuse sources whose rows cannot be taken out a second time.

    Raises
    ------
    SourceError
        One is an address.
    """
    for source in part_sources(sources).paths.values():
        if is_address(source):
            raise SourceError(
                "rows are taken out of files of this machine, and this is an address.",
                where=redact(source),
                mend="fetch it first (hf download, aws s3 cp --recursive, curl), and give the folder or the file.",
            )


def refuse_files(written: Iterable[str | os.PathLike[str]], read: Iterable[str | bytes]) -> None:
    """Refuse to write over files that are read, by whatever path.

    Raises
    ------
    OptionError
        One of those to be written is one of them.
    """
    known = {os.path.realpath(os.fsdecode(path)) for path in read}
    for path in written:
        if os.path.realpath(path) in known:
            raise OptionError(
                "the file to be written is one of the sources, and would be overwritten.",
                where=os.fspath(path),
                mend="write to another file; or leave it out of the sources.",
            )


def refuse_among(written: Sequence[str | os.PathLike[str]], sources: Any) -> None:
    """Refuse to write where the sources are looked for: the next time they would hold what is written.

    Raises
    ------
    OptionError
        A file to be written lies in a folder that is a source, or matches a pattern.
    """
    for path in map(os.fsdecode, written):
        for source in part_sources(sources).paths.values():
            if leads_to(source, path):
                raise OptionError(
                    "the file to be written lies among the sources, and would be one of them the next time.",
                    where=f"{path}, to which {source} leads",
                    mend="write it into another folder.",
                )


def _kind(path: str) -> str:
    """Return the media type of a file whose rows are documents."""
    with open(path, "rb") as file:
        if codec_of(file.read(HEAD_BYTES)):
            return LINES  # of what is packed, nothing else stands in a file of its own
        file.seek(0)
        head = file.readline()
        while len(head) < HEAD_BYTES and (line := file.readline()):
            head += line
    kind = find_format(head, path).media_type
    if kind in (PLAIN.media_type, EITHER_MARKDOWN.media_type):  # named as text, and JSON nonetheless
        return LINES if looks_like_json_lines(head) else "application/json"
    return kind


def _stamp(path: str) -> tuple[int, ...]:
    try:
        status = os.stat(path)
    except OSError:
        return (-1,)
    return status.st_size, status.st_mtime_ns
