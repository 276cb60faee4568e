"""One-to-one matching: equal words, strongest context first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.kernels.matching import match_one_to_one
from stemmata.kernels.postings import postings
from tests.oracles import matching as oracle
from tests.texts import edited


def check(
    a: list[int], b: list[int], weight: list[float], frequency: list[float], bounds: tuple[int, int, int, int]
) -> dict[int, int]:
    """Match by kernel and by oracle; return the partners of a's words."""
    first, places = postings(np.array(b, np.int32), len(weight))
    partner_a, partner_b = np.full(len(a), 7777, np.int32), np.full(len(b), 7777, np.int32)
    context_a, context_b = np.full(len(a), np.nan), np.full(len(b), np.nan)
    strength = np.full(len(a), -1.0)
    match_one_to_one(
        np.array(a, np.int32), np.array(b, np.int32), np.array(weight), np.array(frequency), first, places, *bounds,
        partner_a, partner_b, context_a, context_b, strength,
    )  # fmt: skip
    a_from, a_to, b_from, b_to = bounds
    matches = {m.i: m for m in oracle.match_one_to_one(a, b, weight, frequency, bounds)}
    reverse = {m.j: m for m in matches.values()}
    assert partner_a[a_from:a_to].tolist() == [matches[i].j if i in matches else -1 for i in range(a_from, a_to)]
    assert partner_b[b_from:b_to].tolist() == [reverse[j].i if j in reverse else -1 for j in range(b_from, b_to)]
    assert all(context_a[m.i] == context_b[m.j] == m.rarest for m in matches.values())
    assert all(strength[m.i] == pytest.approx(m.strength) for m in matches.values())
    assert {context_a[i] for i in range(a_from, a_to) if i not in matches} <= {1.0}
    return {i: m.j for i, m in matches.items()}


@given(edited(types=8), st.data())
def test_matches_are_those_of_trying_all_pairs(sides: tuple[list[int], list[int]], data: st.DataObject) -> None:
    """Partners, contexts and strengths, whole texts or a part of them."""
    a, b = sides
    a_from = data.draw(st.integers(0, len(a) // 2))
    b_from = data.draw(st.integers(0, len(b) // 2))
    frequency = data.draw(st.lists(st.sampled_from([1e-5, 1e-3, 0.01, 0.1]), min_size=8, max_size=8))
    weight = [min(5.0, -float(np.log(f))) for f in frequency]
    check(a, b, weight, frequency, (a_from, len(a), b_from, len(b)))


def test_context_decides_between_equal_words() -> None:
    """A sentence that moved is matched where it went; single insertions and deletions are bridged."""
    a = [*range(20), *range(100, 120)]
    b = [*range(100, 110), 50, *range(111, 120), *range(5), 51, *range(5, 12), *range(13, 20)]
    weight, frequency = [5.0] * 120, [0.001] * 120
    partners = check(a, b, weight, frequency, (0, len(a), 0, len(b)))
    assert all(b[j] == a[i] for i, j in partners.items())
    assert len(partners) == 38


def test_a_word_that_stands_very_often_is_tried_64_times_about_the_diagonal() -> None:
    """So a common word late in a passage still finds its own place."""
    a = [word for k in range(1, 101) for word in (0, k)]
    b = [*[101] * 30, *a]
    partners = check(a, b, [0.5] + [5.0] * 101, [0.5] + [1e-4] * 101, (0, len(a), 0, len(b)))
    assert partners == {i: i + 30 for i in range(200)}


def test_a_long_passage_is_matched_near_its_diagonal() -> None:
    """Past 4,000 words a partner is looked for within 2,000 words of the diagonal, which bends with the text."""
    words = list(range(2, 4_502))
    a, b = [0, *words, 1], [1, *words[:1_000], *[4_502] * 600, *words[1_000:], 0]
    partners = check(a, b, [5.0] * 4_503, [1e-4] * 4_503, (0, len(a), 0, len(b)))
    assert partners == {i: i if i <= 1_000 else i + 600 for i in range(1, 4_501)}
