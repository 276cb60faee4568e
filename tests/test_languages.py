"""What is known of a language: how frequent its words are, as our tokeniser cuts them."""

from __future__ import annotations

import numpy as np
import pytest

from stemmata.languages import FLOOR, Frequencies, common_language, frequencies, function_words
from stemmata.tokens import hash_words


def share(language: str, word: str, size: str = "small") -> float:
    """The share of a word in running text; 0 where it is not listed."""
    return float(frequencies(language, size).look_up(hash_words([word]), 0.0)[0])


def test_frequent_words_have_large_shares() -> None:
    assert 0.02 < share("en", "the") < 0.1
    assert share("en", "the") > share("en", "harbour") > 0
    assert share("ru", "и") > share("ru", "река") > 0
    assert share("ar", "في") > share("ar", "مكتبة") > 0
    assert share("zh", "的") > share("zh", "茶") > 0


@pytest.mark.parametrize("language", ["en", "fr", "ru", "zh"])
def test_shares_are_those_of_running_text(language: str) -> None:
    """A listed word of several of ours counts for each; all together are about all of the text."""
    known = frequencies(language)
    assert np.all(np.diff(known.words.astype(float)) >= 0)
    assert np.all(known.shares > 0)
    assert 0.8 < known.shares.sum() < 2.5


def test_entries_are_cut_and_folded_as_documents_are() -> None:
    """French elisions and Chinese words fall apart; accents are loose."""
    assert share("fr", "été") == share("fr", "ete") > 0
    assert share("zh", "国") > 0
    assert share("en", "CAFÉ") == share("en", "cafe") > 0


def test_unknown_words_have_the_floor() -> None:
    words = hash_words(["the", "zzyxqw"])
    assert frequencies("en").look_up(words, FLOOR)[1] == FLOOR
    assert frequencies("en").look_up(words, 0.5).tolist() == [0.5, 0.5]
    assert frequencies("en").look_up(hash_words([]), FLOOR).tolist() == []


def test_a_larger_list_knows_more_words() -> None:
    assert len(frequencies("en", "large").words) > 3 * len(frequencies("en").words)
    assert share("en", "lighthouse's", "large") >= 0


def test_a_language_without_a_large_list_gives_its_small_one() -> None:
    assert np.array_equal(frequencies("bg", "large").words, frequencies("bg").words)


@pytest.mark.parametrize("language", [None, "", "la", "xx"])
def test_a_language_without_lists_knows_nothing(language: str | None) -> None:
    assert len(frequencies(language).words) == 0
    assert frequencies(language).look_up(hash_words(["et"]), FLOOR).tolist() == [FLOOR]
    assert len(function_words(language, 50)) == 0


def test_commonest_breaks_ties_by_hash() -> None:
    known = Frequencies(np.array([3, 5, 8, 9], np.uint64), np.array([0.1, 0.4, 0.1, 0.4]))
    assert known.commonest(3).tolist() == [3, 5, 9]
    assert known.commonest(9).tolist() == [3, 5, 8, 9]


@pytest.mark.parametrize(
    ("language", "common", "rare"),
    [("en", "the of and", "harbour seven"), ("ru", "и в не", "маяк река"), ("de", "der und", "Hafen Brücke")],
)
def test_function_words_are_the_commonest(language: str, common: str, rare: str) -> None:
    words = function_words(language, 50)
    assert len(words) <= 50
    assert np.isin(hash_words(common.split()), words).all()
    assert not np.isin(hash_words(rare.split()), words).any()


@pytest.mark.parametrize("language", ["hi", "ta", "bn", "zh", "ja"])
def test_every_script_has_its_function_words(language: str) -> None:
    words = function_words(language, 50)
    assert len(words) >= 45
    assert 0 not in words


def test_the_language_of_a_pair() -> None:
    assert common_language("en", "en") == "en"
    assert common_language("en", None) == common_language(None, "en") == "en"
    assert common_language("en", "fr") is None
    assert common_language(None, None) is None
