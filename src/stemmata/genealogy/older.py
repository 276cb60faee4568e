"""Which of two readings is likely the older: what comes of a slip is rarer, or no word at all."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.collating.collation import Collation
from stemmata.languages import Frequencies
from stemmata.tokens import read_words

RAREST = 1e-8  # share of running text that an unknown word has


def likely_older(collation: Collation, frequencies: Frequencies) -> NDArray[np.float64]:
    """Return how common each reading is, which tells how likely it is the older.

    Parameters
    ----------
    collation : Collation
    frequencies : Frequencies
        Of the language; where nothing is known of it all readings are alike.

    Returns
    -------
    float array of shape (places, most readings)
        The decimal logarithm of the share that the rarest word of a reading has of running text; NaN where there is no
        word, which is an omission.
    """
    readings = [reading for here in collation.readings for reading in here]
    tokens = read_words(pa.array(readings, pa.large_string()))
    shares = frequencies.look_up(tokens.words.word, RAREST) if len(frequencies.words) else np.ones(len(tokens.words))
    rarest = np.full(len(readings), np.inf)
    np.minimum.at(rarest, np.repeat(np.arange(len(readings)), np.diff(tokens.first)), shares)
    sizes = [len(here) for here in collation.readings]
    older = np.full((len(sizes), max(sizes, default=0)), np.nan)
    older[np.repeat(np.arange(len(sizes)), sizes), [x for size in sizes for x in range(size)]] = np.where(
        np.isinf(rarest), np.nan, np.log10(np.minimum(rarest, 1.0))
    )
    return older
