"""From a word alignment to runs of edits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

MATCH, RESTYLE, SUBSTITUTE, INSERT, DELETE, MOVE = 0, 1, 2, 3, 4, 5  # the order of ``schemas.OPS``
SAME = (MATCH, RESTYLE, MOVE)  # edits whose words stand in both texts
PHRASE = 4  # words up to which an uneven segment is one substitution
MOVED_WORDS, MOVED_WEIGHT = 4, 12.0  # what a run needs to count as moved


@kernel
def moved_runs(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    weight: NDArray[np.float64],
    partner: NDArray[np.int32],
    a_from: int,
    a_to: int,
    b_from: int,
    b_to: int,
    path: NDArray[np.int32],
    moved_a: NDArray[np.int32],
    moved_b: NDArray[np.int32],
) -> None:
    """Set ``moved_a[i] = j`` and ``moved_b[j] = i`` for runs that match off the path; else -1.

    A word that moved is taken off ``path``.
    """
    for i in range(a_from, a_to):
        moved_a[i] = -1
    taken = np.zeros(b_to - b_from, np.bool_)
    set_against = np.full(b_to - b_from, -1, np.int32)
    for j in range(b_from, b_to):
        moved_b[j] = -1
    for i in range(a_from, a_to):
        if path[i] >= 0:
            set_against[path[i] - b_from] = i
            if a[i] == b[path[i]]:
                taken[path[i] - b_from] = True
    i = a_from
    while i < a_to:
        length = 0
        total = 0.0
        while i + length < a_to:
            k = i + length
            j = partner[k]
            free = path[k] < 0 or a[k] != b[path[k]]
            if not free or j < b_from or j >= b_to or taken[j - b_from]:
                break
            if length and j != partner[k - 1] + 1:
                break
            total += weight[a[k]]
            length += 1
        if length >= MOVED_WORDS and total >= MOVED_WEIGHT:
            for k in range(i, i + length):
                j = partner[k]
                moved_a[k], moved_b[j] = j, k
                path[k] = -1
                if set_against[j - b_from] >= 0:
                    path[set_against[j - b_from]] = -1
                    set_against[j - b_from] = -1
        i += max(1, length)


@kernel
def edit_runs(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    form_a: NDArray[np.uint32],
    form_b: NDArray[np.uint32],
    path: NDArray[np.int32],
    moved_a: NDArray[np.int32],
    moved_b: NDArray[np.int32],
    a_from: int,
    a_to: int,
    b_from: int,
    b_to: int,
) -> NDArray[np.int32]:
    """Return rows (op, a_from, a_to, b_from, b_to) in the order of a, then of b.

    Equal words side by side make one ``match``; each word in another form is a ``restyle``. Between matches an
    even segment gives one substitution a word, a short uneven one gives one substitution, a longer one what
    the path says.
    """
    rows = np.empty((2 * (a_to - a_from + b_to - b_from) + 1, 5), np.int32)
    n = 0
    i, j = a_from, b_from
    while i < a_to or j < b_to:
        if i < a_to and path[i] == j and a[i] == b[j]:
            op = MATCH if form_a[i] == form_b[j] else RESTYLE
            if op == MATCH and n and rows[n - 1, 0] == MATCH and rows[n - 1, 2] == i and rows[n - 1, 4] == j:
                rows[n - 1, 2] += 1
                rows[n - 1, 4] += 1
            else:
                rows[n, 0], rows[n, 1], rows[n, 2], rows[n, 3], rows[n, 4] = op, i, i + 1, j, j + 1
                n += 1
            i += 1
            j += 1
            continue
        s = i  # the segment ends at the next equal pair on the path
        while s < a_to and not (path[s] >= 0 and a[s] == b[path[s]]):
            s += 1
        t = path[s] if s < a_to else b_to
        in_a, in_b = s - i, t - j
        even = in_a == in_b
        moves = False
        for k in range(i, s):
            even = even and path[k] == j + k - i
            moves = moves or moved_a[k] >= 0
        for k in range(j, t):
            moves = moves or moved_b[k] >= 0
        if not moves and not even and in_a and in_b and max(in_a, in_b) <= PHRASE:
            rows[n, 0], rows[n, 1], rows[n, 2], rows[n, 3], rows[n, 4] = SUBSTITUTE, i, s, j, t
            n += 1
            i, j = s, t
            continue
        while i < s or j < t:
            if i < s and path[i] == j:
                rows[n, 0], rows[n, 1], rows[n, 2], rows[n, 3], rows[n, 4] = SUBSTITUTE, i, i + 1, j, j + 1
                n += 1
                i += 1
                j += 1
            elif i < s and path[i] < 0:
                k = i
                if moved_a[i] >= 0:
                    while k < s and moved_a[k] == moved_a[i] + k - i:
                        k += 1
                    rows[n, 0], rows[n, 1], rows[n, 2] = MOVE, i, k
                    rows[n, 3], rows[n, 4] = moved_a[i], moved_a[i] + k - i
                else:
                    while k < s and path[k] < 0 and moved_a[k] < 0:
                        k += 1
                    rows[n, 0], rows[n, 1], rows[n, 2], rows[n, 3], rows[n, 4] = DELETE, i, k, j, j
                n += 1
                i = k
            else:  # words of b alone, up to the next word that the path sets against one of a
                end = path[i] if i < s else t
                if moved_b[j] >= 0:
                    while j < end and moved_b[j] >= 0:
                        j += 1
                    continue
                k = j
                while k < end and moved_b[k] < 0:
                    k += 1
                rows[n, 0], rows[n, 1], rows[n, 2], rows[n, 3], rows[n, 4] = INSERT, i, i, j, k
                n += 1
                j = k
    return rows[:n]
