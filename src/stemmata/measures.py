"""Figures of an aligned passage that tell one kind of reuse from another.

A spinner exchanges content words one for one and leaves the frame of function words; a human editor keeps
long runs and changes a few places; a rewriter changes the frame and keeps phrases; a form filled in anew keeps
its phrases and exchanges the names and numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.edits import DELETE, INSERT, MOVE, SAME
from stemmata.tokens import CAPITAL, FIRST, NUMBER, Words, among

FRAME_WORDS = 100  # the commonest words of a language make the frame
WINDOW = 25  # words
BLOCK = 12  # unaligned words from which a block is left out: boilerplate, or text of one side alone
SHORT = (2, 3)  # words of a short replacement, fewer side and longer side
PHRASE = 4  # words of a run that any two texts on a subject may share


@dataclass(frozen=True)
class Features:
    """Figures of an aligned passage; shares from 0 to 1.

    Parameters
    ----------
    words : float
        Mean length of the two sides' core, in words.
    identity : float
        Share of the core that matches.
    frame : float
        Share of the commonest words that match, less that of the others.
    windows : float
        Share of 25-word windows with at least one short replacement.
    substituted : float
        Content words in short replacements over content words.
    one_for_one : float
        Words in short replacements over all changed words.
    run : float
        Mean length of a matched run, in words.
    longest : int
        Length of the longest matched run, in words.
    phrased : int
        Words of matched runs beyond the first four of each.
    changed : int
        Words of both sides that do not match, blocks of one side alone among them.
    moved : int
        Words of one side that match elsewhere in the passage.
    numbers, names : int
        On the side that has fewer. A name is a capital inside a sentence.
    numbers_kept, names_kept : int
        How many of them match.
    """

    words: float
    identity: float
    frame: float
    windows: float
    substituted: float
    one_for_one: float
    run: float
    longest: int
    phrased: int
    changed: int
    moved: int
    numbers: int
    numbers_kept: int
    names: int
    names_kept: int

    @property
    def verbatim(self) -> bool:
        """Whether all words are the same, in the same order."""
        return not (self.changed or self.moved)

    @property
    def facts(self) -> int:
        """Names and numbers."""
        return self.numbers + self.names

    @property
    def facts_kept(self) -> float:
        """Share of them that match; 1 where there are none."""
        return (self.numbers_kept + self.names_kept) / self.facts if self.facts else 1.0


class _Side(NamedTuple):
    """Figures of one side; counts of numbers and names are pairs of all and those that match."""

    frame: float
    windows: float
    substituted: float
    numbers: tuple[int, int]
    names: tuple[int, int]


def measure(edits: NDArray[np.int32], a: Words, b: Words, frame: NDArray[np.uint64], *, names: bool = True) -> Features:
    """Measure a passage.

    Parameters
    ----------
    edits : int32 array of shape (n, 5)
        Rows (op, a_from, a_to, b_from, b_to) in words of the two texts.
    a, b : Words
        The texts.
    frame : uint64 array
        Hashes of the commonest words of the language, ascending.
    names : bool
        Whether a capital inside a sentence marks a name in this language.
    """
    edits = without_edges(edits)
    long_a, long_b = edits[:, 2] - edits[:, 1], edits[:, 4] - edits[:, 3]
    same = np.isin(edits[:, 0], SAME)
    core = same | (np.maximum(long_a, long_b) < BLOCK)
    short = _short(same, long_a, long_b) & core
    matched = 2 * int(long_a[core & same].sum())
    changed = int((long_a + long_b)[core & ~same].sum())
    total = matched + changed
    spans = (a, edits[core, 1], edits[core, 2]), (b, edits[core, 3], edits[core, 4])
    sides = [_measure_side(words, first, last, same[core], short[core], frame, names) for words, first, last in spans]
    numbers, called = min(side.numbers for side in sides), min(side.names for side in sides)
    runs = _runs(edits[core & same])
    return Features(
        words=total / 2,
        identity=matched / total if total else 0.0,
        frame=sum(side.frame for side in sides) / 2,
        windows=sum(side.windows for side in sides) / 2,
        substituted=sum(side.substituted for side in sides) / 2,
        one_for_one=float((long_a + long_b)[short].sum()) / changed if changed else 0.0,
        run=float(np.mean(runs)) if len(runs) else 0.0,
        longest=int(runs.max(initial=0)),
        phrased=int(np.maximum(runs - PHRASE, 0).sum()),
        changed=int((long_a + long_b)[~same].sum()),
        moved=int(long_a[edits[:, 0] == MOVE].sum()),
        numbers=numbers[0],
        numbers_kept=numbers[1],
        names=called[0],
        names_kept=called[1],
    )


def _measure_side(
    words: Words,
    first: NDArray[np.int32],
    last: NDArray[np.int32],
    same: NDArray[np.bool_],
    short: NDArray[np.bool_],
    frame: NDArray[np.uint64],
    names: bool,
) -> _Side:
    at = _members(first, last)
    held, swapped = np.repeat(same, last - first), np.repeat(short, last - first)
    common = among(words.word[at], frame)
    flags = words.flags[at]
    number = (flags & NUMBER != 0) & ~common
    name = (flags & (CAPITAL | FIRST | NUMBER) == CAPITAL) & ~common if names else np.zeros(len(at), bool)
    window = np.add.reduceat(swapped, np.arange(0, len(at), WINDOW)) > 0 if len(at) else np.zeros(0)
    return _Side(
        frame=_share(held[common]) - _share(held[~common]) if len(frame) else 0.0,
        windows=float(np.mean(window)) if len(window) else 0.0,
        substituted=_share(swapped[~common]),
        numbers=(int(number.sum()), int((number & held).sum())),
        names=(int(name.sum()), int((name & held).sum())),
    )


def without_edges(edits: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return edits without one-sided words at the bounds: they belong to where a passage was cut."""
    kept = np.flatnonzero(~np.isin(edits[:, 0], (INSERT, DELETE)))
    return edits[kept[0] : kept[-1] + 1] if len(kept) else edits[:0]


def _short(same: NDArray[np.bool_], long_a: NDArray[np.int32], long_b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Mark the rows of short replacements: all that stands between two matches, few words on either side."""
    if not len(same):
        return same
    segment = np.cumsum(same | np.concatenate([[True], same[:-1]])) - 1
    in_a, in_b = np.bincount(segment, long_a), np.bincount(segment, long_b)
    fewer, more = np.minimum(in_a, in_b), np.maximum(in_a, in_b)
    short: NDArray[np.bool_] = ((fewer >= 1) & (fewer <= SHORT[0]) & (more <= SHORT[1]))[segment] & ~same
    return short


def _share(held: NDArray[np.bool_]) -> float:
    return float(held.mean()) if len(held) else 0.0


def _members(first: NDArray[np.int32], last: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the words of some runs, run after run."""
    lengths = (last - first).astype(np.int64)
    begin = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) - np.repeat(begin - first, lengths)


def _runs(same: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the lengths of runs of matching rows that follow each other without a gap on either side."""
    if not len(same):
        return np.zeros(0, np.int64)
    joined = (same[1:, 1] == same[:-1, 2]) & (same[1:, 3] == same[:-1, 4])
    starts = np.flatnonzero(np.concatenate([[True], ~joined]))
    return np.add.reduceat((same[:, 2] - same[:, 1]).astype(np.int64), starts)
