"""Documents gathered by a column: each figure beside one that is counted slowly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from statistics import median
from typing import Any

import pytest
from starlette.testclient import TestClient

from stemmata.errors import MissingSource, OptionError
from stemmata.report.family import NOT_ALTERED, dated
from stemmata.report.room import Room
from stemmata.room import group
from stemmata.room.gathered import gather
from stemmata.room.groups import NOBODY, REST, SHOWN, Wanted, matrix, twin
from stemmata.traced import Trace
from tests.test_report_run_example import Witness, pile

LINE = "This article first appeared in the Tidewater Gazette."


def value(row: Mapping[str, Any], by: str) -> str | None:
    """Of which group a document is."""
    date = dated(row)
    return (str(date.year) if date else None) if by == "year" else row[by] or None


def slowly(trace: Trace, by: str) -> dict[str, dict[str, Any]]:
    """What is counted of each group, document by document."""
    rows = {row["doc"]: row for row in trace.documents.to_pylist()}
    size = {doc: row["words"] for doc, row in Room(trace).documents.items()}
    place = {row["doc"]: row for row in trace.stemma.to_pylist()}
    members = set(trace.families["doc"].to_pylist())
    groups: dict[str, dict[str, Any]] = defaultdict(Counter)
    lags = defaultdict(list)
    for doc, row in rows.items():
        name, role = value(row, by), place.get(doc, {}).get("role")
        parent = place.get(doc, {}).get("parent")
        source = rows.get(parent)
        theirs = value(source, by) if source else None
        if name is not None:
            found = groups[name]
            found["documents"] += 1
            found["words"] += size[doc]
            found["originals"] += role == "original"
            found["copies"] += role == "copy"
            found["copied_words"] += size[doc] * (role == "copy")
            found["alone"] += doc not in members
            found["unresolved"] += role == "unresolved"
            found["within"] += source is not None and theirs == name
            found["across"] += theirs not in (None, name)
            if source and dated(row) and dated(source):
                lags[name].append((dated(row) - dated(source)).total_seconds() / 86_400)  # type: ignore[operator]
            if theirs not in (None, name) and by != "year":
                above = []
                while parent in rows:
                    above += [rows[parent]["site"], rows[parent]["author"]]
                    parent = place[parent]["parent"]
                named = [one.casefold() for one in above if one]
                line = (row["attribution"] or "").casefold()
                found["silent"] += not line
                found["untold"] += bool(line) and not named
                found["elsewhere"] += bool(line and named) and not any(one in line for one in named)
        if theirs is not None and name not in (None, theirs):
            groups[theirs]["taken"] += 1
    for name, found in groups.items():
        found["dated"] = len(lags[name])
        found["lag"] = median(lags[name]) if lags[name] else None
    return groups


def credited() -> Trace:
    """A small pile in which copies name their source, another, or none."""
    sites = {"row": {"site": "Tidewater Gazette", "author": "Ada Finch"}}
    return pile(
        [
            Witness("a", role="original", published="2024-03-01", row=sites["row"]),
            Witness("b", "a", published="2024-03-04", row={"site": "Spin", "attribution": LINE}),
            Witness("c", "a", published="2024-03-06", row={"site": "Spin", "attribution": "From the Harbour Wire."}),
            Witness("d", "b", "spun", row={"site": "Farm", "attribution": "by ADA FINCH"}),
            Witness("e", "b", published="2023-12-30", row={"site": "Farm"}),
            Witness("f", "e", row={"site": "Farm"}),
            Witness("g", "f", row={"author": "Nobody Else"}),
            Witness("h", "g", row={"site": "Late", "attribution": LINE}),
        ]
    )


@pytest.mark.parametrize("by", ["site", "author", "year", "group"])
@pytest.mark.parametrize("which", ["newsroom", "credited"])
def test_each_group_has_what_its_documents_add_up_to(newsroom: Trace, which: str, by: str) -> None:
    trace = newsroom if which == "newsroom" else credited()
    expected = slowly(trace, by)
    told = {row["name"]: row for row in twin(Room(trace), Wanted(by=by, size=1_000))["groups"]}
    assert told.keys() == expected.keys()
    for name, row in told.items():
        for figure in row.keys() - {"name", "lag"}:
            assert row[figure] == expected[name][figure], (name, figure)
        assert row["lag"] == (None if expected[name]["lag"] is None else pytest.approx(expected[name]["lag"]))


def test_a_line_may_name_what_stands_further_above() -> None:
    """Who copies a copy and names the original has named a source."""
    told = {row["name"]: row for row in twin(Room(credited()), Wanted())["groups"]}
    assert (told["Spin"]["across"], told["Spin"]["silent"], told["Spin"]["elsewhere"]) == (2, 0, 1)
    assert (told["Farm"]["across"], told["Farm"]["within"], told["Farm"]["silent"]) == (2, 1, 1)
    assert told["Late"]["across"] == 0  # the site of its source is not known
    assert told["Farm"]["lag"] < 0  # the dates that documents state need not agree with the tree


@pytest.mark.parametrize("by", ["site", "author", "year"])
def test_who_takes_from_whom_adds_up_to_all_copies(newsroom: Trace, newsroom_room: Room, by: str) -> None:
    rows = {row["doc"]: row for row in newsroom.documents.to_pylist()}
    expected: Counter[tuple[str | None, str | None]] = Counter()
    for row in newsroom.stemma.to_pylist():
        if row["doc"] in rows and row["parent"] in rows:
            expected[value(rows[row["parent"]], by), value(rows[row["doc"]], by)] += 1
    told = matrix(newsroom_room, by)
    assert told.total == expected.total()
    for source, counts in zip(told.sources, told.counts, strict=True):
        for copy, count in zip(told.copies, counts, strict=True):
            if REST not in (source, copy):
                one, other = (None if name == NOBODY else name for name in (source, copy))
                assert count == expected[one, other]


def test_of_many_groups_the_rest_are_summed_up() -> None:
    many = [Witness(f"{n:02}", "a", row={"site": f"Site {n:02}"}) for n in range(SHOWN + 5)]
    told = matrix(Room(pile([Witness("a", role="original", row={"site": "First"}), *many])), "site")
    assert (told.sources, len(told.copies), told.copies[-1]) == (["First"], SHOWN + 1, REST)
    assert told.counts[0][-1] == 5


def test_a_dossier_tells_what_the_list_tells_and_whom_it_concerns(newsroom: Trace, newsroom_room: Room) -> None:
    rows = {row["doc"]: row for row in newsroom.documents.to_pylist()}
    parents = {row["doc"]: row["parent"] for row in newsroom.stemma.to_pylist()}
    for row in twin(newsroom_room, Wanted(by="author", size=1_000))["groups"]:
        told = group.twin(newsroom_room, "author", row["name"])
        assert told["group"] == row
        assert sum(one["copies"] for one in told["takers"] if not one["own"] and one["name"]) == row["taken"]
        assert sum(one["copies"] for one in told["sources"] if not one["own"] and one["name"]) == row["across"]
        assert len(told["silent"]) == row["silent"]
        mine = {doc for doc, one in rows.items() if one["author"] == row["name"]}
        entered = [
            one
            for one in newsroom.changes.to_pylist()
            if one["copy"] in mine
            and parents.get(one["copy"]) == one["source"]
            and one["factual"]
            and one["oriented"]
            and not one["inherited"]
            and one["type"] not in NOT_ALTERED
        ]
        assert told["all_changes"] == len(entered)
        gravest = sorted((one["severity"] for one in entered), reverse=True)[: group.GRAVEST]
        assert [one["severity"] for one in told["changes"]] == gravest


def test_the_pages_of_groups_lead_to_what_they_count(client: TestClient) -> None:
    page = client.get("/groups").text
    assert 'href="group?by=site&amp;name=Pellstow+Star"' in page
    assert "<caption>" in page
    dossier = client.get("/group", params={"by": "site", "name": "County Wire Digest"}).text
    assert "2 are copies (100%" in dossier
    assert "Copies that name no source" in dossier
    assert "What it cannot know" in dossier
    assert client.get("/group", params={"by": "site", "name": "none"}).status_code == 404
    assert client.get("/groups", params={"by": "weather"}).status_code == 422
    assert client.get("/groups", params={"by": "year"}).status_code == 200
    assert "--metadata" in client.get("/groups", params={"by": "group"}).text


def test_what_is_no_column_is_refused(newsroom_room: Room) -> None:
    with pytest.raises(OptionError, match="is no by"):
        Wanted(by="weather")
    with pytest.raises(OptionError, match="not gathered by"):
        group.find(newsroom_room, "weather", "rain")
    with pytest.raises(MissingSource, match="no site 'Nowhere'"):
        group.find(newsroom_room, "site", "Nowhere")


def test_what_is_kept_of_a_room_is_not_told_of_another() -> None:
    assert len(gather(Room(credited()), "site")) == 4
    assert len(gather(Room(pile([Witness("a", role="", row={"site": "One"})])), "site")) == 1
