"""Dates of documents as spans, in words, and as ticks of an axis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stemmata.report.timeline import Scale, period, span_of


def date(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({}, ""),
        ({"published": date(2024, 3, 1, 9)}, "1 Mar 2024"),
        ({"not_before": date(1400, 1, 1), "not_after": date(1450, 12, 31)}, "1400–1450"),
        ({"not_before": date(1400, 1, 1), "not_after": date(1400, 12, 31)}, "1400"),
        ({"not_before": date(2024, 3, 1), "not_after": date(2024, 4, 2)}, "1 Mar 2024 – 2 Apr 2024"),
        ({"not_before": date(1400, 1, 1)}, "not before 1400"),
        ({"not_after": date(1450, 12, 31)}, "not after 1450"),
        ({"first_seen": date(2024, 3, 2), "modified": date(2024, 3, 9)}, "2 Mar 2024"),
        ({"not_before": date(1450, 1, 1), "not_after": date(1400, 1, 1)}, ""),
    ],
)
def test_what_is_known_of_a_date_is_said_in_few_words(row: dict[str, Any], says: str) -> None:
    assert period(span_of(row)) == says


def test_a_copy_is_called_too_old_only_where_nothing_else_can_be_meant() -> None:
    """A text may be older than the day on which it was seen; days of two time zones overlap; so may ranges."""
    source = span_of({"published": date(2024, 3, 1, 14)})
    assert source
    for row, before in (
        ({"published": date(2024, 3, 1, 13)}, True),
        ({"published": date(2024, 3, 1)}, False),
        ({"published": date(2024, 2, 28)}, True),
        ({"first_seen": date(2024, 2, 20)}, True),
        ({"not_before": date(2024, 1, 1), "not_after": date(2024, 12, 31)}, False),
        ({"not_before": date(2023, 1, 1)}, False),
    ):
        copy = span_of(row)
        assert copy
        assert copy.before(source) is before, row
    seen = span_of({"first_seen": date(2024, 3, 20)})
    assert seen
    assert not source.before(seen)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2024, 3, 1, 9, 58), date(2024, 3, 1, 10, 3), ["1 Mar, 09:58", "09:59", "10:00", "10:01"]),
        (date(2024, 2, 28, 20), date(2024, 2, 29, 20), ["29 Feb, 00:00", "06:00", "12:00"]),
        (date(2024, 12, 28), date(2025, 1, 3), ["28 Dec 2024", "29 Dec", "30 Dec", "31 Dec", "1 Jan 2025"]),
        (date(2024, 2, 10), date(2024, 9, 1), ["Mar 2024", "Apr 2024", "May 2024"]),
        (date(2019, 2, 10), date(2024, 9, 1), ["2020", "2021", "2022"]),
        (date(880, 1, 1), date(1480, 1, 1), ["900", "1000", "1100"]),
        (date(1, 1, 1), date(9999, 12, 31), ["2000", "4000", "6000", "8000"]),
    ],
)
def test_ticks_stand_at_even_dates_of_minutes_to_millennia(first: datetime, last: datetime, labels: list[str]) -> None:
    ticks = Scale(first=first, last=last, start=30.0, width=700.0).ticks
    assert [tick.label for tick in ticks][: len(labels)] == labels
    assert all(30 <= tick.x <= 730 for tick in ticks)


def test_a_scale_grows_evenly() -> None:
    scale = Scale(first=date(2024, 1, 1), last=date(2024, 1, 11), start=10.0, width=100.0)
    assert [scale.at(date(2024, 1, 1) + timedelta(days=n)) for n in (0, 5, 10)] == [10.0, 60.0, 110.0]
