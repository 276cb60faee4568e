"""Short reuse: single sentences and quotations, which have too few words for the acceptance of whole passages.

What stands in both texts word for word, or nearly so, is weighed against chance by its words alone. Names, titles
and numbers come together without anybody copying; so do formulas that a text repeats, and lists.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.runs import common_runs, free_of_overlap
from stemmata.passages.pair import Side, TextPair
from stemmata.passages.rectangles import Found, Rectangle
from stemmata.tokens import CAPITAL, FIRST, LINE, LOWERCASE, NUMBER, PARAGRAPH

FEWEST = 8  # equal words
GRAMMAR = 2.5  # of a word's -ln frequency, what grammar tells of it: function words say next to nothing
NAME = 0.5  # what a name or a number says, of what another word as frequent does
FORMULA = 4  # times that a run stands in one text to be a formula altogether
# log-odds of reuse; fitted by benchmarks/train_short.py on passages planted into unrelated texts
BY_SURPRISE, BY_UNLIKE, BY_REPEAT, BY_BREAK, CONSTANT = 0.132, -0.844, -0.516, -1.333, -4.197


class Runs(NamedTuple):
    """What two texts have in common word for word, or nearly so.

    Parameters
    ----------
    words : int32 array of shape (n, 4)
        a_from, a_to, b_from, b_to.
    evidence : float64 array
        -ln of the chance of the equal words; function words, names and numbers count less.
    equal : float64 array
        Share of the run's words, 0 to 1.
    figures : float64 array of shape (n, 4)
        Surprise, differing words, repeats and line breaks, as ``BY_SURPRISE`` and the others weigh them.
    passed : int
        Phrases of both texts that stand too often for a run to begin with them.
    """

    words: NDArray[np.int32]
    evidence: NDArray[np.float64]
    equal: NDArray[np.float64]
    figures: NDArray[np.float64]
    passed: int


def find_short(pair: TextPair, accepted: list[Rectangle], accept: float, *, names: bool) -> Found:
    """Return the short passages outside those accepted before; none overlaps another on either side.

    Parameters
    ----------
    accept : float
        Least log-odds of acceptance.
    names : bool
        Whether a capital inside a sentence marks a name in this language.

    Returns
    -------
    Found
        Best first; ``q`` of a passage is its share of equal words. ``untried`` counts phrases of both texts that
        stand too often to be looked at.

    Notes
    -----
    About 0.2 ms a pair of 3,000 words a side, and linear in their number.
    """
    runs = measure_runs(pair, accepted, names=names)
    odds = runs.figures @ np.array([BY_SURPRISE, BY_UNLIKE, BY_REPEAT, BY_BREAK]) + CONSTANT
    on_a, on_b = runs.words[:, 0], runs.words[:, 2]
    order = np.lexsort((on_a, np.abs(on_a - on_b), on_a + on_b, -odds))
    chosen = []
    for k in free_of_overlap(runs.words, order[odds[order] > accept], len(pair.a), len(pair.b)):
        a_from, a_to, b_from, b_to = runs.words[k].tolist()
        score, equal = float(runs.evidence[k]), float(runs.equal[k])
        chosen.append(Rectangle(a_from, a_to, b_from, b_to, score, equal, 1.0))
    return Found(chosen, runs.passed)


def measure_runs(pair: TextPair, accepted: list[Rectangle], *, names: bool) -> Runs:
    """Return the runs of at least ``FEWEST`` words outside the accepted passages, and what tells reuse.

    Parameters
    ----------
    names : bool
        As ``find_short``.
    """
    a, b = pair.a.ids.copy(), pair.b.ids.copy()
    for passage in accepted:  # types that nothing equals
        a[passage.a_from : passage.a_to] = -1
        b[passage.b_from : passage.b_to] = -2
    surprise = np.maximum(0, -np.log(pair.frequency) - GRAMMAR)
    size_a, size_b = pair.a.words.sizes(), pair.b.words.sizes()
    said_a, said_b = (_said(side, names) for side in (pair.a, pair.b))
    rows, evidence, passed = common_runs(
        a, b, surprise[pair.a.ids] * size_a * said_a, surprise[pair.b.ids] * size_b * said_b,
        pair.a.bonus, pair.b.bonus, FEWEST,
    )  # fmt: skip
    a_from, a_to, b_from, b_to = rows[:, :4].T
    length = (a_to - a_from + b_to - b_from) / 2
    size = (_summed(size_a, a_from, a_to) + _summed(size_b, b_from, b_to)) / 2
    breaks = (_summed(_breaks(pair.a), a_from + 1, a_to) + _summed(_breaks(pair.b), b_from + 1, b_to)) / 2
    places = np.log(max(1, len(a))) + np.log(max(1, len(b)))  # where it could have happened by chance
    figures = np.column_stack([evidence - places, rows[:, 5], np.minimum(rows[:, 6], FORMULA) - 1, breaks])
    equal = rows[:, 4] / length
    enough = equal * size >= FEWEST
    return Runs(rows[enough, :4], evidence[enough], equal[enough], figures[enough], passed)


def _said(side: Side, names: bool) -> NDArray[np.float64]:
    """Return by word what it says: names and numbers less than others."""
    flags = side.words.flags
    less = flags & NUMBER != 0
    if names:
        less |= flags & (CAPITAL | FIRST) == CAPITAL
    return np.where(less, NAME, 1.0)


def _breaks(side: Side) -> NDArray[np.bool_]:
    """Mark the words that begin a line as the items of a list do, not as wrapped prose does."""
    flags = side.words.flags
    marked: NDArray[np.bool_] = (flags & PARAGRAPH != 0) | (flags & (LINE | LOWERCASE) == LINE)
    return marked


def _summed(
    values: NDArray[np.float64] | NDArray[np.bool_], first: NDArray[np.int32], last: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Return the sums of ``values`` over words [first, last)."""
    before: NDArray[np.float64] = np.concatenate([[0.0], np.cumsum(values)])
    summed: NDArray[np.float64] = before[last] - before[first]
    return summed
