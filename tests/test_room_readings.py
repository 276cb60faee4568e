"""The readings of a family: where its members differ, in an order that is wanted, and in which words."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from starlette.testclient import TestClient

from stemmata.errors import OptionError
from stemmata.report.room import Room
from stemmata.room.readings import Wanted, places, tell, twin
from stemmata.tokens import words_of
from stemmata.traced import Trace
from tests.test_report_run_example import harbour

FLOUR = "44e5955e5f2321b3"
MOST = 1_000


def slowly(trace: Trace, family: str) -> dict[tuple[int, int], list[dict[str, Any]]]:
    """The rows of each place at which members differ."""
    found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in trace.readings.to_pylist():
        if row["family"] == family:
            found[row["text"], row["place"]].append(row)
    return {place: rows for place, rows in found.items() if len(rows) > 1}


def grave_places(trace: Trace, room: Room, family: str) -> dict[tuple[int, int], float]:
    """The places of words of which an alteration of fact is told on the family's page, by the gravest."""
    texts = dict(zip(*(trace.documents[name].to_pylist() for name in ("doc", "text")), strict=True))
    collated = {row["doc"]: row for row in trace.collations.to_pylist() if row["family"] == family}
    found: dict[tuple[int, int], float] = {}
    for edge in room.family(family).edges:
        for one in edge.changes:
            change = one.change
            side, (start, end) = (edge.base, change.source) if change.before else (edge.copy, change.copy)
            row = collated.get(side.doc)
            if row is None or start == end:
                continue
            for at, word in enumerate(words_of(texts[side.doc]).start.tolist()):
                if start <= word < end:
                    key = row["text"], row["places"][at]
                    found[key] = max(found.get(key, 0.0), change.severity)
    return found


def test_places_are_those_at_which_members_differ(newsroom: Trace, newsroom_room: Room) -> None:
    some = 0
    for family in newsroom_room.register.names:
        expected = slowly(newsroom, family)
        known = places(newsroom_room, family)
        assert list(zip(known.text.tolist(), known.place.tolist(), strict=True)) == list(expected)
        for differing, rows in zip(known.differing.tolist(), expected.values(), strict=True):
            counts = [len(row["docs"]) for row in rows]
            assert differing == sum(counts) - max(counts)
        grave = grave_places(newsroom, newsroom_room, family)
        assert known.severity.tolist() == [grave.get(place, 0.0) for place in expected]
        some += sum(map(bool, known.severity.tolist()))
    assert some > 20, "facts are altered in the sample"


def test_orders_put_the_gravest_or_the_most_first(newsroom_room: Room) -> None:
    gravest = twin(newsroom_room, Wanted(family=FLOUR, size=MOST))["places"]
    keys = [(-one["severity"], -one["differing"], one["place"]) for one in gravest]
    assert keys == sorted(keys)
    most = twin(newsroom_room, Wanted(family=FLOUR, size=MOST, order="differing"))["places"]
    assert most == sorted(most, key=lambda one: (-one["differing"], one["place"]))
    text = twin(newsroom_room, Wanted(family=FLOUR, size=MOST, order="text"))["places"]
    assert [one["place"] for one in text] == sorted(one["place"] for one in most)


def test_a_reading_is_searched_in_any_case(newsroom: Trace, newsroom_room: Room) -> None:
    found = twin(newsroom_room, Wanted(family=FLOUR, size=MOST, order="text", q="RECALL"))["places"]
    expected = [
        place
        for place, rows in slowly(newsroom, FLOUR).items()
        if any("recall" in row["reading"].lower() for row in rows)
    ]
    assert expected
    assert [(one["text"], one["place"]) for one in found] == expected


def test_a_place_has_an_address_on_whatever_page_it_is(newsroom_room: Room) -> None:
    every = twin(newsroom_room, Wanted(family=FLOUR, size=MOST))["places"]
    for at in (0, 77, len(every) - 1):
        told = twin(newsroom_room, Wanted(family=FLOUR, place=every[at]["at"]))
        assert every[at]["at"] in [one["at"] for one in told["places"]]
        assert told["page"] == at // 50 + 1


def test_the_first_reading_comes_first_and_stands_in_its_words(newsroom_room: Room) -> None:
    entry = next(one for one in tell(newsroom_room, Wanted(family=FLOUR))["entries"] if one["at"] == "p159")
    assert [row["reading"] for row in entry["readings"]][:2] == ["find", "found"]
    dates = [row["first_seen"] for row in entry["readings"] if row["first_seen"]]
    assert dates == sorted(dates)
    doc, before, behind = entry["context"]
    assert doc == newsroom_room.family(FLOUR).original.doc  # type: ignore[union-attr]
    assert before.endswith("Inspectors did not")
    assert behind.startswith("evidence that the mill's managers")


def test_pages_of_readings_lead_to_documents_and_from_the_family(client: TestClient) -> None:
    page = client.get("/readings", params={"family": FLOUR}).text
    assert 'id="p159"' in page
    assert "a matter of fact, grave" in page
    assert f'href="readings?family={FLOUR}"' in client.get("/family", params={"id": FLOUR}).text
    assert "does a member read so" in client.get("/readings", params={"family": FLOUR, "q": "zeppelin"}).text
    assert client.get("/readings", params={"family": "none"}).status_code == 404


def test_a_family_without_readings_says_so() -> None:
    room = Room(harbour())
    (family,) = room.register.names
    assert twin(room, Wanted(family=family))["places"] == []
    assert tell(room, Wanted(family=family))["every"] == 0
    with pytest.raises(OptionError, match="is no order"):
        Wanted(family=family, order="loudest")
