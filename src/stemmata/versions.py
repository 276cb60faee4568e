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

HALF = 0.5  # share of both texts above which they are versions of one text, not a text and a piece of it
NEARLY_ALL = 0.9  # share of a text from which it is a piece of the other, with nothing else in it
PROSE = 10  # words of a sentence; a credit is shorter, and a headline ends without a sign
UNMARKED = 30  # words that are prose though no sign ends them

Spans = tuple[tuple[int, int], tuple[int, int]]  # of a and of b


def were_edited(sides: Sides, same: Sequence[Spans], nobodys: Sequence[Spans]) -> bool:
    """Say whether one of two texts was made from the other by edits outside what stands in both word for word.

    Parameters
    ----------
    same, nobodys : sequences of spans in a and in b
        What both texts hold unchanged, and what they share that is nobody's own, in code points.
    """
    texts = (sides.a_text, sides.a), (sides.b_text, sides.b)
    unchanged = [words.inside(spans[side] for spans in same) for side, (_, words) in enumerate(texts)]
    shares = [float(held.mean()) for held in unchanged]
    versions = min(shares) > HALF
    if not versions and max(shares) < NEARLY_ALL:
        return False
    own = [
        ~(held | words.inside([*(spans[side] for spans in nobodys), *(line[:2] for line in find_furniture(text))]))
        for side, (held, (text, words)) in enumerate(zip(unchanged, texts, strict=True))
    ]
    if any(_parted(*one) for one in zip(unchanged, own, strict=True)):
        return True
    prose = any(_has_prose(text, words, mine) for (text, words), mine in zip(texts, own, strict=True))
    return versions and (prose or _turned_round(same))


def _parted(unchanged: NDArray[np.bool_], own: NDArray[np.bool_]) -> bool:
    """Say whether words of a text's own stand between those that it shares."""
    at = np.flatnonzero(unchanged)
    return bool(own[at[0] : at[-1] + 1].any())


def _turned_round(same: Sequence[Spans]) -> bool:
    """Say whether the passages stand in another order in b than in a."""
    in_b = [b for _, b in sorted(same)]
    return in_b != sorted(in_b)


def _has_prose(text: str, words: Words, own: NDArray[np.bool_]) -> bool:
    """Say whether some words of a text are of a sentence, or go on without an end: no headline, byline or menu."""
    if not own.any():
        return False
    flags = words.flags
    starts = flags & (SENTENCE | PARAGRAPH) != 0
    if (flags & LOWERCASE != 0).any():  # else a line that begins tells nothing: prose is wrapped, too
        starts |= flags & (LINE | LOWERCASE) == LINE
    first = np.flatnonzero(np.append(True, starts[1:]))
    sizes = words.sizes()
    size = np.add.reduceat(sizes, first)
    last_ends = words_of(f"a{text[words.end[-1] :]} A").flags[-1] & SENTENCE
    ended = np.append(flags[first[1:]] & SENTENCE, last_ends) != 0
    added = np.add.reduceat(np.where(own, sizes, 0.0), first)
    altered = (added > 0) & (size >= PROSE) & (ended | (added < size))
    return bool((altered | (added >= UNMARKED)).any())
