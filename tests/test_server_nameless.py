"""A room without names: none on any page, in any table, and no way to have one named."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

import stemmata as st
from stemmata.server.app import make_app
from stemmata.server.jobs import Jobs
from stemmata.server.libraries import LibraryShelf
from stemmata.server.shelves import RunShelf
from tests.articles import FERRY, FERRY_SPUN
from tests.conftest import Run
from tests.served import wait_for
from tests.test_pseudonyms import names

PAGES = ("/", "/families", "/documents", "/groups?by=site", "/overview.json", "/families.json", "/documents.json")
TABLES = ("documents", "relations", "directions", "families", "stemma", "changes", "readings", "skipped", "notes")


@pytest.fixture(scope="module")
def nameless(run_folder: Path) -> TestClient:
    app = make_app(RunShelf(run_folder, nameless=True))
    return TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def test_no_page_and_no_table_names_anybody(nameless: TestClient, newsroom: st.Trace) -> None:
    family = nameless.get("/families.json").json()["families"][0]["family"]
    told = nameless.get("/family.json", params={"id": family}).json()
    edge = next(row for row in told["stemma"] if row["parent"])
    asked: list[tuple[str, dict[str, str]]] = [(page, {}) for page in PAGES]
    asked += [(f"/tables/{name}.csv", {}) for name in TABLES]
    asked += [(f"/family{end}", {"id": family}) for end in ("", ".json")]
    asked += [(f"/pair{end}", {"source": edge["parent"], "copy": edge["doc"]}) for end in ("", ".json")]
    asked += [(f"/document{end}", {"id": edge["doc"]}) for end in ("", ".json")]
    asked += [(f"/readings{end}", {"family": family}) for end in ("", ".json")]
    known = names(newsroom)
    for address, query in asked:
        answer = nameless.get(address, params=query)
        assert answer.status_code == 200, address
        assert [name for name in sorted(known) if name in answer.text] == [], address


def test_nothing_is_checked_or_decided_there(nameless: TestClient) -> None:
    """An answer would name documents."""
    assert "Check a text" not in nameless.get("/").text
    assert nameless.post("/check.json", json={"text": FERRY}).status_code == 422
    assert nameless.get("/decisions").status_code == 422


def test_a_library_goes_without_names_as_well(tmp_path: Path) -> None:
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="quillpen"), st.Text(FERRY_SPUN, doc="inkwell")])
    jobs = Jobs()
    shelf = LibraryShelf(tmp_path / "library", jobs, nameless=True)
    try:
        client = TestClient(make_app(shelf), base_url="http://127.0.0.1:8000")
        wait_for(lambda: client.get("/overview.json").status_code == 200)
        page = client.get("/documents").text
        assert "document 1" in page
        assert [name for name in ("quillpen", "inkwell", str(tmp_path)) if name in page] == []
    finally:
        shelf.close()
        jobs.close()


@pytest.mark.parametrize("call", [["--anonymise"], ["library", "--anonymise", "--allow-decisions"]])
def test_what_cannot_go_without_names_is_refused(run: Run, call: list[str]) -> None:
    status, _, said = run("serve", *call, "--port", "0")
    assert status == 2
    assert "name" in said


def test_who_names_a_source_does_so_without_names(nameless: TestClient, client: TestClient) -> None:
    """Nobody is said to name none because names are left out."""
    figures = [one.get("/groups.json?by=site").json()["groups"] for one in (client, nameless)]
    silent = [sum(group["silent"] for group in groups) for groups in figures]
    assert silent[0] == silent[1] > 0
