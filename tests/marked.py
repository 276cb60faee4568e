"""A text as the rules see it, without a pair or a pass over a corpus."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations.marked import MarkedText
from stemmata.tokens import among, words_of


def marked(text: str, language: str = "en", common: NDArray[np.uint64] | None = None) -> MarkedText:
    """Return a text without names, its values and cues found; ``common`` are the commonest words, ascending."""
    words = words_of(text)
    none = np.zeros(len(words), bool)
    side = MarkedText(text, words, language, none, none, none if common is None else among(words.word, common))
    side.mark(~none)
    return side
