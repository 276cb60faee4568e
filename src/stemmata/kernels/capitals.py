"""How many words of each text have a case that says something, and how many of those a capital."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.gaps import FIRST
from stemmata.kernels.tokenise import CAPITAL, LOWERCASE


@kernel
def count_capitals(
    flags: NDArray[np.uint8], first: NDArray[np.int64], cased: NDArray[np.int64], capital: NDArray[np.int64]
) -> None:
    """Count the words that are not sentence-first and have a case, and those of them with a capital, by text."""
    for d in range(len(first) - 1):
        for i in range(first[d], first[d + 1]):
            says = flags[i] & FIRST == 0
            cased[d] += says and flags[i] & (CAPITAL | LOWERCASE) != 0
            capital[d] += says and flags[i] & CAPITAL != 0
