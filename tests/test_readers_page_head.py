"""The head of a page: what only repeats its metadata is no text."""

from __future__ import annotations

import pytest

from stemmata.readers.page_head import without_head

PROSE = "The old crane on the quay will be lifted off its rails on Thursday, and nobody yet knows where it is to go."
TITLE, AUTHOR, SITE = "Crane leaves the quay", "Ada Winterhalter", "Quay Courier"


def headed(*lines: str) -> str:
    return without_head("\n\n".join([*lines, PROSE, "It weighs ninety tonnes."]), (TITLE, AUTHOR, SITE))


@pytest.mark.parametrize(
    "line",
    [
        TITLE,
        "By",
        AUTHOR,
        f"By {AUTHOR}",
        f"{AUTHOR} – 2 June 2026",
        f"{AUTHOR} | {SITE}",
        "Published",
        "Published Tuesday, 2 June 2026 at 7.30 p.m.",
        "Updated 2026-06-02 07:30 GMT",
        "Veröffentlicht am 2. Juni 2026, 7:30 Uhr",
        "Publié le 2 juin 2026 à 7h30",
        "Δημοσιεύτηκε στις 2 Ιουνίου 2026",
        "News | Sport | Culture | Opinion | Weather",
    ],
)
def test_a_line_that_repeats_metadata_is_dropped(line: str) -> None:
    assert headed(line) == f"{PROSE}\n\nIt weighs ninety tonnes."


@pytest.mark.parametrize(
    "line", ["What the harbour master says", "Opinion", "By the harbour master", f"{AUTHOR} reports"]
)
def test_a_line_with_words_of_its_own_stays(line: str) -> None:
    assert headed(line, "By").startswith(f"{line}\n\n{PROSE}")


def test_below_the_first_paragraph_everything_stays() -> None:
    text = f"{PROSE}\n\n{AUTHOR}\n\nPublished 2 June 2026"
    assert without_head(text, (TITLE, AUTHOR, SITE)) == text


def test_a_text_without_prose_is_left_as_it_is() -> None:
    """A poem, a list: its first line may well be its title."""
    poem = f"{TITLE}\n\nand the gulls\nlook on"
    assert without_head(poem, (TITLE, None, None)) == poem


@pytest.mark.parametrize("line", ["4", "1h30", "7:30", "+49 30 901820-77", "06.12.34.56.78", "90 – 45", "***"])
def test_numbers_that_are_no_date_stay(line: str) -> None:
    """A recipe's persons and time, a telephone number: nothing says that they tell of the page."""
    assert headed(line) == f"{line}\n\n{PROSE}\n\nIt weighs ninety tonnes."


@pytest.mark.parametrize("line", ["2026-06-02T07:30", "2/6/2026", "06/02/26 07:30", "02.06.2026", "2026年6月2日 07:30"])
def test_a_date_in_figures_is_dropped(line: str) -> None:
    assert headed(line) == f"{PROSE}\n\nIt weighs ninety tonnes."


def test_a_long_line_of_short_items_but_one_is_no_menu_and_is_told_so_at_once() -> None:
    """It is looked at once, item by item; in tries over where the items end it would take for ever."""
    items = ["Harbour news of the day"] * 14
    long = " | ".join([*items, "and an item that is far longer than any word of a menu would ever be"])
    assert headed(long).startswith(long)
    assert headed(" | ".join([*items, "Sport"])).startswith(PROSE)


def test_where_nothing_is_dropped_no_line_end_changes() -> None:
    text = f"Harbour\nnotes\n\n\nIn short\n{PROSE}\nIt weighs ninety tonnes."
    assert without_head(text, (TITLE, AUTHOR, SITE)) == text


def test_what_stays_keeps_its_line_ends() -> None:
    text = f"Harbour\nnotes\n{AUTHOR}\n\n{PROSE}"
    assert without_head(text, (TITLE, AUTHOR, SITE)) == f"Harbour\nnotes\n\n{PROSE}"
