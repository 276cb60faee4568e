"""How the elements of a page are styled, as far as the page itself says it in simple words.

Read are the attribute ``style`` and those rules of ``<style>`` that go by one class, one id or one kind of element;
no style sheet is fetched, and rules for print or for narrow windows are passed over. All is read in one pass, up
to a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from stemmata.readers.page import Element

LONGEST_SHEET = 300_000  # characters of style sheets that are looked at, of a page
LONGEST_STYLE = 2_000  # of one element
MOST_RULES = 5_000
MOST_CLASSES = 20  # of one element
TOLD = {  # what can hide a text
    *("display", "visibility", "opacity", "color", "background", "background-color", "background-image", "filter"),
    *("font-size", "font", "position", "left", "right", "top", "bottom", "margin-left", "margin-top", "text-indent"),
    *("transform", "clip", "clip-path", "width", "height", "max-width", "max-height", "overflow", "background-clip"),
    *("-webkit-background-clip", "-webkit-text-fill-color", "text-shadow", "animation", "transition"),
}
SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<name>[.#][\w-]+)?")

Style: TypeAlias = dict[str, str]
Sheet: TypeAlias = Mapping[str, Mapping[str, Style]]
"""Styles by ``.class``, ``#id`` or tag, and by the tag that they are for; empty for any."""


class Styles:
    """How the elements of one page are styled; each is looked up once.

    ``alone``: the page names no style sheet that lies elsewhere.
    """

    def __init__(self, tree: Element) -> None:
        self.sheet = read_sheet(tree)
        self.alone = not any("stylesheet" in link.get("rel", "").lower() for link in tree.iter("link"))
        self._known: dict[Element, Style] = {}

    def of(self, element: Element) -> Style:
        """Return how an element is styled: by its kind, its classes, its id, its own attributes, the last first."""
        style = self._known.get(element)
        if style is None:
            style = self._known[element] = _style_of(element, self.sheet)
        return style


def read_sheet(tree: Element) -> Sheet:
    """Return the simple rules of a page's own style sheets."""
    rules: dict[str, dict[str, Style]] = {}
    left, count = LONGEST_SHEET, 0
    for element in tree.iter("style"):
        if element.get("media", "all").lower() not in ("all", "screen", ""):
            continue
        sheet = _uncommented((element.text or "")[:left])
        left -= len(element.text or "")
        for selectors, body in _rules(sheet):
            style = {name: value for name, value in read_style(body).items() if name in TOLD}
            if not style:
                continue
            for selector in selectors[:LONGEST_STYLE].split(","):
                match = SELECTOR.fullmatch(selector.strip())
                if match and match[0]:
                    of = rules.setdefault(match["name"] or match["tag"], {})
                    of.setdefault(match["tag"] or "", {}).update(style)
                    count += 1
        if left <= 0 or count > MOST_RULES:
            break
    return rules


def read_style(text: str) -> Style:
    """Return the declarations of an attribute ``style``, or of a rule; names and values in lower case."""
    style: Style = {}
    for part in text[:LONGEST_STYLE].split(";"):
        name, colon, value = part.partition(":")
        if colon:
            style[name.strip().lower()] = value.partition("!")[0].strip().lower()
    return style


def _style_of(element: Element, sheet: Sheet) -> Style:
    style: Style = {}
    if sheet:
        tag, names = element.tag, [element.tag]
        names += [f".{name}" for name in element.get("class", "")[:LONGEST_STYLE].split()[:MOST_CLASSES]]
        names += [f"#{element.get('id', '').strip()}"]
        for name in names:
            if of := sheet.get(name):
                style |= of.get("", {}) | of.get(tag, {})
    if element.tag == "font" and (colour := element.get("color")):
        style["color"] = colour.strip().lower()
    if colour := element.get("bgcolor"):
        style["background-color"] = colour.strip().lower()
    if own := element.get("style"):
        style |= read_style(_uncommented(own[:LONGEST_STYLE]))
    return style


def _uncommented(sheet: str) -> str:
    return "".join(part.partition("/*")[0] for part in sheet.split("*/")) if "/*" in sheet else sheet


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and body of the rules that stand in no other; of what is left open, nothing."""
    depth = start = 0
    selectors, nested = "", False
    for brace in re.finditer("[{}]", sheet):
        if brace[0] == "{":
            if not depth:
                selectors, nested = sheet[start : brace.start()].rpartition(";")[2].strip().lower(), False
                start = brace.end()
            nested |= depth > 0
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                if not nested and not selectors.startswith("@"):
                    yield selectors, sheet[start : brace.start()]
                start = brace.end()
        else:
            start = brace.end()
