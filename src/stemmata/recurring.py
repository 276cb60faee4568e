"""Hashes that may stand often among millions: told by counting some of their bits, without sorting any."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.tally import add_up

ROOM = 4  # counters for each hash, at least
FEWEST, MOST = 10, 24  # bits: at most 64 MB of counters


def recurring(parts: Sequence[NDArray[np.uint64]], least: int) -> list[NDArray[np.int64]]:
    """Return of each part the places whose hash stands ``least`` times or more in all parts together.

    Some that stand less often are among them: those whose counter others share. Well-mixed hashes have few.
    """
    bits = min(MOST, max(FEWEST, (ROOM * sum(map(len, parts))).bit_length()))
    shift = np.uint64(64 - bits)
    seen = np.zeros(1 << bits, np.int32)
    for part in parts:
        add_up(part, shift, seen)
    return [np.flatnonzero(seen[part >> shift] >= least) for part in parts]
