"""From paths, folders and patterns to files.

Links to folders are not followed, so that no walk comes back to where it was. What is hidden (its name begins
with a dot) is left out, unless the caller's path or pattern names it; so are folders of earlier runs, and links
to files that lie elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import PurePath
from typing import Any, NamedTuple

import pyarrow as pa

from stemmata import catalog, schemas
from stemmata.errors import ClashError, MissingSource
from stemmata.readers.addresses import WEB, is_address, last_name, redact, scheme, shown
from stemmata.readers.datasets import KNOWN_BYTES, blobs_of, sift
from stemmata.readers.files import explained, is_there, legible, read_bytes
from stemmata.readers.lines import size_of
from stemmata.readers.patterns import MAGIC, cut_pattern, matches

FILES = pa.schema(
    [
        ("path", pa.binary()),
        ("uri", pa.string()),
        ("name", pa.string()),
        ("inside", pa.string()),
        ("source", pa.int64()),
        ("size", pa.int64()),  # bytes; 0 of what is no ordinary file, or where it is not told
        ("address", pa.string()),  # where it is fetched from, with what is secret in it; null of files of this machine
    ]
)


def find_files(paths: Mapping[int, str], *, apart: str | None = None) -> pa.Table:
    """Return the files that paths and addresses stand for, in the order given, those of one sorted.

    Parameters
    ----------
    paths : mapping of int to str
        By the number of the source. Of files; of folders, which stand for all files in them and below;
        patterns with ``*``, ``?``, ``[…]`` and, for any number of folders, ``**``. What is there under the
        very name is no pattern. Addresses are listed by :func:`stemmata.readers.remote.list_files`; the path of such
        a file is its address without what is secret in it.
    apart : str, optional
        A file that is no document, should a folder or a pattern lead to it.

    Returns
    -------
    pyarrow.Table
        In the schema ``FILES``; what was skipped on the way, and notes, travel with it. A file to which
        several folders or patterns lead is there once, by its longest name.

    Raises
    ------
    MissingSource
        A path leads nowhere, or a pattern matches nothing.
    ClashError
        A path is given twice.
    SourceError
        What opens an address is not installed.
    """
    walk = _Walk(apart)
    there = {source: is_there(path) for source, path in paths.items() if not is_address(path)}
    _refuse_twice([path for source, path in paths.items() if there.get(source, True)])
    found: dict[str, _File] = {}
    missing: list[str] = []
    again: set[str] = set()
    for source, path in paths.items():
        listed = walk.reach(path) if is_address(path) else walk.expand(path, there[source])
        for file in listed:
            if file.entry in found:
                again.add(file.entry)
            if file.entry not in found or file.precedence < found[file.entry].precedence:
                found[file.entry] = file._replace(source=source)
        if not walk.met:
            missing.append(path)
    if missing:
        raise _nowhere(sorted(missing))
    rows = [file.row() for file in found.values()]
    rows.sort(key=lambda row: (row["source"], row["name"], row["uri"]))
    counts = {
        "files and folders that are hidden, left out": len(walk.hidden),
        "files to which several of the sources lead, read once": len(again),
        "files of data sets that are no data of theirs, left out": len(walk.beside - found.keys()),
        "folders of earlier runs, left out": len(walk.runs),
    }
    notes = [{"stage": "documents", "what": what, "count": count} for what, count in counts.items()]
    skipped = [{"uri": uri, "reason": reason, "mend": mend} for uri, (reason, mend) in walk.skipped.items()]
    return schemas.remark(pa.Table.from_pylist(rows, schema=FILES), skipped=skipped, notes=notes)


def leads_to(source: str, path: str) -> bool:
    """Tell whether a folder, or a pattern, leads to a file that may not be there yet; that it is hidden aside."""
    there = is_there(source)
    root, pattern = (source, ()) if there else cut_pattern(source)
    if not os.path.isdir(root) or not (there or pattern):
        return False
    parts = PurePath(os.path.realpath(path)).parts
    within = PurePath(os.path.realpath(root)).parts
    return parts[: len(within)] == within and matches(parts[len(within) :], pattern)


class _File(NamedTuple):
    """A file to which a source leads; ``entry`` tells it from all others, whichever way one came to it."""

    path: str
    uri: str
    name: str
    is_below: bool  # the source, which is a folder or a pattern
    entry: str
    size: int | None = None
    address: str | None = None
    source: int = 0

    @property
    def precedence(self) -> tuple[int, str, bool]:
        return -len(self.name), self.uri, not self.is_below

    def row(self) -> dict[str, Any]:
        return {
            "path": os.fsencode(self.path),
            "uri": self.uri,
            "name": self.name,
            "inside": f"{self.name}/" if self.is_below else "",
            "source": self.source,
            "size": size_of(self.path) if self.size is None else self.size,
            "address": self.address,
        }


class _Walk:
    """What is met on the way through folders."""

    def __init__(self, apart: str | None) -> None:
        self.skipped: dict[str, tuple[str, str]] = {}
        self.hidden: set[str] = set()
        self.runs: set[str] = set()
        self.beside: set[str] = set()  # the data of a data set
        self.met = False  # whether the last path led to anything, be it to no file
        self._told = False  # whether something on the last path was skipped
        self._folders: dict[str, str] = {}
        self._apart = None if apart is None else self.entry(apart)

    def entry(self, path: str) -> str:
        """Return what tells one entry of a folder from all others, whichever way one came to the folder."""
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        return os.path.join(self._folders[folder], name)

    def reach(self, address: str) -> Iterator[_File]:
        """Yield the files that an address stands for."""
        from stemmata.readers.remote import list_files

        listing = list_files(address)
        self.met = listing.met
        self.hidden |= listing.hidden
        self.runs |= listing.runs
        self.beside |= listing.beside
        self.skipped |= {redact(at): (error.what, error.mend) for at, error in listing.skipped.items()}
        for file in listing.files:
            at = redact(file.address)
            name = legible(file.name) or last_name(file.address)
            yield _File(at, at, name, bool(file.name), file.address, file.size, file.address)

    def expand(self, path: str, is_there: bool) -> Iterator[_File]:
        """Yield the files that a path stands for, called by their paths relative to it; one itself, by its name."""
        self.met, self._told = is_there, False
        if is_there and not os.path.isdir(path):
            yield _File(path, _uri(path), legible(PurePath(path).name), is_below=False, entry=self.entry(path))
            return
        root, pattern = (path, ()) if is_there else cut_pattern(path)
        if not is_there and not (pattern and os.path.isdir(root)):
            return
        found = {"/".join(parts): os.path.join(root, *parts) for parts in self._files(root, pattern)}
        sifted = sift(found, lambda name: read_bytes(found[name], KNOWN_BYTES))
        for name, error in sifted.refused.items():
            self._skip(os.path.join(root, name), error.what, error.mend)
        self.beside |= {self.entry(found.pop(name)) for name in sifted.beside}
        files = [
            _File(file, _uri(file), legible(name), is_below=True, entry=self.entry(file))
            for name, file in sorted(found.items())
            if self.entry(file) != self._apart
        ]
        self.met |= bool(found)
        if self.met and not files and not self._told:
            self.skipped[_uri(path)] = "it has no files.", "give a folder with files that are not hidden."
        yield from files

    def _files(self, root: str, pattern: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield the files below ``root`` that match, as the parts of their relative paths.

        A state is a folder and how much of the pattern has led there. Where all of it has, everything below
        matches.
        """
        states: list[tuple[tuple[str, ...], int]] = [((), 0)]
        seen = set(states)
        within = os.path.realpath(root)
        blobs = blobs_of(within)
        while states:
            folder, at = states.pop()
            rest = pattern[at:]
            deep = rest[:1] == ("**",)
            name = rest[0] if rest and not deep else "*"
            last = len(rest) <= 1 and not deep
            self.met |= not rest
            if catalog.is_run(os.path.join(root, *folder)):
                self._leave_run(os.path.join(root, *folder), nested=bool(folder))
                continue
            following = [(folder, at + 1)] if deep else []  # ** may also stand for no folder
            for entry in self._entries(os.path.join(root, *folder)):
                if not fnmatch(entry.name, name):
                    continue
                try:
                    is_folder, is_link = entry.is_dir(follow_symlinks=False), entry.is_symlink()
                except OSError as error:  # some file systems tell only whom they let read
                    self._refuse(entry.path, error)
                    continue
                if entry.name.startswith(".") and not name.startswith("."):
                    self.hidden |= {self.entry(entry.path)} if is_folder or last else set()
                elif is_folder:
                    following.append(((*folder, entry.name), min(at + (not deep), len(pattern))))
                elif is_link and os.path.isdir(entry.path):
                    mend = "give the folder that it leads to as a source of its own."
                    self._skip(entry.path, "it is a link to a folder, which is not followed.", mend)
                elif last and is_link and not _lies_in(entry.path, within, blobs):
                    if not is_there(entry.path):
                        self._refuse(entry.path, FileNotFoundError())
                        continue
                    mend = "give the file that it leads to."
                    self._skip(entry.path, "it is a link that leads out of the folder.", mend)
                elif last:
                    yield *folder, entry.name
            states += [state for state in following if state not in seen]
            seen.update(following)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            self._refuse(folder, error)
            return []

    def _leave_run(self, folder: str, *, nested: bool) -> None:
        """Leave out what an earlier run wrote, which is no text of the pile's."""
        if nested:
            self.runs.add(self.entry(folder))
        else:
            mend = "give the folder of the documents; of a library, see 'stemmata find' and 'stemmata export'."
            self._skip(folder, "it is a folder of stemmata's own (a run or a library), not a pile of documents.", mend)

    def _refuse(self, path: str, error: OSError) -> None:
        why = explained(error, path)
        self._skip(path, why.what, why.mend)

    def _skip(self, path: str, reason: str, mend: str) -> None:
        self.met = self._told = True
        self.skipped[_uri(path)] = reason, mend


