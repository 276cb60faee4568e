"""Cue words: their forms, and the longest phrase that stands in a text."""

from __future__ import annotations

import numpy as np

from stemmata.alterations.cues import Meaning, lexicon
from stemmata.tokens import words_of


def found(text: str, language: str | None = "en") -> list[tuple[str, set[str]]]:
    words = words_of(text)
    cues = lexicon(language).find(words, np.ones(len(words), bool))
    return [
        (text[words.start[cue.first] : words.end[cue.last - 1]], {meaning.kind for meaning in cue.meanings})
        for cue in cues
    ]


def test_the_longest_phrase_counts() -> None:
    """*No more than* is a bound and denies nothing."""
    ((phrase, kinds),) = found("no more than")
    assert phrase == "no more than"
    assert "negator" not in kinds
    assert "comparison" in kinds


def test_verbs_and_adjectives_are_found_in_all_forms() -> None:
    for form in ("increase", "increases", "increased", "increasing", "taller", "biggest", "cheaper", "denied"):
        assert found(form), form


def test_a_word_may_have_several_meanings() -> None:
    """*Since* is a time and a reason."""
    (cue,) = lexicon("en").find(words_of("since"), np.ones(1, bool))
    assert {Meaning("causal", "link", "because"), Meaning("causal", "link", "time")} <= cue.meanings


def test_only_what_is_near_is_looked_for() -> None:
    words = words_of("never ever not")
    near = np.array([False, False, True])
    assert [cue.first for cue in lexicon("en").find(words, near)] == [2]


def test_other_languages_have_no_cues_yet() -> None:
    assert found("not never all because", "de") == []
    assert found("not never all because", None) == []
