"""What of a page is its text: the main text, that found fast, or all that a reader of the page sees."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import NamedTuple

from stemmata.readers.hidden import without_marks
from stemmata.readers.limits import PROFILES
from stemmata.readers.page import Element, is_unseen, render
from stemmata.readers.page_blocks import find_blocks, join_blocks
from stemmata.readers.page_density import find_main
from stemmata.readers.page_parts import is_beside, is_foreign

LONG_LINE = 80  # code points: a line of prose, where menus and teasers are shorter
SHORT = 250  # code points: with less, trafilatura takes all that there is
LACKING_SHARE = 1 / 3  # of the length of the main text: so long are long lines beside it that are told
LEAST_LACKING = 500  # code points
EDGE = 60  # code points at either end of a line by which it is known, for a main text may lack a part of it
LEAST_SHARE = 0.1  # of the long lines of a page; a main text that has less was not found


class Taken(NamedTuple):
    """The text of a page, with marks of what is hidden.

    Parameters
    ----------
    text : str
    page : str
        What the page says at all, but for what others say on it: there may stand where the text is from.
    amiss : bool
        Whether no main text was found, and the text is that of the page.
    whole : str, optional
        All that a reader of the page sees, where the main text lacks much of its prose.
    """

    text: str
    page: str
    amiss: bool = False
    whole: str | None = None


def take_main(tree: Element) -> Taken:
    """Return the main text, as trafilatura finds it."""
    return _taken(_main_text(tree), render(tree, is_beside), tree, render(tree, is_foreign))


def take_fast(tree: Element) -> Taken:
    """Return the main text by how dense the blocks of the page are."""
    blocks = find_blocks(tree)
    main, near = find_main(blocks)
    whole = join_blocks(blocks, range(len(blocks.blocks)))
    return _taken(join_blocks(blocks, main), join_blocks(blocks, near), tree, whole)


def take_whole(tree: Element) -> Taken:
    """Return all that a reader of the page sees."""
    text = render(tree, is_unseen)
    return Taken(text, text)


TAKEN: dict[str, Callable[[Element], Taken]] = dict(zip(PROFILES, (take_main, take_fast, take_whole), strict=True))


def _taken(main: str, near: str, tree: Element, page: str) -> Taken:
    """Return the main text, unless it is amiss: then what does not stand beside it, or else all."""
    near = near or render(tree, is_unseen)
    text, around = without_marks(main), without_marks(near)
    amiss = _is_amiss(text, around)
    lacks = not amiss and _lacks_much(text, around)
    return Taken(near if amiss else main, page, amiss, without_marks(render(tree, is_unseen)) if lacks else None)


def _is_amiss(text: str, page: str) -> bool:
    """Tell whether a main text has next to nothing of the page, or, being short, its menus as well."""
    if len(text) < SHORT:
        return not text or len(text) > len(page) > 0
    return len(text) < LEAST_SHARE * sum(len(line) for line in page.splitlines() if len(line) >= LONG_LINE)


def _lacks_much(text: str, page: str) -> bool:
    """Tell whether a main text lacks a third of its own length, and more than a paragraph, of the prose of the page."""
    lines = (line for line in page.splitlines() if len(line) >= LONG_LINE)
    lacking = sum(len(line) for line in lines if line[:EDGE] not in text and line[-EDGE:] not in text)
    return lacking >= max(LEAST_LACKING, LACKING_SHARE * len(text))


def _main_text(tree: Element) -> str:
    """Return what trafilatura takes for the main text; nothing where it finds none or stumbles."""
    try:
        document = _trafilatura().bare_extraction(tree, include_comments=False)
    except MemoryError:
        raise
    except Exception:  # on odd trees it fails in many ways; the page is then read without it
        return ""
    return "" if document is None else render(document.body)


@cache
def _trafilatura() -> ModuleType:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it discards, a note tells
    return trafilatura
