"""Two texts made ready for the kernels: word types that both share, expected frequencies, what a cut earns."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from stemmata.languages import FLOOR, Frequencies
from stemmata.tokens import LINE, LOWERCASE, PARAGRAPH, SENTENCE, Words

PRIOR = 2000.0  # words that the language's frequencies weigh against the pair's own
LEAST = 1e-6
CAP = 5.0
AT_SENTENCE, AT_LINE, AT_CAPITAL, ELSEWHERE = 2.5, 2.0, -0.5, -2.5


@dataclass(frozen=True)
class Side:
    """One text of a pair.

    Parameters
    ----------
    text : str
    words : Words
    ids : int32 array
        Word types, shared by both sides.
    bonus : float64 array, one longer than the words
        What a passage earns by beginning or ending at each gap.
    """

    text: str
    words: Words
    ids: NDArray[np.int32]
    bonus: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.ids)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the code points of words [first, last), as ``word_span``."""
        return word_span(self.text, self.words, first, last)


@dataclass(frozen=True)
class TextPair:
    """Two sides over one set of word types.

    Parameters
    ----------
    a, b : Side
        The side that derives comes first where the caller knows it.
    frequency : float64 array
        By type: how often it is to be expected in a text like these.
    weight : float64 array
        By type: -ln frequency, at most 5.
    background : float64 array
        By type: the share in the language alone.
    """

    a: Side
    b: Side
    frequency: NDArray[np.float64]
    weight: NDArray[np.float64]
    background: NDArray[np.float64]


def prepare(a_text: str, a: Words, b_text: str, b: Words, language: Frequencies) -> TextPair:
    """Make a pair ready.

    Words frequent in this very pair are cheap: a shared subject is no evidence. The expected frequency mixes
    the pair's counts (less one for each text) with the language's list.
    """
    types, ids = np.unique(np.concatenate([a.word, b.word]), return_inverse=True)
    narrow: NDArray[np.int32] = ids.astype(np.int32)
    a_ids, b_ids = narrow[: len(a)], narrow[len(a) :]
    background = language.look_up(types, FLOOR)
    counts = np.maximum(np.bincount(a_ids, minlength=len(types)) - 1, 0)
    counts += np.maximum(np.bincount(b_ids, minlength=len(types)) - 1, 0)
    frequency = np.maximum((counts + PRIOR * background) / (len(ids) + PRIOR), LEAST)
    weight = np.minimum(CAP, -np.log(frequency))
    return TextPair(Side(a_text, a, a_ids, _bonus(a)), Side(b_text, b, b_ids, _bonus(b)), frequency, weight, background)


def turned(pair: TextPair) -> TextPair:
    """Return a pair with its sides exchanged."""
    return replace(pair, a=pair.b, b=pair.a)


def word_span(text: str, words: Words, first: int, last: int) -> tuple[int, int]:
    """Return the code points of words [first, last), widened to adjoining signs that are not white space.

    Signs that touch a word outside are that word's own.
    """
    start, end = int(words.start[first]), int(words.end[last - 1])
    low = int(words.end[first - 1]) if first else 0
    high = int(words.start[last]) if last < len(words) else len(text)
    left, right = start, end
    while left > low and not text[left - 1].isspace():
        left -= 1
    while right < high and not text[right].isspace():
        right += 1
    return start if left == low and first else left, end if right == high and last < len(words) else right


def _bonus(words: Words) -> NDArray[np.float64]:
    flags = words.flags
    lower = flags & LOWERCASE != 0
    line = (flags & PARAGRAPH != 0) | ((flags & LINE != 0) & ~lower)
    inside = np.select([flags & SENTENCE != 0, line, ~lower], [AT_SENTENCE, AT_LINE, AT_CAPITAL], default=ELSEWHERE)
    bonus = np.append(inside, AT_SENTENCE)
    bonus[0] = AT_SENTENCE
    return bonus
