"""How grave a change is: by its type, a little less where the type is uncertain."""

from __future__ import annotations

from stemmata.alterations.judgement import Judgement

GRAVITY = {
    "negation": 0.9,
    "number": 0.88,
    "percent": 0.88,
    "unit": 0.86,
    "date": 0.82,
    "quote": 0.82,
    "attribution": 0.8,
    "name": 0.8,
    "comparison": 0.65,
    "causal": 0.6,
    "quantifier": 0.58,
    "hedge": 0.56,
    "omission": 0.5,
    "addition": 0.5,
    "tortured": 0.38,
    "disguised": 0.35,
    "moved": 0.2,
    "wording": 0.1,
    "restyled": 0.05,
}
"""Grave from .7: another fact, or the opposite. Notable from .4: another weight, link or extent. The rest is style."""

HIDDEN = 0.45
"""What a text hides whole is notable: unlike look-alike letters it is more text, that no reader can check."""

BY_WORD, LONGEST = 0.005, 0.15  # what a longer omission or addition weighs more, a word and at most
DOUBT = 0.12  # what a type loses that is not sure at all


def severity(judgement: Judgement, words: int) -> float:
    """Return the severity of a change, 0 to 1; ``words`` is the length of the longer side."""
    gravity = GRAVITY[judgement.type] * (1 - DOUBT * (1 - judgement.sure))
    if judgement.type in ("omission", "addition"):
        gravity += min(LONGEST, BY_WORD * words)
    return round(min(gravity, judgement.most), 3)
