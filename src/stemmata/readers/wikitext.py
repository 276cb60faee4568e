"""The markup of MediaWiki as text: one pass with a stack, so that what is left open costs no more than its length.

Templates are not expanded: what they would print stands in other pages. Text that they take as their arguments goes
with them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from stemmata.readers.page import UNFIT
from stemmata.readers.wikitables import lay_out

DROPPED = (
    *("ref", "references", "math", "gallery", "timeline", "score", "graph", "mapframe", "maplink", "imagemap"),
    *("templatestyles", "indicator", "templatedata", "section", "hiero", "chem", "ce", "inputbox", "style"),
)
KEPT = ("nowiki", "pre", "syntaxhighlight", "source")  # as it stands: signs in it are no markup
RAW = re.compile(rf"<!--|<({'|'.join((*DROPPED, *KEPT))})\b([^<>]{{0,2000}})>", re.IGNORECASE)
SIGNS = re.compile(r"[\[\]{}|'=*#:;<>&!_~-]")
TOKENS = re.compile(r"\{\{+|\}\}+|\[\[|\]\]")
NAMED = frozenset(("file", "image", "media", "category"))  # in every wiki, beside the names of its own language
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z-]{1,12})?")  # the beginning of a link to the page in another language
OUTSIDE = re.compile(r"\[(?:https?:|ftps?:|mailto:|news:|//)[^\s\[\]<>\"]*(?:[ \t]+([^\[\]\n]*))?\]", re.IGNORECASE)
LINE_TAG = re.compile(r"<(?:br|hr)\b[^<>]*>\n?", re.IGNORECASE)
BLOCK_TAG = re.compile(
    r"</?(?:p|div|center|blockquote|poem|table|ul|ol|dl|h[1-6]|section|onlyinclude)\b[^<>]*>", re.IGNORECASE
)
ROW_TAG = re.compile(r"</?(?:tr|li|dt|dd)\b[^<>]*>", re.IGNORECASE)
CELL_TAG = re.compile(r"</t[dh]\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
QUOTES = re.compile(r"'{2,}")
SWITCH = re.compile(r"__[^\W\d_]{3,40}__")
HEADING = re.compile(r"(={1,6})(.*?)\1[ \t]*")
ITEM = re.compile(r"[*#:;]+[ \t]*")
GAPS = re.compile(r"\n{3,}")


def plain_text(markup: str, dropped: Collection[str] = ()) -> str:
    """Return the text of a page: without templates, notes, files and categories, of links their labels.

    Headings, items and paragraphs stand as in other formats: parted by a blank line or a line end, cells by a tab. What
    is left open is text.

    Parameters
    ----------
    markup : str
        The page as its author wrote it.
    dropped : collection of str
        Names of namespaces, in lower case, whose links are no words, beside the English ones of files and categories.
    """
    text = _without_raw(UNFIT.sub("", markup.replace("\r\n", "\n")))
    text = OUTSIDE.sub(lambda found: found[1] or "", text)  # first: of "]]]" one bracket may be its own
    text = _without_links(text, NAMED.union(dropped))
    for tag, instead in ((LINE_TAG, "\n"), (BLOCK_TAG, "\n\n"), (ROW_TAG, "\n"), (CELL_TAG, "\t"), (TAG, "")):
        text = tag.sub(instead, text)
    text = QUOTES.sub(_without_emphasis, SWITCH.sub("", text))
    text = "\n".join(map(_without_signs, lay_out(text.split("\n"))))
    text = UNFIT.sub("", ENTITY.sub(lambda found: unescape(found[0]), text))
    return GAPS.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def _without_raw(markup: str) -> str:
    """Return the markup without comments and what is no text, and with signs that are no markup as references."""
    pieces: list[str] = []
    at = 0
    endless = set()  # elements that are not closed any more
    while found := RAW.search(markup, at):
        pieces.append(markup[at : found.start()])
        at = found.end()
        if found[0] == "<!--":
            end = markup.find("-->", at)
            at = len(markup) if end < 0 else end + 3
            continue
        name = found[1].lower()
        if found[2].endswith("/"):
            continue
        closing = (
            None if name in endless else re.compile(rf"</{name}\b[^<>]{{0,40}}>", re.IGNORECASE).search(markup, at)
        )
        if closing is None:
            endless.add(name)
            continue
        if name in KEPT:
            kept = SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", markup[at : closing.start()])
            pieces.append(kept if name == "nowiki" else f"\n\n{kept}\n\n")
        at = closing.end()
    pieces.append(markup[at:])
    return "".join(pieces)


class _Open:
    """Braces or brackets that are open: how many, and what stands in them."""

    def __init__(self, braces: int) -> None:
        self.braces = braces  # 0: a link
        self.pieces: list[str] = []


def _without_links(text: str, dropped: Collection[str]) -> str:
    """Return a text without templates, and with the labels of its links."""
    stack = [_Open(0)]
    templates = at = 0
    for found in TOKENS.finditer(text):
        top = stack[-1]
        top.pieces.append(text[at : found.start()])
        at, sign = found.end(), found[0]
        if sign[0] == "{":
            stack.append(_Open(len(sign)))
            templates += 1
        elif sign == "[[":
            stack.append(_Open(0))
        elif sign == "]]" and len(stack) > 1 and not top.braces:
            stack.pop()
            stack[-1].pieces.append(_label("".join(top.pieces), dropped))
        elif sign[0] == "}" and templates:
            closes = len(sign)
            while closes >= 2 and templates:
                while not stack[-1].braces:
                    stack.pop()  # a link that is left open in a template goes with it
                both = min(closes, stack[-1].braces)
                closes -= both
                stack[-1].braces -= both
                if stack[-1].braces < 2:
                    stack.pop()
                    templates -= 1
        else:
            top.pieces.append(sign)
    rest = [piece for each in stack for piece in each.pieces]
    return "".join(rest) + text[at:]


def _label(link: str, dropped: Collection[str]) -> str:
    target, bar, label = link.partition("|")
    prefix, colon, _ = target.partition(":")
    space = prefix.strip().lower()
    if colon and space:
        if space in dropped:
            return ""
        if not bar and LANGUAGE.fullmatch(space) and prefix.islower():
            return ""
    return label if label.strip() else target.strip().removeprefix(":")


def _without_emphasis(found: re.Match[str]) -> str:
    """Return the apostrophes that are letters: of four one, of more than five what is over."""
    many = len(found[0])
    return "'" if many == 4 else "'" * max(0, many - 5)


def _without_signs(line: str) -> str:
    """Return a line without what makes it a heading, an item or a rule."""
    if line.startswith("="):
        found = HEADING.fullmatch(line.rstrip())
        if found and found[2].strip():
            return f"\n{found[2].strip('= ')}\n"
    if line.startswith("----"):
        return f"\n{line.lstrip('-')}"
    if line[:1] and line[0] in "*#:;":
        return ITEM.sub("", line, count=1)
    return line.strip(" ")
