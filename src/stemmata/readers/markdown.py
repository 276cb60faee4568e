"""Markdown: the text without the marks of markup, and what stands before it between two lines of hyphens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.attribution import find_attribution
from stemmata.readers.brackets import set_aside
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import decode
from stemmata.readers.page import UNFIT

if TYPE_CHECKING:
    from markdown_it.token import Token

DEEPEST = 60  # lists and quotations within one another; what lies deeper the parser would pass over in silence
FRONT = re.compile(r"---[ \t]*\n((?:(?!(?:---|\.\.\.)[ \t]*(?:\n|\Z)).*\n){1,200}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
FIELD = re.compile(r"([A-Za-z_][\w -]{0,40}):[ \t]*(.*)")
FIELDS = {"title": "title", "author": "author", "authors": "author", "date": "published", "lang": "language"}
FIELDS |= {"language": "language"}
COMMENT = re.compile(r"<!--(?s:.*?)(?:-->|\Z)")
UNSEEN = re.compile(r"<(script|style)\b[^<>]*>(?s:.*?)(?:</\1\s{0,9}>|\Z)", re.IGNORECASE)
BREAK = re.compile(r"<br\b[^<>]*>|</?(?:li|tr|dt|dd)\b[^<>]*>", re.IGNORECASE)
BLOCK = re.compile(r"</?(?:p|div|h[1-6]|table|ul|ol|dl|details|summary|blockquote|pre|center)\b[^<>]*>", re.IGNORECASE)
CELL = re.compile(r"</t[dh]\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
NOTE = re.compile(
    r"^\[\^[^\]\s]{1,60}\]:[ \t]?|\[\^[^\]\s]{1,60}\]", re.MULTILINE
)  # at the foot, and where it is called
GAPS = ("", "\t", "\n", "\n\n")
PARAGRAPHS = {
    *("heading_open", "blockquote_open", "table_open", "bullet_list_open", "ordered_list_open", "hr"),
    *("bullet_list_close", "ordered_list_close", "blockquote_close", "table_close", "heading_close"),
}
FLAT = "Markdown that is nested too deep, read as plain text"
UNDATED = "dates before Markdown that are not read"


def read_markdown(data: bytes) -> pa.Table:
    """Return the text of a file of Markdown as a reader sees it.

    Signs of headings, emphasis, items and quotations go, as do comments, and the addresses of links and pictures, whose
    labels stay; code stays. Paragraphs are parted by a blank line, items and rows by a line end, cells by a tab.
    Lines of a paragraph stay lines, and a list that does not begin at 0 or 1 keeps its numbers: it may be prose that
    begins with a year. ``title``, ``author``, ``date`` and ``lang`` between two lines of hyphens at the beginning fill
    the columns; the title is else that of a heading at the beginning.

    Raises
    ------
    SourceError
        The bytes are binary, or there is no text.

    References
    ----------
    MacFarlane, CommonMark Spec 0.31.2; tables and strikethrough of GitHub Flavored Markdown.
    """
    decoded = decode(data)
    source = UNFIT.sub("", decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    front = _front(source)
    body = source[front.end :]
    aside = set_aside(body)
    tokens = _parse(aside.source)
    text = body.strip("\n") if tokens is None else aside.back(_written(tokens))
    if not text.strip():
        raise SourceError("it is Markdown without text.", mend="give a file with text in it.")
    record = {
        "title": aside.back(_headline(tokens or ())) or None,
        **front.said,
        "text": text,
        "attribution": find_attribution(text),
        "sha256": sha256(data).hexdigest(),
    }
    counts = {FLAT: int(tokens is None), UNDATED: front.undated}
    notes = [{"stage": "documents", "what": what, "count": count} for what, count in counts.items()]
    return schemas.remark(take_records([record], [None]), notes=[*decoded.notes, *notes])


class _Front(NamedTuple):
    """What stands before the text, by the names of columns, and where it ends."""

    said: dict[str, Any]
    end: int
    undated: int


def _front(source: str) -> _Front:
    found = FRONT.match(source)
    lines = [line for line in found[1].split("\n") if line.strip() and line[0] not in "# \t"] if found else []
    if not found or not lines or not FIELD.fullmatch(lines[0]):
        return _Front({}, 0, 0)  # a rule above prose
    said: dict[str, Any] = {}
    for line in lines:
        field = FIELD.fullmatch(line)
        name = FIELDS.get(field[1].strip().lower()) if field else None
        value = field[2].strip().strip("[]").strip("\"'") if field else ""
        if name and value:
            said.setdefault(name, value)
    undated = 0
    if "published" in said:
        said["published"] = _date(said["published"])
        said["dated_by"] = "front matter: date" if said["published"] else None
        undated = said["published"] is None
    return _Front(said, found.end(), int(undated))


def _date(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said[:40])
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _parse(source: str) -> Sequence[Token] | None:
    """Return the tokens; None where they are nested deeper than the parser looks."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    try:
        tokens = parser.parse(source)
    except RecursionError:
        return None
    return None if any(token.level >= DEEPEST - 1 for token in tokens) else tokens


