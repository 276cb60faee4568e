"""Kinds of reuse: what trees weigh, and the name that a passage earns."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from stemmata.kinds import (
    FIGURES,
    MODELLED,
    NONE,
    Place,
    Trees,
    describe,
    name_kind,
    slightly_changed,
    trees,
    using,
    weigh,
)
from stemmata.measures import Features
from stemmata.schemas import KINDS
from tests.oracles.trees import points, probabilities

SHIPPED = json.loads((files("stemmata") / "data" / "kinds.json").read_text("utf-8"))
ASKED = {(row[k], row[3 + k]) for row in SHIPPED["trees"] for k in range(3)}  # figures with their thresholds
CHANGED = Features(
    words=120, identity=0.8, frame=0, windows=0.5, substituted=0.1, one_for_one=0.3, run=8, longest=30, phrased=60,
    changed=48, moved=0, numbers=3, numbers_kept=2, names=4, names_kept=4,
)  # fmt: skip
FILLED_IN = replace(CHANGED, numbers_kept=1, names_kept=0)
PLACE = Place(
    score=700, q=0.8, r=0.9, words_a=130, words_b=110, share_a=0.4, share_b=0.9, held=0.9, total=750, best_q=0.8
)
REUSE = 0.7

anything = st.floats(-50, 50, width=32)
drawn = st.lists(anything, min_size=len(FIGURES), max_size=len(FIGURES))
at_thresholds = st.tuples(
    *(st.sampled_from([0.0, *sorted(t for f, t in ASKED if f == k)]) for k in range(len(FIGURES)))
)


def shares(**points: float) -> NDArray[np.float64]:
    """Probabilities of ``MODELLED`` by name; what is not named has none."""
    assert sum(points.values()) == pytest.approx(1)
    return np.array([points.get(kind, 0.0) for kind in MODELLED])


@given(drawn.map(tuple) | at_thresholds)
def test_trees_are_weighed_as_if_they_were_walked_one_by_one(figures: tuple[float, ...]) -> None:
    """The answers are probabilities: none below 0, and their sum is 1."""
    weighed = weigh(list(figures))
    assert weighed.shape == (len(MODELLED),)
    assert weighed.min() >= 0
    assert weighed.sum() == pytest.approx(1)
    assert weighed == pytest.approx(probabilities(figures, SHIPPED["trees"], len(MODELLED)), abs=1e-12)


@pytest.mark.parametrize(
    ("figures", "leaf"), [((0.5, 1), 0), ((0.5, 1.1), 1), ((0.6, 1), 2), ((0.6, 4), 2), ((0.6, 4.1), 3)]
)
def test_a_tree_asks_two_of_its_three_questions(figures: tuple[float, float], leaf: int) -> None:
    """Up to the threshold the answer is yes; the second question depends on it."""
    tree = [0, 1, 1, 0.5, 1, 4, 10, 20, 30, 40]
    assert points(figures, tree) == tree[6 + leaf]
    table = np.array([tree, [0, 0, 0, 9, 9, 9, 0, 0, 0, 0]], float).reshape(1, 2, 10)
    grown = Trees(table[..., :3].astype(np.intp), table[..., 3:6], np.log1p(table[..., 6:]))
    odds = tree[6 + leaf] + 1
    with using(grown):
        weighed = weigh(list(figures))
    assert weighed == pytest.approx([odds / (odds + 1), 1 / (odds + 1)])


def test_the_trees_that_ship_were_grown_for_these_figures_and_kinds() -> None:
    """In this order: nothing else tells a tree which figure it asks about."""
    assert tuple(SHIPPED["figures"]) == FIGURES
    assert tuple(SHIPPED["kinds"]) == MODELLED
    assert set(MODELLED) < set(KINDS)


def test_every_tree_that_ships_asks_about_a_figure_that_there_is() -> None:
    rounds, left = divmod(len(SHIPPED["trees"]), len(MODELLED))
    assert (rounds > 0, left) == (True, 0)
    for row in SHIPPED["trees"]:
        assert len(row) == 10
        assert all(isinstance(figure, int) and 0 <= figure < len(FIGURES) for figure in row[:3])
        assert np.isfinite(row[3:]).all()
    assert trees().points.shape == (rounds, len(MODELLED), 4)


def test_there_is_a_value_for_every_figure() -> None:
    """Whole counts and shares, or their logarithm; the facts kept are smoothed, so that few of them say little."""
    told = dict(zip(FIGURES, describe(CHANGED, PLACE), strict=True))
    assert (told["larger share of a text"], told["smaller share of a text"]) == (0.9, 0.4)
    assert told["log ratio of lengths"] == pytest.approx(np.log(130 / 110))
    assert told["evidence a word"] == pytest.approx(700 / 240)
    assert (told["numbers kept"], told["names kept"]) == (3 / 5, 5 / 6)
    assert (told["identity"], told["one for one"]) == (CHANGED.identity, CHANGED.one_for_one)
    assert told["carried over below the strongest passage"] == 0


def test_a_passage_without_words_facts_or_runs_has_figures() -> None:
    nothing = Features(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    assert np.isfinite(describe(nothing, PLACE)).all()


def test_figures_do_not_depend_on_which_text_is_called_a() -> None:
    mirrored = PLACE._replace(words_a=110, words_b=130, share_a=0.9, share_b=0.4)
    assert describe(CHANGED, mirrored) == pytest.approx(describe(CHANGED, PLACE))


@pytest.mark.parametrize("kind", [kind for kind in MODELLED if kind != "none"])
def test_a_changed_passage_is_of_the_likeliest_kind(kind: str) -> None:
    """And as sure as that is likely."""
    other = "paraphrased" if kind != "paraphrased" else "edited"
    assert name_kind(CHANGED, shares(**{kind: 0.5, other: 0.3, "none": 0.2}), REUSE) == (kind, 0.5)


def test_a_passage_without_a_change_is_verbatim_and_in_another_order_edited() -> None:
    """Whichever kind its figures look like, unless it is likely wording that texts on one subject share."""
    same = replace(CHANGED, changed=0, identity=1)
    for kind in ("edited", "spun", "template"):
        assert name_kind(same, shares(**{kind: 0.9, "none": 0.1}), REUSE) == ("verbatim", 0.9)
    assert name_kind(same, shares(edited=0.1, none=0.9), REUSE) == ("none", 0.9)
    assert name_kind(replace(same, moved=8), shares(spun=0.9, none=0.1), REUSE) == ("edited", 0.9)


def test_what_is_less_likely_reuse_than_was_asked_for_is_none() -> None:
    even = shares(paraphrased=0.5, none=0.5)
    assert name_kind(CHANGED, even, 0.5) == ("paraphrased", 0.5)
    assert name_kind(CHANGED, even, 0.51) == ("none", 0.5)
    assert name_kind(CHANGED, shares(edited=0.1, none=0.9), 0) == ("edited", 0.1)


def test_a_form_is_no_wording_that_texts_share() -> None:
    """A template that is likelier than none stays one: its words are shared on purpose."""
    assert name_kind(FILLED_IN, shares(template=0.55, none=0.45), REUSE) == ("template", 0.55)
    assert name_kind(FILLED_IN, shares(template=0.45, none=0.55), REUSE) == ("none", 0.55)


def test_a_short_form_may_differ_in_a_word_or_two() -> None:
    """A notice that differs in its figure alone is a form, if names and numbers are most of what it says."""
    likely = shares(template=0.6, edited=0.2, spun=0.1, none=0.1)
    few = replace(CHANGED, changed=2, identity=0.97, numbers=9, numbers_kept=8)
    assert slightly_changed(few)
    assert name_kind(replace(few, words=60), likely, REUSE)[0] == "template"
    for prose in (replace(few, words=90), replace(few, words=60, numbers=3, numbers_kept=2)):
        assert name_kind(prose, likely, REUSE) == ("edited", 0.9)
    assert not slightly_changed(replace(FILLED_IN, changed=6, identity=0.95))


def test_few_changes_are_an_edit_whoever_made_them() -> None:
    """A handful of words shows no spinner's and no rewriter's hand."""
    few = replace(CHANGED, changed=6, identity=0.95)
    assert slightly_changed(few)
    for kind in ("spun", "paraphrased", "summarised"):
        assert name_kind(few, shares(**{kind: 0.9, "none": 0.1}), REUSE) == ("edited", 0.9)
    for more in (replace(few, changed=7), replace(few, identity=0.84)):
        assert not slightly_changed(more)
        assert name_kind(more, shares(spun=0.9, none=0.1), REUSE) == ("spun", 0.9)


def test_a_spinner_exchanges_words_and_leaves_names_and_numbers_alone() -> None:
    """What exchanges next to no words, or the names and numbers, is no spinner, however like one it looks."""
    likely = shares(spun=0.6, edited=0.3, none=0.1)
    assert name_kind(CHANGED, likely, REUSE) == ("spun", 0.6)
    for features in (replace(CHANGED, substituted=0.05), FILLED_IN):
        kind, confidence = name_kind(features, likely, REUSE)
        assert (kind, round(confidence, 9)) == ("edited", 0.9)


def test_none_is_among_the_kinds_that_are_weighed_and_verbatim_is_not() -> None:
    assert MODELLED[NONE] == "none"
    assert "verbatim" not in MODELLED
