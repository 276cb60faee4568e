"""Counts at work: what two backgrounds know together, and what is left where the texts judged are taken out."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.counting import count_pairs, count_rows
from stemmata.engines import LocalEngine
from stemmata.tokens import words_of
from stemmata.wordpairs import NOTHING, WordPairs, parse_counts, word_pairs
from tests.oracles import surroundings as oracle

SHARES = {"the": 0.05, "lamp": 1e-3, "маяк": 1e-4, "горит": 2e-5, "reef": 1e-4, "gloam": 0.0, "7": 1e-3}
words = st.lists(st.sampled_from([*SHARES]), max_size=15)
collections = st.lists(words, min_size=1, max_size=5)


def counted(texts: list[list[str]], least: int = 1) -> WordPairs:
    """The counts of texts, by way of the table of statistics."""
    table = pa.table({"text": pa.array(map(" ".join, texts), pa.large_string())})
    return parse_counts(count_rows("en", *count_pairs(table, LocalEngine(parts=1)), least), "en")


def links(pairs: WordPairs, text: list[str]) -> list[float]:
    found = pairs.links(words_of(" ".join(text)).word, np.array([SHARES[word] for word in text]))
    return [float(link) for link in found]


def by_textbook(texts: list[list[str]], judged: list[list[str]], text: list[str]) -> list[float]:
    """Counts less those of the texts judged, word by word."""
    places, own = oracle.surroundings(texts), oracle.surroundings(judged)
    pairs, words = oracle.pairs(places), oracle.words(places)
    own_pairs, own_words = oracle.pairs(own), oracle.words(own)
    found = []
    for left, right in pairwise(text):
        prior = 50 * SHARES[right]
        if not prior or not SHARES[left]:
            found.append(0.0)
            continue
        together = max(0, pairs[left, right] - own_pairs[left, right]) + prior
        alone = max(0, words[left] - own_words[left]) / 50 + 1
        found.append(math.log(together / (alone * prior)))
    return found


@given(collections, words, st.integers(0, 2))
def test_a_text_is_judged_by_the_others(texts: list[list[str]], other: list[str], many: int) -> None:
    """What it put in is taken out, and of two that share surroundings these once; loops over words say the same."""
    judged = [texts[0], other][:many]
    pairs = counted([*texts, other]).without([words_of(" ".join(text)) for text in judged])
    assert links(pairs, texts[0]) == pytest.approx(by_textbook([*texts, other], judged, texts[0]), abs=1e-9)


@given(collections, collections, words)
def test_two_backgrounds_are_added_up(one: list[list[str]], other: list[list[str]], text: list[str]) -> None:
    """As if the surroundings of both were counted, those in both twice."""
    both = counted(one).plus(counted(other))
    sums = [counts.look_up(np.union1d(counts.keys, [0]).astype(np.uint32)) for counts in (both.words, both.pairs)]
    assert sums[0].sum() == counted(one).words.times.sum() + counted(other).words.times.sum()
    assert links(both, text) == links(counted(other).plus(counted(one)), text)
    assert links(counted(one).plus(NOTHING), text) == links(counted(one), text)


def test_a_pair_seen_once_is_of_the_text_that_is_judged() -> None:
    """To drop what was seen once loses nothing where the text itself is taken out."""
    texts = [["the", "lamp", "the", "reef"], ["7", "lamp", "the", "reef"], ["the", "маяк", "горит"]]
    judged = [words_of(" ".join(texts[2]))]
    all_of_them, some = (counted(texts, least).without(judged) for least in (1, 2))
    assert links(all_of_them, texts[2]) == links(some, texts[2])
    assert links(counted(texts), texts[2])[0] > 0 > links(some, texts[2])[0]


def test_a_code_that_leads_elsewhere_has_no_counts() -> None:
    """A document may call its language anything."""
    assert word_pairs("../data/counts-en") is NOTHING
    assert word_pairs("") is NOTHING
