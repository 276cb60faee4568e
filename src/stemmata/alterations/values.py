"""Numbers, amounts with units, percentages and dates, read as values: *ten* is 10, *5 %* is *5 percent*.

English is read with its words (*two million*, *Feb. 10*, *half a dozen miles*). Of other languages only what
needs no word is read: figures with their own decimal sign, currency and percent signs, ISO dates and years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from stemmata.alterations.units import CURRENCIES, FORMS, Unit, unit_of

SAME_MEASURE = Fraction(4, 100)  # how far a converted measure may be rounded: 5 miles are 8 km
POINT_LANGUAGES = ("en", "zh", "ja", "ko", "he", "th", "hi", "ms", None)  # 1,000.5; elsewhere 1.000,5

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_ONES = f"{_ONES} eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINAL = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_ORDINAL = f"{_ORDINAL} fifteenth sixteenth seventeenth eighteenth nineteenth"
_ORDINAL_TENS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_WORTH = {word: n for n, word in enumerate(_ONES.split(), 1)} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), 2)
}
_RANK = {word: n for n, word in enumerate(_ORDINAL.split(), 1)} | {
    word: 10 * n for n, word in enumerate(_ORDINAL_TENS.split(), 2)
}
_FOLDS = {"twice": 2, "thrice": 3}
_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


@dataclass(frozen=True)
class Value:
    """A value as it stands in a text.

    Parameters
    ----------
    start, end : int
        Code points.
    kind : str
        ``number``, ``ordinal``, ``scale`` (*millions*), ``measure``, ``percent``, ``money``, ``date`` or ``year``.
    amount, scale : Fraction
        *2.5 million* is 2.5 and 1,000,000.
    unit : Unit, optional
    parts : tuple of (str, int)
        Of a date: what it says, in a fixed order.
    """

    start: int
    end: int
    kind: str
    amount: Fraction = Fraction(0)
    scale: Fraction = Fraction(1)
    unit: Unit | None = None
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def quantity(self) -> Fraction:
        """The amount in full, without its unit."""
        return self.amount * self.scale


def compare_values(a: Value, b: Value) -> str | None:
    """Return the type of change that makes ``a`` into ``b``; None where both say the same."""
    if a.kind == b.kind == "date":
        return None if a.parts == b.parts else "date"
    if {a.kind, b.kind} == {"year"}:
        return None if a.amount == b.amount else "date"
    if "date" in (a.kind, b.kind):
        return "date"
    if "percent" in (a.kind, b.kind):
        return None if a.unit == b.unit and a.quantity == b.quantity else "percent"
    if "ordinal" in (a.kind, b.kind) or "scale" in (a.kind, b.kind):
        if a.kind != b.kind or a.amount != b.amount:
            return "number"
        return None if a.scale == b.scale else "unit"
    return _compare_amounts(a, b)


def _compare_amounts(a: Value, b: Value) -> str | None:
    if a.unit is None or b.unit is None or a.unit == b.unit:
        if a.quantity == b.quantity:
            return "unit" if a.unit != b.unit and "money" in (a.kind, b.kind) else None
        return "unit" if a.amount == b.amount else "number"
    if a.unit.dimension == b.unit.dimension:
        full_a, full_b = a.quantity * a.unit.factor, b.quantity * b.unit.factor
        if abs(full_a - full_b) <= SAME_MEASURE * max(abs(full_a), abs(full_b)):
            return None
    return "unit" if a.quantity == b.quantity else "number"


def find_values(text: str, start: int, end: int, language: str | None) -> Iterator[Value]:
    """Yield the values that lie in ``text[start:end]``, in order, none overlapping another."""
    english = language == "en"
    pattern = _pattern(english, language in POINT_LANGUAGES)
    for found in pattern.finditer(text, start, end):
        value = _read(found, english, language in POINT_LANGUAGES)
        if value is not None:
            yield value


def _read(found: re.Match[str], english: bool, point: bool) -> Value | None:
    start, end = found.span()
    of = found.groupdict()
    if of["iso"]:
        year, month, day = map(int, of["iso"].split("-"))
        return _date(start, end, year=year, month=month, day=day)
    if not english:
        if of["year"]:
            return Value(start, end, "year", Fraction(int(of["year"])))
        return _amount(start, end, _figure(of["digits"], point), Fraction(1), of["sign"] or of["unit"])
    if of["month"] or of["month2"] or of["month3"]:
        month = _month(of["month"] or of["month2"] or of["month3"])
        day = of["day"] or of["day2"]
        year = of["year2"] or of["year3"] or of["year4"]
        return _date(start, end, year=int(year or 0), month=month, day=int(day or 0))
    if of["weekday"]:
        return _date(start, end, weekday=_DAYS.index(of["weekday"].lower()) + 1)
    if of["clock"]:
        hour, minute = int(of["hour"]), int(of["minute"] or 0)
        half = (of["half"] or "").replace(".", "").lower()
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        return _date(start, end, hour=hour + 1, minute=minute)
    if of["century"]:
        return _date(start, end, century=_rank(of["century"]))
    if of["decade"]:
        return _date(start, end, decade=int(of["decade"]))
    if of["year"]:
        return Value(start, end, "year", Fraction(int(of["year"])))
    if of["ordinal"]:
        rank = _rank(of["ordinal"])
        return Value(start, end, "ordinal", Fraction(rank)) if rank else None
    if of["scales"]:
        name = of["scales"].lower()
        return Value(start, end, "scale", scale=Fraction(SCALES[name.removesuffix("s")]))
    if of["fold"]:
        return _amount(start, end, Fraction(_FOLDS[of["fold"].lower()]), Fraction(1), "times")
    return _english_amount(found)


def _english_amount(found: re.Match[str]) -> Value | None:
    start, end = found.span()
    of = found.groupdict()
    scale = Fraction(1)
    if of["part"]:
        over = _PARTS[of["part"].lower().removesuffix("s")]
        amount = Fraction(_WORTH.get((of["over"] or "one").lower(), 1), over)
    elif of["digits"]:
        amount = _figure(of["digits"], True)
    else:
        worth = _words(of["words"])
        if worth is None:
            return None
        amount, scale = worth
        if amount == 1 and scale == 1 and not of["unit"]:
            return None  # "one" is a pronoun more often than a number
    if of["scale"]:
        name = of["scale"].strip(" -\u00a0").lower()
        scale *= SCALES.get(name) or _SHORT_SCALES[name]
    return _amount(start, end, amount, scale, of["sign"] or of["unit"])


def _amount(start: int, end: int, amount: Fraction, scale: Fraction, form: str | None) -> Value:
    unit = unit_of(form.strip(" -\u00a0\t\r\n")) if form else None
    kind = "number"
    if unit is not None:
        kind = "percent" if unit.dimension in ("share", "points") else "money" if unit.name in CURRENCIES else "measure"
    return Value(start, end, kind, amount, scale, unit)


def _date(start: int, end: int, **parts: int) -> Value:
    return Value(start, end, "date", parts=tuple((name, part) for name, part in parts.items() if part))


def _figure(digits: str, point: bool) -> Fraction:
    plain = digits.replace("\u00a0", "").replace("\u202f", "")
    plain = plain.replace(",", "") if point else plain.replace(".", "").replace(",", ".")
    return Fraction(plain)


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def _rank(ordinal: str) -> int:
    """Return the number of an ordinal: *21st* and *twenty-first* are 21."""
    plain = ordinal.lower()
    digits = re.match(r"\d+", plain)
    if digits:
        return int(digits[0])
    return sum(_RANK.get(word) or _WORTH.get(word, 0) for word in re.split(r"[\s-]+", plain))


def _words(words: str) -> tuple[Fraction, Fraction] | None:
    """Return amount and scale of a number in words: *two hundred and five thousand* is 205 and 1,000."""
    parts = [word for word in re.split(r"[\s,-]+", words.lower()) if word != "and"]
    scale = Fraction(1)
    while len(parts) > 1 and parts[-1] in SCALES and parts[-1] != "hundred":
        scale *= SCALES[parts.pop()]
    total, here = Fraction(0), Fraction(0)
    for word in parts:
        if word in ("a", "an"):
            here += 1
        elif word == "half":
            here += Fraction(1, 2)
        elif word in _WORTH:
            here += _WORTH[word]
        elif word == "hundred":
            here = max(here, Fraction(1)) * 100
        elif word in SCALES:
            total, here = total + max(here, Fraction(1)) * SCALES[word], Fraction(0)
    return (total + here, scale) if total + here else None


@cache
def _pattern(english: bool, point: bool) -> re.Pattern[str]:
    space = r"[ \u00a0\t]"
    group, decimal = (",", r"\.") if point else (r"\.", ",")
    digits = rf"(?P<digits>\d{{1,3}}(?:(?:{group}|[\u00a0\u202f])\d{{3}})+(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?)"
    begins = r"(?<![^\W_])(?<![^\W\d_][-‑])(?<!\d[.,])"
    iso = r"(?<![\w-])(?P<iso>\d{4}-\d{2}-\d{2})(?![\w-])"
    sign = rf"(?:(?P<sign>US\$|[$€£¥₹₽]){space}?)?"
    if not english:
        units = rf"{space}?(?P<unit>[%‰€£$¥₹₽])"
        year = r"(?<![\w.,])(?P<year>1\d{3}|20\d{2})(?![\w%‰])(?![.,]\d)"
        return re.compile(rf"{iso}|{year}|{begins}{sign}{digits}(?:{units})?(?![^\W_])")
    gap = r"(?:[ \u00a0\t]|\r?\n)"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    month = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    month += r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
    alone = r"(?:January|February|April|June|July|August|September|October|November|December"
    alone += r"|(?<=\bin )(?:March|May)|(?<=\b[Ll]ast )(?:March|May)|(?<=\b[Nn]ext )(?:March|May))"
    year = r"(?:1\d{3}|20\d{2})"
    scale = "|".join(SCALES)
    ones, tens = _ONES.replace(" ", "|"), _TENS.replace(" ", "|")
    small = rf"(?:(?:{tens})(?:[\s-]+(?:{ones}))?|(?:{ones}))"
    hundreds = rf"(?:(?:{small}|an?){gap}hundred(?:{gap}and{gap}{small}|{gap}{small})?|{small}|(?:half{gap})?an?(?={gap}(?:{scale})\b))"
    words = rf"(?P<words>(?:{hundreds}{gap}(?:thousand|million|billion){gap}(?:and{gap})?)?{hundreds}"
    words += rf"(?:(?:{gap}|-)(?:{scale}))*)\b"
    ordinal = _ORDINAL.replace(" ", "|")
    ordinals = rf"\d+(?:st|nd|rd|th)|(?:(?:{tens})[\s-]+)?(?:{ordinal})|{_ORDINAL_TENS.replace(' ', '|')}"
    units = "|".join(re.escape(f).replace(r"\ ", gap) for f in sorted(FORMS, key=lambda f: (-len(f), f)) if f != "second")
    after = rf"(?:(?P<scale>(?:{space}|-)?(?:{scale})\b|(?:(?<=\d)(?:k|mn|m|bn|b|tn)\b)(?<!\dm)|(?<=[$€£¥₹₽]\d)m\b))?"
    after += rf"(?P<unit>(?:{gap}|-)?(?:{units}))?"
    parts = rf"(?:(?P<over>an?|one|two|three|four|five|seven)[\s-]+)(?P<part>half|third|quarter|fifth|sixth|eighth|tenth)s?\b"
    forms = (
        iso,
        rf"\b(?P<month>{month}){gap}+(?P<day>{day})\b(?:,?{gap}+(?P<year2>{year})\b)?",
        rf"\b(?P<day2>{day})(?:{gap}of)?{gap}(?P<month2>{month})(?:,?{gap}+(?P<year3>{year})\b)?",
        rf"\b(?P<month3>(?:{month}(?=,?{gap}+(?:of{gap}+)?{year}\b)|(?-i:{alone})\b))(?:,?{gap}+(?:of{gap}+)?(?P<year4>{year})\b)?",
        rf"\b(?P<weekday>{'|'.join(_DAYS)})\b",
        rf"\b(?P<clock>(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d{{2}}))?{space}?(?P<half>[ap]\.?m\b\.?)|(?<![\d:])\d{{1,2}}:\d{{2}}(?!\d))",
        rf"\b(?P<century>{ordinals})[\s-]+centur(?:y|ies)\b",
        r"(?<!\w)(?P<decade>1\d\d0|20\d0)['’]?s\b",
        rf"(?<![^\W_])(?<![.,$€£])(?P<year>{year})(?![\w%‰])(?![.,]\d)(?!{gap}(?:{scale}|{units})\b)",
        rf"\b(?P<ordinal>{ordinals})\b(?!{gap}(?:ago|later)\b)",
        rf"\b(?P<scales>(?:{scale})s)\b",
        rf"\b(?P<fold>{'|'.join(_FOLDS)})\b",
        rf"{begins}{parts}",
        rf"{begins}{sign}(?:{digits}|{words}){after}(?![^\W_])",
    )
    return re.compile("|".join(forms), re.IGNORECASE)
