"""Vectors of words: kept in 8 bits, asked by hash, and made of counts of neighbours."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.surroundings import word_keys
from stemmata.tokens import hash_words
from stemmata.wordvectors import NOTHING, SIZE, read_vectors, word_vectors, write_vectors


def likeness(one: str, other: str) -> float:
    a, b = word_vectors("en").look_up(hash_words([one, other]))
    return float(a @ b)


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("troops", "soldiers", "trolleys"), ("fighter", "jet", "boxer"), ("doctor", "physician", "witness")],
)
def test_words_that_may_stand_for_each_other_lie_near(word: str, near: str, far: str) -> None:
    assert likeness(word, near) > likeness(word, far) + 0.2


def test_a_vector_has_length_1_and_an_unknown_word_none() -> None:
    known, unknown = word_vectors("en").look_up(hash_words(["harbour".replace("u", ""), "zzyzxqq"]))
    assert np.linalg.norm(known) == pytest.approx(1, abs=1e-6)
    assert not unknown.any()


@pytest.mark.parametrize("language", [None, "xx", "../en", ""])
def test_a_language_without_vectors_has_none(language: str | None) -> None:
    assert not word_vectors(language)
    assert word_vectors(language).look_up(hash_words(["word"])).tolist() == [[0.0] * SIZE]


def test_what_was_written_is_read_to_within_rounding(tmp_path: Path) -> None:
    """Keys come back in order, each with its own vector; its direction survives 8 bits."""
    rng = np.random.default_rng(5)
    words = hash_words(["reef", "lamp", "маяк", "船"])
    vectors = rng.standard_normal((4, SIZE))
    write_vectors(tmp_path / "v.parquet", word_keys(words), vectors, {"about": "a test"})
    found = read_vectors(tmp_path / "v.parquet").look_up(words)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    assert np.allclose(found, unit, atol=0.01)
    assert not NOTHING


ids = st.lists(st.lists(st.integers(-1, 5), max_size=12), min_size=1, max_size=4)


@given(ids, st.integers(1, 4), st.data())
def test_neighbours_are_counted_as_by_hand(texts: list[list[int]], reach: int, data: st.DataObject) -> None:
    """Each counted word with each of the commonest words within reach, in its own text only."""
    scripts = pytest.importorskip("scripts.count_neighbours", reason="the scripts lie beside the package")
    flat = np.array([k for text in texts for k in text], np.int32)
    counted = np.array(data.draw(st.lists(st.booleans(), min_size=len(flat), max_size=len(flat))), bool)
    first = np.cumsum([0, *map(len, texts)])
    found = scripts.count_near(flat, first, counted, reach, 6, 4)
    expected: Counter[tuple[int, int]] = Counter()
    for begin, text in zip(first.tolist(), texts, strict=False):
        for i, word in enumerate(text):
            for k, other in enumerate(text):
                if i != k and abs(i - k) <= reach and word >= 0 and 0 <= other < 4 and counted[begin + i]:
                    expected[word, other] += 1
    assert {(i, k): found[i, k] for i, k in zip(*np.nonzero(found), strict=True)} == dict(expected)
