"""ALTO, versions 1 to 4: what OCR engines write of a page, or of several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyarrow as pa

from stemmata.readers.ocr_text import HEADS, SOFT, Page, call_page, is_running, recognised, spaced, tidy
from stemmata.readers.page import Element, decode_page
from stemmata.readers.reading_order import reading_places
from stemmata.readers.xmltree import UNKNOWN, local, parse_xml, root_name

HYPHENS = "-\u2010\u00ad\u00ac\u2e17="
SIGNS = re.compile(r"[\W_]+")
TRAILING = re.compile(r"\W+$")
AREAS = ("PrintSpace", "LeftMargin", "RightMargin")  # in this order: what stands beside the text comes after it
EDGES = ("TopMargin", "BottomMargin")
LONGER = 2  # letters that a word may have more than its two parts


class _Word(NamedTuple):
    text: str
    part: str = ""  # HypPart1, HypPart2
    whole: str = ""


def looks_like_alto(data: bytes) -> bool:
    """Tell whether the root of an XML file is that of ALTO, after declarations and comments."""
    return root_name(data).lower() == "alto"


def read_alto(data: bytes, *, depth: int = 1_000) -> pa.Table:
    """Return the recognised text as one row, with where its pages begin.

    Read are the lines of all text blocks of the print space, also of those in composed blocks (captions, tables), then
    those of the left and right margins; in the order of ``ReadingOrder``, where there is one, else of the file. Top and
    bottom margins are left out with a note, as are blocks whose tag or type names a running head, a page number and the
    like (SegmOnto); illustrations have no text. Of words that ALTO marks as divided the whole is taken from
    ``SUBS_CONTENT``, where it can be that of the two parts. Pages are called by ``PRINTED_IMG_NR``, else by
    ``PHYSICAL_IMG_NR`` (``image 4``), else by their id.

    Parameters
    ----------
    data : bytes
        The file.
    depth : int
        How deep elements may be nested, 1 to 2,000.

    Raises
    ------
    SourceError
        It is binary, not well-formed, nested deeper than ``depth``, or has no text.

    References
    ----------
    Library of Congress, ALTO: Technical Metadata for Layout and Text Objects, versions 1.0 to 4.4.
    """
    decoded = decode_page(data)
    root, unknown = parse_xml(decoded.text, depth)
    notes: Counter[str] = Counter({UNKNOWN: unknown})
    tags = {tag.get("ID"): tag.get("LABEL") or "" for tag in root.iterfind("{*}Tags/*") if tag.get("ID")}
    order = [ref.get("REF") or "" for ref in root.iterfind("{*}ReadingOrder//{*}ElementRef")]
    labels = []
    lines: list[tuple[int, int, list[_Word]]] = []
    for number, page in enumerate(root.iterfind("{*}Layout/{*}Page")):
        place = reading_places(page, order)
        labels.append(call_page(page.get("PRINTED_IMG_NR"), page.get("PHYSICAL_IMG_NR"), page.get("ID")))
        for at, block in enumerate(sorted(_blocks(page, tags, notes), key=place)):
            found = sorted(block.iterfind("{*}TextLine"), key=place)
            lines += ((number, at, words) for words in map(_words, found) if words)
    pages = [Page(label, []) for label in labels]
    last = None
    for number, at, words in _divided(lines):
        if (number, at) != last:
            pages[number].blocks.append([])
            last = number, at
        pages[number].blocks[-1].append(spaced(words))
    return recognised(data, decoded, pages, "ALTO", notes)


def _blocks(page: Element, tags: dict[str | None, str], notes: Counter[str]) -> Iterator[Element]:
    """Yield the text blocks of a page that are text."""
    areas = [area for name in AREAS for area in page.iterfind("{*}" + name)]
    for area in areas or [page]:
        for block in area.iter("{*}TextBlock"):
            said = [block.get("TYPE") or "", *(tags.get(ref, "") for ref in (block.get("TAGREFS") or "").split())]
            if not any(map(is_running, said)):
                yield block
            elif _speaks(block):
                notes[HEADS] += 1
    for name in EDGES:
        for area in page.iterfind("{*}" + name) if areas else ():
            notes[HEADS] += sum(map(_speaks, area.iter("{*}TextBlock")))


def _speaks(block: Element) -> bool:
    return any(tidy(string.get("CONTENT")) for string in block.iter("{*}String"))


def _words(line: Element) -> list[_Word]:
    """Return the words of a line; signs that no space parts from a word, where spaces are marked, belong to it."""
    parts = [child for child in line if isinstance(child.tag, str)]
    marked = any(local(child) == "SP" for child in parts)
    words: list[_Word] = []
    begins = True
    for child in parts:
        name, text = local(child), tidy(child.get("CONTENT"))
        if name == "SP":
            begins = True
        elif name == "HYP":
            if words and words[-1].text[-1] not in HYPHENS:
                words[-1] = words[-1]._replace(text=words[-1].text + (text or "-"))
        elif name == "String" and text:
            if marked and words and not begins and SIGNS.fullmatch(text):
                words[-1] = words[-1]._replace(text=words[-1].text + text)
            else:
                words.append(_Word(text, child.get("SUBS_TYPE") or "", tidy(child.get("SUBS_CONTENT"))))
            begins = False
    return words


def _divided(lines: Iterable[tuple[int, int, list[_Word]]]) -> Iterator[tuple[int, int, list[str]]]:
    """Yield lines with the words that the file says are divided as they are to be joined."""
    held: tuple[int, int, list[_Word]] | None = None
    for line in lines:
        if held:
            first, second = held[2][-1], line[2][0]
            if first.part == "HypPart1" and second.part == "HypPart2":
                held[2][-1], line[2][0] = _joining(first, second)
            yield held[0], held[1], [word.text for word in held[2]]
        held = line
    if held:
        yield held[0], held[1], [word.text for word in held[2]]


def _joining(first: _Word, second: _Word) -> tuple[_Word, _Word]:
    """Return two parts of a word that together are the whole, the first with a sign that says so."""
    one, core = first.text.rstrip(HYPHENS) or first.text, TRAILING.sub("", second.text) or second.text
    whole, tail = TRAILING.sub("", first.whole or second.whole), second.text[len(core) :]
    likely = 1 < len(whole) <= len(one) + len(core) + LONGER and " " not in whole
    if not (likely and (whole[0], whole[-1]) == (one[0], core[-1])):
        return first._replace(text=one + SOFT), second
    cut = len(one) if whole.startswith(one) and len(one) < len(whole) else max(len(whole) - len(core), 1)
    return first._replace(text=whole[:cut] + SOFT), second._replace(text=whole[cut:] + tail)
