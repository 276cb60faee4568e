"""The reading room over HTTP: its pages, their twins, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from stemmata.server.app import make_app
from stemmata.server.shelves import RunShelf


def test_the_first_page_says_what_was_found(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "60 of 74 documents belong to 8 families" in answer.text
    assert client.get("/overview.json").json()["families"] == 8


def test_families_are_searched_and_filtered(client: TestClient) -> None:
    found = client.get("/families.json", params={"q": "FERRY", "kind": "spun"}).json()
    assert [family["title"] for family in found["families"]] == [
        "Ferry terminal piles failing faster than feared, report finds"
    ]
    assert client.get("/families", params={"q": "nothing is called so"}).status_code == 200
    assert client.get("/families", params={"kind": "loud"}).status_code == 422


def test_a_page_and_its_twin_tell_of_the_same(client: TestClient) -> None:
    name = client.get("/families.json").json()["families"][0]["family"]
    told = client.get("/family.json", params={"id": name}).json()
    page = client.get("/family", params={"id": name}).text
    assert told["title"] in page
    edge = next(row for row in told["stemma"] if row["parent"])
    pair = client.get("/pair.json", params={"source": edge["parent"], "copy": edge["doc"]}).json()
    assert (pair["source"], pair["copy"]) == (edge["parent"], edge["doc"])
    assert client.get("/pair", params={"source": edge["doc"], "copy": edge["parent"]}).status_code == 200


@pytest.mark.parametrize("address", ["/family?id=none", "/pair?source=a&copy=b", "/nowhere", "/family.json?id=x"])
def test_what_is_not_there_is_said(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "there is no" in answer.text.lower() or "Not Found" in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "[::2]", "a b"])
def test_a_name_that_leads_here_is_not_answered(client: TestClient, host: str) -> None:
    """A page of a stranger whose name was made to lead to this machine reads nothing."""
    assert client.get("/", headers={"host": host}).status_code == 421


def test_answers_let_nothing_else_in(client: TestClient) -> None:
    headers = client.get("/").headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_a_token_is_asked_for_and_kept(run_folder: Path) -> None:
    """In an address once, then in a cookie; programs send it in a header."""
    app = make_app(RunShelf(run_folder), host="192.0.2.1", token="secret-enough")
    stranger = TestClient(app, base_url="http://192.0.2.1:8000")
    assert stranger.get("/").status_code == 401
    assert stranger.get("/?token=wrong").status_code == 401
    assert stranger.get("/", headers={"authorization": "Bearer secret-enough"}).status_code == 200
    answer = stranger.get("/families?token=secret-enough&kind=spun", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/families?kind=spun")
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/families?order=loudest", "/documents?size=0", "/groups?more=x"])
def test_who_asks_wrongly_is_told_what_can_be_asked(client: TestClient, address: str) -> None:
    page, _, query = address.partition("?")
    told = client.get(f"{page}.json?{query}").json()
    assert client.get(address).status_code == 422
    name = query.partition("=")[0]
    assert name in told["what"]
    assert name in told["mend"]
    assert "loudest" not in query or "'gravest'" in told["mend"], "what is known is named"


@pytest.mark.parametrize(("address", "up"), [("/nowhere", "./"), ("/no/where", ".././"), ("/no/where/", "../.././")])
def test_from_nowhere_a_link_leads_back(client: TestClient, address: str, up: str) -> None:
    """However deep that lies; and the page is dressed as the others."""
    page = client.get(address).text
    assert f'<p><a href="{up}">To the overview</a></p>' in page
    assert f'href="{up.removesuffix("./")}style.css?' in page
