"""The page of one document: which of its words come from where, and the text itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import stemmata as st
from stemmata import schemas
from stemmata.errors import MissingSource
from stemmata.report.finding import NEVER_COUNTED
from stemmata.report.room import Room
from stemmata.room.document import find, tell, twin
from stemmata.room.marking import mark
from stemmata.room.stretches import Shared, Stretch
from stemmata.server.app import make_app
from stemmata.server.shelves import RunShelf
from stemmata.tokens import words_of
from stemmata.traced import Trace
from tests.lanterns import LANTERNS
from tests.test_report_example import ARTICLE
from tests.test_report_run_example import Witness, harbour, pile

COMPOSED = "eskshire-sunday.example/review/2026-02-15.html"
UNCOUNTED = {*NEVER_COUNTED, "quoted", "reference"}


def slowly(trace: Trace, doc: str, sources: list[str]) -> tuple[Counter[tuple[str, str, str]], list[int]]:
    """Words by source, role and kind, and by how many others hold each, word by word."""
    text = next(row["text"] for row in trace.documents.to_pylist() if row["doc"] == doc)
    counts: Counter[tuple[str, str, str]] = Counter()
    others = []
    passages = [row for row in trace.alignments.to_pylist() if doc in (row["a"], row["b"]) and row["kind"] != "none"]
    for start in words_of(text).start.tolist():
        over = []
        for row in passages:
            side, other = ("a", "b") if row["a"] == doc else ("b", "a")
            if row[f"{side}_start"] <= start < row[f"{side}_end"]:
                over.append((row["role"] in UNCOUNTED, row[other], row["role"], row["kind"], row["rank"]))
        others.append(len({one[1] for one in over if not one[0]}))
        mine = [one for one in over if one[1] in sources]
        if mine:
            best = min(mine, key=lambda one: (one[0], sources.index(one[1]), *_ranked(one[2], one[3]), one[4]))
            counts[best[1:4]] += 1
    return counts, others


def _ranked(role: str, kind: str) -> tuple[int, int]:
    return schemas.ROLES.index(role), schemas.KINDS.index(kind)


def test_each_word_is_told_of_one_source_and_counted_by_all_that_hold_it(newsroom: Trace, newsroom_room: Room) -> None:
    told = 0
    for doc in newsroom.documents["doc"].to_pylist():
        data = twin(newsroom_room, doc)
        counts, others = slowly(newsroom, doc, data["sources"])
        assert {(row["source"], row["role"], row["kind"]): row["words"] for row in data["coverage"]} == counts
        assert sum(one["words"] for one in data["stretches"]) == counts.total()
        held = [row["others"] for row in data["held"] for _ in range(row["words"])]
        assert held == others
        told += counts.total()
    assert told > 10_000, "the sample has copies"


def test_what_comes_from_one_source_is_what_the_relation_says(newsroom_room: Room) -> None:
    """Coverage by source adds up to the coverage of the pair where there is only one source."""
    checked = 0
    for doc in newsroom_room.documents:
        data = twin(newsroom_room, doc)
        if len(data["sources"]) == 1:
            (source,) = data["sources"]
            relation = newsroom_room.findings.relation(doc, source)
            if relation is None:
                continue
            shared = sum(row["share"] for row in data["coverage"] if row["counts"])
            assert shared == pytest.approx(relation["coverage_a" if relation["a"] == doc else "coverage_b"])
            checked += 1
    assert checked > 40


def test_a_text_made_of_two_is_told_of_both(newsroom_room: Room, client: TestClient) -> None:
    told = tell(newsroom_room, COMPOSED)
    assert [lane["name"] for lane in told["lanes"]] == ["A", "B"]
    assert all(lane["share"] > 0.2 for lane in told["lanes"])
    page = client.get("/document", params={"id": COMPOSED}).text
    assert "It also draws on" in page
    assert page.count('class="chip hue1"') > 2
    place = told["lanes"][1]["parts"][0]["to"]
    answer = client.get(place)
    assert answer.status_code == 200
    assert f'id="{place.partition("#")[2]}"' in answer.text


def test_below_a_lost_copy_stands_what_is_above_it() -> None:
    lost = Witness("lost:x/1", "a", role="lost")
    room = Room(pile([Witness("a", role="original"), lost, Witness("b", "lost:x/1"), Witness("c", "lost:x/1")]))
    assert find(room, "b").sources == ["a"]
    assert find(room, "a").sources == []


def test_a_document_alone_says_so(client: TestClient) -> None:
    page = client.get("/document", params={"id": "allotment-almanac.example/february/sweet-peas.txt"}).text
    assert "It stands alone" in page
    assert "It is related to no other document here" in page
    assert client.get("/document", params={"id": "none"}).status_code == 404
    with pytest.raises(MissingSource, match="there is no document 'none'"):
        find(Room(harbour()), "none")


def test_an_address_that_a_document_calls_its_own_is_no_link(client: TestClient) -> None:
    """It may lead anywhere."""
    doc = "coastline-monitor.example/news/pellamouth-pier-41-piles.html"
    data = client.get("/document.json", params={"id": doc, "text": True}).json()
    page = client.get("/document", params={"id": doc}).text
    assert data["document"]["canonical"] in page
    assert f'href="{data["document"]["canonical"]}' not in page
    assert len(words_of(data["text"])) == data["document"]["words"]
    assert client.get("/document.json", params={"id": doc}).json()["text"] is None


def test_hidden_text_and_the_whole_page_are_shown_escaped() -> None:
    from stemmata.report.links import ROOM
    from stemmata.room.site import Site, render

    assert ROOM.served
    hidden = [{"offset": 3, "what": "white on white", "text": "<b>unseen</b>"}]
    row: Mapping[str, object] = {"hidden": hidden, "whole": "<i>all</i> of it"}
    room = Room(pile([Witness("a", role="", row=row)]))
    page = render("room_document.html.jinja", Site(name="x"), "documents", **tell(room, "a"))
    assert "&lt;b&gt;unseen&lt;/b&gt;" in page
    assert "&lt;i&gt;all&lt;/i&gt; of it" in page


def _stretch(start: int, end: int) -> Stretch:
    shared = Shared(
        other="b", rank=1, kind="edited", role="reuse", identity=0.9, span=(start, end), words=slice(0, 1), counts=True
    )
    return Stretch(start=start, end=end, words=1, shared=shared, source=0)


def test_the_text_is_whole_in_its_paragraphs() -> None:
    start, end = ARTICLE.index("old"), ARTICLE.index("office")
    blocks = mark(ARTICLE, [_stretch(start, end)])
    paragraphs = [paragraph for block in blocks for paragraph in block]
    marked = [[piece for piece in paragraph if piece.stretch] for paragraph in paragraphs]
    for some, expected in ((paragraphs, ARTICLE), (marked, ARTICLE[start:end])):
        assert "\n".join("".join(piece.text for piece in one) for one in some).split() == expected.split()
    assert sum(piece.opens for paragraph in paragraphs for piece in paragraph) == 1


def test_of_a_very_long_text_long_pieces_are_shown_by_their_ends() -> None:
    text = "Rain fell on the harbour. " * 90_000
    blocks = mark(text, [_stretch(1_000_000, 1_000_020)])
    pieces = [piece for block in blocks for paragraph in block for piece in paragraph]
    assert sum(len(piece.text) for piece in pieces) < 10_000
    shown = sum(len(piece.text) + piece.hidden for piece in pieces)
    assert len(text) - 10 < shown <= len(text)


def test_of_a_witness_nothing_is_said_that_was_not_looked_for(tmp_path: Path) -> None:
    """Witnesses are not compared two by two, so none has a share of another, or is related to it."""
    st.trace_witnesses([st.Text(LANTERNS[name], doc=name) for name in "ABCD"]).save(tmp_path / "tradition")
    asked = TestClient(make_app(RunShelf(tmp_path / "tradition")), base_url="http://127.0.0.1:8000")
    page = asked.get("/document", params={"id": "C"}).text
    assert "0% of its words" not in page
    assert "It is related to no other" not in page
    assert 'their <a href="readings?family=' in page
    assert "pairs compared" not in asked.get("/").text
