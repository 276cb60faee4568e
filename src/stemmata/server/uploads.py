"""Files that come in one request, written down as they come: into one archive, under names that are but names in it.

No name that a request gives ever becomes a path. Files are members of an archive that is read as any other; only one
that is an archive itself, and comes alone, is kept as it is.
"""

from __future__ import annotations

import os
import zipfile
from collections import Counter
from pathlib import Path
from typing import IO, Any, NamedTuple

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from stemmata.errors import FolderError, OptionError, SourceError
from stemmata.server.worker import METADATA

ALL = "dropped.zip"  # our own name
MOST_FILES = 10_000
LONGEST = 200  # signs of a name
FIELDS = 20  # parts of a form that are no files
BLOCK = 1 << 20
NO_FORM = "the request is no form of files."
SEND = "send files as a form does: multipart/form-data."


class Dropped(NamedTuple):
    """What came.

    Parameters
    ----------
    source : str
        The archive of all that came: a name within the folder, ours.
    called : str
        What it is called, where it came as one; empty where it is made of what came.
    metadata : str or None
        The name of a table of what is known of the files, which is called ``metadata.csv``.
    files : int
        How many came.
    name : str
        Of the first, as it came.
    """

    source: str
    called: str
    metadata: str | None
    files: int
    name: str


class Upload:
    """A form that is taken apart as it comes.

    Parameters
    ----------
    content_type : str
        Of the request.
    folder : path
        Of this request alone.

    Raises
    ------
    OptionError
        It is no form of files.
    """

    def __init__(self, content_type: str, folder: Path) -> None:
        kind, told = parse_options_header(content_type)
        if kind != b"multipart/form-data" or not told.get(b"boundary"):
            raise OptionError(NO_FORM, mend=SEND)
        self._folder = folder
        self._file = _fresh(folder / ALL)
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED)
        self._names: Counter[str] = Counter()
        self._archives: list[tuple[Path, str]] = []
        self._first, self._files, self._fields, self._metadata = "", 0, 0, False
        self._field, self._value, self._disposition = b"", b"", b""
        self._to: IO[bytes] | None = None
        callbacks: dict[str, Any] = {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._open,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._over,
        }
        self._whole = False
        try:
            self._parser = MultipartParser(told[b"boundary"], callbacks)  # type: ignore[arg-type]
        except FormParserError as error:
            raise OptionError(NO_FORM, mend=SEND) from error

    def feed(self, data: bytes) -> None:
        """Take what has come.

        Raises
        ------
        OptionError
            It is no form of files, or there are too many.
        FolderError
            It cannot be written.
        """
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise OptionError(NO_FORM, mend=SEND) from error
        except (OSError, zipfile.LargeZipFile) as error:
            raise FolderError(
                "the files cannot be written down.", mend="see that there is room on the disk."
            ) from error

    def finish(self) -> Dropped:
        """Return what came, once all has.

        Raises
        ------
        SourceError
            Nothing came.
        OptionError
            The form breaks off.
        """
        if not self._whole:
            raise OptionError("the form breaks off before its end.", mend="send it again.")
        alone = self._files == 1 and len(self._archives) == 1 and zipfile.is_zipfile(self._archives[0][0])
        if alone:
            self.close()
            (self._folder / ALL).unlink()
            source, called = self._archives[0][0].name, self._archives[0][1]
        else:
            for path, name in self._archives:
                with path.open("rb") as read, self._member(name) as write:
                    while block := read.read(BLOCK):
                        write.write(block)
                path.unlink()
            self.close()
            source, called = ALL, ""
        if not self._files:
            raise SourceError("no files came.", mend="choose some, or one zip archive.")
        return Dropped(source, called, METADATA if self._metadata else None, self._files, self._first)

    def close(self) -> None:
        """Let go of the files, however far they came."""
        if self._to is not None:
            self._to.close()
            self._to = None
        self._zip.close()
        self._file.close()

    def _begin(self) -> None:
        self._field = self._value = self._disposition = b""

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._field.lower() == b"content-disposition":
            self._disposition = self._value
        self._field = self._value = b""

    def _open(self) -> None:
        """Make a place for a file; what is none, or has no name, is passed over."""
        _, told = parse_options_header(self._disposition)
        given = told.get(b"filename")
        if not given:
            self._fields += 1
            if self._fields > FIELDS:
                raise OptionError(f"the form has more than {FIELDS} fields that are no files.", mend=SEND)
            return
        name = member_name(given.decode(errors="replace"))
        if name.rpartition("/")[2].lower() == METADATA and not self._metadata:
            self._metadata = True
            self._to = _fresh(self._folder / METADATA)
            return
        self._files += 1
        self._first = self._first or name
        if self._files > MOST_FILES:
            raise OptionError(f"more than {MOST_FILES:,} files are not taken.", mend="send them as one zip archive.")
        if name.lower().endswith(".zip"):
            place = self._folder / f"{len(self._archives) + 1}.zip"
            self._archives.append((place, name))
            self._to = _fresh(place)
        else:
            self._to = self._member(name)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._to is not None:
            self._to.write(data[start:end])

    def _end(self) -> None:
        if self._to is not None:
            self._to.close()
            self._to = None

    def _over(self) -> None:
        self._whole = True

    def _member(self, name: str) -> IO[bytes]:
        """Return a file of the archive; of several that have one name, the later ones are numbered."""
        self._names[name] += 1
        while (times := self._names[name]) > 1:
            stem, dot, suffix = name.rpartition(".")
            name = f"{stem} ({times}){dot}{suffix}" if dot and stem else f"{name} ({times})"
            self._names[name] += 1
        return self._zip.open(zipfile.ZipInfo(name), "w", force_zip64=True)


def member_name(given: str) -> str:
    r"""Return the name of a file that came, as a member of an archive: ``\`` is ``/``, and each sign can be printed."""
    parts = given.replace("\\", "/").split("/")
    kept = [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]
    name = "".join(sign if sign.isprintable() else "_" for sign in "/".join(kept)).strip() or "unnamed"
    stem, dot, suffix = name.rpartition(".")
    cut = f"{stem[: LONGEST - 10]}{dot}{suffix[:9]}" if dot else name[:LONGEST]
    return name if len(name) <= LONGEST else cut


def _fresh(path: Path) -> IO[bytes]:
    """Make a file that nobody else reads."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
