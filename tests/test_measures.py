"""Figures of an aligned passage: what tells one kind of reuse from another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from stemmata.kernels.edits import DELETE, INSERT, MATCH, MOVE, RESTYLE, SUBSTITUTE
from stemmata.measures import BLOCK, PHRASE, Features, measure, without_edges
from stemmata.passages.wording import mirrored
from stemmata.tokens import Words, hash_words, words_of
from tests.test_kernels_edits import Sides, sides

FRAME = hash_words(["the", "of", "and", "a", "to", "in", "was", "it"])
FRAME.sort()
SENTENCE = "the keeper of the lamp saw a ship in the storm and it was lost to the reef"  # 18 words


def rows(*runs: tuple[int, int, int]) -> NDArray[np.int32]:
    """Edits that tile both texts, from (op, words of a, words of b)."""
    table, i, j = [], 0, 0
    for op, in_a, in_b in runs:
        table.append((op, i, i + in_a, j, j + in_b))
        i, j = i + in_a, j + in_b
    return np.array(table, np.int32).reshape(-1, 5)


def figures(a: str, b: str, *runs: tuple[int, int, int], names: bool = True) -> Features:
    """The figures of two short texts whose edits are given."""
    sides = words_of(a), words_of(b)
    assert (sum(r[1] for r in runs), sum(r[2] for r in runs)) == (len(sides[0]), len(sides[1]))
    return measure(rows(*runs), *sides, FRAME, names=names)


def test_equal_texts_have_nothing_changed() -> None:
    f = figures(SENTENCE, SENTENCE, (MATCH, 18, 18))
    assert f == Features(
        words=18, identity=1, frame=0, windows=0, substituted=0, one_for_one=0, run=18, longest=18, phrased=14,
        changed=0, moved=0, numbers=0, numbers_kept=0, names=0, names_kept=0,
    )  # fmt: skip
    assert (f.facts, f.facts_kept) == (0, 1)


def test_a_word_for_a_word() -> None:
    """One of six content words, in the only window; the frame matches whole."""
    f = figures(SENTENCE, SENTENCE.replace("ship", "boat"), (MATCH, 7, 7), (SUBSTITUTE, 1, 1), (MATCH, 10, 10))
    assert (f.words, f.changed, f.one_for_one, f.windows) == (18, 2, 1, 1)
    assert f.identity == pytest.approx(17 / 18)
    assert (f.run, f.longest, f.phrased) == (17 / 2, 10, 17 - 2 * PHRASE)
    assert f.substituted == pytest.approx(1 / 7)
    assert f.frame == pytest.approx(1 - 6 / 7)


def test_restyled_and_moved_words_are_not_changed() -> None:
    a = "the lamp was lit ten nights in a row and then no more"
    f = figures(a, a.replace("ten", "10"), (MATCH, 4, 4), (RESTYLE, 1, 1), (MATCH, 8, 8))
    assert (f.changed, f.identity, f.run) == (0, 1, 13)
    moved = np.array([(MOVE, 0, 4, 3, 7), (MATCH, 4, 7, 0, 3)], np.int32)
    turned = measure(moved, words_of("a b c d e f g"), words_of("e f g a b c d"), FRAME)
    assert (turned.changed, turned.moved, turned.verbatim, f.verbatim) == (0, 4, False, True)


def test_a_long_replacement_is_not_one_for_one() -> None:
    """Up to two words by up to three count as a swap; what stands between two matches counts as one."""

    def share(in_a: int, in_b: int) -> float:
        words = ["w"] * 20
        return figures(
            " ".join(words[: 10 + in_a]),
            " ".join(words[: 10 + in_b]),
            (MATCH, 5, 5),
            (SUBSTITUTE, in_a, in_b),
            (MATCH, 5, 5),
        ).one_for_one

    assert [share(1, 1), share(2, 3), share(3, 2)] == [1, 1, 1]
    assert [share(3, 3), share(1, 4)] == [0, 0]
    cut = figures("x a b c", "y a b c", (DELETE, 1, 0), (INSERT, 0, 1), (MATCH, 3, 3))
    assert cut.one_for_one <= 1
    split = figures("a b x c", "a b y z c", (MATCH, 2, 2), (SUBSTITUTE, 1, 1), (INSERT, 0, 1), (MATCH, 1, 1))
    assert split.one_for_one == 1


def test_long_blocks_of_one_side_are_left_out() -> None:
    """Twelve words and more do not count as the passage's own words, though they keep it from being verbatim.

    Words cut at a passage's ends do neither.
    """
    words = " w" * 40

    def measured(*runs: tuple[int, int, int]) -> tuple[float, int]:
        f = figures(words[: 2 * sum(r[1] for r in runs)], words[: 2 * sum(r[2] for r in runs)], *runs)
        return f.identity, f.changed

    assert measured((MATCH, 5, 5), (INSERT, 0, BLOCK), (MATCH, 5, 5)) == (1.0, BLOCK)
    assert measured((MATCH, 5, 5), (INSERT, 0, BLOCK - 1), (MATCH, 5, 5)) == (20 / 31, BLOCK - 1)
    assert measured((DELETE, 3, 0), (MATCH, 5, 5), (INSERT, 0, 2)) == (1.0, 0)


def test_runs_are_measured_until_either_side_breaks() -> None:
    """Short ones are what any two texts on a subject share; of a longer one the words from the fifth count."""
    words = " w" * 40

    def measured(*runs: tuple[int, int, int]) -> tuple[float, int, int]:
        f = figures(words[: 2 * sum(r[1] for r in runs)], words[: 2 * sum(r[2] for r in runs)], *runs)
        return f.run, f.longest, f.phrased

    assert measured((MATCH, 4, 4), (INSERT, 0, 1), (MATCH, 4, 4)) == (4, 4, 0)
    assert measured((MATCH, 4, 4), (RESTYLE, 2, 2), (MATCH, 3, 3)) == (9, 9, 5)
    assert measured((MATCH, 9, 9), (DELETE, 1, 0), (MATCH, 5, 5), (SUBSTITUTE, 2, 2), (MATCH, 1, 1)) == (5, 9, 6)


def test_facts_are_numbers_and_names() -> None:
    """Counted on the side that has fewer; a capital at a sentence's beginning is no name."""
    a = "Later the steamer Halcyon sank in 1912 with 27 aboard"
    b = "Later the steamer Belle sank in 1912 with 31 aboard"
    f = figures(a, b, (MATCH, 3, 3), (SUBSTITUTE, 1, 1), (MATCH, 4, 4), (SUBSTITUTE, 1, 1), (MATCH, 1, 1))
    assert (f.numbers, f.numbers_kept, f.names, f.names_kept) == (2, 1, 1, 0)
    assert f.facts == 3
    assert f.facts_kept == pytest.approx(1 / 3)


