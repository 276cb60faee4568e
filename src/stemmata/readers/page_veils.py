"""In what ways a style hides an element from those who look at the page."""

from __future__ import annotations

import re
from itertools import islice

from stemmata.readers.page import Element
from stemmata.readers.page_grounds import Colour, Grounds, read_colour
from stemmata.readers.page_styles import Styles, is_named

HIGHEST = 40  # elements above one that are looked at
MOST_WITHIN = 100  # elements within one that are looked at
FAR = -500  # pixels to the left or above, and more: beyond every screen's edge
FARTHER = -3_000  # the same of what stays in the flow, where slides wait in a row for their turn
TINY = 1.4  # pixels (a point, which is 1.33, among them)
FAINT = 0.05  # of the opacity
UNITS = {"px": 1.0, "": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16, "vw": 12.0, "vh": 8.0, "ch": 8.0}
UNITS |= {"ex": 8.0, "cm": 38.0, "mm": 3.8, "in": 96.0, "pc": 16.0}
LENGTH = re.compile(r"(-?\d{0,9}\.?\d{0,9})([a-z%]{0,3})")
PLACES = ("left", "right", "top", "bottom")
MARGINS = ("margin-left", "margin-top")
SHIFTED = re.compile(r"translate(?:x|y|3d)?\( ?(?:[^,()]{0,20},)? ?(-\d{1,9}(?:\.\d{1,9})?(?:px|em|rem|vw))")
CUT = re.compile(r"rect\(\s*([01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%\s*\)|circle\(0")
REPLACED = {"a", "button", "h1", "h2", "h3", "h4", "h5", "h6"}  # a picture of the words stands where they were
INLINE = {
    *("span", "b", "i", "em", "strong", "font", "a", "small", "big", "sup", "sub", "u", "s", "mark", "code", "ins"),
    *("del", "label", "cite", "q", "abbr", "bdi", "bdo", "tt", "kbd", "samp", "var", "time", "data", "strike"),
}


def find_veil(element: Element, styles: Styles, grounds: Grounds, in_line: bool) -> str:
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
    if _number(style.get("opacity", "")) <= FAINT and not _moves(element, styles):
        return "transparent"
    return _without_room(element, styles, in_line) or _same_colour(element, styles, grounds, in_line)


def _moves(element: Element, styles: Styles) -> bool:
    """Tell whether an element may appear bit by bit."""
    style = styles.of(element)
    return "animation" in style or "transition" in style or styles.may_differ(element, "animation", "transition")


def _without_room(element: Element, styles: Styles, in_line: bool) -> str:
    """Tell of text that has no room to be shown in, or has it beyond the edge; a word in a line makes no box."""
    style = styles.of(element)
    placed = style.get("position") in ("absolute", "fixed")
    boxed = placed or element.tag not in INLINE or style.get("float", "none") != "none"
    boxed = boxed or style.get("display", "inline") not in ("inline", "contents")
    if placed and (CUT.match(style.get("clip", "")) or CUT.match(style.get("clip-path", ""))):
        return "cut to nothing"
    if boxed and style.get("overflow", "").split(" ")[0] in ("hidden", "clip"):
        sides = ("width", "max-width", "height", "max-height") if in_line else ("width", "max-width")
        if min(_pixels(style.get(side, "")) for side in sides) <= 1:  # of blocks, a height opens with a click
            return "in a box of no size"
    shift = SHIFTED.search(style.get("transform", "")) if boxed else None
    margins = MARGINS if boxed else MARGINS[:1]
    moved = min(_pixels(shift[1] if shift else ""), *(_pixels(style.get(name, "")) for name in margins))
    aside = placed and min(_pixels(style.get(name, "")) for name in PLACES) <= FAR
    if aside or moved <= (FAR if placed else FARTHER):
        return "outside the page"
    if boxed and _pixels(style.get("text-indent", "")) <= FAR and element.tag not in REPLACED:
        return "" if _reset(element, styles, "text-indent") else "outside the page"
    return ""


def _same_colour(element: Element, styles: Styles, grounds: Grounds, in_line: bool) -> str:
    """Tell of text in the colour of its background; where no background is named, only of white text."""
    style = styles.of(element)
    colour = read_colour(style.get("-webkit-text-fill-color") or style.get("color", ""))
    if colour is None or "text" in style.get("background-clip", "") + style.get("-webkit-background-clip", ""):
        return ""
    if style.get("text-shadow", "none") != "none" or _reset(element, styles, "color"):
        return ""
    if styles.may_differ(element, "text-shadow", "background-clip", "-webkit-background-clip"):
        return ""
    if colour.opaque <= FAINT:
        return "in transparent letters"
    ground = grounds.behind(element)
    if ground == "unknown" or colour.opaque < 1:
        return ""
    if isinstance(ground, Colour):
        hidden = colour.is_near(ground)
    else:
        hidden = colour.is_white and not grounds.is_light_around(element) and grounds.known
        hidden = hidden and (styles.alone or (in_line and not _is_dressed(element)))
    return ("white on white" if colour.is_white else "in the colour of its background") if hidden else ""


def _is_dressed(element: Element) -> bool:
    """Tell whether a sheet elsewhere can name an element, or one above it up to its block."""
    for each in (element, *islice(element.iterancestors(), HIGHEST)):
        if is_named(each):
            return True
        if each.tag not in INLINE:
            return False
    return True


def _reset(element: Element, styles: Styles, *names: str) -> bool:
    """Tell whether something within an element is, or may be, styled otherwise."""
    for count, each in enumerate(element.iter()):
        if each is element:
            continue
        if count > MOST_WITHIN or any(name in styles.of(each) for name in names):
            return True
        if styles.may_differ(each, *names) or (not styles.alone and is_named(each)):
            return True
    return False


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
