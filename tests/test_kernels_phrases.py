"""Where a text comes closest to a phrase."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.phrases import find_phrase
from stemmata.tokens import words_of
from tests.oracles import phrases as oracle

RUNS = st.lists(st.integers(0, 3), max_size=7)


def best(phrase: list[int], words: list[int]) -> tuple[int, int, int]:
    return find_phrase(np.array(phrase, np.uint64), np.array(words, np.uint64))


@given(RUNS, RUNS)
def test_the_best_place_is_that_of_trying_all_runs(phrase: list[int], words: list[int]) -> None:
    assert best(phrase, words) == oracle.find_phrase(phrase, words)


def test_a_phrase_is_found_though_words_were_exchanged() -> None:
    """What stands before and behind it is not taken along."""
    text = "Last week the mayor announced that the old ferry would stay, to nobody's surprise."
    phrase = words_of("the old ship would stay").word
    words = words_of(text)
    points, start, end = find_phrase(phrase, words.word)
    assert text[words.start[start] : words.end[end - 1]] == "the old ferry would stay"
    assert points == 4 * 2 - 1


def test_a_text_without_its_words_has_no_place_for_it() -> None:
    assert best([1, 2], [3, 0, 3]) == (0, 0, 0)
    assert best([1, 2], []) == (0, 0, 0)
