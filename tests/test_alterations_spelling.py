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
        ("revelled", "reveled"),
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
    ("one", "other"),
    [
        ("filled", "filed"),
        ("refilled", "refiled"),
        ("four", "for"),
        ("tour", "tor"),
        ("prise", "prize"),
        ("flour", "flor"),
    ],
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
        ("en", "unlikely", "likely"),
        ("en", "impossible", "possible"),
        ("en", "irregular", "regular"),
        ("en", "inaccurate", "accurate"),
        ("en", "impatient", "patient"),
        ("en", "independence", "dependence"),
        ("en", "disagreed", "agreed"),
        ("en", "dislikes", "likes"),
        ("en", "dishonest", "honest"),
        ("en", "nonviolent", "violent"),
        ("de", "unmöglich", "möglich"),
        ("de", "unbekannten", "bekannte"),
        ("de", "ungeduldig", "geduldige"),
        ("de", "unverändert", "verändert"),
        ("de", "unsicher", "sicher"),
        ("de", "irregulär", "regulär"),
        ("de", "misstrauen", "trauen"),
        ("fr", "impossible", "possible"),
        ("fr", "inconnue", "connu"),
        ("fr", "malheureux", "heureux"),
        ("fr", "désagréable", "agréable"),
        ("es", "imposible", "posible"),
        ("es", "ilegales", "legal"),
        ("es", "desleal", "leal"),
        ("es", "injusta", "justo"),
        ("es", "desconocida", "conocido"),
    ],
)
def test_a_word_is_denied_by_its_beginning_or_its_ending(language: str, denied: str, stated: str) -> None:
    """Whatever its inflection; never the other way round."""
    denials = TONGUES[language].forms.DENIALS
    assert denials.denies(denied, stated)
    assert not denials.denies(stated, denied)
    assert not denials.denies(stated, stated)


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("en", "inflammable", "flammable"),
        ("en", "invaluable", "valuable"),
        ("en", "display", "play"),
        ("en", "disclose", "close"),
        ("en", "dismissed", "missed"),
        ("en", "discovers", "covers"),
        ("en", "input", "put"),
        ("en", "improve", "prove"),
        ("en", "income", "come"),
        ("en", "inform", "form"),
        ("en", "instance", "stance"),
        ("de", "unkosten", "kosten"),
        ("de", "unmenge", "menge"),
        ("de", "unfall", "fall"),
        ("de", "unwetter", "wetter"),
        ("de", "inhalt", "halt"),
        ("fr", "démontrer", "montrer"),
        ("fr", "dépasser", "passer"),
        ("fr", "informer", "former"),
        ("fr", "informent", "forment"),
        ("es", "impuesto", "puesto"),
        ("es", "imponer", "poner"),
        ("es", "informar", "formar"),
        ("es", "intentar", "tentar"),
        ("es", "descubrir", "cubrir"),
        ("es", "informado", "formado"),
    ],
)
def test_what_only_looks_like_a_prefix_of_denial_denies_nothing(language: str, word: str, other: str) -> None:
    assert not TONGUES[language].forms.DENIALS.denies(word, other)


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


@pytest.mark.parametrize(
    ("short", "word"), [("US", "Uzbekistan"), ("CIA", "Colombia"), ("IT", "information"), ("AI", "ammunition")]
)
def test_letters_that_stand_in_a_word_are_no_acronym_of_it(short: str, word: str) -> None:
    assert not is_acronym(short, word)
    assert alias("TV", "en") == alias("television", "en") is not None


@pytest.mark.parametrize("word", ["ill", "wash", "mass", "ind", "miss", "ore", "la", "pa", "del", "ark"])
def test_a_word_is_no_state(word: str) -> None:
    """*He was ill* is not *He was Illinois*; what is a state alone is one."""
    assert alias(word, "en") is None
    assert alias("Calif.", "en") == alias("California", "en") is not None
