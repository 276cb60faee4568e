"""How a language writes dates: month and weekday names and the order of a date, from the CLDR data of Babel."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from stemmata.alterations.numerals import key_of

if TYPE_CHECKING:
    from babel import Locale

DAYS = r"[12]\d|3[01]|0?[1-9]"
YEAR = r"(?:1\d{3}|20\d{2})"
CLOCK = r"(?<![\d:])(?P<hour_z>[01]?\d|2[0-3]):(?P<minute_z>[0-5]\d)(?![\d:])"
GAP = r"(?:[^\S\n]*\n[^\S\n]*|[^\S\n]+)"
SHORT = 3  # letters of a month that is none without day or year, unless it is named: "mai" is Romanian for more
_DAY = rf"(?:{DAYS})(?:[.]?º|er|[.])?"
_NUMBERED = r"0?[1-9]|1[0-2]"
SEPARATOR = r"[./-][^\S\n]?"
_PIECES = re.compile(r"'([^']*)'|(d+|[ML]+|y+)|(\s+)|(.)", re.DOTALL)
_SKELETONS = ("yMMMMd", "yMMMd", "MMMMd", "MMMd", "yMMMM", "yMMM")


class Calendar(NamedTuple):
    """The dates of a language.

    Parameters
    ----------
    months, weekdays : mapping
        Numbers of the names, in lower case and without a full stop.
    forms : tuple of str
        Patterns, the longest dates first; a group is named by what it says and a letter: ``month_a``.
    begins : tuple of str
        Words with which a date may begin, beside figures and ordinals.
    read : callable, optional
        What the groups of the language's own say, by the names of the groups; nothing where they are none of its own.
    """

    months: Mapping[str, int] = {}
    weekdays: Mapping[str, int] = {}
    forms: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    read: Callable[[Mapping[str, str]], dict[str, int]] | None = None


@cache
def locale_of(language: str | None) -> Locale | None:
    """Return what Babel knows of a language; None where it knows nothing."""
    from babel import Locale, UnknownLocaleError  # 20 ms, and English does without

    try:
        return Locale.parse(language) if language else None
    except (UnknownLocaleError, ValueError):
        return None


def to_hour(hour: int, minute: int) -> dict[str, int]:
    """Return a time of which the half of the day is open: *half past nine*; an hour counts from 1."""
    return {"clock": hour % 12 + 1, "minute": minute}


def has_decimal_point(language: str | None) -> bool:
    """Say whether 1,000.5 is a thousand and a half; elsewhere it is 1.000,5. Where no language is known it is."""
    locale = locale_of(language)
    return language is None or bool(locale and locale.number_symbols.get("latn", {}).get("decimal") == ".")


def read_calendar(
    language: str | None,
    *,
    months: Mapping[str, int] | None = None,
    weekdays: Mapping[str, int] | None = None,
    times: tuple[str, ...] = (),
    begins: tuple[str, ...] = (),
) -> Calendar:
    """Return the calendar of a language as its locale has it; an empty one where there is no locale.

    Parameters
    ----------
    language : str or None
    months, weekdays : mapping, optional
        Names that the locale lacks, as they are written, and short ones that may stand alone.
    times : tuple of str
        Patterns of times of day, decades and centuries.
    begins : tuple of str
        Words with which these begin.

    Notes
    -----
    Names count as they are written in the middle of a sentence: *Mars* is no month in French, nor *mai* in German. A
    number before a weekday makes it another word: *două luni* are two months.
    """
    locale = locale_of(language)
    if locale is None:
        return Calendar()
    wide = _names(locale.months, "wide") | dict(months or {})
    short = _names(locale.months, "abbreviated")
    days = {name: n % 7 + 1 for name, n in _names(locale.days, "wide").items()} | dict(weekdays or {})
    month = rf"(?:{_any({**wide, **short})})(?!\w)\.?"
    alone = [name for name in wide if (len(name) > SHORT or name in (months or ())) and not re.search(r"\d", name)]
    forms = [form for form in _orders(locale, month) if form]
    forms += [rf"\b(?P<month_z>{_any(alone)})(?!\w)"] if alone else []
    forms += [rf"\b(?<!\d[^\S\n])(?P<weekday>{_any(days)})(?!\w)"] if days else []
    return Calendar(
        months={key_of(name): n for name, n in (*short.items(), *wide.items())},
        weekdays={key_of(name): n for name, n in days.items()},
        forms=(*forms, *times),
        begins=(*wide, *short, *days, *begins),
    )


def _names(listed: Mapping[str, Mapping[str, Mapping[int, str]]], width: str) -> dict[str, int]:
    """Return the names of months or days, as they stand in dates and as they stand alone, by their number."""
    return {
        name.rstrip("."): int(n)
        for use in ("stand-alone", "format")
        for n, name in listed[use][width].items()
        if not name.isdigit()
    }


def _any(names: Mapping[str, int] | list[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", GAP) for name in sorted(names, key=lambda name: (-len(name), name)))


def _orders(locale: Locale, month: str) -> Iterator[str]:
    """Yield the patterns of dates: the locale's own with a month's name, and the one in figures."""
    skeletons = locale.datetime_skeletons
    written = [locale.date_formats["long"].pattern, locale.date_formats["medium"].pattern]
    written += [skeletons[name].pattern for name in _SKELETONS if name in skeletons]
    seen = set()
    for pattern in written:
        if pattern not in seen:
            seen.add(pattern)
            yield _pattern(pattern, month, chr(ord("a") + len(seen)))
    yield _figures(locale.date_formats["short"].pattern)


def _pattern(written: str, month: str, letter: str) -> str:
    """Return the pattern of a date that the locale writes so: *d 'de' MMMM 'de' y*; what follows it may be lacking."""
    parts = [""]
    for said, field, blank, sign in _PIECES.findall(written):
        if field:
            groups = {"d": ("day", _DAY), "y": ("year", YEAR)}
            which, form = groups.get(field[0], ("month", month if len(field) > 2 else _NUMBERED))
            parts += [rf"(?P<{which}_{letter}>{form})", ""]
        elif blank:
            parts[-1] += GAP
        elif sign in (".", ","):
            parts[-1] += rf"\{sign}?"
        else:
            parts[-1] += "del?" if said == "de" else re.escape(said or sign)
    ends = rf"(?:{parts[-1]}|(?!\w))" if parts[-1] else r"(?!\w)"
    return rf"(?<!\d){''.join(parts[:-1])}{ends}"


def _figures(written: str) -> str:
    """Return the pattern of a date in figures, with a year in full: 10.2.2020, 10/02/2020."""
    order = "".join(dict.fromkeys(re.sub("[^dMy]", "", written)))
    groups = {"d": rf"(?P<day_n>{DAYS})", "M": rf"(?P<month_n>{_NUMBERED})", "y": rf"(?P<year_n>{YEAR})"}
    if len(order) != len(groups):
        return ""
    return rf"(?<![\w.,/-]){SEPARATOR.join(groups[field] for field in order)}(?![\w/-])(?![.,]\d)"
