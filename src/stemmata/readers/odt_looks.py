"""How the letters of an OpenDocument text look, by their styles."""

from __future__ import annotations

import re

from stemmata.readers.looks import PAGE, UNKNOWN, Look
from stemmata.readers.page import Element
from stemmata.readers.xmltree import local

HIGHEST = 20  # styles that are based on one another
SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)pt")
NONE = Look()
PROPERTIES = ("text-properties", "paragraph-properties", "table-cell-properties")


class Looks:
    """How styles look, and what is looked up by them; ``page`` is the ground of the page."""

    def __init__(self, styles: dict[tuple[str, str], tuple[str, Look]], page: str) -> None:
        self.page = page
        self._styles = styles
        self._known: dict[tuple[str, str], Look] = {}

    def of(self, family: str, name: str) -> Look:
        """Return how a style of a family (paragraph, text, table-cell) looks, with what it is based on."""
        key = (family, name)
        if key not in self._known:
            look, based = NONE, name
            for _ in range(HIGHEST):
                if (family, based) not in self._styles:
                    break
                based, below = self._styles[family, based]
                look = look.over(below)
            self._known[key] = look
        return self._known[key]


def read_looks(content: Element, styles: Element | None) -> Looks:
    """Return the looks of a document, from the trees of its content and, if there is one, of its styles."""
    found: dict[tuple[str, str], tuple[str, Look]] = {}
    page = PAGE
    for tree in (styles, content):
        for style in () if tree is None else tree.iter("{*}style", "{*}page-layout-properties"):
            if local(style) != "style":
                painted = attribute(style, "background-color") not in ("", "transparent", "#ffffff")
                page = UNKNOWN if painted or (len(style) and attribute(style[0], "href")) else page
                continue
            look = NONE
            for one in style:
                if local(one) in PROPERTIES:
                    look = _read(one).over(look)
            found[attribute(style, "family"), attribute(style, "name")] = attribute(style, "parent-style-name"), look
    return Looks(found, page)


def _read(properties: Element) -> Look:
    ground = attribute(properties, "background-color")
    size = SIZE.fullmatch(attribute(properties, "font-size"))
    is_none = attribute(properties, "display") == "none"
    window = attribute(properties, "use-window-font-color") == "true"
    return Look(
        False if is_none else True if attribute(properties, "display") == "true" else None,
        "auto" if window else attribute(properties, "color") or None,
        None if ground in ("", "transparent") else ground,
        float(size[1]) if size else None,
    )


def attribute(element: Element, name: str) -> str:
    """Return the value of an attribute, whatever its namespace; empty where there is none."""
    return next((str(said) for key, said in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
