"""One thing under several names: *U.N.*, *UN* and *United Nations*."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from stemmata.alterations.tongues import TONGUES

LONGEST = 5  # words of an alias
_SMALL_WORDS = {"of", "the", "and", "for"}
_SIGNS = re.compile(r"[\W_]+")


def may_begin_alias(word: str, language: str | None) -> bool:
    """Say whether one of the names begins with this word."""
    return word.lower() in _begins(language)


def alias(text: str, language: str | None) -> str | None:
    """Return what stands for all names of a thing, where ``text`` is one of its names in this language."""
    return None if text == "us" else _named(language).get(_words(text))


@cache
def _named(language: str | None) -> Mapping[str, str]:
    tongue = TONGUES.get(language or "")
    return {name: names for names in tongue.lists.ALIASES for name in names.split("|")} if tongue else {}


@cache
def _begins(language: str | None) -> frozenset[str]:
    return frozenset(name.split()[0] for name in _named(language))


def is_acronym(a: str, b: str) -> bool:
    """Say whether one of two texts is in capitals and made of the initials of the other."""
    if not a.isupper() and not b.isupper():
        return False
    short, long = sorted((_words(a), _words(b)), key=len)
    words = [word for word in long.split() if word not in _SMALL_WORDS]
    letters = short.replace(" ", "")
    if not (a if _words(a) == short else b).isupper():
        return False
    return len(words) == len(letters) > 1 and letters == "".join(word[0] for word in words)


def _words(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", text.lower()).split())
