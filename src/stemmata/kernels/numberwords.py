"""Number words become the numbers that they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.tokenise import NUMBER


@kernel
def replace_numbers(
    word: NDArray[np.uint64], flags: NDArray[np.uint8] | None, named: NDArray[np.uint64], numbers: NDArray[np.uint64]
) -> None:
    """Put the hash of its digits in the place of each number word, and say in ``flags`` that it is one.

    ``named`` holds the hashes of number words, each at its own lowest bits or in the next free place, and 0 elsewhere;
    ``numbers`` beside them the hashes that they become. A pass of its own: most words find an empty place at once.
    """
    places = np.uint64(len(named) - 1)
    for k in range(len(word)):
        place = word[k] & places
        while named[place]:
            if named[place] == word[k]:
                word[k] = numbers[place]
                if flags is not None:
                    flags[k] |= NUMBER
                break
            place = (place + np.uint64(1)) & places
