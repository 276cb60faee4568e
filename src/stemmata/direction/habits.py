"""Habits of English rewriting, and what a site adds to a page.

A spinner slips in intensifiers, writes "as well as" for "and", and digits for number words; a rewriter writes
contractions out. Only what one text has and the other lacks is counted.
"""

from __future__ import annotations

import math
import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from stemmata.direction.comparison import Comparison, Segments, Side
from stemmata.direction.reasons import Example, Measure
from stemmata.kernels.edits import RESTYLE
from stemmata.tokens import NUMBER, hash_words

INTENSIFIERS = (
    *("absolutely", "actually", "also", "basically", "certainly", "completely", "definitely", "entirely"),
    *("especially", "even", "exceptionally", "extremely", "fairly", "highly", "incredibly", "indeed", "just"),
    *("literally", "much", "own", "particularly", "pretty", "quite", "rather", "really", "right", "simply"),
    *("so", "surely", "totally", "truly", "utterly", "very"),
)
AND, ALSO = "and", "also"
AND_PHRASES = ("as well as", "and also", "along with", "in addition to", "together with")
ADDED = ("comment form", "share bar", "cookie notice", "subscription")  # what the site that shows a text adds
CONTRACTION = re.compile(
    r"\b(?:\w+n['’]t|\w+['’](?:re|ve|ll|d|m)|(?:it|he|she|that|there|here|what|who|where|let)['’]s)\b",
    re.IGNORECASE,
)
EXAMPLES = 5


def intensifiers(c: Comparison) -> Measure:
    """Count intensifiers put in as single words: of y less those of x, signed root.

    "also" after "and" is left to ``and_phrases``.
    """
    s = c.segments
    x = _slipped_in(c.x, s.x_from, (s.x_size == 1) & (s.y_size == 0))
    y = _slipped_in(c.y, s.y_from, (s.y_size == 1) & (s.x_size == 0))
    count = len(y) - len(x)
    return Measure(_root(count), [_around(c, k) for k in (y if count > 0 else x)[:EXAMPLES]])


def _slipped_in(side: Side, first: NDArray[np.int64], put_in: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the segments that are one intensifier put in."""
    words = side.words.word
    k = np.flatnonzero(put_in)
    also, after = _hashes((ALSO, AND))
    and_also = (words[first[k]] == also) & (words[np.maximum(first[k] - 1, 0)] == after)
    found: NDArray[np.int64] = k[np.isin(words[first[k]], _hashes(INTENSIFIERS)) & ~and_also]
    return found


def _around(c: Comparison, segment: int) -> Example:
    """Return a segment with the word before and the word after it."""
    s = c.segments
    return (
        c.x.reading(max(int(s.x_from[segment]) - 1, 0), min(int(s.x_to[segment]) + 1, len(c.x.words))),
        c.y.reading(max(int(s.y_from[segment]) - 1, 0), min(int(s.y_to[segment]) + 1, len(c.y.words))),
    )


def and_phrases(c: Comparison) -> Measure:
    """Count "as well as" and the like where the other text has "and": of y less those of x, signed root."""
    s = c.segments
    turned = Segments(s.y_from, s.y_to, s.x_from, s.x_to, s.y_size, s.x_size)
    y = _phrases_for_and(c.x, c.y, s)
    x = [(b, a) for a, b in _phrases_for_and(c.y, c.x, turned)]
    count = len(y) - len(x)
    return Measure(_root(count), list(dict.fromkeys(y if count > 0 else x))[:EXAMPLES])


def _phrases_for_and(plain: Side, wordy: Side, s: Segments) -> list[tuple[str, str]]:
    """Return where ``wordy`` has a phrase and ``plain``, as x of the segments, has "and" in its place."""
    found = []
    words = wordy.words.word
    for phrase in AND_PHRASES:
        hashes = _hashes(tuple(phrase.split()))
        size = len(hashes)
        if len(words) < size:
            continue
        windows = np.lib.stride_tricks.sliding_window_view(words, size)
        for first in np.flatnonzero((windows == hashes).all(axis=1)).tolist():
            touched = np.flatnonzero((s.y_size > 0) & (s.y_from < first + size) & (first < s.y_to))
            if len(touched) == 1:
                k = touched[0]
                before, after = max(0, s.y_from[k] - first), max(0, first + size - s.y_to[k])
                x_from, x_to = max(0, int(s.x_from[k] - before)), int(s.x_to[k] + after)
                if _hashes((AND,))[0] in plain.words.word[x_from:x_to]:
                    reading = wordy.reading(int(s.y_from[k] - before), int(s.y_to[k] + after))
                    found.append((first, plain.reading(x_from, min(x_to, len(plain.words))), reading))
    return [(x, y) for _, x, y in sorted(found)]


def digits(c: Comparison) -> Measure:
    """Count digits for a number word: of y less those of x, signed root."""
    rows = c.rows[c.rows[:, 0] == RESTYLE]
    rows = rows[c.x.words.flags[rows[:, 1]] & NUMBER != 0]
    pairs = zip(c.x.readings(rows[:, 1]), c.y.readings(rows[:, 3]), strict=True)
    x, y = [], []
    for pair in pairs:
        as_digits = [reading[0].isdigit() for reading in pair]
        if as_digits == [False, True]:
            y.append(pair)
        elif as_digits == [True, False]:
            x.append(pair)
    count = len(y) - len(x)
    return Measure(_root(count), list(dict.fromkeys(y if count > 0 else x))[:EXAMPLES])


def contractions(c: Comparison) -> Measure:
    """Count contractions: of x less those of y, over sqrt(both + 2)."""
    counts, own = [], []
    for side, matched in zip((c.x, c.y), c.matched, strict=True):
        starts = np.array([m.start() for m in CONTRACTION.finditer(side.text)], np.int64)
        places = np.searchsorted(side.words.start, starts, "right") - 1
        places = places[(places >= 0) & side.core[places]]
        counts.append(len(places))
        own.append(list(dict.fromkeys(side.readings(places[~matched[places]])))[:EXAMPLES])
    x, y = counts
    return Measure((x - y) / math.sqrt(x + y + 2), own[0] if x > y else own[1])


def added_furniture(c: Comparison) -> Measure:
    """Count lines of page furniture: of y less those of x, over sqrt(both + 2)."""
    x, y = ([side.text[f.start : f.end] for f in side.furniture if f.what in ADDED] for side in (c.x, c.y))
    return Measure((len(y) - len(x)) / math.sqrt(len(x) + len(y) + 2), (y if len(y) > len(x) else x)[:EXAMPLES])


def _root(count: int) -> float:
    return math.copysign(math.sqrt(abs(count)), count)


@cache
def _hashes(words: tuple[str, ...]) -> NDArray[np.uint64]:
    return hash_words(words)
