"""In what ways a style hides an element from those who look at the page."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from stemmata.readers.page import Element
from stemmata.readers.page_styles import Styles

HIGHEST = 200  # elements above one that are looked at
MOST_WITHIN = 100  # elements within one that are looked at
FAR = -500  # pixels to the left or above, and more: beyond every screen's edge
TINY = 1.4  # pixels (a point, which is 1.33, among them)
FAINT = 0.05  # of the opacity
NEAR = 12  # steps of 255 by which each part of two colours may differ that nobody tells apart
WHITE = 245  # of 255, and more in each part
UNITS = {"px": 1.0, "": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16, "vw": 12.0, "vh": 8.0, "ch": 8.0}
UNITS |= {"ex": 8.0, "cm": 38.0, "mm": 3.8, "in": 96.0, "pc": 16.0}
LENGTH = re.compile(r"(-?\d{0,9}\.?\d{0,9})([a-z%]{0,3})")
FARTHEST = ("left", "right", "top", "bottom", "margin-left", "margin-top")
SHIFTED = re.compile(r"translate(?:x|y|3d)?\(\s*(?:[^,()]{0,20},)?\s*(-\d{1,9}(?:\.\d{1,9})?(?:px|em|rem|vw))")
CUT = re.compile(r"rect\(\s*([01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%\s*\)|circle\(0")
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
REPLACED = {"a", "button", "h1", "h2", "h3", "h4", "h5", "h6"}  # a picture of the words stands where they were
PICTURES = ("url(", "gradient", "var(", "image")


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


def find_veil(element: Element, styles: Styles, in_line: bool) -> str:
    """Return how an element with a style is hidden; empty where it is not, or the page does not say enough.

    Parameters
    ----------
    in_line : bool
        Whether it stands among other words of a paragraph. White letters there are told apart from those on a dark
        ground that a style sheet elsewhere may lay below a whole block.
    """
    style = styles.of(element)
    if _pixels(style.get("font-size", "")) <= TINY and not _reset(element, styles, "font-size", "font"):
        return "in type of no size"
    if _number(style.get("opacity", "")) <= FAINT and not ("animation" in style or "transition" in style):
        return "transparent"
    placed = style.get("position") in ("absolute", "fixed")
    if placed and (CUT.match(style.get("clip", "")) or CUT.match(style.get("clip-path", ""))):
        return "cut to nothing"
    if _pixels(style.get("width", "")) <= 1 and style.get("overflow", "") in ("hidden", "clip"):
        return "in a box of no size"
    shift = SHIFTED.search(style.get("transform", ""))
    moved = [_pixels(style.get(name, "")) for name in FARTHEST if placed or name.startswith("margin")]
    if min([*moved, _pixels(shift[1] if shift else "")]) <= FAR:
        return "outside the page"
    if _pixels(style.get("text-indent", "")) <= FAR and element.tag not in REPLACED:
        return "outside the page"
    return _same_colour(element, styles, in_line)


def _same_colour(element: Element, styles: Styles, in_line: bool) -> str:
    """Tell of text in the colour of its background; where no background is named, only of white text."""
    style = styles.of(element)
    colour = read_colour(style.get("-webkit-text-fill-color") or style.get("color", ""))
    if colour is None or "text" in style.get("background-clip", "") + style.get("-webkit-background-clip", ""):
        return ""
    if style.get("text-shadow", "none") != "none" or _reset(element, styles, "color"):
        return ""
    if colour.opaque <= FAINT:
        return "in transparent letters"
    ground = _background(element, styles)
    if ground == "unknown" or colour.opaque < 1:
        return ""
    if isinstance(ground, Colour):
        hidden = colour.is_near(ground)
    else:
        hidden = colour.is_white and not _is_light_around(element, styles) and (styles.alone or in_line)
    return ("white on white" if colour.is_white else "in the colour of its background") if hidden else ""


def _background(element: Element, styles: Styles) -> Colour | str:
    """Return the colour behind an element; "unknown" behind which a picture may be, or empty where none is named.

    A sheet elsewhere may lay another ground below anything with a class or an id, and below all of the page.
    """
    dressed = False
    for each in (element, *islice(element.iterancestors(), HIGHEST)):
        style = styles.of(each)
        said = " ".join(style.get(name, "") for name in ("background", "background-color", "background-image")).strip()
        if said and said not in ("none", "transparent", "inherit", "initial"):
            if not styles.alone and (dressed or each.tag in ("body", "html")):
                return ""
            if any(picture in said for picture in PICTURES) or each.get("background"):
                return "unknown"
            colour = read_colour(style.get("background-color") or style.get("background", ""))
            return colour if colour and colour.opaque == 1 else "unknown"
        dressed = dressed or _is_named(each)
    return ""


def _is_light_around(element: Element, styles: Styles) -> bool:
    """Tell whether the text round an element is said to be light as well: then its background will be dark."""
    for each in islice(element.iterancestors(), HIGHEST):
        colour = read_colour(styles.of(each).get("color", ""))
        if colour:
            return min(colour[:3]) > 127
    return False


def _reset(element: Element, styles: Styles, *names: str) -> bool:
    """Tell whether something within an element is, or may be, styled otherwise."""
    for count, each in enumerate(element.iter()):
        if each is element:
            continue
        if count > MOST_WITHIN or any(name in styles.of(each) for name in names):
            return True
        if not styles.alone and _is_named(each):
            return True
    return False


def _is_named(element: Element) -> bool:
    """Tell whether a sheet elsewhere can have a rule for this very element."""
    return bool(element.get("class") or element.get("id"))


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


def _pixels(value: str) -> float:
    """Return a length in pixels, as good as can be told; infinite where there is none."""
    match = LENGTH.fullmatch(value)
    try:
        return float(match[1]) * UNITS[match[2]] if match else float("inf")
    except (KeyError, ValueError):
        return float("inf")


def _number(value: str) -> float:
    try:
        return float(value[:20])
    except ValueError:
        return float("inf")
