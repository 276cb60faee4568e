"""Numbers, amounts and dates as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.alterations.amounts import read_amount
from stemmata.alterations.dates import read_date
from stemmata.alterations.tongues import TONGUES
from stemmata.alterations.units import unit_forms
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
        ("30 °C", "86 °F"),
        ("0 °C", "32 °F"),
        ("20 degrees", "20 °C"),
        ("20 degrees", "20 degrees Fahrenheit"),
        ("5 pounds", "£5"),
        ("5 pounds", "5 lb"),
        ("5 pounds", "2.3 kg"),
        ("half past nine", "9:30"),
        ("half past nine", "21:30"),
        ("a quarter to nine", "8:45"),
        ("quarter past 5", "5:15"),
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
        ("number", "20 °C", "70 °F"),
        ("number", "5 pounds", "6 lb"),
        ("unit", "5 pounds", "5 kg"),
        ("unit", "5 pounds", "$5"),
        ("date", "half past nine", "half past ten"),
        ("date", "half past nine", "9:15"),
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


EQUAL = {
    "de": [
        ("zehn", "10"),
        ("zweitausend", "2.000"),
        ("einundzwanzig", "21"),
        ("zweihundertfünfzigtausend", "250 000"),
        ("eine halbe Million", "500.000"),
        ("2,5 Milliarden Euro", "2.500 Millionen €"),
        ("3 Mio. Euro", "drei Millionen Euro"),
        ("fünf Prozent", "5 %"),
        ("Hälfte", "50 Prozent"),
        ("drei Viertel", "75 %"),
        ("anderthalb", "1,5"),
        ("12 Kilometer", "12.000 m"),
        ("zwei Tonnen", "2.000 Kilogramm"),
        ("10. Februar 2020", "10.02.2020"),
        ("10. Feb. 2020", "10.2.2020"),
        ("5. 11. 1951", "5. November 1951"),
        ("17 Uhr", "17:00"),
        ("17.30 Uhr", "17:30"),
        ("19. Jahrhundert", "neunzehnten Jahrhunderts"),
        ("Sonnabend", "Samstag"),
        ("zweimal", "2 mal"),
        ("2 Pfund", "1 Kilo"),
        ("halb neun", "8.30 Uhr"),
        ("halb neun Uhr", "20:30"),
    ],
    "fr": [
        ("dix", "10"),
        ("deux mille", "2 000"),
        ("vingt et un", "21"),
        ("quatre-vingt-dix-sept", "97"),
        ("soixante-quinze", "septante-cinq"),
        ("mille neuf cents", "1.900"),
        ("un demi-million", "500.000"),
        ("2,5 milliards d'euros", "2,5 milliards €"),
        ("cinq pour cent", "5 %"),
        ("moitié", "50 pour cent"),
        ("trois quarts", "75 %"),
        ("12 kilomètres", "12 000 m"),
        ("10 février 2020", "10/02/2020"),
        ("1er mars 1951", "1 mars 1951"),
        ("17h30", "17 h 30"),
        ("XIXe siècle", "dix-neuvième siècle"),
        ("vingt et unième", "21e"),
        ("une douzaine", "12"),
        ("2 livres", "1 kilo"),
    ],
    "es": [
        ("diez", "10"),
        ("dos mil trescientos", "2.300"),
        ("treinta y cinco", "35"),
        ("mil millones", "1.000.000.000"),
        ("medio millón", "500.000"),
        ("2,5 millones de euros", "2.500.000 €"),
        ("cinco por ciento", "5 %"),
        ("mitad", "50 por ciento"),
        ("una cuarta parte", "25 %"),
        ("12 kilómetros", "12.000 m"),
        ("10 de febrero de 2020", "10/02/2020"),
        ("10 de febrero del 2020", "10/2/2020"),
        ("17:30 horas", "17:30"),
        ("siglo XIX", "siglo 19"),
        ("segundo", "2.º"),
        ("2 libras", "900 gramos"),
    ],
}
OTHER = {
    "de": [
        ("number", "zwölf", "zwanzig"),
        ("unit", "2 Millionen", "2 Milliarden"),
        ("unit", "12 Meilen", "12 Kilometer"),
        ("unit", "5 Euro", "5 Dollar"),
        ("percent", "5 Prozent", "5 Prozentpunkte"),
        ("date", "10. Februar 1920", "10. März 1920"),
        ("date", "Montag", "Freitag"),
        ("date", "1970er Jahre", "1980er Jahre"),
    ],
    "fr": [
        ("number", "douze", "vingt"),
        ("unit", "deux millions", "deux milliards"),
        ("unit", "5 livres", "5 euros"),
        ("percent", "5 pour cent", "6 %"),
        ("date", "10 février 1920", "10 mars 1920"),
        ("date", "lundi", "vendredi"),
        ("date", "années 1970", "années 1980"),
        ("number", "premier", "deuxième"),
    ],
    "es": [
        ("number", "doce", "veinte"),
        ("unit", "2 millones", "2 mil millones"),
        ("unit", "12 millas", "12 kilómetros"),
        ("percent", "5 por ciento", "6 %"),
        ("date", "10 de febrero de 1920", "10 de marzo de 1920"),
        ("date", "lunes", "viernes"),
        ("date", "siglo XIX", "siglo XVIII"),
    ],
}


@pytest.mark.parametrize(("language", "a", "b"), [(one, *pair) for one, pairs in EQUAL.items() for pair in pairs])
def test_equal_values_in_other_languages(language: str, a: str, b: str) -> None:
    assert compare_values(read(a, language), read(b, language)) is None


@pytest.mark.parametrize(("language", "kind", "a", "b"), [(one, *row) for one, rows in OTHER.items() for row in rows])
def test_other_values_in_other_languages(language: str, kind: str, a: str, b: str) -> None:
    assert compare_values(read(a, language), read(b, language)) == kind
    assert compare_values(read(b, language), read(a, language)) == kind


def test_measures_below_zero_are_compared_as_others() -> None:
    """Five kilometres down are three miles down, and twenty degrees of frost are no thirty."""
    assert compare_values(minus("5 km"), minus("3 miles")) is None
    assert compare_values(minus("20 °C"), minus("30 °C")) == "number"
    assert compare_values(minus("10 km"), minus("20 miles")) == "number"


def minus(text: str) -> Value:
    value = read(text)
    return replace(value, amount=-value.amount)


def test_a_year_may_lack_its_century() -> None:
    """*'85* is 1985, and *'85'* a figure between quotation marks."""
    short, full = read_date("in '85.", 4, "en"), read_date("1985", 0, "en")
    assert short is not None
    assert full is not None
    assert compare_values(short, full) is None
    assert compare_values(short, replace(full, amount=full.amount + 1)) == "date"
    assert read_date("in '85'.", 4, "en") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "ein"), ("de", "eine Frau"), ("fr", "une"), ("fr", "un jour"), ("es", "una"), ("es", "un día")],
)
def test_an_article_is_no_number(language: str, text: str) -> None:
    assert read_amount(text, 0, language) is None


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