def _lies_in(link: str, *folders: str | None) -> bool:
    place = PurePath(os.path.realpath(link))
    return any(place.is_relative_to(folder) for folder in folders if folder)


def _refuse_twice(paths: Sequence[str]) -> None:
    places = sorted((path if is_address(path) else os.path.abspath(path), path) for path in paths)
    for (a_place, a), (b_place, b) in pairwise(places):
        if a_place == b_place:
            what = "address" if is_address(a) else "folder" if os.path.isdir(a) else "file"
            how = "an" if is_address(a) else "a"
            raise ClashError(f"{how} {what} is given twice.", where=f"{shown(a)} and {shown(b)}", mend="give it once.")


def _nowhere(missing: Sequence[str]) -> MissingSource:
    web = is_address(missing[0]) and scheme(missing[0]) in WEB
    one = "nothing matches a pattern." if MAGIC & set(missing[0]) and not web else "a source is not there."
    mend = "check the path; in Python, a text itself is given as stemmata.Text(text, doc='…')."
    return MissingSource(
        one if len(missing) == 1 else f"{len(missing)} sources are not there.",
        where=", ".join(shown(path)[:200] for path in missing[:5]) or "''",
        mend="check the address; on the web it is that of one file, not a folder or a pattern." if web else mend,
    )


def _uri(path: str) -> str:
    return legible(PurePath(path).as_posix())
