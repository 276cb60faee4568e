"""Formats that are known by their first bytes, and that no reader here can read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from stemmata.errors import SourceError
from stemmata.readers.encoding import glance
from stemmata.readers.xmltree import root_name

SEVEN = b"7z\xbc\xaf\x27\x1c"
RAR = b"Rar!\x1a\x07"
PACKED = (b"\x1f\x9d", b"\x04\x22\x4d\x18", b"LZIP\1", b"\x89LZO\0")  # compress, lz4, lzip, lzop
IMAGE = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
OFFICE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
LFS = b"version https://git-lfs.github.com/spec/v1\noid "
UNPACK = "unpack it, and give the folder."
XML = re.compile(r"\s*<\?xml\s")


def begins_with(*starts: bytes) -> Callable[[bytes], bool]:
    """Return a test for bytes that begin with one of ``starts``."""
    return lambda data: data.startswith(starts)


def looks_like_xml(data: bytes) -> bool:
    """Tell whether the bytes begin with an XML declaration."""
    return bool(XML.match(glance(data)))


def looks_like_mets(data: bytes) -> bool:
    """Tell whether the root of an XML file is that of METS."""
    return root_name(data) == "mets"


def refuse(what: str, mend: str) -> Callable[[bytes], NoReturn]:
    """Return a reader that says what the bytes are and what to do with them."""

    def read(data: bytes) -> NoReturn:  # noqa: ARG001
        raise SourceError(f"it is {what}, which stemmata does not read.", mend=mend)

    return read
