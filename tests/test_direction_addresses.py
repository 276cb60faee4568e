"""Addresses: two of one page are one, and those that stand in a text are found whole and without its signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.direction.addresses import addresses_in, host_of, names_page, normal


@pytest.mark.parametrize(
    "same",
    [
        "https://gazette.example/ferry",
        "HTTP://www.Gazette.example/ferry/",
        "gazette.example/ferry#top",
        "https://gazette.example:443/ferry?utm_source=mail&utm_medium=x",
        "  gazette.example/ferry?fbclid=1 ",
    ],
)
def test_what_does_not_tell_two_pages_apart_is_left_out(same: str) -> None:
    assert normal(same) == "gazette.example/ferry"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gazette.example/ferry", "gazette.example/Ferry"),
        ("gazette.example/?p=1", "gazette.example/?p=2"),
        ("gazette.example/ferry?id=1", "gazette.example/ferry"),
        ("gazette.example:8080/ferry", "gazette.example/ferry"),
        ("gazette.example/ferry", "news.gazette.example/ferry"),
    ],
)
def test_two_pages_remain_two(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_escaped_signs_are_the_signs_that_they_stand_for() -> None:
    assert normal("https://gazette.example/%CF%86%CE%AC%CF%81%CE%BF%CF%82") == "gazette.example/φάρος"


def test_a_host_by_itself_names_no_page_nor_does_the_path_of_a_file() -> None:
    pages = ["https://gazette.example/ferry", "gazette.example/?p=7", "gazette.example:8080/ferry"]
    others = ["https://gazette.example/", "gazette.example", "letters/2026.txt", "ferry.txt", "a.b/c", "", None]
    assert all(map(names_page, pages))
    assert not any(map(names_page, others))


def test_the_host_of_an_address_has_no_port_and_no_name_of_a_user() -> None:
    assert host_of("https://ada@www.gazette.example:8080/ferry?x=1") == "gazette.example"


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("See https://gazette.example/ferry.", {"gazette.example/ferry"}),
        ("(First published at www.gazette.example/ferry)", {"gazette.example/ferry"}),
        ("It stood in gazette.example/ferry, she said.", {"gazette.example/ferry"}),
        ("<https://gazette.example/ferry?id=3>", {"gazette.example/ferry?id=3"}),
        ("[the Gazette](https://gazette.example/ferry)!", {"gazette.example/ferry"}),
        ("“https://gazette.example/ferry”…", {"gazette.example/ferry"}),
        ("https://a.example/Ferry_(boat) and (https://a.example/Reef)", {"a.example/Ferry_(boat)", "a.example/Reef"}),
        ("来源：https://hegu.example/qiao。更多", {"hegu.example/qiao"}),
        ("見https://hegu.example/qiaoの記事", {"hegu.example/qiao", "hegu.example/qiaoの記事"}),
        ("https://hegu.example/wiki/橋", {"hegu.example/wiki/橋"}),
        ("Πηγή: https://tachydromos.example/φάρος", {"tachydromos.example/φάρος"}),
        ("Write to ada@gazette.example/ferry", set()),
        ("https://gazette.example is our home, as is gazette.example/", set()),
        ("and/or 3.5/10 e.g./i.e. 12.03.2021/14 km/h", set()),
    ],
)  # fmt: skip
def test_addresses_are_found_in_a_text_without_the_signs_around_them(text: str, addresses: set[str]) -> None:
    assert addresses_in(text) == addresses


words = st.sampled_from(["ferry", "Reef", "und", "приют", "灯台", "ada@mail.example", "3.5", "(", "—", "e.g."])
pages = st.sampled_from(
    ["gazette.example/ferry", "posten.example/1/lamp?id=4", "a-b.example/Lamp_(light)", "c.d.example/~x"]
)
before, after = (
    st.sampled_from(["", "(", "“", "<", "→ "]),
    st.sampled_from(["", ".", ",", ")", "”", ">", "!?", ";", "…"]),
)
schemes = st.sampled_from(["https://", "http://www.", "www.", ""])


@given(st.lists(st.tuples(words) | st.tuples(before, schemes, pages, after), max_size=12))
def test_all_addresses_that_were_put_into_a_text_are_found_and_no_others(pieces: list[tuple[str, ...]]) -> None:
    """What stands around them and which scheme they have does not matter."""
    text = " ".join("".join(piece) for piece in pieces)
    assert addresses_in(text) == {piece[2] for piece in pieces if len(piece) == 4}


@pytest.mark.parametrize(
    "text", ["a." * 50_000, "https://" + ")" * 100_000, "www." * 30_000, "a.example/" * 10_000, "-" * 100_000]
)
def test_texts_made_to_be_slow_are_gone_through_quickly(text: str) -> None:
    assert len(addresses_in(text)) <= len(text)
