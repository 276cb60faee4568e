"""Numbers, amounts and dates as values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.alterations.amounts import read_amount
from stemmata.alterations.dates import read_date
from stemmata.alterations.values import Value, compare_values


def read(text: str, language: str = "en") -> Value:
    """Return the value that begins the text and is all of it."""
    value = read_date(text, 0, language) or read_amount(text, 0, language)
    assert value is not None
    assert (value.start, value.end) == (0, len(text))
    return value


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ten", "10"),
        ("1,000", "1000"),
        ("5 %", "5 percent"),
        ("5 per cent", "five percent"),
        ("$2 million", "$2,000,000"),
        ("$2.5bn", "2.5 billion dollars"),
        ("Feb. 10", "10 February"),
        ("10 February 2022", "2022-02-10"),
        ("march 4, 1951", "4 March 1951"),
        ("5 p.m", "17:00"),
        ("the 19th century"[4:], "nineteenth century"),
        ("twenty-one", "21"),
        ("two hundred and five thousand", "205,000"),
        ("half a million", "500,000"),
        ("a dozen", "12"),
        ("two-thirds", "two thirds"),
        ("a quarter", "25 percent"),
        ("3 km", "3,000 metres"),
        ("5 miles", "8 km"),
        ("twice", "two times"),
        ("21st", "twenty-first"),
        ("a hundred", "100"),
    ],
)
def test_equal_values_in_other_forms(a: str, b: str) -> None:
    assert compare_values(read(a), read(b)) is None


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        ("number", "ten", "eleven"),
        ("number", "1,000", "10,000"),
        ("number", "first", "second"),
        ("percent", "5 %", "6 %"),
        ("percent", "5 percent", "5 percentage points"),
        ("unit", "$5", "€5"),
        ("unit", "12 miles", "12 km"),
        ("unit", "2 million", "2 billion"),
        ("unit", "thousands", "millions"),
        ("number", "12 miles", "14 miles"),
        ("date", "4 July 1951", "4 June 1951"),
        ("date", "1951", "1915"),
        ("date", "Monday", "Friday"),
        ("date", "1970s", "1980s"),
        ("date", "19th century", "18th century"),
    ],
)
def test_other_values_are_named_by_what_differs(kind: str, a: str, b: str) -> None:
    assert compare_values(read(a), read(b)) == kind
    assert compare_values(read(b), read(a)) == kind


def test_commas_and_points_follow_the_language() -> None:
    """*1.234,5* is German for 1,234.5."""
    assert read("1.234,5", "de").quantity == read("1,234.5").quantity
    assert read("12,5 %", "fr").kind == "percent"


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_figure_beyond_all_counting_is_a_word(language: str) -> None:
    """Forty digits are a number, more are none, with and without commas, before a unit and as an ordinal."""
    assert read("9" * 40, language).quantity == 10**40 - 1
    for text in (
        "9" * 41,
        "9" * 5_000,
        "9" + ",999" * 2_000,
        "9" + ".999" * 2_000,
        "0." + "3" * 5_000,
        "9" * 5_000 + " km",
    ):
        assert read_amount(text, 0, language) is None
    assert read_amount("1" * 5_000 + "st", 0, language) is None
    assert read_date("1" * 5_000 + "th century", 0, "en") is None


@pytest.mark.parametrize("text", ["one", "mayor", "may 2 of them", "march on", "S-400", "a boat", "halfway"])
def test_what_only_looks_like_a_value_is_none(text: str) -> None:
    """*One* is a pronoun more often than not; *may* and *march* are verbs in lower case; a designation has no value."""
    at = text.find("4") if text == "S-400" else 0
    assert read_date(text, at, "en") is None
    assert read_amount(text, at, "en") is None


@given(st.integers(1, 10**7))
def test_every_number_is_itself_with_and_without_commas(number: int) -> None:
    value = read_amount(f"{number:,}", 0, "en")
    assert value is not None
    assert value.quantity == number
    assert compare_values(value, value) is None
