"""Words of a wrong sense: what a synonym machine puts where the source's word had its place."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stemmata.alterations.alteration import Alteration
from stemmata.alterations.collation import Run
from stemmata.alterations.swaps import Swap, list_swaps
from stemmata.alterations.tortured import Background, measure_swaps
from stemmata.counting import count_pairs, count_rows
from stemmata.engines import LocalEngine
from stemmata.languages import Frequencies
from stemmata.surroundings import word_keys
from stemmata.tokens import hash_words
from stemmata.wordpairs import parse_counts
from stemmata.wordvectors import NOTHING, SIZE, WordVectors
from tests.articles import FERRY, FERRY_SPUN
from tests.marked import marked
from tests.oracles import tortured as oracle
from tests.test_changes import changed

WORDS = ("lamp", "reef", "boat", "gull", "the", "rope", "gloam")
SHARES = {"lamp": 1e-4, "reef": 2e-5, "boat": 3e-4, "gull": 1e-6, "the": 0.05, "rope": 1e-5, "gloam": 0.0}
SILENT = ("the",)
TEXTS = [
    "the lamp the reef the boat lamp reef",
    "boat rope boat gull the rope",
    "reef the lamp gull boat the rope lamp",
]
vectors = st.fixed_dictionaries({}, optional={w: st.lists(st.integers(-9, 9), min_size=3, max_size=3) for w in WORDS})
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40)
some = st.lists(st.sampled_from([w for w in WORDS if w not in SILENT]), min_size=1, max_size=3, unique=True)


def wrong(source: str, copy: str, language: str | None = "en") -> list[tuple[str, str]]:
    rows = changed(source, copy, language)
    return [(row["before"], row["after"]) for row in rows if row["type"] == "tortured"]


def test_a_synonym_of_another_sense_is_tortured_in_a_spun_copy() -> None:
    """A school that would have lost its pupils sheds them; a good synonym stays wording."""
    found = wrong(FERRY, FERRY_SPUN)
    assert ("lost", "shed") in found
    assert not {("money", "cash"), ("chosen", "picked"), ("nearly", "virtually")} & set(found)


def test_a_wrong_sense_is_no_matter_of_fact() -> None:
    """It is listed below every change of fact, with both readings in its sentence."""
    rows = changed(FERRY, FERRY_SPUN)
    lost = next(row for row in rows if (row["before"], row["after"]) == ("lost", "shed"))
    assert lost["type"] == "tortured"
    assert not lost["factual"]
    assert lost["severity"] < min(row["severity"] for row in rows if row["factual"])
    assert "“lost” becomes “shed”" in lost["says"]


def test_other_words_in_an_edited_text_are_no_wrong_sense() -> None:
    """Where a person changes a few words, another word says something else."""
    assert wrong(FERRY, FERRY.replace("lost", "shed").replace("bridge", "viaduct")) == []


@pytest.mark.parametrize("language", ["de", None])
def test_nothing_is_told_in_a_language_without_vectors(language: str | None) -> None:
    assert wrong(FERRY, FERRY_SPUN, language) == []


def swaps(source: str, copy: str) -> list[tuple[str, str]]:
    """The exchanges that are looked at, where the first word of a text and of its copy differ."""
    (a, b), (c, d) = (text.split("|") for text in (source, copy))
    found = [Alteration(0, len(a), 0, len(c), "wording", "", 0.1)]
    one, other = marked(a + b), marked(c + d)
    whole = [Run(0, len(one.words), 0, len(other.words))]
    silent = np.sort(hash_words(["the", "of", "to"]))
    return [(a, c) for _ in list_swaps(found, one, other, whole, NOTHING, silent)]


@pytest.mark.parametrize(
    ("source", "copy", "asked"),
    [
        ("go to| war", "visit| war", True),
        ("fighter| jet", "boxer| jet", True),
        ("colour| of it", "color| of it", False),  # one spelling
        ("develop| it", "developing| it", False),  # forms of one word
        ("the| war", "of| war", False),  # function words
        ("now| at war", "currently| at war", False),  # words that bind others
        ("he did not want| war", "war| war", False),  # too long
        ("| war", "big| war", False),  # put in
    ],
)
def test_a_few_words_against_a_few_are_asked_about(source: str, copy: str, asked: bool) -> None:
    assert bool(swaps(source, copy)) == asked


def background(known: dict[str, list[int]]) -> Background:
    hashes = hash_words(WORDS)
    order = np.argsort(hashes)
    frequencies = Frequencies(hashes[order], np.array([SHARES[WORDS[k]] for k in order]))
    table = pa.table({"text": pa.array(TEXTS, pa.large_string())})
    pairs = parse_counts(count_rows("en", *count_pairs(table, LocalEngine(parts=1)), 1), "en")
    held = np.zeros((len(known), SIZE), np.int8)
    keys = word_keys(hash_words(list(known)))
    for row, coordinates in enumerate(known.values()):
        held[row, : len(coordinates)] = coordinates
    order = np.argsort(keys)
    return Background(pairs, WordVectors(keys[order], held[order]), frequencies, np.sort(hash_words(SILENT)))


@settings(max_examples=150)
@given(texts, st.integers(0, 39), st.integers(1, 3), some, vectors)
def test_figures_are_those_of_loops_over_words(
    text: list[str], first: int, size: int, after: list[str], known: dict[str, list[int]]
) -> None:
    first = min(first, len(text) - 1)
    last = min(len(text), first + size)
    before = text[first:last]
    lost = [w for w in before if w not in after and w not in SILENT]
    gained = [w for w in after if w not in before]
    assume(lost and gained)
    ground = background(known)
    hashed = [hash_words(words).tolist() for words in (before, after, lost, gained)]
    found = measure_swaps([Swap(0, first, last, *hashed)], marked(" ".join(text)), ground)[0]

    def link(a: str, b: str) -> float:
        return float(ground.pairs.links(hash_words([a, b]), np.array([SHARES[a], SHARES[b]]))[0])

    def zipf(word: str) -> float:
        return 9 + math.log10(max(SHARES[word], 1e-9))

    expected = oracle.figures(text, first, last, lost, after, gained, known, link, zipf, SILENT, 3)
    assert found.tolist() == pytest.approx(expected, abs=1e-5)
