"""The page of a large family: drawn once, its members in pages, and searched."""

from __future__ import annotations

import pytest

from stemmata.report.room import Room
from stemmata.room.family import MEMBERS, tell
from stemmata.room.site import Site, render
from tests.test_report_run_example import FAMILY, Witness, pile

MANY = 450


@pytest.fixture(scope="module")
def large() -> Room:
    copies = [Witness(f"copy-{n:03}", "first", row={"site": f"Site {n % 9}"}) for n in range(MANY - 1)]
    return Room(pile([Witness("first", role="original"), *copies]))


@pytest.fixture(scope="module")
def star() -> Room:
    """Many texts of which none is told to be the source, each linked to the first."""
    return Room(pile([Witness(f"{n:03}", role="unresolved", via="000" if n else None) for n in range(60)]))


def test_members_stand_in_pages_and_are_searched(large: Room) -> None:
    told = tell(large, FAMILY, page=3)
    assert (len(told["members"]), told["paging"].pages) == (MANY - 2 * MEMBERS, 3)
    some = tell(large, FAMILY, q="SITE 4")
    assert [member.doc for member in some["members"]] == [f"copy-{n:03}" for n in range(4, MANY - 1, 9)]
    assert "members is called so" in page(large, q="nothing")


def page(room: Room, q: str = "") -> str:
    return render("room_family.html.jinja", Site(name="x"), "families", **tell(room, FAMILY, q=q))


def test_what_a_drawing_sums_up_is_said(large: Room) -> None:
    told = tell(large, FAMILY)
    drawn = sum(not place.bundled for place in told["drawing"].places)
    assert told["summed"] == MANY - drawn > 0
    assert f"{told['summed']:,} that are much alike" in page(large)
    assert 'href="#family1-members"' in page(large)


def test_a_drawing_is_made_once(large: Room) -> None:
    assert tell(large, FAMILY)["drawing"] is tell(large, FAMILY, q="x")["drawing"]


def test_of_a_star_each_member_is_joined_with_its_closest(star: Room) -> None:
    edges = [(edge.source.doc, edge.copy.doc) for edge in star.family(FAMILY).edges]
    assert edges == [("000", f"{n:03}") for n in range(1, 60)]
