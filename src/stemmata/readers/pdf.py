"""PDF: the text layer, read through as :mod:`stemmata.readers.layout` says; nothing is recognised from images."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from math import isfinite, pi
from threading import Lock
from typing import Any, TypeAlias

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.attribution import find_attribution
from stemmata.readers.columns import take_records
from stemmata.readers.hidden import Hidden, lift_marks, without_marks
from stemmata.readers.layout import Box, run_on
from stemmata.readers.pdf_hidden import Looks, Word, take_seen, tell, without_hidden
from stemmata.readers.pdf_lineage import read_lineage
from stemmata.readers.properties import read_title

DATED_BY = "file: PDF creation date"  # a machine's date: when the file was made
FRONT = 1024  # bytes among which a PDF says that it is one
QUARTER = pi / 2
SMALLEST = 0.1  # points; what has no height at all gets so much
HYPHENS = (0x02, 0xFFFE)  # what pdfium puts for a hyphen at the end of a line
KEYS = ("Title", "Author", "CreationDate", "ModDate")
PASSWORD, SECURITY = 4, 5  # pdfium's errors
DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(?P<sign>[-+])(?P<hours>\d\d)'?(?P<minutes>\d\d)?)?"
)
FIRST = (1, 1, 1, 0, 0, 0)  # of the parts of a date: what holds where it is missing

LATIN = "[A-Za-z\u00c0-\u024f]"
TURNED = "[昀椀樀氀琀]"  # f, i, j, l, t, their two bytes the wrong way round: so Ghostscript 10 names ligatures
LIGATURE = re.compile(f"(?<={LATIN}){TURNED}{{2,3}}|{TURNED}{{2,3}}(?={LATIN})")

Place: TypeAlias = tuple[float, float, float, float]
_alone = Lock()  # pdfium bears one thread at a time


def looks_like_pdf(data: bytes) -> bool:
    """Tell whether the bytes are a PDF; a few others may stand before it, if it then ends as one does."""
    return data[:FRONT].lstrip().startswith(b"%PDF-") or (b"%PDF-" in data[:FRONT] and b"startxref" in data[-FRONT:])


def read_pdf(data: bytes, *, pages: int = 5_000) -> pa.Table:
    """Return the text of a PDF as one row, with where its pages begin.

    Columns are read one after the other, running heads and page numbers left out with a note, lines joined
    to paragraphs and divided words made whole. Title, author and dates are those of the document information;
    ``lineage`` is as :func:`stemmata.readers.pdf_lineage.read_lineage` says.

    Parameters
    ----------
    data : bytes
        The file.
    pages : int
        A file of more pages is refused.

    Raises
    ------
    SourceError
        The file is damaged or cut off, asks for a password, has no pages or too many, or holds no text.
    """
    with _alone:
        said, ids, pages_read, notes = _read(data, pages)
    hidden: list[tuple[int, Hidden]] = []
    running = run_on([take_seen(words, page, hidden) for page, words in enumerate(without_hidden(pages_read))])
    text, places, lifted = lift_marks(running.text, [stretch for _, stretch in hidden])
    begins = {page: lifted(offset) for page, offset in running.begins.items()}
    record = {
        "text": text,
        "title": read_title(said["Title"]),
        "author": said["Author"],
        "published": (published := _date(said["CreationDate"])),
        "modified": _date(said["ModDate"]),
        "dated_by": published and DATED_BY,
        "lineage": read_lineage(*ids, data),
        "attribution": find_attribution(text),
        "sha256": sha256(data).hexdigest(),
        "locators": [(offset, f"p. {page + 1}") for page, offset in begins.items()],
        "hidden": tell(text, hidden, places, begins) or None,
    }
    heads = _note("lines that are running heads, feet or page numbers, left out", running.heads)
    return schemas.remark(take_records([record], [None]), notes=[*notes, heads])


def _read(
    data: bytes, limit: int
) -> tuple[dict[str, str], tuple[bytes, bytes], list[list[Word]], list[dict[str, object]]]:
    """Return the document information, the file's two ids, the words on each page, and notes on pages without any."""
    import pypdfium2
    from pypdfium2 import raw

    if data.rfind(b"startxref") < data.rfind(b"endobj"):
        raise _damaged("its end is missing")
    handle = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        raise _refused(raw.FPDF_GetLastError())
    with pypdfium2.PdfDocument(handle) as document:
        if not len(document):
            raise SourceError("it has no pages.", mend="give a file with text in it.")
        if len(document) > limit:
            raise SourceError(
                f"it has {len(document):,} pages, and no more than {limit:,} are read.", mend="split it into several."
            )
        said = {key: _said(document, key) for key in KEYS}
        ids = (
            document.get_identifier(raw.FILEIDTYPE_PERMANENT),
            document.get_identifier(raw.FILEIDTYPE_CHANGING),
        )
        sheets: list[list[Word]] = []
        scanned = drawn = lost = 0
        for number in range(len(document)):
            try:
                words, shown = _read_page(document, number)
            except pypdfium2.PdfiumError:
                words, shown = [], set()
                lost += 1
            sheets.append(words)
            scanned += raw.FPDF_PAGEOBJ_IMAGE in shown
            drawn += bool(shown)
    if lost == len(sheets):
        raise _damaged("none of its pages can be read")
    if not any(sheets):
        raise _without_text(len(sheets), scanned, drawn)
    notes = [
        _note("pages that are damaged, left out", lost),
        _note("pages without a text layer, left out", scanned),
    ]
    return said, ids, sheets, notes


