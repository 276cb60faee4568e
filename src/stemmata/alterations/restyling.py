"""Rules for values, and for words that say the same in another form."""

from __future__ import annotations

import re

from stemmata.alterations.aliases import alias, is_acronym, may_begin_alias
from stemmata.alterations.judgement import Case, Judgement, Side, quote
from stemmata.alterations.numerals import roman_of
from stemmata.alterations.values import compare_values

LONGEST = 8  # words of a side that are looked at
ROMAN = re.compile(r"[IVX]+")


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
    if case.piece.same or (not case.piece.apart and one_thing(case.source, case.copy)):
        return Judgement("restyled", f"The same in another form: {case.readings}.")
    return None


def one_thing(source: Side, copy: Side) -> bool:
    """Say whether two runs have the same letters, or name one thing in full and in short."""
    if not 0 < len(source) <= LONGEST or not 0 < len(copy) <= LONGEST:
        return False
    if "".join(source.plain) == "".join(copy.plain):
        return True
    before, after = source.slice, copy.slice
    if is_acronym(before, after):
        return True
    if (source.told or copy.told) and _numbered(source) is not None and _numbered(source) == _numbered(copy):
        return True
    if not may_begin_alias(source.text.word(source.first), source.text.language):
        return False
    named = alias(before, source.text.language)
    return named is not None and named == alias(after, copy.text.language)


def is_roman(words: str, side: Side) -> bool:
    """Say whether words are a Roman numeral; one letter is a numeral behind a name alone: *I* is a pronoun."""
    behind = side.first > 0 and bool(side.text.names[side.first - 1])
    return bool(ROMAN.fullmatch(words)) and (len(words) > 1 or behind)


def _numbered(side: Side) -> int | None:
    """Return the number that a side gives in a name: *II*, *2*, *two* or *the Second*."""
    words = side.slice
    if side.text.language == "en":
        words = words.removeprefix("the ").removeprefix("The ")
    if is_roman(words, side):
        return roman_of(words)
    placed = next((side.text.value_at[k] for k in range(side.first, side.last) if k in side.text.value_at), None)
    if placed is None or placed.last != side.last or placed.value.kind not in ("number", "ordinal"):
        return None
    whole = placed.value.unit is None and placed.value.quantity.denominator == 1 and placed.first >= side.last - 1
    return int(placed.value.quantity) if whole else None
