"""Dates and times of day, in the common forms of their language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from stemmata.alterations.calendars import CLOCK, GAP, YEAR, read_calendar
from stemmata.alterations.numerals import any_of, key_of, roman_of
from stemmata.alterations.tongues import TONGUES
from stemmata.alterations.units import unit_forms
from stemmata.alterations.values import Value

_ISO = rf"(?<![\w-])(?P<iso>{YEAR}-\d{{2}}-\d{{2}})(?![\w-])"
_LONE_YEAR = rf"(?<![^\W_])(?<![.,$€£¥₹₽])(?P<year>{YEAR})(?![\w%‰])(?![.,]\d)"
_ROMAN = re.compile("[IVX]+", re.IGNORECASE)


class Dates(NamedTuple):
    """How the dates of a language are read, and the words with which they may begin."""

    pattern: re.Pattern[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    rank_of: Callable[[str], int]
    read: Callable[[Mapping[str, str]], dict[str, int]] | None
    begins: tuple[str, ...]


@cache
def date_forms(language: str | None) -> Dates:
    """Return the dates of a language."""
    tongue = TONGUES.get(language or "")
    calendar = tongue.forms.calendar() if tongue else read_calendar(language)
    scales = tongue.forms.NUMBERS.scales if tongue else {}
    counted = any_of({*scales, *(form for form in unit_forms(language) if form.isalpha())})
    clock = () if CLOCK in calendar.forms else (CLOCK,)
    forms = (_ISO, *calendar.forms, *clock, rf"{_LONE_YEAR}(?!{GAP}(?i:{counted})\b)")
    return Dates(
        re.compile("|".join(forms)),
        calendar.months,
        calendar.weekdays,
        tongue.forms.NUMBERS.rank_of if tongue else int,
        calendar.read,
        calendar.begins,
    )


def read_date(text: str, at: int, language: str | None) -> Value | None:
    """Return the date that begins at code point ``at``; a year alone is of kind ``year``."""
    dates = date_forms(language)
    found = dates.pattern.match(text, at)
    if found is None:
        return None
    if found["year"]:
        return Value(*found.span(), "year", Fraction(int(found["year"])))
    if found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
        parts = {"year": year, "month": month, "day": day}
    else:
        parts = _parts({name.partition("_")[0]: said for name, said in found.groupdict().items() if said}, dates)
    if parts.keys() == {"lone"}:
        return Value(*found.span(), "year", Fraction(parts["lone"]))
    return Value(*found.span(), "date", parts=tuple((name, part) for name, part in parts.items() if part))


def _parts(said: Mapping[str, str], dates: Dates) -> dict[str, int]:
    """Return what a date says as figures, in a fixed order; an hour counts from 1."""
    own = dates.read(said) if dates.read else {}
    if own:
        return own
    if "month" in said:
        day = re.match(r"\d+", said.get("day", ""))
        month = key_of(said["month"]).rstrip(".")
        return {
            "year": int(said.get("year", 0)),
            "month": int(month) if month.isdecimal() else dates.months[month],
            "day": int(day[0]) if day else 0,
        }
    if "weekday" in said:
        return {"weekday": dates.weekdays[key_of(said["weekday"])]}
    if "hour" in said:
        return {"hour": int(said["hour"]) + 1, "minute": int(said.get("minute", 0))}
    if "century" in said:
        century = said["century"]
        return {"century": roman_of(century) if _ROMAN.fullmatch(century) else dates.rank_of(century)}
    return {name: int(part) for name, part in said.items()}
