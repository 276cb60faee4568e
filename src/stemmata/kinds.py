"""The kind of reuse of an aligned passage: verbatim, edited, spun, paraphrased or template.

A spinner exchanges content words one for one and leaves the frame of function words; a human editor keeps
long runs and changes a few places; a rewriter changes the frame and keeps phrases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.edits import DELETE, INSERT, MATCH, MOVE, RESTYLE
from stemmata.tokens import CAPITAL, FIRST, NUMBER, Words, among

FRAME_WORDS = 100  # the commonest words of a language make the frame
WINDOW = 25  # words
BLOCK = 12  # unaligned words from which a block is left out: boilerplate, or text of one side alone
SHORT = (2, 3)  # words of a short replacement, fewer side and longer side

TEMPLATE_KEPT, TEMPLATE_FACTS, TEMPLATE_IDENTITY = 0.4, 6, 0.4

# softmax regression on ``describe``; fitted by benchmarks/train_kinds.py, 2026-11
MODELLED = ("edited", "spun", "paraphrased")
WEIGHTS = np.array(
    [
        [-2.66, 7.78, -5.12],
        [1.89, -0.19, -1.7],
        [-1.76, 3.96, -2.2],
        [-8.22, 5.22, 3.0],
        [-2.56, 4.13, -1.58],
        [-1.26, 8.59, -7.33],
        [-2.27, 3.62, -1.35],
    ]
)
CONSTANTS = np.array([4.33, -15.56, 11.23])
# elsewhere the share of right answers on labelled pairs (benchmarks/quality.py --only kinds)
CONFIDENCE = {"verbatim": 0.98, "summarised": 0.8, "template": 0.7, "none": 0.95, "few": 0.9}
FEW_CHANGES, FEW_IDENTITY = 6, 0.85  # words of both sides: too few exchanges to show a spinner
FEW = 100  # words below which the figures are uncertain, and confidence is lowered


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
    changed : int
        Words of both sides that do not match, blocks of one side alone among them; 0 for a verbatim passage.
    facts : int
        Names and numbers, on the side that has fewer.
    facts_kept : float
        Share of them that match; 1 where there are none.
    """

    words: float
    identity: float
    frame: float
    windows: float
    substituted: float
    one_for_one: float
    run: float
    changed: int
    facts: int
    facts_kept: float


def measure(edits: NDArray[np.int32], a: Words, b: Words, frame: NDArray[np.uint64]) -> Features:
    """Measure a passage.

    Parameters
    ----------
    edits : int32 array of shape (n, 5)
        Rows (op, a_from, a_to, b_from, b_to) in words of the two texts.
    a, b : Words
        The texts.
    frame : uint64 array
        Hashes of the commonest words of the language, ascending.
    """
    edits = without_edges(edits)
    op = edits[:, 0]
    long_a, long_b = edits[:, 2] - edits[:, 1], edits[:, 4] - edits[:, 3]
    same = np.isin(op, (MATCH, RESTYLE, MOVE))
    core = same | (np.maximum(long_a, long_b) < BLOCK)
    short = _short(same, long_a, long_b) & core
    differing = ~same
    changed = int(long_a[core & differing].sum() + long_b[core & differing].sum())
    replaced = int(long_a[short].sum() + long_b[short].sum())
    matched = 2 * int(long_a[core & same].sum())
    total = matched + changed

    sides = []
    for words, first, last in ((a, edits[:, 1], edits[:, 2]), (b, edits[:, 3], edits[:, 4])):
        at = _members(first, last, core)
        common = among(words.word[at], frame)
        held = np.repeat(same[core], (last - first)[core])
        swapped = np.repeat(short[core], (last - first)[core])
        fact = (words.flags[at] & NUMBER != 0) | ((words.flags[at] & CAPITAL != 0) & (words.flags[at] & FIRST == 0))
        fact &= ~common
        window = np.add.reduceat(swapped, np.arange(0, len(at), WINDOW)) > 0 if len(at) else np.zeros(0)
        sides.append(
            (
                _share(held[common]) - _share(held[~common]) if len(frame) else 0.0,
                float(np.mean(window)) if len(window) else 0.0,
                _share(swapped[~common]),
                int(fact.sum()),
                int((fact & held).sum()),
            )
        )
    fewer = min(sides, key=lambda s: (s[3], s[4]))
    runs = _runs(edits[core & same])
    return Features(
        words=total / 2,
        identity=matched / total if total else 0.0,
        frame=(sides[0][0] + sides[1][0]) / 2,
        windows=(sides[0][1] + sides[1][1]) / 2,
        substituted=(sides[0][2] + sides[1][2]) / 2,
        one_for_one=replaced / changed if changed else 0.0,
        run=float(np.mean(runs)) if len(runs) else 0.0,
        changed=int(long_a[differing].sum() + long_b[differing].sum()),
        facts=fewer[3],
        facts_kept=fewer[4] / fewer[3] if fewer[3] else 1.0,
    )


def without_edges(edits: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return edits without one-sided words at the bounds: they belong to where a passage was cut."""
    kept = np.flatnonzero(~np.isin(edits[:, 0], (INSERT, DELETE)))
    return edits[kept[0] : kept[-1] + 1] if len(kept) else edits[:0]


def name_kind(features: Features) -> tuple[str, float]:
    """Name the kind of a passage, and the probability that it is right, 0 to 1."""
    f = features
    if f.changed == 0:
        return "verbatim", CONFIDENCE["verbatim"]
    if f.facts >= TEMPLATE_FACTS and f.facts_kept < TEMPLATE_KEPT and f.identity >= TEMPLATE_IDENTITY:
        return "template", CONFIDENCE["template"]
    if f.changed <= FEW_CHANGES and f.identity >= FEW_IDENTITY:
        return "edited", CONFIDENCE["few"]
    scores = np.array(describe(asdict(f))) @ WEIGHTS + CONSTANTS
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    best = int(shares.argmax())
    even = 1 / len(MODELLED)
    return MODELLED[best], even + (float(shares[best]) - even) * min(1.0, f.words / FEW)


def describe(figures: Mapping[str, float]) -> list[float]:
    """Return what the model looks at, from figures by name as in ``Features``."""
    return [
        figures["identity"],
        float(np.log(max(figures["run"], 0.5))),
        figures["windows"],
        figures["substituted"],
        figures["one_for_one"],
        figures["frame"],
        figures.get("facts_kept", 1.0),
    ]


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


def _members(first: NDArray[np.int32], last: NDArray[np.int32], rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the words of the chosen rows, row after row."""
    lengths = (last - first)[rows].astype(np.int64)
    begin = np.cumsum(lengths) - lengths
    return np.arange(lengths.sum()) - np.repeat(begin - first[rows], lengths)


def _runs(same: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the lengths of runs of matching rows that follow each other without a gap on either side."""
    if not len(same):
        return np.zeros(0, np.int64)
    joined = (same[1:, 1] == same[:-1, 2]) & (same[1:, 3] == same[:-1, 4])
    starts = np.flatnonzero(np.concatenate([[True], ~joined]))
    return np.add.reduceat((same[:, 2] - same[:, 1]).astype(np.int64), starts)
