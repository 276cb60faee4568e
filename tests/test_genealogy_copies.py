"""Trees of copies that are mostly there."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from stemmata.collating.collation import Collation
from stemmata.genealogy.branches import Branches, branch_copies
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


def drawn_of(texts: dict[str, str], directed: dict[tuple[str, str], float] | None = None) -> Branches:
    """The tree of texts of which each word has a place by itself; all are of one length, a dash being nothing."""
    rows = zip(*(text.split() for text in texts.values()), strict=True)
    collation = Collation.of(list(texts), [["" if word == "-" else word for word in row] for row in rows])
    return branch_copies(collation, "f", directed=directed or {})


def test_who_stands_between_two_others_is_no_sure_root() -> None:
    """Of three texts in a line the middle one reads with most, whichever end the line began at."""
    first = " ".join(f"w{n:03}" for n in range(40))
    second = first.replace("w003", "x3").replace("w020", "x20")
    third = second.replace("w030", "x30")
    drawn = drawn_of({"a": first, "b": second, "c": third})
    assert max(drawn.sure[doc] for doc, above in drawn.parents.items() if above is None) < 0.9


def test_what_is_known_of_two_texts_goes_before_what_most_have() -> None:
    """The first text has a sentence that its copies left out; its copy was copied in turn."""
    words = [f"w{n:03}" for n in range(60)]
    cut = words[:20] + ["-"] * 12 + words[32:]
    texts = {"a": words, "b": [*cut[:-1], "x"], "c": [*cut[:-2], "y", "x"]}
    odds = {("a", "b"): 0.89, ("b", "c"): 0.89, ("a", "c"): 0.89}
    drawn = drawn_of({doc: " ".join(own) for doc, own in texts.items()}, odds)
    assert drawn.parents == {"a": None, "b": "a", "c": "b"}


def test_copies_of_one_absent_text_have_it_as_their_source_and_no_tree_of_absent_ones() -> None:
    """Each has slips of its own, and the places where it has none are what the others have as well."""
    draw = random.Random(3)
    first = [f"w{n:03}" for n in range(300)]
    texts = {}
    for copy in range(20):
        own = first.copy()
        for place in draw.sample(range(300), 20):
            own[place] = f"x{draw.randrange(10**6)}"
        texts[f"c{copy:02}"] = " ".join(own)
    drawn = drawn_of(texts)
    assert len(drawn.lost) <= 2
    assert sum(above in drawn.lost for above in drawn.parents.values()) >= 19


def test_of_equal_texts_the_one_that_is_known_to_be_the_source_stands_above_the_other_whatever_they_are_called() -> (
    None
):
    first = " ".join(f"w{n:03}" for n in range(40))
    for source, copy in (("a", "b"), ("b", "a")):
        drawn = drawn_of({"a": first, "b": first, "c": first.replace("w003", "x")}, {(source, copy): 0.97})
        assert (drawn.parents[source], drawn.parents[copy]) == (None, source)
        assert drawn.sure[copy] == pytest.approx(0.97)
