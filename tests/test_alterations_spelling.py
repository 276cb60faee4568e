"""One spelling for what is one word."""

from __future__ import annotations

import pytest

from stemmata.alterations.aliases import alias, is_acronym
from stemmata.alterations.spelling import plain_words, same_word


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("colour", "color"),
        ("favourable", "favorable"),
        ("organisation", "organization"),
        ("analysed", "analyzed"),
        ("centre", "center"),
        ("travelling", "traveling"),
        ("catalogue", "catalog"),
        ("defence", "defense"),
        ("judgement", "judgment"),
        ("fulfil", "fulfill"),
        ("paediatric", "pediatric"),
        ("oestrogen", "estrogen"),
        ("manoeuvring", "maneuvering"),
        ("grey", "gray"),
        ("towards", "toward"),
    ],
)
def test_british_and_american_forms_are_one_word(british: str, american: str) -> None:
    assert plain_words(british, "en") == plain_words(american, "en")


@pytest.mark.parametrize(
    ("one", "other"), [("filled", "filed"), ("four", "for"), ("tour", "tor"), ("prise", "prize"), ("flour", "flor")]
)
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert plain_words(one, "en") != plain_words(other, "en")


def test_contractions_are_written_out() -> None:
    """With either apostrophe; what *'s* and *'d* stand for is left open."""
    assert plain_words("Doesn’t", "en") == ("does", "not")
    assert plain_words("can't", "en") == plain_words("cannot", "en") == ("can", "not")
    assert plain_words("they'd", "en") == ("they", "'d")
    assert same_word("'d", "would")
    assert same_word("had", "'d")
    assert not same_word("'s", "are")


def test_one_thing_has_several_names() -> None:
    """A pronoun is no country."""
    assert alias("U.S.", "en") == alias("United States", "en") is not None
    assert alias("us", "en") is None
    assert alias("Lund", "en") is None


def test_an_acronym_is_in_capitals() -> None:
    """Any two words have initials."""
    assert is_acronym("North Atlantic Treaty Organization", "NATO")
    assert is_acronym("U.N.", "United Nations")
    assert not is_acronym("it", "in time")
    assert not is_acronym("NATO", "Nordic Council")
