"""From words at places on pages to running text: columns, running heads, paragraphs, hyphens.

The rules are our own and go by white space alone. Units are those of the page; lengths that decide are
multiples of a line's height, so that they hold for any size of type.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, pairwise
from statistics import median
from typing import NamedTuple, TypeAlias

from stemmata.readers.hyphens import HYPHEN, TAIL, compounds_in, join_line


class Box(NamedTuple):
    """Something printed: a word, words in a row, or a line; ``top`` is above ``bottom``."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    height: float  # of its type, which may be less than that of the box
    turned: int = 0  # quarter turns from how most of its page is printed; it is measured as if turned back

    @property
    def middle(self) -> float:
        """How high it stands on its page."""
        return (self.bottom + self.top) / 2


Column: TypeAlias = list[Box]  # lines below one another


class Line(NamedTuple):
    """A line in its place: on which page, the how manyth of its column, and where that begins and how wide it is."""

    text: str
    page: int
    number: int
    box: Box
    left: float
    width: float


class Running(NamedTuple):
    """What pages say when they are read through."""

    text: str
    begins: dict[int, int]  # at which code point each page begins that has text
    heads: int  # lines that were taken for running heads or feet and left out


SPLIT = 0.8  # heights between two words from where they may belong to two columns
PROSE = 8  # heights that a column's lines are wide at least; what is narrower is a table's
COLUMN_LINES = 3  # a column has so many lines at least
GUTTERS = 16  # edges that are tried as a column's; the most common ones
NESTED = 8  # columns within columns
SHORT_FILE = 7  # pages; in longer ones, a head must be there three times or count the pages
HEAD_LINES = 3  # lines that a running head or foot may have
LOOSE = 1.35  # of the usual space between lines, and more: a paragraph's end
WIDEST_LEADING = 2.2  # heights from line to line in a text typed with double spacing
INDENT = 0.8  # heights
EARLY, SHORT = 0.6, 0.88  # of a column's width: a line that ends early whatever it says; at a full stop
RESIZED = 0.15  # of the size of the type
NUMBER = re.compile(r"\d+")
ROMAN = re.compile(r"[\W_]*[ivxlc]+[\W_]*")
ENDED = re.compile(r"[.!?:;…。！？؟۔]\W*$")
CLOSE = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")  # scripts without spaces


def gather(words: Iterable[Box]) -> list[Box]:
    """Return runs of words that follow one another in a row, as near as words of one line are."""
    runs: list[list[Box]] = []
    for word in words:
        if runs and _follows(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_joined(run) for run in runs]


def run_on(pages: Sequence[Sequence[Box]]) -> Running:
    """Return the text of pages, each of runs of words in the order of the file.

    Running heads, feet and page numbers are left out: lines that stand outermost at the same height on
    several pages and say the same but for their numbers. Columns are read one after the other. Lines are
    joined to paragraphs, which blank lines part; a word that is divided at a line's end is made whole,
    unless the text writes it with its hyphen elsewhere.
    """
    bodies, heads = _without_heads(pages)
    text, begins = _text([_columns(page) for page in bodies])
    return Running(text, begins, heads)


def _joined(boxes: Sequence[Box]) -> Box:
    return Box(
        " ".join(box.text for box in boxes),
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
        median(box.height for box in boxes),
        boxes[0].turned,
    )


def _follows(one: Box, other: Box) -> bool:
    gap = max(other.left - one.right, one.left - other.right)  # either way: some scripts run to the left
    return _level(one, other) and gap < SPLIT * max(one.height, other.height)


def _level(one: Box, other: Box) -> bool:
    return one.turned == other.turned and abs(one.middle - other.middle) < min(one.height, other.height) / 2


