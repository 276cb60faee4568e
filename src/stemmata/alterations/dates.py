"""Dates and times of day, in the common English forms; of other languages ISO dates and years."""

from __future__ import annotations

import re
from fractions import Fraction

from stemmata.alterations.numerals import ORDINALS, SCALES, list_of, rank_of, roman_of
from stemmata.alterations.units import FORMS
from stemmata.alterations.values import Value

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLEAR = [name for name in _MONTHS if name not in ("March", "May")]  # the others are words in lower case as well
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d{3}|20\d{2})"
_GAP = r"(?:[^\S\n]*\n[^\S\n]*|[^\S\n]+)"
_DATED = rf"(?=(?:{_GAP}{_DAY})?,?{_GAP}{_YEAR})"
_SHORT = "|".join([*(name[:3] for name in _MONTHS), "Sept", *(name[:3].lower() for name in _CLEAR), "sept"])
_MONTH = "|".join([*_MONTHS, *map(str.lower, _CLEAR), f"(?:march|may){_DATED}", rf"(?:{_SHORT})\b\.?"])
_COUNTED = rf"{_GAP}(?:{'|'.join(SCALES)}|{'|'.join(f for f in FORMS if f.isalpha())})\b"

_TIMES = {"noon": 12, "midday": 12, "midnight": 0}
_HOURS = list_of("one two three four five six seven eight nine ten eleven twelve")
_HOUR = rf"\d{{1,2}}|{'|'.join(_HOURS)}"
_TENS = list_of("twenties thirties forties fifties sixties seventies eighties nineties")
_NINETIES = {name: 10 * n for n, name in enumerate(_TENS, 2)}
_HUNDREDS = {name: 100 * n for n, name in enumerate(list_of("sixteen seventeen eighteen nineteen"), 16)}
_ROMAN = list_of("II III IV VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI")
DATE_WORDS = [*_MONTHS, *(name[:3] for name in _MONTHS), "Sept", *_DAYS, *_TIMES, *_NINETIES, *_HUNDREDS, *_ROMAN]
"""Words with which a date may begin; the others begin with a figure or an ordinal."""

_AFTER = "|".join(
    rf"(?<=\b[{w[0].upper()}{w[0]}]{w[1:]} )" for w in ("in", "since", "until", "by", "from", "last", "next")
)
_ISO = rf"(?<![\w-])(?P<iso>{_YEAR}-\d{{2}}-\d{{2}})(?![\w-])"
_LONE_YEAR = rf"(?<![^\W_])(?<![.,$€£¥₹₽])(?P<year>{_YEAR})(?![\w%‰])(?![.,]\d)"
_OTHERS = re.compile(rf"{_ISO}|{_LONE_YEAR}")
_ENGLISH = re.compile(
    "|".join(
        (
            _ISO,
            rf"\b(?P<month_a>{_MONTH}){_GAP}(?:the{_GAP})?(?P<day_a>{_DAY})\b(?:,?{_GAP}(?P<year_a>{_YEAR})\b)?",
            rf"\b(?P<day_b>{_DAY}){_GAP}(?:of{_GAP})?(?P<month_b>{_MONTH})(?!\w)(?:,?{_GAP}(?P<year_b>{_YEAR})\b)?",
            rf"\b(?P<month_c>{_MONTH})(?:,?{_GAP}(?:of{_GAP})?)(?P<year_c>{_YEAR})\b",
            rf"\b(?P<month_d>{'|'.join([*_CLEAR, *map(str.lower, _CLEAR)])}|(?:{_AFTER})(?:March|May))\b",
            rf"\b(?P<weekday>{'|'.join([*_DAYS, *map(str.lower, _DAYS)])})\b",
            rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark)(?P<year_d>{_YEAR})(?![\d/-])",
            rf"\b(?:12\s)?(?P<time>(?i:{'|'.join(_TIMES)}))\b",
            rf"\b(?P<clock>(?i:{_HOUR}))\s?o['’]clock\b",
            rf"\b(?P<hour_a>(?i:{_HOUR}))(?:[:.](?P<minute_a>\d{{2}}))?\s?(?P<half>[AaPp])\.?[Mm]\b",
            r"(?<![\d:])(?P<hour_b>[01]?\d|2[0-3]):(?P<minute_b>[0-5]\d)(?![\d:])",
            rf"\b(?P<century>{ORDINALS})[\s-]+[Cc]entur(?:y|ies)\b",
            r"\b(?P<roman>[IVX]+)(?:th)?[^\S\n][Cc]entury\b",
            r"(?<!\w)(?P<decade>1\d\d0|20\d0|[1-9]00|(?<=['’])\d0|(?<=\bthe )\d0)(?:['’]?s|[^\S\n]['’]s)\b",
            rf"\b(?:(?P<hundred>(?i:{'|'.join(_HUNDREDS)}))[\s-])?(?P<ten>(?i:{'|'.join(_NINETIES)}))\b",
            rf"{_LONE_YEAR}(?!{_COUNTED})",
        )
    )
)


def read_date(text: str, at: int, english: bool) -> Value | None:
    """Return the date that begins at code point ``at``; a year alone is of kind ``year``."""
    found = (_ENGLISH if english else _OTHERS).match(text, at)
    if found is None:
        return None
    if found["year"]:
        return Value(*found.span(), "year", Fraction(int(found["year"])))
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
        return _date(found, year=year, month=month, day=day)
    return _date(found, **_parts(found))


def _parts(found: re.Match[str]) -> dict[str, int]:
    form = found.lastgroup or ""
    for which in "abcd":
        if found[f"month_{which}"]:
            said = found.groupdict()
            day = re.match(r"\d+", said.get(f"day_{which}") or "")
            return {
                "year": int(said.get(f"year_{which}") or 0),
                "month": _month(found[f"month_{which}"]),
                "day": int(day[0]) if day else 0,
            }
    if found["weekday"]:
        return {"weekday": _DAYS.index(found["weekday"].capitalize()) + 1}
    if found["first"]:
        return {"year": int(found["year_d"]), "first": int(found["first"]), "second": int(found["second"])}
    if found["time"]:
        return {"hour": _TIMES[found["time"].lower()] + 1}
    if found["clock"]:
        return {"clock": _hour(found["clock"]) % 12 + 1}
    if found["ten"]:
        return {"decade": _NINETIES[found["ten"].lower()] + _HUNDREDS.get((found["hundred"] or "").lower(), 0)}
    if found["roman"]:
        return {"century": roman_of(found["roman"])}
    if found["hour_a"]:
        hour = _hour(found["hour_a"]) % 12 + (12 if found["half"] in "pP" else 0)
        return {"hour": hour + 1, "minute": int(found["minute_a"] or 0)}
    if found["hour_b"]:
        return {"hour": int(found["hour_b"]) + 1, "minute": int(found["minute_b"])}
    if found["century"]:
        return {"century": rank_of(found["century"])}
    return {form: int(found[form])}


def _hour(said: str) -> int:
    return int(said) if said.isdecimal() else _HOURS.index(said.lower()) + 1


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name[:3].capitalize()))


def _date(found: re.Match[str], **parts: int) -> Value:
    return Value(*found.span(), "date", parts=tuple((name, part) for name, part in parts.items() if part))
