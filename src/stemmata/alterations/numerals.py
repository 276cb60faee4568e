"""Numbers in words: *two hundred and five thousand*, *twenty-first*, *three quarters*."""

from __future__ import annotations

import re
from fractions import Fraction

DIGITS = 40  # of a figure; a longer one is no value but a word
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12,
          "lakh": 10**5, "crore": 10**7}  # fmt: skip


def list_of(words: str) -> list[str]:
    """Return the words of a line."""
    return words.split()


_ONES = list_of(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = list_of("twenty thirty forty fifty sixty seventy eighty ninety")
_FIRST = list_of(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
)
_TENTHS = list_of("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth")
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_WORTH = {word: n for n, word in enumerate(_ONES, 1)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_RANK = {word: n for n, word in enumerate(_FIRST, 1)} | {word: 10 * n for n, word in enumerate(_TENTHS, 2)}

_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(_ONES[:9])})\b)?|{'|'.join(reversed(_ONES))})"
_SCALE = "|".join(SCALES)
_BELOW_THOUSAND = (
    rf"(?:(?:{_SMALL}|an?)\s+hundred(?:\s+(?:and\s+)?{_SMALL}\b)?|{_SMALL}|(?:half\s+)?an?(?=\s+(?:{_SCALE})\b))"
)
NUMERAL = rf"(?:(?:{_BELOW_THOUSAND}\s+thousand\s+(?:and\s+)?)?{_BELOW_THOUSAND}(?:[\s-]+(?:{_SCALE})\b)*)"
"""Pattern of a number in words, for a text in lower case or with an initial capital."""
ORDINALS = (
    rf"\d{{1,{DIGITS}}}(?:st|nd|rd|th)"
    rf"|(?:(?:{'|'.join(_TENS)})[\s-]+)?(?:{'|'.join(_FIRST)})|{'|'.join(_TENTHS)}"
)
_OVER = r"(?<![\d/.,])(?:1/(?:[2-9]|10|12)|2/[357]|3/[4578]|4/[57]|5/[678]|7/8)(?![\d/])"
FRACTION = rf"{_OVER}|(?:an?|{'|'.join(_ONES[:9])})[\s-]+(?:{'|'.join(_PARTS)})s?"
FRACTION += r"|half(?=\s+(?:of|the|its|their|his|her|all)\b)"

NUMBER_WORDS = [*_WORTH, *_RANK, *SCALES, *(f"{scale}s" for scale in SCALES), "half", "twice", "thrice", "double",
                "triple", "quadruple", *(f"{word}fold" for word in _WORTH)]  # fmt: skip
"""Words with which a number may begin, but for the article of *a hundred* and *a third*."""
COUNTED_WORDS = [*SCALES, *_PARTS, *(f"{part}s" for part in _PARTS)]


def number_of(words: str) -> tuple[Fraction, Fraction]:
    """Return amount and scale of a number in words: of *two hundred and five thousand* 205 and 1,000."""
    parts = [word for word in re.split(r"[\s-]+", words.lower()) if word != "and"]
    scale = part = Fraction(1)
    while len(parts) > 1 and parts[-1] in SCALES and parts[-1] != "hundred":
        scale *= SCALES[parts.pop()]
    total, here = Fraction(0), Fraction(0)
    for word in parts:
        if word in SCALES:
            here *= SCALES[word]
            if word != "hundred":
                total, here = total + here, Fraction(0)
        elif word == "half":
            part = Fraction(1, 2)
        else:
            here += 1 if word in ("a", "an") else _WORTH[word]
    return part * (total + here), scale


def rank_of(ordinal: str) -> int:
    """Return the number of an ordinal: *21st* and *twenty-first* are 21."""
    digits = re.match(r"\d+", ordinal)
    if digits:
        return int(digits[0])
    return sum(_RANK.get(word) or _WORTH[word] for word in re.split(r"[\s-]+", ordinal.lower()))


def roman_of(numeral: str) -> int:
    """Return the number of a Roman numeral up to the fifties: *XVIII* is 18."""
    digits = [{"I": 1, "V": 5, "X": 10, "L": 50}[digit] for digit in numeral.upper()]
    return sum(-n if n < after else n for n, after in zip(digits, [*digits[1:], 0], strict=True))


def fraction_of(words: str) -> Fraction:
    """Return the value of a fraction: *two-thirds* is 2/3, *half* and *1/2* are one."""
    if "/" in words:
        return Fraction(words)
    *over, part = re.split(r"[\s-]+", words.lower())
    return Fraction(_WORTH.get("".join(over), 1), _PARTS[part if part in _PARTS else part.removesuffix("s")])
