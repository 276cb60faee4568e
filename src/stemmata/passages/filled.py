"""Passages that fill in anew what their collection knows as a form: template, not copy."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.forms import begins_slot, find_facts, form_sentences, sentence_of
from stemmata.passages.pair import TextPair
from stemmata.passages.wording import Wording
from stemmata.tokens import Words

# share of the equal words that stand in sentences of a form, of what is nearly word for word the same and of what is
# reworded; share of the slots there that are filled otherwise. Chosen on pairs of a newswire that were read, and on
# those that are labelled
CLOSE, REWORDED, UNLIKE = 0.7, 0.3, 0.25
HALF = 0.5  # of a sentence, for it to lie in a passage; of the words of a slot, above which it is filled otherwise
RIGHT = 0.7  # share of templates among such passages there; most others report one event in a set form


class _Marked(NamedTuple):
    """Of each word of a text: its sentence, the slot of a form that it fills (0: none), whether it is in a form."""

    sentence: NDArray[np.int64]
    slot: NDArray[np.int64]
    form: NDArray[np.bool_]


class _Counts(NamedTuple):
    """Of one side of a passage: equal words, those in a form, slots not left out, and those filled otherwise."""

    equal: int
    in_form: int
    slots: int
    unlike: int


class Forms:
    """The forms in two texts; each text is searched once, and not before it is asked about.

    Parameters
    ----------
    pair : TextPair
    forms : uint64 array
        As ``find_forms``.
    names : bool
        Whether a capital inside a sentence marks a name.
    """

    def __init__(self, pair: TextPair, forms: NDArray[np.uint64], *, names: bool) -> None:
        self._pair = pair
        self._forms = forms
        self._names = names

    def filled_anew(self, wording: Wording, bounds: tuple[int, int, int, int], *, close: bool) -> bool:
        """Say whether words [a_from, a_to) and [b_from, b_to) share a form rather than what it says.

        A good part of what is equal must be of a form, and of the slots in sentences of the form that lie at least half
        within the bounds, a good part must be filled otherwise: what fills a form in stands at the bounds as well. A
        passage that is ``close``, verbatim or edited, is more likely a copy with altered facts: most of it must be of a
        form, and a slot over against which nothing stands was left out.
        """
        if not len(self._forms):
            return False
        a, b = self._marked
        a_span, b_span = slice(*bounds[:2]), slice(*bounds[2:])
        if not (a.form[a_span].any() and b.form[b_span].any()):
            return False
        to_b, to_a = _partners(self._pair, wording.path, bounds)
        moved = _partners(self._pair, wording.moved_a, bounds)
        one = _count(a, a_span, to_b, (to_b >= 0) | (moved[0] >= 0), b.sentence, close=close)
        other = _count(b, b_span, to_a, (to_a >= 0) | (moved[1] >= 0), a.sentence, close=close)
        both = _Counts(*map(sum, zip(one, other, strict=True)))
        share = CLOSE if close else REWORDED
        return 0 < share * both.equal <= both.in_form and both.unlike >= UNLIKE * both.slots

    @cached_property
    def _marked(self) -> tuple[_Marked, _Marked]:
        a, b = (self._mark(side.words) for side in (self._pair.a, self._pair.b))
        return a, b

    def _mark(self, words: Words) -> _Marked:
        fact = find_facts(words, names=self._names)
        form = form_sentences(words, fact, self._forms)
        fact &= form
        return _Marked(sentence_of(words), np.where(fact, np.cumsum(begins_slot(words, fact)), 0), form)


def _partners(
    pair: TextPair, path: NDArray[np.int32], bounds: tuple[int, int, int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the equal partner within the bounds of each word of a, and of b, as a path has them; -1: none."""
    a_from, a_to, b_from, b_to = bounds
    to_b, to_a = np.full(len(pair.a), -1), np.full(len(pair.b), -1)
    at = a_from + np.flatnonzero((path[a_from:a_to] >= b_from) & (path[a_from:a_to] < b_to))
    at = at[pair.a.ids[at] == pair.b.ids[path[at]]]
    to_b[at] = path[at]
    to_a[path[at]] = at
    return to_b, to_a


def _count(
    marked: _Marked,
    span: slice,
    partner: NDArray[np.int64],
    same: NDArray[np.bool_],
    other_sentence: NDArray[np.int64],
    *,
    close: bool,
) -> _Counts:
    """Count what one side of a passage shows.

    Parameters
    ----------
    partner : int array, by word
        The equal word of the other text in its place; -1: none.
    same : bool array, by word
        Whether it has an equal partner, in its place or moved.
    other_sentence : int array, by word of the other text
        Its sentence.
    """
    lengths = np.bincount(marked.sentence)
    within = np.bincount(marked.sentence[span], minlength=len(lengths)) >= HALF * lengths
    words = np.flatnonzero((marked.slot > 0) & within[marked.sentence])
    slot, first, size = np.unique(marked.slot[words], return_index=True, return_counts=True)
    missing = np.bincount(np.searchsorted(slot, marked.slot[words]), ~same[words], len(slot))
    equal, in_form = int(same.sum()), int((same & marked.form).sum())
    if not close:
        return _Counts(equal, in_form, len(slot), int((missing >= HALF * size).sum()))
    lost, begin = missing > HALF * size, words[first]
    held = _held(marked.sentence, begin, begin + size, partner, other_sentence)
    return _Counts(equal, in_form, int((~lost | held).sum()), int((lost & held).sum()))


def _held(
    sentence: NDArray[np.int64],
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    partner: NDArray[np.int64],
    other_sentence: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Say of words [begin, end) whether words of the other text stand between what is equal on either side of them.

    Only the own sentence counts; where nothing in it is equal before them, or after, the other text's sentence begins,
    or ends, there.
    """
    on_path = partner >= 0
    places = np.arange(len(partner))
    none = len(partner)
    before = np.append(-1, np.maximum.accumulate(np.where(on_path, places, -1)))[begin]
    after = np.append(np.minimum.accumulate(np.where(on_path, places, none)[::-1])[::-1], none)[end]
    has_before = (before >= 0) & (sentence[before] == sentence[begin])
    has_after = (after < none) & (sentence[np.minimum(after, none - 1)] == sentence[begin])
    last, following = partner[before], partner[np.minimum(after, none - 1)]
    low = np.where(has_before, last + 1, np.searchsorted(other_sentence, other_sentence[following]))
    high = np.where(has_after, following, np.searchsorted(other_sentence, other_sentence[last], "right"))
    held: NDArray[np.bool_] = (has_before | has_after) & (high > low)
    return held
