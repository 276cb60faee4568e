"""Rules for what a cue word does to a statement: deny it, weaken it, count it, compare it, link it."""

from __future__ import annotations

import re

from stemmata.alterations.cues import Cue, Meaning
from stemmata.alterations.judgement import Case, Judgement, Side, quote
from stemmata.alterations.spelling import plain_words
from stemmata.tokens import NUMBER

SHORT, LONG = 3, 6  # words of a side up to which a lost cue, and two opposed cues, are taken at their word
WRITTEN_OUT = 12  # numbers up to this are often no more than a manner of speaking: "the two sides"
LOST = {"hedge": {"likely", "possible", "reported", "about"}, "causal": {"because", "therefore"}}
LINKS = {"because", "therefore", "causing"}
_SAYS = {
    "quantifier": "The quantity",
    "comparison": "A comparison",
    "date": "The date",
    "unit": "The unit",
    "hedge": "The degree of certainty",
    "causal": "The link between two statements",
}
_TURNED = re.compile(r"(?:un|in|im|il|ir|dis|non)")
_NEGATIVE = re.compile(r"(?:un|in|im|il|ir|dis|non|mis)\w{4,}|\w{3,}less(?:ly)?")


def opposed_amount(case: Case) -> Judgement | None:
    """Return a type where both sides count, date, measure or compare, and differ in it."""
    return _opposed(case, ("quantifier", "date", "unit", "comparison"))


def opposed_link(case: Case) -> Judgement | None:
    """Return a type where both sides say how sure a statement is, or how it follows, and differ in it."""
    return _opposed(case, ("hedge", "causal"))


def _opposed(case: Case, kinds: tuple[str, ...]) -> Judgement | None:
    if len(case.longer) > LONG:
        return None
    for kind in kinds:
        if _turned(case, kind):
            return Judgement(kind, case.becomes(_SAYS[kind]), 0.9)
    return None


def _turned(case: Case, kind: str) -> bool:
    """Say whether both sides have cues of this kind on one scale, and none of their senses agree."""
    before, after = _senses(case.source, kind), _senses(case.copy, kind)
    for scale in before.keys() & after.keys():
        if not before[scale] & after[scale]:
            if kind == "causal" and not (before[scale] <= LINKS or after[scale] <= LINKS):
                continue
            return True
    return False


def _senses(side: Side, kind: str) -> dict[str, set[str]]:
    senses: dict[str, set[str]] = {}
    for cue in side.text.cues_at(side.first, side.last):
        for meaning in cue.meanings:
            if meaning.kind == kind and _applies(side, cue, meaning):
                senses.setdefault(meaning.dimension, set()).add(meaning.sense)
    return senses


def _applies(side: Side, cue: Cue, meaning: Meaning) -> bool:
    return meaning.dimension != "precision" or cue.last in side.text.value_at  # "about" is "nearly" before numbers


def polarity(case: Case) -> Judgement | None:
    """Return ``negation`` where one side denies what the other states.

    Negators are counted; a word against its opposite, or with a prefix of denial, turns the sense once more.
    Where the side with fewer has a word that may deny by itself, nothing is said.
    """
    if len(case.longer) > LONG:
        return None
    counts = [_negators(side) for side in (case.source, case.copy)]
    odd = (counts[0] - counts[1]) % 2 == 1
    reversed_ = _opposite_words(case) or _turned(case, "opposite")
    if odd == reversed_:
        return None
    if reversed_:
        return Judgement("negation", case.becomes("The sense", change="is reversed"), 0.9)
    fewer = case.source if counts[0] < counts[1] else case.copy
    if fewer.holds("half negative") or any(_NEGATIVE.fullmatch(word) for word in _plain(fewer)):
        return None
    what = quote(case.source.slice or case.copy.slice)
    if len(case.shorter):
        return Judgement("negation", f"{case.becomes('A negation is ' + _lost(counts) + ', and the sense')}")
    return Judgement("negation", f"A negation is {_lost(counts)}: {what}.")


def _lost(counts: list[int]) -> str:
    return "lost" if counts[0] > counts[1] else "added"


def _negators(side: Side) -> int:
    return sum(Meaning("negator") in cue.meanings for cue in side.text.cues_at(side.first, side.last))


def _plain(side: Side) -> list[str]:
    return [word for k in range(side.first, side.last) for word in plain_words(side.text.word(k))]


def _opposite_words(case: Case) -> bool:
    """Say whether a word stands on both sides, once with a prefix or ending that denies it."""
    if case.source.text.language != "en":
        return False
    pairs = ((one, other) for one in _plain(case.source) for other in _plain(case.copy))
    return any(_denies(one, other) or _denies(other, one) for one, other in pairs)


def _denies(denied: str, stated: str) -> bool:
    prefix = _TURNED.match(denied)
    if prefix and len(stated) > 2 and denied[prefix.end() :] == stated:
        return True
    denied, stated = denied.removesuffix("ly"), stated.removesuffix("ly")
    return denied.endswith("less") and stated.endswith("ful") and denied[:-4] == stated[:-3]


def lost_number(case: Case) -> Judgement | None:
    """Return a type for a number, amount or date where the other side, in a few words, has none."""
    if len(case.longer) > SHORT or "idiom" in (*_kinds(case.source), *_kinds(case.copy)):
        return None
    before, after = _numbers(case.source), _numbers(case.copy)
    if before and after:
        designation = any(side.text.gap(side.first).endswith(("-", "‑")) for side in (case.source, case.copy))
        kind = "name" if designation else "number"
        return Judgement(kind, case.becomes(f"The {kind}")) if before != after else None
    if not before and not after:
        return None
    side = case.source if before else case.copy
    placed = [p for k in range(side.first, side.last) if (p := side.text.value_at.get(k)) and p.last <= side.last]
    if len(placed) != 1 or not side.text.counts(placed[0]):
        return None
    value = placed[0].value
    other = case.copy if before else case.source
    plain = value.kind in ("number", "ordinal", "scale") and value.quantity <= WRITTEN_OUT
    if value.kind in ("ordinal", "scale") or (plain and not other.holds("many")):
        return None
    kind = value.kind if value.kind in ("date", "percent") else "date" if value.kind == "year" else "number"
    return Judgement(kind, case.becomes(f"The {'percentage' if kind == 'percent' else kind}"), 0.6)


def _numbers(side: Side) -> list[str]:
    return [side.text.word(k) for k in range(side.first, side.last) if side.text.words.flags[k] & NUMBER]


def lost_cue(case: Case) -> Judgement | None:
    """Return a type for a cue that one side lacks and for which it has no other of its kind."""
    if len(case.longer) > SHORT:
        return None
    for kind, senses in LOST.items():
        before, after = _senses(case.source, kind), _senses(case.copy, kind)
        if bool(before) == bool(after):
            continue
        said = set().union(*(before or after).values())
        if said & senses and (kind == "hedge" or said <= senses):
            return Judgement(kind, case.becomes(_SAYS[kind] if len(case.shorter) else _LOST[kind]), 0.7)
    if not len(case.shorter) and case.longer.holds("counting") and case.longer.content <= 1:
        return Judgement("quantifier", case.becomes(_LOST["quantifier"]), 0.7)
    return None
