"""What stands between quotation marks, in the styles of several languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.alterations.quotations import find_quotations


@pytest.mark.parametrize(
    "text",
    [
        "He said “come in” twice.",
        'He said "come in" twice.',
        "Er sagte „come in“ und ging.",
        "Il dit «come in» et partit.",
        "Er sagte »come in« und ging.",
        "He said ‘come in’ twice.",
        "他说「come in」。",
    ],
)
def test_every_style_of_marks(text: str) -> None:
    assert [text[start:end] for start, end in find_quotations(text)] == ["come in"]


def test_a_paragraph_ends_what_is_open() -> None:
    """A speech of several paragraphs opens each and closes the last; a straight mark alone opens nothing."""
    text = '“First part.\n\n“Second part.” A 5" nail.\n\nNo speech here.'
    assert [text[start:end] for start, end in find_quotations(text)] == ["First part.", "Second part."]


def test_an_apostrophe_closes_nothing() -> None:
    text = "‘It’s the captain’s dog’ she said."
    assert [text[start:end] for start, end in find_quotations(text)] == ["It’s the captain’s dog"]


@given(st.text(alphabet='ab “”„"«»‘’\n', max_size=40))
def test_quotations_lie_in_the_text_in_order(text: str) -> None:
    found = find_quotations(text)
    assert found == sorted(found)
    assert all(0 <= start <= end <= len(text) for start, end in found)
