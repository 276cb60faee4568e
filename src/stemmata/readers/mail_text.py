"""The text of one mail: which of its parts are its words, and what is only attached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from typing import Any, NamedTuple

from stemmata.errors import SourceError
from stemmata.readers.fragments import render_fragment
from stemmata.readers.mail_headers import LONGEST
from stemmata.readers.page import UNFIT, decode_labelled

DEEPEST = 50  # parts within parts; mail programs get to ten, with answers to answers
MOST_PARTS = 10_000
SEALS = ("pgp-signature", "pkcs7-signature", "x-pkcs7-signature")
ATTACHED = "attachments of mails, not read"
SEVEN_BITS = ("us-ascii", "ascii")  # said without a thought: with more bits it tells nothing
UNREADABLE = "texts of mails that are binary, or nested too deep, not read"
GAP = "\n\n"


class _AsItStands(Compat32):
    """Headers are kept as they stand, but for what no header needs: to look into longer ones takes for ever."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, _, value = sourcelines[0].partition(":")
        lines = [value]
        length = len(value)
        for line in sourcelines[1:]:
            if length > LONGEST:
                break
            lines.append(line)
            length += len(line)
        return name, "".join(lines).strip()[:LONGEST]

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002
        return value


class MailText(NamedTuple):
    """The text of a mail, what of it is hidden, and what to note."""

    text: str
    hidden: list[dict[str, Any]]
    notes: Counter[str]


def parse_mail(data: bytes) -> Message:
    """Return the parts of a mail.

    Raises
    ------
    SourceError
        They are nested too deep, or too many.
    """
    try:
        mail = BytesParser(policy=_AsItStands()).parsebytes(data)
    except MemoryError:
        raise
    except RecursionError as error:
        raise _too_deep() from error
    except Exception as error:  # on odd mails it stumbles in many ways
        raise SourceError("it is damaged mail.", mend="save its text as .txt and give that.") from error
    parts = 0
    level: list[Message] = [mail]
    for _ in range(DEEPEST + 1):
        parts += len(level)
        if parts > MOST_PARTS:
            raise SourceError(f"it is mail of over {MOST_PARTS:,} parts.", mend="save its text as .txt and give that.")
        level = [part for one in level if one.is_multipart() for part in _within(one)]
        if not level:
            return mail
    raise _too_deep()


def read_text(mail: Message, depth: int) -> MailText:
    """Return the text of a mail: of what is there in two ways the plain one, else that of HTML.

    Quoted replies and signatures stay; attachments, and mails that are attached, are counted.

    Parameters
    ----------
    mail : email.message.Message
        From :func:`parse_mail`.
    depth : int
        How deep elements of HTML may be nested, 1 to 2,000.
    """
    notes: Counter[str] = Counter()
    parts = _read(mail, depth, notes)
    hidden, start = [], 0
    for part in parts:
        hidden += [row | {"offset": row["offset"] + start} for row in part.hidden]
        start += len(part.text) + len(GAP)
    return MailText(GAP.join(part.text for part in parts), hidden, notes)


class _Part(NamedTuple):
    text: str
    hidden: list[dict[str, Any]]


def _read(part: Message, depth: int, notes: Counter[str]) -> list[_Part]:
    """Return the texts of a part in order, those that have words; how deep parts lie is known to be little."""
    kind = _kind(part)
    if part.is_multipart() and kind.startswith("multipart/"):
        parts = _within(part)
        if kind == "multipart/alternative":
            return _best(parts, depth, notes)
        if kind == "multipart/related":
            notes[ATTACHED] += sum(map(_is_attached, parts[1:]))
            parts = parts[:1]
        return [read for one in parts for read in _read(one, depth, notes)]
    if part.is_multipart() or kind not in ("text/plain", "text/html") or _is_named(part):
        notes[ATTACHED] += _is_attached(part)
        return []
    return _words(part, kind, depth, notes)


def _best(parts: list[Message], depth: int, notes: Counter[str]) -> list[_Part]:
    """Return the plain one of several ways to write a text, else the first that has words."""
    for part in sorted(parts, key=lambda part: _kind(part) != "text/plain"):
        own: Counter[str] = Counter()
        found = _read(part, depth, own)
        if found:
            notes += own
            return found
    return []


def _words(part: Message, kind: str, depth: int, notes: Counter[str]) -> list[_Part]:
    try:
        decoded = decode_labelled(_payload(part), _charset(part))
        notes += Counter({str(note["what"]): int(str(note["count"])) for note in decoded.notes})
        if kind == "text/html":
            text, hidden = render_fragment(decoded.text, depth)
        else:
            text, hidden = UNFIT.sub("", decoded.text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n \t"), []
    except SourceError:
        notes[UNREADABLE] += 1
        return []
    return [_Part(text, hidden)] if text.strip() else []


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return b""
    return data if isinstance(data, bytes) else b""


def _within(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _kind(part: Message) -> str:
    """Return the media type; of what should have parts, and has none, that of the plain text that it is."""
    kind = part.get_content_type()
    return "text/plain" if kind.startswith("multipart/") and not part.is_multipart() else kind


def _charset(part: Message) -> str:
    label = next(_asked(part, "charset", "content-type"), "")
    return "" if label.strip().lower() in SEVEN_BITS else label


def _is_named(part: Message) -> bool:
    """Tell whether a part is a file, by its name or by what is said of it."""
    said = str(part.get("content-disposition", "")).partition(";")[0].strip().lower()
    named = _asked(part, "filename", "content-disposition"), _asked(part, "name", "content-type")
    return said == "attachment" or any(name for names in named for name in names)


def _is_attached(part: Message) -> bool:
    return _kind(part).partition("/")[2] not in SEALS


def _asked(part: Message, name: str, header: str) -> Iterator[str]:
    try:
        found = part.get_param(name, header=header)
        if found:
            yield found[2] if isinstance(found, tuple) else str(found)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return


def _too_deep() -> SourceError:
    return SourceError(
        f"it is mail whose parts are nested over {DEEPEST} deep.", mend="save its text as .txt and give that."
    )
