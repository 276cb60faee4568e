"""Edits: every word of both texts in exactly one of them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from stemmata.kernels.edits import edit_runs, moved_runs
from stemmata.kernels.matching import match_one_to_one
from stemmata.kernels.postings import postings
from stemmata.kernels.words import align_words, heaviest_chain
from stemmata.schemas import OPS
from tests.oracles import edits as oracle
from tests.texts import edited, reordered

TYPES = 30
Ids = NDArray[np.int32]


class Sides:
    """Two texts of word types, matched and aligned by the kernels; some words stand in another form."""

    def __init__(self, a: list[int], b: list[int], forms: list[int]) -> None:
        self.a, self.b = np.array(a, np.int32), np.array(b, np.int32)
        self.form_a = np.array([10 * t for t in a], np.uint32)
        self.form_b = np.array([10 * t + forms[j % len(forms)] for j, t in enumerate(b)], np.uint32)
        self.weight = np.array([0.5, 2.0, 3.0, 4.0, 5.0] * (TYPES // 5))
        self.bounds = (0, len(a), 0, len(b))
        self.partner, partner_b = np.full(len(a), -1, np.int32), np.full(len(b), -1, np.int32)
        strength = np.zeros(len(a))
        none = np.zeros(len(a), np.uint8), np.zeros(len(b), np.uint8)
        match_one_to_one(
            self.a, self.b, self.weight, np.exp(-self.weight), *postings(self.b, TYPES), *self.bounds,
            self.partner, partner_b, np.ones(len(a)), np.ones(len(b)), strength,
        )  # fmt: skip
        chain = heaviest_chain(self.partner, strength, *self.bounds)
        self.path = np.full(len(a), -1, np.int32)
        align_words(self.a, self.b, *none, self.weight, chain, self.partner, *self.bounds, self.path)
        self.before = self.path.tolist()
        self.moved_a, self.moved_b = np.full(len(a), 7777, np.int32), np.full(len(b), 7777, np.int32)
        moved_runs(self.a, self.b, self.weight, self.partner, *self.bounds, self.path, self.moved_a, self.moved_b)

    def edits(self) -> list[tuple[str, int, int, int, int]]:
        rows = edit_runs(self.a, self.b, self.form_a, self.form_b, self.path, self.moved_a, self.moved_b, *self.bounds)
        return [(OPS[op], *spans) for op, *spans in rows.tolist()]


sides = st.builds(
    lambda texts, forms: Sides(texts[0], texts[1], forms),
    edited(types=TYPES, longest=60) | reordered(types=TYPES),
    st.lists(st.integers(0, 1), min_size=1, max_size=5),
)


@given(sides)
def test_moved_words_are_runs_that_the_path_left_apart(pair: Sides) -> None:
    """Four words and enough weight make a run; what moved, and what stood against it, leaves the path."""
    moved = oracle.moved_runs(
        pair.a.tolist(), pair.b.tolist(), pair.weight.tolist(), pair.partner.tolist(), pair.before
    )
    to = set(moved.values())
    assert {i: j for i, j in enumerate(pair.moved_a.tolist()) if j >= 0} == moved
    assert {j: i for j, i in enumerate(pair.moved_b.tolist()) if i >= 0} == {j: i for i, j in moved.items()}
    assert pair.path.tolist() == [-1 if i in moved or j in to else j for i, j in enumerate(pair.before)]


@given(sides)
def test_edits_rebuild_both_texts(pair: Sides) -> None:
    """Laid end to end, in the order of either side, the edits are that text, each word once."""
    edits = pair.edits()
    in_a = [i for _, start, end, _, _ in edits for i in range(start, end)]
    in_b = sorted(j for _, _, _, start, end in edits for j in range(start, end))
    assert in_a == list(range(len(pair.a)))
    assert in_b == list(range(len(pair.b)))


@given(sides)
def test_each_op_is_what_it_says(pair: Sides) -> None:
    for op, i, k, j, m in pair.edits():
        equal = pair.a[i:k].tolist() == pair.b[j:m].tolist()
        same_form = pair.form_a[i:k].tolist() == pair.form_b[j:m].tolist()
        assert {
            "match": equal and same_form and k > i,
            "restyle": equal and not same_form and k == i + 1,
            "substitute": not equal and k > i and m > j,
            "insert": k == i and m > j,
            "delete": k > i and m == j,
            "move": equal and k - i >= 1,
        }[op], (op, i, k, j, m)


@given(sides)
def test_every_word_has_the_op_of_its_own_story(pair: Sides) -> None:
    """Word by word, whatever the runs: matched, restyled, set against another, moved, or alone."""
    ops_a, ops_b = [""] * len(pair.a), [""] * len(pair.b)
    for op, i, k, j, m in pair.edits():
        ops_a[i:k], ops_b[j:m] = [op] * (k - i), [op] * (m - j)
    moved = {i: j for i, j in enumerate(pair.moved_a.tolist()) if j >= 0}
    expected = oracle.word_ops(
        pair.a.tolist(), pair.b.tolist(), pair.form_a.tolist(), pair.form_b.tolist(), pair.path.tolist(), moved
    )
    assert (ops_a, ops_b) == expected


@given(sides)
def test_edits_stand_in_the_order_of_a_and_matches_are_joined(pair: Sides) -> None:
    edits = pair.edits()
    assert [e[1] for e in edits] == sorted(e[1] for e in edits)
    for one, other in pairwise(edits):
        touching = one[2] == other[1] and one[4] == other[3]
        assert not (one[0] == other[0] == "match" and touching)


def test_ops_by_example() -> None:
    """An even change goes word by word; a short uneven one is one substitution; a sentence moves whole."""
    a = [*range(1, 13), *range(14, 19), 12, 13]
    b = [*range(14, 19), 1, 2, 21, 22, 5, 6, 23, 24, 25, 8, 9, 10, 11, 12, 13]
    assert [e for e in Sides(a, b, [0]).edits() if e[0] != "match"] == [
        ("substitute", 2, 3, 7, 8),
        ("substitute", 3, 4, 8, 9),
        ("substitute", 6, 7, 11, 14),
        ("move", 12, 17, 0, 5),
        ("delete", 17, 18, 19, 19),
    ]


def test_a_part_of_a_text_is_cut_to_its_bounds() -> None:
    pair = Sides([1, 2, 3, 4, 5], [1, 2, 9, 4, 5], [0])
    pair.bounds = (1, 4, 1, 4)
    assert pair.edits() == [("match", 1, 2, 1, 2), ("substitute", 2, 3, 2, 3), ("match", 3, 4, 3, 4)]


def test_an_even_change_that_is_not_word_by_word_is_one_substitution() -> None:
    """As many words on either side, but the path sets them against each other askew."""
    pair = Sides([1, 2, 3, 4], [1, 5, 6, 4], [0])
    pair.path = np.array([0, -1, 1, 3], np.int32)
    assert pair.edits() == [("match", 0, 1, 0, 1), ("substitute", 1, 3, 1, 3), ("match", 3, 4, 3, 4)]
