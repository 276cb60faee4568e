"""Words that a page of a PDF has in its text layer and does not show.

They are drawn invisibly with no image there that they could be the text of; or white where nothing dark lies
below; or too small to be read; or outside the page. A scan with its recognised text behind it hides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import addressof, byref, c_float, c_int, c_uint
from functools import cached_property
from itertools import groupby
from math import hypot, isnan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.readers.hidden import MOST, Hidden, as_row, mark, says_something
from stemmata.readers.layout import Box, gather

SMALLEST_TYPE = 1.5  # points; nobody reads smaller type
WHITE = 250  # of 255, and more in each part
SLACK = 2.0  # points by which a word may stand beyond the edge
MOST_OBJECTS = 20_000  # of a page; behind the words of one that draws more there may be anything
WIDE = 4.0  # points from which a line may be a ground
LARGEST_LETTER = 72.0  # points up to which a mere rectangle may be a letter
RECTANGLE = 5  # pieces of which a rectangle has no more
CELLS = 1_000  # of a page to each side, by which is known what lies below a word
ENDLESS = 20_000.0  # points: the side of a page that has none

INVISIBLE, UNPAINTED, PALE, TINY, OUTSIDE = (
    "drawn invisibly",
    "transparent",
    "white on white",
    "in tiny type",
    "outside the page",
)


class Word(NamedTuple):
    """A word of the text layer, and how it is hidden; empty where it is seen."""

    box: Box
    veil: str


class _Drawn(NamedTuple):
    """How a run of letters is drawn."""

    how: str
    size: float


class Looks:
    """How the words of one page look.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    letters : pypdfium2.PdfTextPage
        Its text layer.
    """

    def __init__(self, page: Any, letters: Any) -> None:
        self._page, self._handle = page, letters.raw
        self._edges = _edges(page)
        self._runs: dict[int, _Drawn] = {}

    def veil(self, n: int, x: float, y: float) -> str:
        """Return how the word that begins with letter ``n``, at x and y, is hidden; empty where it may be seen."""
        left, bottom, right, top = self._edges
        if not (left <= x <= right and bottom <= y <= top):
            return OUTSIDE
        how, size = self._drawn(n)
        if how == INVISIBLE:
            return "" if self._lies_on(self._pictures, x, y) else how
        if how == PALE:
            return "" if self._lies_on(self._grounds, x, y) else how
        return how or (TINY if 0 < size < SMALLEST_TYPE else "")

    def _drawn(self, n: int) -> _Drawn:
        """Return how a letter is drawn; those of one run are alike, and asked for once."""
        from pypdfium2 import raw

        run = raw.FPDFText_GetTextObject(self._handle, n)
        if not run:
            return _Drawn("", 0)
        key = addressof(run.contents)
        if key not in self._runs:
            mode = raw.FPDFTextObj_GetTextRenderMode(run)
            matrix = raw.FS_MATRIX()
            known = raw.FPDFText_GetMatrix(self._handle, n, matrix)
            size = raw.FPDFText_GetFontSize(self._handle, n) * hypot(matrix.c, matrix.d) if known else 0
            how = INVISIBLE if mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE else ""
            if mode == raw.FPDF_TEXTRENDERMODE_FILL:
                red, green, blue, opaque = c_uint(), c_uint(), c_uint(), c_uint()
                if raw.FPDFText_GetFillColor(self._handle, n, byref(red), byref(green), byref(blue), byref(opaque)):
                    pale = min(red.value, green.value, blue.value) >= WHITE
                    how = UNPAINTED if opaque.value == 0 else PALE if pale else ""
            self._runs[key] = _Drawn(how, self._letter_height(n, size))
        return self._runs[key]

    def _letter_height(self, n: int, size: float) -> float:
        """Return the size of the type; of fonts that draw themselves it says nothing, and the letters' boxes do."""
        from pypdfium2 import raw

        box = raw.FS_RECTF()
        if not size < SMALLEST_TYPE or not raw.FPDFText_GetLooseCharBox(self._handle, n, box):
            return size
        return max(size, float(abs(box.top - box.bottom)), float(abs(box.right - box.left)))

    @cached_property
    def _objects(self) -> list[tuple[bool, bool, tuple[float, float, float, float]]]:
        """What the page draws besides text: whether it may be dark, and a picture of words, and its bounds."""
        from pypdfium2 import PdfiumError, raw

        found = []
        count = raw.FPDFPage_CountObjects(self._page.raw)
        if count > MOST_OBJECTS:
            return [(True, True, (-np.inf, -np.inf, np.inf, np.inf))]
        for one in self._page.get_objects(max_depth=1):
            if one.type == raw.FPDF_PAGEOBJ_TEXT:
                continue
            try:
                bounds = one.get_bounds()
            except PdfiumError:
                continue
            if any(map(isnan, bounds)):  # numbers that multiply beyond all bounds: it lies nowhere
                continue
            path = one.type == raw.FPDF_PAGEOBJ_PATH
            found.append((*(_paints(one.raw, bounds) if path else (True, True)), bounds))
        return found

    @cached_property
    def _pictures(self) -> NDArray[np.bool_]:
        return cover([bounds for _, picture, bounds in self._objects if picture], self._edges)

    @cached_property
    def _grounds(self) -> NDArray[np.bool_]:
        return cover([bounds for dark, _, bounds in self._objects if dark], self._edges)

    def _lies_on(self, covered: NDArray[np.bool_], x: float, y: float) -> bool:
        return bool(covered[tuple(cells([(x, y)], self._edges)[0])])


