"""A text is handed to the reading room: where it comes from stands on a page, and is told to programs."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest
from starlette.testclient import TestClient

import stemmata as st
from stemmata.room import check
from stemmata.server.app import make_app
from stemmata.server.shelves import RunShelf
from stemmata.server.turns import Busy, Turns
from tests.articles import FERRY, FERRY_SPUN, ORCHARD


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checked")
    st.trace([st.Text(FERRY, doc="ferry.txt"), st.Text(ORCHARD, doc="orchard.txt")]).save(folder / "run")
    return folder / "run"


@pytest.fixture(scope="module")
def client(run: Path) -> TestClient:
    return TestClient(make_app(RunShelf(run)), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def test_a_text_is_written_into_a_form(client: TestClient) -> None:
    form = client.get("/check").text
    assert '<textarea name="text"' in form
    answer = client.post("/check", data={"text": FERRY_SPUN, "title": "mine"})
    assert answer.status_code == 200
    assert "mine derives from ferry.txt" in answer.text
    assert 'href="document?id=ferry.txt"' in answer.text
    assert 'href="document?id=mine"' not in answer.text, "the text that was asked about has no page"
    assert "documents in the run" in answer.text


def test_a_file_is_read_and_called_as_it_was_called(client: TestClient) -> None:
    answer = client.post("/check", files={"file": ("<b>spun.txt", FERRY_SPUN.encode())})
    assert "&lt;b&gt;spun.txt derives from ferry.txt" in answer.text
    assert "<b>spun" not in answer.text


def test_a_program_is_told_the_same(client: TestClient) -> None:
    told = client.post("/check.json", json={"text": FERRY_SPUN, "title": "mine", "most": 1}).json()
    assert told["doc"] == "mine"
    assert [(row["doc"], row["stands"]) for row in told["matches"]] == [("ferry.txt", "source")]
    assert told["documents"] == 2
    assert {row["copy"] for row in told["changes"]} == {"mine"}


def test_nothing_is_kept_of_it(client: TestClient, run: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in run.rglob("*") if "catalog" not in path.name)
    client.post("/check", files={"file": ("spun.txt", FERRY_SPUN.encode())})
    assert sorted((path, path.stat().st_mtime_ns) for path in run.rglob("*") if "catalog" not in path.name) == before
    assert not any("spun" in row["doc"] for row in client.get("/documents.json").json()["documents"])


@pytest.mark.parametrize(
    ("asked", "says", "kept"),
    [
        ({"data": {"text": " ", "title": "mine"}}, "There is no text to be checked", 'value="mine"'),
        (
            {"data": {"text": "a < b"}, "files": {"file": ("c.txt", b"c")}},
            "only one is looked at",
            "a &lt; b</textarea>",
        ),
        ({"files": {"file": ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")}}, "it is an image", "<textarea"),
        ({"data": {"text": "x" * (check.LONGEST + 1)}}, "is not taken", "xxx</textarea>"),
    ],
    ids=["nothing", "both", "no text", "too long"],
)
def test_a_form_that_cannot_be_answered_comes_back(
    client: TestClient, asked: dict[str, object], says: str, kept: str
) -> None:
    """With what is wrong, and what was written into it."""
    answer = client.post("/check", **asked)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert '<form class="form given" action="check"' in answer.text
    assert 'role="alert"' in answer.text
    assert says in answer.text
    assert kept in answer.text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"data": {"text": " "}}, 422),
        ({"data": {"text": "x" * (check.LONGEST + 1)}}, 422),
        ({"files": [("file", (f"{n}.txt", b"x")) for n in range(50)]}, 400),
        ({"data": {str(n): "x" for n in range(2_000)}, "files": {"file": ("a.txt", b"x")}}, 400),
        ({"files": {"file": ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")}}, 422),
        ({"content": b"text=" + b"x" * 30_000_000, "headers": {"content-type": "text/plain"}}, 413),
    ],
)
def test_what_is_too_much_or_no_text_is_refused(client: TestClient, asked: dict[str, object], status: int) -> None:
    assert client.post("/check", **asked).status_code == status  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"text": ' * 50_000, b"{}", b"\xff", b'{"text": "x", "most": 1e9}'])
def test_json_that_is_none_of_ours_harms_nobody(client: TestClient, body: bytes) -> None:
    answer = client.post("/check.json", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["what"]


def test_a_text_without_a_match_says_so(client: TestClient) -> None:
    answer = client.post("/check", data={"text": "Nothing that anybody here has ever written about, or so I hope."})
    assert "shares no text with the 2 documents of the run" in answer.text


def test_who_comes_when_too_many_wait_is_asked_to_come_again(client: TestClient) -> None:
    turns = Turns(at_once=1, waiting=0)
    inside, leave = Event(), Event()

    def hold() -> None:
        with turns.taken():
            inside.set()
            leave.wait()

    holding = Thread(target=hold)
    holding.start()
    inside.wait()
    with pytest.raises(Busy), turns.taken():
        pass
    before, client.app.state.turns = client.app.state.turns, turns  # type: ignore[attr-defined]
    try:
        answer = client.post("/check.json", json={"text": FERRY_SPUN})
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
    finally:
        client.app.state.turns = before  # type: ignore[attr-defined]
        leave.set()
        holding.join()
