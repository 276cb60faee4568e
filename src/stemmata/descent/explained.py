"""What one text explains of another: which of its words the other holds, and which it holds otherwise.

Of two texts from which a third may derive, the likelier parent is the one that holds the third's readings where the
two differ. Words that stand at an edge, as a headline does, or that an alignment let fall say little; a word for
which the other has another word says much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from stemmata.aligned import Passages
from stemmata.kernels.edits import SAME, SUBSTITUTE

OUTSIDE, EXTRA, OTHERWISE, HELD = range(4)
"""A character lies outside the passages, has nothing, another word or itself over against it."""
REUSED = ("reuse", "quoted", "reference")
ONE_WORD = 12  # characters of a run that one text has and the other not; shorter ones are accidents of alignment
ONE_SENTENCE = 100  # characters of a run that says something by itself
SEVERAL_SENTENCES = 150  # characters of a run that lies outside the passages of the other text

States = NDArray[np.uint8]
Pairs = Mapping[tuple[str, str], Passages]


def explain(pairs: Pairs, doc: str, other: str, length: int) -> States:
    """Return for each of the ``length`` characters of a document what another has over against it."""
    states = np.zeros(length, np.uint8)
    passages = pairs.get((min(doc, other), max(doc, other)))
    if passages is None:
        return states
    if doc > other:
        passages = passages.mirrored()
    for row, role in enumerate(passages.roles):
        if role in REUSED:
            start, end = passages.spans[row, :2]
            inside = passages.rows(row)
            edits, ops = passages.edits[inside, :2], passages.ops[inside]
            shown = np.flatnonzero(edits[:, 1] > edits[:, 0])
            shown = shown[np.argsort(edits[shown, 0], kind="stable")]
            code = np.where(np.isin(ops, SAME), HELD, np.where(ops == SUBSTITUTE, OTHERWISE, EXTRA)).astype(np.uint8)
            # an edit reaches to the next: no gaps between words
            bounds = np.append(edits[shown, 0], end).clip(start, end)
            painted = np.repeat(code[shown], np.diff(bounds))
            states[bounds[0] : end] = np.maximum(states[bounds[0] : end], painted)
    return states


def lead(one: States, other: States) -> int:
    """Return how many characters one text explains, and the other not, of those that are no accident."""
    held = one == HELD
    exchanged = int(np.count_nonzero(held & (other == OTHERWISE)))
    extra = held & (other == EXTRA)
    beyond = held & (other == OUTSIDE)
    return exchanged + _in_runs(extra, ONE_WORD) + _in_runs(beyond, SEVERAL_SENTENCES)


def lacked(root: States, sibling: States) -> list[tuple[int, int]]:
    """Return the runs of a sentence or more that the root lacks, though a sibling holds most of them."""
    return [
        (start, end)
        for start, end in _runs(root <= EXTRA)
        if end - start >= ONE_SENTENCE and 2 * np.count_nonzero(sibling[start:end] == HELD) >= end - start
    ]


def beyond(parent: States, other: States) -> int:
    """Return how many characters another text explains in runs where the parent has nothing."""
    return _in_runs((other >= OTHERWISE) & (parent == OUTSIDE), SEVERAL_SENTENCES)


def _in_runs(marked: NDArray[np.bool_], least: int) -> int:
    return sum(end - start for start, end in _runs(marked) if end - start >= least)


def _runs(marked: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]])))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
