"""A page as a tree, and a tree as text.

Trees are walked by events, never by recursion, and a page is refused while it is parsed, as soon as it is
nested too deep: neither the parser nor what comes after it has to survive such a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from stemmata.errors import SourceError
from stemmata.readers.encoding import Decoded, decode, decode_as

Element: TypeAlias = Any  # of lxml, which has no types

CHUNK_BYTES = 16_384  # parsed between two looks at the depth; lxml itself gives up at 2,048
MOST_ELEMENTS = 3_000_000  # of a tree, which then takes up to 1.5 GB; a book of a thousand pages has a third as many
HEAD_BYTES = 4_096
BYTES_PER_NUL = 100
CHARSET = re.compile(rb"<meta\b[^>]{,400}?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{,40})", re.IGNORECASE)
DECLARED = re.compile(rb"\s*<\?xml\b[^>]{,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9_.:-]{,40})")
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")  # for trees, or kept for marks
OPENING = (
    r"[\s\ufeff]*+(?:<\?xml[^>]*>)?\s*+(?:(?><!--(?s:.*?)-->)\s*)*+"  # never tried in a second way: that takes for ever
)
SUBSET = re.compile(
    rf"\A({OPENING})<!DOCTYPE[^>\[]{{0,400}}\[[^\]]*\]\s*>", re.IGNORECASE
)  # of entities, which are not read

SPACE = re.compile("[ \t\n\r\f]+")  # what a browser shows as one space: not the spaces that do not break
KEEPING_SPACE = {"pre", "code", "listing", "xmp"}
UNSEEN = {  # what a reader of the page does not see as text
    *("head", "script", "style", "template", "noscript", "svg", "math", "canvas", "iframe", "object", "embed"),
    *("audio", "video", "map", "button", "select", "option", "textarea", "input", "datalist"),
}
CELLS = {"td", "th", "cell"}
LINES = {"br", "lb", "li", "item", "tr", "row", "dt", "dd", "option", "legend", "caption"}
PARAGRAPHS = {
    *("p", "div", "article", "section", "main", "body", "header", "footer", "nav", "aside", "address", "hgroup"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "pre", "blockquote", "quote", "center", "form", "fieldset"),
    *("ul", "ol", "dl", "menu", "dir", "list", "table", "figure", "figcaption", "details", "summary", "dialog"),
}
GAPS = ("", "\t", "\n", "\n\n")


def is_unseen(element: Element) -> bool:
    """Tell whether an element is one that a reader of the page does not see as text."""
    return element.tag in UNSEEN


def decode_page(data: bytes, charset: str | None = None) -> Decoded:
    """Decode a page: by its byte order mark, as UTF-8, by what its server says, by what it declares, else by guess.

    UTF-8 goes before what is declared, for pages are often stored as UTF-8 with an old declaration in them, and
    other encodings do not pass for UTF-8 by accident.

    Parameters
    ----------
    data : bytes
        The page.
    charset : str, optional
        The label of the encoding that the server named.

    Raises
    ------
    SourceError
        The bytes are binary.
    """
    data = _without_stray_nuls(data)
    declared = CHARSET.search(data[:HEAD_BYTES]) or DECLARED.match(data)
    return _as_declared(data, charset, declared[1].decode("ascii") if declared else None)


def decode_labelled(data: bytes, label: str) -> Decoded:
    """Decode what is labelled with an encoding from outside, as the parts of a mail are; see :func:`decode_page`.

    Raises
    ------
    SourceError
        The bytes are binary.
    """
    return _as_declared(_without_stray_nuls(data), label)


def _without_stray_nuls(data: bytes) -> bytes:
    """Return the bytes without a few NULs, which browsers ignore; UTF-16 has many."""
    return data.replace(b"\0", b"") if 0 < BYTES_PER_NUL * data.count(0) < len(data) else data


def _as_declared(data: bytes, *labels: str | None) -> Decoded:
    from resiliparse.parse.encoding import map_encoding_to_html5

    decoded = decode(data)
    if not (decoded.guessed or decoded.replaced):
        return decoded
    named = (map_encoding_to_html5(label, fallback_utf8=False) for label in labels if label and label.isascii())
    encoding = next((one for one in named if one not in (None, "utf-8", "utf-16-le", "utf-16-be")), None)
    if encoding is None:
        return decoded
    text, replaced = decode_as(
        data, {"gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932"}.get(encoding, encoding)
    )
    return Decoded(text, encoding, replaced) if replaced <= decoded.replaced or decoded.guessed else decoded


class Growth:
    """How deep elements are nested in a tree that is being parsed, and how many there are.

    Parameters
    ----------
    depth : int
        How deep they may be.
    """

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._deep = self._count = 0

    def watch(self, events: Iterable[tuple[str, Element]]) -> None:
        """Count elements as they begin and end.

        Raises
        ------
        SourceError
            They are nested too deep, or over ``MOST_ELEMENTS``.
        """
        mend = "save its text as .txt and give that."
        for event, _ in events:
            if event != "start":
                self._deep -= 1
                continue
            self._deep += 1
            self._count += 1
            if self._deep > self._depth:
                raise SourceError(f"it is nested more than {self._depth:,} elements deep.", mend=mend)
        if self._count > MOST_ELEMENTS:
            raise SourceError(f"it has over {MOST_ELEMENTS:,} elements.", mend=f"split it, or {mend}")


def parse_page(text: str, depth: int) -> Element:
    """Return the tree of a page, without comments.

    Raises
    ------
    SourceError
        Elements are nested deeper than ``depth``, or there are none, or too many.
    """
    from lxml.etree import ElementDefaultClassLookup, HTMLPullParser
    from lxml.html import HtmlElement

    parser = HTMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        no_network=True,
    )
    parser.set_element_class_lookup(ElementDefaultClassLookup(HtmlElement))  # lxml.html asks Python for each element
    data = SUBSET.sub(r"\1", _fit(text), count=1).encode()
    growth = Growth(depth)
    for start in range(0, len(data), CHUNK_BYTES):
        parser.feed(data[start : start + CHUNK_BYTES])
        growth.watch(parser.read_events())
    tree = parser.close() if data else None
    if tree is None:
        raise SourceError("it is a page without elements.", mend="save its text as .txt and give that.")
    if "&#" in text:
        _drop_unfit(tree)
    return tree


def render(tree: Element, leave_out: Callable[[Element], bool] = lambda _: False) -> str:
    """Return the text of a tree: paragraphs parted by a blank line, items and rows by a line end, cells by a tab.

    Parameters
    ----------
    tree : lxml element
        Of HTML, or of what trafilatura makes of it.
    leave_out : callable, optional
        Whether to pass over an element and all in it; by default over none.
    """
    from lxml.etree import iterwalk

    pieces: list[str] = []
    gap = kept = 0
    walker = iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        begins = event == "start"
        gap = max(gap, _gap(element, tree))
        if begins and leave_out(element):
            walker.skip_subtree()
            text = None
        elif begins:
            kept += element.tag in KEEPING_SPACE
            text = element.text
        else:
            kept -= element.tag in KEEPING_SPACE
            text = element.tail if element is not tree else None
        if text and not kept:
            text = SPACE.sub(" ", text)
            if gap or not pieces or pieces[-1].endswith(" "):
                text = text.removeprefix(" ")
        if text:
            if gap and pieces:
                pieces[-1] = pieces[-1].rstrip(" ")
                pieces.append(GAPS[gap])
            pieces.append(text)
            gap = 0
    return "".join(pieces).strip()


def _gap(element: Element, tree: Element) -> int:
    name = element.tag
    if name in PARAGRAPHS or element.getparent() is tree:
        return 3
    return 2 if name in LINES else 1 if name in CELLS else 0


def _drop_unfit(tree: Element) -> None:
    """Take out the control characters that numeric references have brought in; no tree takes them from Python."""
    for element in tree.iter():
        if UNFIT.search(element.text or ""):
            element.text = _fit(element.text)
        if UNFIT.search(element.tail or ""):
            element.tail = _fit(element.tail)


def _fit(text: str) -> str:
    return UNFIT.sub("", text.replace("\f", " "))
