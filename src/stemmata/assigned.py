"""Words from a text that was given to everybody: an assignment, a form, a template (``--base``).

Told by runs of five words that stand in it, as fingerprints are.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.errors import SchemaError
from stemmata.kernels.kgrams import kgrams
from stemmata.tokens import Words, among, distinct, read_words

N = 5
BRIDGED = 2  # words of one's own within a stretch
SHORTEST = 8  # words of a stretch
SEED = 4


def base_grams(texts: pa.Array | pa.ChunkedArray) -> NDArray[np.uint64]:
    """Return the hashes of all runs of five words in some texts, distinct and ascending.

    Raises
    ------
    SchemaError
        A text has fewer than eight words: nothing would ever be taken for it.
    """
    tokens = read_words(texts)
    sizes = np.diff(tokens.first)
    if len(sizes) and sizes.min() < SHORTEST:
        raise SchemaError(
            f"a base text has {sizes.min()} words; only stretches of {SHORTEST} words or more are told as base text.",
            where=f"table 'base', row {sizes.argmin()}",
            mend="give the whole text that everybody was given, or leave this one out.",
        )
    return distinct(np.concatenate([np.zeros(0, np.uint64), *(_grams(tokens[k]) for k in range(len(tokens)))]))


def base_stretches(words: Words, base: NDArray[np.uint64]) -> list[slice]:
    """Return the stretches of at least eight words that the base texts hold.

    Parameters
    ----------
    words : Words
    base : uint64 array
        As ``base_grams`` returns it.

    Notes
    -----
    Up to two words that differ stay within a stretch.
    """
    held = np.zeros(len(words) + 1, np.int64)
    begins = np.flatnonzero(among(_grams(words), base))
    np.add.at(held, begins, 1)
    np.add.at(held, begins + N, -1)
    edges = np.diff(np.cumsum(held) > 0, prepend=False, append=False)
    bounds = np.flatnonzero(edges)
    starts, ends = bounds[::2], bounds[1::2]
    apart = starts[1:] - ends[:-1] > BRIDGED
    starts, ends = starts[np.append(True, apart)[: len(starts)]], ends[np.append(apart, True)[: len(ends)]]
    stretches = map(slice, starts.tolist(), ends.tolist())
    return [stretch for stretch in stretches if stretch.stop - stretch.start >= SHORTEST]


def _grams(words: Words) -> NDArray[np.uint64]:
    hashes = np.zeros(len(words), np.uint64)
    kgrams(words.word, np.array([0, len(words)]), N, SEED, hashes)
    return hashes[: max(0, len(words) - N + 1)]
