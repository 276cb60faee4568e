"""A library is shown while it grows; what people decide about it is listed, and taken where the server was told to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import stemmata as st
from stemmata.locks import locked
from stemmata.server import libraries
from stemmata.server.app import make_app
from stemmata.server.jobs import Job, Jobs
from stemmata.server.libraries import LibraryShelf
from stemmata.server.shelves import RunShelf
from stemmata.server.states import State
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.served import wait_for

A, B = "ferry.txt", "spun.txt"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    st.Library(tmp_path / "library").add([st.Text(FERRY, doc=A), st.Text(FERRY_SPUN, doc=B)])
    return tmp_path / "library"


@pytest.fixture
def shelf(library: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LibraryShelf]:
    monkeypatch.setattr(libraries, "PAUSE", 0.0)
    monkeypatch.setattr(libraries, "TIMES", 0)
    monkeypatch.setattr(libraries, "POLL", 0.05)
    monkeypatch.setattr("tempfile.tempdir", str(library.parent))
    jobs = Jobs()
    made = LibraryShelf(library, jobs, may_decide=True, threads=1)
    yield made
    jobs.close()
    made.close()
    assert not [*library.parent.glob("stemmata-serve-*")], "nothing is left behind"


@pytest.fixture
def client(shelf: LibraryShelf) -> TestClient:
    return TestClient(make_app(shelf), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def is_ready(client: TestClient) -> bool:
    return bool(client.get("/progress.json").json()["state"] == "ready")


def is_current(client: TestClient, shelf: LibraryShelf) -> bool:
    return is_ready(client) and not shelf.site().state


def test_a_library_is_shown_once_its_tables_are_worked_out(client: TestClient) -> None:
    """Until then, every page says how far that is."""
    early = client.get("/families")
    assert early.status_code == 503
    assert "The tables of 2 documents are being worked out" in early.text
    assert early.headers["retry-after"]
    told = client.get("/families.json").json()
    assert told["state"] in ("waiting", "working")
    assert client.post("/check.json", json={"text": FERRY_SPUN}).status_code == 200, "a find needs no tables"
    wait_for(lambda: is_ready(client))
    assert "Both documents belong to one family" in client.get("/").text


def test_what_is_added_is_shown_some_time_later(client: TestClient, shelf: LibraryShelf, library: Path) -> None:
    wait_for(lambda: is_current(client, shelf))
    st.Library(library).add(st.Text(ORCHARD, doc="orchard.txt"))
    shelf.look()
    assert "1 document was added since" in shelf.site().state
    assert client.get("/").status_code == 200, "what was worked out before is shown meanwhile"
    wait_for(lambda: client.get("/overview.json").json()["documents"] == 3)
    wait_for(lambda: not shelf.site().state)
    st.Library(library).remove("orchard.txt")
    shelf.look()
    assert "1 document was taken out since" in shelf.site().state
    wait_for(lambda: client.get("/overview.json").json()["documents"] == 2)


def test_working_its_tables_out_is_no_news(library: Path) -> None:
    """They are saved in its folder, by which nothing changes of what they are made of."""
    before = State.of(library)
    st.Library(library).trace()
    assert State.of(library) == before
    st.Library(library).decide("dismiss", A, B)
    assert State.of(library) != before


def test_decisions_are_made_on_pages_and_count_later(client: TestClient, shelf: LibraryShelf, library: Path) -> None:
    wait_for(lambda: is_current(client, shelf))
    page = client.get("/pair", params={"source": A, "copy": B}).text
    assert '<form class="form" action="decisions" method="post">' in page
    assert "Written down" not in page
    sent = {"verb": "dismiss", "a": A, "b": B, "who": "Ada", "note": "a form letter", "back": "pair"}
    answer = client.post("/decisions", data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "pair?source=ferry.txt&copy=spun.txt&made=1")
    said = client.get(f"/{answer.headers['location']}").text
    assert "Written down of ferry.txt and spun.txt: dismissed by Ada on " in said
    assert "counts once the tables are worked out anew" in shelf.site().state
    listed = client.get("/decisions.json").json()
    assert [(row["verb"], row["by"], row["note"], row["end"]) for row in listed] == [
        ("dismiss", "Ada", "a form letter", "")
    ]
    assert "a form letter" in client.get("/decisions").text
    wait_for(lambda: client.get("/overview.json").json()["families"] == 0)
    page = client.get("/pair", params={"source": A, "copy": B}).text
    bands = page.partition("<svg")[0]
    assert "A person decided: dismissed by Ada" in bands, "it is said above the bands"
    assert "counts nowhere" in bands
    client.post("/decisions", data={"verb": "withdraw", "a": A, "b": B, "who": "Ada"})
    assert [row["end"] for row in client.get("/decisions.json").json()] == ["withdrawn", ""]
    assert len(st.Library(library).decisions.listed) == 2
    wait_for(lambda: client.get("/overview.json").json()["families"] == 1)


def test_an_original_is_named_on_the_page_of_its_family(client: TestClient, shelf: LibraryShelf) -> None:
    wait_for(lambda: is_current(client, shelf))
    family = client.get("/families.json").json()["families"][0]["family"]
    assert "Name the original" in client.get("/family", params={"id": family}).text
    sent = {"verb": "root", "a": A, "who": "Ada", "back": "family", "family": family}
    answer = client.post("/decisions", data=sent, follow_redirects=False)
    assert answer.headers["location"] == f"family?id={family}&made=1"
    page = client.get("/document", params={"id": B}).text
    assert f'<input type="hidden" name="a" value="{B}">' in page.partition("Name it the original")[2]
    answer = client.post("/decisions", data={**sent, "a": B, "back": "document"}, follow_redirects=False)
    assert answer.headers["location"] == f"document?id={B}&made=2"
    assert f"Written down of {B}" in client.get(f"/{answer.headers['location']}").text
    assert client.post("/decisions.json", json={"verb": "note", "a": B, "note": "x", "who": "Ada"}).status_code == 201


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"verb": "relabel", "a": A, "b": B, "kind": "loud"}, 422),
        ({"verb": "dismiss", "a": A, "b": A}, 422),
        ({"verb": "burn", "a": A, "b": B}, 422),
        ({"verb": "dismiss", "a": A, "b": "nobody.txt"}, 404),
        ({"verb": "dismiss", "a": A, "b": B, "back": "https://evil.example/"}, 422),
        ({"verb": "dismiss", "a": A, "b": B, "more": "x"}, 422),
    ],
)
def test_what_is_no_decision_is_refused(client: TestClient, library: Path, sent: dict[str, str], status: int) -> None:
    assert client.post("/decisions", data={"who": "Ada", **sent}, follow_redirects=False).status_code == status
    assert not st.Library(library).decisions.listed


def test_what_is_still_to_be_said_is_asked_for(client: TestClient, library: Path) -> None:
    """In the user's words, with all that was chosen and written."""
    sent = {"verb": "relabel", "a": A, "b": B, "copy": B, "note": "<b>so it is", "who": " ", "back": "pair"}
    answer = client.post("/decisions", data=sent, follow_redirects=False)
    assert answer.status_code == 422
    assert "choose a kind" in answer.text
    assert "Give a name" in answer.text
    assert "decide relabel" not in answer.text, "nobody is at a command line"
    assert 'value="&lt;b&gt;so it is"' in answer.text
    assert 'value="relabel" required checked' in answer.text
    assert f'<option value="{B}" selected>' in answer.text
    assert 'href="pair?source=ferry.txt&amp;copy=spun.txt"' in answer.text
    assert not st.Library(library).decisions.listed
    assert client.post("/decisions", data={"a": A, "b": B, "who": "Ada"}).status_code == 422, "nothing is chosen"
    assert client.post("/decisions", data={"verb": "note", "a": A, "note": " ", "who": "Ada"}).status_code == 422


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ({"verb": "confirm", "kind": "spun"}, ""),
        ({"verb": "confirm", "kind": "spun", "copy": B}, B),
        ({"verb": "relabel", "kind": "spun", "copy": B}, "spun"),
        ({"verb": "dismiss", "kind": "spun", "copy": B}, ""),
    ],
)
def test_what_was_chosen_for_another_verdict_does_not_count(
    client: TestClient, library: Path, sent: dict[str, str], value: str
) -> None:
    answer = client.post("/decisions", data={**sent, "a": A, "b": B, "who": " Ada "}, follow_redirects=False)
    assert answer.status_code == 303
    (made,) = st.Library(library).decisions.listed
    assert (made.verb, made.value, made.by) == (sent["verb"], value, "Ada")


