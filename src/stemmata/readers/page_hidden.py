"""What a page hides: taken out of its tree, and marked where somebody, or a machine, may be meant to read it.

Pages hide much that is ordinary: menus, notices, what waits for a click, words for those who listen. That is dropped
in silence. Told is only what lies in the flow of prose, for which no page has a use: text that is not displayed within
a paragraph or between the letters of a word; and text that is there to be displayed but cannot be seen, since it has
the colour of its background, no size, or a place beyond the edge.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice
from typing import TypeAlias

from stemmata.readers.hidden import MOST, Hidden, mark, says_something
from stemmata.readers.page import UNSEEN, Element, is_unseen, render
from stemmata.readers.page_grounds import Grounds
from stemmata.readers.page_parts import is_beside
from stemmata.readers.page_sheets import LONGEST_STYLE, Style, names_of, read_style
from stemmata.readers.page_styles import Styles
from stemmata.readers.page_veils import INLINE, find_veil

UNDISPLAYED = re.compile("display|visibility", re.IGNORECASE)  # what a style has at least that does not display
SEEMING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)  # as others read it
VEILING = re.compile(  # what a style has at least that hides in another way
    r"#f|white|rgb|transparent|snow|ivory|colou?r|opacity\s*:\s*\.?0|font|-\d{3}|-\d{2}r?em|indent|clip|hidden|translate",
    re.IGNORECASE,
)
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

UNSHOWN = "not displayed"

Found: TypeAlias = dict[Element, tuple[str, int]]
"""Elements, how each is hidden (empty: in an ordinary way), and how much text it holds."""


def take_out_hidden(tree: Element, *, styled: bool = True) -> list[Hidden]:
    """Take out of a tree what a page does not show, and return what of it is told; marks in the tree say where.

    What holds half of a page's text only waits for a script to show it, and stays.

    Parameters
    ----------
    tree : lxml element
        The whole page.
    styled : bool
        Whether to look for what its styles veil, for which its style sheets are read: that takes half of the time.
    """
    from lxml.etree import strip_elements

    found, size = _undisplayed(tree)
    if styled:
        found |= _veiled(tree, found)
    stretches: list[Hidden] = []
    for element, what in _outermost(tree, {each: what for each, (what, length) in found.items() if 2 * length < size}):
        text = " ".join(render(element, is_unseen).split()) if what else ""
        if text and len(stretches) < MOST:
            element.tail = mark(len(stretches)) + (element.tail or "")
            stretches.append(Hidden(what, text))
        element.tag = _DROPPED
    strip_elements(tree, _DROPPED, with_tail=False)
    for element in tree.iter():
        style = element.get("style")
        if style and SEEMING.search(style) and not _is_undisplayed(read_style(style)):
            del element.attrib["style"]
    return stretches


def _outermost(tree: Element, found: dict[Element, str]) -> list[tuple[Element, str]]:
    """Return what is taken out, in order, and how what of it is told is hidden; nothing of it lies within another.

    What is there to be displayed stays in a line of prose, if it says too little to be told.
    """
    from lxml.etree import iterwalk

    taken = []
    walker = iterwalk(tree, events=("start",))
    for _, element in walker:
        what = found.get(element)
        if what is None or element is tree:
            continue
        if what:
            text = render(element, is_unseen)
            told = says_something(text) or _breaks_a_word(element, text)
            if not told and what != UNSHOWN and _is_in_prose(element):
                continue
            what = what if told else ""
        taken.append((element, what))
        walker.skip_subtree()
    return taken


def _undisplayed(tree: Element) -> tuple[Found, int]:
    """Return what is not displayed, by its own attributes, and how much text the page has."""
    from lxml.etree import iterwalk

    sizes = [0]
    found: Found = {}
    for event, element in iterwalk(tree, events=("start", "end")):
        if event == "start":
            sizes.append(0 if element.tag in UNSEEN else len(element.text or ""))
            continue
        size = 0 if element.tag in UNSEEN else sizes[-1]
        sizes.pop()
        sizes[-1] += size + len(element.tail or "")
        style = element.get("style", "")
        undisplayed = UNDISPLAYED.search(style) and _is_undisplayed(read_style(style))
        if undisplayed or element.get("hidden", "until-found") != "until-found":
            found[element] = (UNSHOWN if _is_in_prose(element) else "", size)
        elif element.tag == "template" or element.get("aria-hidden") == "true":  # to those who listen, it is not there
            found[element] = ("", size)
    return found, sizes[0]


def _is_undisplayed(style: Style) -> bool:
    return style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse")


def _veiled(tree: Element, known: Collection[Element]) -> Found:
    """Return what is there to be displayed, and yet not seen."""
    from lxml.etree import iterwalk

    styles = Styles(tree)
    grounds = Grounds(tree, styles)
    found: Found = {}
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
        what = find_veil(element, styles, grounds, in_line)
        if not what and in_line and _is_undisplayed(styles.of(element)):
            what = UNSHOWN
        if not what or (what == "transparent" and not in_line):  # pages let whole blocks appear bit by bit
            continue
        listened = FOR_LISTENERS.search(f"{element.get('class', '')} {element.get('id', '')}"[:LONGEST_STYLE])
        found[element] = ("" if listened or is_beside(element) else what, sum(map(len, element.itertext())))
        walker.skip_subtree()
    return found


def _may_be_veiled(element: Element, styles: Styles) -> bool:
    """Tell whether it is worth while to read the style of an element, which takes time."""
    style = element.get("style")
    if style and VEILING.search(style[:LONGEST_STYLE]):
        return True
    if element.tag == "font" and element.get("color"):
        return True
    rules = styles.sheet.rules
    return bool(rules) and any(name in rules for name in names_of(element)[1:])


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