def _edges(page: Any) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of what a viewer shows of a page; all there is where they are odd."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page.raw, box) or box.right <= box.left or box.top <= box.bottom:
        return (-np.inf, -np.inf, np.inf, np.inf)
    return (box.left - SLACK, box.bottom - SLACK, box.right + SLACK, box.top + SLACK)


def _paints(path: Any, bounds: tuple[float, float, float, float]) -> tuple[bool, bool]:
    """Tell whether a path may be a dark ground, and whether it may be the outline of letters.

    A frame is neither, nor is a thin rule a ground.
    """
    from pypdfium2 import raw

    mode, stroked = c_int(), c_int()
    if not raw.FPDFPath_GetDrawMode(path, byref(mode), byref(stroked)):
        return True, True
    filled = mode.value != raw.FPDF_FILLMODE_NONE
    dark = filled and _is_dark(raw.FPDFPageObj_GetFillColor, path)
    if stroked.value and not dark:
        width, matrix = c_float(), raw.FS_MATRIX()
        known = raw.FPDFPageObj_GetStrokeWidth(path, byref(width)) and raw.FPDFPageObj_GetMatrix(path, matrix)
        scale = max(hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d))
        wide = not known or width.value * scale >= WIDE
        dark = wide and _is_dark(raw.FPDFPageObj_GetStrokeColor, path)
    left, bottom, right, top = bounds
    small = max(right - left, top - bottom) <= LARGEST_LETTER
    curved = raw.FPDFPath_CountSegments(path) > RECTANGLE
    return dark, (filled or bool(stroked.value)) and (small or curved)


def _is_dark(colour_of: Callable[..., int], path: Any) -> bool:
    """Tell whether a path may be painted with anything but white."""
    red, green, blue, opaque = c_uint(), c_uint(), c_uint(), c_uint()
    if not colour_of(path, byref(red), byref(green), byref(blue), byref(opaque)):
        return True
    return min(red.value, green.value, blue.value) < WHITE and opaque.value > 0


def cells(points: Sequence[tuple[float, float]], edges: tuple[float, float, float, float]) -> NDArray[np.int64]:
    """Return in which cells of a page some points lie, column and row; those beyond its edges in the outermost."""
    left, bottom, right, top = np.clip(edges, -ENDLESS, ENDLESS)
    places = np.clip(np.array(points, np.float64).reshape(-1, 2), -ENDLESS, ENDLESS)
    at = (places - (left, bottom)) * (CELLS / np.array((right - left, top - bottom)))
    found: NDArray[np.int64] = np.clip(np.floor(at), 0, CELLS - 1).astype(np.int64)
    return found


def cover(
    bounds: Sequence[tuple[float, float, float, float]], edges: tuple[float, float, float, float]
) -> NDArray[np.bool_]:
    """Return which cells of a page some rectangles touch."""
    steps = np.zeros((CELLS + 1, CELLS + 1), np.int32)
    first = cells([(left, bottom) for left, bottom, _, _ in bounds], edges)
    last = cells([(right, top) for _, _, right, top in bounds], edges) + 1
    for (x, y), step in (((first, first), 1), ((first, last), -1), ((last, first), -1), ((last, last), 1)):
        np.add.at(steps, (x[:, 0], y[:, 1]), step)
    covered: NDArray[np.bool_] = (steps.cumsum(0).cumsum(1) > 0)[:-1, :-1]
    return covered


def without_hidden(pages: list[list[Word]]) -> list[list[Word]]:
    """Return the words of pages, or, where most are hidden, all as if they were seen: then a picture shows them."""
    seen, hidden = (
        sum(len(word.box.text) for page in pages for word in page if bool(word.veil) is veiled)
        for veiled in (False, True)
    )
    return pages if hidden < seen else [[Word(word.box, "") for word in page] for page in pages]


def take_seen(words: list[Word], page: int, hidden: list[tuple[int, Hidden]]) -> list[Box]:
    """Return the runs of words on a page that are seen; those that are not come to ``hidden``, with marks for them."""
    boxes: list[Box] = []
    for veil, group in groupby(words, key=lambda word: word.veil):
        if not veil:
            boxes += [word.box for word in group]
            continue
        text = " ".join(word.box.text for word in group)
        if len(hidden) < MOST and says_something(text):
            if boxes:  # within a word, where layout looks at neither end of it
                last = boxes[-1]
                boxes[-1] = last._replace(text=last.text[:1] + mark(len(hidden)) + last.text[1:])
            hidden.append((page, Hidden(veil, text)))
    return gather(boxes)


def tell(
    text: str, hidden: list[tuple[int, Hidden]], places: dict[int, int], begins: dict[int, int]
) -> list[dict[str, object]]:
    """Return the hidden stretches in their order: each behind the word before it.

    Of a page without a seen word it is where the next one begins that has some, or the end.
    """
    rows = []
    for number, (page, stretch) in enumerate(hidden):
        at = places.get(number)
        if at is None:
            at = min((offset for other, offset in begins.items() if other >= page), default=len(text))
        else:
            while at < len(text) and not text[at].isspace():
                at += 1
        rows.append(as_row(at, stretch))
    return sorted(rows, key=lambda row: row["offset"])
