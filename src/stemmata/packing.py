"""A pack of files that shows whether anything in it was altered: a zip archive with a list of digests.

::

    SHA256SUMS      digest of every other file, as ``sha256sum -c`` reads it
    manifest.json   size, digest and meaning of every file but these three, and what the pack is about
    request.tsq     asks for a time stamp of SHA256SUMS, and so of everything
    response.tsr    what an authority answered, if somebody has put it in

The same files make the same archive, byte for byte: names sorted, no times, nothing compressed. A pack that comes back
is hostile: names are looked at before anything is read, nothing is ever unpacked to disk, and no more is read of a file
than the manifest says that it has.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from stemmata.errors import FolderError, FormatError, MissingSource, cause
from stemmata.placing import place_file
from stemmata.timestamps import is_about, request_stamp

FORMAT = 1
SUMS, MANIFEST, REQUEST, RESPONSE = "SHA256SUMS", "manifest.json", "request.tsq", "response.tsr"
BESIDE = ".tsr"  # instead of .zip: an answer that lies beside the pack
OWN = (SUMS, MANIFEST, REQUEST, RESPONSE)
LIST_BYTES = 1_000_000  # more than any list of ours has, or any answer of an authority
MOST_FILES = 100
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # before which a zip archive knows no time
READABLE = 0o644
CHUNK_BYTES = 1 << 16
_LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<name>[A-Za-z0-9._/-]+)")
_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")  # none that leads elsewhere
_DAMAGES = (
    BadZipFile,
    LargeZipFile,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    struct.error,
    zlib.error,
)


class File(NamedTuple):
    """A file to be packed, and what it holds in half a sentence."""

    data: bytes
    holds: str


class Packed(NamedTuple):
    """A pack that was written: where, the SHA-256 of its list of digests, and how many files it has."""

    path: Path
    sha256: str
    files: int


class Checked(NamedTuple):
    """What became of a pack.

    Parameters
    ----------
    files : int
        How many it has.
    differs : list of str
        All that is not as it was made, a sentence each; empty where all is.
    about : mapping
        What its manifest says that it is about; believe it only where nothing differs.
    sha256 : str
        Of its list of digests; empty where there is none.
    stamp : str
        The answer of an authority to its request: the file; empty where there is none.
    """

    files: int
    differs: list[str]
    about: Mapping[str, Any]
    sha256: str = ""
    stamp: str = ""


def write_pack(path: Path, files: Mapping[str, File], about: Mapping[str, Any]) -> Packed:
    """Write files into a pack.

    Parameters
    ----------
    files : mapping of str to File
        By name; folders with ``/``, ASCII letters, digits, ``.``, ``-`` and ``_``.
    about : mapping
        What the pack is about, for its manifest; values that JSON can hold.

    Raises
    ------
    FolderError
        It cannot be written.
    """
    listed = [
        {"name": name, "bytes": len(file.data), "sha256": _sha256(file.data), "holds": file.holds}
        for name, file in sorted(files.items())
    ]
    manifest = json.dumps({"format": FORMAT, **about, "files": listed}, indent=1).encode() + b"\n"
    contents = {**{name: file.data for name, file in files.items()}, MANIFEST: manifest}
    sums = "".join(f"{_sha256(data)}  {name}\n" for name, data in sorted(contents.items())).encode()
    contents |= {SUMS: sums, REQUEST: request_stamp(sums)}

    def write(fresh: Path) -> None:
        with ZipFile(fresh, "w", ZIP_STORED) as archive:
            for name, data in sorted(contents.items()):
                entry = ZipInfo(name, FIRST_DAY)
                entry.create_system = 3  # on all systems: how the entry's mode is to be read
                entry.external_attr = (stat.S_IFREG | READABLE) << 16
                archive.writestr(entry, data)

    return Packed(place_file(path, write, "the pack"), _sha256(sums), len(contents))


def verify_pack(path: str | os.PathLike[str]) -> Checked:
    """Say whether a pack is as it was made.

    Parameters
    ----------
    path : str or path
        The pack. An answer to its request for a time stamp may lie in it, or beside it with ``.tsr`` instead of
        ``.zip``.

    Raises
    ------
    MissingSource
        It is not there.
    FolderError
        It cannot be read; in particular ``FormatError``: it is no pack, or of a newer format.

    Notes
    -----
    Whoever alters a file can make all digests anew: that nothing differs says that the pack is whole. A time stamp, or
    the digest of SHA256SUMS in other hands, tells that it is the one that was made then.
    """
    path = Path(path)
    if not path.is_file():
        raise MissingSource("the pack is not there.", where=str(path), mend="give the .zip that 'evidence' wrote.")
    try:
        with ZipFile(path) as archive:
            return _check(path, archive)
    except _DAMAGES as error:
        if isinstance(error, FolderError):
            raise
        raise FolderError(
            f"the pack cannot be read: {cause(error)}.",
            where=str(path),
            mend="ask for it again; a copy that broke off, or a file that is no zip archive, cannot be verified.",
        ) from error


def _check(path: Path, archive: ZipFile) -> Checked:
    listed = [entry for entry in archive.infolist() if not _is_folder(entry)]
    if differs := _unsafe(listed):
        return Checked(len(listed), differs, {})
    entries = {entry.filename: entry for entry in listed}
    if not {SUMS, MANIFEST} & entries.keys():
        raise FormatError(
            "it is no pack of evidence: it has neither SHA256SUMS nor manifest.json.",
            where=str(path),
            mend="give the .zip that 'stemmata evidence' wrote.",
        )
    differs += [f"{name} is missing." for name in (SUMS, MANIFEST, REQUEST) if name not in entries]
    own = {name: _read(archive, entries[name], differs) for name in OWN if name in entries}
    told, manifest = _sums(own.get(SUMS), differs), _manifest(own.get(MANIFEST), path, differs)
    files = [] if manifest is None else manifest["files"]
    sizes = {file["name"]: file["bytes"] for file in files}
    wanted = {file["name"]: file["sha256"] for file in files}
    sums = told or {}
    if told is not None and manifest is not None:
        for name in sorted(sums.keys() ^ (wanted.keys() | {MANIFEST})):
            differs.append(f"{_shown(name)} stands in only one of SHA256SUMS and manifest.json.")
    for name in sorted((sums.keys() | wanted.keys()) - entries.keys() - {*OWN}):
        differs.append(f"{_shown(name)} is missing.")
    for name in sorted(entries.keys() - sums.keys() - wanted.keys() - {*OWN}):
        differs.append(f"{_shown(name)} was added.")
    for name in sorted((sums.keys() | wanted.keys()) & entries.keys()):
        found = _digest(archive, entries[name], sizes.get(name, LIST_BYTES), differs)
        if found and {sums.get(name, found), wanted.get(name, found)} != {found}:
            differs.append(f"{name} was altered.")
    request, listing = own.get(REQUEST), own.get(SUMS)
    if request is not None and listing is not None and request != request_stamp(listing):
        differs.append(f"{REQUEST} asks for a time stamp of something else than this {SUMS}.")
    about = {key: value for key, value in (manifest or {}).items() if key != "files"}
    return Checked(len(entries), differs, about, _sha256(listing) if listing else "", _stamp(path, own, differs))


def _is_folder(entry: ZipInfo) -> bool:
    """Say whether an entry is a mere folder, as programs add them that pack a folder anew."""
    return entry.filename.endswith("/") and not entry.file_size and bool(_NAME.fullmatch(entry.filename[:-1]))


def _unsafe(entries: Sequence[ZipInfo]) -> list[str]:
    """Say what of an archive is not to be read, by what its directory tells."""
    if len(entries) > MOST_FILES:
        return [f"it holds {len(entries):,} files; a pack has a dozen."]
    differs = [
        f"{_shown(name)} stands in it {count} times."
        for name, count in sorted(Counter(entry.filename for entry in entries).items())
        if count > 1
    ]
    for entry in entries:
        mode = entry.external_attr >> 16
        if not _NAME.fullmatch(entry.filename) or entry.orig_filename != entry.filename:
            differs.append(f"{_shown(entry.orig_filename)} is no name of a file in a pack.")
        elif entry.flag_bits & 1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            differs.append(f"{entry.filename} is encrypted, or packed in an unusual way.")
        elif stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            differs.append(f"{entry.filename} is no ordinary file.")
    return differs


def _digest(archive: ZipFile, entry: ZipInfo, most: int, differs: list[str]) -> str:
    """Return the SHA-256 of a file; nothing where it cannot be read, or has more than ``most`` bytes."""
    found = hashlib.sha256()
    for chunk in _chunks(archive, entry, most, differs):
        if chunk is None:
            return ""
        found.update(chunk)
    return found.hexdigest()


def _read(archive: ZipFile, entry: ZipInfo, differs: list[str]) -> bytes | None:
    """Return what one of the pack's own lists holds; None where it cannot be read."""
    chunks = [*_chunks(archive, entry, LIST_BYTES, differs)]
    return None if None in chunks else b"".join(filter(None, chunks))


