"""What once hung, leaked or failed in the server: each with the request that showed it."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event, Thread

import pytest
from starlette.testclient import TestClient

import stemmata as st
from stemmata.errors import OptionError
from stemmata.server import jobs as queue
from stemmata.server.app import make_app
from stemmata.server.jobs import DONE, FAILED, Job, Jobs
from stemmata.server.piles import Piles
from stemmata.server.serving import Wanted, serve
from stemmata.server.shelves import RunShelf
from stemmata.server.turns import Busy
from stemmata.server.uploads import Dropped
from tests.articles import FERRY, FERRY_SPUN
from tests.served import PATIENCE, wait_for

WANTED = {"host": "127.0.0.1", "port": 0, "token": "", "decides": False, "limit": 100_000_000, "workers": 1}


@pytest.mark.parametrize("charset", ["punycode", "idna", "undefined", "utf-7", "no-such"])
def test_a_form_in_another_encoding_is_refused(client: TestClient, charset: str) -> None:
    """Some take the square of a text's length to be read."""
    headers = {"content-type": f"multipart/form-data; boundary=x; charset={charset}"}
    body = b'--x\r\ncontent-disposition: form-data; name="text-"\r\n\r\nrain\r\n--x--\r\n'
    assert client.post("/check", content=body, headers=headers).status_code == 422


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "http://127.0.0.1:8001"])
def test_what_is_no_address_of_ours_writes_nothing(client: TestClient, origin: str) -> None:
    answer = client.post("/check.json", json={"text": "rain"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert "content-security-policy" in answer.headers


def test_cookies_of_others_do_not_hide_the_token(run_folder: Path) -> None:
    """Cookies are shared by all servers of a machine."""
    asked = TestClient(make_app(RunShelf(run_folder), token="secret-enough"), base_url="http://127.0.0.1:8000")
    cookie = 'prefs={"a": 1}; stemmata=secret-enough'
    assert asked.get("/overview.json", headers={"cookie": cookie}).status_code == 200


@pytest.mark.parametrize("wanted", [{"token": "žluť"}, {"token": "a\nb"}, {"place": Path("run"), "limit": 5}])
def test_what_cannot_be_meant_is_refused(wanted: dict[str, object]) -> None:
    with pytest.raises(OptionError):
        serve(Wanted(**{"place": None, **WANTED, **wanted}))  # type: ignore[arg-type]


def test_a_run_that_takes_the_place_of_another_is_shown(tmp_path: Path) -> None:
    """Though its folder was removed, and it is the first generation again."""
    folder = tmp_path / "run"
    st.trace([st.Text(FERRY, doc="ferry")]).save(folder)
    asked = TestClient(make_app(RunShelf(folder)), base_url="http://127.0.0.1:8000")
    assert asked.get("/overview.json").json()["documents"] == 1
    shutil.rmtree(folder)
    st.trace([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")]).save(folder)
    assert asked.get("/overview.json").json()["documents"] == 2


def test_a_process_that_ends_amid_a_line_costs_its_own_job_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    work = Jobs()
    monkeypatch.setattr(queue, "START", "print('{\"stage\": ')")
    broken = work.start(Job({}))
    wait_for(lambda: broken.is_over)
    monkeypatch.setattr(queue, "START", "print('{\"done\": true}')")
    whole = work.start(Job({}))
    wait_for(lambda: whole.is_over)
    assert (broken.state, whole.state) == (FAILED, DONE)
    work.close()


def test_files_for_which_there_is_no_room_are_not_kept() -> None:
    """All piles are being worked on: nothing is taken, and nothing lies about."""
    work = Jobs()
    piles = Piles(work, most=0)
    with pytest.raises(Busy):
        piles.begin()
    assert not [*piles._folder.iterdir()]
    piles.close()
    work.close()


def test_a_page_of_what_is_not_there_waits_for_no_pile_that_is_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large ones take their time; others are read, and missed, meanwhile."""
    work, begun, go_on = Jobs(at_once=0), Event(), Event()
    piles = Piles(work)
    token = piles.start(piles.begin(), Dropped("dropped.zip", "", None, 1, "a.txt"))

    def slowly(*_: object, **__: object) -> None:
        begun.set()
        go_on.wait()

    monkeypatch.setattr("stemmata.server.piles.shutil.rmtree", slowly)
    deleting = Thread(target=piles.delete, args=(token,))
    deleting.start()
    assert begun.wait(PATIENCE)
    asked = TestClient(make_app(piles), base_url="http://127.0.0.1:8000")
    answered: list[int] = []
    asking = Thread(target=lambda: answered.append(asked.get(f"/piles/{token}/").status_code), daemon=True)
    asking.start()
    asking.join(PATIENCE)
    assert answered == [404]
    go_on.set()
    deleting.join()
    monkeypatch.undo()
    piles.close()
    work.close()


def test_choices_are_told_without_the_empty_one(client: TestClient) -> None:
    """Which stood among them as two apostrophes; and a page begins no sentence with the name of a file."""
    told = client.get("/families.json", params={"root": "loud"}).json()
    assert told["mend"] == "for root, choose one of 'named', 'lost' or 'open'."
    assert "What can be asked stands in openapi.json." in client.get("/nowhere").text