def test_nobody_decides_without_a_name(client: TestClient, library: Path) -> None:
    """A server has a user of its own, who is not the one that decides."""
    for who in ({}, {"who": ""}, {"who": " "}):
        assert client.post("/decisions.json", json={"verb": "dismiss", "a": A, "b": B, **who}).status_code == 422
    assert not st.Library(library).decisions.listed
    st.Library(library).decide("dismiss", A, B, by="Ada")
    page = client.get("/decisions").text
    assert 'name="who" maxlength="200" autocomplete="name" required' in page.partition("Withdraw</summary>")[2]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:9000"},
    ],
)
def test_a_page_of_another_site_decides_nothing(client: TestClient, library: Path, headers: dict[str, str]) -> None:
    sent = {"verb": "dismiss", "a": A, "b": B, "who": "Ada"}
    assert client.post("/decisions", data=sent, headers=headers).status_code == 403
    assert not st.Library(library).decisions.listed
    own = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert client.post("/decisions", data=sent, headers=own, follow_redirects=False).status_code == 303


def test_who_writes_just_now_is_named(client: TestClient, shelf: LibraryShelf, library: Path) -> None:
    wait_for(lambda: is_current(client, shelf))
    with locked(library):
        answer = client.post("/decisions.json", json={"verb": "dismiss", "a": A, "b": B, "who": "Ada"})
    assert answer.status_code == 503
    assert "another process is writing the folder: process" in answer.json()["what"]
    assert str(library) not in answer.text


