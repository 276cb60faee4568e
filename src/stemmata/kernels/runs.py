"""Runs of words that stand in both texts, however little else the texts share.

The grams of ``LEAST`` words in a row that both hold are met in a hash table; each meeting grows to the longest
run of equal words, and on across small differences as long as the evidence does not fall ``DROP`` below its top.
Time and memory are linear in the length of the texts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

LEAST = 4  # equal words in a row: eight words keep as many when one of them is changed
OFTEN = 16  # a gram that stands more often in one text begins no run: it is a formula, and time stays linear
GAP = 3  # words left out on one side at a difference
AGAIN = 2  # equal words in a row that end it
COST = 6.0  # of a differing word: about the evidence of an equal one
DROP = 18.0
REACH = 60  # words beyond the first difference
SPREAD = np.uint64(0x9E3779B97F4A7C15)
FINISH = np.uint64(0xBF58476D1CE4E5B9)
DOWN = np.uint64(29)


@kernel
def hash_grams(words: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Return a hash of each ``LEAST`` words in a row."""
    hashes = np.empty(max(0, len(words) - LEAST + 1), np.uint64)
    for i in range(len(hashes)):
        value = np.uint64(0)
        for k in range(i, i + LEAST):
            value = (value ^ (value >> DOWN) ^ np.uint64(words[k])) * SPREAD
        value = (value ^ (value >> DOWN)) * FINISH
        hashes[i] = value ^ (value >> DOWN)
    return hashes


