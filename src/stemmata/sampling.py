"""A part of a collection that does not depend on order, parts or workers: texts drawn by their own hashes.

Whoever has a text can tell whether it was drawn; exact copies are drawn together; a larger share holds all of a
smaller one.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.buffers import text_views
from stemmata.kernels.texts import hash_texts


def text_hashes(texts: pa.Array | pa.ChunkedArray) -> NDArray[np.uint64]:
    """Return a hash of each text of a column; several gigabytes a second."""
    data, offsets = text_views(texts)
    hashes = np.zeros(len(offsets) - 1, np.uint64)
    hash_texts(data, offsets, hashes)
    return hashes


def drawn(hashes: NDArray[np.uint64], share: float) -> NDArray[np.bool_]:
    """Say of each text, by its hash, whether it is among those that stand for all where a share of them does.

    Parameters
    ----------
    share : float
        0 to 1: of the texts.
    """
    if not 0 < share < 1:
        return np.full(len(hashes), share >= 1)
    return hashes < np.uint64(int(share * 2.0**64))


def in_sample(text: str, share: float) -> bool:
    """Say of one text what ``drawn`` says of many."""
    return share >= 1 or bool(drawn(text_hashes(pa.array([text], pa.large_string())), share)[0])
