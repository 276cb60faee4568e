"""Where finds go: a file of JSON lines, a feed, a command; each find once, however often a watch is broken off.

Only a command is called again with the find that it was called with when the process was killed, as nobody knows how
far it came.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from stemmata.errors import FolderError, OptionError, cause
from stemmata.generations import sync
from stemmata.logbook import Logbook
from stemmata.placing import refuse_nul
from stemmata.readers.walking import leads_to
from stemmata.report.atom import GENERATOR, render_feed
from stemmata.report.escape import oneline

ENTRIES = 100  # of the feed
LONGEST = 60.0  # seconds that a command may take
HEAD = 1_000  # bytes at the beginning of a file in which a feed of ours says that it is one


class Outlets:
    """Where the finds of a watch go.

    Parameters
    ----------
    jsonl, atom : path, optional
    command : str, optional
    folder : str
        The folder that is watched: what is written there would be read as a document.
    library : Path

    Raises
    ------
    OptionError
        One cannot be written, or would overwrite something else; or the command cannot be read.
    """

    def __init__(
        self,
        jsonl: str | os.PathLike[str] | None,
        atom: str | os.PathLike[str] | None,
        command: str | None,
        folder: str,
        library: Path,
    ) -> None:
        self.jsonl, self.atom = (None if path is None else Path(path) for path in (jsonl, atom))
        self.library, self.folder = library, os.fsencode(folder)
        for name, path in (("jsonl", self.jsonl), ("atom", self.atom)):
            if path is not None:
                _check_place(name, path, folder, library)
        if self.jsonl and self.atom and os.path.realpath(self.jsonl) == os.path.realpath(self.atom):
            raise OptionError("--jsonl and --atom are one file.", where=str(self.atom), mend="give two.")
        if self.atom and self.atom.exists():
            _check_ours(self.atom)
        self.command = None if command is None else _parted(command)

    def begin(self, book: Logbook) -> list[str]:
        """Tell what was found before and not told, and write the feed as it is; return what failed."""
        if self.jsonl and (left := book.untold(self.folder)):
            known = _mend(self.jsonl, left)
            self._append([find for find in left if find["id"] not in known])
        self._publish(book)
        return self._call(book)

    def tell(self, book: Logbook) -> list[str]:
        """Tell what was found since; return what failed."""
        finds = book.untold(self.folder)
        if not finds:
            return []
        self._append(finds)
        self._publish(book)
        return self._call(book)

    def _append(self, finds: Iterable[Mapping[str, Any]]) -> None:
        if self.jsonl is None:
            return
        try:
            with open(self.jsonl, "ab") as file:
                for find in finds:
                    file.write(_line(find))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _unwritten(self.jsonl, error) from error

    def _publish(self, book: Logbook) -> None:
        if self.atom is None:
            return
        fresh = self.atom.with_name(f".{self.atom.name}.tmp")
        try:
            fresh.write_text(render_feed(book.last(ENTRIES), book.feed, self.library.name), "utf-8", newline="\n")
            sync(fresh)
            os.replace(fresh, self.atom)
        except OSError as error:
            raise _unwritten(self.atom, error) from error

    def _call(self, book: Logbook) -> list[str]:
        failures = []
        for find in book.untold(self.folder):
            if self.command and (failed := _run(self.command, find)):
                failures.append(failed)
            book.told(find)
        return failures


def _check_place(name: str, path: Path, folder: str, library: Path) -> None:
    refuse_nul(path)
    where = str(path)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise OptionError(
            f"--{name} cannot be written there.", where=where, mend="give a file in a folder that exists."
        )
    real = Path(os.path.realpath(path))
    if leads_to(folder, os.fspath(path)):
        raise OptionError(
            f"--{name} would be read as a document.",
            where=where,
            mend="give a file outside of the folder that is watched.",
        )
    if real.is_relative_to(os.path.realpath(library)):
        raise OptionError(f"--{name} lies in the library.", where=where, mend="give a file elsewhere.")


def _check_ours(path: Path) -> None:
    """Refuse to overwrite what is no feed of ours."""
    try:
        with open(path, "rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise _unwritten(path, error) from error
    if head and GENERATOR.encode() not in head:
        raise OptionError(
            "--atom would overwrite a file that no watch has written.", where=str(path), mend="choose another name."
        )


def _parted(command: str) -> list[str]:
    try:
        parts = shlex.split(command)
    except ValueError as error:
        raise OptionError(
            f"--on-find cannot be read: {cause(error)}.", where=command, mend="close what is quoted."
        ) from error
    if not parts:
        raise OptionError("--on-find is empty.", where="option on_find", mend="give a command, or leave it out.")
    return parts


def _run(command: list[str], find: Mapping[str, Any]) -> str:
    """Call a command with a find on its standard input, and return what went wrong."""
    what = f"the command {command[0]!r} failed on {oneline(find['doc'])}"
    try:
        done = subprocess.run(command, input=_line(find), check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return f"{what}: it took more than {LONGEST:.0f} seconds, and was ended."
    except OSError as error:
        return f"{what}: {error.strerror}."
    return f"{what}: exit status {done.returncode}." if done.returncode else ""


def _line(find: Mapping[str, Any]) -> bytes:
    return json.dumps(find).encode() + b"\n"


def _mend(path: Path, left: list[dict[str, Any]]) -> set[str]:
    """Return the finds that a file holds; a last line that broke off in one of those left is taken back."""
    if not path.exists():
        return set()
    known = set()
    begin = 0
    try:
        with open(path, "r+b") as file:
            for line in file:
                if line.endswith(b"\n"):
                    begin += len(line)
                    known.add(_id(line))
                elif any(_line(find).startswith(line) for find in left):
                    file.truncate(begin)
                    break
                else:
                    file.write(b"\n")
    except OSError as error:
        raise _unwritten(path, error) from error
    return known


def _id(line: bytes) -> str:
    try:
        find = json.loads(line)
    except ValueError:  # somebody else's line
        return ""
    return str(find.get("id")) if isinstance(find, dict) else ""


def _unwritten(path: Path, error: OSError) -> FolderError:
    return FolderError(
        f"finds cannot be written: {error.strerror}.",
        where=str(path),
        mend="make room, or let it be written; then start again: what was not told is told then.",
    )