@kernel
def meet_grams(
    grams_a: NDArray[np.uint64], grams_b: NDArray[np.uint64]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Look up each gram of a among those of b.

    Returns
    -------
    slot : by place in a; the gram's slot in the table, -1 where b has no such gram
    head, count_a, count_b : by slot; the gram's first place in b, and how often it stands in each text
    after : by place in b; the next place of the same gram, -1 after the last
    """
    size = 16
    while size < 2 * len(grams_b):
        size *= 2
    mask = np.uint64(size - 1)
    head = np.full(size, -1, np.int32)
    count_a, count_b = np.zeros(size, np.int32), np.zeros(size, np.int32)
    after = np.full(len(grams_b), -1, np.int32)
    for j in range(len(grams_b) - 1, -1, -1):
        at = grams_b[j] & mask
        while head[at] >= 0 and grams_b[head[at]] != grams_b[j]:
            at = (at + np.uint64(1)) & mask
        after[j] = head[at]
        head[at] = j
        count_b[at] += 1
    slot = np.full(len(grams_a), -1, np.int32)
    for i in range(len(grams_a)):
        at = grams_a[i] & mask
        while head[at] >= 0 and grams_b[head[at]] != grams_a[i]:
            at = (at + np.uint64(1)) & mask
        if head[at] >= 0:
            slot[i] = at
            count_a[at] += 1
    return slot, head, count_a, count_b, after


@kernel
def leave_out(a: NDArray[np.int32], b: NDArray[np.int32], x: int, y: int, side: int) -> tuple[int, int]:
    """Return how many words of a and of b to leave out, from the unlike words x and y on, for the texts to agree again.

    The fewest in all, then the most even. Of two ways that differ in the sides alone the one that leaves more out
    where the smaller type stands: exchanged sides give the exchanged answer. (0, 0) where there is none.
    """
    for both in range(1, 2 * GAP + 1):
        for apart in range(both % 2, min(both, 2 * GAP - both) + 1, 2):
            for turn in range(2):
                more, less = (both + apart) // 2, (both - apart) // 2
                out_a, out_b = (more, less) if (a[x] < b[y]) == (turn == 0) else (less, more)
                again = 0
                while again < AGAIN:
                    p, q = x + side * (out_a + again), y + side * (out_b + again)
                    if p < 0 or q < 0 or p >= len(a) or q >= len(b) or a[p] != b[q]:
                        break
                    again += 1
                if again == AGAIN:
                    return out_a, out_b
    return 0, 0


@kernel
def walk(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    value_a: NDArray[np.float64],
    value_b: NDArray[np.float64],
    bonus_a: NDArray[np.float64],
    bonus_b: NDArray[np.float64],
    i: int,
    j: int,
    side: int,
) -> tuple[int, int, float, int, int]:
    """Walk from gaps i and j to one side, 1 or -1, to the gaps with the highest evidence and bonus.

    Returns
    -------
    The gaps, the evidence of the equal words up to there, how many these are, and how many words differ.
    """
    beside = 0 if side == 1 else -1  # from a gap to the next word
    end_i, end_j, end_evidence, end_equal, end_unlike = i, j, 0.0, 0, 0
    best = (bonus_a[i] + bonus_b[j]) / 2.0
    evidence, top = 0.0, 0.0
    equal, unlike, beyond = 0, 0, 0
    while beyond < REACH:
        x, y = i + beside, j + beside
        if x < 0 or y < 0 or x >= len(a) or y >= len(b):
            break
        if a[x] != b[y]:
            out_a, out_b = leave_out(a, b, x, y, side)
            unlike += max(out_a, out_b)
            if out_a + out_b == 0 or evidence - COST * unlike < top - DROP:
                break
            i += side * out_a
            j += side * out_b
            continue
        evidence += (value_a[x] + value_b[y]) / 2.0
        equal += 1
        if unlike:
            beyond += 1
        i += side
        j += side
        total = evidence - COST * unlike
        top = max(top, total)
        if total + (bonus_a[i] + bonus_b[j]) / 2.0 > best:
            best = total + (bonus_a[i] + bonus_b[j]) / 2.0
            end_i, end_j, end_evidence, end_equal, end_unlike = i, j, evidence, equal, unlike
    return end_i, end_j, end_evidence, end_equal, end_unlike


@kernel
def common_runs(
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    value_a: NDArray[np.float64],
    value_b: NDArray[np.float64],
    bonus_a: NDArray[np.float64],
    bonus_b: NDArray[np.float64],
    fewest: int,
) -> tuple[NDArray[np.int32], NDArray[np.float64], int]:
    """Return the runs that two texts share.

    Parameters
    ----------
    a, b : word types
        A word that is to be met by none has a negative type, another on either side.
    value_a, value_b : by word: the evidence of meeting it; the mean of both sides counts
    bonus_a, bonus_b : by gap: what a cut there earns
    fewest : equal words that a run needs

    Returns
    -------
    rows : int32 array of shape (n, 7)
        a_from, a_to, b_from, b_to, equal words, differing words, and how often the run's rarest gram stands in
        the text that has it more often. In order of a.
    evidence : by row: the sum over its equal words
    passed : grams of both texts that stand too often to begin a run
    """
    slot, head, count_a, count_b, after = meet_grams(hash_grams(a), hash_grams(b))
    passed = 0
    for at in range(len(head)):
        if count_a[at] and max(count_a[at], count_b[at]) > OFTEN:
            passed += 1
    rows, sums = np.empty((16, 7), np.int32), np.empty(16, np.float64)
    n = 0
    reached = np.zeros(len(a) + len(b) + 1, np.int32)  # by diagonal: where on a the last run ended
    for i in range(len(slot)):
        if slot[i] < 0 or max(count_a[slot[i]], count_b[slot[i]]) > OFTEN:
            continue
        j = np.int64(head[slot[i]])
        while j >= 0:
            first, last = i, i
            if reached[i - j + len(b)] <= i:
                while last < len(a) and last - i + j < len(b) and a[last] == b[last - i + j]:
                    last += 1
            if last - i >= LEAST:  # two grams of one hash need not be equal
                while first > 0 and first - i + j > 0 and a[first - 1] == b[first - 1 - i + j]:
                    first -= 1
                reached[i - j + len(b)] = last
                middle = (first + last) // 2
                a_from, b_from, left, equal_left, unlike_left = walk(
                    a, b, value_a, value_b, bonus_a, bonus_b, middle, middle - i + j, -1
                )
                a_to, b_to, right, equal_right, unlike_right = walk(
                    a, b, value_a, value_b, bonus_a, bonus_b, middle, middle - i + j, 1
                )
                if equal_left + equal_right >= fewest:
                    if n == len(rows):
                        rows, sums = np.concatenate((rows, rows)), np.concatenate((sums, sums))
                    often = OFTEN
                    for k in range(first, last - LEAST + 1):
                        often = min(often, max(count_a[slot[k]], count_b[slot[k]]))
                    rows[n, 0], rows[n, 1], rows[n, 2], rows[n, 3] = a_from, a_to, b_from, b_to
                    rows[n, 4], rows[n, 5] = equal_left + equal_right, unlike_left + unlike_right
                    rows[n, 6] = often
                    sums[n] = left + right
                    n += 1
            j = np.int64(after[j])
    return rows[:n], sums[:n], passed


@kernel
def free_of_overlap(rows: NDArray[np.int32], order: NDArray[np.int64], size_a: int, size_b: int) -> NDArray[np.int64]:
    """Return those of ``order`` whose rows share no word with the row of one returned before, on either side."""
    taken_a, taken_b = np.zeros(size_a, np.bool_), np.zeros(size_b, np.bool_)
    kept = np.empty(len(order), np.int64)
    n = 0
    for row in order:
        a_from, a_to, b_from, b_to = rows[row, 0], rows[row, 1], rows[row, 2], rows[row, 3]
        i, j = a_from, b_from
        while i < a_to and not taken_a[i]:
            i += 1
        while j < b_to and not taken_b[j]:
            j += 1
        if i == a_to and j == b_to:
            taken_a[a_from:a_to] = True
            taken_b[b_from:b_to] = True
            kept[n] = row
            n += 1
    return kept[:n]