def test_what_is_shown_is_of_when_the_library_was_read(client: TestClient, shelf: LibraryShelf, library: Path) -> None:
    """Not of when the work was ordered: what is added between the two is in the tables, and no news."""
    wait_for(lambda: is_current(client, shelf))
    assert shelf._shown is not None
    assert shelf._shown.state == State.of(library)
    jobs, to = Jobs(), library.parent / "derived"
    job = Job({"work": "derive", "library": str(library), "to": str(to), "threads": 1})
    st.Library(library).add(st.Text(ORCHARD, doc="orchard.txt"))
    jobs.start(job)
    wait_for(lambda: job.is_over)
    jobs.close()
    assert State.told(job.made) == State.of(library)


def test_without_leave_decisions_are_only_listed(library: Path) -> None:
    jobs = Jobs()
    shelf = LibraryShelf(library, jobs)
    client = TestClient(make_app(shelf), base_url="http://127.0.0.1:8000")
    try:
        answer = client.post("/decisions.json", json={"verb": "dismiss", "a": A, "b": B, "who": "Ada"})
        assert answer.status_code == 403
        assert "--allow-decisions" in answer.json()["what"]
        assert "Nobody has decided anything" in client.get("/decisions").text
        wait_for(lambda: is_ready(client))
        assert "<form" not in client.get("/pair", params={"source": A, "copy": B}).text
    finally:
        jobs.close()
        shelf.close()


def test_a_run_keeps_no_decisions(run_folder: Path) -> None:
    client = TestClient(make_app(RunShelf(run_folder)), base_url="http://127.0.0.1:8000")
    answer = client.get("/decisions.json")
    assert answer.status_code == 422
    assert "kept in a library" in answer.json()["what"]
