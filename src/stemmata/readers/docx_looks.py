"""How the letters of a Word document look: by their own properties, else by those of their styles."""

from __future__ import annotations

from stemmata.readers.looks import PAGE, UNKNOWN, Look
from stemmata.readers.page import Element
from stemmata.readers.xmltree import local

OFF = ("0", "false", "off", "none")
HIGHEST = 20  # styles that are based on one another
NONE = Look()


class Looks:
    """How styles look, and what is looked up by them.

    Parameters
    ----------
    styles : mapping
        By id: what each is based on, and how it looks by itself.
    usual : str
        The id of the style of paragraphs that name none.
    page : str
        The ground of the page.
    """

    def __init__(self, styles: dict[str, tuple[str, Look]], usual: str, page: str) -> None:
        self.usual = usual
        self.page = page
        self._styles = styles
        self._known: dict[str, Look] = {}
        self._grounds: dict[str, Look] = {}

    def of_style(self, name: str) -> Look:
        """Return how a style looks, with what it is based on."""
        if name not in self._known:
            look, based = NONE, name
            for _ in range(HIGHEST):
                if based not in self._styles:
                    break
                based, below = self._styles[based]
                look = look.over(below)
            self._known[name] = look
        return self._known[name]

    def of_paragraph(self, properties: Element | None, ground: str) -> Look:
        """Return how the letters of a paragraph look; ``ground`` is what it stands on."""
        usual = self.of_style(named(properties, "pStyle") or self.usual).over(self._on(ground))
        own = None if properties is None else _shading(child(properties, "shd"))
        return usual if own is None else usual._replace(ground=own)

    def _on(self, ground: str) -> Look:
        if ground not in self._grounds:
            self._grounds[ground] = Look(ground=ground)
        return self._grounds[ground]

    def of_run(self, properties: Element | None, paragraph: Look) -> Look:
        """Return how a run of letters looks."""
        if properties is None:
            return paragraph
        style = named(properties, "rStyle")
        return read_look(properties).over(self.of_style(style) if style else NONE).over(paragraph)


def read_looks(styles: Element | None, document: Element) -> Looks:
    """Return the looks of a document.

    Parameters
    ----------
    styles : lxml element, optional
        The part of styles.
    document : lxml element
        The main part.
    """
    found: dict[str, tuple[str, Look]] = {}
    usual = ""
    for style in () if styles is None else styles:
        if local(style) != "style":
            continue
        name = value(style, "styleId")
        if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on"):
            usual = name
        run, paragraph = child(style, "rPr"), child(style, "pPr")
        ground = None if paragraph is None else _shading(child(paragraph, "shd"))
        look = (NONE if run is None else read_look(run)).over(Look(ground=ground))
        found[name] = named(style, "basedOn"), look
    painted = any(local(one) == "background" for one in document)
    return Looks(found, usual, UNKNOWN if painted else PAGE)


def read_look(properties: Element) -> Look:
    """Return how a run looks by its own properties."""
    shown = colour = ground = size = None
    for one in properties:
        name = local(one)
        if name == "vanish":
            shown = value(one, "val") in OFF
        elif name == "color":
            colour = value(one, "val")
        elif name == "shd":
            ground = ground or _shading(one)
        elif name == "highlight" and value(one, "val") != "none":
            ground = UNKNOWN
        elif name == "sz" and value(one, "val").isdecimal():
            size = int(value(one, "val")[:6]) / 2
    return Look(shown, colour, ground, size)


def ground_of(properties: Element | None) -> str | None:
    """Return what a cell, by its properties, lays below its text; None where it lays nothing."""
    return None if properties is None else _shading(child(properties, "shd"))


def _shading(shading: Element | None) -> str | None:
    if shading is None:
        return None
    fill, pattern = value(shading, "fill"), value(shading, "val")
    if pattern not in ("", "clear", "nil"):
        return UNKNOWN
    return None if fill in ("", "auto") else fill


def named(element: Element | None, name: str) -> str:
    """Return the value of a child of some name; empty where there is none."""
    one = None if element is None else child(element, name)
    return "" if one is None else value(one, "val")


def child(element: Element, name: str) -> Element | None:
    """Return the first child of some name."""
    return element.find("{*}" + name)


def value(element: Element, name: str) -> str:
    """Return the value of an attribute, whatever its namespace."""
    return next((str(said) for key, said in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
