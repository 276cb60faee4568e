"""The tokeniser said again: one sign for each code point, and regular expressions over the signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from scripts.build_unicode_tables import CYRILLIC, GREEK, LOOK_ALIKES, PLANES, folded, properties

from stemmata.kernels import gaps as g
from stemmata.kernels import tokenise as t

NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
NUMBERS |= {"ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30}

# L letter, S code point of a script without spaces, D digit, E mark that is a vowel, i ignored
WORD = re.compile(r"L[LEi]*(?:'i*L[LEi]*)*|D[DEi]*(?:[,.]i*D[DEi]*)*|S[Ei]*")
CLASSES = {t.LETTER: "L", t.SINGLE: "S", t.IGNORED: "i", t.DIGIT: "D", t.EXTENDER: "E"}
# e ender, c ender that needs no space after it, n line end, s space, ) closer, ( opener
GAPS = ((g.CLOSED, "c"), (g.ENDER, "e"), (g.COLON, ":"), (g.NEWLINE, "n"), (g.SPACE, "s"))
ENDED = re.compile(r'[ec][)"ec]*[sn][^ec:]*$')
ENDED_WITHOUT_SPACE = re.compile(r'(?:c|[ec][)"]+)$')
OPENED = re.compile(r'[ec:(]|[sn]"')


class Word(NamedTuple):
    """Code points [start, end), the folded letters, and the flags of ``tokens``."""

    start: int
    end: int
    folded: str
    flags: int


def read_words(text: str) -> list[Word]:
    """Cut a text into words."""
    signs = "".join(map(_sign, text))
    words = []
    before = 0
    spans = [found.span() for found in WORD.finditer(signs)]
    written = [
        [c for c, sign in zip(text[start:end], signs[start:end], strict=True) if sign != "i"] for start, end in spans
    ]
    for k, (start, end) in enumerate(spans):
        plain = fold(written[k], _meant(written[k]))
        flags = _own_flags(text, signs, start, end, plain)
        flags |= _gap_flags(text[before:start], before == 0, bool(_bits(text[start]) & t.LOWER))
        words.append(Word(start, end, str(NUMBERS.get(plain, plain)), flags))
        before = end
    return words


def fold(letters: list[str], alike: Mapping[str, str]) -> str:
    """Return a word without case, loose marks, commas, and with look-alike letters made those of its script."""
    plain = ["'" if _bits(c) & t.APOSTROPHE else c for c in letters if c != ","]
    marked = alike is LOOK_ALIKES  # letters with marks look like those without
    plain = [alike.get(c) or (alike.get(_folded(c)) if marked else None) or c for c in plain]
    return "".join(_folded(c) for c in plain)


def _is_alike(letter: str) -> bool:
    return letter in LOOK_ALIKES or _folded(letter) in LOOK_ALIKES


def _meant(letters: list[str]) -> Mapping[str, str]:
    """Return which letters of a word that mixes scripts become which."""
    if _scripts(letters) != t.LATIN | t.CYRILLIC_GREEK:
        return {}
    others = [c for c in letters if _bits(c) & t.CYRILLIC_GREEK]
    greek = [c for c in others if c < "\u0400" or c >= "\u1f00"]
    table = GREEK if 2 * len(greek) > len(others) else CYRILLIC
    strangers = {c for c in letters if _bits(c) & t.LATIN} - table.keys()
    if len(others) >= t.LEAST_OWN and not all(map(_is_alike, others)) and not strangers:
        return table
    alike = [k for k, c in enumerate(letters) if _bits(c) & t.CYRILLIC_GREEK and _is_alike(c)]
    return LOOK_ALIKES if not all(_is_sign(letters, k) for k in alike) else {}


def _is_sign(letters: list[str], k: int) -> bool:
    if letters[k] not in "αβγδεζηθικλμνξπρςστυφχψω":
        return False
    around = letters[max(k - 1, 0) : k + 2]
    return k in (0, len(letters) - 1) or all(_scripts([c]) == t.LATIN and _bits(c) & t.UPPER for c in around[::2])


@cache
def _bits(sign: str) -> int:
    point = ord(sign)
    if point < PLANES:
        return properties(point)
    if point < 0x40000:
        return t.SINGLE
    return t.IGNORED | t.HIDDEN if 0xE0000 <= point < 0xE1000 else 0


@cache
def _folded(sign: str) -> str:
    return folded(ord(sign)) if ord(sign) < PLANES else sign


def _sign(sign: str) -> str:
    if sign in ",.":
        return sign
    bits = _bits(sign)
    return "'" if bits & t.APOSTROPHE else CLASSES.get(bits & t.CLASS, "-")


def _scripts(letters: list[str]) -> int:
    found = 0
    for letter in letters:
        found |= _bits(letter) & (t.LATIN | t.CYRILLIC_GREEK)
    return found


def _own_flags(text: str, signs: str, start: int, end: int, plain: str) -> int:
    letters = [c for c, sign in zip(text[start:end], signs[start:end], strict=True) if sign != "i"]
    last = start + len(signs[start:end].rstrip("i"))
    clinging = re.compile("i*(?:'i*)?").match(signs, last)
    beyond = clinging.end() if clinging else last
    veiled = False
    for k in range(start, beyond):
        if signs[k] == "i" and _scripts(list(text[start:k])):
            veiled |= text[k] >= "\U000e0000" or (k < last and bool(_bits(text[k]) & t.HIDDEN))
            veiled |= signs[start : k + 1].replace("'", "").endswith("i" * t.STACK)
    styled = [c for c in letters if _is_styled(c)]
    kinds = "".join("s" if _is_styled(c) else "p" for c in letters if _bits(c) & t.CLASS == t.LETTER)
    turns = len(re.findall("(?=sp|ps)", kinds))
    long = sum(c >= "\U0001d400" for c in styled) >= t.LONG_STYLED
    veiled |= turns >= 2
    return (
        t.CAPITAL * bool(_bits(text[start]) & t.UPPER)
        | t.LOWERCASE * bool(_bits(text[start]) & t.LOWER)
        | t.NUMBER * (signs[start] == "D" or plain in NUMBERS)
        | t.DISGUISED * (bool(_meant(letters)) or long or bool(veiled and _scripts(letters)))
    )


def _is_styled(letter: str) -> bool:
    bits = _bits(letter)
    return bits & t.CLASS == t.LETTER and bool(bits & t.HIDDEN)


def _gap_flags(gap: str, at_start: bool, lower: bool) -> int:
    signs = "".join(_gap_sign(c) for c in gap)
    lines = signs.count("n") + 2 * at_start
    sentence = at_start or ENDED.search(signs) or (ENDED_WITHOUT_SPACE.search(signs) and not lower)
    return (
        g.SENTENCE * bool(sentence)
        | g.LINE * (lines >= 1)
        | g.PARAGRAPH * (lines >= 2)
        | g.FIRST * bool(OPENED.search(signs) or lines >= 2)
    )


def _gap_sign(sign: str) -> str:
    bits = _bits(sign)
    if bits & t.CLASS == t.IGNORED:
        return ""
    for bit, name in GAPS:
        if bits & bit:
            return name
    if sign == '"':
        return '"'
    return ")" if bits & g.CLOSER else "(" if bits & g.OPENER else "o"
