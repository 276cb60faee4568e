"""Brackets in Markdown that are never closed, or nest as no link does, set aside while it is parsed.

The parser looks for the end of each anew, sixty levels deep: a megabyte of them would take most of a minute.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_OPEN = 10  # that a paragraph may leave open before they are set aside
DEEPEST = 20  # brackets in one another; a picture with a footnote in a link makes three
SIGNS = re.compile(r"\\.|[\[\]]|\n[ \t>]*(?=\n)")
PRIVATE = range(0xE000, 0xF900)  # signs of which no text has all


class SetAside(NamedTuple):
    """Markdown with a sign in the place of brackets that are never closed; no sign where there are few."""

    source: str
    sign: str

    def back(self, text: str) -> str:
        """Return a text made of it with the brackets in their places."""
        return text.replace(self.sign, "[") if self.sign else text


def set_aside(source: str) -> SetAside:
    """Return Markdown to be parsed in place of ``source``.

    A bracket is closed by the next one that closes within its paragraph, be either of them in code: of those left open,
    where they are many, one may so belong to a link after all, and stays text.
    """
    sign = next((chr(code) for code in PRIVATE if chr(code) not in source), "")
    if source.count("[") <= MOST_OPEN or not sign:
        return SetAside(source, "")
    never: list[int] = []
    opened: list[tuple[int, int]] = []  # where, and how deep brackets nest in it so far
    for found in SIGNS.finditer(source):
        what = found[0]
        if what == "[":
            opened.append((found.start(), 0))
        elif what == "]" and opened:
            at, deep = opened.pop()
            if deep >= DEEPEST:
                never.append(at)
            if opened and opened[-1][1] <= deep:
                opened[-1] = opened[-1][0], deep + 1
        elif what[0] == "\n":
            never += _too_many(opened)
            opened = []
    never += _too_many(opened)
    if not never:
        return SetAside(source, "")
    never.sort()
    begins = (0, *(at + 1 for at in never))
    pieces = [source[begin:end] for begin, end in zip(begins, [*never, len(source)], strict=True)]
    return SetAside(sign.join(pieces), sign)


def _too_many(opened: list[tuple[int, int]]) -> list[int]:
    return [at for at, _ in opened] if len(opened) > MOST_OPEN else []
