"""A run taken apart: each alteration a piece of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from unittest import mock

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from stemmata.alterations import pieces as taken_apart
from stemmata.alterations.collation import Run
from stemmata.alterations.judgement import Case, Side
from stemmata.alterations.pieces import split_run
from stemmata.alterations.plain_runs import other_word, plain_pieces
from stemmata.alterations.rules import RULES, judge
from stemmata.tokens import hash_words
from tests import marked as texts

NAMES = np.sort(hash_words(["Fla", "Florida", "Kiel", "Lund"]))
marked = partial(texts.marked, names=NAMES)


def pieces(source: str, copy: str) -> list[tuple[str, str, bool]]:
    """Return the pieces of two texts that are one run, as what stands there, and whether it is the same."""
    sides = [marked(source), marked(copy)]
    run = Run(0, len(sides[0].words), 0, len(sides[1].words))
    return [
        (sides[0].slice(*piece.run[:2]), sides[1].slice(*piece.run[2:]), piece.same) for piece in split_run(run, *sides)
    ]


def test_words_exchanged_one_for_one_are_a_piece_each() -> None:
    assert pieces("old boats sank", "ancient ships sank") == [("old", "ancient", False), ("boats", "ships", False)]


def test_words_lost_or_gained_beside_others_make_one_piece() -> None:
    assert pieces("the clerk gave up", "the clerk surrendered") == [("gave up", "surrendered", False)]


def test_a_value_is_a_piece_of_its_own() -> None:
    """However its neighbours changed."""
    assert pieces("killed 30 sailors", "murdered 40 seamen") == [
        ("killed", "murdered", False),
        ("30", "40", False),
        ("sailors", "seamen", False),
    ]


def test_the_same_in_another_form_is_marked_so() -> None:
    assert pieces("does not sail", "doesn't drift") == [("does not", "doesn't", True), ("sail", "drift", False)]
    assert pieces("Feb. 10", "10 February") == [("Feb. 10", "10 February", True)]


def test_half_a_contraction_cannot_be_altered() -> None:
    """The word is one piece, with what it became."""
    assert pieces("he doesn't sail", "he does sail") == [("doesn't", "does", False)]


def test_a_phrase_is_altered_as_a_whole() -> None:
    """*A few* is not *few*."""
    assert pieces("a few boats", "few boats") == [("a few", "few", False)]


def test_a_sentence_boundary_parts_two_alterations() -> None:
    assert pieces("it rains. However he sails", "it pours. But he sails") == [
        ("rains", "pours", False),
        ("However", "But", False),
    ]


def test_a_very_long_run_is_one_piece() -> None:
    words = [f"word{chr(97 + k % 26)}{chr(97 + k // 26)}" for k in range(100)]
    assert len(pieces(" ".join(words), " ".join(word + "x" for word in words))) == 1


LISTED = """
    boat Boat boats colour color don't he's ten 10 US TV television happy unhappy careful careless not all some more
    less II 2 second Fla Florida said because grey gray may must u.s. co-operate cooperate 3rd third May 1951 half
    Lund Kiel
"""
WORDS = st.sampled_from(LISTED.split())
SIGNED = st.tuples(WORDS, st.sampled_from(["{}"] * 8 + ["{}.", "“{}", "{}”", "“{}”"])).map(
    lambda one: one[1].format(one[0])
)
RUNS = st.lists(SIGNED, max_size=5).map(" ".join)


@given(RUNS, RUNS)
@example("old boats", "ancient ships")
@example("boats", "old grey ships")
@example("“happy”", "“careful”")
@example("happy", "unhappy")
@example("Lund sank", "Kiel")
@example("web site", "website")
@example("GB", "grey boats")
@example("quietly harbours sailings masters", "harboured sailors mastered slowly")
@example("grey boats sank. Gulls", "ships drift. Birds")
def test_the_shorter_ways_say_the_same(first: str, second: str) -> None:
    """As the way for runs with names and values, and as all the rules in their order."""
    source, copy = marked(first), marked(second)
    run = Run(0, len(source.words), 0, len(copy.words))
    found = split_run(run, source, copy)
    with mock.patch.object(taken_apart, "plain_pieces", return_value=None):
        longer = split_run(run, source, copy)
    assert [piece[:3] for piece in found] == [piece[:3] for piece in longer]
    for piece, other in zip(found, longer, strict=True):
        case = Case(piece, Side(source, *piece.run[:2]), Side(copy, *piece.run[2:]), 5)
        every = (rule(replace(case, piece=other)) for rule in RULES)
        claimed = next((judgement for judgement in every if judgement), None)
        assert judge(case) == (claimed or judge(case))
        assert claimed or judge(case).type == "wording"
        assert other_word(piece, source, copy) in (None, judge(case))


def test_most_words_of_a_spun_text_go_the_shorter_ways() -> None:
    """Else they would be held against nothing."""
    source, copy = marked("grey boats drifted"), marked("pale ships wandered")
    found = plain_pieces(Run(0, 3, 0, 3), source, copy)
    assert found is not None
    assert len(found) == 3
    assert all(other_word(piece, source, copy) for piece in found)
