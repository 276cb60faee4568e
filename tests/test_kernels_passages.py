"""Passages: grown around a seed and sharpened, as the method's description has it."""

from __future__ import annotations

import random

import numpy as np
import pytest

from stemmata.kernels.passages import find_passages
from stemmata.kernels.postings import postings
from stemmata.kernels.seeds import CELL
from tests.oracles.passages import Text, grow_passage

TYPES = 400
COMMON = 20  # types that stand everywhere, as function words do


class Texts:
    """Two texts of word types in sentences, with a passage of 120 words that both hold, reworded in b."""

    def __init__(self, seed: int, changed: float) -> None:
        self.rng = random.Random(seed)
        passage = self.words(120)
        reworded = [self.words(1)[0] if self.rng.random() < changed else word for word in passage]
        self.a = [*self.words(170), *passage, *self.words(90)]
        self.b = [*self.words(60), *reworded, *self.words(130)]
        self.frequency = [0.02 if t < COMMON else 2e-4 for t in range(TYPES)]
        self.weight = [min(5.0, -float(np.log(f))) for f in self.frequency]
        self.bonus_a, self.bonus_b = (
            [2.5 if k % 10 == 0 else -2.5 for k in range(len(x) + 1)] for x in (self.a, self.b)
        )

    def words(self, count: int) -> list[int]:
        return [self.rng.randrange(COMMON if self.rng.random() < 0.4 else TYPES) for _ in range(count)]

    def find(self, cells: list[tuple[int, int]], tries: int = 40) -> list[list[float]]:
        a, b = np.array(self.a, np.int32), np.array(self.b, np.int32)
        columns = len(b) // CELL + 1
        seeds = np.array([row * columns + column for row, column in cells], np.int64)
        rows: list[list[float]] = find_passages(
            a, b, *postings(a, TYPES), *postings(b, TYPES), np.array(self.frequency), np.array(self.weight),
            np.array(self.bonus_a), np.array(self.bonus_b), seeds, columns, tries,
        ).tolist()  # fmt: skip
        return rows


@pytest.mark.parametrize("changed", [0.0, 0.2, 0.5])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_passage_is_grown_as_the_method_says(seed: int, changed: float) -> None:
    texts = Texts(seed, changed)
    row, column = 180 // CELL, 70 // CELL
    box, *figures = grow_passage(
        Text(texts.a, texts.bonus_a), Text(texts.b, texts.bonus_b), texts.frequency, texts.weight, row, column
    )
    assert texts.find([(row, column)]) == [pytest.approx([*box, *figures])]
    assert box == (170, 290, 60, 180)


def test_a_seed_inside_an_earlier_passage_is_not_tried() -> None:
    """The second seed lies in what the first grew to; the third does not."""
    texts = Texts(3, 0.0)
    first, inside, elsewhere = (180 // CELL, 70 // CELL), (240 // CELL, 130 // CELL), (20 // CELL, 230 // CELL)
    assert texts.find([first, inside]) == texts.find([first])
    assert len(texts.find([first, inside, elsewhere])) > 1


def test_no_more_seeds_are_tried_than_asked_for() -> None:
    texts = Texts(3, 0.0)
    assert len(texts.find([(1, 12), (180 // CELL, 70 // CELL)], tries=1)) == 1


def test_a_seed_at_the_very_end_is_no_passage() -> None:
    """Under eight words there is nothing to grow from."""
    texts = Texts(3, 0.0)
    texts.a = texts.a[: 23 * CELL + 5]
    assert texts.find([(23, 4)]) == []