def _written(language: str) -> list[str]:
    """Return the words of a language that its values are made of."""
    numbers, calendar = TONGUES[language].forms.NUMBERS, TONGUES[language].forms.calendar()
    tables = (numbers.worth, numbers.scales, numbers.ranks, numbers.parts, numbers.crowds, numbers.folds)
    words = (*(word for table in tables for word in table), *numbers.attached, *unit_forms(language))
    return [word.replace("-", " ") for word in (*words, *calendar.months, *calendar.weekdays, *calendar.begins)]


WRITTEN = [(language, word) for language in sorted(TONGUES) for word in _written(language)]
FRAMES = (
    "{}",
    "5 {}",
    "5{}",
    "the {}",
    "{} million",
    "{} o'clock",
    "{} p.m.",
    "{} century",
    "{} {}",
    "10 {} 2020",
    "{}fold",
)


@given(
    st.sampled_from(WRITTEN),
    st.sampled_from(FRAMES),
    st.sampled_from([("s", "ſ"), ("i", "ı"), ("i", "İ")]),
    st.sampled_from([str.lower, str.title, str.upper]),
)
def test_a_letter_that_is_another_in_one_case_makes_no_other_value(
    entry: tuple[str, str], frame: str, letters: tuple[str, str], case: Callable[[str], str]
) -> None:
    """*ſeven* is read as *seven* or not at all: a pattern without regard to case takes it for that."""
    language, word = entry
    plain = case(frame.format(word, word))
    other = plain.replace(letters[0], letters[1]).replace(letters[0].upper(), letters[1])
    for read_value in (read_amount, read_date):
        assert read_value(other, 0, language) in (None, read_value(plain, 0, language))


@given(st.integers(1, 10**7))
def test_every_number_is_itself_with_and_without_commas(number: int) -> None:
    value = read_amount(f"{number:,}", 0, "en")
    assert value is not None
    assert value.quantity == number
    assert compare_values(value, value) is None
