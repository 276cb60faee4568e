"""What a reader is told of all files: how much each may ask of it, what it reads of pages, what columns are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PROFILES = ("main", "fast", "whole")  # of pages


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a reader stops at; a file beyond is skipped, or cut, with the reason. And what it reads of a page.

    Parameters
    ----------
    bytes : int
        The largest file, as it lies on disk and once unpacked.
    pages : int
        The most pages of a paged document.
    depth : int
        How deep the elements of a page may be nested.
    levels : int
        How deep archives and compressed files may lie in one another; 0: none in another is opened.
    ratio : int
        How many times its packed size a compressed file, or one in an archive, may have once unpacked.
    files : int
        The most files in an archive, those of the archives in it among them.
    seconds : float
        The longest that the reader of one file may take; all files of an archive, ten times as long.
    profile : str
        What of a page is its text: ``main``, ``fast`` or ``whole``; see :func:`stemmata.readers.html.read_html`.
    called : mapping of str to str
        What the caller calls the columns ``text`` and ``doc``, where other than that.
    apart : str
        The place of a file in an archive that is no document, as one of metadata is none.
    """

    bytes: int = 100_000_000
    pages: int = 5_000
    depth: int = 1_000
    levels: int = 3
    ratio: int = 200
    files: int = 100_000
    seconds: float = 60.0
    profile: str = PROFILES[0]
    called: Mapping[str, str] = field(default_factory=dict)
    apart: str = ""
