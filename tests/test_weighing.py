"""What each place counts for the tree, by the kinds of variants that stand there."""

from __future__ import annotations

import numpy as np
import pytest

from stemmata.collating.collation import MISSING, Collation
from stemmata.collating.normalising import Rule, Rules
from stemmata.collating.weighing import Weighed, weigh_kinds

COLLATION = Collation.of(
    ["A", "B", "C", "D"],
    [
        ["Arma,", "arma", "viros", "viros"],
        ["cano", "cano", "cano,", "cano,"],
        ["Troiae", "", "Troiae", None],
        ["qui", "qui", "qui", "qui"],
    ],
)


def weighed(weights: dict[str, float], collation: Collation = COLLATION, rules: Rules | None = None) -> Weighed:
    return weigh_kinds(collation, collation.codes, rules or Rules(), weights)


def test_places_of_one_kind_count_what_the_kind_counts() -> None:
    assert weighed({"punctuation": 0.2, "omission": 3}).weights[1:].tolist() == [0.2, 3.0, 0.0]


def test_a_place_of_several_kinds_counts_what_its_differences_count_on_average() -> None:
    """Of five pairs of witnesses that differ there, one does in case and four in words."""
    assert weighed({"case": 0.5}).weights[0] == pytest.approx((0.5 + 4) / 5)


def test_what_is_read_stays_as_it_is_where_all_kinds_count() -> None:
    assert np.array_equal(weighed({"case": 0.5}).codes, COLLATION.codes)


def test_with_equal_weights_all_places_that_differ_count_alike() -> None:
    assert weighed({}).weights.tolist() == [1, 1, 1, 0]


def test_readings_that_differ_in_a_kind_that_counts_nothing_are_one() -> None:
    found = weighed({"case": 0, "punctuation": 0})
    assert found.codes[0, 0] == found.codes[1, 0] != found.codes[2, 0]
    assert len(set(found.codes[:, 1].tolist())) == 1
    assert found.weights.tolist() == [1, 0, 1, 0]
    assert found.codes[3, 2] == MISSING


def test_rules_make_a_spelling_of_a_word() -> None:
    spelt = Collation.of(["A", "B"], [["dns", "dominus"]])
    rules = Rules((Rule("dns", "dominus", "abbreviation"),))
    assert weighed({"abbreviation": 0.1}, spelt).weights.tolist() == [1]
    assert weighed({"abbreviation": 0.1}, spelt, rules).weights.tolist() == [0.1]


def test_who_has_words_elsewhere_is_told_in_a_column_behind_their_first_place() -> None:
    moved = np.zeros(COLLATION.codes.shape, bool)
    moved[:2, 1:3] = True
    turned = Collation(COLLATION.witnesses, COLLATION.readings, COLLATION.codes, moved)
    found = weighed({"moved": 2}, turned)
    assert found.place.tolist() == [0, 1, 1, 2, 2, 3]
    assert found.moved.tolist() == [False, False, True, False, True, False]
    assert found.weights[found.moved].tolist() == [2, 2]
    assert not weighed({"moved": 0}, turned).moved.any()
