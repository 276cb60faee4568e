"""Pieces of HTML in other files, as mails and feeds hold them: text as a reader sees it, all of it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from stemmata.readers.hidden import take_marks, without_marks
from stemmata.readers.page import UNFIT, is_unseen, parse_page, render
from stemmata.readers.page_hidden import take_out_hidden

MARKUP = re.compile(r"<[A-Za-z/!?]|&[#A-Za-z]")


class Fragment(NamedTuple):
    """A text, and what of it is hidden, as the column ``hidden`` has it."""

    text: str
    hidden: list[dict[str, Any]]


def render_fragment(markup: str, depth: int) -> Fragment:
    """Return the text of a piece of HTML, of which nothing is taken for the menu of a page, and what it hides.

    Parameters
    ----------
    markup : str
        HTML, be it a whole page or a few words without a tag.
    depth : int
        How deep elements may be nested, 1 to 2,000.

    Raises
    ------
    SourceError
        Elements are nested deeper than ``depth``.
    """
    markup = UNFIT.sub("", markup)
    if not markup.strip():
        return Fragment("", [])
    if not MARKUP.search(markup):
        return Fragment(markup.strip(), [])
    tree = parse_page(f"<div>{markup}", depth) if markup.lstrip()[:1] != "<" else parse_page(markup, depth)
    hidden = take_out_hidden(tree)
    text, stood = take_marks(render(tree, is_unseen), hidden)
    return Fragment(text, stood)


def render_line(markup: str, depth: int) -> str:
    """Return the text of a title or a name in one line."""
    return without_marks(" ".join(render_fragment(markup, depth).text.split()))
