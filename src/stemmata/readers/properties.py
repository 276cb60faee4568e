"""What office documents and books say of themselves beside their text: title, dates, and names that identify."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from stemmata.readers.datespans import read_span
from stemmata.readers.page import UNFIT, Element

MADE_BY = re.compile(r"^Microsoft \w+ - ")  # what office programs put before a title
NO_TITLE = re.compile(r"untitled|\S*\.\w{2,4}", re.IGNORECASE)  # a file's name is none
NOBODY = {  # what programs put for a name
    *("admin", "administrator", "anonymous", "author", "default", "guest", "home", "me", "microsoft", "none", "owner"),
    *("pc", "python-docx", "student", "unknown", "unknown author", "user", "windows user", "word document"),
    *("microsoft office user", "microsoft office-anwender", "utilisateur windows", "usuario de windows"),
}
EVERYBODY_S = re.compile(r"normal(?:\.dotm?x?)?|default|standard|none", re.IGNORECASE)  # templates
MARK = re.compile(r"[0-9A-Fa-f]{1,8}")
SIGNS = re.compile(r"[0-9A-Z]+")
COUNTED = ("0123456789" * 3, "9876543210" * 3, "0123456789ABCDEF" * 3, "FEDCBA9876543210" * 3)
LEAST_DIFFERENT = 3  # signs of an identifier
MOST_MARKS = 20_000  # of revision; a file of more was made to have them


def said(element: Element | None) -> str | None:
    """Return what an element says, without line ends and signs that no text has; None where that is nothing."""
    return None if element is None else one_line("".join(element.itertext()))


def one_line(text: str) -> str | None:
    """Return a text on one line; None where it has none."""
    return " ".join(UNFIT.sub("", text).split()) or None


def read_title(text: str | None) -> str | None:
    """Return a title; none where it is the name of a file, or what a program puts there."""
    title = MADE_BY.sub("", text or "")
    return None if not title or NO_TITLE.fullmatch(title) else title


def dates(created: str | None, modified: str | None, by: str) -> dict[str, Any]:
    """Return columns for when a file was made and changed, by the clock of a machine.

    Parameters
    ----------
    created, modified : str or None
        Dates of XML Schema; what is none, or no more than a month, is left out.
    by : str
        What sets them.
    """
    first, last = _moment(created), _moment(modified)
    return {"published": first, "modified": last, "dated_by": by if first else None}


def _moment(text: str | None) -> datetime | None:
    span = read_span(text or "")
    return span.first if span and span.exact else None


def is_filler(identifier: str) -> bool:
    """Tell whether an identifier is what programs and manuals put for none: one sign over and over, or counted through.

    So is each part of it, as in 00000000-0000-0000-0000-000000000000, 12345678-1234-1234-1234-123456789012, XXXX.
    """
    parts = SIGNS.findall(identifier.upper())
    return all(len(set(part)) < LEAST_DIFFERENT or any(part in signs for signs in COUNTED) for part in parts)


def lineage(marks: Iterable[str], **names: str | None) -> list[str] | None:
    """Return identifiers for the column ``lineage``.

    Parameters
    ----------
    marks : iterable of str
        Marks of revision, hexadecimal; nought is none.
    **names : str or None
        ``docx_id``, ``author``, ``last_modified_by``, ``company``, ``template``, ``book``; what programs put there by
        themselves is left out.
    """
    found = sorted({f"rsid:{int(mark, 16):08X}" for mark in marks if MARK.fullmatch(mark) and int(mark, 16)})
    named = [
        f"{kind.replace('_', '-')}:{name}"
        for kind, name in names.items()
        if name and name.casefold() not in NOBODY and not (kind == "template" and EVERYBODY_S.fullmatch(name))
    ]
    return [*found[:MOST_MARKS], *named] or None
