"""Cue words found in a text: what each may mean, by the lists of its language.

English has lists; other languages have none yet, and rules that need cues are silent there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import reporting_verbs
from stemmata.alterations import english, english_places, english_scales
from stemmata.alterations.units import FORMS
from stemmata.tokens import CAPITAL, FIRST, Words, among, hash_words, read_words

NONE = -1  # no word


class Meaning(NamedTuple):
    """What a cue may say: its kind, the scale on which it lies, and where on it."""

    kind: str
    dimension: str = ""
    sense: str = ""


class Cue(NamedTuple):
    """A cue in a text: words [first, last) and all that they may mean."""

    first: int
    last: int
    meanings: frozenset[Meaning]


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
    """

    phrases: Mapping[int, tuple[tuple[tuple[int, ...], frozenset[Meaning]], ...]]
    begins: NDArray[np.uint64]
    abbreviated: NDArray[np.uint64]

    def find(self, words: Words, near: NDArray[np.bool_]) -> Iterator[Cue]:
        """Yield the cues that begin at a word where ``near`` holds; of overlapping ones the first, the longest."""
        if not len(self.begins):
            return
        place = np.minimum(np.searchsorted(self.begins, words.word), len(self.begins) - 1)
        named = (words.flags & CAPITAL != 0) & (words.flags & FIRST == 0)  # in May, not what may be
        begins = near & (self.begins[place] == words.word) & ~(named & among(words.word, _months()))
        hashes = [*words.word.tolist(), NONE]
        free = 0
        for k in np.flatnonzero(begins).tolist():
            if k < free:
                continue
            first = hashes[k]
            if hashes[k + 1] not in self.seconds[first]:
                alone = self.alone.get(first)
                if alone:
                    free = k + 1
                    yield Cue(k, free, alone)
                continue
            for phrase, meanings in self.phrases[first]:
                size = len(phrase)
                if size == 1 or tuple(hashes[k : k + size]) == phrase:
                    free = k + size
                    yield Cue(k, free, meanings)
                    break

    @cached_property
    def seconds(self) -> dict[int, frozenset[int]]:
        """The second words of the longer phrases, by the first."""
        return {
            first: frozenset(phrase[1] for phrase, _ in listed if len(phrase) > 1)
            for first, listed in self.phrases.items()
        }

    @cached_property
    def alone(self) -> dict[int, frozenset[Meaning]]:
        """The meanings of the phrases of one word."""
        return {
            first: meanings for first, listed in self.phrases.items() for phrase, meanings in listed if len(phrase) == 1
        }


@cache
def _months() -> NDArray[np.uint64]:
    return np.sort(hash_words(["May", "March"]))


@cache
def lexicon(language: str | None) -> Lexicon:
    """Return the lexicon of a language; an empty one where there are no lists."""
    if language != "en":
        return Lexicon({}, np.zeros(0, np.uint64), np.zeros(0, np.uint64))
    meanings: dict[str, set[Meaning]] = defaultdict(set)
    for listed, meaning in _english():
        for phrase in _forms(listed):
            meanings[phrase].add(meaning)
    tokens = read_words(pa.array(list(meanings), pa.large_string()))
    phrases: dict[int, dict[tuple[int, ...], frozenset[Meaning]]] = defaultdict(dict)
    for k, said in enumerate(meanings.values()):
        hashes = tuple(tokens[k].word.tolist())
        phrases[hashes[0]][hashes] = frozenset(said) | phrases[hashes[0]].get(hashes, frozenset())
    return Lexicon(
        {
            first: tuple(sorted(listed.items(), key=lambda item: (-len(item[0]), item[0])))
            for first, listed in phrases.items()
        },
        np.array(sorted(phrases), np.uint64),
        np.unique(hash_words(english.ABBREVIATED.split("|"))),
    )


def _english() -> Iterator[tuple[str, Meaning]]:
    for kind, listed in (
        ("negator", english.NEGATORS),
        ("half negative", english.HALF_NEGATIVE),
        ("idiom", english.IDIOMS),
        ("idiom", english.NO_NEGATION),
        ("saying", reporting_verbs.ENGLISH),
        ("source", english.SOURCE_PHRASES),
        ("nameless", english.NAMELESS_SOURCE),
        ("speaker", english.SPEAKERS),
        ("filler", english.FILLERS),
        ("title", english.TITLES),
        ("pronoun", english.PRONOUNS),
        ("definite", english.DEFINITE),
        ("counting", english.COUNTING),
    ):
        yield listed, Meaning(kind)
    for kind, scales in (
        ("opposite", english_scales.OPPOSITES),
        ("hedge", english_scales.HEDGES),
        ("quantifier", english_scales.QUANTIFIERS),
        ("comparison", english_scales.COMPARISONS),
        ("causal", english_scales.CAUSES),
        ("date", english_scales.DATES),
        ("name", english_places.PLACES | english_scales.PERSONS),
    ):
        for dimension, senses in scales.items():
            for sense, listed in senses.items():
                yield listed, Meaning(kind, dimension, sense)
    for form, unit in FORMS.items():
        if len(form) > 2 and form.replace(" ", "").isalpha():
            yield form, Meaning("unit", unit.dimension, unit.name)


def _forms(listed: str) -> Iterator[str]:
    """Yield the entries of a list, ``walk*`` and ``tall^`` in all their forms."""
    for entry in "".join(line.strip() for line in listed.splitlines()).split("|"):
        stem = entry[:-1]
        if entry.endswith("*"):
            yield from _verb(stem)
        elif entry.endswith("^"):
            yield from _adjective(stem)
        else:
            yield entry


def _verb(stem: str) -> tuple[str, str, str, str]:
    if stem.endswith("e"):
        return stem, f"{stem}s", f"{stem}d", f"{stem[:-1]}ing"
    if re.search(r"[^aeiou]y$", stem):
        return stem, f"{stem[:-1]}ies", f"{stem[:-1]}ied", f"{stem}ing"
    plural = f"{stem}es" if re.search(r"(?:s|x|z|ch|sh)$", stem) else f"{stem}s"
    return stem, plural, f"{stem}ed", f"{stem}ing"


def _adjective(stem: str) -> tuple[str, str, str]:
    if re.search(r"[^aeiou][aeiou][bdgmnpt]$", stem):
        longer = stem + stem[-1] + "e"
    elif stem.endswith("e"):
        longer = stem
    else:
        longer = (f"{stem[:-1]}i" if stem.endswith("y") else stem) + "e"
    return stem, f"{longer}r", f"{longer}st"
