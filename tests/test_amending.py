"""Corrections applied to places: moved words go back to their counterparts, unless a correction names them."""

from __future__ import annotations

import numpy as np
import pytest

from stemmata.collating.amending import amend_places
from stemmata.collating.corrections import Correction
from stemmata.collating.places import Places
from stemmata.errors import SourceError

NAMES = ["A", "B"]
WORDS = [text.split() for text in ("one two three four five six", "four five one two three six")]
PLACES = Places(  # B has "four five" before the others: it is moved
    (np.arange(6, dtype=np.int32), np.array([3, 4, 0, 1, 2, 5], np.int32)),
    (np.zeros(6, np.int32), np.array([4, 5, 0, 0, 0, 0], np.int32)),
    6,
)


def amended(*corrections: Correction) -> tuple[list[list[int]], list[list[int]], int]:
    places = amend_places(PLACES, WORDS, NAMES, corrections).places
    return [own.tolist() for own in places.place], [own.tolist() for own in places.moved], places.count


def test_without_corrections_nothing_is_touched() -> None:
    assert amend_places(PLACES, WORDS, NAMES, []).places is PLACES


def test_moved_words_that_nobody_names_stay_with_their_counterparts() -> None:
    """Though places have other numbers: B's "three" now has one of its own."""
    place, moved, count = amended(Correction("B", "two *three*"))
    assert count == 7
    assert place[1][0] == place[0][3]
    assert place[1][1] == place[0][4]
    assert place[1][4] not in place[0]
    assert moved[1] == [place[1][0] + 1, place[1][1] + 1, 0, 0, 0, 0]


def test_a_moved_word_that_a_correction_names_stands_where_it_says() -> None:
    place, moved, count = amended(Correction("B", "*four five* one"))
    assert moved[1] == [0] * 6
    assert place[1] == [0, 1, 2, 3, 4, 7]
    assert place[0] == [2, 3, 4, 5, 6, 7]
    assert count == 8


def test_a_word_set_beside_a_moved_one_keeps_it_there() -> None:
    place, moved, _ = amended(Correction("A", "*one*", "B", "*four*"), Correction("B", "*one*"))
    assert place[0][0] == place[1][0]
    assert moved[1][0] == 0
    assert moved[1][1] == place[1][1] + 1 == place[0][4] + 1


def test_places_ascend_in_each_witness_but_for_moved_words() -> None:
    place, moved, count = amended(Correction("B", "*five*"), Correction("A", "*six*"))
    for own, aside in zip(place, moved, strict=True):
        stayed = [at for at, turned in zip(own, aside, strict=True) if not turned]
        assert stayed == sorted(set(stayed))
    assert {at for own in place for at in own} == set(range(count))


def test_what_does_not_fit_is_passed_over() -> None:
    assert [
        row["uri"] for row in amend_places(PLACES, WORDS, NAMES, [Correction("B", "seven", where="x")]).skipped
    ] == ["x"]


def test_contradictions_are_refused() -> None:
    with pytest.raises(SourceError, match="contradict"):
        amended(Correction("B", "*one*"), Correction("B", "four five *one*"))
