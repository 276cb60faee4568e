"""When the members of a family came to be, as far as it is known, and an axis on which those dates stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from stemmata.report.finding import Row
from stemmata.report.words import MONTHS, day

APART = timedelta(minutes=2)  # what lies nearer is one moment to an axis
DAY = timedelta(days=1)

_SPACED = 92.0  # pixels between two ticks, so that their words do not touch
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_STEPS = (
    *((count * _MINUTE, 0) for count in (1, 2, 5, 15, 30)),
    *((count * _HOUR, 0) for count in (1, 3, 6, 12)),
    *((count * DAY, 0) for count in (1, 2, 7, 14)),
    *((months * 30.44 * DAY, months) for months in (1, 3, 6)),
    *((years * 365.25 * DAY, 12 * years) for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000)),
)
_ORIGIN = datetime(1, 1, 1, tzinfo=UTC)  # a Monday


@dataclass(frozen=True, kw_only=True)
class Span:
    """When a document came to be.

    Parameters
    ----------
    moment : datetime
        Where it stands on an axis, in UTC.
    first, last : datetime, optional
        The earliest and the latest date that are possible; None where nothing says so.
    seen : bool
        Whether all that is known is that it was there by then.
    """

    moment: datetime
    first: datetime | None = None
    last: datetime | None = None
    seen: bool = False

    @property
    def uncertain(self) -> tuple[datetime, datetime] | None:
        """The dates between which it lies, where there are two."""
        return (self.first, self.last) if self.first and self.last and self.first < self.last else None

    def before(self, source: Span) -> bool:
        """Say whether it is dated before a text from which it is said to derive.

        Dates without a time of day are days, of whatever time zone: they must be more than a day apart.
        """
        if self.last is None or source.first is None:
            return False
        days = any(not (d.hour or d.minute or d.second or d.microsecond) for d in (self.last, source.first))
        return source.first - self.last > (DAY if days else timedelta())


def span_of(row: Row) -> Span | None:
    """Return when a document came to be: as it says, else between its bounds, else before it was seen or changed."""
    first, last = row.get("not_before"), row.get("not_after")
    if first and last and last < first:
        first = last = None
    if said := row.get("published"):
        bound = first and last and first <= said <= last
        return Span(moment=said, first=first if bound else said, last=last if bound else said)
    if first and last:
        return Span(moment=first + (last - first) / 2, first=first, last=last)
    if bound := first or last:
        return Span(moment=bound, first=first, last=last)
    known = row.get("first_seen") or row.get("modified")
    return Span(moment=known, last=known, seen=True) if known else None


def period(span: Span | None) -> str:
    """Return a date in words: *3 Mar 2024*, *1400–1450*, *not before 1400*; nothing where it is None."""
    if span is None:
        return ""
    first, last = span.first, span.last
    if span.seen or (first and last and first.date() == last.date()):
        return day(span.moment)
    if first and last:
        if _begins(first) and _ends(last):
            return f"{first.year}–{last.year}" if first.year < last.year else str(first.year)
        return f"{day(first)} – {day(last)}"
    if first:
        return f"not before {first.year if _begins(first) else day(first)}"
    return f"not after {last.year if _ends(last) else day(last)}" if last else day(span.moment)


def _begins(date: datetime) -> bool:
    return (date.month, date.day) == (1, 1)


def _ends(date: datetime) -> bool:
    return (date.month, date.day) == (12, 31)


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A date on the axis, in pixels, and how it is called."""

    x: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Where each date stands: its pixels grow with time.

    Parameters
    ----------
    first, last : datetime
        The dates at its ends, at least ``APART`` from each other.
    start, width : float
        Where it begins, and how long it is, in pixels.
    """

    first: datetime
    last: datetime
    start: float
    width: float

    def at(self, date: datetime) -> float:
        """Return where a date stands."""
        return self.start + self.width * ((date - self.first) / (self.last - self.first))

    def moved(self, by: float) -> Scale:
        """Return the scale that many pixels further right."""
        return Scale(first=self.first, last=self.last, start=self.start + by, width=self.width)

    @property
    def ticks(self) -> list[Tick]:
        """Dates at even steps, of minutes to thousands of years: as many as have room."""
        room = (self.last - self.first) * (_SPACED / self.width)
        step, months = next((one for one in _STEPS if one[0] >= room), _STEPS[-1])
        made: list[Tick] = []
        before: datetime | None = None
        for date in _dates(self.first, self.last, step, months):
            made.append(Tick(x=round(self.at(date), 1), label=_called(date, before, step, months)))
            before = date
        return made


def spanned(spans: Iterable[Span]) -> tuple[datetime, datetime]:
    """Return the first and the last date of some spans, their bounds included."""
    dates = [date for span in spans for date in (span.moment, *(span.uncertain or ()))]
    return min(dates), max(dates)


def _dates(first: datetime, last: datetime, step: timedelta, months: int) -> Iterator[datetime]:
    """Yield the dates of a step from the first to the last."""
    if months:
        number = -(-(12 * first.year + first.month - 1) // months) * months
        while number // 12 <= last.year:
            date = datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)
            if first <= date <= last:
                yield date
            number += months
        return
    count = -(-(first - _ORIGIN) // step)
    while count * step <= last - _ORIGIN:
        yield _ORIGIN + count * step
        count += 1


def _called(date: datetime, before: datetime | None, step: timedelta, months: int) -> str:
    """Return a tick in words: what it has in common with the one before is left out."""
    if months >= 12:
        return str(date.year)
    month = MONTHS[date.month - 1]
    if months:
        return f"{month} {date.year}"
    if step >= DAY:
        return f"{date.day} {month}" if before and before.year == date.year else f"{date.day} {month} {date.year}"
    clock = f"{date:%H:%M}"
    return clock if before and before.date() == date.date() else f"{date.day} {month}, {clock}"
