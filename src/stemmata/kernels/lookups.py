"""What documents share with a text whose k-grams were looked up one after another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.links import weigh


@kernel
def weigh_met(key: NDArray[np.int64], number: NDArray[np.int64], cap: int, weight: NDArray[np.int64]) -> None:
    """Fill in what each k-gram that a document shares with the text says, by how many documents have it.

    Parameters
    ----------
    key, number : int64 arrays
        The k-gram and the document of each posting that was met, in order of both.
    weight : int64 array
        As long; filled with what ``links.weigh`` says, once for each document of a k-gram, else 0.
    """
    begin = 0
    while begin < len(key):
        end = begin
        documents = 0
        while end < len(key) and key[end] == key[begin]:
            documents += end == begin or number[end] != number[end - 1]
            end += 1
        for at in range(begin, end):
            again = at > begin and number[at] == number[at - 1]
            weight[at] = 0 if again else weigh(documents + 1, cap)  # the text itself has it as well
        begin = end
