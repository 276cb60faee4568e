"""Numbers in words, as a language forms them: *two hundred and five thousand*, *zwanzigste*, *trois quarts*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

DIGITS = 40  # of a figure; a longer one is no value but a word
HUNDRED = 100  # the one scale that multiplies within a number: two hundred thousand
_PARTED = re.compile(r"[\s-]+")
_FOLDED = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})  # letters that a pattern takes for others, whatever their case


TIMES = ("second", "minute", "hour", "day", "week", "month", "year")
"""Units that an article does not count: *un jour* and *eines Tages* are no 1 day."""


def counted_forms(units: Mapping[str, str], *others: str) -> list[str]:
    """Return the forms of units that an article counts: all but those of time, and others by their names."""
    uncounted = (*TIMES, *others)
    return [form for name, forms in units.items() if name not in uncounted for form in forms.replace("_", " ").split()]


def parted(words: str) -> list[str]:
    """Return words that are parted by blanks."""
    return words.split()


def key_of(said: str) -> str:
    """Return what was said as it stands in a table: in lower case, with plain letters and single blanks."""
    return " ".join(said.translate(_FOLDED).lower().split())


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, the longest first; a hyphen in them stands for a blank as well."""
    return "|".join(
        re.escape(word).replace(r"\-", r"[\s-]+") for word in sorted(words, key=lambda word: (-len(word), word))
    )


@dataclass(frozen=True)
class NumberWords:
    """The number words of a language, in lower case; parts of one word are parted by a hyphen.

    Parameters
    ----------
    worth, scales : mapping
        Words that add their worth, and words that multiply what stands before them.
    ranks, parts : mapping
        Ordinals, and the words of fractions by what they divide by.
    numeral, ordinals, fraction : str
        Patterns.
    crowds, folds, attached : mapping
        Scales that stand for themselves (*millions*), *twice*, and what is written behind figures (*5bn*).
    fold, times : str
        Patterns of the folds where they count, and of what follows a number in *threefold*.
    begins : tuple of str
        Words with which a number may begin, but for the articles.
    articles, counted : tuple of str
        Words that begin a number before one of the counted ones alone: *a hundred*, *a third*.
    unsaid : frozenset of str
        Numbers that are none where they stand alone: *one* is a pronoun more often than not.
    halving : frozenset of str
        Words that halve the scale behind them: *half a million*.
    point : bool
        Whether 1,000.5 is a thousand and a half; else it is 1.000,5.
    of : str
        Pattern of what may stand between a number and its unit: *un million de livres*.
    """

    worth: Mapping[str, int | Fraction]
    scales: Mapping[str, int]
    ranks: Mapping[str, int]
    parts: Mapping[str, int | Fraction]
    numeral: str
    ordinals: str
    fraction: str
    begins: tuple[str, ...]
    articles: tuple[str, ...]
    counted: tuple[str, ...]
    crowds: Mapping[str, int]
    folds: Mapping[str, int] = field(default_factory=dict)
    fold: str = ""
    times: str = ""
    attached: Mapping[str, int] = field(default_factory=dict)
    unsaid: frozenset[str] = frozenset()
    halving: frozenset[str] = frozenset()
    point: bool = False
    of: str = ""

    def number_of(self, words: str) -> tuple[Fraction, Fraction]:
        """Return amount and scale of a number in words: of *two hundred and five thousand* 205 and 1,000."""
        plain = _plain(words)
        found: list[str] = self._words.findall(plain)
        if found and not plain.startswith(found[0]):
            found.insert(0, plain.partition("-")[0])  # the article of "a hundred"
        scale = part = Fraction(1)
        while len(found) > 1 and self.scales.get(found[-1], HUNDRED) != HUNDRED:
            scale *= self.scales[found.pop()]
        total, here = Fraction(0), Fraction(0)
        for word in found:
            if word in self.scales:
                here = (here or Fraction(1)) * self.scales[word]
                if self.scales[word] != HUNDRED:
                    total, here = total + here, Fraction(0)
            elif word in self.halving:
                part = Fraction(1, 2)
            else:
                here += Fraction(self.worth.get(word, 1))
        return part * (total + here or 1), scale

    def rank_of(self, ordinal: str) -> int:
        """Return the number of an ordinal: *21st* and *twenty-first* are 21."""
        digits = re.match(r"\d+", ordinal)
        if digits:
            return int(digits[0])
        return int(sum(self.ranks.get(word) or self.worth.get(word, 0) for word in _plain(ordinal).split("-")))

    def fraction_of(self, words: str) -> Fraction:
        """Return the value of a fraction: *two-thirds* is 2/3, *half* and *1/2* are one."""
        if "/" in words:
            return Fraction(words)
        *over, part = self._fractions.findall(_plain(words))
        return Fraction(self.worth.get(over[0], 1) if over else 1, self.parts[part])

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return re.compile(any_of({*self.worth, *self.scales, *self.halving}))

    @cached_property
    def _fractions(self) -> re.Pattern[str]:
        return re.compile(any_of({*self.worth, *self.parts}))


def roman_of(numeral: str) -> int:
    """Return the number of a Roman numeral up to the fifties: *XVIII* is 18."""
    digits = [{"I": 1, "V": 5, "X": 10, "L": 50}[digit] for digit in key_of(numeral).upper()]
    return sum(-n if n < after else n for n, after in zip(digits, [*digits[1:], 0], strict=True))


def _plain(words: str) -> str:
    return _PARTED.sub("-", key_of(words))
