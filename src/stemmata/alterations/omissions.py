"""Rules for what only one side has: sentences, clauses and longer phrases."""

from __future__ import annotations

import re

from stemmata.alterations.judgement import Case, Judgement, Side

CLAUSE, CONTENT = 3, 2  # words, and words with content, that a clause or sentence needs
UNEVEN = 4  # how many times longer the side is that has what the other lacks
_PAUSE = re.compile(r"[,;:()\[\]—–.!?…]|--|(?<=\s)-(?=\s)")


def whole_sentence(case: Case) -> Judgement | None:
    """Return ``omission`` or ``addition`` for sentences that one side lacks."""
    side = case.longer
    if len(case.shorter) or len(side) < CLAUSE or side.content < CONTENT:
        return None
    if not side.text.begins_sentence(side.first) or not side.text.begins_sentence(side.last):
        return None
    return _lacking(case)


def phrase_or_clause(case: Case) -> Judgement | None:
    """Return ``omission`` or ``addition`` for a longer run, or a clause between two pauses, that one side lacks."""
    side, other = case.longer, case.shorter
    if len(other) and len(side) - len(other) < case.omission:
        return None
    if not side.content or side.text.is_filler(side.first, side.last):
        return None
    if len(side) - len(other) >= case.omission and len(side) > UNEVEN * len(other):
        return _lacking(case)
    clause = len(side) >= CLAUSE and side.content >= (CONTENT if len(side) == CLAUSE else 1)
    if not len(other) and clause and _between_pauses(side):
        return _lacking(case)
    return None


def _between_pauses(side: Side) -> bool:
    return all(_PAUSE.search(side.text.gap(k)) for k in (side.first, side.last))


def _lacking(case: Case) -> Judgement:
    side = case.longer
    starts = len(side.text.sentences(side.first, side.last - 1))
    what = "sentence" if starts == 1 and side.text.begins_sentence(side.last) else "passage" if starts else "phrase"
    words = f"A {what} of {len(side):,} words"
    if side is case.source:
        return Judgement("omission", f"{words} is left out.")
    return Judgement("addition", f"{words} is added.")
