"""A text as the rules see it, without a pair or a pass over a corpus."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations.marked import MarkedText
from stemmata.tokens import among, words_of

Hashes = NDArray[np.uint64]
NOTHING = np.zeros(0, np.uint64)


def marked(text: str, language: str = "en", common: Hashes = NOTHING, names: Hashes = NOTHING) -> MarkedText:
    """Return a text, its values and cues found; ``common`` are the commonest words, ascending, as ``names`` are."""
    words = words_of(text)
    none = np.zeros(len(words), bool)
    side = MarkedText(text, words, language, among(words.word, names), none, among(words.word, common))
    side.mark(~none)
    return side
