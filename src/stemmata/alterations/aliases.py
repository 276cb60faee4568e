"""One thing under several names: *U.N.*, *UN* and *United Nations*."""

from __future__ import annotations

import re

from stemmata.alterations.english import ALIASES

LONGEST = 5  # words of an alias
SHORT, FULL = 3, 8  # letters of *TV*, at most, and of *television*, at least
_NUMBER = {alias: n for n, names in enumerate(ALIASES) for alias in names.split("|")}
_BEGINS = {alias.split()[0] for alias in _NUMBER}
_SMALL_WORDS = {"of", "the", "and", "for"}
_SIGNS = re.compile(r"[\W_]+")


def may_begin_alias(word: str) -> bool:
    """Say whether one of the names begins with this word."""
    return word.lower() in _BEGINS


def alias(text: str) -> str | None:
    """Return what stands for all names of a thing, where ``text`` is one of its names in English."""
    number = _NUMBER.get(_words(text))
    return None if number is None or text == "us" else ALIASES[number]


def is_acronym(a: str, b: str) -> bool:
    """Say whether one of two texts is in capitals and made of the initials of the other."""
    if not a.isupper() and not b.isupper():
        return False
    short, long = sorted((_words(a), _words(b)), key=len)
    words = [word for word in long.split() if word not in _SMALL_WORDS]
    letters = short.replace(" ", "")
    if len(words) == 1 < len(letters) <= SHORT and len(long) >= FULL:
        return long[0] == letters[0] and _in_order(letters, long)
    if not (a if _words(a) == short else b).isupper():
        return False
    return len(words) == len(letters) > 1 and letters == "".join(word[0] for word in words)


def _in_order(letters: str, word: str) -> bool:
    """Say whether the letters stand in a word in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _words(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", text.lower()).split())
