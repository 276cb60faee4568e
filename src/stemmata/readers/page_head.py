"""The lines above a page's first paragraph that only repeat what stands in columns of their own.

Some templates keep headline, byline and date inside of the article, and extraction then takes them for text. A
reprint on another site would seem to have left them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PROSE = 80  # code points from which a line is a paragraph: the head ends before it
_BY = (
    r"by|written by|posted by|published|posted|updated|last (?:updated|modified)|on|at|von|veröffentlicht|aktualisiert"
    r"|stand|am|um|uhr|par|publié|mis à jour|le|à|por|publicado|actualizado|el|a las|από|του|της|δημοσιεύτηκε"
    r"|δημοσίευση|ενημερώθηκε|στις|[ap] ?m|gmt|utc|bst|c?est|e[sd]t|p[sd]t"
)
_DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|δευτέρα|τρίτη|τετάρτη|πέμπτη|παρασκευή|σάββατο|κυριακή"
)
_MONTHS = (
    r"jan\w*|feb\w*|mar\w*|märz|apr\w*|may|mai|mayo|jun\w*|jul\w*|aug\w*|ago\w*|sep\w*|set\w*|o[ck]t\w*|nov\w*|de[cz]\w*"
    r"|ene\w*|abr\w*|dic\w*|janv\w*|févr\w*|mars|avr\w*|juin|juil\w*|août|déc\w*"
    r"|ιαν\w*|φεβ\w*|μαρ\w*|απρ\w*|μα[ΐίι]\w*|ιο[υύ]ν\w*|ιο[υύ]λ\w*|α[υύ]γ\w*|σεπ\w*|οκτ\w*|νο[εέ]\w*|δεκ\w*"
)
_TELLING = re.compile(rf"\b(?:{_BY}|{_DAYS}|{_MONTHS})\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b\d\w*\b")
_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_DATE = re.compile(
    rf"(?<!\d)(?<!\d[-./])(?:[12]\d{{3}}(?:(?P<a>[-./]){_MONTH}(?P=a){_DAY}|[年년]\s*{_MONTH}[月월]\s*{_DAY}[日일])"
    rf"|(?:{_DAY}(?P<b>[-./]){_MONTH}|{_MONTH}(?P<c>[-./]){_DAY})(?:(?P=b)|(?P=c))(?:[12]\d)?\d\d)(?![-./]?\d)"
)
_DIVIDERS = " |·•"
_SIGNS = re.compile(r"[\W_]+")


def without_head(text: str, said: Iterable[str | None]) -> str:
    """Return a main text without the lines above its first paragraph that say nothing of their own.

    Such a line holds the headline, the author, the outlet, a date, or several of them, or a menu, and nothing else.
    A text without a line of prose is left as it is.

    Parameters
    ----------
    text : str
        Lines of a page.
    said : iterable of str or None
        What the columns hold: title, author, site.
    """
    lines = text.split("\n")
    first = next((k for k, line in enumerate(lines) if len(line) >= PROSE and not _is_menu(line)), 0)
    known = [plain for plain in (_plain(one) for one in said if one) if plain]
    empty = {k for k, line in enumerate(lines[:first]) if _says_nothing(line, known)}
    if not empty:
        return text
    kept: list[str] = []
    for k, line in enumerate(lines[:first]):
        if k not in empty and (line.strip() or (kept and kept[-1].strip())):
            kept.append(line)
    return "\n".join(kept + lines[first:])


def _is_menu(line: str) -> bool:
    parts = re.split(r"[|·•]", line.strip(_DIVIDERS))
    return len(parts) >= 4 and all(0 < len(part.strip()) <= 30 for part in parts)


def _says_nothing(line: str, known: Iterable[str]) -> bool:
    """Tell whether a line holds but what is known or tells of it; numbers alone may be anything, unless a date."""
    if _is_menu(line):
        return True
    rest = plain = _plain(line)
    for one in known:
        rest = re.sub(rf"\b{re.escape(one)}\b", " ", rest)
    repeats = rest != plain or _TELLING.search(rest) or _DATE.search(line)
    return bool(repeats) and not _SIGNS.sub("", _NUMBERS.sub(" ", _TELLING.sub(" ", rest)))


def _plain(text: str) -> str:
    return _SIGNS.sub(" ", text.casefold()).strip()
