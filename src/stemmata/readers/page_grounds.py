"""What lies behind the text of a page, as far as the page itself says it."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import NamedTuple, TypeAlias

from stemmata.readers.page import Element
from stemmata.readers.page_sheets import GROUNDS, NO_GROUND, Style
from stemmata.readers.page_styles import Styles, is_named

NEAR = 12  # steps of 255 by which each part of two colours may differ that nobody tells apart
WHITE = 245  # of 255, and more in each part
NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,9})?|\.\d{1,9}")
NAMES = {
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245),
    "floralwhite": (255, 250, 240),
    "black": (0, 0, 0),
}
PAINTED = ("url(", "gradient", "var(", "image")
PICTURES = {"img", "picture", "video", "canvas", "svg", "object", "embed", "iframe"}
MOST_ELEMENTS = 20_000  # of a page that are looked at for what may lie below others
SEVERAL = 4  # paragraphs from which the pictures among them stand in the flow of the text
MOVED = ("position", "margin-top", "margin-left")


class Colour(NamedTuple):
    """Red, green and blue, 0 to 255, and how opaque it is, 0 to 1."""

    red: float
    green: float
    blue: float
    opaque: float = 1.0

    @property
    def is_white(self) -> bool:
        """Whether it is white, or as good as white."""
        return min(self[:3]) >= WHITE

    def is_near(self, other: Colour) -> bool:
        """Tell whether nobody tells two colours apart."""
        return all(abs(one - two) <= NEAR for one, two in zip(self[:3], other[:3], strict=True))


Ground: TypeAlias = Colour | str
"""A colour; "unknown" where a picture may be behind; empty where none is named."""


class Grounds:
    """What lies behind the elements of one page.

    A sheet elsewhere may lay another ground below anything with a class or an id, and below all of the page; a rule
    that was passed over, below what it means. ``known``: no such rule lays one anywhere.
    """

    def __init__(self, tree: Element, styles: Styles) -> None:
        self._tree, self._styles = tree, styles
        self.known = not styles.passes_over(*GROUNDS)
        self._behind: dict[Element, tuple[Ground, Ground]] = {}  # as it is, and should a sheet elsewhere lay one before
        self._light: dict[Element, bool] = {}

    def behind(self, element: Element) -> Ground:
        """Return what lies behind the text of an element."""
        path = []
        behind: tuple[Ground, Ground] | None = ("", "")
        for each in (element, *element.iterancestors()):
            behind = self._behind.get(each) or self._own(each)
            if behind:
                self._behind[each] = behind
                break
            path.append(each)
        clean, dressed = behind or ("", "")
        for each in reversed(path):
            clean = dressed if is_named(each) else clean
            self._behind[each] = (clean, dressed)
        return clean

    def _own(self, element: Element) -> tuple[Ground, Ground] | None:
        """Return what an element itself says of its ground; None where that above it counts."""
        styles, style = self._styles, self._styles.of(element)
        if element.get("background") or element in self._covered:
            return "unknown", "unknown"
        said = " ".join(style.get(name, "") for name in GROUNDS).strip()
        if said not in NO_GROUND:
            colour = read_colour(style.get("background-color") or style.get("background", ""))
            painted = any(sign in said for sign in PAINTED)
            ground = colour if colour and colour.opaque == 1 and not painted else "unknown"
            if styles.alone:
                return ground, ground
            return ("" if element.tag in ("body", "html") else ground), ""
        if styles.may_differ(element, *GROUNDS) or _is_moved(style):
            return "unknown", "unknown"
        return None

    def is_light_around(self, element: Element) -> bool:
        """Tell whether the text round an element is, or may be, light as well: then its background will be dark."""
        path = []
        light = False
        for each in element.iterancestors():
            colour = read_colour(self._styles.of(each).get("color", ""))
            if each in self._light or colour or self._styles.may_differ(each, "color"):
                light = self._light.get(each, min(colour[:3]) > 127 if colour else True)
                break
            path.append(each)
        self._light.update(dict.fromkeys(path, light))
        return light

    @cached_property
    def _covered(self) -> set[Element]:
        """The elements that a picture, or a ground, lies across, or may lie across: what is in them may stand on it.

        Of a picture whose place a sheet elsewhere may say it is not known, unless it stands in the flow of a text.
        """
        covered: dict[str, set[Element]] = {"fixed": set(), "placed": set(), "perhaps": set()}
        unsure = not self._styles.alone or self._styles.passes_over(*MOVED)
        for each in islice(self._tree.iter(), MOST_ELEMENTS):
            style = self._styles.of(each)
            if each.tag not in PICTURES and all(style.get(name, "") in NO_GROUND for name in GROUNDS):
                continue
            how = self._lies(each) or ("perhaps" if unsure and each.tag in PICTURES else "")
            known = covered.get(how)
            if known is None:
                continue
            for above in each.iterancestors():
                if above in known or (how == "perhaps" and _flows(above)):
                    break
                known.add(above)
                if how == "placed" and self._styles.of(above).get("position", "static") != "static":
                    break
        if next(islice(self._tree.iter(), MOST_ELEMENTS, None), None) is not None:
            covered["fixed"].add(self._tree)
        return set().union(*covered.values())

    def _lies(self, element: Element) -> str:
        """Return whether a picture or a ground, or its mere wrapper, lies across others: fixed, or placed."""
        for each in (element, *islice(element.iterancestors(), 3)):
            if each is not element and (len(each) > 1 or (each.text or "").strip() or each.tag in ("body", "html")):
                break
            style = self._styles.of(each)
            if _is_moved(style):
                return "fixed" if style.get("position") == "fixed" else "placed"
        return ""


def _is_moved(style: Style) -> bool:
    """Tell whether an element is placed freely, or pulled over what is before it."""
    pulled = any(style.get(name, "").startswith("-") for name in ("margin-top", "margin-left"))
    return pulled or style.get("position") in ("absolute", "fixed", "sticky")


def _flows(element: Element) -> bool:
    """Tell whether an element holds a running text, or the whole page."""
    paragraphs = sum(1 for _ in islice(element.iterchildren("p"), SEVERAL + 1))
    return paragraphs > SEVERAL or element.tag in ("main", "body", "html")


def read_colour(value: str) -> Colour | None:
    """Return a colour as a style names it; None for what is none, or a rare one."""
    value = value.strip()
    if value in NAMES:
        return Colour(*NAMES[value])
    if value == "transparent":
        return Colour(0, 0, 0, 0)
    digits = value.removeprefix("#").split(" ")[0]
    if value.startswith("#") and len(digits) in (3, 4, 6, 8) and all(digit in "0123456789abcdef" for digit in digits):
        long = "".join(digit * 2 for digit in digits) if len(digits) < 6 else digits
        parts = [int(long[k : k + 2], 16) for k in range(0, len(long), 2)]
        return Colour(*parts[:3], *(part / 255 for part in parts[3:]))
    if value.startswith(("rgb(", "rgba(")):
        numbers = [float(number) for number in NUMBERS.findall(value[:80])]
        scale = 2.55 if "%" in value else 1
        if len(numbers) >= 3:
            return Colour(*(scale * number for number in numbers[:3]), *numbers[3:4])
    return None
