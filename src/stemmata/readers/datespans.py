"""Dates as they are written, which may be no more than a year, a month or a range: the time that each means."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
YEARS = re.compile(r"(\d{4})\s*-\s*(\d{4})")
RANGE = re.compile(r"([^/–—]{4,60}?) ?(?:/|–|—|\.\.| - | to ) ?([^/–—]{4,60})")  # where spaces are single ones
PLAIN_YEARS = range(1000, 3000)  # numbers that may be years; what seconds or days would count is larger


class Span(NamedTuple):
    """From the first to the last moment that a date may mean; whether it is no more than a day."""

    first: datetime
    last: datetime
    exact: bool


def read_span(said: str) -> Span | None:
    """Return what a date may mean: a moment or a day of ISO 8601, a year, a month, or a range of these; after Christ.

    Of a range, both ends belong to it: ``1984-1986``, ``1984/1986``, ``1984-05 – 1984-07``, ``1984 to 1986``.
    """
    said = " ".join(said.split())
    if one := _one(said):
        return one
    found = YEARS.fullmatch(said) or RANGE.fullmatch(said)
    first, last = (_one(end) for end in found.groups()) if found else (None, None)
    if first is None or last is None or first.first > last.last:
        return None
    return Span(first.first, last.last, False)


def span_of(value: Any) -> Span | None:
    """Return what a value may mean as a date: a text, a date or time of Python's, or the number of a year."""
    if isinstance(value, str):
        return read_span(value)
    try:
        if isinstance(value, datetime):
            return _moment(value)
        if isinstance(value, date):
            return _day(value.year, value.month, value.day)
    except OverflowError:
        return None
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value in PLAIN_YEARS
    return _day(int(value)) if whole else None


def _one(said: str) -> Span | None:
    try:
        if found := DAY.fullmatch(said):
            return _day(*(int(part) for part in found.groups() if part))
        try:
            day = date.fromisoformat(said)
        except ValueError:
            return _moment(datetime.fromisoformat(said))
        return _day(day.year, day.month, day.day)
    except (ValueError, OverflowError):
        return None


def _moment(value: datetime) -> Span:
    """Return a moment; what has no time zone is UTC."""
    moment = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return Span(moment, moment, True)


def _day(year: int, month: int | None = None, day: int | None = None) -> Span:
    """Return a year, a month or a day."""
    first = datetime(year, month or 1, day or 1, tzinfo=UTC)
    last = first.replace(month=month or 12)
    last = last.replace(day=day or monthrange(last.year, last.month)[1])
    return Span(first, datetime.combine(last, time.max, UTC), day is not None)
