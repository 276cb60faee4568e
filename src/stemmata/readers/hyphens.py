"""Words that are divided at the end of a line, made whole."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

TAIL = 100  # characters at the end of a line that tell how it ends
WORD = re.compile(r"\w+")
HYPHEN = re.compile(r"(\w+)[-\u00ad\u2010]$")
COMPOUND = re.compile(r"(?=(\b\w+-\w+))")  # overlapping: of mother-in-law also in-law
SUSPENDED = {"and", "or", "to", "und", "oder", "bis", "et", "ou", "e", "y", "o", "и", "или"}  # pre- and post-war


def compounds_in(lines: Iterable[str]) -> set[str]:
    """Return the words that lines write with a hyphen elsewhere than at their ends, in small letters."""
    return {word.casefold() for line in lines for word in COMPOUND.findall(line)}


def join_line(text: str, after: str, compounds: Container[str], gap: str) -> str:
    """Return a line as it goes on in the line after it: with ``gap``, or with the word whole that it divides."""
    divided, rest = HYPHEN.search(text[-TAIL:]), WORD.match(after)
    if not (divided and rest) or rest[0] in SUSPENDED:
        return f"{text}{gap}"
    whole = rest[0][0].islower() and divided[1][-1].isalpha() and not (divided[1].isupper() and len(divided[1]) > 1)
    return text[:-1] if whole and f"{divided[1]}-{rest[0]}".casefold() not in compounds else text
