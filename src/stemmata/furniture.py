"""Page furniture in running text: lines that a site adds to every page, told by their wording or shape.

Cue lists are ours; English is fullest, German, French and Spanish are begun. A line that names no cue is left
alone: for forensics a kept menu is better than a dropped sentence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

RELATED, COOKIES = "related article", "cookie notice"
URL = r"(?:https?://|www\.)\S+"
_LINES = {
    "url": rf"\W*(?:{URL}\s+)*{URL}\W*",
    RELATED: (
        r"\W*(?:related (?:articles?|stor(?:y|ies)|news|posts?|content|topics?|reading)|(?:read|see|watch) also"
        r"|also (?:read|on)|read (?:a lot |even )?more|more on this|you may also like|recommended for you"
        r"|lesen sie auch|mehr zum thema|lire aussi|à lire aussi|lea también|lee también|leia também)\b.*"
    ),
    "comment form": (
        r"\W*(?:leave a (?:reply|comment)|post a comment|cancel reply|your e-?mail address will not be published"
        r"|required fields are marked|save my name, e-?mail|notify me of (?:new|follow-up)"
        r"|schreibe einen kommentar|laisser un commentaire|deja un comentario)\b.*"
    ),
    "share bar": (
        r"\W*(?:share (?:this|on)|share\s*:|click to share|follow us|like us on|tweet this|print this page"
        r"|e-?mail this|teilen auf|partager sur|compartir en)\b.*"
    ),
    COOKIES: (
        r"(?:.*\b(?:we|(?:this|our) (?:web ?)?(?:site|page)s?|by (?:continuing|using|clicking))\b.*\bcookies\b.*"
        r"|\W*(?:cookie (?:policy|settings|notice|preferences)|(?:accept|reject|manage) (?:all )?cookies)\W*)"
    ),
    "subscription": (
        r"\W*(?:subscribe (?:to|now|today)|sign up (?:for|to)|join our (?:newsletter|mailing list)"
        r"|get our newsletter|newsletter sign)\b.*|\W*newsletter\W*"
    ),
    "advertisement": r"\W*(?:advertisements?|sponsored(?: content)?|story continues below|anzeige|publicité)\W*",
    "rights": r"\W*(?:©|\(c\) ?\d{4}|copyright (?:©|\(c\)|\d{4}|by\b)|all rights reserved).*",
}
LONGEST = 400  # characters: a longer line is prose that merely begins like furniture
_PATTERNS = {what: re.compile(pattern, re.IGNORECASE) for what, pattern in _LINES.items()}
_OTHERS = {what: pattern for what, pattern in _PATTERNS.items() if what != COOKIES}  # that one reads the whole line


class Furniture(NamedTuple):
    """Code points [start, end) of a line of furniture, and what it is."""

    start: int
    end: int
    what: str


def find_furniture(text: str) -> list[Furniture]:
    """Return the lines of ``text`` that are page furniture, in order, without the white space around them."""
    found = []
    begin = 0
    patterns = _PATTERNS if "ookie" in text or "OOKIE" in text else _OTHERS
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare and len(bare) <= LONGEST:
            start = begin + len(line) - len(line.lstrip())
            for what, pattern in patterns.items():
                if pattern.fullmatch(bare):
                    found.append(Furniture(start, start + len(bare), what))
                    break
        begin += len(line)
    return found
