"""Cue words: their forms, and the longest phrase that stands in a text."""

from __future__ import annotations

import numpy as np
import pytest

from stemmata.alterations.cues import Meaning, _entries, _listed, lexicon
from stemmata.alterations.senses import LINKS, LOST
from stemmata.alterations.tongues import TONGUES
from stemmata.alterations.units import unit_forms
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


def test_a_language_without_lists_has_no_cues() -> None:
    assert found("not never all because", "nl") == []
    assert found("not never all because", None) == []


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "verweigerte", "opposite"),
        ("de", "kleinsten", "comparison"),
        ("de", "keinem", "negator"),
        ("fr", "refusaient", "opposite"),
        ("fr", "grandes", "comparison"),
        ("fr", "d'environ", "hedge"),
        ("fr", "qu'aucun", "negator"),
        ("es", "rechazaron", "opposite"),
        ("es", "ningunas", "negator"),
        ("es", "vendió", "comparison"),
    ],
)
def test_words_are_found_in_all_their_forms(language: str, text: str, kind: str) -> None:
    """Inflected, and behind an elided word."""
    ((phrase, kinds),) = found(text, language)
    assert phrase == text
    assert kind in kinds


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_all_languages_have_the_scales_of_english(language: str) -> None:
    """A rule that knows a sense by its name finds it in each of them; English may have more scales."""
    here, english = TONGUES[language].scales, TONGUES["en"].scales
    for name in ("OPPOSITES", "HEDGES", "QUANTIFIERS", "COMPARISONS", "CAUSES", "DATES"):
        ours, theirs = getattr(here, name), getattr(english, name)
        assert all(set(senses) <= set(theirs[scale]) for scale, senses in ours.items())
    assert set(here.HEDGES["certainty"]) >= LOST["hedge"] - {"about"}
    assert "about" in here.HEDGES["precision"]
    assert set(here.CAUSES["link"]) >= LOST["causal"] | LINKS
    assert set(here.COMPARISONS) >= {"bound", "amount"}


@pytest.mark.parametrize("language", sorted(TONGUES))
def test_no_entry_of_a_list_is_empty(language: str) -> None:
    """Nor does a unit have a name that the table of units lacks."""
    for listed, _ in _listed(language, TONGUES[language]):
        assert all(_entries(listed)), listed
    units = unit_forms(language).values()
    assert set(TONGUES[language].forms.UNITS) <= {one.name for unit in units for one in (unit, unit.other) if one}
