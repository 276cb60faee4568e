"""Compile the kernels of a comparison in two processes at once, before the first one on a machine.

Numba compiles one function at a time in a process. What one process has compiled the other finds on disk.
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from stemmata.languages import Frequencies
from stemmata.passages.pair import TextPair, prepare
from stemmata.passages.rectangles import Rectangle, find_rectangles
from stemmata.passages.short import find_short
from stemmata.passages.wording import list_edits, set_words
from stemmata.tokens import Words, words_of

SIZE = 64  # words: enough for a seed


def warm_up() -> None:
    """Compile what finds passages in a second process, and what sets their words in this one.

    If the second process fails, this one compiles its share as it goes.
    """
    finding = "from stemmata.warming import find_passages; find_passages()"
    with subprocess.Popen(
        [sys.executable, "-c", finding], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ):
        words_of("a word")
        pair = _pair()
        whole = Rectangle(0, SIZE, 0, SIZE, 0.0, 0.0, 0.0)
        list_edits(pair, set_words(pair, whole), whole[:4])


def find_passages() -> None:
    """Compile the kernels that find passages, by looking for one."""
    pair = _pair()
    find_rectangles(pair, 0.0, 1, reused=True)
    find_short(pair, [], 0.0, names=True)


def _pair() -> TextPair:
    """Return two equal texts of one-letter words, made without the tokeniser."""
    place = np.arange(SIZE)
    words = Words(
        (2 * place).astype(np.int32),
        (2 * place + 1).astype(np.int32),
        place.astype(np.uint64),
        place.astype(np.uint32),
        np.zeros(SIZE, np.uint8),
    )
    return prepare("a " * SIZE, words, "a " * SIZE, words, Frequencies(np.zeros(0, np.uint64), np.zeros(0)))
