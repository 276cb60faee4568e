"""What boosted trees make of some figures: walk each tree, add its points, and compare the powers of e."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp


def probabilities(figures: Sequence[float], trees: Sequence[Sequence[float]], kinds: int) -> list[float]:
    """Return the probability of each kind; a tree is a row of three figures, three thresholds and four points.

    Trees stand round after round, one for each kind in every round.
    """
    scores = [0.0] * kinds
    for place, tree in enumerate(trees):
        scores[place % kinds] += points(figures, tree)
    powers = [exp(score) for score in scores]
    return [power / sum(powers) for power in powers]


def points(figures: Sequence[float], tree: Sequence[float]) -> float:
    """Return the points of the leaf that the answers lead to; the answer is yes up to the threshold."""
    first, where_yes, where_no, least, least_yes, least_no, yes_yes, yes_no, no_yes, no_no = tree
    if figures[int(first)] <= least:
        return yes_yes if figures[int(where_yes)] <= least_yes else yes_no
    return no_yes if figures[int(where_no)] <= least_no else no_no