def _rows(boxes: Iterable[Box]) -> list[list[Box]]:
    """Return boxes by rows, from the top; those of one row from the left."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: -box.middle):
        if rows and _level(rows[-1][0], box):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda box: box.left) for row in rows]


def _without_heads(pages: Sequence[Sequence[Box]]) -> tuple[list[list[Box]], int]:
    """Return the pages without running heads and feet, and how many lines those had."""
    rows = [_rows(box for box in page if not box.turned) for page in pages]
    whole = [" ".join(box.text for box in page) for page in pages]  # a page that is there twice speaks once
    heads: list[list[list[Box]]] = [[] for _ in pages]
    for edge in [0] * HEAD_LINES + [-1] * HEAD_LINES:
        alike: dict[str, list[int]] = defaultdict(list)
        for n, page in enumerate(rows):
            if page:
                alike[_said(page[edge], n)].append(n)
        for numbers in alike.values():
            usual = median(rows[n][edge][0].middle for n in numbers)
            level = [n for n in numbers if abs(rows[n][edge][0].middle - usual) < rows[n][edge][0].height]
            enough = 2 if len(pages) < SHORT_FILE or _count_on({n: rows[n][edge] for n in level}) else 3
            if len({whole[n] for n in level}) >= enough:
                for n in level:
                    heads[n].append(rows[n].pop(edge))
    out = [set(chain.from_iterable(head)) for head in heads]
    bodies = [[box for box in page if box not in head] for page, head in zip(pages, out, strict=True)]
    return bodies, sum(map(len, heads))


def _said(row: Sequence[Box], page: int) -> str:
    """Return what a row says but for its numbers; one of nothing but numbers must count as the pages do."""
    text = " ".join(_worded(row).casefold().split())
    masked = NUMBER.sub("#", text)
    if ROMAN.fullmatch(masked):
        return "a roman number"
    return masked if any(letter.isalpha() for letter in masked) else f"{masked} {_offsets(row, page)[:1]}"


def _worded(row: Sequence[Box]) -> str:
    return " ".join(box.text for box in row)


def _offsets(row: Sequence[Box], page: int) -> list[int]:
    """Return by how much the numbers in a row are ahead of the count of pages."""
    return [int(number[:9]) - page for number in NUMBER.findall(_worded(row))]


def _count_on(rows: Mapping[int, Sequence[Box]]) -> bool:
    """Tell whether one and the same number in rows, of each page one, counts the pages."""
    offsets = [_offsets(row, page) for page, row in rows.items()]
    return any(len(set(of_one)) == 1 for of_one in zip(*offsets, strict=False))


def _columns(page: Sequence[Box]) -> list[Column]:
    """Return the columns of a page in reading order; what is printed in another direction comes last."""
    turns = sorted({box.turned for box in page})
    return [column for turn in turns for column in _parts([box for box in page if box.turned == turn], NESTED)]


def _parts(boxes: Sequence[Box], nested: int) -> Iterator[Column]:
    """Part boxes at the clearest gutter, and again; what goes across it parts what is above from what is below."""
    gutter = _gutter(boxes) if nested else None
    if gutter is None:
        if boxes:
            yield [_joined(row) for row in _rows(boxes)]
        return
    from_top = sorted(boxes, key=lambda box: -box.middle)
    for across, band in groupby(from_top, key=lambda box: box.left < gutter < box.right):
        run = list(band)
        if across:
            yield from _parts(run, 0)
        else:
            yield from _parts([box for box in run if box.right <= gutter], nested - 1)
            yield from _parts([box for box in run if box.left >= gutter], nested - 1)


def _gutter(boxes: Sequence[Box]) -> float | None:
    """Return where the page is best parted into columns, side by side and each as wide as prose; None if nowhere."""
    edges = Counter(round(edge) for box in boxes for edge in (box.left - 1, box.right + 1))
    found: list[tuple[int, float]] = []
    for x, _ in sorted(edges.items(), key=lambda edge: (-edge[1], edge[0]))[:GUTTERS]:
        before = [box for box in boxes if box.right <= x]
        after = [box for box in boxes if box.left >= x]
        beside = min(_beside(before, after), _beside(after, before))
        if beside >= COLUMN_LINES and all(map(_is_prose, (before, after))):
            across = len(boxes) - len(before) - len(after)
            found.append((beside - across, -x))
    return -max(found)[1] if found else None


def _beside(some: Sequence[Box], others: Sequence[Box]) -> int:
    """Count the boxes that stand no lower and no higher than others do."""
    low, high = min((box.middle for box in others), default=0), max((box.middle for box in others), default=-1)
    return sum(low - box.height <= box.middle <= high + box.height for box in some)


def _is_prose(boxes: Sequence[Box]) -> bool:
    return median(box.right - box.left for box in boxes) >= PROSE * median(box.height for box in boxes)


def _text(pages: Sequence[Sequence[Column]]) -> tuple[str, dict[int, int]]:
    """Return the text, and at which code point each page begins that has any."""
    lines = [line for page, columns in enumerate(pages) for column in columns for line in _placed(column, page)]
    compounds = compounds_in(line.text for line in lines)
    leading = _leading(lines)
    parts: list[str] = []
    begins: dict[int, int] = {}
    length = 0
    for n, line in enumerate(lines):
        begins.setdefault(line.page, length)
        text = line.text
        if n + 1 < len(lines):
            after = lines[n + 1]
            text = f"{text}\n\n" if _parted(line, after, leading) else _joint(text, after.text, compounds)
        parts.append(text)
        length += len(text)
    return "".join(parts), begins


def _placed(column: Column, page: int) -> list[Line]:
    left = Counter(round(box.left) for box in column).most_common(1)[0][0]
    right = max(box.right for box in column)
    return [Line(box.text, page, n, box, left, max(right - left, 1)) for n, box in enumerate(column)]


def _leading(lines: Sequence[Line]) -> float:
    """Return how far apart lines usually are, in heights."""
    apart = [_apart(one, other) for one, other in pairwise(lines) if other.number and not _resized(one, other)]
    return min(median(apart), WIDEST_LEADING) if apart else 1


def _apart(one: Line, other: Line) -> float:
    return (one.box.middle - other.box.middle) / one.box.height


def _resized(one: Line, other: Line) -> bool:
    return abs(one.box.height - other.box.height) > RESIZED * one.box.height


def _parted(one: Line, other: Line, leading: float) -> bool:
    """Tell whether a paragraph ends between two lines.

    It does where the type changes, and else never within a word; at a wider space, but else never within what is
    clearly one sentence; below a line that ends early; within a column also at an indent and below a sentence that
    ends before the margin; from one column to the next, below any that ends there.
    """
    filled = (one.box.right - one.left) / one.width
    ended = bool(ENDED.search(one.text[-TAIL:]))
    if _resized(one, other) or one.box.turned != other.box.turned:
        return True
    if HYPHEN.search(one.text[-TAIL:]):
        return False
    if one.page == other.page and _apart(one, other) > LOOSE * leading:
        return True
    if not ended and other.text[0].islower():
        return False
    if filled < EARLY:
        return True
    if not other.number:
        return ended
    slack = INDENT * one.box.height
    indented = abs(one.box.left - one.left) <= slack < abs(other.box.left - other.left)
    return indented or (ended and filled < SHORT)


def _joint(text: str, after: str, compounds: Container[str]) -> str:
    """Return a line as it goes on in the line after it: with a space, or with the word whole that it divides."""
    if CLOSE.match(text[-1]) and CLOSE.match(after):
        return text
    return join_line(text, after, compounds, " ")
