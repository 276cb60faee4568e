"""From a word alignment to edits: what became of each word by itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

MOVED_WORDS, MOVED_WEIGHT, PHRASE = 4, 12.0, 4


def moved_runs(
    a: Sequence[int], b: Sequence[int], weight: Sequence[float], partner: Sequence[int], path: Sequence[int]
) -> dict[int, int]:
    """Return the words of a that moved, and where to: equal words in a row that the path left apart."""
    on_path = {i: path[i] for i in range(len(a)) if path[i] >= 0 and a[i] == b[path[i]]}
    taken = set(on_path.values())
    free = [i for i in range(len(a)) if i not in on_path and partner[i] >= 0 and partner[i] not in taken]
    moved: dict[int, int] = {}
    for _, group in groupby(enumerate(free), key=lambda k: (k[1] - k[0], partner[k[1]] - k[1])):
        run = [i for _, i in group]
        if len(run) >= MOVED_WORDS and sum(weight[a[i]] for i in run) >= MOVED_WEIGHT:
            moved |= {i: partner[i] for i in run}
    return moved


def word_ops(
    a: Sequence[int],
    b: Sequence[int],
    form_a: Sequence[int],
    form_b: Sequence[int],
    path: Sequence[int],
    moved: dict[int, int],
) -> tuple[list[str], list[str]]:
    """Return the op of every word of a, and of every word of b."""
    ops_a, ops_b = ["delete"] * len(a), ["insert"] * len(b)
    anchors = [(-1, -1)]
    for i, j in enumerate(path):
        if j < 0:
            continue
        op = "substitute"
        if a[i] == b[j]:
            op = "match" if form_a[i] == form_b[j] else "restyle"
            anchors.append((i, j))
        ops_a[i] = ops_b[j] = op
    for i, j in moved.items():
        ops_a[i] = ops_b[j] = "move"
    for (i, j), (k, m) in zip(anchors, [*anchors[1:], (len(a), len(b))], strict=True):
        between = [*ops_a[i + 1 : k], *ops_b[j + 1 : m]]
        in_a, in_b = k - i - 1, m - j - 1
        if in_a and in_b and max(in_a, in_b) <= PHRASE and "move" not in between:
            ops_a[i + 1 : k], ops_b[j + 1 : m] = ["substitute"] * in_a, ["substitute"] * in_b
    return ops_a, ops_b
