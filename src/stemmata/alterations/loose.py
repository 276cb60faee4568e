"""Alterations inside passages that retell: there words are set against each other by accident as well.

A rewriter moves figures and names from one sentence to another. What one text says somewhere, and the other
somewhere else, is no alteration; and a cue word that turns up against a stranger alters nothing.
"""

from __future__ import annotations

from stemmata.alterations.alteration import Alteration
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.severity import GRAVITY
from stemmata.schemas import FACTUAL_TYPES
from stemmata.tokens import among, distinct

VALUES = ("number", "percent", "unit", "date", "name", "quote")


def judge_loosely(one: Alteration, source: MarkedText, copy: MarkedText) -> Alteration:
    """Return an alteration of a retold passage: a value that the other text lacks stands, all else is wording."""
    if one.type not in FACTUAL_TYPES:
        return one
    if one.type in VALUES:
        lost = _lacks(source, one.source_start, one.source_end, copy)
        new = _lacks(copy, one.copy_start, one.copy_end, source)
        if lost or new:
            return one
    return one._replace(type="wording", says="The same place, told in other words.", severity=GRAVITY["wording"])


def _lacks(text: MarkedText, start: int, end: int, other: MarkedText) -> bool:
    """Say whether a word of code points [start, end), not of the commonest, stands nowhere in the other text."""
    here = text.words.within(start, end)
    words = text.words.word[here][~text.common[here]]
    return not bool(among(words, distinct(other.words.word)).all())
