"""The languages whose words are known: of each its cue words, its scales and its forms, one module for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from stemmata.alterations import (
    english,
    english_forms,
    english_places,
    english_scales,
    french,
    french_forms,
    french_scales,
    german,
    german_forms,
    german_scales,
    spanish,
    spanish_forms,
    spanish_scales,
)
from stemmata.alterations.calendars import Calendar
from stemmata.alterations.denials import Denials
from stemmata.alterations.numerals import NumberWords

Listed = dict[str, dict[str, str]]


class Lists(Protocol):
    """Cue words: entries are parted by ``|``, a mark at the end stands for all forms (``Forms.INFLECTED``)."""

    NEGATORS: str
    NO_NEGATION: str
    HALF_NEGATIVE: str
    COUNTING: str
    IDIOMS: str
    SOURCE_PHRASES: str
    NAMELESS_SOURCE: str
    SPEAKERS: str
    FILLERS: str
    PRONOUNS: str
    DEFINITE: str
    TITLES: str
    ARTICLES: str
    ABBREVIATED: str

    @property
    def ALIASES(self) -> tuple[str, ...]:  # noqa: N802
        """One thing under several names."""


class Scales(Protocol):
    """Cue words on scales: scale, sense, words."""

    OPPOSITES: Listed
    HEDGES: Listed
    QUANTIFIERS: Listed
    COMPARISONS: Listed
    CAUSES: Listed
    DATES: Listed


class Forms(Protocol):
    """Forms of words: numbers, units by their name, what denies, and names that would be cue words in lower case."""

    NUMBERS: NumberWords
    UNITS: dict[str, str]
    DENIALS: Denials
    NAMES: str

    @property
    def INFLECTED(self) -> Mapping[str, Callable[[str], tuple[str, ...]]]:  # noqa: N802
        """What the marks of the lists stand for."""

    @property
    def ELISIONS(self) -> tuple[str, ...]:  # noqa: N802
        """What may be written before a vowel, with its apostrophe."""

    def calendar(self) -> Calendar:
        """Return how dates are written."""

    def plain_words(self, word: str) -> tuple[str, ...]:
        """Return a word as the plain words that it stands for."""


class Tongue(NamedTuple):
    """What is known of a language; names are places and persons, on scales as well."""

    lists: Lists
    scales: Scales
    forms: Forms
    names: Mapping[str, dict[str, str]] = MappingProxyType({})


TONGUES: dict[str, Tongue] = {
    "de": Tongue(german, german_scales, german_forms),
    "en": Tongue(english, english_scales, english_forms, english_places.PLACES | english_scales.PERSONS),
    "es": Tongue(spanish, spanish_scales, spanish_forms),
    "fr": Tongue(french, french_scales, french_forms),
}
"""By language, ISO 639-1; a further one is three more modules with the same names."""