def test_common_words_are_neither_names_nor_numbers() -> None:
    """Whatever they are written with; titles have capitals throughout."""
    a = "Later The Halcyon Was Lost In The Storm"
    assert figures(a, a, (MATCH, 8, 8)).names == 3


def test_capitals_are_no_names_where_every_noun_has_one() -> None:
    """Numbers are counted in every language."""
    a, b = "Gestern lief der Dampfer mit 27 Leuten aus", "Gestern lief der Kutter mit 27 Leuten aus"
    f = figures(a, b, (MATCH, 3, 3), (SUBSTITUTE, 1, 1), (MATCH, 4, 4), names=False)
    assert (f.numbers, f.numbers_kept, f.names) == (1, 1, 0)
    assert figures(a, b, (MATCH, 3, 3), (SUBSTITUTE, 1, 1), (MATCH, 4, 4)).names == 2


def test_facts_are_asked_of_the_side_that_has_fewer() -> None:
    """A name that an editor put in is no fact that was lost, whichever side he wrote."""
    a, b = "Later the steamer Halcyon sank", "Later the steamer Halcyon of Oban sank"
    for x, y, change in ((a, b, (INSERT, 0, 2)), (b, a, (DELETE, 2, 0))):
        f = figures(x, y, (MATCH, 4, 4), change, (MATCH, 1, 1))
        assert (f.names, f.names_kept) == (1, 1)


def test_words_of_one_side_at_the_bounds_are_cut_off() -> None:
    """All edits go where nothing matches, and none where both ends do."""
    cut = without_edges(
        rows((DELETE, 3, 0), (INSERT, 0, 2), (MATCH, 5, 5), (INSERT, 0, 1), (MATCH, 1, 1), (DELETE, 1, 0))
    )
    assert cut[:, 0].tolist() == [MATCH, INSERT, MATCH]
    assert len(without_edges(rows((DELETE, 3, 0), (INSERT, 0, 2)))) == 0
    whole = rows((MATCH, 2, 2), (DELETE, 1, 0), (MATCH, 1, 1))
    assert without_edges(whole).tolist() == whole.tolist()


def test_no_edits_have_figures_all_the_same() -> None:
    f = measure(rows(), words_of(""), words_of(""), FRAME)
    assert (f.words, f.identity, f.run, f.longest, f.phrased, f.facts_kept) == (0, 0, 0, 0, 0, 1)


@given(sides)
def test_shares_are_shares_and_sides_are_alike(pair: Sides) -> None:
    """From 0 to 1; exchanging the sides changes nothing where no words moved."""
    edits = np.array(_numbered(pair), np.int32).reshape(-1, 5)
    a, b = _words(pair.a), _words(pair.b)
    frame = np.arange(10, dtype=np.uint64)
    f = measure(edits, a, b, frame)
    shares = (f.identity, f.windows, f.substituted, f.one_for_one, f.facts_kept)
    assert all(0 <= share <= 1 for share in shares)
    assert -1 <= f.frame <= 1
    assert f.numbers_kept <= f.numbers <= f.facts
    assert f.names_kept <= f.names <= f.facts
    assert f.phrased <= f.longest * len(edits)
    if MOVE not in edits[:, 0]:
        assert measure(mirrored(edits), b, a, frame) == f


def _numbered(pair: Sides) -> list[tuple[int, ...]]:
    names = ("match", "restyle", "substitute", "insert", "delete", "move")
    return [(names.index(op), *spans) for op, *spans in pair.edits()]


def _words(ids: NDArray[np.int32]) -> Words:
    none = np.zeros(len(ids), np.int32)
    return Words(none, none, ids.astype(np.uint64), ids.astype(np.uint32), (ids % 5 == 0).astype(np.uint8) * 4)
