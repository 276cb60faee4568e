"""A claim is followed through all documents of a room: its wordings, as ``stemmata follow`` has them."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import stemmata as st
from stemmata.room import follow

CLAIM = "of the 96 piles under the vehicle ramp"


def test_a_claim_is_followed_on_a_page_and_as_data(client: TestClient, newsroom: st.Trace) -> None:
    told = client.get("/follow.json", params={"claim": CLAIM}).json()
    assert [row["wording"] for row in told["wordings"]] == st.follow(newsroom, CLAIM)["wording"].to_pylist()
    page = client.get("/follow", params={"claim": CLAIM}).text
    assert told["headline"] in page
    assert "coastline-monitor.example" in page
    assert 'href="follow"' in client.get("/").text, "one finds it from the first page"


def test_of_a_claim_that_nothing_holds_the_nearest_is_told(client: TestClient) -> None:
    told = client.get("/follow.json", params={"claim": "zeppelins under the vehicle ramp of Saturn and beyond"}).json()
    assert told["wordings"] == []
    assert told["nearest"]["wording"] in client.get("/follow", params={"claim": told["claim"]}).text


@pytest.mark.parametrize("claim", ["piles", "two words", "<b>"])
def test_a_claim_of_few_words_is_asked_for_again(client: TestClient, claim: str) -> None:
    page = client.get("/follow", params={"claim": claim})
    assert page.status_code == 422
    assert "fewer than 3 words" in page.text
    assert "<b>" not in page.text
    assert client.get("/follow.json", params={"claim": claim}).status_code == 422
    assert client.get("/follow").status_code == 200


def test_where_there_is_too_much_to_be_read_it_is_said(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "LARGEST", 1_000)
    assert "stemmata follow" in client.get("/follow", params={"claim": CLAIM}).text
    assert client.get("/follow.json", params={"claim": CLAIM}).status_code == 422
