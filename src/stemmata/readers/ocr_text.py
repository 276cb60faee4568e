"""From recognised pages, of blocks of lines, to a text with locators; for all formats of OCR and transcription."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.attribution import find_attribution
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import Decoded
from stemmata.readers.hyphens import TAIL, compounds_in, join_line
from stemmata.readers.layout import CLOSE
from stemmata.readers.page import UNFIT
from stemmata.readers.tei_text import FOLIO, LONGEST_LABEL, PAGE

SPACE = re.compile(r"\s+")
SOFT = "\u00ac"  # at the end of a line: the word goes on, whatever the next line begins with
DIVIDED = re.compile(r"\S[\u00ac\u2e17]$")
DOUBLE = re.compile(r"[^\W\d_]{2,}=$")  # the hyphen of blackletter, as it is often recognised
RUNNING = {  # names of zones that are no text, by PAGE, SegmOnto and others; without case and signs
    *("header", "footer", "pagenumber", "signaturemark", "catchword", "runninghead", "runningtitle"),
    *("runningtitlezone", "numberingzone", "quiremarkszone", "digitizationartefactzone", "stampzone"),
}
HEADS = "blocks that are running heads, feet, page numbers, catchwords or signatures, left out"


class Page(NamedTuple):
    """A page: what it is called, and its lines by blocks."""

    label: str
    blocks: list[list[str]]


def is_running(zone: str) -> bool:
    """Tell whether the name of a zone is that of running heads, page numbers and the like."""
    return re.sub(r"[\W_]", "", zone.partition(":")[0]).lower() in RUNNING


def call_page(printed: str | None, image: str | None = None, other: str | None = None) -> str:
    """Return what a page is called: by the number printed on it, else that of its image, else as the file calls it."""
    number, counted, name = (tidy(said)[:LONGEST_LABEL].strip() for said in (printed, image, other))
    if number:
        return f"p. {number}" if PAGE.fullmatch(number) else f"f. {number}" if FOLIO.fullmatch(number) else number
    return f"image {counted}" if counted else name


def tidy(said: str | None) -> str:
    """Return a line of a file as text: no control characters, and one space where there is white space."""
    return SPACE.sub(" ", UNFIT.sub("", said or "")).strip()


def spaced(words: Iterable[str]) -> str:
    """Return words as a line: with spaces, but for scripts that are written without."""
    pieces: list[str] = []
    for word in filter(None, map(tidy, words)):
        if pieces and not (CLOSE.match(pieces[-1][-1]) and CLOSE.match(word)):
            pieces.append(" ")
        pieces.append(word)
    return "".join(pieces)


def recognised(data: bytes, decoded: Decoded, pages: Sequence[Page], what: str, notes: Counter[str]) -> pa.Table:
    """Return the text of pages as one row, with where they begin.

    Blocks are parted by a blank line, lines by a line end. A word that is divided at a line's end stands whole in the
    line where it begins, be it in another block or on another page than its rest; see
    :func:`stemmata.readers.hyphens.join_line` for what is taken for one.

    Parameters
    ----------
    data : bytes
        The file.
    decoded : Decoded
        It as text.
    pages : sequence of Page
        In reading order.
    what : str
        What the file is, for whoever reads an error.
    notes : Counter
        What was left out.

    Raises
    ------
    SourceError
        No page has text.
    """
    text, locators = run_lines(pages)
    if not text:
        raise SourceError(_without_text(what, len(pages), notes), mend="recognise its text (OCR) and give the result.")
    notes["pages without recognised text"] += sum(not any(map(any, page.blocks)) for page in pages)
    record = {
        "text": text,
        "attribution": find_attribution(text),
        "sha256": sha256(data).hexdigest(),
        "locators": locators or None,
    }
    said = [{"stage": "documents", "what": of, "count": count} for of, count in sorted(notes.items()) if count]
    return schemas.remark(take_records([record], [None]), notes=[*decoded.notes, *said])


def run_lines(pages: Sequence[Page]) -> tuple[str, list[tuple[int, str]]]:
    """Return the text of pages, and at which code point each begins that has text of its own."""
    lines = [
        (number, (number, block), line)
        for number, page in enumerate(pages)
        for block, some in enumerate(page.blocks)
        for line in some
        if line
    ]
    compounds = compounds_in(line for *_, line in lines)
    pieces: list[str] = []  # a line's end is the last of them
    locators: list[tuple[int, str]] = []
    length, last, begun = 0, None, -1
    for number, block, line in lines:
        if pieces:
            joined = _joined(pieces[-1], line, compounds, within=block == last)
            if joined is not None:
                head, _, line = line.partition(" ")
                last = block
                length += len(joined) - len(pieces[-1]) + len(head)
                pieces[-1:] = [joined, head]
            if line:
                pieces.append("\n" if block == last else "\n\n")
                length += len(pieces[-1])
        if line:
            if number > begun and pages[number].label:
                locators.append((length, pages[number].label))
            begun, last = number, block
            pieces.append(line)
            length += len(line)
    return "".join(pieces), locators


def _joined(text: str, after: str, compounds: Container[str], *, within: bool) -> str | None:
    """Return the end of a line without its hyphen, if it has one, where the next goes on with the word; else None."""
    if DIVIDED.search(text[-TAIL:]):
        return text[:-1]
    if DOUBLE.search(text[-TAIL:]) and after[0].islower():
        return text[:-1]
    joined = join_line(text, after, compounds, "\n")
    if joined.endswith("\n") or not (within or len(joined) < len(text)):
        return None
    return joined


def _without_text(what: str, pages: int, notes: Counter[str]) -> str:
    many = "no page" if not pages else "1 page" if pages == 1 else f"{pages:,} pages"
    heads = "" if not notes[HEADS] else ", but for running heads and page numbers"
    return f"it is {what} without text{heads}: {many}{' of images alone' if pages else ''}."
