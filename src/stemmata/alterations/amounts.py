"""Numbers and amounts with their units: *$2.5 million*, *ten per cent*, *3,000 km*, *the twenty-first*."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from stemmata.alterations.calendars import GAP, has_decimal_point
from stemmata.alterations.numerals import DIGITS, NumberWords, any_of, key_of
from stemmata.alterations.tongues import TONGUES
from stemmata.alterations.units import CURRENCIES, TIMES, Unit, unit_forms, unit_of
from stemmata.alterations.values import Value

_BEGIN = r"(?<![^\W_])(?<![^\W\d_][-‑])(?<!\d[.,])"  # not inside a word, nor behind a letter and hyphen: Su-35
# a hyphen is a minus behind a blank or bracket alone (3-4 is a range), and "plus or minus" is no sign
MINUS = r"(?:−|(?<=[ (])-|(?<!\bor )\bminus[^\S\n])"
CURRENCY = r"(?:US\$|[$€£¥₹₽]|\b(?:USD|EUR|GBP|JPY|INR|CHF|CNY|Rs\.?))"  # what may stand before an amount
_SIGN = rf"(?P<minus>{MINUS})?(?:(?P<sign>{CURRENCY})[^\S\n]?)?"
_LONG = rf"(?:\d[.,\u00a0\u202f]?){{{DIGITS + 1}}}"
_POINT = rf"(?!{_LONG})(?:\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?:\.\d+)?|\d*\.\d+|\d+)"
_COMMA = rf"(?!{_LONG})(?:\d{{1,3}}(?:[.\u00a0\u202f ]\d{{3}}\b)+(?:,\d+)?|\d+(?:,\d+)?)"
_WORDLESS = NumberWords({}, {}, {}, {}, "", "", "", (), (), (), {})


class Amounts(NamedTuple):
    """How the amounts of a language are read."""

    pattern: re.Pattern[str]
    point: bool
    words: NumberWords


@cache
def _amounts(language: str | None) -> Amounts:
    tongue = TONGUES.get(language or "")
    words = tongue.forms.NUMBERS if tongue else _WORDLESS
    point = words.point if tongue else has_decimal_point(language)
    units = "|".join(re.escape(f).replace(r"\ ", GAP) for f in sorted(unit_forms(language), key=lambda f: (-len(f), f)))
    spelled = (
        ("fraction", _BEGIN, words.fraction),
        ("ordinal", _BEGIN, words.ordinals),
        ("crowd", r"\b", any_of(words.crowds)),
        ("fold", r"\b", words.fold),
        ("times", r"\b", words.times and rf"(?:{words.numeral}|\d+){words.times}"),
    )
    attached = rf"(?P<attached>(?:{any_of(words.attached)})\b)?" if words.attached else ""
    said = rf"|(?P<words>{words.numeral})\b" if words.numeral else ""
    scale = rf"(?:(?:{GAP}|-)(?P<scale>{any_of(words.scales)})s?(?!\w))?" if words.scales else ""
    forms = [rf"{begin}(?P<{name}>{form})(?!\w)" for name, begin, form in spelled if form]
    forms.append(
        rf"{_BEGIN}{_SIGN}(?:(?P<digits>{_POINT if point else _COMMA}){attached}{said})"
        rf"{scale}(?:(?:{GAP}|-)?{words.of}(?P<unit>{units}))?(?![^\W_])"
    )
    return Amounts(re.compile("|".join(forms), re.IGNORECASE), point, words)


def read_amount(text: str, at: int, language: str | None) -> Value | None:
    """Return the number or amount that begins at code point ``at``; a bare *one* is a pronoun and none."""
    pattern, point, words = _amounts(language)
    found = pattern.match(text, at)
    if found is None or key_of(found[0]) in words.unsaid:
        return None
    said = {name: form for name, form in found.groupdict().items() if form}
    one, form = Fraction(1), None
    if "ordinal" in said:
        return Value(*found.span(), "ordinal", Fraction(words.rank_of(said["ordinal"])))
    if "crowd" in said:
        return Value(*found.span(), "scale", scale=Fraction(words.crowds[key_of(said["crowd"])]))
    if "fold" in said:
        return _amount(found, Fraction(words.folds[key_of(said["fold"])]), one, TIMES)
    if "times" in said:
        digits = re.match(r"\d+", said["times"])
        times = Fraction(digits[0]) if digits else words.number_of(said["times"])[0]
        return _amount(found, times, one, TIMES)
    if "fraction" in said:
        amount, scale = words.fraction_of(said["fraction"]), one
    else:
        amount, scale = words.number_of(said["words"]) if "words" in said else (_figure(said["digits"], point), one)
        form = said.get("sign") or said.get("unit")
        attached = key_of(said.get("attached", ""))
        if attached == "m" and "sign" not in said:
            form = attached  # metres
        elif attached:
            scale *= words.attached[attached]
        if "scale" in said:
            scale *= words.scales[key_of(said["scale"])]
    return _amount(found, amount, scale, unit_of(form, language) if form else None)


def _amount(found: re.Match[str], amount: Fraction, scale: Fraction, unit: Unit | None) -> Value:
    kind = "number"
    if unit is not None:
        share = unit.dimension in ("share", "points")
        kind = "percent" if share else "money" if unit.name in CURRENCIES else "measure"
    return Value(*found.span(), kind, -amount if found["minus"] else amount, scale, unit)


def _figure(digits: str, point: bool) -> Fraction:
    plain = digits.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    return Fraction(plain.replace(",", "") if point else plain.replace(".", "").replace(",", "."))
