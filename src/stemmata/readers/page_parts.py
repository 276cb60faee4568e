"""Which parts of a page are not its text: by element, by role, by the names that sites give them."""

from __future__ import annotations

import re

from stemmata.readers.page import UNSEEN, Element

NAVIGATION = {"nav", "footer", "aside", "label"}
ROLES = {"navigation", "banner", "contentinfo", "complementary", "search"}
OTHERS = {"nav", "aside", "figure", "figcaption"}
WHOLE = {"html", "body", "main", "article"}  # their names tell of the page, not of a part
LONGEST_NAMES = 1_000  # characters of a class or an id that are looked at
_OF_OTHERS = "comments?|disqus|respond|related|recommend(?:ed|ations)?|teasers?|popular|trending"
_OF_THE_SITE = "sidebar|shar(?:e|ing)|social|cookies?|consent|breadcrumbs?|newsletter|promo|menu|footer"
BESIDE = re.compile(rf"(?:^|[\s_-])(?:{_OF_OTHERS}|{_OF_THE_SITE})(?:$|[\s_-])", re.IGNORECASE)
FOREIGN = re.compile(rf"(?:^|[\s_-])(?:{_OF_OTHERS}|caption|photo)(?:$|[\s_-])", re.IGNORECASE)


def is_beside(element: Element) -> bool:
    """Tell whether an element stands beside the text: menus, head and foot of the page, comments, teasers."""
    name = element.tag
    if name in UNSEEN or name in NAVIGATION or element.get("role") in ROLES:
        return True
    if name == "header":
        return not any(above.tag in ("article", "main") for above in element.iterancestors())
    return name not in WHOLE and bool(BESIDE.search(_names(element)))


def is_foreign(element: Element) -> bool:
    """Tell whether an element holds what others wrote, or pictures; head and foot of the page do not."""
    name = element.tag
    return name in UNSEEN or name in OTHERS or (name not in WHOLE and bool(FOREIGN.search(_names(element))))


def _names(element: Element) -> str:
    return f"{element.get('class', '')[:LONGEST_NAMES]} {element.get('id', '')[:LONGEST_NAMES]}"