def _chunks(archive: ZipFile, entry: ZipInfo, most: int, differs: list[str]) -> Iterator[bytes | None]:
    """Yield what a file holds, bit by bit; last None where that ends before its time, or does not end in time."""
    left = most
    try:
        with archive.open(entry) as file:
            while chunk := file.read(CHUNK_BYTES):
                left -= len(chunk)
                if left < 0:
                    differs.append(f"{entry.filename} is longer than the {most:,} bytes that it may have.")
                    yield None
                    return
                yield chunk
    except _DAMAGES as error:
        differs.append(f"{entry.filename} cannot be read: {cause(error)}.")
        yield None


def _sums(data: bytes | None, differs: list[str]) -> dict[str, str] | None:
    """Return the digests that are listed, by name; None where the list cannot be read."""
    if data is None:
        return None
    found: dict[str, str] = {}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        told = _LINE.fullmatch(line)
        if told is None or told["name"] in found:
            differs.append(f"line {number} of {SUMS} is no digest and name, or its name stands twice.")
            return None
        found[told["name"]] = told["sha256"]
    return found


def _manifest(data: bytes | None, path: Path, differs: list[str]) -> dict[str, Any] | None:
    """Return the manifest; None where it cannot be read."""
    if data is None:
        return None
    try:
        read = json.loads(data)
        number = read["format"]
        if isinstance(number, int) and number > FORMAT:
            raise FormatError(
                f"the pack has format {number}, and this stemmata knows {FORMAT}.",
                where=str(path),
                mend="verify it with a newer stemmata, or with 'sha256sum -c SHA256SUMS'.",
            )
        for file in read["files"]:
            if not (isinstance(file["name"], str) and isinstance(file["sha256"], str)):
                raise TypeError
            if not isinstance(file["bytes"], int) or file["bytes"] < 0:
                raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        differs.append(f"{MANIFEST} cannot be read.")
        return None
    return dict(read)


def _stamp(path: Path, own: Mapping[str, bytes | None], differs: list[str]) -> str:
    """Return the file that answers the request, if there is one."""
    beside = path.with_suffix(BESIDE)
    answers = [(RESPONSE, own[RESPONSE])] if RESPONSE in own else []
    if beside.is_file():
        with beside.open("rb") as file:
            answers.append((str(beside), file.read(LIST_BYTES)))
    sums = own.get(SUMS)
    for name, answer in answers:
        if answer is not None and sums is not None and not is_about(answer, sums):
            differs.append(f"{_shown(name)} is a time stamp of something else than this {SUMS}.")
    return answers[0][0] if answers else ""


def _shown(name: str) -> str:
    return name if len(name) <= 200 else f"{name[:199]}…"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
