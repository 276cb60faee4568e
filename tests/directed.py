"""Pairs of texts and what the stages say of their direction: shared by the tests of it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.aligned import Passages
from stemmata.alignments import AlignmentOptions, align
from stemmata.direction.comparison import Comparison, compare_sides
from stemmata.directions import DirectionOptions, find_directions
from stemmata.languages import Frequencies
from stemmata.relations import classify
from stemmata.tokens import Words, hash_words, words_of
from stemmata.wordpairs import NOTHING, WordPairs
from tests.oracles import direction as oracle

DEFAULT = DirectionOptions()
Row = dict[str, Any]
Described = Mapping[str, Any]

LIGHTHOUSE = """The lighthouse at Skarvik has been dark since the storm, and the harbour office does not \
know when it will burn again. Its lamp was built in 1911 and has guided herring boats and ferries past \
the reef for a hundred winters. On Monday ten divers looked at the base and found a crack that runs from \
the door to the rock. “We can't repair it before the ice is gone,” said Runa Holt, who keeps the books \
and the keys. The town will put a small lamp on the pier until spring, and the pilots have asked all \
ships to keep two miles away."""

SPUN = """The beacon at Skarvik has been very murky since the tempest, as well as the harbour office \
does not really comprehend when it will scorch again. Its lantern was constructed in 1911 and has \
actually guided herring vessels and also ferries past the shoal for a hundred winters. On Monday 10 \
frogmen peered at the pedestal and uncovered a fissure that runs from the doorway to the boulder. “We \
can't mend it before the ice is gone,” uttered Runa Holt, who keeps the ledgers along with the keys. The \
municipality will certainly put a diminutive lantern on the jetty until springtime, and the pilots have \
implored all ships to keep 2 miles away."""


def judge(
    a: str,
    b: str,
    *,
    language: str | None = "en",
    about: tuple[Described, Described] = ({}, {}),
    copy: str | None = None,
    relation: Described | None = None,
    options: DirectionOptions = DEFAULT,
    statistics: pa.Table | None = None,
) -> Row:
    """The direction of one pair, after the stages before it."""
    rows = [
        {
            "doc": doc,
            "text": text,
            "language": language,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            **more,
        }
        for doc, text, more in (("a", a, about[0]), ("b", b, about[1]))
    ]
    documents = schemas.DOCUMENTS.table(rows)
    pairs = schemas.PAIRS.table([{"a": rows[0]["doc"], "b": rows[1]["doc"], "copy": copy}])
    # what the aligner finds must not depend on the caller's word here: two runs are to be compared
    alignments = align(documents, pairs.drop_columns("copy"), options=AlignmentOptions(shortest=20))
    relations = classify(documents, pairs, alignments)
    if relation:
        relations = schemas.RELATIONS.table([relations.to_pylist()[0] | dict(relation)])
    found = find_directions(documents, pairs, alignments, relations, statistics, options=options)
    assert found.num_rows == 1
    return dict(found.to_pylist()[0])


def reasons(row: Row) -> dict[str, float]:
    """Points by reason."""
    return {each["reason"]: each["points"] for each in row["evidence"]}


def examples(row: Row, reason: str) -> list[str]:
    """The examples of one reason."""
    return next(list(each["examples"]) for each in row["evidence"] if each["reason"] == reason)


def assert_adds_up(row: Row) -> None:
    """The points of all reasons add up to the log-odds of the confidence."""
    points = math.fsum(each["points"] for each in row["evidence"])
    assert points == pytest.approx(math.log(row["confidence"] / (1 - row["confidence"])), abs=1e-9)


def day(number: int, hour: int = 12) -> datetime:
    """A day of March 2021."""
    return datetime(2021, 3, number, hour, tzinfo=UTC)


def compare_by_textbook(
    x: list[str], y: list[str], shares: Mapping[str, float], pairs: WordPairs = NOTHING
) -> Comparison:
    """Two lists of words as one passage, aligned by the textbook; ``shares``: how frequent words are."""
    sides = [(" ".join(side), words_of(" ".join(side))) for side in (x, y)]
    edits = list(oracle.rows(x, y))
    places = [[*span_of(sides[0][1], i, j), *span_of(sides[1][1], k, m)] for _, i, j, k, m in edits]
    passages = Passages(
        np.array([[0, len(sides[0][0]), 0, len(sides[1][0])]]),
        ("reuse",),
        ("edited",),
        np.array([schemas.OPS.index(op) for op, *_ in edits], np.int32),
        np.array(places, np.int64),
        np.zeros(len(edits), np.int64),
    )
    hashes = hash_words(shares)
    order = np.argsort(hashes)
    listed = Frequencies(hashes[order], np.array(list(shares.values()))[order])
    return compare_sides(sides[0], sides[1], passages, extent="whole", names=True, frequencies=listed, pairs=pairs)


def span_of(side: Words, first: int, last: int) -> tuple[int, int]:
    """Code points of a run of words; an empty one lies where the word before it ends."""
    if first == last:
        place = int(side.end[first - 1]) if first else 0
        return place, place
    return int(side.start[first]), int(side.end[last - 1])
