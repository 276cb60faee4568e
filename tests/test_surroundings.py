"""Surroundings: a pair of words counts once in each, whatever is repeated, and whatever the texts are cut into."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.surroundings import Counts, Surroundings, find_surroundings, merge, pair_keys, surroundings_of, word_keys
from stemmata.tokens import hash_words, read_words, words_of
from tests.oracles import surroundings as oracle

VOCABULARY = ["the", "lamp", "маяк", "горит", "φάρος", "reef", "two", "7", "منارة"]
texts = st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=12), max_size=6)


def counted(texts: list[list[str]]) -> Surroundings:
    """The surroundings in texts, as the package finds them."""
    tokens = read_words(pa.array([" ".join(text) for text in texts], pa.large_string()))
    return find_surroundings(tokens.words.word, tokens.words.flags, tokens.first)


def by_word(counts: Counts) -> dict[int, float]:
    return dict(zip(counts.keys.tolist(), counts.times.tolist(), strict=True))


def key(*words: str) -> int:
    """The key under which a word, or a pair, is counted."""
    hashes = hash_words(words)
    return int((word_keys(hashes) if len(words) == 1 else pair_keys(hashes))[0])


@given(texts)
def test_the_counts_are_those_of_the_textbook(texts: list[list[str]]) -> None:
    """Sets of tuples say the same, in several scripts, with numbers in between and texts without words."""
    words, pairs = counted(texts).tally()
    places = oracle.surroundings(texts)
    assert by_word(pairs) == {key(*pair): times for pair, times in oracle.pairs(places).items()}
    assert by_word(words) == {key(word): times for word, times in oracle.words(places).items()}


@given(texts, st.integers(0, 6))
def test_parts_make_the_same_whole(texts: list[list[str]], cut: int) -> None:
    """In whatever order, and if a text is in both."""
    whole = counted(texts)
    for parts in ((texts[:cut], texts[cut:]), (texts[cut:], texts[:cut]), (texts, texts[cut:])):
        merged = merge([counted(part) for part in parts])
        assert merged.places.tolist() == whole.places.tolist()
        assert merged.words.tolist() == whole.words.tolist()


@given(texts)
def test_two_texts_at_hand_are_counted_as_those_of_a_column(texts: list[list[str]]) -> None:
    found = surroundings_of([words_of(" ".join(text)) for text in texts])
    assert found.places.tolist() == counted(texts).places.tolist()


def test_a_notice_that_stands_under_every_text_counts_once() -> None:
    """However often: the words around its pairs are the same."""
    notice = ["all", "rights", "reserved", "by", "the", "harbour", "board"]
    words, pairs = counted([notice] * 40).tally()
    assert set(pairs.times) == {1}
    assert by_word(words)[key("rights")] == 1
    _, pairs = counted([["news", *notice], ["weather", *notice]]).tally()
    assert by_word(pairs)[key("all", "rights")] == 2
    assert by_word(pairs)[key("rights", "reserved")] == 1


def test_nothing_past_the_end_of_a_text_is_its_neighbour() -> None:
    _, pairs = counted([["the", "lamp"], ["reef", "the"]]).tally()
    assert sorted(by_word(pairs)) == sorted([key("the", "lamp"), key("reef", "the")])


def test_numbers_part_words_but_surround_them() -> None:
    """Nobody learns from 7 ships, 8 ships, 9 ships; but ships passed seven times."""
    _, pairs = counted([[number, "ships", "passed"] for number in "789"]).tally()
    assert by_word(pairs) == {key("ships", "passed"): 3}


@pytest.mark.parametrize("least", [1, 2, 3])
def test_what_was_seen_too_seldom_is_dropped(least: int) -> None:
    counts = Counts(np.array([3, 5, 9], np.uint32), np.array([1.0, 2.0, 3.0]))
    assert counts.seen(least).keys.tolist() == [3, 5, 9][least - 1 :]


def test_a_key_that_was_never_seen_has_no_times() -> None:
    counts = Counts(np.array([3, 9], np.uint32), np.array([1.0, 4.0]))
    assert counts.look_up(np.array([9, 4, 3, 2**32 - 1], np.uint32)).tolist() == [4, 0, 1, 0]
    assert counts.seen(5).look_up(np.array([9], np.uint32)).tolist() == [0]
