"""Text that no reader of a page sees: what it says, how it is hidden, and where in the text it stood.

While the text of a page is still being put together, a mark of signs that no text has stands for each hidden
stretch. What becomes of the page round it does not matter then: where the mark is at last, there the stretch stood.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

SHOWN = 200  # code points of a stretch that are kept
MOST = 100  # stretches of one document that are told each by itself
LEAST_WORDS = 3  # a stretch of fewer words says nothing to anyone, unless it breaks a word
_SIGNS = re.compile("[\ufdd0-\ufdef]+")  # noncharacters, which are for no text, but for a program's own use
_OPEN, _CLOSE, _DIGITS = "\ufdd0", "\ufdd1", range(0xFDE0, 0xFDF0)
_MARK = re.compile(f"{_OPEN}([\ufde0-\ufdef]{{1,6}}){_CLOSE}")
_WORD = re.compile(r"[\u2e80-\ua4cf\uf900-\ufaff]{2}|[^\W\d_\u2e80-\ua4cf\uf900-\ufaff]{2,}")


class Hidden(NamedTuple):
    """A stretch of hidden text, and how it is hidden: "white on white"."""

    what: str
    text: str


def says_something(text: str) -> bool:
    """Tell whether a stretch has so many words that somebody, or a machine, may be meant to read them."""
    words = _WORD.finditer(text)
    return sum(1 for _ in zip(words, range(LEAST_WORDS), strict=False)) == LEAST_WORDS


def mark(number: int) -> str:
    """Return what stands for a stretch in the text."""
    return _OPEN + "".join(chr(_DIGITS[int(digit, 16)]) for digit in f"{number:x}") + _CLOSE


def without_marks(text: str) -> str:
    """Return a text without marks, or what is left of them."""
    return take_marks(text, ())[0] if _SIGNS.search(text) else text


def take_marks(text: str, stretches: Sequence[Hidden]) -> tuple[str, list[dict[str, Any]]]:
    """Return a text without marks, and the stretches whose marks were in it, as the column ``hidden`` has them.

    Each stretch is told once, in order. Of the white space on either side of a mark one is left: nothing is to be
    seen between.
    """
    found: dict[int, dict[str, Any]] = {}
    kept: list[str] = []
    place = end = 0
    trailing = ""  # the white space at the end of what is kept
    for each in (*_SIGNS.finditer(text), None):
        piece = text[end : each.start() if each else len(text)]
        bare = piece.lstrip()
        leading = piece[: len(piece) - len(bare)]
        if not kept:
            kept.append(piece)
        else:
            longer = max(trailing, leading, key=_breaks)
            kept[-1] = kept[-1][: len(kept[-1]) - len(trailing)]
            place -= len(trailing)
            piece = longer + bare
            kept.append(piece)
        place += len(piece)
        trailing = piece[len(piece.rstrip()) :]
        if each:
            end = each.end()
            for one in _MARK.finditer(each[0]):
                number = _number(one)
                if number < len(stretches) and number not in found:
                    found[number] = as_row(place, stretches[number])
    clean = "".join(kept)
    bare = clean.strip()
    before = len(clean) - len(clean.lstrip())
    for row in found.values():
        row["offset"] = min(max(row["offset"] - before, 0), len(bare))
    return bare, list(found.values())


def lift_marks(text: str, stretches: Sequence[Hidden]) -> tuple[str, dict[int, int], Callable[[int], int]]:
    """Return a text without marks, where each stretch stood by its number, and what turns an offset into one in it."""
    marks = [(one.start(), one.end(), _number(one)) for one in _MARK.finditer(text)]
    starts = [start for start, *_ in marks]
    lengths = [0, *accumulate(end - start for start, end, _ in marks)]
    places = {number: start - lengths[k] for k, (start, _, number) in enumerate(marks) if number < len(stretches)}
    return _MARK.sub("", text), places, lambda offset: offset - lengths[bisect_left(starts, offset)]


def _number(found: re.Match[str]) -> int:
    return int("".join(f"{ord(sign) - _DIGITS[0]:x}" for sign in found[1]), 16)


def _breaks(space: str) -> tuple[int, int]:
    return space.count("\n"), len(space)


def as_row(offset: int, stretch: Hidden) -> dict[str, Any]:
    """Return a stretch as the column ``hidden`` has it, shortened."""
    text = " ".join(stretch.text.split())
    return {
        "offset": offset,
        "what": stretch.what,
        "text": text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…",
    }
