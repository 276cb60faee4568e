"""Books (EPUB 2 and 3): the text of their chapters in the order of reading, and what the book says of itself."""

from __future__ import annotations

import pyarrow as pa

from stemmata.errors import SourceError
from stemmata.readers.epub_book import read_book, read_labels
from stemmata.readers.hidden import MOST, take_marks
from stemmata.readers.limits import Limits
from stemmata.readers.packages import UNREAD, Package, holds
from stemmata.readers.page import Element, decode_page, is_unseen, parse_page, render
from stemmata.readers.page_hidden import take_out_hidden
from stemmata.readers.properties import said
from stemmata.readers.writing import LONGEST_LABEL, Written, only_row
from stemmata.readers.xmltree import UNKNOWN, local, parse_xml

CONTAINER = "META-INF/container.xml"
HEADINGS = ("h1", "h2", "h3", "title")
UNSEEN = ("nav", "rp", "rt")  # beside what no page shows: contents, and how letters are to be said
NO_TEXT = {  # numbers that lead to notes and back, and those of pages
    *("noteref", "backlink", "pagebreak", "toc", "doc-noteref", "doc-backlink", "doc-pagebreak", "doc-toc"),
    *("footnote-ref", "footnote-back"),
}
KINDS = ("{http://www.idpf.org/2007/ops}type", "epub:type", "role", "class")

looks_like_epub = holds(CONTAINER)


def read_epub(
    data: bytes,
    *,
    depth: int = Limits.depth,
    bytes: int = Limits.bytes,  # noqa: A002 (as the limit is called)
    ratio: int = Limits.ratio,
    files: int = Limits.files,
) -> pa.Table:
    """Return the text of a book as one row, with where its chapters begin.

    Chapters are the documents of the spine, each with the locator that the table of contents gives it, else its first
    heading, else its title, else its number. Tables of contents are left out, also those that stand within a chapter
    (``nav``), and the numbers of notes and pages; what the book hides is no text, and told as that of pages is.

    Parameters
    ----------
    data : bytes
        The file.
    depth, bytes, ratio, files : int
        As in :class:`stemmata.readers.limits.Limits`, of its parts.

    Raises
    ------
    SourceError
        The archive or its package document is damaged or swells beyond the limits, or no chapter can be read.

    References
    ----------
    W3C, EPUB 3.3; IDPF, Open Packaging Format (OPF) 2.0.1.
    """
    package = Package(data, Limits(depth=depth, bytes=bytes, ratio=ratio, files=files))
    book = read_book(package, CONTAINER)
    labels = read_labels(package, book)
    texts: list[str] = []
    locators: list[tuple[int, str]] = []
    hidden: list[dict[str, object]] = []
    length = unread = 0
    refusal: SourceError | None = None
    for name in book.chapters:
        try:
            tree = _chapter(package, name, depth)
        except SourceError as error:
            refusal = refusal or error
            unread += 1
            continue
        stretches = take_out_hidden(tree)
        text, stood = take_marks(render(tree, _is_beside), stretches)
        if not text:
            continue
        hidden += [{**row, "offset": row["offset"] + length} for row in stood]
        locators.append((length, _label(labels.get(name), tree) or f"chapter {len(locators) + 1}"))
        texts.append(text)
        length += len(text) + 2
    if not texts:
        raise refusal or SourceError(
            "it is a book without text.", mend="if it is of images, recognise their text (OCR)."
        )
    package.notes[UNREAD] += unread
    return only_row(Written("\n\n".join(texts), locators, hidden[:MOST]), book.said, data, package.notes)


def _chapter(package: Package, name: str, depth: int) -> Element:
    """Return the tree of a chapter, with names of HTML; one that is not well-formed is read as a page."""
    decoded = decode_page(package.read(name))
    try:
        tree, unknown = parse_xml(decoded.text, depth)
    except SourceError:
        return parse_page(decoded.text, depth)
    package.notes[UNKNOWN] += unknown
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.tag = local(element)
    return tree


def _is_beside(element: Element) -> bool:
    if is_unseen(element) or element.tag in UNSEEN:
        return True
    return any(not NO_TEXT.isdisjoint(element.get(kind, "").split()) for kind in KINDS)


def _label(listed: str | None, tree: Element) -> str | None:
    for name in () if listed else HEADINGS:
        listed = listed or next(filter(None, map(said, tree.iter(name))), None)
    return listed[:LONGEST_LABEL] if listed else None
