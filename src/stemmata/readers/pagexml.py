"""PAGE XML (``PcGts``): what Transkribus, eScriptorium, OCR-D and others write of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from math import inf, isfinite

import pyarrow as pa

from stemmata.readers.ocr_text import HEADS, Page, call_page, is_running, recognised, spaced, tidy
from stemmata.readers.page import UNFIT, Element, decode_page
from stemmata.readers.reading_order import reading_places
from stemmata.readers.xmltree import UNKNOWN, local, parse_xml, root_name

BLOCKS = ("{*}TextRegion", "{*}TableCell")
TYPE = re.compile(r"\bstructure\s*\{[^}]{,400}?\btype\s*:\s*([^;}]{,80})")  # as Transkribus and eScriptorium write it
REFERENCES = ("RegionRef", "RegionRefIndexed")
GROUPS = ("OrderedGroup", "UnorderedGroup", "OrderedGroupIndexed", "UnorderedGroupIndexed")


def looks_like_page(data: bytes) -> bool:
    """Tell whether the root of an XML file is that of PAGE, after declarations and comments."""
    return root_name(data) == "PcGts"


def read_page(data: bytes, *, depth: int = 1_000) -> pa.Table:
    """Return the text of the regions as one row; the page is called by its printed number, else by its image.

    Of a line its ``TextEquiv`` counts; without one, those of its words, or of their glyphs; of a region without lines,
    its own. Where there are several, that of the lowest ``index`` counts, without indices that of the highest ``conf``,
    else the first. Regions come as ``ReadingOrder`` has them, else as the file does, those in other regions (cells of
    a table among them) where these are; those that it does not name come last. Headers, footers, page numbers,
    catchwords and signatures are left out with a note: by ``type``, or by the type of a structure in ``custom``.

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
    Pletschacher and Antonacopoulos, The PAGE (Page Analysis and Ground-Truth Elements) Format Framework, ICPR 2010.
    """
    decoded = decode_page(data)
    root, unknown = parse_xml(decoded.text, depth)
    notes: Counter[str] = Counter({UNKNOWN: unknown})
    pages = []
    for page in root.iterfind("{*}Page"):
        image = (page.get("imageFilename") or "").replace("\\", "/").rpartition("/")[2]
        blocks = [_lines(block) for block in _regions(page, notes)]
        pages.append(Page(call_page(None, None, image or page.get("id")), blocks))
    return recognised(data, decoded, pages, "PAGE XML", notes)


def _regions(page: Element, notes: Counter[str]) -> Iterator[Element]:
    for region in sorted(page.iter(*BLOCKS), key=reading_places(page, list(_order(page)))):
        said = TYPE.search(region.get("custom") or "")
        if not (is_running(region.get("type") or "") or (said and is_running(said[1]))):
            yield region
        elif any(_lines(region)):
            notes[HEADS] += 1


def _order(page: Element) -> Iterator[str]:
    """Yield the ids of regions as the groups of the reading order have them; groups lie in groups."""
    waiting = [group for order in page.iterfind("{*}ReadingOrder") for group in order][::-1]
    while waiting:
        one = waiting.pop()
        name = local(one)
        if name in (*REFERENCES, *GROUPS) and one.get("regionRef"):
            yield one.get("regionRef")
        if name in GROUPS:
            children = [child for child in one if local(child) in (*REFERENCES, *GROUPS)]
            if name.startswith("Ordered"):
                children.sort(key=lambda child: _number(child.get("index"), inf))
            waiting += children[::-1]


def _lines(region: Element) -> list[str]:
    """Return the lines of a region itself, not of those in it."""
    lines = [_said(line) for line in region.iterfind("{*}TextLine")]
    return lines if any(lines) else [tidy(line) for line in _equivalent(region).splitlines()]


def _said(line: Element) -> str:
    if said := tidy(_equivalent(line)):
        return said
    words = line.findall("{*}Word")
    return spaced(
        _equivalent(word) or "".join(tidy(_equivalent(glyph)) for glyph in word.iterfind("{*}Glyph")) for word in words
    )


def _equivalent(element: Element) -> str:
    """Return what an element says by the text that counts of those that are given for it."""
    found: list[tuple[float, float, int, str]] = []
    for number, given in enumerate(element.iterfind("{*}TextEquiv")):
        forms = (given.find("{*}" + form) for form in ("Unicode", "PlainText"))
        said = next((text for form in forms if form is not None and (text := "".join(form.itertext()).strip())), "")
        if said:
            conf = _number(given.get("conf"), -inf)
            found.append((_number(given.get("index"), inf), -conf, number, said))
    return UNFIT.sub("", min(found)[3]) if found else ""


def _number(said: str | None, other: float) -> float:
    try:
        number = float(said or "")
    except ValueError:
        return other
    return number if isfinite(number) else other
