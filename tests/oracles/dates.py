"""Who came first by stated dates, as a calendar would tell: by all moments at which a document may have come to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from stemmata.direction.metadata import Metadata

STEP = timedelta(hours=12)
CALENDAR = [datetime(2021, 3, 1, tzinfo=UTC) + STEP * k for k in range(-20, 61)]  # far beyond the dates that are drawn
DAY = timedelta(days=1)


def moments(m: Metadata) -> list[datetime]:
    """The moments at which a document may have come to be; none that it was seen before, or that contradicts the rest.

    Of statements that contradict each other the one that was given from outside stands, and what was seen before both.
    """
    machine = m.dated_by == "crawl"
    published = None if machine else m.published
    first, last = m.not_before, m.not_after
    if first and last and first > last:
        first = last = None
    if published and m.first_seen and published - m.first_seen >= DAY:
        published = None
    if first and m.first_seen and first - m.first_seen >= DAY:
        first = last = None
    if published and ((first and first - published >= DAY) or (last and published - last >= DAY)):
        published = None
    if published:
        stated = [published]
    else:
        stated = [moment for moment in CALENDAR if (not first or moment >= first) and (not last or moment <= last)]
    return [min(moment, m.first_seen) if m.first_seen else moment for moment in stated]


def order(x: Metadata, y: Metadata) -> int:
    """1 where x came before y whenever both came to be, by a day or more; -1 where y did; else 0."""
    if all(later - earlier >= DAY for earlier in moments(x) for later in moments(y)):
        return 1
    return -1 if all(later - earlier >= DAY for earlier in moments(y) for later in moments(x)) else 0
