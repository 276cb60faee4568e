"""What one place lost and another gained."""

from __future__ import annotations

from stemmata.alterations.collation import Collation, Run
from stemmata.alterations.judgement import Piece
from stemmata.alterations.moves import moved_passages, pair_moves
from tests.marked import marked


def test_a_clause_lost_here_and_gained_there_moved() -> None:
    """Words beside it stay a piece of their own."""
    source, copy = marked("if war came he fled at once"), marked("he fled at once quickly if war came")
    moves = pair_moves([Piece(Run(0, 3, 0, 0)), Piece(Run(7, 7, 4, 8))], source, copy, 0.6)
    assert moves.moved == [Run(0, 3, 5, 8)]
    assert moves.pieces == [Piece(Run(7, 7, 4, 5))]


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
    moves = pair_moves([*lost, *gained], source, copy, 0.6)
    assert moves.moved == [Run(40 * k, 40 * k + 1, 40 * k + 10, 40 * k + 11) for k in range(100)]
    assert moves.pieces == []


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
