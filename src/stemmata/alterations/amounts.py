"""Numbers and amounts with their units: *$2.5 million*, *ten per cent*, *3,000 km*, *the twenty-first*."""

from __future__ import annotations

import re
from fractions import Fraction

from stemmata.alterations.numerals import DIGITS, FRACTION, NUMERAL, ORDINALS, SCALES, fraction_of, number_of, rank_of
from stemmata.alterations.units import CURRENCIES, FORMS, unit_of
from stemmata.alterations.values import Value

POINT_LANGUAGES = ("en", "zh", "ja", "ko", "he", "th", "hi", "ms", None)  # 1,000.5; elsewhere 1.000,5

_ATTACHED = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_FOLD = {"twice": 2, "thrice": 3, "double": 2, "triple": 3, "quadruple": 4}

_GAP = r"(?:[^\S\n]*\n[^\S\n]*|[^\S\n]+)"
_BEGIN = r"(?<![^\W_])(?<![^\W\d_][-‑])(?<!\d[.,])"  # not inside a word, nor behind a letter and hyphen: Su-35
MINUS = r"(?:−|(?<=[ (])-|(?<!\bor )\bminus[^\S\n])"
CURRENCY = r"(?:US\$|[$€£¥₹₽]|\b(?:USD|EUR|GBP|JPY|INR|CHF|CNY|Rs\.?))"  # what may stand before an amount
_SIGN = rf"(?P<minus>{MINUS})?(?:(?P<sign>{CURRENCY})[^\S\n]?)?"
_LONG = rf"(?:\d[.,\u00a0\u202f]?){{{DIGITS + 1}}}"
_POINT = rf"(?!{_LONG})(?:\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?:\.\d+)?|\d*\.\d+|\d+)"
_COMMA = rf"(?!{_LONG})(?:\d{{1,3}}(?:[.\u00a0\u202f]\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)"
_UNITS = "|".join(re.escape(f).replace(r"\ ", _GAP) for f in sorted(FORMS, key=lambda f: (-len(f), f)))
_ENGLISH = re.compile(
    "|".join(
        (
            rf"{_BEGIN}(?P<fraction>{FRACTION})\b",
            rf"{_BEGIN}(?P<ordinal>{ORDINALS})\b",
            rf"\b(?P<scales>{'|'.join(SCALES)})s\b",
            r"\b(?P<fold>twice|thrice|(?:double|triple|quadruple)(?=\s+(?:the|that|its|their|his|her|what)\b))\b",
            rf"\b(?P<times>{NUMERAL}|\d+)[-‑]?fold\b",
            rf"{_BEGIN}{_SIGN}(?:(?P<digits>{_POINT})(?P<attached>(?:k|m|mn|bn|b|tn)\b)?|(?P<words>{NUMERAL})\b)"
            rf"(?:(?:{_GAP}|-)(?P<scale>{'|'.join(SCALES)})s?\b)?(?:(?:{_GAP}|-)?(?P<unit>{_UNITS}))?(?![^\W_])",
        )
    ),
    re.IGNORECASE,
)
_OTHERS = {
    point: re.compile(rf"{_BEGIN}{_SIGN}(?P<digits>{digits})(?:[^\S\n]?(?P<unit>[%‰€£$¥₹₽]))?(?![^\W_])")
    for point, digits in ((True, _POINT), (False, _COMMA))
}


def read_amount(text: str, at: int, language: str | None) -> Value | None:
    """Return the number or amount that begins at code point ``at``; a bare *one* is a pronoun and none."""
    if language != "en":
        point = language in POINT_LANGUAGES
        found = _OTHERS[point].match(text, at)
        if found is None:
            return None
        return _amount(found, _figure(found["digits"], point), Fraction(1), found["sign"] or found["unit"])
    found = _ENGLISH.match(text, at)
    if found is None or found[0].lower() == "one":
        return None
    if found["fraction"]:
        return _amount(found, fraction_of(found["fraction"]), Fraction(1), None)
    if found["ordinal"]:
        return Value(*found.span(), "ordinal", Fraction(rank_of(found["ordinal"])))
    if found["scales"]:
        return Value(*found.span(), "scale", scale=Fraction(SCALES[found["scales"].lower()]))
    if found["fold"]:
        return _amount(found, Fraction(_FOLD[found["fold"].lower()]), Fraction(1), "times")
    if found["times"]:
        times = found["times"]
        return _amount(found, Fraction(times) if times.isdecimal() else number_of(times)[0], Fraction(1), "times")
    return _english(found)


def _english(found: re.Match[str]) -> Value:
    form = found["sign"] or found["unit"]
    amount, scale = number_of(found["words"]) if found["words"] else (_figure(found["digits"], True), Fraction(1))
    attached = (found["attached"] or "").lower()
    if attached == "m" and not found["sign"]:
        form = attached  # metres
    elif attached:
        scale *= _ATTACHED[attached]
    if found["scale"]:
        scale *= SCALES[found["scale"].lower()]
    return _amount(found, amount, scale, form)


def _amount(found: re.Match[str], amount: Fraction, scale: Fraction, form: str | None) -> Value:
    unit = unit_of(form) if form else None
    kind = "number"
    if unit is not None:
        share = unit.dimension in ("share", "points")
        kind = "percent" if share else "money" if unit.name in CURRENCIES else "measure"
    return Value(*found.span(), kind, -amount if found["minus"] else amount, scale, unit)


def _figure(digits: str, point: bool) -> Fraction:
    plain = digits.replace("\u00a0", "").replace("\u202f", "")
    return Fraction(plain.replace(",", "") if point else plain.replace(".", "").replace(",", "."))
