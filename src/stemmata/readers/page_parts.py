"""Which parts of a page are not its text: by element, by role, by the names that sites give them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from stemmata.readers.page import UNSEEN, Element

NAVIGATION = {"nav", "footer", "aside", "label"}
ROLES = {"navigation", "banner", "contentinfo", "complementary", "search"}
OTHERS = {"nav", "aside", "figure", "figcaption"}
WHOLE = {"html", "body", "main", "article"}  # their names tell of the page, not of a part
LONGEST_NAMES = 1_000  # characters of a class or an id that are looked at
OF_OTHERS = {  # words of classes and ids
    *("comment", "comments", "disqus", "respond", "related", "recommend", "recommended", "recommendations"),
    *("teaser", "teasers", "popular", "trending"),
}
OF_THE_SITE = {
    *("sidebar", "share", "sharing", "social", "cookie", "cookies", "consent", "breadcrumb", "breadcrumbs"),
    *("newsletter", "promo", "menu", "footer"),
}
NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡§¶↩↑^])[\])]?\ufe0e?")
BESIDE, FOREIGN = OF_OTHERS | OF_THE_SITE, OF_OTHERS | {"caption", "photo"}


class Told(NamedTuple):
    """What the names of an element tell of it."""

    beside: bool
    foreign: bool


def is_beside(element: Element) -> bool:
    """Tell whether an element stands beside the text: menus, head and foot of the page, comments, teasers."""
    name = element.tag
    if name in UNSEEN or name in NAVIGATION or element.get("role") in ROLES:
        return True
    if name == "header":
        return not any(above.tag in ("article", "main") for above in element.iterancestors())
    return name not in WHOLE and _told(_names(element)).beside


def is_foreign(element: Element) -> bool:
    """Tell whether an element holds what others wrote, or pictures; head and foot of the page do not."""
    name = element.tag
    return name in UNSEEN or name in OTHERS or (name not in WHOLE and _told(_names(element)).foreign)


def take_out_note_marks(tree: Element) -> None:
    """Take the numbers of notes out of a tree, which copies leave out or count anew: links within the page."""
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        if NOTE_MARK.fullmatch("".join(link.itertext()).strip()):
            link.drop_tree()


def _names(element: Element) -> str:
    return f"{element.get('class', '')[:LONGEST_NAMES]} {element.get('id', '')[:LONGEST_NAMES]}"


@lru_cache(maxsize=4_096)  # the pages of a site have few names
def _told(names: str) -> Told:
    words = names.casefold().replace("_", " ").replace("-", " ").split()
    return Told(not BESIDE.isdisjoint(words), not FOREIGN.isdisjoint(words))
