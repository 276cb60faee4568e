"""Tables of MediaWiki: rows are lines, cells are parted by a tab."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

ATTRIBUTES = re.compile(r"[^|\[\]]{0,400}?=[^|\[\]]{0,400}\|(?!\|)")  # before what a cell holds
PARTING = re.compile(r"\|\||!!")
BEGINS = re.compile(r"[ \t:]*\{\|")


def lay_out(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines, those of tables without their markup; a table that is left open ends with the page."""
    deep = 0
    row: list[str] = []
    for line in lines:
        bare = line.lstrip()
        if BEGINS.match(line):
            deep += 1
            yield from _row(row)
            yield ""
        elif not deep:
            yield line
        elif bare.startswith("|}"):
            deep -= 1
            yield from _row(row)
            yield from ("", bare[2:])
        elif bare.startswith("|-"):
            yield from _row(row)
        elif bare.startswith("|+"):
            yield from _row(row)
            yield _held(bare[2:])
        elif bare.startswith(("|", "!")):
            cells = PARTING.split(bare[1:]) if bare[0] == "!" else bare[1:].split("||")
            row.extend(map(_held, cells))
        elif bare and row:
            row[-1] = f"{row[-1]} {bare}".strip()
        elif bare:
            yield line
    yield from _row(row)


def _row(row: list[str]) -> Iterator[str]:
    if any(row):
        yield "\t".join(row)
    row.clear()


def _held(cell: str) -> str:
    """Return what a cell holds, without its attributes."""
    found = ATTRIBUTES.match(cell)
    return cell[found.end() if found else 0 :].strip()
