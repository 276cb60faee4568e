"""Mail: one message in a file (.eml), or many (mbox). Text, and what the headers say of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.attribution import find_attribution
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import glance
from stemmata.readers.mail_headers import read_headers
from stemmata.readers.mail_text import UNREADABLE, parse_mail, read_text
from stemmata.readers.places import Unread

HEAD_BYTES = 16_384  # a dozen servers may stand before the first header that a sender wrote
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,70})[ \t]{0,8}:")
KNOWN = {
    *("from", "to", "cc", "bcc", "date", "subject", "sender", "reply-to", "message-id", "in-reply-to", "references"),
    *("received", "return-path", "delivered-to", "mime-version", "content-type", "content-transfer-encoding"),
    *("list-id", "x-mailer", "user-agent", "x-original-to", "dkim-signature", "authentication-results", "x-received"),
    *("envelope-to", "newsgroups", "path", "organization", "lines"),
}
TELLING = {"from", "received", "message-id", "mime-version", "return-path", "delivered-to"}
MOST_LINES = 200  # of headers that are looked at
BEGINS = b"From "  # a message of an mbox; the line that it begins
MARK = b"\xef\xbb\xbf"
PARTING = re.compile(rb"From [^\r\n]{0,500}\r?\n(?=[A-Za-z>])")
BLANK = (b"\n\n", b"\n\r\n")  # what stands before one that is not the first
ESCAPED = re.compile(rb"^>(>{0,100}From )", re.MULTILINE)
TEXTLESS = "it is mail without text."


def looks_like_mail(data: bytes) -> bool:
    """Tell whether the bytes begin with headers of which two are known, and one only mail has."""
    return _begins(glance(data, HEAD_BYTES), cut=len(data) > HEAD_BYTES)


def looks_like_mbox(data: bytes) -> bool:
    """Tell whether the bytes begin with a line "From …" and headers of a mail."""
    if not data.removeprefix(MARK).lstrip(b"\r\n").startswith(BEGINS):
        return False
    head, _, rest = glance(data, HEAD_BYTES).lstrip("\ufeff\r\n").partition("\n")
    return head.startswith("From ") and _begins(rest, cut=True)


def read_mail(data: bytes, *, depth: int = 1_000) -> pa.Table:
    """Return the text of a mail, and what its headers say.

    Of what is there in two ways the plain text is read, else HTML; all of it, with quoted replies and signatures.
    Attachments are counted.

    Parameters
    ----------
    data : bytes
        The file.
    depth : int
        How deep elements of HTML may be nested, 1 to 2,000.

    Raises
    ------
    SourceError
        It has no text, or parts that are nested too deep or too many.

    References
    ----------
    Resnick, Internet Message Format, RFC 5322; Freed and Borenstein, MIME, RFC 2045 and 2046.
    """
    record, notes = _message(data.removeprefix(MARK).lstrip(b"\r\n"), depth)
    record["sha256"] = sha256(data).hexdigest()  # of a mail in a mailbox it is that of the text: it is no file
    return schemas.remark(take_records([record], [None]), notes=_rows(notes))


def read_mbox(data: bytes, *, depth: int = 1_000) -> pa.Table:
    """Return a row for each mail of an mbox; those that cannot be read are remarked on as skipped.

    A message begins at a line "From …" behind a blank one, with headers after it; such a line without headers is one
    of the text. Lines that were marked so as not to be taken for one, ">From …", are read without the mark.

    Parameters
    ----------
    data : bytes
        The file.
    depth : int
        How deep elements of HTML may be nested, 1 to 2,000.

    Raises
    ------
    SourceError
        No mail in it has a text.

    References
    ----------
    Hall, The application/mbox Media Type, RFC 4155.
    """
    records, rows = [], []
    notes: Counter[str] = Counter()
    unread = Unread()
    for number, message in enumerate(_messages(data.removeprefix(MARK).lstrip(b"\r\n")), 1):
        try:
            record, own = _message(ESCAPED.sub(rb"\1", message), depth)
        except SourceError as error:
            unread.add(f"#{number}", "are mail that cannot be read", error.what, error.mend)
            continue
        records.append(record)
        rows.append(number)
        notes += own
    if not records:
        raise SourceError("it is an mbox in which no mail has a text.", mend="give one with mail that has.")
    return schemas.remark(take_records(records, rows), skipped=unread.skipped(), notes=_rows(notes))


def _message(data: bytes, depth: int) -> tuple[dict[str, Any], Counter[str]]:
    mail = parse_mail(data)
    headers: dict[str, list[str]] = {}
    for name, value in mail.raw_items():
        headers.setdefault(name.strip().lower(), []).append(str(value))
    said, undated = read_headers(headers)
    read = read_text(mail, depth)
    if not read.text:
        what = "it is mail whose text is binary, or nested too deep." if read.notes[UNREADABLE] else TEXTLESS
        raise SourceError(what, mend="give its attachments, if these have text.")
    notes = read.notes + Counter({"dates of mails that are not read": undated})
    record = said | {
        "text": read.text,
        "attribution": find_attribution(read.text),
        "hidden": read.hidden or None,
    }
    return record, notes


def _messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages of an mbox, without the lines that part them."""
    begins = -1
    for found in PARTING.finditer(data):
        behind = data[max(found.start() - 3, 0) : found.start()]
        if found.start() and not behind.endswith(BLANK):
            continue
        if _begins(data[found.end() : found.end() + HEAD_BYTES // 4].decode("latin-1"), cut=True):
            if begins >= 0:
                yield data[begins : found.start()]
            begins = found.end()
    if begins >= 0:
        yield data[begins:]


def _begins(text: str, *, cut: bool) -> bool:
    """Tell whether a text begins with headers of a mail, and a blank line behind them, if it is not cut off."""
    names: set[str] = set()
    *lines, last = text.lstrip("\ufeff\r\n").split("\n", MOST_LINES)
    for line in lines:
        if not line.strip("\r"):
            break
        if line[0] in " \t" and names:
            continue
        found = HEADER.match(line)
        if not found and not (line.startswith(">From ") and names):
            return False
        if found:
            names.add(found[1].lower())
    else:
        if last and not cut and len(lines) < MOST_LINES:
            return False
        names |= {found[1].lower() for found in [HEADER.match(last)] if found}
    return len(names & KNOWN) >= 2 and bool(names & TELLING)


def _rows(notes: Counter[str]) -> list[dict[str, object]]:
    return [{"stage": "documents", "what": what, "count": count} for what, count in sorted(notes.items())]
