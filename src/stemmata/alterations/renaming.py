"""Rule for names: another name, a part of one lost, a name for a word that is none."""

from __future__ import annotations

import re

from stemmata.alterations.judgement import Case, Judgement, Side, quote
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.restyling import is_roman
from stemmata.alterations.speech import speaks

LONGEST = 6  # words of a side
_ENDING = re.compile(r"(?:'?s|n|an|ian|ean|ese|ish|ic|i|er|ern|ans|ians|y|ly)?")


def other_name(case: Case) -> Judgement | None:
    """Return ``name``, or ``attribution`` where the name is that of a speaker."""
    if len(case.longer) > LONGEST:
        return None
    if all(is_roman(side.slice, side) for side in (case.source, case.copy)):
        return Judgement("name", case.becomes("The name"))
    before, after = _names(case.source), _names(case.copy)
    if before and after:
        if _may_be_one(before, after):
            return None
        if speaks(case):
            return Judgement("attribution", case.becomes("The speaker"))
        return Judgement("name", case.becomes("The name"))
    if not before and not after:
        return None
    named, other = (case.source, case.copy) if before else (case.copy, case.source)
    if not len(other):
        return _shortened(case, named, other)
    if other.text.definite(other.first, other.last) or other.holds("pronoun"):
        return None  # "the president" may be the person that the other side names
    if other.holds("speaker") and speaks(case):
        return Judgement("attribution", case.becomes("The speaker"))
    if len(named) == len(other) == 1 and named.text.proper[named.first] and other.content:
        return Judgement("name", case.becomes("The name"), 0.6)
    return None


def _names(side: Side) -> list[str]:
    text = side.text
    return [text.plain(k)[0] for k in range(side.first, side.last) if text.names[k] and not _is_title(text, k)]


def _is_title(text: MarkedText, k: int) -> bool:
    return text.holds("title", k, k + 1) or text.holds("article", k, k + 1)


def _may_be_one(a: list[str], b: list[str]) -> bool:
    """Say whether one is a part of the other, word by word or derived from it: *Belarus* and *Belarusian*."""
    short, long = sorted((a, b), key=len)
    return all(any(_derived(x, y) for y in long) for x in short)


def _derived(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    stems = (stem for stem in (short, short[:-1]) if len(stem) > 2 and long.startswith(stem))
    return any(_ENDING.fullmatch(long[len(stem) :]) for stem in stems)


def _shortened(case: Case, named: Side, other: Side) -> Judgement | None:
    """Judge a part of a name that one side lacks; no change where that text has the full name elsewhere."""
    text, first, last = named.text, named.first, named.last
    if not text.names[first:last].all() or len(_names(named)) < len(named):
        return None
    low, high = first, last
    while low and text.names[low - 1] and text.gap(low).isspace():
        low -= 1
    while high < len(text.words) and text.names[high] and text.gap(high).isspace():
        high += 1
    full = " ".join(text.slice(low, high).split())
    if (low, high) == (first, last) or full.lower() in other.text.folded:
        return None
    rest = quote(f"{text.slice(low, first)} {text.slice(last, high)}")
    if named is case.source:
        return Judgement("name", f"The name {quote(full)} is shortened to {rest}.", 0.7)
    return Judgement("name", f"The name {rest} is extended to {quote(full)}.", 0.7)
