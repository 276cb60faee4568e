"""Rule for negation: one side denies what the other states."""

from __future__ import annotations

import re

from stemmata.alterations.cues import Meaning
from stemmata.alterations.judgement import Case, Judgement, Side
from stemmata.alterations.senses import LONG, opposed_senses, stands_for

_PLAIN_NEGATORS = {"not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "without"}
_AUXILIARIES = {"do", "does", "did", "has", "have", "had"}
_TURNED = re.compile(r"(?:un|in|im|il|ir|dis|non)")
_NEGATIVE = re.compile(r"(?:un|in|im|il|ir|dis|non|mis)\w{4,}|\w{3,}less(?:ly)?")


def polarity(case: Case) -> Judgement | None:
    """Return ``negation`` where one side denies what the other states.

    Negators are counted; a word against its opposite, or with a prefix of denial, turns the sense once more.
    Where the side with fewer has a word that may deny by itself, nothing is said.
    """
    if len(case.longer) > LONG:
        return None
    if not case.source.cues and not case.copy.cues:
        return _reversed(case) if _opposite_words(case) else None
    counts = [_negators(side) for side in (case.source, case.copy)]
    plain = [sum(word in _PLAIN_NEGATORS for word in side.plain) for side in (case.source, case.copy)]
    odd = (counts[0] - counts[1]) % 2 == 1 and plain[0] != plain[1]
    reversed_ = _opposite_words(case) or opposed_senses(case, "opposite")
    if odd == reversed_:
        return None
    if reversed_:
        return _reversed(case)
    fewer = case.source if counts[0] < counts[1] else case.copy
    more = case.copy if fewer is case.source else case.source
    if len(fewer) and more.plain.count("without") == 1 == _negators(more) and "with" not in fewer.plain:
        return None  # only "with" becomes "without"
    if fewer.holds("half negative") or any(_NEGATIVE.fullmatch(word) for word in fewer.plain):
        return None
    auxiliary = bool(_AUXILIARIES.intersection(more.plain))
    other_form = auxiliary and fewer.content == 1 == more.content  # did not find: found
    if not (other_form or stands_for(fewer, more)) or opposed_senses(case, "comparison", negated=True):
        return None  # "not identifiable" may be "obscure", and "not long" is "short"
    turn, verb = (-1, "lost") if counts[0] > counts[1] else (1, "added")
    return Judgement("negation", f"A negation is {verb}: {case.readings}.", turn=turn)


def _reversed(case: Case) -> Judgement:
    return Judgement("negation", f"The sense is reversed: {case.readings}.", 0.9)


def _negators(side: Side) -> int:
    return sum(Meaning("negator") in cue.meanings for cue in side.cues)


def _opposite_words(case: Case) -> bool:
    """Say whether a word stands on both sides, once with a prefix or ending that denies it."""
    if case.source.text.language != "en":
        return False
    pairs = ((one, other) for one in case.source.plain for other in case.copy.plain)
    return any(_denies(one, other) or _denies(other, one) for one, other in pairs)


def _denies(denied: str, stated: str) -> bool:
    if len(stated) > 2 and denied.endswith(stated):
        return bool(_TURNED.fullmatch(denied, 0, len(denied) - len(stated)))
    if "less" not in denied:
        return False
    denied, stated = denied.removesuffix("ly"), stated.removesuffix("ly")
    return denied.endswith("less") and stated.endswith("ful") and denied[:-4] == stated[:-3]
