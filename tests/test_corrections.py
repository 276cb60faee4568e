"""Corrections of a collation: which words stand beside each other, by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.collating.corrections import Correction, correct_places, read_corrections
from stemmata.errors import SchemaError, SourceError

AENEID = {
    "A": "arma virumque cano Troiae qui primus ab oris",
    "B": "arma uirumque canit Troie primus ab oris et oris",
    "C": "Troiae qui primus ab oris",
}
ALIGNED = {"A": [0, 1, 2, 3, 4, 5, 6, 7], "B": [0, 1, 2, 3, 5, 6, 7, 8, 9], "C": [3, 4, 5, 6, 7]}


def table(corrections: list[Correction], aligned: dict[str, list[int]] = ALIGNED) -> tuple[list[str], list[str]]:
    """The collation, a row for each witness, and why corrections were passed over."""
    words = [text.split() for text in AENEID.values()]
    place = [np.array(own, np.int32) for own in aligned.values()]
    corrected = correct_places(place, words, list(AENEID), corrections)
    width = 1 + max(int(own[-1]) for own in corrected.place)
    rows = []
    for own, its in zip(corrected.place, words, strict=True):
        cells = dict(zip(own.tolist(), its, strict=True))
        rows.append(" ".join(cells.get(n, "-") for n in range(width)))
    return rows, [row["reason"] for row in corrected.skipped]


def test_without_corrections_words_stand_as_they_stood() -> None:
    assert table([]) == (
        [
            "arma virumque cano Troiae qui primus ab oris - -",
            "arma uirumque canit Troie - primus ab oris et oris",
            "- - - Troiae qui primus ab oris - -",
        ],
        [],
    )


def test_a_word_is_set_beside_another() -> None:
    """B's *et oris* was taken for an addition; it is the reading, and *oris* before it the addition."""
    rows, skipped = table([Correction("B", "*oris* et", ""), Correction("B", "et *oris*", "A", "oris")])
    assert not skipped
    assert rows == [
        "arma virumque cano Troiae qui primus ab - - oris",
        "arma uirumque canit Troie - primus ab oris et oris",
        "- - - Troiae qui primus ab - - oris",
    ]


def test_a_word_is_given_a_place_of_its_own() -> None:
    rows, _ = table([Correction("B", "canit")])
    assert [row.split()[2:4] for row in rows] == [["cano", "-"], ["-", "canit"], ["-", "-"]]


def test_several_words_are_moved_at_once() -> None:
    shifted = ALIGNED | {"C": [10, 11, 12, 13, 14]}
    rows, _ = table([Correction("C", "Troiae qui primus ab oris", "A", "Troiae qui primus ab oris")], shifted)
    assert rows == table([])[0]


def test_case_and_signs_do_not_matter_for_what_is_found() -> None:
    assert table([Correction("B", "CANIT, *troie*")])[1] == []


def test_places_without_words_are_gone() -> None:
    apart = ALIGNED | {"B": [0, 1, 2, 3, 5, 6, 7, 20, 30]}
    assert table([], apart) == table([])


@pytest.mark.parametrize(
    ("correction", "why"),
    [
        (Correction("B", "cano"), "'cano' is not read in it"),
        (Correction("B", "oris"), "'oris' stands 2 times in it"),
        (Correction("B", "canit", "A", "canit"), "no longer fits 'A'"),
        (Correction("D", "cano"), "there is no witness 'D'"),
        (Correction("B", "canit", "D", "cano"), "there is no witness 'D'"),
        (Correction("B", "uirum*que* canit"), "is not read in it"),
    ],
)
def test_a_correction_that_no_longer_fits_the_texts_is_passed_over_and_said(correction: Correction, why: str) -> None:
    rows, (reason,) = table([correction])
    assert why in reason
    assert rows == table([])[0]


