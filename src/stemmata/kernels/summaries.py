"""The segment of a text that reads most like words drawn from another text, whatever their order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel


@kernel
def drawn_segment(
    a: NDArray[np.int32], value: NDArray[np.float64], bonus: NDArray[np.float64]
) -> tuple[int, int, float]:
    """Return the segment of ``a`` with the highest sum of ``value`` by type and gap ``bonus`` at its cuts."""
    best, best_from, best_to = -np.inf, 0, 0
    run, run_from = -np.inf, 0
    for i in range(len(a)):
        if run < bonus[i]:
            run, run_from = bonus[i], i
        run += value[a[i]]
        if run + bonus[i + 1] > best:
            best, best_from, best_to = run + bonus[i + 1], run_from, i + 1
    return best_from, best_to, best
