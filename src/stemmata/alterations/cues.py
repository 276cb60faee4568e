"""Cue words found in a text: what each may mean, by the lists of its language.

English is fullest; German, French and Spanish are begun (``tongues.py``). Other languages have no lists, and rules
that need cues are silent there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import reporting_verbs
from stemmata.alterations.tongues import TONGUES, Tongue
from stemmata.alterations.units import unit_forms
from stemmata.tokens import CAPITAL, FIRST, Words, among, hash_words, read_words

EXACTLY = "!"  # at the end of an entry: with these accents alone
VOWELS = tuple("aeiouyhàâéèêîïôœ")  # and h, before which an article is elided
NONE = -1  # no word


class Meaning(NamedTuple):
    """What a cue may say: its kind, the scale on which it lies, and where on it."""

    kind: str
    dimension: str = ""
    sense: str = ""


class Cue(NamedTuple):
    """A cue in a text: words [first, last), all that they may mean, and the kinds of that."""

    first: int
    last: int
    meanings: frozenset[Meaning]
    kinds: frozenset[str]


Said: TypeAlias = tuple[frozenset[Meaning], frozenset[str]]  # what a phrase may mean, and the kinds of that


@dataclass(frozen=True)
class Lexicon:
    """The cue phrases of a language, by the hash of their first word, the longest first.

    Parameters
    ----------
    phrases : mapping
    begins : uint64 array
        The first words, ascending.
    abbreviated : uint64 array
        Words after which a full stop ends no sentence, ascending.
    names : uint64 array
        Words that are names, and no cues, where they have a capital inside a sentence; ascending.
    spelled : mapping
        By their form, words that mean something else without their accents: *könnte*, *konnte*.
    """

    phrases: Mapping[int, tuple[tuple[tuple[int, ...], Said], ...]]
    begins: NDArray[np.uint64]
    abbreviated: NDArray[np.uint64]
    names: NDArray[np.uint64]
    spelled: Mapping[int, Said]

    def find(self, words: Words, near: NDArray[np.bool_]) -> Iterator[Cue]:
        """Yield the cues that begin at a word where ``near`` holds; of overlapping ones the first, the longest."""
        if not len(self.begins):
            return
        begins = np.flatnonzero(near)
        begins = begins[among(words.word[begins], self.begins)]
        named = words.flags[begins] & (CAPITAL | FIRST) == CAPITAL  # in May, not what may be
        begins = begins[~(named & among(words.word[begins], self.names))]
        hashes = [*words.word.tolist(), NONE]
        alone, longer, spelled = self.alone, self.longer, self.spelled
        free = 0
        for k in begins.tolist():
            if k < free:
                continue
            first = hashes[k]
            free = k + 1
            said = spelled.get(int(words.form[k])) if spelled else None
            said = said or alone.get(first)
            for phrase, longer_said in longer.get((first, hashes[free]), ()):
                if tuple(hashes[k : k + len(phrase)]) == phrase:
                    free, said = k + len(phrase), longer_said
                    break
            if said:
                yield Cue(k, free, said[0], said[1])

    @cached_property
    def longer(self) -> dict[tuple[int, int], list[tuple[tuple[int, ...], Said]]]:
        """The phrases of several words by their first two, the longest first."""
        found: dict[tuple[int, int], list[tuple[tuple[int, ...], Said]]] = defaultdict(list)
        for listed in self.phrases.values():
            for phrase, said in listed:
                if len(phrase) > 1:
                    found[phrase[0], phrase[1]].append((phrase, said))
        return dict(found)

    @cached_property
    def alone(self) -> dict[int, Said]:
        """What the phrases of one word may mean."""
        return {
            first: said
            for first, listed in self.phrases.items()
            for phrase, said in listed
            if len(phrase) == 1 and said[0]
        }


def _said(meanings: Collection[Meaning]) -> Said:
    return frozenset(meanings), frozenset(meaning.kind for meaning in meanings)


@cache
def lexicon(language: str | None) -> Lexicon:
    """Return the lexicon of a language; an empty one where there are no lists."""
    tongue = TONGUES.get(language or "")
    if tongue is None:
        nothing = np.zeros(0, np.uint64)
        return Lexicon({}, nothing, nothing, nothing, {})
    meanings: dict[str, set[Meaning]] = defaultdict(set)
    for listed, meaning in _listed(language, tongue):
        for phrase in _forms(listed, tongue):
            meanings[phrase].add(meaning)
    tokens = read_words(pa.array(list(meanings), pa.large_string()))
    phrases: dict[int, dict[tuple[int, ...], frozenset[Meaning]]] = defaultdict(dict)
    spelled: dict[int, Said] = {}
    for k, (phrase, said) in enumerate(meanings.items()):
        hashes = tuple(tokens[k].word.tolist())
        if phrase.endswith(EXACTLY):
            spelled[int(tokens[k].form[0])] = _said(said)
            said = set()
        phrases[hashes[0]][hashes] = frozenset(said) | phrases[hashes[0]].get(hashes, frozenset())
    return Lexicon(
        {
            first: tuple((phrase, _said(listed[phrase])) for phrase in sorted(listed, key=lambda one: (-len(one), one)))
            for first, listed in phrases.items()
        },
        np.array(sorted(phrases), np.uint64),
        np.unique(hash_words(_entries(tongue.lists.ABBREVIATED))),
        np.unique(hash_words(_entries(tongue.forms.NAMES))),
        spelled,
    )


def _listed(language: str | None, tongue: Tongue) -> Iterator[tuple[str, Meaning]]:
    lists, scales = tongue.lists, tongue.scales
    for kind, listed in (
        ("negator", lists.NEGATORS),
        ("half negative", lists.HALF_NEGATIVE),
        ("idiom", lists.IDIOMS),
        ("idiom", lists.NO_NEGATION),
        ("saying", reporting_verbs.listed(language)),
        ("source", lists.SOURCE_PHRASES),
        ("nameless", lists.NAMELESS_SOURCE),
        ("speaker", lists.SPEAKERS),
        ("filler", lists.FILLERS),
        ("title", lists.TITLES),
        ("article", lists.ARTICLES),
        ("pronoun", lists.PRONOUNS),
        ("definite", lists.DEFINITE),
        ("counting", lists.COUNTING),
    ):
        yield listed, Meaning(kind)
    for kind, dimensions in (
        ("opposite", scales.OPPOSITES),
        ("hedge", scales.HEDGES),
        ("quantifier", scales.QUANTIFIERS),
        ("comparison", scales.COMPARISONS),
        ("causal", scales.CAUSES),
        ("date", scales.DATES),
        ("name", tongue.names),
    ):
        for dimension, senses in dimensions.items():
            for sense, listed in senses.items():
                yield listed, Meaning(kind, dimension, sense)
    for form, unit in unit_forms(language).items():
        if len(form) > 2 and form.replace(" ", "").isalpha():
            yield form, Meaning("unit", unit.dimension, unit.name)


def _entries(listed: str) -> list[str]:
    return "".join(line.strip() for line in listed.splitlines()).split("|")


def _forms(listed: str, tongue: Tongue) -> Iterator[str]:
    """Yield the entries of a list, ``walk*`` and ``tall^`` in all their forms, and behind an apostrophe: *l'été*."""
    for entry in _entries(listed):
        inflect = tongue.forms.INFLECTED.get(entry[-1:])
        for form in inflect(entry[:-1]) if inflect else (entry,):
            yield form
            if form[:1] in VOWELS:
                yield from (f"{elided}{form}" for elided in tongue.forms.ELISIONS)