def _read_page(document: Any, number: int) -> tuple[list[Word], set[int]]:
    """Return the words on a page, or what it shows without any; everything opened is closed again."""
    from pypdfium2 import raw

    page = document[number]
    try:
        letters = page.get_textpage()
        try:
            words = _words(letters, Looks(page, letters))
        finally:
            letters.close()
        shown = set() if words else {one.type for one in page.get_objects()} - {raw.FPDF_PAGEOBJ_TEXT}  # of spaces
    finally:
        page.close()
    return words, shown


def _words(letters: Any, looks: Looks) -> list[Word]:
    """Return the words of a page in the order of the file, as its reader holds it."""
    from pypdfium2 import raw

    handle = letters.raw
    codes = [raw.FPDFText_GetUnicode(handle, n) for n in range(letters.count_chars())]
    words: list[Word] = []
    start = 0
    for n, code in enumerate([*codes, 0]):
        hyphen = code in HYPHENS
        if hyphen or code <= 0x20 or chr(code).isspace():
            text = _paired("".join(map(chr, codes[start:n])) + "-" * hyphen)
            if text:
                place = _place(handle, start)
                box = _word(text, handle, start, n - (not hyphen), place)
                words.append(Word(box, looks.veil(start, (place[0] + place[2]) / 2, (place[1] + place[3]) / 2)))
            start = n + 1
    usual = Counter(word.box.turned for word in words).most_common(1)[0][0] if words else 0
    return [Word(word.box._replace(turned=(word.box.turned - usual) % 4), word.veil) for word in words]


def _paired(text: str) -> str:
    """Return text with the two halves of letters beyond U+FFFF as one, and ligatures of Latin letters as letters."""
    if text.isascii():
        return without_marks(text)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return without_marks(LIGATURE.sub(lambda found: "".join(chr(ord(sign) >> 8) for sign in found[0]), whole))


def _word(text: str, handle: Any, first: int, last: int, start: Place) -> Box:
    """Return a word with the page turned so that it runs from left to right."""
    from pypdfium2 import raw

    end = _place(handle, last) if last > first else start
    angle = raw.FPDFText_GetCharAngle(handle, first)
    turned = round(angle / QUARTER) % 4 if isfinite(angle) else 0
    if not turned and end[3] <= start[1] and start[0] < end[2] and end[0] < start[2]:
        turned = 1  # upright letters below one another, in columns from the right
    for _ in range(turned):
        start, end = ((-top, left, -bottom, right) for left, bottom, right, top in (start, end))
    lefts, bottoms, rights, tops = zip(start, end, strict=True)
    height = max(tops[0] - bottoms[0], tops[1] - bottoms[1], SMALLEST)  # the box of a ligature at one end is too low
    return Box(text, min(lefts), min(bottoms), max(rights), max(tops), height, turned)


def _place(handle: Any, n: int) -> Place:
    """Return left, bottom, right and top of a letter, with room for what is taller and deeper than it."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(handle, n, box)
    x, y = sorted((box.left, box.right)), sorted((box.bottom, box.top))
    return (x[0], y[0], x[1], y[1]) if all(map(isfinite, x + y)) else (0.0, 0.0, 0.0, 0.0)


def _refused(code: int) -> SourceError:
    if code == PASSWORD:
        return SourceError("it is locked with a password.", mend="save a copy without one and give that.")
    if code == SECURITY:
        return SourceError("it is locked in a way that is not known here.", mend="save a copy that is not locked.")
    return _damaged("its pages cannot be found")


def _damaged(how: str) -> SourceError:
    return SourceError(
        f"it is damaged or cut off: {how}.", mend="fetch it again, or open it in a PDF viewer and save it anew."
    )


def _without_text(pages: int, scanned: int, drawn: int) -> SourceError:
    """Return why there is no text: of so many pages, on some are images, and on more something else that is drawn."""
    if not drawn:
        return SourceError("its pages are empty.", mend="give a file with text in it.")
    many = "1 page" if pages == 1 else f"{pages:,} pages"
    some = f"{scanned:,} of them with images" if scanned else f"{drawn:,} of them with drawings"
    shown = "of images" if scanned == pages else f"and {some}"
    return SourceError(f"it has no text layer: {many} {shown}.", mend="recognise its text (OCR) and give the result.")


def _said(document: Any, key: str) -> str:
    try:
        return str(document.get_metadata_value(key)).strip()
    except UnicodeDecodeError:
        return ""


def _note(what: str, count: int) -> dict[str, object]:
    return {"stage": "documents", "what": what, "count": count}


def _date(said: str) -> datetime | None:
    """Return a date as PDF writes it, D:20260304073000+01'00', of which all but the year may be missing."""
    match = DATE.match(said)
    if not match:
        return None
    written = zip(match.groups()[:6], FIRST, strict=True)
    year, month, day, hour, minute, second = (int(part or first) for part, first in written)
    ahead = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    try:
        zone = timezone(-ahead if match["sign"] == "-" else ahead)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
