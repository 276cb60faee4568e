"""The weights of a direction are those that the figures in the project give; no text is needed to fit them."""

from __future__ import annotations

import numpy as np
from benchmarks.directing import FITTED, apart, chances, fit, kind_of, named
from benchmarks.logistic import fit_positive
from benchmarks.train_direction import measured
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stemmata.direction.reasons import TEXT_MOST
from stemmata.direction.text import RULES
from stemmata.direction.weights import using, weights


def test_the_weights_are_fitted_to_the_figures() -> None:
    """To the last digit that is written; those for languages without counts on their own."""
    examples = measured()
    assert weights() == named(fit(examples))
    assert weights(counted=False) == named(fit(examples, counted=False))


def test_every_weight_belongs_to_a_reason_and_none_speaks_against_what_it_says() -> None:
    held = weights()
    assert {(rule, gate) for rule, own in held.items() for gate in own} == set(FITTED)
    assert all(weight >= 0 for own in held.values() for weight in own.values())
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_other_weights_hold_within_their_context_alone() -> None:
    before = weights()
    with using({"shorter": {"retold": 9.0}}):
        assert weights()["shorter"]["retold"] == 9.0
    assert weights() is before


def test_spun_copies_are_told_by_weights_that_never_saw_one() -> None:
    """Leave the kind out altogether: nine in ten are still told, and hardly one wrongly."""
    examples = measured()
    chance = chances(apart(examples, kind_of))
    spun = chance[[e.corpus == "spun-news spun" for e in examples]]
    told = np.maximum(spun, 1 - spun) >= 0.65
    assert told.mean() >= 0.9
    assert (spun[told] > 0.5).mean() >= 0.98


def test_nine_in_ten_is_right_nineteen_times_in_twenty() -> None:
    """Of all kinds together, and of every kind with a hundred such pairs; and text alone never claims more than .97."""
    examples = measured()
    chance = chances(apart(examples, lambda e: e.fold))
    sure = np.maximum(chance, 1 - chance)
    assert sure.max() <= TEXT_MOST
    strong = sure >= 0.9
    assert (chance[strong] > 0.5).mean() >= 0.95
    corpus = np.array([e.corpus for e in examples])
    for kind in np.unique(corpus):
        here = strong & (corpus == kind)
        assert here.sum() < 100 or (chance[here] > 0.5).mean() >= 0.95, kind


@given(
    arrays(np.float64, (12, 3), elements=st.floats(-3, 3)),
    arrays(np.float64, 12, elements=st.floats(-1, 1)),
    st.sampled_from([0.02, 0.5]),
)
def test_fitted_weights_cannot_be_bettered(figures: np.ndarray, known: np.ndarray, ridge: float) -> None:
    """A step along any weight, where it stays above 0, makes the loss no smaller."""

    def loss(solution: np.ndarray) -> float:
        return float(np.logaddexp(0, -(known + figures @ solution)).mean() + ridge / 2 * solution @ solution)

    found = fit_positive(figures, known, np.full(12, 1 / 12), ridge)
    assert (found >= 0).all()
    for k in range(3):
        for step in (-1e-3, 1e-3, 0.1):
            moved = found.copy()
            moved[k] = max(0.0, moved[k] + step)
            assert loss(moved) >= loss(found) - 1e-9


def test_without_the_counts_only_reasons_that_need_none_weigh_and_they_weigh_more() -> None:
    """Or a spun copy in a language without counts would hardly be told."""
    held = weights(counted=False)
    assert held["worse_swaps"]["swap"] == held["rougher"]["swap"] == 0
    assert held["rarer_swaps"]["swap"] > weights()["rarer_swaps"]["swap"]
