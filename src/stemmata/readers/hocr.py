"""hOCR: what OCR engines write of pages as HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pyarrow as pa

from stemmata.readers.encoding import glance
from stemmata.readers.html import looks_like_html, read_html
from stemmata.readers.limits import Limits
from stemmata.readers.ocr_text import HEADS, Page, call_page, recognised, spaced, tidy
from stemmata.readers.page import Element, decode_page, is_unseen, parse_page, render

HEAD_BYTES = 65_536
MARKED = re.compile(
    r"<meta\s[^>]{,400}?\bname\s*=\s*[\"']?ocr-(?:system|capabilities)\b"
    r"|<\w+\s[^>]{,400}?\bclass\s*=\s*(?:[\"'](?:[\w-]+\s+){,9})?ocr_page[\s\"'>]",
    re.IGNORECASE,
)
LINES = {"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"}
BLOCKS = {"ocr_par", "ocr_carea", "ocrx_block"}
FLOATS = {"ocr_header", "ocr_footer", "ocr_pageno"}  # what is on every page, where lines lie in it
IMAGE = re.compile(r"\bimage\s+[\"']([^\"']{,2000})[\"']")
COUNTED = re.compile(r"(?:^|;)\s*ppageno\s+(\d{1,9})")
PRINTED = re.compile(r"(?:^|;)\s*lpageno\s+[\"']?([\w .-]{1,40})")


def looks_like_hocr(data: bytes) -> bool:
    """Tell whether a page in HTML says that an OCR engine wrote it, or begins with a page as these mark it."""
    return looks_like_html(data) and bool(MARKED.search(glance(data, HEAD_BYTES)))


def read_hocr(data: bytes, *, depth: int = 1_000, profile: str = Limits.profile) -> pa.Table:
    """Return the recognised text as one row, with where its pages begin.

    Read are the lines, as the file has them, by their words where those are marked; of a page without lines all its
    text. Of alternatives what is marked as inserted counts. A running head, a foot or a page number (``ocr_header``,
    ``ocr_footer``, ``ocr_pageno``) is left out with a note where lines lie in it; a line of that class is a heading, as
    Tesseract writes those. A page is called by its ``lpageno``, else by its ``ppageno`` (``image 4``), else by its
    image, else by its id. What styles hide counts: the text often lies unseen over the image.

    Parameters
    ----------
    data : bytes
        The file.
    depth : int
        How deep elements may be nested, 1 to 2,000.
    profile : str
        What is read of a page that only names an engine.

    Raises
    ------
    SourceError
        It is binary, nested deeper than ``depth``, or has no text.

    References
    ----------
    Breuel and others, hOCR: OCR Workflow and Output embedded in HTML, version 1.2.
    """
    decoded = decode_page(data)
    text = decoded.text
    notes: Counter[str] = Counter()
    if "</html" not in text[-1_000:].lower():
        notes["hOCR files that are cut off, read as far as they go"] = 1
        text = text[: text.rindex("<")] if text.rfind("<") > text.rfind(">") else text  # half a tag is no text
    tree = parse_page(text, depth)
    for other in list(_outermost(tree, lambda element: element.tag == "del" and "alt" in _classes(element))):
        _silence(other)
    pages = list(_outermost(tree, lambda element: "ocr_page" in _classes(element))) or [tree]
    if pages == [tree] and not any(_classes(element) & LINES for element in tree.iter()):
        # a page that only names an engine, or shows how such a file looks
        return read_html(data, depth=depth, profile=profile)
    return recognised(data, decoded, [_page(page, notes) for page in pages], "hOCR", notes)


def _outermost(tree: Element, chosen: Callable[[Element], bool]) -> Iterator[Element]:
    """Yield the elements that are chosen and lie in no other that is."""
    from lxml.etree import iterwalk

    walker = iterwalk(tree, events=("start",))
    for _, element in walker:
        if chosen(element):
            walker.skip_subtree()
            yield element


def _silence(other: Element) -> None:
    """Take the text out of an element; to take out elements one by one takes the square of their number."""
    for element in other.iter():
        element.text = None
        element.tail = element.tail if element is other else None


def _page(page: Element, notes: Counter[str]) -> Page:
    from lxml.etree import iterwalk

    blocks: list[list[str]] = []
    within = [page]  # blocks in blocks
    found, last = False, None
    walker = iterwalk(page, events=("start", "end"))
    for event, element in walker:
        classes = _classes(element)
        if event == "end":
            if within[-1] is element:
                within.pop()
            continue
        holds = classes & (FLOATS | LINES) and any(_classes(one) & LINES for one in element.iterdescendants())
        if classes & FLOATS and (holds or "ocr_pageno" in classes):
            notes[HEADS] += bool(tidy("".join(element.itertext())))
            found = True
            walker.skip_subtree()
        elif classes & LINES and not holds:
            if within[-1] is not last:
                blocks.append([])
            blocks[-1].append(_line(element))
            last, found = within[-1], True
            walker.skip_subtree()
        elif classes & BLOCKS:
            within.append(element)
    if not found:
        blocks = [part.split("\n") for part in re.split(r"\n{2,}", render(page, is_unseen))]
        blocks = [[tidy(line) for line in lines] for lines in blocks]
    return Page(_label(page), blocks)


def _line(line: Element) -> str:
    words = [element for element in line.iter() if "ocrx_word" in _classes(element)]
    return spaced(map(_word, words)) if words else tidy("".join(line.itertext()))


def _word(word: Element) -> str:
    """Return a word; its letters may each be marked, with white space between them."""
    said = "".join(word.itertext())
    lettered = any("ocrx_cinfo" in _classes(element) for element in word.iterdescendants())
    return "".join(said.split()) if lettered else said


def _label(page: Element) -> str:
    said = page.get("title") or ""
    printed, counted, image = (pattern.search(said) for pattern in (PRINTED, COUNTED, IMAGE))
    name = image[1].replace("\\", "/").rpartition("/")[2] if image else page.get("id")
    return call_page(printed and printed[1].strip(), counted and counted[1], name)


def _classes(element: Element) -> set[str]:
    return set((element.get("class") or "").split())
