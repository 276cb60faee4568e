"""The list of all documents: what each is, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from stemmata.errors import OptionError
from stemmata.report.family import dated
from stemmata.report.room import Room
from stemmata.room.copies import copies
from stemmata.room.documents import Wanted, tell, tell_skipped, twin
from stemmata.traced import Trace
from tests.test_report_run_example import Witness, harbour, pile

MOST = 1_000


def slowly(trace: Trace) -> Iterator[dict[str, Any]]:
    """What the columns should say, document by document."""
    families = {row["doc"]: row for row in trace.families.to_pylist()}
    stemma = {row["doc"]: row for row in trace.stemma.to_pylist()}
    kinds = {(row["a"], row["b"]): row["kind"] for row in trace.relations.to_pylist()}
    rows = {row["doc"]: row for row in trace.documents.to_pylist()}
    for doc, row in rows.items():
        place = stemma.get(doc, {})
        parent = place.get("parent")
        source = parent if parent in rows else None
        same = [families.get(one, {}).get("exact_of") or one for one in (doc, source)]
        date = dated(row)
        kind = kinds.get((min(doc, source), max(doc, source))) if source else None
        yield {
            "doc": doc,
            "family": families.get(doc, {}).get("family"),
            "role": place.get("role") or ("unresolved" if doc in families else "alone"),
            "source": source,
            "kind": kind or ("verbatim" if source and same[0] == same[1] else None),
            "year": date.year if date else 0,
            "site": row["site"],
        }


@pytest.mark.parametrize("which", ["newsroom", "harbour"])
def test_columns_say_what_the_rows_of_all_tables_say(newsroom: Trace, which: str) -> None:
    trace = newsroom if which == "newsroom" else harbour()
    room = Room(trace)
    told = twin(room, Wanted(size=MOST))["documents"]
    for row, expected in zip(told, slowly(trace), strict=True):
        assert {name: row[name] for name in ("doc", "family", "role", "source", "kind")} == {
            name: expected[name] for name in ("doc", "family", "role", "source", "kind")
        }
    assert copies(room).year.tolist() == [row["year"] for row in slowly(trace)]


@pytest.mark.parametrize(
    "asked",
    [
        {"role": "original"},
        {"role": "alone"},
        {"kind": "spun"},
        {"site": "Pellstow Star"},
        {"year": "2025"},
        {"year": "undated"},
        {"source": "Merrowby Echo"},
        {"by": "year", "source": "2026", "kind": "edited"},
    ],
)
def test_conditions_leave_what_meets_them_all(newsroom: Trace, newsroom_room: Room, asked: dict[str, Any]) -> None:
    every = {row["doc"]: row for row in slowly(newsroom)}

    def value(row: dict[str, Any], by: str) -> str:
        return "undated" if by == "year" and not row["year"] else str(row[by])

    def meets(row: dict[str, Any]) -> bool:
        by = asked.get("by", "site")
        if "source" in asked and (row["source"] is None or value(every[row["source"]], by) != asked["source"]):
            return False
        return all(value(row, name) == wanted for name, wanted in asked.items() if name not in ("by", "source"))

    expected = [doc for doc, row in every.items() if meets(row)]
    assert expected, "the sample has such documents"
    assert [row["doc"] for row in twin(newsroom_room, Wanted(size=MOST, **asked))["documents"]] == expected


def test_orders_put_what_is_not_known_last(newsroom_room: Room) -> None:
    dates = [row["date"] for row in tell(newsroom_room, Wanted(size=MOST, order="oldest"))["rows"]]
    known = [date for date in dates if date]
    assert known == sorted(known)
    assert dates == known + [None] * (len(dates) - len(known))
    longest = [row["row"]["words"] for row in tell(newsroom_room, Wanted(size=MOST, order="longest"))["rows"]]
    assert longest == sorted(longest, reverse=True)


def test_words_that_are_not_known_are_refused() -> None:
    for asked in ({"kind": "loud"}, {"year": "last"}, {"role": "boss"}):
        with pytest.raises(OptionError, match="is no"):
            Wanted(**asked)  # type: ignore[arg-type]


def test_a_page_lists_some_and_leads_to_the_others(client: TestClient) -> None:
    page = client.get("/documents", params={"q": "ferry", "role": "copy"}).text
    assert 'href="documents?q=ferry&amp;role=copy' not in page  # they fit on one page
    assert "copy of" in page
    assert "stands alone" not in page
    assert 'href="documents?page=2"' in client.get("/documents").text
    assert client.get("/documents", params={"year": "1x"}).status_code == 422
    assert "None of the 74 documents" in client.get("/documents", params={"q": "no such thing"}).text


def test_what_was_not_read_is_listed_in_pages() -> None:
    skipped = [{"uri": f"{n:03}.pdf", "reason": "it is empty", "mend": "get it again."} for n in range(120)]
    room = Room(pile([Witness("a", role="")], skipped=skipped))
    told = tell_skipped(room, 3)
    assert (len(told["rows"]), told["rows"][0]["uri"], told["paging"].pages) == (20, "100.pdf", 3)


def test_an_input_that_was_not_read_leads_nowhere(client: TestClient) -> None:
    """It is no document."""
    assert client.get("/skipped").status_code == client.get("/skipped.json").status_code == 200
    assert "Everything that was given was read" in client.get("/skipped").text
