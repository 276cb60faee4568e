"""The tree of witnesses: what is taken from a collation, who copied whom, where it begins, how sure that is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING, Collation
from stemmata.genealogy.drawing import Genealogy, draw_genealogy
from stemmata.genealogy.evidence import MOST, distinct, telling_codes, weigh
from stemmata.genealogy.older import likely_older
from stemmata.genealogy.support import expected
from stemmata.languages import frequencies
from tests.oracles.genealogies import split_sets

Ints = NDArray[np.int32]


def collate(**texts: str) -> Collation:
    """Words by place; ``-`` is an omission, ``?`` is damage."""
    words = [text.split() for text in texts.values()]
    rows = [[{"-": "", "?": None}.get(word, word) for word in row] for row in zip(*words, strict=True)]
    return Collation.of(list(texts), rows)


def told(collation: Collation) -> list[str]:
    """The texts again, with ``?`` for what is missing."""
    return [
        " ".join("?" if c == MISSING else here[c] or "-" for c, here in zip(row, collation.readings, strict=True))
        for row in telling_codes(collation)
    ]


def above(drawn: Genealogy) -> dict[int, int]:
    return dict(enumerate(drawn.parents.tolist()))


def test_of_a_run_of_omitted_words_one_tells_of_descent() -> None:
    collation = collate(a="the ferry left the quay at nine", b="the - - - quay - nine")
    assert told(collation) == ["the ferry left the quay at nine", "the - ? ? quay - nine"]


def test_what_lies_outside_a_witness_is_missing() -> None:
    collation = collate(
        a="the ferry left the quay", b="- - left - quay", c="the ferry - - -", d="? - left ? quay", e="- - - - -"
    )
    assert told(collation)[1:] == ["? ? left - quay", "the ferry ? ? ?", "? ? left ? quay", "? ? ? ? ?"]


def test_only_places_where_witnesses_differ_count() -> None:
    evidence, places = weigh(np.array([[0, 0, 1, 0], [0, 1, -1, 0], [0, 1, 1, 2]], np.int32), np.array([1, 2, 1, 0.5]))
    assert places.tolist() == [1, 3]
    assert evidence.codes.tolist() == [[0, 0], [1, 0], [1, 2]]
    assert evidence.weight.tolist() == [2000, 500]
    assert evidence.states.tolist() == [2, 3]


def test_of_very_many_readings_of_a_place_the_rarest_are_missing() -> None:
    codes = np.array([[x] for x in [*range(70), 69, 68]], np.int32)
    evidence, _ = weigh(codes, np.ones(1))
    assert evidence.states.tolist() == [MOST]
    assert evidence.original[0, :2].tolist() == [68, 69]
    assert evidence.codes[68:, 0].tolist() == [0, 1, 1, 0]
    assert (evidence.codes[:62, 0] >= 0).all()
    assert (evidence.codes[62:68, 0] == MISSING).all()
    assert len(draw_genealogy(codes, rounds=2).parents) >= len(codes)


def test_witnesses_that_read_the_same_are_one() -> None:
    first, number = distinct(np.array([[1, 0], [0, 0], [1, 0], [0, -1]], np.int32))
    assert first.tolist() == [3, 1, 0]
    assert number.tolist() == [2, 1, 2, 0]


FIVE = {  # a was copied by b and by a lost copy, the lost one by c and d, and d by e
    "a": "the old ferry left the stone quay at nine with twelve men and their dogs on a grey calm morning in autumn",
    "b": "the odd ferry left the stone quay at ten with twelve hens and their dogs on a gray calm morning in autumn",
    "c": "that old ferry quit the stone pier at nine with eleven men and some hogs on a grey clam morning by august",
    "d": "the old berry quit the stone pier at nine with eleven ken and some dogs on a grey calm evening by autumn",
    "e": "thy old berry quit the store pier at mine with eleven ken and some dogs in a grey calm evening by autumns",
}
LOST = "the old ferry quit the stone pier at nine with eleven men and some dogs on a grey calm morning by autumn"


def test_five_witnesses_and_their_lost_copy() -> None:
    collation = collate(**FIVE)
    drawn = draw_genealogy(telling_codes(collation), directed=[(0, 1, 2.0), (0, 4, 1.0), (0, 2, 1.0)])
    assert above(drawn) == {0: -1, 1: 0, 2: 5, 3: 5, 4: 3, 5: 0}
    words = [here[code] for here, code in zip(collation.readings, drawn.readings[0], strict=True)]
    assert " ".join(words) == LOST
    assert drawn.support[5] > 0.9
    assert drawn.roots[0].node == 0


@pytest.mark.parametrize("texts", [1, 2, 3])
def test_few_witnesses_are_a_tree(texts: int) -> None:
    drawn = draw_genealogy(telling_codes(collate(**dict(list(FIVE.items())[:texts]))))
    assert (drawn.parents == -1).sum() == 1
    assert len(drawn.parents) >= texts


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["quay", None, "quay"]],
        [["quay", None, "pier"]],
        [["quay", None, None], [None, "pier", "pier"]],
        [["quay", "", None], ["", "pier", "ferry"]],
    ],
    ids=["no places", "one damaged", "one unread", "never read together", "hardly read together"],
)
def test_whatever_little_is_read_there_is_one_tree(rows: list[list[str | None]]) -> None:
    collation = Collation.of("abc", rows)
    drawn = draw_genealogy(telling_codes(collation), older=likely_older(collation, frequencies("en")), rounds=2)
    assert (drawn.parents == -1).sum() == 1
    assert drawn.parents[drawn.roots[0].node] == -1
    assert np.isfinite(drawn.support).all()


def test_no_witness_is_refused() -> None:
    with pytest.raises(ValueError, match="a tree needs a witness"):
        draw_genealogy(np.zeros((0, 3), np.int32))


def test_a_second_copy_of_one_text_hangs_by_the_first() -> None:
    codes = telling_codes(collate(**FIVE))[[0, 1, 2, 3, 4, 3, 0]]
    drawn = draw_genealogy(codes, directed=[(6, 1, 2.0), (0, 2, 1.0)])
    assert above(drawn) == {0: -1, 1: 0, 2: 7, 3: 7, 4: 3, 5: 3, 6: 0, 7: 0}
    assert drawn.support[[5, 6]].tolist() == [0.5, 0.5]


def test_witnesses_that_all_read_the_same() -> None:
    drawn = draw_genealogy(np.zeros((4, 3), np.int32))
    assert above(drawn) == {0: -1, 1: 0, 2: 0, 3: 0}


def test_places_of_more_weight_decide() -> None:
    """Two groupings contradict one another; the heavier one is drawn."""
    codes = np.array([[0, 0, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0], [1, 1, 1, 1]], np.int32)
    for weights, twins in (([5, 5, 1, 1], {0, 1}), ([1, 1, 5, 5], {0, 2})):
        drawn = draw_genealogy(codes, np.array(weights, float), rounds=0)
        edges = {frozenset((v, p)) for v, p in above(drawn).items() if p >= 0}
        assert frozenset(twins) in edges


def test_known_copies_overrule_where_a_tree_begins() -> None:
    codes = telling_codes(collate(**FIVE))
    for source, copy, root in ((0, 4, 0), (1, 0, 1), (4, 0, 4)):
        drawn = draw_genealogy(codes, directed=[(source, copy, 3.0)], rounds=0)
        depth = dict.fromkeys(above(drawn), 0)
        for v in depth:
            p = above(drawn)[v]
            while p >= 0:
                depth[v], p = depth[v] + 1, above(drawn)[p]
        assert depth[source] < depth[copy]
        if source != 0:
            assert drawn.parents[root] == -1 or depth[root] <= 1


def test_readings_that_are_known_to_be_older_tell_where_a_tree_begins() -> None:
    codes = telling_codes(collate(**FIVE))
    for oldest in (1, 4):
        older = np.zeros((codes.shape[1], 4))
        older[np.arange(len(older)), codes[oldest]] = 2.0
        drawn = draw_genealogy(codes, older=older, rounds=0)
        assert drawn.roots[0].node == oldest


def test_where_nothing_tells_the_root_is_open() -> None:
    drawn = draw_genealogy(telling_codes(collate(**FIVE)), rounds=0)
    assert not drawn.decided
    assert len(drawn.roots) > 1
    assert drawn.parents[drawn.roots[0].node] == -1


def test_of_two_witnesses_of_which_nothing_is_known_either_may_be_the_first() -> None:
    drawn = draw_genealogy(np.array([[0, 0, 1], [0, 1, 1]], np.int32))
    assert not drawn.decided
    assert {root.node for root in drawn.roots} == {0, 1}
    assert draw_genealogy(np.array([[0, 0, 1], [0, 1, 1]], np.int32), directed=[(1, 0, 1.0)]).decided


def test_an_omission_is_the_later_state() -> None:
    """Words that one witness lacks were lost from it, rather than added in all others."""
    codes = np.zeros((3, 40), np.int32)
    codes[1, :10], codes[2, 5:20] = 1, 1
    drawn = draw_genealogy(codes, older=np.tile([0.0, np.nan], (40, 1)), rounds=0)
    assert drawn.roots[0].node == 0


def copied(seed: int, witnesses: int, changes: int) -> tuple[Ints, list[int]]:
    """Witnesses of a random tree, of which all survive, each with changes of its own at places of its own."""
    random = np.random.default_rng(seed)
    codes = np.zeros((witnesses, witnesses * changes), np.int32)
    parent = [-1]
    for v in range(1, witnesses):
        parent.append(int(random.integers(v)))
        codes[v] = codes[parent[v]]
        codes[v, v * changes : (v + 1) * changes] = 1
    return codes, parent


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 999), st.integers(3, 12), st.integers(3, 5))
def test_a_clean_tree_comes_back(seed: int, witnesses: int, changes: int) -> None:
    codes, parent = copied(seed, witnesses, changes)
    drawn = draw_genealogy(codes, directed=[(p, v, 1.0) for v, p in enumerate(parent) if p >= 0], rounds=0)
    assert drawn.parents.tolist() == parent


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 999), st.integers(4, 12))
def test_the_order_of_witnesses_does_not_matter(seed: int, witnesses: int) -> None:
    """Not even where slips contradict one another and much is missing."""
    random = np.random.default_rng(seed)
    codes, _ = copied(seed, witnesses, 2)
    codes = np.where(random.random(codes.shape) < 0.15, 1, codes).astype(np.int32)
    codes[random.random(codes.shape) < 0.1] = MISSING
    codes = codes[np.sort(distinct(codes)[0])]
    turn = random.permutation(len(codes))
    one, other = (draw_genealogy(c, rounds=4) for c in (codes, codes[turn]))
    name = np.concatenate([turn, np.arange(len(codes), len(one.parents))])
    assert len(one.parents) == len(other.parents)
    for v, p in enumerate(other.parents):
        assert one.parents[name[v]] == (name[p] if p >= 0 else -1)
        assert one.support[name[v]] == other.support[v]
    assert (one.readings == other.readings).all()
    assert [name[root.node] for root in other.roots] == [root.node for root in one.roots]


def test_an_edge_that_places_contradict_has_less_support() -> None:
    codes = np.zeros((4, 60), np.int32)
    codes[2:, :12] = 1
    for v in range(4):
        codes[v, 12 + 12 * v : 24 + 12 * v] = 1
    sure = draw_genealogy(codes)
    across = np.zeros((4, 10), np.int32)
    across[[1, 2]] = 1
    unsure = draw_genealogy(np.hstack([codes, across]))
    assert sure.support[sure.parents >= 0].min() > 0.9
    assert unsure.support.min() < 0.8


def test_a_witness_that_cannot_be_read_is_nobodys_exemplar() -> None:
    """Nor is a short fragment, though no reading of it speaks against that."""
    codes, _ = copied(3, 12, 6)
    codes = codes[[v for v in range(12) if v != 2]]
    nothing = np.full((1, codes.shape[1]), MISSING, np.int32)
    fragment = nothing.copy()
    fragment[0, :5] = codes[0, :5]
    drawn = draw_genealogy(
        np.vstack([codes, nothing, fragment]), directed=[(0, v, 1.0) for v in range(1, 11)], rounds=4
    )
    assert 11 not in drawn.parents
    assert 12 not in drawn.parents
    assert drawn.support[11] == 0


def test_support_can_be_told_without_drawing_trees_anew() -> None:
    """For large families; never above nine in ten, and lower where places contradict one another."""
    codes, parent = copied(3, 9, 6)
    clean = expected(np.array(parent, np.int32), weigh(codes, np.ones(codes.shape[1]))[0])
    noise = np.random.default_rng(5).integers(0, 2, (9, 60)).astype(np.int32)
    noisy = expected(np.array(parent, np.int32), weigh(np.hstack([codes, noise]), np.ones(codes.shape[1] + 60))[0])
    assert clean[0] == noisy[0] == 1
    assert (clean[1:] >= 0.8).all()
    assert (clean[1:] <= 0.9).all()
    assert noisy.mean() < clean.mean()


def test_a_large_family_is_drawn_as_a_small_one_is() -> None:
    codes, parent = copied(7, 330, 4)
    drawn = draw_genealogy(codes, directed=[(0, v, 1.0) for v in range(1, 330)])
    true = set(split_sets(parent, 330))
    found = split_sets(drawn.parents.tolist(), 330)
    assert sum(split in true for split in found) >= 0.99 * len(found)
    assert drawn.others == ()


def test_a_witness_copied_from_two_is_told() -> None:
    """Its first half is of one witness, its second of another."""
    codes, parent = copied(11, 6, 30)
    codes = np.hstack([codes[:, 0::2], codes[:, 1::2]])  # each half has changes of all witnesses
    a, b = [v for v in range(6) if v not in parent][:2]
    mixed = np.where(np.arange(180) < 90, codes[a], codes[b])
    drawn = draw_genealogy(np.vstack([codes, mixed]), directed=[(0, v, 1.0) for v in range(1, 7)], rounds=0)
    (second,) = [other for other in drawn.others if other.node == 6]
    assert second.parent in (a, b)
    assert second.gain >= 6


def test_where_each_has_one_exemplar_no_second_is_told() -> None:
    codes, _ = copied(4, 12, 8)
    assert draw_genealogy(codes, rounds=0).others == ()


def test_common_words_are_likely_older_than_rare_ones() -> None:
    collation = collate(a="the ferry left -", b="the ferri left noon,", c="teh ferry left noon")
    older = likely_older(collation, frequencies("en"))
    at = {reading: older[j, x] for j, here in enumerate(collation.readings) for x, reading in enumerate(here)}
    assert at["the"] > at["left"] > at["ferry"] > at["teh"] > at["ferri"] == -8
    assert at["noon,"] == at["noon"]
    assert np.isnan(at[""])
    unknown = likely_older(collation, frequencies(None))
    assert np.nanmin(unknown) == np.nanmax(unknown)
    assert np.isnan(unknown).sum() == np.isnan(older).sum()


def test_slips_point_away_from_the_root() -> None:
    """Known words became unknown ones along two lines, so that the text they came from is the first."""
    collation = collate(
        a="the ferry left the quay at nine with twelve men and their dogs on a grey morning",
        b="the ferri left the quai at nien with twelve men adn their dogs on a grey morning",
        c="the ferry left the quay at nine wiht twelve mne and thier dogs on a grey mornign",
        d="the ferry lfet the quay at nine wiht tewlve mne and thier dogs on a gerey mornign",
    )
    drawn = draw_genealogy(telling_codes(collation), older=likely_older(collation, frequencies("en")), rounds=0)
    assert drawn.decided
    assert above(drawn) == {0: -1, 1: 0, 2: 0, 3: 2}


def test_omissions_alone_decide_no_root() -> None:
    codes = np.zeros((3, 40), np.int32)
    codes[1, :10], codes[2, 5:20] = 1, 1
    drawn = draw_genealogy(codes, older=np.tile([0.0, np.nan], (40, 1)), rounds=0)
    assert not drawn.decided
