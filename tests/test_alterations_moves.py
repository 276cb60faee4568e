"""What one place lost and another gained."""

from __future__ import annotations

from collections import Counter
from itertools import product
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from stemmata.alterations import moves
from stemmata.alterations.collation import Collation, Run
from stemmata.alterations.judgement import Piece
from stemmata.alterations.moves import moved_passages, pair_moves
from tests.marked import marked


def test_a_clause_lost_here_and_gained_there_moved() -> None:
    """Words beside it stay a piece of their own."""
    source, copy = marked("if war came he fled at once"), marked("he fled at once quickly if war came")
    found = pair_moves([Piece(Run(0, 3, 0, 0)), Piece(Run(7, 7, 4, 8))], source, copy, 0.6)
    assert found.moved == [Run(0, 3, 5, 8)]
    assert found.pieces == [Piece(Run(7, 7, 4, 5))]


def test_a_word_or_two_must_be_the_same_and_near() -> None:
    far = " ".join(["word"] * 60)
    source, copy = marked(f"often {far} end"), marked(f"{far} often end")
    pieces = [Piece(Run(0, 1, 0, 0)), Piece(Run(61, 61, 60, 61))]
    assert pair_moves(pieces, source, copy, 0.6).moved == []
    source, copy = marked("often he sang there"), marked("he sang there often")
    assert pair_moves([Piece(Run(0, 1, 0, 0)), Piece(Run(4, 4, 3, 4))], source, copy, 0.6).moved == [Run(0, 1, 3, 4)]


def test_a_word_lost_and_regained_all_through_a_text_moved_each_time_to_the_nearest_place() -> None:
    """However often: *that* leaves and turns up again ten words on, a hundred times over."""
    words = " ".join(["that", *["word"] * 9, "that", *["other"] * 29] * 100)
    source = copy = marked(words)
    lost = [Piece(Run(40 * k, 40 * k + 1, 40 * k, 40 * k)) for k in range(100)]
    gained = [Piece(Run(40 * k + 10, 40 * k + 10, 40 * k + 10, 40 * k + 11)) for k in range(100)]
    found = pair_moves([*lost, *gained], source, copy, 0.6)
    assert found.moved == [Run(40 * k, 40 * k + 1, 40 * k + 10, 40 * k + 11) for k in range(100)]
    assert found.pieces == []


def test_many_runs_of_the_same_words_are_not_each_held_against_every_other() -> None:
    """Nor many that share a rare word: the work grows with the number of runs, not with its square."""
    for words in ("zebra yonder quilt", "zebra yonder quilt {}"):
        size = 400
        text = marked(" ".join(words.format(f"w{k % 7}{k}") for k in range(2 * size)))
        long = len(text.words) // (2 * size)
        lost = [Piece(Run(long * k, long * (k + 1), long * k, long * k)) for k in range(size)]
        gained = [Piece(Run(long * k, long * k, long * k, long * (k + 1))) for k in range(size, 2 * size)]
        with mock.patch.object(moves, "_alike", wraps=moves._alike) as held:
            assert pair_moves([*lost, *gained], text, text, 0.6).moved
        assert held.call_count <= 8 * size * moves.CANDIDATES


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["a", "b", "a b", "a b c", "b c a", "a b d", "a b c d"]))))
def test_runs_are_paired_as_if_each_were_held_against_every_other(runs: list[tuple[bool, str]]) -> None:
    """The most alike first, then the nearest: so they are paired where each is held against each."""
    text = marked(" ".join(words for _, words in runs))
    found, here = [], 0
    for leaves, words in runs:
        size = len(words.split())
        found.append(Piece(Run(here, here + size, here, here) if leaves else Run(here, here, here, here + size)))
        here += size
    matches = []
    for (i, one), (j, other) in product(enumerate(found), repeat=2):
        if runs[i][0] and not runs[j][0]:
            ours, theirs = runs[i][1].split(), runs[j][1].split()
            distance = abs(one.run[0] - other.run[0])
            both = (Counter(ours) & Counter(theirs)).total() / max(len(ours), len(theirs))
            if ours == theirs and distance <= 40 if min(len(ours), len(theirs)) < 3 else both >= 0.6:
                matches.append((-both, distance, i, j))
    taken: set[int] = set()
    expected = []
    for _, _, i, j in sorted(matches):
        if not taken & {i, j}:
            taken |= {i, j}
            expected.append((i, j))
    owner = [k for k, (_, words) in enumerate(runs) for _ in words.split()]
    pairs = [(owner[run.source_first], owner[run.copy_first]) for run in pair_moves(found, text, text, 0.6).moved]
    assert sorted(pairs) == sorted(expected)


def test_near_is_near_across_any_stretch() -> None:
    """Forty words apart is near wherever the two stand, and forty-one is not."""
    text = marked(" ".join(["often"] * 130))
    for place in range(40, 80):
        for distance in (-40, 40, 41):
            other = place + distance
            pieces = [Piece(Run(place, place + 1, place, place)), Piece(Run(other, other, other, other + 1))]
            assert bool(pair_moves(pieces, text, text, 0.6).moved) == (distance <= 40), (place, distance)


def test_a_substitution_is_no_move() -> None:
    source, copy = marked("red boats and blue"), marked("blue boats and red")
    pieces = [Piece(Run(0, 1, 0, 1)), Piece(Run(3, 4, 3, 4))]
    assert pair_moves(pieces, source, copy, 0.6) == (pieces, [])


def test_passages_out_of_order_moved_and_the_fewest_words_are_said_to_have() -> None:
    long, short = Collation.of((0, 90), (20, 110), [], [], []), Collation.of((90, 110), (0, 20), [], [], [])
    assert moved_passages([long, short]) == [Run(90, 110, 0, 20)]
    assert moved_passages([long]) == []
    assert moved_passages([]) == []
