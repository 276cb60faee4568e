"""Chains and alignments of words by trying everything."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from math import inf

ANCHOR, OPEN, EXTEND = 6.0, -3.0, -0.4
CAPITAL, NUMBER = 1, 4


def heaviest_chain(partner: Sequence[int], strength: Sequence[float], bounds: tuple[int, int, int, int]) -> float:
    """Return the weight of the heaviest chain of anchors that rises on both sides; every subset is tried."""
    a_from, a_to, b_from, b_to = bounds
    anchors = [i for i in range(a_from, a_to) if b_from <= partner[i] < b_to and strength[i] >= ANCHOR]
    return max(
        sum(strength[i] for i in chain)
        for size in range(len(anchors) + 1)
        for chain in combinations(anchors, size)
        if all(partner[x] < partner[y] for x, y in pairwise(chain))
    )


def heaviest_rising(places: Sequence[int], strength: Sequence[float]) -> float:
    """Return the weight of the heaviest rising chain, by looking at every word that may stand before another."""
    best: list[float] = []
    for i, place in enumerate(places):
        best.append(strength[i] + max((best[k] for k in range(i) if places[k] < place), default=0.0))
    return max(best, default=0.0)


def pair_score(t: int, u: int, flags_t: int, flags_u: int, weight: Sequence[float]) -> float:
    """Return what setting two words against each other earns."""
    if t == u:
        return weight[t]
    numbers = bool(flags_t & NUMBER) + bool(flags_u & NUMBER)
    if numbers == 1:
        return -2.0
    alike = numbers == 2 or bool(flags_t & flags_u & CAPITAL)
    return -1.0 + 1.2 * alike


def gap_score(length: int) -> float:
    """Return what a run of words against nothing costs."""
    return OPEN + EXTEND * length if length else 0.0


def band(rows: int, columns: int, reach: int) -> list[range]:
    """Return the columns of each row that lie in a band about the diagonal."""
    width = min(columns, 2 * reach + abs(columns - rows) // rows + 1)
    low = [min(max(0, int(i * columns / rows) - width // 2), columns - width) for i in range(rows + 1)]
    return [range(low[i] if i else 0, (low[i] if i else 0) + width + 1) for i in range(rows + 1)]


def best_score(
    a: Sequence[int],
    b: Sequence[int],
    flags_a: Sequence[int],
    flags_b: Sequence[int],
    weight: Sequence[float],
    inside: Sequence[range] | None = None,
) -> float:
    """Return the score of the best alignment with affine gaps, end to end (Gotoh 1982, three matrices).

    ``inside`` keeps the alignment to some columns of each row.
    """
    rows, columns = len(a), len(b)
    both, alone_a, alone_b = ([[-inf] * (columns + 1) for _ in range(rows + 1)] for _ in range(3))
    both[0][0] = 0.0
    for i in range(rows + 1):
        for j in range(columns + 1) if inside is None else inside[i]:
            if i:
                above = max(both[i - 1][j], alone_b[i - 1][j]) + OPEN
                alone_a[i][j] = max(above, alone_a[i - 1][j]) + EXTEND
            if j:
                left = max(both[i][j - 1], alone_a[i][j - 1]) + OPEN
                alone_b[i][j] = max(left, alone_b[i][j - 1]) + EXTEND
            if i and j:
                before = max(both[i - 1][j - 1], alone_a[i - 1][j - 1], alone_b[i - 1][j - 1])
                score = pair_score(a[i - 1], b[j - 1], flags_a[i - 1], flags_b[j - 1], weight)
                both[i][j] = before + score
    return max(both[-1][-1], alone_a[-1][-1], alone_b[-1][-1])


def path_score(
    path: Sequence[int],
    a: Sequence[int],
    b: Sequence[int],
    flags_a: Sequence[int],
    flags_b: Sequence[int],
    weight: Sequence[float],
) -> float:
    """Return the score of one alignment; ``path[i]`` is the word of b set against word i of a, or -1."""
    pairs = [(i, j) for i, j in enumerate(path) if j >= 0]
    assert all(y[1] > x[1] for x, y in pairwise(pairs)), "an alignment rises on both sides"
    ends = [(-1, -1), *pairs, (len(a), len(b))]
    gaps = sum(gap_score(y[0] - x[0] - 1) + gap_score(y[1] - x[1] - 1) for x, y in pairwise(ends))
    return gaps + sum(pair_score(a[i], b[j], flags_a[i], flags_b[j], weight) for i, j in pairs)
