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
