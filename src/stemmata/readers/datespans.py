"""Dates as XML Schema writes them, which may be no more than a year or a month: the time that each means."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, time
from typing import NamedTuple

DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(T.{1,40})?)?)?")


class Span(NamedTuple):
    """From the first to the last moment that a date may mean; whether it is no more than a day."""

    first: datetime
    last: datetime
    exact: bool


def read_span(said: str) -> Span | None:
    """Return what a date of XML Schema may mean: a year, a month, a day or a moment, after Christ."""
    found = DAY.fullmatch(said.strip())
    try:
        if not found:
            return None
        year, month, day = (int(part) if part else None for part in found.groups()[:3])
        if found[4]:
            moment = datetime.fromisoformat(said.strip())
            moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
            return Span(moment, moment, True)
        first = datetime(year or 0, month or 1, day or 1, tzinfo=UTC)
        last = first.replace(month=month or 12)
        last = last.replace(day=day or monthrange(last.year, last.month)[1])
        return Span(first, datetime.combine(last, time.max, UTC), day is not None)
    except (ValueError, OverflowError):
        return None