def _headline(tokens: Sequence[Token]) -> str:
    """Return the heading of the first order at the beginning."""
    if len(tokens) > 1 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return " ".join(_inline(tokens[1].children or ()).split())
    return ""


def _written(tokens: Sequence[Token]) -> str:
    """Return the text of a file, from its tokens."""
    pieces: list[str] = []
    gap = 0
    lists: list[bool] = []  # whether the items of a list keep their numbers
    number = ""
    for token in tokens:
        kind = token.type
        text = ""
        if kind in PARAGRAPHS:
            gap = 3 if kind not in ("bullet_list_open", "ordered_list_open") or len(lists) == 0 else max(gap, 2)
            if kind.endswith("list_open"):
                lists.append(kind == "ordered_list_open" and token.attrGet("start") not in (None, 0, 1))
            elif kind.endswith("list_close"):
                lists.pop()
                gap = 2 if lists else 3
        elif kind in ("list_item_open", "tr_open"):
            gap = max(gap, 2)
            number = f"{token.info}{token.markup} " if lists and lists[-1] and kind == "list_item_open" else ""
        elif kind in ("th_open", "td_open"):
            gap = max(gap, 1)
        elif kind in ("paragraph_open", "paragraph_close"):
            gap = max(gap, 2 if token.hidden else 3)
        elif kind == "inline":
            text = _inline(token.children or ())
        elif kind in ("fence", "code_block"):
            text, gap = token.content.strip("\n"), 3
        elif kind == "html_block":
            text, gap = _of_html(token.content), 3
        if text.strip():
            if pieces:
                pieces.append(GAPS[gap])
            pieces.append(number + text)
            number = ""
            gap = 3 if kind in ("fence", "code_block", "html_block") else 0
    return "".join(pieces)


def _inline(tokens: Sequence[Token]) -> str:
    pieces = []
    for token in tokens:
        if token.type == "text":
            pieces.append(NOTE.sub("", token.content) if "[^" in token.content else token.content)
        elif token.type == "code_inline":
            pieces.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif token.type == "image":
            pieces.append(_alternative(token))
        elif token.type == "html_inline" and BREAK.fullmatch(token.content):
            pieces.append("\n")
    return UNFIT.sub("", "".join(pieces))


def _alternative(image: Token) -> str:
    """Return the words that stand for a picture."""
    words: list[str] = []
    waiting = [*(image.children or ())][::-1]
    while waiting:
        token = waiting.pop()
        waiting += (token.children or ())[::-1]
        words.append(token.content if not token.children else "")
    return "".join(words)


def _of_html(markup: str) -> str:
    """Return the words of a block of HTML; comments, scripts and styles are none."""
    text = UNSEEN.sub("", COMMENT.sub("", markup))
    for tag, instead in ((BREAK, "\n"), (BLOCK, "\n\n"), (CELL, "\t"), (TAG, "")):
        text = tag.sub(instead, text)
    text = UNFIT.sub("", ENTITY.sub(lambda found: unescape(found[0]), text))
    lines = (" ".join(line.split(" ")).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
