"""Alterations inside passages that retell: there words are set against each other by accident as well.

A rewriter moves figures and names from one sentence to another. What one text says somewhere, and the other
somewhere else, is no alteration; and a cue word that turns up against a stranger alters nothing. But a *not* that
is lost or gained, and a whole sentence that one side lacks, are what they are, though none of it is grave.
"""

from __future__ import annotations

from stemmata.alterations.alteration import Alteration
from stemmata.alterations.judgement import quote
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.severity import GRAVITY
from stemmata.schemas import FACTUAL_TYPES
from stemmata.tokens import among

MOST = 0.6  # severity: below what people see as grave
VALUES = ("number", "percent", "unit", "date", "name", "quote")
MEASURED = ("number", "percent", "unit", "date")


def judge_loosely(one: Alteration, source: MarkedText, copy: MarkedText) -> Alteration:
    """Return an alteration of a retold passage: all is wording but for what stands in any.

    That is a value that the other text lacks, a negation, and whole sentences that one side lacks. Words must stand
    in the same place for that, between the same neighbours; a value against a value, behind or before the same
    one. Of these too some meet by accident, so that none is graver than ``MOST``.
    """
    if one.type not in FACTUAL_TYPES:
        return one
    held = one._replace(severity=min(one.severity, MOST))
    ours = source, one.source_start, one.source_end
    theirs = copy, one.copy_start, one.copy_end
    framed = _framed(one, source, copy)
    if one.type == "negation" and all(framed):
        return held
    replaced = one.source_end > one.source_start and one.copy_end > one.copy_start
    near = any(framed) if replaced and one.type in MEASURED else all(framed)
    if one.type in VALUES and near and (_lacks(*ours, copy) or _lacks(*theirs, source)):
        return held
    before, after = (text.text[start:end] for text, start, end in (ours, theirs))
    if not (before and after) and _is_sentence(*(ours if before else theirs)):
        return held
    if before and after:
        says = f"Told in other words: {quote(before)} becomes {quote(after)}."
    else:
        says = f"Left out: {quote(before)}." if before else f"Put in: {quote(after)}."
    return one._replace(type="wording", says=says, severity=GRAVITY["wording"])


def _framed(one: Alteration, source: MarkedText, copy: MarkedText) -> tuple[bool, bool]:
    """Say whether the words before an alteration are the same, and those after it; a sentence's ends are."""
    here = source.words.within(one.source_start, one.source_end), copy.words.within(one.copy_start, one.copy_end)
    begin, end = (here[0].start, here[1].start), (here[0].stop, here[1].stop)
    return _same(source, copy, begin, -1), _same(source, copy, end, 0)


def _same(source: MarkedText, copy: MarkedText, at: tuple[int, int], step: int) -> bool:
    """Say whether the same word stands ``step`` words from two places, or a sentence begins at both."""
    begins = source.begins_sentence(at[0]), copy.begins_sentence(at[1])
    if any(begins):
        return all(begins)
    return bool(source.words.word[at[0] + step] == copy.words.word[at[1] + step])


def _lacks(text: MarkedText, start: int, end: int, other: MarkedText) -> bool:
    """Say whether a word of code points [start, end), not of the commonest, stands nowhere in the other text."""
    here = text.words.within(start, end)
    words = text.words.word[here][~text.common[here]]
    return not bool(among(words, other.vocabulary).all())


def _is_sentence(text: MarkedText, start: int, end: int) -> bool:
    """Say whether code points [start, end) are one whole sentence or several."""
    here = text.words.within(start, end)
    return text.begins_sentence(here.start) and text.begins_sentence(here.stop)
