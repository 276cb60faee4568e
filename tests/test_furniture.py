"""Page furniture: lines that a site adds, told by their wording or shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.furniture import LONGEST, find_furniture
from tests.texts import texts


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("https://example.org/a?b=c", "url"),
        ("(www.example.org)", "url"),
        ("http://a.example  https://b.example", "url"),
        ("Related article: the bridge at Vessby", "related article"),
        ("» Read more: ferries", "related article"),
        ("LESEN SIE AUCH: Fähren", "related article"),
        ("À lire aussi : les phares", "related article"),
        ("Leave a Reply", "comment form"),
        ("Your email address will not be published.", "comment form"),
        ("Share this on your wall", "share bar"),
        ("This site uses cookies.", "cookie notice"),
        ("Sign up for our newsletter", "subscription"),
        ("Advertisement", "advertisement"),
        ("© 2024 The Island Post", "rights"),
    ],
)
def test_lines_of_furniture(line: str, what: str) -> None:
    text = f"The ferry sailed.\n  {line} \nIt came back."
    assert [(text[start:end], found) for start, end, found in find_furniture(text)] == [(line, what)]


@pytest.mark.parametrize(
    "line",
    [
        "The article at https://example.org was wrong.",
        "Related parties deny it.",
        "Shares fell on Monday.",
        "Advertisements were rare then.",
        "He will leave a reply-paid envelope on the table.",
        "Статья о мосте",
        "相关的文章",
        "",
    ],
)
def test_prose_is_left_alone(line: str) -> None:
    assert find_furniture(line) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_parts_lines(end: str) -> None:
    text = f"One.{end}www.example.org{end}{end}Leave a comment{end}Two."
    assert [text[start:stop] for start, stop, _ in find_furniture(text)] == ["www.example.org", "Leave a comment"]


def test_a_long_line_is_prose() -> None:
    line = "Read more " + "a" * (LONGEST - 10)
    assert len(find_furniture(line)) == 1
    assert find_furniture(line + "a") == []


@given(st.lists(texts | st.sampled_from(["www.example.org", "\n", "Leave a reply"]), max_size=6).map("".join))
def test_spans_rise_and_hold_no_white_space_at_their_ends(text: str) -> None:
    end = 0
    for start, stop, _ in find_furniture(text):
        assert end <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        end = stop


def test_a_line_made_to_be_slow_is_not() -> None:
    """Addresses glued to each other can be parted in very many ways; none of them is tried."""
    assert find_furniture("www.a" * 78 + " !x") == []
    assert find_furniture("http://" * 50 + " x") == []
    assert find_furniture("!" * 399 + "x") == []
