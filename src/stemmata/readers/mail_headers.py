"""What the headers of a mail say: words, people, dates, identifiers.

The policies of :mod:`email` that parse headers raise whatever they like on odd ones, and take a time that grows with
the square of their length. So headers are taken as they stand, cut, and read here.
"""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from stemmata.errors import SourceError
from stemmata.readers.encoding import decode
from stemmata.readers.page import UNFIT, decode_labelled

LONGEST = 8_000  # characters of a header that are looked at
LONGEST_PEOPLE = 1_000  # of one that names people
MOST_PEOPLE = 10
LONGEST_DATE = 100
MOST_IDENTIFIERS = 20  # of messages that one answers: the nearest
WORD = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?\s]{0,2000})\?=")
QUOTED = re.compile(rb"=([0-9A-Fa-f]{2})")
BETWEEN = re.compile(
    r"(\?=)[ \t\r\n]+(?==\?[\w.:*-]{1,60}\?[bBqQ]\?)"
)  # white space between encoded words says nothing
IDENTIFIER = re.compile(r"<([^<>\s]{3,250})>")
LIST = re.compile(r"<([^<>\s]{1,250})>\s*$")
HOST = re.compile(r"@([\w-]+(?:\.[\w-]+)+)$")


def plain(value: str) -> str:
    """Return a header in one line: encoded words and bytes of whatever encoding become letters."""
    value = _letters(value[:LONGEST])
    text = WORD.sub(_decoded, BETWEEN.sub(r"\1", value))
    return " ".join(UNFIT.sub("", text).split())


def people(value: str) -> list[tuple[str, str]]:
    """Return names and addresses, each of which may be empty."""
    try:  # encoded names may hold commas: they become letters last
        found = getaddresses([_letters(value[:LONGEST_PEOPLE])])
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return []
    return [(plain(name).strip("\"' "), plain(address)) for name, address in found[:MOST_PEOPLE] if name or address]


def moment(value: str) -> datetime | None:
    """Return a date of RFC 5322, or of ISO 8601, in UTC; what names no time zone is UTC."""
    value = value.strip()[:LONGEST_DATE]
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(value)
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            continue
    return None


def site_of(list_id: str, address: str) -> str | None:
    """Return the list that carried a mail, else the host of the sender's address."""
    found = LIST.search(list_id[:LONGEST]) or HOST.search(address)
    return found[1].lower() if found else None


def lineage_of(identifier: str, answered: list[str]) -> list[str]:
    """Return the identifier of a mail, and those of the mails that it answers, the nearest first."""
    own = [f"message-id:{one}" for one in IDENTIFIER.findall(identifier[:LONGEST])[:1]]
    before = [one for header in answered for one in reversed(IDENTIFIER.findall(header[-LONGEST:]))]
    return own + [f"reply-to:{one}" for one in dict.fromkeys(before)][:MOST_IDENTIFIERS]


def _letters(value: str) -> str:
    """Return a header whose bytes beyond ASCII, which the parser keeps as surrogates, are decoded."""
    if value.isascii():
        return value
    try:
        return decode(value.encode("utf-8", "surrogateescape")).text
    except (SourceError, UnicodeEncodeError):
        return value.encode("ascii", "replace").decode()


def _byte(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _decoded(found: re.Match[str]) -> str:
    label, how, said = found.groups()
    data = said.encode("utf-8", "surrogateescape")
    try:
        base64 = data + b"=" * (-len(data) % 4)
        raw = binascii.a2b_base64(base64) if how in "bB" else QUOTED.sub(_byte, data.replace(b"_", b" "))
        return decode_labelled(raw, label).text if raw else ""
    except (SourceError, ValueError):
        return found[0]


def first(headers: dict[str, list[str]], name: str) -> str:
    """Return the first header of a name; empty where there is none."""
    return next(iter(headers.get(name, ())), "")


def read_headers(headers: dict[str, list[str]]) -> tuple[dict[str, Any], int]:
    """Return what the headers of a mail say, by the names of columns, and how many of its dates are not read."""
    senders = people(first(headers, "from")) or people(first(headers, "sender"))
    date = first(headers, "date")
    when = moment(date) if date else None
    answered = [first(headers, "in-reply-to"), first(headers, "references")]
    said = {
        "title": plain(first(headers, "subject")) or None,
        "author": ", ".join(name or address for name, address in senders) or None,
        "site": site_of(first(headers, "list-id"), senders[0][1] if senders else ""),
        "published": when,
        "dated_by": "mail: Date" if when else None,
        "lineage": lineage_of(first(headers, "message-id"), answered) or None,
    }
    return said, int(bool(date) and when is None)
