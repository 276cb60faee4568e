"""Where a text comes closest to a phrase (Smith and Waterman 1981)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel

MATCH, OTHER = 2, -1  # points of a word in common; of a word exchanged, left out or put in


@kernel
def find_phrase(phrase: NDArray[np.uint64], words: NDArray[np.uint64]) -> tuple[int, int, int]:
    """Return the points of the best local alignment of a phrase, and the words of the text from and to.

    Of equally good ones the shortest is taken, and of those the first; without a word in common it is (0, 0, 0).

    Parameters
    ----------
    phrase, words : uint64 arrays
        Words by their hashes.
    """
    size = len(phrase)
    above, begun = np.zeros(size + 1, np.int64), np.zeros(size + 1, np.int64)
    best, best_from, best_to = 0, 0, 0
    for place in range(len(words)):
        left, left_begun = 0, place
        corner, corner_begun = 0, place
        for at in range(size):
            score = corner + (MATCH if phrase[at] == words[place] else OTHER)
            start = corner_begun if corner > 0 else place
            over, over_begun = above[at + 1] + OTHER, begun[at + 1]
            if over > score or (over == score and over_begun > start):
                score, start = over, over_begun
            if left + OTHER > score or (left + OTHER == score and left_begun > start):
                score, start = left + OTHER, left_begun
            if score <= 0:
                score, start = 0, place + 1
            corner, corner_begun = above[at + 1], begun[at + 1]
            above[at + 1], begun[at + 1] = score, start
            left, left_begun = score, start
            if score > best or (score == best and score > 0 and place + 1 - start < best_to - best_from):
                best, best_from, best_to = score, start, place + 1
    return best, best_from, best_to
