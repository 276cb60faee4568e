"""What is in archives, whatever their kind: files one at a time and in memory; nothing is ever written to disk.

A kind of archive says what entries it has, each time it is gone through. What is done with them is said here: which
names they get, which are left out, and how much may come out of them. What headers say is not trusted: bytes are
counted while a file is unpacked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from stemmata.errors import SourceError
from stemmata.readers.limits import Limits

FREE_BYTES = 1_000_000  # up to which a file may be packed as tightly as it can
TIMES_ALL = 10  # what all files of an archive may unpack to, and how long they may take, in times the limit of one
UNPACK = "unpack it, and give the folder."
NO_BOMB = "if it is no bomb, unpack it or raise the limit (in Python, limit_ratio)."


class Entry(NamedTuple):
    """A file as an archive lists it.

    Parameters
    ----------
    name : str
        Its name there.
    chunks : callable
        Returns its bytes, some at a time; or raises why there are none. Not to be asked once the next entry is.
    packed : int, optional
        How many bytes it takes in the archive, where each file is packed by itself.
    """

    name: str
    chunks: Callable[[], Iterable[bytes]]
    packed: int | None = None


class Member(NamedTuple):
    """A file in an archive: its name, and what it holds or why it is not read; of the rest, without a name."""

    name: str
    data: bytes | SourceError


class Spent(SourceError):
    """An archive unpacks to more than it may, or takes longer; ``options`` would let it."""

    def __init__(self, what: str, options: str) -> None:
        super().__init__(what, mend=f"{UNPACK[:-1]}, or raise {options}.")
        self.options = options


@dataclass
class Allowance:
    """What may still come out of one file of the caller's, and of the archives in it.

    Parameters
    ----------
    bytes : int
        How much in all.
    files : int
        How many files.
    levels : int
        How deep archives may lie in the present one.
    until : float
        When to stop, by the clock of ``time.monotonic``.
    most : int
        How much could come out at first.
    seconds : float
        How long it could take at first.
    """

    bytes: int
    files: int
    levels: int
    until: float
    most: int
    seconds: float

    @classmethod
    def of(cls, size: int, limits: Limits) -> Allowance:
        """Return what may come out of a file of so many bytes."""
        most = max(FREE_BYTES * TIMES_ALL, size * limits.ratio)
        most = min(limits.bytes * TIMES_ALL, most)
        seconds = limits.seconds * TIMES_ALL
        return cls(most, limits.files, limits.levels, time.monotonic() + seconds, most, seconds)

    def spend(self, size: int) -> None:
        """Take so many bytes off.

        Raises
        ------
        Spent
            There are no more, or the time is up.
        """
        self.bytes -= size
        if self.bytes < 0:
            raise Spent(
                f"it unpacks to over {self.most:,} bytes.",
                "the limits (limit_bytes, --limit-bytes; in Python, limit_ratio)",
            )
        if time.monotonic() >= self.until:
            raise Spent(f"it takes over {self.seconds:g} seconds.", "the limit (in Python, limit_seconds)")

    @contextmanager
    def deeper(self, limits: Limits) -> Iterator[None]:
        """Go into an archive, or into what is compressed.

        Raises
        ------
        SourceError
            It lies too deep.
        """
        if self.levels < 0:
            mend = "unpack it and give the folder, or raise the limit (in Python, limit_depth)."
            raise SourceError(f"it is an archive that lies over {limits.levels} archives deep.", mend=mend)
        self.levels -= 1
        try:
            yield
        finally:
            self.levels += 1


def refuse(what: str, mend: str = UNPACK) -> NoReturn:
    """Refuse a file of an archive.

    Raises
    ------
    SourceError
        Always.
    """
    raise SourceError(what, mend=mend)


def too_many(limits: Limits, allowance: Allowance) -> SourceError:
    """Return that an archive has more files than it may."""
    around = "" if allowance.files == limits.files else "with the archives around it, "
    return SourceError(f"{around}it holds over {limits.files:,} files.", mend=f"{UNPACK[:-1]}, or raise limit_files.")


def clean(name: str) -> str:
    r"""Return a name that is only a name: ``\` becomes ``/``, and what would lead out of the archive is dropped."""
    parts: list[str] = []
    for part in name.replace("\\", "/").split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", ".") and (parts or not part.endswith(":")):  # C: and the like
            parts.append(part)
    return "/".join(parts)


def unpack(
    entries: Iterable[Entry], limits: Limits, allowance: Allowance
) -> tuple[Iterator[Member], list[dict[str, object]]]:
    """Return the files of an archive as they come, and notes on what was left out.

    Of several files of one name the last counts, as it does for programs that unpack to disk. Entries are therefore
    gone through twice.

    Raises
    ------
    SourceError
        It holds too many files or none, or is damaged from its beginning on.
    """
    listing = _List.of(entries, limits, allowance)
    if not listing.names:
        raise listing.broken or SourceError("it has no files.", mend="give an archive with files that are not hidden.")
    allowance.files -= len(listing.names)
    return _members(entries, listing, limits, allowance), listing.notes


class _List(NamedTuple):
    """The clean names of the files that are read, by the numbers of their entries; and why there may be more."""

    names: dict[int, str]
    broken: SourceError | None
    notes: list[dict[str, object]]

    @classmethod
    def of(cls, entries: Iterable[Entry], limits: Limits, allowance: Allowance) -> _List:
        last: dict[str, int] = {}
        number = hidden = replaced = shortened = 0
        broken: SourceError | None = None
        try:
            for number, entry in enumerate(entries, 1):
                if number > allowance.files:
                    break
                name = clean(entry.name)
                if any(part.startswith(".") or part == "__MACOSX" for part in name.split("/")):
                    hidden += 1
                    continue
                shortened += name != entry.name.replace("\\", "/").removeprefix("./")
                name = name or "unnamed"
                replaced += name in last
                last[name] = number
        except SourceError as error:
            broken = error
        if number > allowance.files:
            raise too_many(limits, allowance)
        counts = {
            "files and folders that are hidden, left out": hidden,
            "files in archives that a later one of the same name replaces": replaced,
            "names in archives that are absolute or lead out of them, shortened": shortened,
        }
        notes = [{"stage": "documents", "what": what, "count": count} for what, count in counts.items()]
        return cls({number: name for name, number in last.items()}, broken, list[dict[str, object]](notes))


def _members(entries: Iterable[Entry], listing: _List, limits: Limits, allowance: Allowance) -> Iterator[Member]:
    names, around = listing.names, "" if allowance.bytes == allowance.most else "with the archives around it, "
    left = len(names)
    try:
        for number, entry in enumerate(entries, 1):
            if number in names:
                allowance.spend(0)
                yield Member(names[number], read_entry(entry, limits, allowance))
                left -= 1
    except SourceError as error:
        counted = f"{left:,} of its {len(names):,} files {'is' if left == 1 else 'are'} not read"
        if listing.broken:
            counted = f"what follows {len(names) - left:,} of its files is not read"
        said = f"{around if isinstance(error, Spent) else ''}{error.what.removesuffix('.')}: {counted}."
        yield Member("", SourceError(said, mend=error.mend))


def read_entry(entry: Entry, limits: Limits, allowance: Allowance) -> bytes | SourceError:
    """Return what a file holds, or why it is not read.

    Raises
    ------
    Spent
        No file after it is read either.
    """
    chunks: list[bytes] = []
    found = 0
    try:
        for chunk in entry.chunks():
            found += len(chunk)
            if found > limits.bytes:
                return too_large(limits)
            if entry.packed is not None and found > max(FREE_BYTES, limits.ratio * entry.packed):
                return SourceError(f"it unpacks to over {limits.ratio:,} times its packed size.", mend=NO_BOMB)
            allowance.spend(len(chunk))
            chunks.append(chunk)
    except Spent:
        raise
    except SourceError as error:
        return error
    return b"".join(chunks) if found else SourceError("it is empty.", mend="give a file with text in it.")


def too_large(limits: Limits) -> SourceError:
    """Return that a file unpacks to more than a file may have."""
    mend = "split it, or raise the limit (limit_bytes, --limit-bytes)."
    return SourceError(f"it has over {limits.bytes:,} bytes.", mend=mend)
