"""Trees of copies that are mostly there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from stemmata.collating.collation import Collation
from stemmata.genealogy.copies import draw_copies

TEXT = ["the", "ferry", "left", "at", "noon", "and", "came", "back", "with", "the", "tide"]


def test_whoever_has_a_passage_where_its_source_put_it_was_copied_from_that() -> None:
    """The source differs from the first text by nothing else; another copy of the first text has the passage there."""
    names = ("first", "mover", "copy", "other")
    texts = [TEXT, TEXT, [*TEXT[:-1], "flood"], ["a", *TEXT[1:]]]
    collation = Collation.of(names, list(zip(*texts, strict=True)))
    moved = collation.moved.copy()
    moved[[1, 2], 6:] = True
    drawn = draw_copies(replace(collation, moved=moved), np.full((len(TEXT), 2), np.nan), {(0, 3): 3.0})
    parents = {name: names[above] for name, above in zip(names, drawn.parents, strict=True) if above >= 0}
    assert parents["copy"] == "mover"
    assert parents["other"] == "first"