@pytest.mark.parametrize(
    ("corrections", "what"),
    [
        (
            [Correction("B", "canit", where="c.csv, line 2"), Correction("B", "canit", "A", "cano")],
            "contradict each other",
        ),
        (
            [Correction("B", "canit", "A", "cano"), Correction("A", "cano", where="c.csv, line 3")],
            "contradict each other",
        ),
        (
            [Correction("B", "canit", "A", "Troiae", where="c.csv, line 2")],
            "'canit' and 'Troie' of 'B' would stand at one place",
        ),
        ([Correction("B", "arma", "A", "oris", where="c.csv, line 2")], "'arma' and 'oris' of 'B'"),
        ([Correction("C", "qui", "A", "arma", where="c.csv, line 2")], "out of their order, near 'qui' of 'C'"),
    ],
)
def test_what_no_collation_can_have_is_refused(corrections: list[Correction], what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        table(corrections)
    assert "c.csv, line" in caught.value.where
    assert caught.value.mend


def test_a_word_that_moves_in_an_earlier_row_takes_along_what_is_set_beside_it_later() -> None:
    rows, _ = table([Correction("A", "cano"), Correction("B", "canit", "A", "cano")])
    assert [row.split()[2] for row in rows] == ["cano", "canit", "-"]


LENGTHS = st.integers(1, 8)
MINE, ITS = ([first + last for last in "bdfghjkln"] for first in "ai")


@given(LENGTHS, LENGTHS, st.data())
def test_whatever_goes_in_the_order_of_both_can_be_said_and_then_stands_so(
    one: int, other: int, data: st.DataObject
) -> None:
    """At first no word of A stands beside one of B."""
    words = [MINE[:one], ITS[:other]]
    some = data.draw(st.integers(0, min(one, other)))
    a, b = (sorted(data.draw(st.permutations(range(length)))[:some]) for length in (one, other))
    place = [np.arange(one, dtype=np.int32), np.arange(one, one + other, dtype=np.int32)]
    rows = data.draw(st.permutations([Correction("A", MINE[m], "B", ITS[n]) for m, n in zip(a, b, strict=True)]))
    mine, its = correct_places(place, words, ["A", "B"], rows).place
    assert mine[a].tolist() == its[b].tolist()
    assert (np.diff(mine) > 0).all()
    assert (np.diff(its) > 0).all()
    assert set(np.concatenate([mine, its])) == set(range(one + other - some))


@given(LENGTHS, st.data())
def test_what_goes_against_the_order_is_refused(length: int, data: st.DataObject) -> None:
    words = [MINE[: length + 1], ITS[: length + 1]]
    low, high = sorted(data.draw(st.permutations(range(length + 1)))[:2])
    place = [np.arange(0, length + 1, dtype=np.int32), np.arange(length + 1, 2 * length + 2, dtype=np.int32)]
    crossed = [Correction("A", MINE[low], "B", ITS[high]), Correction("A", MINE[high], "B", ITS[low])]
    with pytest.raises(SourceError, match="out of their order"):
        correct_places(place, words, ["A", "B"], crossed)


def test_corrections_come_from_a_table(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    rows = (
        'witness,words,beside,its_words,note\nC,cano *Troie* qui,A,"cano, *Troiae* qui",\nB,*atque* litora,,,a gloss\n'
    )
    path.write_text(rows, "utf-8")
    first, second = read_corrections(path)
    assert (first.witness, first.words, first.beside, first.its_words) == (
        "C",
        "cano *Troie* qui",
        "A",
        "cano, *Troiae* qui",
    )
    assert (second.beside, second.note) == ("", "a gloss")
    assert second.where.endswith("corrections.csv, line 3")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("B,cano,A,", "nothing in 'its_words'"),
        ("B,cano,,canit", "nothing in 'beside'"),
        ("B,cano,B,canit", "sets a witness beside itself"),
        ("B,,,", "no words are marked in it"),
        ("B,*cano,,", "a mark is alone"),
        ("B,** cano,,", "no words are marked in it"),
        ("B,cano Troiae,A,cano", "sets 2 words beside 1"),
    ],
)
def test_what_is_no_correction_is_refused_by_file_and_line(tmp_path: Path, row: str, what: str) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(f"witness,words,beside,its_words\n{row}\n", "utf-8")
    with pytest.raises(SourceError, match=what) as caught:
        read_corrections(path)
    assert caught.value.where.endswith("corrections.csv, line 2")
    assert caught.value.mend


@pytest.mark.parametrize("own", [[0, 1], [0, 2, 1], [0, 1, 1]])
def test_places_are_as_many_as_words_and_ascend(own: list[int]) -> None:
    with pytest.raises(SchemaError, match="do not ascend"):
        correct_places([np.array(own, np.int32)], [["a", "b", "c"]], ["A"], [])
