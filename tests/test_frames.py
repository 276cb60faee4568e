"""What stands around a text on its page, and that it tells of no text."""

from __future__ import annotations

import random

import numpy as np
import pytest

import stemmata as st
from stemmata.collating.collation import Collation
from stemmata.collating.frames import Frames
from stemmata.genealogy.branches import branch_copies
from tests.articles import ORCHARD

SHARE, COMMENT = "Share this article with your friends.", "Leave a comment below and tell us what you think."


def test_lines_of_pages_that_all_copies_have_are_from_no_lost_text() -> None:
    """Four copies with words of their own were put on one site, with its lines; the first text has none."""
    draw = random.Random(4)
    copies = {}
    for copy in range(4):
        words = ORCHARD.split(" ")
        for place in draw.sample(range(len(words)), 12):
            words[place] = draw.choice(("quay", "ballast", "winch", "pilot", "mooring"))
        copies[f"copy{copy}"] = "\n\n".join([SHARE, " ".join(words), COMMENT])
    trace = st.trace([st.Text(text, doc=doc) for doc, text in {"first": ORCHARD, **copies}.items()])
    assert "lost" not in trace.stemma["role"].to_pylist()
    parents = dict(zip(trace.stemma["doc"].to_pylist(), trace.stemma["parent"].to_pylist(), strict=True))
    assert set(parents.values()) <= {"first", None}


def test_a_headline_that_some_readers_leave_in_the_text_is_neither_there_nor_left_out() -> None:
    """By it no copy is told from its source; without it the same words would be a passage that the first text lacks."""
    body = [f"w{n}" for n in range(30)]
    head = ["Ferry", "runs", "aground", "at", "night"]
    rows = [[*head, *body], [""] * 5 + body, [*head, *body[:-1], "x"], [*head, "y", *body[1:]]]
    collation = Collation.of(["a", "b", "c", "d"], list(zip(*rows, strict=True)))
    headlines = np.zeros(collation.codes.shape, bool)
    headlines[:, :5] = True
    drawn = branch_copies(collation, "f", frames=Frames(headlines, np.zeros(35, bool)))
    assert not drawn.lost
    assert drawn.sure["a"] == pytest.approx(drawn.sure["b"])
