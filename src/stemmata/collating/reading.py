"""What each witness reads at each place: its words as they stand, with their signs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING, OMISSION, Collation
from stemmata.collating.lacunae import SIGN, find_fragments, find_lacunae
from stemmata.collating.places import Places
from stemmata.tokens import Tokens, Words

OPENING = ("Ps", "Pi")  # brackets and quotation marks with which something begins
LACUNA = 30  # words of others in a row that a witness leaves out, beyond which they count as one omission
MOST = 0.5  # of the witnesses that reach a place: if they have a word there, a witness without one leaves it out


def read_collation(names: Sequence[str], texts: Sequence[str], tokens: Tokens, places: Places) -> Collation:
    """Write down what each witness reads at each place.

    A reading is a word as it stands, case and spelling and all, with the signs about it. Signs between two words
    belong to the first, up to the last white space or, where there is none, to an opening bracket or quotation mark;
    what comes after that belongs to the second. Signs before the first word of a text belong to it. White space inside
    a reading is one space; about it there is none.

    Where a witness has no word it reads ``OMISSION``. Nobody knows what it read before its first word and after its
    last; moved words do not count there. Where it has no word for more than ``LACUNA`` places in a row at which most
    others have one, the first of these is an omission, and the rest are ``MISSING``. Where ``[…]`` says that words are
    lost it omits nothing, and a word that the sign touches is a fragment: all of that is ``MISSING``.

    Parameters
    ----------
    names : sequence of str
        Of the witnesses.
    texts : sequence of str
        Of the witnesses, in the same order.
    tokens : Tokens
        The words of ``texts``.
    places : Places
        In which place each of these words stands.

    Returns
    -------
    Collation
        With spans: the code points of each reading in its text.
    """
    shape = (len(texts), places.count)
    codes = np.full(shape, MISSING, np.int32)
    spans = np.full((*shape, 2), -1, np.int64)
    moved = np.zeros(shape, bool)
    lost = np.zeros(shape, bool)
    numbers = {OMISSION: 0}
    known: dict[str, int] = {}
    splits: dict[str, tuple[int, int]] = {}
    for witness, text in enumerate(texts):
        words, place = tokens[witness], places.place[witness]
        whole = SIGN.sub(lambda found: " " * len(found[0]), text)  # which is no sign about a word
        begin, end = _with_signs(whole, words, splits)
        spans[witness, place, 0], spans[witness, place, 1] = begin, end
        moved[witness, place] = places.moved[witness] > 0
        lost[witness] = _lost(text, words, place, places.moved[witness], places.count)
        read = [whole[low:high] for low, high in zip(begin.tolist(), end.tolist(), strict=True)]
        for reading in read:
            if reading not in known:
                known[reading] = numbers.setdefault(" ".join(reading.split()), len(numbers))
        codes[witness, place] = [known[reading] for reading in read]
    held = codes != MISSING
    codes[_omitted(held, held & ~moved)] = numbers[OMISSION]
    codes[lost] = MISSING
    order = sorted(numbers)
    rank = np.empty(len(order) + 1, np.int32)
    rank[[numbers[reading] for reading in order]] = np.arange(len(order), dtype=np.int32)
    rank[MISSING] = MISSING
    codes = rank[codes]
    held = codes != MISSING
    where = np.nonzero(held)
    found, number = np.unique(where[1] * len(order) + codes[held], return_inverse=True)
    first = np.searchsorted(found, np.arange(places.count + 1) * len(order))
    codes[held] = number - first[where[1]]
    spelt = [order[reading] for reading in (found % max(1, len(order))).tolist()]
    readings = tuple(tuple(spelt[low:high]) for low, high in pairwise(first.tolist()))
    return Collation(tuple(names), readings, codes, moved, spans)


def _with_signs(
    text: str, words: Words, splits: dict[str, tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the readings of a text begin and end: its words with the signs that belong to them."""
    begin, end = words.start.astype(np.int64), words.end.astype(np.int64)
    lows, highs = np.append(0, end), np.append(begin, len(text))
    wide = np.flatnonzero(highs - lows > 1)
    single = np.flatnonzero(highs - lows == 1)
    single = single[[text[at] != " " for at in lows[single].tolist()]]
    for word in np.sort(np.concatenate([wide, single])).tolist():
        low, high = int(lows[word]), int(highs[word])
        signs = text[low:high]
        if signs not in splits:
            splits[signs] = _split(signs)
        behind, before = splits[signs]
        if word == 0:
            begin[:1] = high - len(signs.lstrip())
        else:
            end[word - 1] = low + (len(signs.rstrip()) if word == len(words) else behind)
            begin[word : word + 1] = high - before
    return begin, end


def _split(signs: str) -> tuple[int, int]:
    """Return how many of the signs between two words belong to the first, and how many to the second."""
    cut = max((at + 1 for at, sign in enumerate(signs) if sign.isspace()), default=None)
    if cut is None:
        opening = (at for at, sign in enumerate(signs) if unicodedata.category(sign) in OPENING)
        cut = next(opening, len(signs))
    return len(signs[:cut].rstrip()), len(signs) - cut


def _lost(text: str, words: Words, place: NDArray[np.int32], moved: NDArray[np.int32], count: int) -> NDArray[np.bool_]:
    """Say at which places a witness cannot be read: where words of it are lost, and where a part of one is left."""
    lost = np.zeros(count, bool)
    if not SIGN.search(text):
        return lost
    own = np.flatnonzero(moved == 0)
    edges = np.concatenate([[-1], place[own], [count]])
    for gap in np.flatnonzero(find_lacunae(text, words)).tolist():
        at = int(np.searchsorted(own, gap))
        lost[edges[at] + 1 : edges[at + 1]] = True
    lost[place] = find_fragments(text, words)
    return lost


def _omitted(held: NDArray[np.bool_], placed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say where a witness omits something: between its first and last word, of a long gap the first place alone."""
    reached = np.zeros(held.shape, bool)
    for witness in range(len(held)):
        inside = np.flatnonzero(placed[witness])
        if len(inside):
            reached[witness, inside[0] : inside[-1] + 1] = True
    common = held.sum(axis=0) >= MOST * np.maximum(1, reached.sum(axis=0))
    omitted = reached & ~held
    for witness in range(len(held)):
        inside = np.flatnonzero(held[witness])
        for low, high in zip(inside[:-1].tolist(), inside[1:].tolist(), strict=True):
            if high - low > LACUNA:
                left_out = np.flatnonzero(common[low + 1 : high]) + low + 1
                if len(left_out) > LACUNA:
                    omitted[witness, low + 1 : high] = False
                    omitted[witness, left_out[0]] = reached[witness, left_out[0]]
    return omitted
