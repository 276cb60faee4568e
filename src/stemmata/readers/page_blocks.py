"""A page as blocks, the lines that a reader sees: found in one walk, each with the element in which it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from stemmata.readers.page import CELLS, GAPS, KEEPING_SPACE, LINES, PARAGRAPHS, SPACE, Element
from stemmata.readers.page_parts import is_beside, is_foreign

GAP = {**dict.fromkeys(CELLS, 1), **dict.fromkeys(LINES, 2), **dict.fromkeys(PARAGRAPHS, 3)}


class Block(NamedTuple):
    """A line of a page.

    Parameters
    ----------
    text : str
    gap : int
        How far it stands from the block before: 2 is a line end, 3 a blank line.
    place : int
        The number of the element in which it begins.
    linked : int
        Code points of it that are links.
    """

    text: str
    gap: int
    place: int
    linked: int


class Blocks(NamedTuple):
    """The blocks of a page, in order, and its elements, which are numbered as they begin.

    Parameters
    ----------
    blocks : list of Block
    parents : list of int
        The element that each lies in; of the root, itself. It has a lower number.
    beside : list of bool
        Whether each seems to stand beside the text, by its name: see :func:`stemmata.readers.page_parts.is_beside`.
    """

    blocks: list[Block]
    parents: list[int]
    beside: list[bool]


def find_blocks(tree: Element) -> Blocks:
    """Return the blocks of a page, without pictures and their captions, and without what others wrote."""
    from lxml.etree import iterwalk

    page = Blocks([], [], [])
    open_: list[int] = []
    pieces: list[str] = []
    gap = before = place = linked = links = kept = 0
    walker = iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        name = element.tag
        parted = GAP.get(name, 0)
        if parted > 1 and pieces:
            _add(page, pieces, before, place, linked)
            pieces, linked = [], 0
        gap = max(gap, parted)
        if event == "start":
            page.parents.append(open_[-1] if open_ else 0)
            open_.append(len(page.beside))
            left_out = is_foreign(element)
            page.beside.append(not left_out and is_beside(element))
            if left_out:
                walker.skip_subtree()
            links += name == "a"
            kept += name in KEEPING_SPACE
            text = None if left_out else element.text
        else:
            open_.pop()
            links -= name == "a"
            kept -= name in KEEPING_SPACE
            text = element.tail if open_ else None
        if not text:
            continue
        if not kept:
            text = SPACE.sub(" ", text)
            if not pieces or gap or pieces[-1].endswith(" "):
                text = text.removeprefix(" ")
            if not text:
                continue
        if not pieces:
            before, place = gap, open_[-1]
        elif gap:
            pieces[-1] = pieces[-1].rstrip(" ")
            pieces.append(GAPS[gap])
        pieces.append(text)
        linked += len(text) if links else 0
        gap = 0
    _add(page, pieces, before, place, linked)
    return page


def join_blocks(page: Blocks, numbers: Iterable[int]) -> str:
    """Return some of the blocks as a text, parted as they stand on the page."""
    taken = set(numbers)
    pieces: list[str] = []
    gap = 0
    for number, block in enumerate(page.blocks):
        gap = max(gap, block.gap)
        if number in taken:
            pieces += (GAPS[gap], block.text)
            gap = 0
    return "".join(pieces[1:])


def _add(page: Blocks, pieces: list[str], gap: int, place: int, linked: int) -> None:
    text = "".join(pieces).strip()
    if text:
        page.blocks.append(Block(text, max(gap, 2), place, linked))
