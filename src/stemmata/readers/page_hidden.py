"""What a page hides: taken out of its tree, and marked where somebody, or a machine, may be meant to read it.

Pages hide much that is ordinary: menus, notices, what waits for a click, words for those who listen. That is dropped
in silence. Told is only what lies in the flow of prose, for which no page has a use: text that is not displayed within
a paragraph or between the letters of a word; and text that is there to be displayed but cannot be seen, since it has
the colour of its background, no size, or a place beyond the edge.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TypeAlias

from stemmata.readers.hidden import MOST, Hidden, mark, says_something
from stemmata.readers.page import UNSEEN, Element, is_unseen, render
from stemmata.readers.page_parts import is_beside
from stemmata.readers.page_styles import LONGEST_STYLE, Styles
from stemmata.readers.page_veils import find_veil

UNDISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
VEILING = re.compile(  # what a style has at least that hides in another way
    r"#f|white|rgb|transparent|snow|ivory|colou?r|opacity\s*:\s*\.?0|font|-\d{3}|-\d{2}r?em|indent|clip|hidden|translate",
    re.IGNORECASE,
)
INLINE = {
    *("span", "b", "i", "em", "strong", "font", "a", "small", "big", "sup", "sub", "u", "s", "mark", "code", "ins"),
    *("del", "label", "cite", "q", "abbr", "bdi", "bdo", "tt", "kbd", "samp", "var", "time", "data", "strike"),
}
PROSE = {"p", "li", "td", "blockquote", "dd", "h1", "h2", "h3", "h4", "h5", "h6"}
FOR_LISTENERS = re.compile(  # how sites call what is for those who hear a page
    r"\bsr\b|sr-?only|screen-?reader|visually-?hidden|visuallyhidden|assistive|a11y|accessib|off-?screen|skip|aural"
    r"|hidden-visually|screenreader|audible|invisible-label|element-invisible",
    re.IGNORECASE,
)
LETTER = re.compile(r"[^\W\d_]")
_DROPPED = "stemmata-dropped"  # all at once: one by one, the text behind each would be copied again and again
HIGHEST = 40  # elements above one that are looked at
MOST_LOOKED_AT = 5_000  # elements of one page whose style is read closely

Found: TypeAlias = tuple[Element, str, int]
"""An element, how it is hidden (empty: in an ordinary way), and how much text it holds."""


def take_out_hidden(tree: Element) -> list[Hidden]:
    """Take out of a tree what a page does not show, and return what of it is told; marks in the tree say where.

    What holds half of a page's text only waits for a script to show it, and stays.
    """
    from lxml.etree import strip_elements

    found, size = _undisplayed(tree)
    found += _veiled(tree, {element for element, *_ in found})
    stretches: list[Hidden] = []
    for element, what, length in found:
        if 2 * length >= size or element.getparent() is None:
            continue
        text = " ".join(render(element, is_unseen).split()) if what and len(stretches) < MOST else ""
        if text and (says_something(text) or _breaks_a_word(element, text)):
            element.tail = mark(len(stretches)) + (element.tail or "")
            stretches.append(Hidden(what, text))
        element.tag = _DROPPED
    strip_elements(tree, _DROPPED, with_tail=False)
    return stretches


def _undisplayed(tree: Element) -> tuple[list[Found], int]:
    """Return what is not displayed, by its own attributes, and how much text the page has."""
    from lxml.etree import iterwalk

    sizes = [0]
    found: list[Found] = []
    for event, element in iterwalk(tree, events=("start", "end")):
        if event == "start":
            sizes.append(0 if element.tag in UNSEEN else len(element.text or ""))
            continue
        size = 0 if element.tag in UNSEEN else sizes[-1]
        sizes.pop()
        sizes[-1] += size + len(element.tail or "")
        if element.get("hidden", "until-found") != "until-found" or UNDISPLAYED.search(element.get("style", "")):
            found.append((element, "not displayed" if _is_in_prose(element) else "", size))
        elif element.tag == "template" or element.get("aria-hidden") == "true":  # to those who listen, it is not there
            found.append((element, "", size))
    return found, sizes[0]


def _veiled(tree: Element, known: set[Element]) -> list[Found]:
    """Return what is there to be displayed, and yet not seen."""
    from lxml.etree import iterwalk

    styles = Styles(tree)
    found: list[Found] = []
    looked = 0
    walker = iterwalk(tree, events=("start",))
    for _, element in walker:
        if element in known or element.tag in UNSEEN:
            walker.skip_subtree()
            continue
        if not _may_be_veiled(element, styles):
            continue
        looked += 1
        if looked > MOST_LOOKED_AT:
            break
        in_line = _is_in_prose(element)
        what = find_veil(element, styles, in_line)
        if not what and in_line and styles.of(element).get("display") == "none":
            what = "not displayed"
        if not what or (what == "transparent" and not in_line):  # pages let whole blocks appear bit by bit
            continue
        listened = FOR_LISTENERS.search(f"{element.get('class', '')} {element.get('id', '')}"[:LONGEST_STYLE])
        found.append((element, "" if listened or is_beside(element) else what, sum(map(len, element.itertext()))))
        walker.skip_subtree()
    return found


def _may_be_veiled(element: Element, styles: Styles) -> bool:
    """Tell whether it is worth while to read the style of an element, which takes time."""
    style = element.get("style")
    if style and VEILING.search(style[:LONGEST_STYLE]):
        return True
    if element.tag == "font" and element.get("color"):
        return True
    if not styles.sheet:
        return False
    names = [f".{name}" for name in element.get("class", "")[:LONGEST_STYLE].split()]
    return any(name in styles.sheet for name in (*names, f"#{element.get('id', '').strip()}"))


def _is_in_prose(element: Element) -> bool:
    """Tell whether an element is a piece of a line of prose: other words stand beside it."""
    if element.tag not in INLINE:
        return False
    has_words = False
    for above in (element, *islice(element.iterancestors(), HIGHEST)):
        if above.tag not in INLINE:
            return has_words and above.tag in PROSE
        has_words = has_words or _has_words_beside(above)
    return False


def _has_words_beside(element: Element) -> bool:
    return bool(LETTER.search(element.tail or "") or LETTER.search(_before(element)))


def _before(element: Element) -> str:
    """Return the text that stands straight before an element."""
    previous = element.getprevious()
    if previous is not None:
        return previous.tail or ""
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def _breaks_a_word(element: Element, text: str) -> bool:
    """Tell whether letters are hidden between the letters of a word."""
    before, after = _before(element)[-1:], (element.tail or "")[:1]
    return bool(LETTER.search(before) and LETTER.search(after) and LETTER.search(text))
