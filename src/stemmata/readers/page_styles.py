"""How the elements of a page are styled, as far as the page itself says it in simple words."""

from __future__ import annotations

from stemmata.readers.page import Element
from stemmata.readers.page_sheets import (
    ANY,
    LONGEST_SHEET,
    Rank,
    Style,
    names_of,
    read_declarations,
    read_sheet,
)


class Styles:
    """How the elements of one page are styled; each is looked up once.

    ``alone``: the page names no style sheet that lies elsewhere.
    """

    def __init__(self, tree: Element) -> None:
        self.tree = tree
        self.sheet = read_sheet(tree)
        imported = any("@import" in (style.text or "")[:LONGEST_SHEET] for style in tree.iter("style"))
        self.alone = not imported and not any("stylesheet" in link.get("rel", "").lower() for link in tree.iter("link"))
        self._known: dict[Element, Style] = {}

    def of(self, element: Element) -> Style:
        """Return how an element is styled: by its kind, its classes, its id, its own attributes, the last first.

        What a rule that was passed over may say otherwise is left out.
        """
        style = self._known.get(element)
        if style is None:
            style = self._known[element] = self._read(element)
        return style

    def may_differ(self, element: Element, *names: str) -> bool:
        """Tell whether a rule that was passed over may say something of an element."""
        passed_over = self.sheet.passed_over
        return bool(passed_over) and any(
            name in passed_over.get(key, ()) for key in (*names_of(element), ANY) for name in names
        )

    def passes_over(self, *names: str) -> bool:
        """Tell whether a rule that was passed over may say something of any element."""
        return any(name in said for said in self.sheet.passed_over.values() for name in names)

    def _read(self, element: Element) -> Style:
        said: dict[str, tuple[Rank, str]] = {}
        keys = names_of(element)
        for key in keys if self.sheet.rules else ():
            of = self.sheet.rules.get(key, {})
            for tag in ("", element.tag):
                for name, ranked in of.get(tag, {}).items():
                    said[name] = max(said.get(name, ranked), ranked)
        hints = {}
        if element.tag == "font" and (colour := element.get("color")):
            hints["color"] = colour.strip().lower()
        if colour := element.get("bgcolor"):
            hints["background-color"] = colour.strip().lower()
        style = hints | {name: value for name, (_, value) in said.items()}
        unsure = set[str]().union(*(self.sheet.passed_over.get(key, ()) for key in (*keys, ANY)))
        style = {name: value for name, value in style.items() if name not in unsure}
        if own := element.get("style"):
            plain, important = read_declarations(own)
            style |= {name: value for name, value in plain.items() if name not in said or not said[name][0][0]}
            style |= important
            style = {name: value for name, value in style.items() if f"!{name}" not in unsure}
        return style


def is_named(element: Element) -> bool:
    """Tell whether a sheet elsewhere can have a rule for this very element."""
    return bool(element.get("class") or element.get("id"))
