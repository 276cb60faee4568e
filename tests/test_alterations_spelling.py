"""One spelling for what is one word."""

from __future__ import annotations

import pytest

from stemmata.alterations.aliases import alias, is_acronym
from stemmata.alterations.spelling import plain_words, same_word
from stemmata.alterations.tongues import TONGUES


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


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "daß", "dass"),
        ("de", "Fluß", "Fluss"),
        ("de", "Photo", "Foto"),
        ("de", "Sonnabend", "Samstag"),
        ("fr", "bœuf", "boeuf"),
        ("fr", "événement", "évènement"),
        ("es", "sólo", "solo"),
        ("es", "Sra", "señora"),
    ],
)
def test_old_and_new_forms_are_one_word(language: str, one: str, other: str) -> None:
    assert plain_words(one, language) == plain_words(other, language)
    assert plain_words(one, "nl") != plain_words(other, "nl")


@pytest.mark.parametrize(
    ("language", "word", "words"),
    [
        ("de", "zum", ("zu", "dem")),
        ("de", "im", ("in", "dem")),
        ("fr", "du", ("de", "le")),
        ("fr", "l’île", ("l'", "île")),
        ("fr", "n'est", ("ne", "est")),
        ("fr", "qu'aux", ("que", "à", "les")),
        ("fr", "L'Oréal", ("l'oréal",)),
        ("fr", "aujourd'hui", ("aujourd'hui",)),
        ("es", "del", ("de", "el")),
    ],
)
def test_words_that_are_several_in_one_are_written_out(language: str, word: str, words: tuple[str, ...]) -> None:
    """A name keeps its apostrophe; what *l'* stands for is left open."""
    assert plain_words(word, language) == words
    assert same_word("l'", "la")


@pytest.mark.parametrize(
    ("language", "denied", "stated"),
    [
        ("en", "unhappy", "happy"),
        ("en", "hopelessly", "hopefully"),
        ("de", "unmögliche", "möglicher"),
        ("de", "sinnlos", "sinnvoll"),
        ("fr", "impossibles", "possible"),
        ("fr", "irrégulière", "régulière"),
        ("es", "inútiles", "útil"),
        ("es", "desconocida", "conocido"),
    ],
)
def test_a_word_is_denied_by_its_beginning_or_its_ending(language: str, denied: str, stated: str) -> None:
    """Whatever its inflection; never the other way round."""
    denials = TONGUES[language].forms.DENIALS
    assert denials.denies(denied, stated)
    assert not denials.denies(stated, denied)
    assert not denials.denies(stated, stated)


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
