"""Dates: what a calendar would say, which of them are believed, and how they are shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.direction import dates
from stemmata.direction.dates import date_reasons
from stemmata.direction.metadata import Metadata
from stemmata.direction.reasons import TEMPERATURE, Reason
from tests.directed import day
from tests.oracles import dates as oracle

moments = st.none() | st.integers(0, 20).map(lambda k: datetime(2021, 3, 1, tzinfo=UTC) + timedelta(hours=12) * k)
docs = st.sampled_from(["a", "b", "https://one.example/2021/03/04/lamp", "two.example/2021-03-09/lamp"])
columns: dict[str, st.SearchStrategy[Any]] = {"doc": docs, "dated_by": st.sampled_from([None, "crawl", "page: time"])}
columns |= dict.fromkeys(("published", "modified", "first_seen", "not_before", "not_after"), moments)
dated = st.fixed_dictionaries(columns).map(lambda row: Metadata(**row))


def pointed(reasons: list[Reason]) -> dict[str, float]:
    """Points before the temperature, by what is said."""
    return {reason.says: round(reason.points * TEMPERATURE, 9) for reason in reasons if reason.points}


@given(dated, dated)
def test_stated_dates_and_sightings_order_as_the_calendar_does(x: Metadata, y: Metadata) -> None:
    """Whatever is known of both: an order is said where every moment of one lies a day before those of the other."""
    found = pointed(date_reasons(x, y))
    stated = [points for says, points in found.items() if says in (dates.LATER, dates.SIGHTED)]
    order = oracle.order(x, y)
    assert stated == ([order * dates.STATED] if order else [])


@given(dated, dated)
def test_only_the_most_trustworthy_of_agreeing_dates_speaks(x: Metadata, y: Metadata) -> None:
    """So there are at most two reasons with points, which contradict each other, the stronger one the first."""
    points = list(pointed(date_reasons(x, y)).values())
    assert len(points) <= 2
    if len(points) == 2:
        assert points[0] * points[1] < 0
        assert abs(points[0]) > abs(points[1])


def what(x: dict[str, Any], y: dict[str, Any]) -> list[tuple[str, float, object]]:
    """Reasons, their points before the temperature, and their first example."""
    found = date_reasons(Metadata("x", **x), Metadata("y", **y))
    return [(reason.says, round(reason.points * TEMPERATURE, 9), reason.examples[0]) for reason in found]


ADDRESS = "https://posten.example/2021/03/05/lamp"


@pytest.mark.parametrize(
    ("dated_by", "shown"),
    [
        ("page: article:published_time", "2021-03-02 (meta element)"),
        ("page: JSON-LD datePublished", "2021-03-02 (JSON-LD)"),
        ("page: itemprop datePublished", "2021-03-02 (page element)"),
        ("page: time", "2021-03-02 (page element)"),
        ("page: a date shown on it", "2021-03-02 (shown on the page)"),
        ("metadata", "2021-03-02 (table of metadata)"),
        ("colophon", "2021-03-02 (colophon)"),
        (None, "2021-03-02"),
    ],
)
def test_beside_a_date_stands_where_it_comes_from(dated_by: str | None, shown: str) -> None:
    found = what({"published": day(2), "dated_by": dated_by}, {"canonical": ADDRESS})
    assert found == [(dates.ADDRESS_LATER, 1.0, (shown, "2021-03-05 (address)"))]


def test_an_earlier_address_is_called_so() -> None:
    (found,) = what({"canonical": ADDRESS}, {"published": day(9)})
    assert found == (dates.ADDRESS_EARLIER, 1.0, ("2021-03-05 (address)", "2021-03-09"))


def test_addresses_of_neighbouring_days_may_be_of_one_moment() -> None:
    """A day in an address is a day somewhere on earth."""
    assert not what({"canonical": ADDRESS}, {"canonical": "https://two.example/2021/03/06/lamp"})
    assert what({"canonical": ADDRESS}, {"canonical": "https://two.example/2021/03/07/lamp"})


def test_an_address_on_another_host_is_not_that_of_the_document() -> None:
    """A reprint that calls the original's address its canonical one has not the date in it."""
    reprint = {"canonical": ADDRESS, "site": "copies.example"}
    assert not what({"published": day(20)}, reprint)


@pytest.mark.parametrize(
    "dated_by", ["file: PDF creation date", "file time", "crawl 2021-11", "server header", "Last-Modified"]
)
def test_machines_dates_are_worth_no_more_than_a_sighting(dated_by: str) -> None:
    (found,) = what({"published": day(2), "dated_by": dated_by}, {"published": day(20)})
    assert found[:2] == (dates.SEEN_LATER, 0.7)


def test_to_have_been_seen_before_the_other_was_published_is_as_good_as_a_date() -> None:
    (found,) = what({"first_seen": day(2)}, {"published": day(4), "dated_by": "page: time"})
    assert found == (dates.SIGHTED, 2.5, ("2021-03-02 (first seen)", "2021-03-04 (page element)"))


def test_to_have_been_seen_after_the_other_was_published_says_little() -> None:
    """It may have been there for long."""
    (found,) = what({"first_seen": day(20)}, {"published": day(4)})
    assert found[:2] == (dates.SEEN_LATER, -0.7)


def test_a_change_is_no_publication() -> None:
    """A page that was changed last week may be ten years old."""
    assert what({"modified": day(2)}, {"modified": day(9)}) == []
    assert what({"modified": day(2)}, {"published": day(9)}) == []


SPAN = "2021-03-01 to 2021-03-03"


@pytest.mark.parametrize(
    ("x", "y", "points", "shown"),
    [
        ({"not_after": day(3)}, {"not_before": day(7)}, 2.5, ("not after 2021-03-03", "not before 2021-03-07")),
        ({"not_after": day(3)}, {"published": day(7)}, 2.5, ("not after 2021-03-03", "2021-03-07")),
        ({"not_before": day(3)}, {"not_before": day(7)}, None, None),
        ({"not_before": day(1), "not_after": day(3)}, {"published": day(7)}, 2.5, (SPAN, "2021-03-07")),
        ({"not_before": day(3), "not_after": day(1)}, {"not_before": day(7)}, None, None),  # no span of time
        ({"first_seen": day(3)}, {"not_before": day(7)}, 2.5, ("2021-03-03 (first seen)", "not before 2021-03-07")),
    ],
)  # fmt: skip
def test_uncertain_dates_order_where_they_cannot_overlap(x: Any, y: Any, points: float | None, shown: Any) -> None:
    found = [each[1:] for each in what(x, y) if each[1]]
    assert found == ([(points, shown)] if points else [])


def test_spans_that_overlap_are_shown_and_say_nothing() -> None:
    both = {"not_before": day(1), "not_after": day(8)}, {"not_before": day(7), "not_after": day(9)}
    assert what(*both) == [(dates.OVERLAPPING, 0, "2021-03-01 to 2021-03-08 and 2021-03-07 to 2021-03-09")]


def test_a_date_outside_of_the_time_that_the_user_gives_is_not_believed() -> None:
    found = what(
        {"published": day(20), "not_before": day(1), "not_after": day(3), "dated_by": "metadata"}, {"published": day(9)}
    )
    assert [each[:2] for each in found] == [(dates.OUTSIDE % "{x}", 0), (dates.LATER, 2.5)]


def test_a_date_in_an_address_that_had_been_seen_before_is_not_believed() -> None:
    found = what({"canonical": ADDRESS, "first_seen": day(1)}, {"published": day(3)})
    assert [each[:2] for each in found] == [(dates.ADDRESS_DISBELIEVED % "{x}", 0), (dates.SIGHTED, 2.5)]
