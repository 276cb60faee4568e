"""Documents that are zip archives of parts: told by the names of their parts, opened in memory, never unpacked whole.

A part is read when it is asked for, within the limits that archives have. Names are only names: what a part says lies
elsewhere is looked for among the parts, and nowhere else.
"""

from __future__ import annotations

import io
import posixpath
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from stemmata.errors import SourceError
from stemmata.readers.archives import Allowance, Spent, read_entry
from stemmata.readers.limits import Limits
from stemmata.readers.page import Element, decode_page
from stemmata.readers.xmltree import UNKNOWN, parse_xml
from stemmata.readers.zip import DAMAGES, ENTRY, entry_of, is_folder, looks_like_zip, open_zip

MOST_PARTS = 20_000  # an archive of more is no document
MIMETYPE = "mimetype"
LONGEST_MIMETYPE = 100
ANEW = "open it in the program that made it, and save it anew."
REPLACED = "parts of documents that a later one of the same name replaces"
UNREAD = "parts of documents that cannot be read, left out"


class Package:
    """The parts of a document.

    Parameters
    ----------
    data : bytes
        The archive.
    limits : Limits
        What its parts may come to; more than ``MOST_PARTS`` parts it never has.

    Attributes
    ----------
    notes : Counter
        What was left out, or replaced, in the parts that were read.

    Raises
    ------
    SourceError
        The archive is damaged, or has too many parts.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = replace(limits, files=min(limits.files, MOST_PARTS))
        self._allowance = Allowance.of(len(data), self._limits)
        self._archive = open_zip(data, self._limits, self._allowance)
        entries = [entry for entry in self._archive.infolist() if not is_folder(entry)]
        self._entries = {_plain(entry.filename): entry for entry in entries}
        self.notes: Counter[str] = Counter({REPLACED: len(entries) - len(self._entries)})

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._entries

    def read(self, name: str) -> bytes:
        """Return what a part holds.

        Raises
        ------
        SourceError
            There is no such part, or it cannot be read; it is named.
        """
        entry = self._entries.get(_plain(name))
        if entry is None:
            raise SourceError(f"its part {name[:80]!r} is missing.", mend=ANEW)
        try:
            held = read_entry(entry_of(self._archive, entry, self._data), self._limits, self._allowance)
        except Spent as spent:
            raise SourceError(spent.what, mend=f"save its text as .txt, or raise {spent.options}.") from spent
        if isinstance(held, SourceError):
            raise SourceError(f"of its part {name[:80]!r}: {held.what}", mend=held.mend) from held
        return held

    def tree(self, name: str) -> Element:
        """Return the tree of a part that is XML.

        Raises
        ------
        SourceError
            It cannot be read, or is no XML that is; it is named.
        """
        data = self.read(name)
        try:
            decoded = decode_page(data)
            tree, unknown = parse_xml(decoded.text, self._limits.depth)
        except SourceError as error:
            raise SourceError(f"of its part {name[:80]!r}: {error.what}", mend=error.mend) from error
        self.notes["characters of documents that are not valid, replaced"] += decoded.replaced
        self.notes[UNKNOWN] += unknown
        return tree

    def side_tree(self, name: str | None) -> Element | None:
        """Return the tree of a part without which the document can still be read; None, noted, if it cannot be."""
        if name is None or name not in self:
            return None
        try:
            return self.tree(name)
        except SourceError:
            self.notes[UNREAD] += 1
            return None


def resolve(base: str, target: str) -> str:
    """Return the name of a part that another, called ``base``, names; it may be of none.

    An address that leads out of the package, to a site or to a file, is the name of no part.
    """
    target = unquote(target.partition("#")[0])
    path = target if target.startswith("/") else posixpath.join(posixpath.dirname(base), target)
    return posixpath.normpath(path).lstrip("/")


def holds(*names: str, mimetype: str = "") -> Callable[[bytes], bool]:
    """Return a test whether bytes are an archive with a part of one of some names.

    Parameters
    ----------
    *names : str
        Any of them tells.
    mimetype : str
        What the part ``mimetype`` begins with, if there is one.
    """
    wanted = [name.casefold() for name in names]

    def tell(data: bytes) -> bool:
        if not looks_like_zip(data) or data.count(ENTRY) > MOST_PARTS:
            return False
        if not any(name.encode() in data for name in names):  # the directory need not be read for most
            return False
        try:
            with closing(ZipFile(io.BytesIO(data))) as archive:
                entries = {_plain(entry.filename): entry for entry in archive.infolist()}
                if not any(name in entries for name in wanted):
                    return False
                said = entries.get(MIMETYPE) if mimetype else None
                if said is None or said.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # others may take much memory
                    return True
                with archive.open(said) as part:
                    return part.read(LONGEST_MIMETYPE).decode("latin-1").strip().startswith(mimetype)
        except DAMAGES:
            return False

    return tell


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
