"""Passages that fill in anew what their collection knows as a form: template, not copy."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.forms import find_facts, form_sentences, sentence_of
from stemmata.passages.pair import TextPair
from stemmata.passages.wording import Wording
from stemmata.tokens import Words

# share of the equal words that stand in sentences of a form, and of the slots there that are filled otherwise; chosen
# on pairs of a newswire that were read and labelled (benchmarks/quality.py --only reuters)
FORM, UNLIKE = 0.3, 0.25
HALF = 0.5  # of a sentence, for it to lie in a passage; of the words of a slot, for it to be filled otherwise
RIGHT = 0.7  # share of templates among such passages there; most others report one event in a set form


class _Marked(NamedTuple):
    """What is known of each word of a text: its sentence, whether that is of a form, and whether it is a fact in one.

    ``lengths`` are those of the sentences, in words.
    """

    sentence: NDArray[np.int64]
    lengths: NDArray[np.int64]
    form: NDArray[np.bool_]
    fact: NDArray[np.bool_]


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

    def filled_anew(self, wording: Wording, bounds: tuple[int, int, int, int]) -> bool:
        """Say whether words [a_from, a_to) and [b_from, b_to) share a form rather than what it says.

        A good part of what is equal must be of a form; and of the slots in sentences of the form that lie at least half
        within the bounds, a good part must be filled otherwise: what fills a form in stands at the bounds as well.
        """
        if not len(self._forms):
            return False
        spans = slice(*bounds[:2]), slice(*bounds[2:])
        sums = np.zeros(4)
        for marked, same, span in zip(self._marked, _equal(self._pair, wording, bounds), spans, strict=True):
            within = np.bincount(marked.sentence[span], minlength=len(marked.lengths)) >= HALF * marked.lengths
            slots, unlike = _count_slots(marked.fact & within[marked.sentence], same)
            sums += np.array([same.sum(), (same & marked.form).sum(), slots, unlike])
        equal, in_form, filled, otherwise = sums
        return bool(0 < FORM * equal <= in_form and otherwise >= UNLIKE * filled)

    @cached_property
    def _marked(self) -> tuple[_Marked, _Marked]:
        a, b = (self._mark(side.words) for side in (self._pair.a, self._pair.b))
        return a, b

    def _mark(self, words: Words) -> _Marked:
        form, sentence = form_sentences(words, self._forms, names=self._names), sentence_of(words)
        return _Marked(sentence, np.bincount(sentence), form, form & find_facts(words, names=self._names))


def _count_slots(fact: NDArray[np.bool_], same: NDArray[np.bool_]) -> tuple[int, int]:
    """Count runs of names and numbers, and those half of whose words or more have no equal partner."""
    slot = np.cumsum(fact & ~np.append(False, fact[:-1]))[fact]
    lengths, lost = np.bincount(slot), np.bincount(slot, ~same[fact])
    filled = lengths > 0
    return int(filled.sum()), int((lost[filled] >= HALF * lengths[filled]).sum())


def _equal(
    pair: TextPair, wording: Wording, bounds: tuple[int, int, int, int]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Mark the words of either text that have an equal partner within the bounds, in place or moved."""
    a_from, a_to, b_from, b_to = bounds
    a, b = np.zeros(len(pair.a), bool), np.zeros(len(pair.b), bool)
    for partner in (wording.path, wording.moved_a):
        at = a_from + np.flatnonzero((partner[a_from:a_to] >= b_from) & (partner[a_from:a_to] < b_to))
        at = at[pair.a.ids[at] == pair.b.ids[partner[at]]]
        a[at] = b[partner[at]] = True
    return a, b
