"""References: bibliographies, entries elsewhere, and lines that only cite; prose is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.bibliographies import HEADINGS, LONGEST, find_references
from tests.texts import texts

PROSE = "The storm of 1912 is told in many books. Quill wrote about it at length in 1999, and so did Tarrant."
ENTRIES = [
    "Quill, A. (2010). The light of Skerrow. Journal of Islands, 12(3), 44–51.",
    "Tarrant, Edwin. A Keeper's Book. Harbour Press, 1914.",
    "[3] S. Haddad, Libraries and Their Towns, Cairo, 1998, pp. 3-9.",
]


def references(text: str) -> list[str]:
    return [text[start:end] for start, end in find_references(text)]


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "BIBLIOGRAPHY",
        "## Works cited",
        "5. References:",
        "Literaturverzeichnis",
        "Références",
        "Bibliografía",
        "Список литературы",
        "المراجع",
        "参考文献",
    ],
)
def test_a_bibliography_is_its_heading_and_its_entries(heading: str) -> None:
    text = "\n".join([PROSE, "", heading, "", *ENTRIES, "", "Contact", "", f"Write to us. {PROSE}"])
    assert references(text) == [heading, *ENTRIES]


def test_an_entry_may_go_over_several_lines() -> None:
    """The next one begins like an entry, or after a blank line."""
    wrapped = "Orlova N. V. Bridges of the Velma: a history\n   of iron and wood. Velma, 2001."
    text = f"References\n{ENTRIES[0]}\n{wrapped}\n{ENTRIES[2]}"
    assert references(text) == ["References", ENTRIES[0], wrapped, ENTRIES[2]]


def test_prose_ends_a_bibliography() -> None:
    """Notes under the same heading, or what a page has below it."""
    text = "\n\n".join(["References", *ENTRIES, PROSE, ENTRIES[1]])
    assert references(text) == ["References", *ENTRIES]
    notes = "- As 2:16-17 has it, the lamp was dark from midnight to the morning of that day."
    assert references("\n\n".join(["References", notes, notes, PROSE])) == []


def test_one_line_that_is_no_entry_does_not_end_a_bibliography() -> None:
    text = "\n\n".join(["References", ENTRIES[0], "Books", ENTRIES[1], ENTRIES[2]])
    assert references(text) == ["References", ENTRIES[0], "Books", *ENTRIES[1:]]


@pytest.mark.parametrize("heading", ["Sources", "Literature", "References"])
def test_a_heading_over_prose_is_none(heading: str) -> None:
    assert references(f"{heading}\n\n{PROSE}\n\nThe keeper, they say, was never asked.\n\n{PROSE}") == []


@pytest.mark.parametrize(
    "line",
    [
        ENTRIES[0],
        "Quill, A., & Tarrant, E. (2010). The light of Skerrow. doi:10.1234/abcd",
        "Quill, Ada: Das Licht von Skerrow. Hamburg 2010, S. 44–51.",
        "Орлова Н. В. Мосты Вельмы // Вестник. 2001. Т. 3. С. 12–19.",
        "林秋月. 老茶馆[J]. 文学, 2001, 3(2): 12-19.",
        "A. B. Quill and E. Tarrant, “The light of Skerrow”, Islands, vol. 4, 1998. https://islands.example/4",
        "[12] Quill 2010; Tarrant and Orlova 2011",
        "(Quill 2010; Tarrant et al. 2011, p. 5).",
    ],
)
def test_entries_and_citations_that_stand_alone(line: str) -> None:
    """In any language; an author, a year and a place to find it."""
    assert references(f"{PROSE}\n{line}\n{PROSE}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "J. Smith (1999) showed in Nature 400: 23–25 that all was well.",
        "LONDON, May 3 2010 - Shares of the ferry company rose by 12(3) points.",
        "Smith, who was born in 1990, went to https://example.org.",
        "In 2010 (see p. 5) the council paid 12 million.",
        "May 2010",
        "(May 2010)",
        "Workshops 2009 and 2010",
        "Ada Quill, Skerrow, 2010",
        "2010",
        "参考文献",
        "",
    ],
)
def test_prose_and_dates_are_no_references(line: str) -> None:
    assert references(line) == []


def test_a_long_line_is_prose() -> None:
    entry = f"Quill, A. (2010). {'Light ' * 90}pp. 44–51."
    assert len(entry) < LONGEST
    assert references(entry) == [entry]
    assert references(entry.replace("Light", "The light")) == []


@given(
    st.lists(texts | st.sampled_from([*ENTRIES, "\n", "\r\n", "\n\n", *sorted(HEADINGS)]), max_size=9).map("\n".join)
)
def test_references_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for start, stop in find_references(text):
        assert end <= start < stop <= len(text)
        assert text[start:stop] == text[start:stop].strip()
        end = stop


@pytest.mark.parametrize(
    "piece", ["References\n", "Smith, J. ", "a, a, ", "1999 ", "A 1999 ", "[1]", "a.-", "1. a 1999\n"]
)
def test_a_text_made_to_be_slow_is_not(piece: str) -> None:
    """Names and numbers without end can be parted in very many ways; few of them are tried."""
    for line in (piece * 50_000, f"{piece * (LONGEST // len(piece) - 1)}!\n" * 200):
        assert all(start < end for start, end in find_references(f"References 1999\n{line}"))
