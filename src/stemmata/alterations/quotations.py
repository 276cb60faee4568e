"""What stands between quotation marks, in the styles of several languages: “…”, "…", «…», »…«, „…“, ‘…’."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\"“”„«»「」『』]|\n[^\S\n]*\n")
_SINGLE = re.compile(r"(?<!\w)‘(?:[^‘’\n]|(?<=\w)’(?=\w)){1,400}’(?!\w)")  # an apostrophe inside a word closes nothing
_OPENS, _CLOSES = "„「『", "」』"


def find_quotations(text: str) -> list[tuple[int, int]]:
    """Return what stands between quotation marks, as code points without the marks, in order.

    A mark opens where none is open and closes where one is; a paragraph's end closes what is open. A straight
    mark that nothing closes opens nothing.
    """
    found: list[tuple[int, int]] = []
    opened = -1
    mark = ""
    for sign in _MARKS.finditer(text):
        here = sign[0]
        if here[0] == "\n":
            if opened >= 0 and mark != '"':
                found.append((opened, sign.start()))
            opened = -1
        elif opened < 0:
            if here not in _CLOSES:
                opened, mark = sign.end(), here
        elif here in _OPENS or (here == mark == "“"):
            opened, mark = sign.end(), here
        else:
            found.append((opened, sign.start()))
            opened = -1
    if opened >= 0 and mark != '"':
        found.append((opened, len(text)))
    found += [(single.start() + 1, single.end() - 1) for single in _SINGLE.finditer(text)]
    return sorted(found)
