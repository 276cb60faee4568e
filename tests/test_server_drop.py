"""Files are dropped into the reading room: they are traced beside it, shown once that is done, and then forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import Message, Receive

from stemmata.server import guards
from stemmata.server.app import make_app
from stemmata.server.jobs import Jobs
from stemmata.server.piles import Piles
from stemmata.server.turns import Busy
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.served import wait_for, zipped

FILES = [("ferry.txt", FERRY), ("spun.txt", FERRY_SPUN), ("orchard.txt", ORCHARD)]


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def piles(jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Piles]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = Piles(jobs, limit=1_000_000, most=2, threads=1)
    yield made
    made.close()
    assert not [*tmp_path.glob("stemmata-serve-*")], "nothing is left behind"


@pytest.fixture
def client(piles: Piles) -> TestClient:
    return TestClient(make_app(piles), base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def drop(client: TestClient, *files: tuple[str, str | bytes]) -> str:
    sent = [("files", (name, data.encode() if isinstance(data, str) else data)) for name, data in files]
    answer = client.post("/", files=sent, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return f"/{answer.headers['location']}"


def state(client: TestClient, address: str) -> str:
    return str(client.get(f"{address}progress.json").json()["state"])


def test_files_are_dropped_traced_shown_and_forgotten(client: TestClient, tmp_path: Path) -> None:
    assert '<input type="file" name="files" multiple' in client.get("/").text
    address = drop(client, *FILES)
    assert re.fullmatch(r"/piles/[\w-]{22}/", address)
    waiting = client.get(address)
    assert waiting.status_code == 503
    assert "<h1>3 files are being traced" in waiting.text
    assert '<meta http-equiv="refresh"' in waiting.text, "who has no script waits as well"
    assert client.get(f"{address}families.json").json()["state"] in ("waiting", "working")
    wait_for(lambda: state(client, address) == "ready")
    page = client.get(address).text
    assert "2 of 3 documents belong to one family" in page
    before, _, asks = page.partition("<summary>Delete these files")
    assert '"delete"' not in before.partition("<footer")[2].replace('class="delete"', "")
    assert 'action="delete"' in asks, "it is asked first"
    assert '<a href="../../">Drop other files</a>' in page
    documents = client.get(f"{address}documents.json").json()["documents"]
    assert sorted(row["doc"] for row in documents) == ["ferry.txt", "orchard.txt", "spun.txt"]
    assert str(tmp_path) not in page, "no folder of this machine is told"
    assert client.post(f"{address}check.json", json={"text": FERRY_SPUN}).json()["matches"]
    assert client.post(f"{address}delete", follow_redirects=False).headers["location"] == "../../"
    gone = client.get(address)
    assert gone.status_code == 404
    assert 'href="../../"' in gone.text


def test_an_archive_is_kept_as_it_is(client: TestClient) -> None:
    """With the names that its files have there."""
    address = drop(client, ("pile.zip", zipped({f"in/{name}": text for name, text in FILES})))
    wait_for(lambda: state(client, address) == "ready")
    documents = client.get(f"{address}documents.json").json()["documents"]
    assert sorted(row["doc"] for row in documents) == ["in/ferry.txt", "in/orchard.txt", "in/spun.txt"]


def test_a_table_beside_the_files_tells_their_dates(client: TestClient) -> None:
    address = drop(client, ("metadata.csv", "path,published\nferry.txt,2026-03-01\n"), *FILES[:2])
    wait_for(lambda: state(client, address) == "ready")
    dates = {row["doc"]: row["published"] for row in client.get(f"{address}documents.json").json()["documents"]}
    assert dates == {"ferry.txt": "2026-03-01T00:00:00Z", "spun.txt": None}


@pytest.mark.parametrize("folder", ["", "in/"])
def test_a_table_within_an_archive_tells_them_too(client: TestClient, folder: str) -> None:
    table = "path,published\nferry.txt,2026-03-01\nnowhere.txt,2026-03-01\n"
    files: dict[str, str | bytes] = {f"{folder}{name}": text for name, text in FILES[:2]}
    files |= {f"{folder}metadata.csv": table, f"{folder}odd.bin": b"\0\1\2"}
    address = drop(client, ("pile.zip", zipped(files)))
    wait_for(lambda: state(client, address) == "ready")
    dates = {row["doc"]: row["published"] for row in client.get(f"{address}documents.json").json()["documents"]}
    assert dates == {f"{folder}ferry.txt": "2026-03-01T00:00:00Z", f"{folder}spun.txt": None}
    skipped = [row["uri"] for row in client.get(f"{address}skipped.json").json()["skipped"]]
    assert skipped == [f"pile.zip/{folder}metadata.csv#2", f"pile.zip/{folder}odd.bin"]


def test_what_is_called_so_and_names_no_documents_is_a_text(client: TestClient) -> None:
    table = f"title,text\nA,{FERRY_SPUN.split(chr(10))[0].replace(',', '')}\n"
    address = drop(client, ("pile.zip", zipped({"ferry.txt": FERRY, "metadata.csv": table})))
    wait_for(lambda: state(client, address) == "ready")
    documents = client.get(f"{address}documents.json").json()["documents"]
    assert [row["doc"] for row in documents] == ["ferry.txt", "metadata.csv#1"]


def test_what_was_not_read_is_called_as_it_was_dropped(client: TestClient) -> None:
    """No name of ours is told: neither of the archive into which it was put, nor of one that came alone."""
    sent: list[tuple[str, str | bytes]] = [FILES[0], ("odd.bin", b"\0\1\2"), ("one.zip", zipped({"b.bin": b"\0\1\2"}))]
    address = drop(client, *sent)
    wait_for(lambda: state(client, address) == "ready")
    assert [row["uri"] for row in client.get(f"{address}skipped.json").json()["skipped"]] == [
        "odd.bin",
        "one.zip/b.bin",
    ]
    assert client.get(f"{address}overview.json").json()["command"] == "stemmata trace '3 files'"
    assert "dropped.zip" not in client.get(address).text
    single = drop(client, ("spun.txt", FERRY_SPUN))
    assert "<h1>&#39;spun.txt&#39; is being traced" in client.get(single).text, "its name begins as it does"
    wait_for(lambda: state(client, single) == "ready")


def test_what_cannot_be_read_is_said_on_its_page(client: TestClient) -> None:
    address = drop(client, ("broken.zip", b"PK\x03\x04 and nothing more"))
    wait_for(lambda: state(client, address) in ("ready", "failed"))
    assert "not read" in client.get(address).text or "could not be" in client.get(address).text


def test_work_is_cancelled_by_who_ordered_it(client: TestClient, piles: Piles) -> None:
    address = drop(client, *FILES)
    job = piles.shelf(address.split("/")[2]).job
    client.post(f"{address}delete")
    wait_for(lambda: job.is_over)
    assert job.state == "cancelled"
    assert client.get(f"{address}progress.json").status_code == 404


def test_the_oldest_that_is_done_makes_room(client: TestClient, piles: Piles) -> None:
    first = drop(client, FILES[0])
    second = drop(client, FILES[1])
    assert client.post("/", files={"files": FILES[2]}).status_code == 503, "both are being worked on"
    wait_for(lambda: state(client, first) == state(client, second) == "ready")
    drop(client, FILES[2])
    gone = client.get(first)
    assert gone.status_code == 404
    assert "made room for others" in gone.text
    assert client.get(second).status_code == 200
    for _ in range(2):
        piles.begin()
    with pytest.raises(Busy):
        piles.begin()


def test_more_than_is_taken_is_refused(client: TestClient, tmp_path: Path) -> None:
    """Whether its header says so, or it just goes on."""
    answer = client.post("/", files={"files": ("a.txt", b"x" * 1_100_000)})
    assert answer.status_code == 413

    taken = 0

    async def endless() -> Message:
        nonlocal taken
        head = b'--x\r\ncontent-disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        body = b"x" * 100_000 if taken else head
        taken += len(body)
        return {"type": "http.request", "body": body, "more_body": True}

    assert sent_to(client, endless) == 413
    assert taken < 1_500_000, "no more is taken than is asked for"
    assert client.post("/", content=b"x" * 100, headers={"content-type": "text/plain"}).status_code == 422
    assert client.post("/", files={"other": (None, b"")}).status_code == 422
    assert not [*next(tmp_path.glob("stemmata-serve-*")).iterdir()], "what did not come whole is forgotten"


def test_a_body_that_stops_coming_is_given_up(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "PATIENCE", 0.01)

    async def never() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    assert sent_to(client, never) == 408


def sent_to(client: TestClient, receive: Receive) -> int:
    """Send a form whose parts come one by one, and return the status of the answer; the test client sends it whole."""
    answered: list[Message] = []

    async def send(message: Message) -> None:
        answered.append(message)

    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"multipart/form-data; boundary=x")]
    asked = {"type": "http", "http_version": "1.1", "scheme": "http", "method": "POST", "path": "/", "headers": headers}
    anyio.run(client.app, {**asked, "raw_path": b"/", "query_string": b"", "root_path": ""}, receive, send)
    return int(answered[0]["status"])
