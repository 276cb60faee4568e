"""Where a witness is lost or cannot be read: the sign ``[…]`` in its text."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from stemmata.tokens import Words

SIGN = re.compile(r"\[\s?(?:…|\.\.\.|\. \. \.)\s?\]")  # the reader of TEI writes ``readers.tei_text.GAP``


def find_lacunae(text: str, words: Words) -> NDArray[np.bool_]:
    """Say where words may be lost.

    Parameters
    ----------
    text : str
        The text of a witness; ``[…]`` or ``[...]`` stands for what nobody can read.
    words : Words
        Its words.

    Returns
    -------
    bool array of shape (words + 1,)
        Whether something is lost before each word, and after the last.
    """
    lost = np.zeros(len(words) + 1, bool)
    lost[np.searchsorted(words.start, [sign.start() for sign in SIGN.finditer(text)])] = True
    return lost


def find_fragments(text: str, words: Words) -> NDArray[np.bool_]:
    """Say of each word whether a part of it is lost: the sign touches it, as in *vir[…]*.

    Returns
    -------
    bool array of shape (words,)
    """
    found = np.zeros(len(words), bool)
    for sign in SIGN.finditer(text):
        before, after = int(np.searchsorted(words.end, sign.start())), int(np.searchsorted(words.start, sign.end()))
        for word, touching in ((before, words.end), (after, words.start)):
            edge = sign.start() if touching is words.end else sign.end()
            if word < len(words) and touching[word] == edge:
                found[word] = True
    return found
