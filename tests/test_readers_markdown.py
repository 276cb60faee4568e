"""Markdown without its marks.

``fixtures/markdown/weir.md`` was made from a page of ours: pandoc -f html -t gfm weir.html -o weir.md
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.documents import read_documents
from stemmata.errors import SourceError
from stemmata.readers import find_format
from stemmata.readers.brackets import MOST_OPEN
from stemmata.readers.contents import read_as
from stemmata.readers.limits import Limits
from stemmata.readers.markdown import read_markdown

FIXTURE = (Path(__file__).parent / "fixtures" / "markdown" / "weir.md").read_bytes()
FLAT = "Markdown that is nested too deep, read as plain text"


def read(source: str) -> dict[str, Any]:
    (row,) = read_markdown(source.encode()).to_pylist()
    return dict(row)


def notes(source: str) -> dict[str, int]:
    return {
        note["what"]: note["count"] for note in schemas.remarks([read_markdown(source.encode())], "notes").to_pylist()
    }


def test_what_pandoc_writes_is_text_again() -> None:
    (row,) = read_markdown(FIXTURE).to_pylist()
    assert row["title"] == "The weir at Harrow Mill"
    assert row["text"].split("\n\n") == [
        "The weir at Harrow Mill",
        "The weir at Harrow Mill gave way on Sunday night, after three\ndays of rain; nobody was hurt.",
        "Плотина",
        "В воскресенье ночью не выдержала плотина у старой мельницы, построенной\nв 1848 году.\nЛюдей эвакуировали.",
        "“It sounded like a train,” said the miller’s daughter.",
        "the footbridge is closed\nthe towpath too\nuntil May",
        "first the gates\nthen the wheel",
        "day\tlevel\nSaturday\t2.1 m\nSunday\t3.4 m",
        "level = 3.4  # [m]\nprint(level)",
        "水車",
        "日曜日の夜、古い水車小屋の堰が切れた。けが人はいなかった。",
        "انهار السد عند المطحنة القديمة ليلة الأحد.",
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Weir #\n\nText", "Weir\n\nText"),
        ("Weir\n====\nText", "Weir\n\nText"),
        ("*a* **b** __c__ ***d*** ~~e~~ snake_case 2*3*4", "a b c d e snake_case 234"),
        ("[a *weir*](http://x.example 'title') <https://y.example>", "a weir https://y.example"),
        ("[a][1] [b][]\n\n[1]: http://x.example\n[b]: /y", "a b"),
        ("![the **old** mill](m.png) and ![](n.png)x", "the old mill and x"),
        ("`a * b` and\n\n```py\nx = *y*\n\nz = '[^a]'\n```", "a * b and\n\nx = *y*\n\nz = '[^a]'"),
        ("> quoted\n> twice\n\nown", "quoted\ntwice\n\nown"),
        ("- a\n- b\n  1. c\n  2. d\n- e\n\nf", "a\nb\nc\nd\ne\n\nf"),
        ("- a\n\n- b\n\n  c", "a\n\nb\n\nc"),
        ("- [ ] a", "[ ] a"),
        ("a<!-- b\nc --> d\n\n<!-- e\n\nf -->\n\ng", "a d\n\ng"),
        ("<div align=center>\n<p>a <b>b</b>&amp;<br>c</p>\n</div>\n\nd <b>e</b><br>f", "a b&\nc\n\nd e\nf"),
        ("<script>\nalert(1)\n</script>\n\na", "a"),
        ("a &amp; &copy; \\*b\\* &#0;", "a & © *b* \ufffd"),
        ("| a | b |\n|:-:|---|\n| `c` | d\\|e |", "a\tb\nc\td|e"),
        ("A weir[^1] gave way.\n\n[^1]: At night, says Ann.", "A weir gave way.\n\nAt night, says Ann."),
        ("a  \nb\\\nc\n\n***\n\nd", "a\nb\nc\n\nd"),
    ],
)
def test_marks_go_and_words_stay(source: str, text: str) -> None:
    assert read(source)["text"] == text


def test_a_year_that_begins_a_line_of_prose_is_no_number_of_an_item() -> None:
    assert read("1848. The year of floods.\n\n1849. Another.")["text"] == "1848. The year of floods.\n\n1849. Another."
    assert read("1. The gates.\n2. The wheel.")["text"] == "The gates.\nThe wheel."


def test_what_stands_between_lines_of_hyphens_is_metadata() -> None:
    row = read('---\ntitle: "The: weir"\nAuthor: Ann\ndate: 2021-05-03\nlang: en-GB\ntags:\n  - a\n---\n\n# H\n\nText')
    assert (row["title"], row["author"], row["language"], row["text"]) == ("The: weir", "Ann", "en", "H\n\nText")
    assert (row["published"], row["dated_by"]) == (datetime(2021, 5, 3, tzinfo=UTC), "front matter: date")


def test_a_date_that_is_not_read_is_noted() -> None:
    source = "---\ntitle: T\ndate: in May\n---\nText"
    assert (read(source)["published"], read(source)["dated_by"]) == (None, None)
    assert notes(source) == {"dates before Markdown that are not read": 1}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("---\n\nA rule above.\n\n---\n\nB", "A rule above.\n\nB"),
        ("---\nPlain prose.\n---\n\nB", "Plain prose.\n\nB"),
        ("---\ntitle: never closed\n\nB", "title: never closed\n\nB"),
    ],
)
def test_a_rule_above_prose_is_no_metadata(source: str, text: str) -> None:
    row = read(source)
    assert (row["text"], row["author"]) == (text, None)


def test_the_title_is_else_that_of_a_first_heading() -> None:
    assert read("# The *weir*\n\nText")["title"] == "The weir"
    assert read("Text\n\n# The weir")["title"] is None
    assert read("## The weir\n\nText")["title"] is None


@pytest.mark.parametrize("source", ["> " * 200 + "the weir", "\n".join("  " * n + f"- weir {n}" for n in range(300))])
def test_what_is_nested_too_deep_is_read_as_it_stands_and_nothing_is_lost(source: str) -> None:
    assert read(source)["text"].rstrip() == source
    assert notes(source) == {FLAT: 1}


def test_what_is_nested_less_is_read_to_its_depth() -> None:
    source = "> " * 25 + "the weir"
    assert read(source)["text"] == "the weir"
    assert notes(source) == {}


@pytest.mark.parametrize(("name", "media_type"), [("a.md", "text/markdown"), ("A.MARKDOWN", "text/markdown")])
def test_markdown_is_told_by_its_name(name: str, media_type: str) -> None:
    kind = find_format(FIXTURE, name)
    assert kind.media_type == media_type
    assert read_as(kind, FIXTURE, Limits()).num_rows == 1
    assert find_format(FIXTURE, "a.txt").media_type == "text/plain"


def test_a_file_of_links_that_begins_as_json_might_is_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('[{"a": *b*}](http://x.example) is a link.')
    (tmp_path / "b.md").write_text('[{"text": "a *row*"}]')
    rows = read_documents(tmp_path).select(["text", "media_type"]).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ('{"a": b} is a link.', "text/markdown"),
        ("a *row*", "application/json"),
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b" \n\t", "without text"),
        (b"<!-- only -->", "without text"),
        (b"---\ntitle: a\n---\n", "without"),
        (b"\0" * 40, "binary"),
    ],
)
def test_what_has_no_text_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read_markdown(data)
    assert caught.value.mend


MARKS = (
    "[",
    "![",
    "](",
    "*a ",
    "_a__b ",
    "<",
    "<a ",
    "&",
    "|a",
    "~~a ",
    "[x]: ",
    "a <!--",
    "<!A ",
    "<?",
    "[^",
    "`",
    "- ",
)
SIZE = 20_000  # from there on it is read in a process that is ended if it takes too long


@pytest.mark.usefixtures("linear")
@pytest.mark.parametrize("mark", MARKS)
def test_marks_that_are_never_closed_take_no_long_time(mark: str) -> None:
    source = "x " + mark * (SIZE // len(mark))
    kind = find_format(source.encode(), "a.md")
    assert kind.isolated_from <= SIZE
    read_markdown(source.encode())


@pytest.mark.usefixtures("linear")
@pytest.mark.parametrize("mark", ["[", "![", "[x][", "\\[["])
def test_hundreds_of_kilobytes_of_brackets_that_are_never_closed_is_read_in_seconds(mark: str) -> None:
    """They are set aside while the rest is parsed, and stand in the text."""
    row = read(f"# [ferry {mark * (300_000 // len(mark))}\n\n*see* [weir](http://a.example)")
    assert row["text"].startswith("[ferry ")
    assert row["text"].count("[") >= 150_000
    assert row["text"].endswith("\n\nsee weir")


@pytest.mark.usefixtures("linear")
@pytest.mark.parametrize(("begins", "ends"), [("[", "]"), ("![", "](a)"), ("[![", "](a)](b)")])
def test_brackets_that_nest_as_no_link_does_are_read_in_seconds(begins: str, ends: str) -> None:
    deep = 100_000 // len(begins + ends)
    text = str(read(f"{begins * deep}weir{ends * deep}")["text"])
    assert text.count("[") > deep // 2
    assert read(f"{begins * 3}weir{ends * 3}")["text"].strip("[]") == "weir"


PIECES = ["[", "]", "[", "](b)", "]: c", "!", "\\", "a", " ", "*", "\n", "\n\n", "> ", "- "]


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_setting_brackets_aside_changes_no_text(pieces: list[str]) -> None:
    """Of paragraphs without code."""
    source = "".join(pieces)
    parted = [f"{source}{'[' * count} x" for count in (1, MOST_OPEN + 1)]
    few, many = (_text(one) for one in parted)
    assert many.replace("[" * (MOST_OPEN + 1) + " x", "[ x") == few


def _text(source: str) -> str:
    try:
        return str(read(source)["text"])
    except SourceError:
        return ""


WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=8)
LINES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@given(st.lists(st.lists(LINES, min_size=1, max_size=4).map("\n".join), min_size=1, max_size=5).map("\n\n".join))
def test_plain_prose_comes_out_as_it_is(prose: str) -> None:
    assert read(prose)["text"] == prose
    assert read(prose.replace("\n", "\r\n") + "\r\n")["text"] == prose


@pytest.mark.parametrize("tenth", range(1, 10))
def test_markdown_that_is_cut_off_is_read_as_far_as_it_goes(tenth: int) -> None:
    assert read_markdown(FIXTURE[: len(FIXTURE) * tenth // 10])["text"][0].as_py().startswith("The weir")


@given(st.text(st.sampled_from("*_`~[]()<>!#|-+>\\&;:\n\t ab1.\0="), max_size=120))
def test_whatever_signs_there_are_it_is_read_or_refused(source: str) -> None:
    with suppress(SourceError):
        assert "\0" not in read(source)["text"]
