"""Texts from here and there laid one behind the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel
from stemmata.kernels.lanes import copy_bytes


@kernel
def take_texts(sources: NDArray[np.int64], offsets: NDArray[np.int64], taken: NDArray[np.uint8]) -> None:
    """Copy texts: from the address ``sources[t]`` to ``taken[offsets[t]:offsets[t + 1]]``."""
    target = taken.ctypes.data
    for t in range(len(sources)):
        copy_bytes(target + offsets[t], sources[t], offsets[t + 1] - offsets[t])
