"""Whether two texts that share passages word for word are versions of one text, edited beside the passages.

A piece that stands unchanged in a text otherwise somebody's own was not edited, nor was a text that a page reprints
below another headline. A text was that has lost or gained a sentence, or holds its paragraphs in another order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stemmata.furniture import find_furniture
from stemmata.sides import Sides
from stemmata.tokens import LINE, LOWERCASE, PARAGRAPH, SENTENCE, Words, words_of

HALF = 0.5  # share of both texts from which they are versions of one text, not a text and a piece of it
NEARLY_ALL = 0.9  # share of a text from which it is a piece of the other, with nothing else in it
PROSE = 10  # words of a sentence; a credit is shorter, and a headline ends without a sign
UNMARKED = 30  # words that are prose though no sign ends them

Spans = Sequence[tuple[tuple[int, int], tuple[int, int]]]


def were_edited(sides: Sides, share: tuple[float, float], same: Spans) -> bool:
    """Say whether one of two texts was made from the other by edits outside what stands in both word for word.

    Parameters
    ----------
    share : two floats
        How much of either text is reused, 0 to 1.
    same : sequence of spans in a and in b
        Everything that both texts hold unchanged, in code points.
    """
    versions = min(share) >= HALF
    if not versions and max(share) < NEARLY_ALL:
        return False
    texts = (sides.a_text, sides.a, [a for a, _ in same]), (sides.b_text, sides.b, [b for _, b in same])
    held = [words.inside(spans) for _, words, spans in texts]
    known = [mask | words.inside(f[:2] for f in find_furniture(text)) for mask, (text, words, _) in zip(held, texts)]
    if any(_parted(shared, all_known) for shared, all_known in zip(held, known, strict=True)):
        return True
    if not versions:
        return False
    return _turned_round(same) or any(_has_prose(t, w, ~k) for (t, w, _), k in zip(texts, known, strict=True))


def _parted(shared: NDArray[np.bool_], known: NDArray[np.bool_]) -> bool:
    """Say whether words of a text's own stand between those that it shares."""
    at = np.flatnonzero(shared)
    return bool(len(at)) and not known[at[0] : at[-1] + 1].all()


def _turned_round(same: Spans) -> bool:
    """Say whether the passages stand in another order in b than in a."""
    in_b = [b for _, b in sorted(same)]
    return in_b != sorted(in_b)


def _has_prose(text: str, words: Words, own: NDArray[np.bool_]) -> bool:
    """Say whether some words of a text are of a sentence, or go on without an end: no headline, byline or menu."""
    if not own.any():
        return False
    flags = words.flags
    starts = (flags & (SENTENCE | PARAGRAPH) != 0) | (flags & (LINE | LOWERCASE) == LINE)
    first = np.flatnonzero(np.append(True, starts[1:]))
    size = np.diff(np.append(first, len(words)))
    last_ends = words_of(f"a{text[words.end[-1] :]} A").flags[-1] & SENTENCE
    ended = np.append(flags[first[1:]] & SENTENCE, last_ends) != 0
    added = np.add.reduceat(own, first, dtype=np.int64)
    return bool((((size >= PROSE) & ended & (added > 0)) | (added >= UNMARKED)).any())
