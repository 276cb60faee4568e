"""What every request meets first: names, tokens, sizes; and that the program ends as it began."""

from __future__ import annotations

import json
import re
import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import stemmata as st
from stemmata.server.app import make_app
from stemmata.server.guards import own_hosts
from stemmata.server.shelves import RunShelf
from tests.articles import FERRY, FERRY_SPUN
from tests.conftest import Run
from tests.served import served, wait_for


def test_head_is_as_get_without_what_is_shown(run_folder: Path) -> None:
    client = TestClient(make_app(RunShelf(run_folder)), base_url="http://127.0.0.1:8000")
    bare, whole = client.head("/families"), client.get("/families")
    assert (bare.status_code, bare.content) == (200, b"")
    assert bare.headers["content-length"] == whole.headers["content-length"]
    assert client.head("/family?id=none").status_code == 404


def test_more_than_is_taken_is_told_on_a_page(run_folder: Path) -> None:
    """Also where the header does not say so: the test client sends a generator in chunks."""
    client = TestClient(make_app(RunShelf(run_folder), most=1_000), base_url="http://127.0.0.1:8000")
    assert client.post("/check.json", content=b"x" * 1_001).status_code == 413
    answer = client.post(
        "/check.json", content=(b'"' + b"x" * 600 for _ in range(2)), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413
    assert "1,000 bytes" in answer.json()["what"]


def test_a_server_at_all_addresses_is_reached_by_numbers_and_by_its_name(run_folder: Path) -> None:
    app = make_app(RunShelf(run_folder), host="0.0.0.0", token="t")
    for host, status in (
        ("192.0.2.7:80", 401),
        ("[2001:db8::1]", 401),
        (socket.gethostname(), 401),
        ("evil.example", 421),
        ("192.0.2.7.evil.example", 421),
    ):
        client = TestClient(app, base_url="http://127.0.0.1:8000")
        assert client.get("/", headers={"host": host}).status_code == status
    assert "0.0.0.0" in own_hosts("0.0.0.0")
    assert own_hosts("192.0.2.7") == {"192.0.2.7"}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    st.Library(folder / "library").add(st.Text(FERRY, doc="ferry.txt"))
    st.trace([st.Text(FERRY, doc="ferry.txt"), st.Text(FERRY_SPUN, doc="spun.txt")]).save(folder / "run")
    return folder


def ask(address: str, data: bytes | None = None, **headers: str) -> tuple[int, str]:
    asked = urllib.request.Request(address, data, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_a_library_is_served_by_the_program(held: Path, tmp_path: Path) -> None:
    with served(held / "library", "--allow-decisions", temporary=tmp_path) as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        sent = json.dumps({"text": FERRY_SPUN}).encode()
        status, told = ask(f"{address}check.json", sent, content_type="application/json")
        assert (status, json.loads(told)["matches"][0]["doc"]) == (200, "ferry.txt")
        wait_for(lambda: ask(address)[0] == 200)
        assert "only one document was read" in ask(address)[1]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_files_are_dropped_into_the_program_and_it_is_ended_at_work(tmp_path: Path) -> None:
    with served("--token", "secret", temporary=tmp_path) as address:
        assert address.endswith("/?token=secret")
        bare = address.partition("?")[0]
        assert ask(bare)[0] == 401
        part = '--x\r\ncontent-disposition: form-data; name="files"; filename="{}"\r\n\r\n{}\r\n'
        sent = part.format("ferry.txt", FERRY) + part.format("spun.txt", FERRY_SPUN) + "--x--\r\n"
        kind = {"content_type": "multipart/form-data; boundary=x", "authorization": "Bearer secret"}
        status, told = ask(f"{bare}piles.json", sent.encode(), **kind)
        assert status == 202
        assert ask(bare + json.loads(told)["address"], authorization="Bearer secret")[0] == 503


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_the_address_that_is_printed_for_all_can_be_opened(held: Path, tmp_path: Path) -> None:
    with served(held / "run", "--host", "0.0.0.0", "--token", "secret", temporary=tmp_path) as address:
        assert re.fullmatch(r"http://[\d.]+:\d+/\?token=secret", address)
        assert "0.0.0.0" not in address
        assert ask(address.partition("?")[0], authorization="Bearer secret")[0] == 200


def test_a_port_that_is_taken_is_told(held: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, said = run("serve", held / "run", "--port", port)
    assert status == 2
    assert f"port {port} is taken" in said
    assert "mend:" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--allow-decisions"], "decisions are kept in a library"),
        (["--allow-decisions"], "decisions are kept in a library"),
        (["nowhere"], "no folder"),
        (["run", "--host", "name.invalid"], "cannot listen there"),
        (["run", "--limit-upload", "much"], "amount of bytes"),
        (["run", "--workers", "2"], "leave --workers out"),
        (["library", "--workers", "2"], "leave --workers out"),
    ],
)
def test_what_cannot_be_served_is_said(
    held: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(held)
    status, _, told = run("serve", *arguments, "--port", 0)
    assert status in (2, 3)
    assert said in told
