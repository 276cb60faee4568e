"""Rules for values, and for words that say the same in another form."""

from __future__ import annotations

import re

from stemmata.alterations.english import ALIASES
from stemmata.alterations.judgement import Case, Judgement, Side, quote
from stemmata.alterations.spelling import plain_words
from stemmata.alterations.values import compare_values

LONGEST = 8  # words of a side that are looked at
_ALIASES = {name: n for n, names in enumerate(ALIASES) for name in names.split("|")}
_SMALL_WORDS = {"of", "the", "and", "for"}
_SIGNS = re.compile(r"[\W_]+")


def value_against_value(case: Case) -> Judgement | None:
    """Return what becomes of a value: another value, or the same in another form."""
    if case.piece.values is None:
        return None
    kind = compare_values(*case.piece.values)
    before, after = (
        quote(side.text.text[value.start : value.end])
        for side, value in zip((case.source, case.copy), case.piece.values, strict=True)
    )
    if kind is None:
        return Judgement("restyled", f"The same value in another form: {before} becomes {after}.")
    if kind == "unit":
        return Judgement(kind, f"The unit changes: {before} becomes {after}.")
    return Judgement(kind, f"The {'percentage' if kind == 'percent' else kind} {before} becomes {after}.")


def other_form(case: Case) -> Judgement | None:
    """Return ``restyled`` for other spelling, contractions, abbreviations, hyphens, and marks inside a word."""
    if not case.piece.same and not _one_thing(case.source, case.copy):
        return None
    return Judgement("restyled", f"The same in another form: {case.readings}.")


def _one_thing(source: Side, copy: Side) -> bool:
    if not 0 < len(source) <= LONGEST or not 0 < len(copy) <= LONGEST:
        return False
    if _letters(source) == _letters(copy):
        return True
    plain = [" ".join(_SIGNS.sub(" ", side.slice.lower()).split()) for side in (source, copy)]
    if plain[0] in _ALIASES and _ALIASES[plain[0]] == _ALIASES.get(plain[1]):
        return source.text.language == "en"
    return _initials(*plain) or _initials(*plain[::-1])


def _letters(side: Side) -> str:
    text = side.text
    return "".join(plain for k in range(side.first, side.last) for plain in plain_words(text.word(k)))


def _initials(short: str, long: str) -> bool:
    """Say whether one is made of the other's initials: *U.N.* and *United Nations*."""
    words = [word for word in long.split() if word not in _SMALL_WORDS]
    letters = short.replace(" ", "")
    return len(letters) > 1 and letters == "".join(word[0] for word in words) and len(long) > 2 * len(letters)
