"""Rules for what a cue word does to a statement: weaken it, count it, date it, compare it, link it."""

from __future__ import annotations

from stemmata.alterations.cues import Cue, Meaning
from stemmata.alterations.judgement import Case, Judgement, Side
from stemmata.tokens import CAPITAL

SHORT, LONG = 4, 6  # words of a side up to which a lost cue, and two opposed cues, are taken at their word
STEM = 4  # letters that two forms of a word have in common
LOST = {"hedge": {"likely", "possible", "reported", "about"}, "causal": {"because", "therefore"}}
NOTABLE = 0.6  # severity of another person at most: *mother* and *wife* may be one
BE = {"is", "are", "was", "were", "am"}
PERSONS = {"kin": "The person", "sex": "The person", "service": "The service"}
LINKS = {"because", "therefore", "causing"}
_SAYS = {
    "name": "The name",
    "quantifier": "The quantity",
    "comparison": "A comparison",
    "date": "The date",
    "unit": "The unit",
    "hedge": "The degree of certainty",
    "causal": "The link between two statements",
}
_LOST = {"hedge": "A hedge", "causal": "A causal link", "quantifier": "A word of quantity"}


def opposed_amount(case: Case) -> Judgement | None:
    """Return a type where both sides count, date, measure or compare, and differ in it."""
    return _opposed(case, ("name", "quantifier", "date", "unit", "comparison"))


def opposed_link(case: Case) -> Judgement | None:
    """Return a type where both sides say how sure a statement is, or how it follows, and differ in it."""
    return _opposed(case, ("hedge", "causal"))


def _opposed(case: Case, kinds: tuple[str, ...]) -> Judgement | None:
    if len(case.longer) > LONG or not case.source.cues or not case.copy.cues:
        return None
    for kind in kinds:
        if not opposed_senses(case, kind):
            continue
        if kind != "name":
            return Judgement(kind, case.becomes(_SAYS[kind]), 0.9)
        if _alone(case.source) and _alone(case.copy):
            before, after = _senses(case.source, kind), _senses(case.copy, kind)
            person = next((PERSONS[scale] for scale in before if scale in after and scale in PERSONS), None)
            if person:
                return Judgement(kind, case.becomes(person), 0.5, most=NOTABLE)
            if _may_be_place(case.source) and _may_be_place(case.copy):
                return Judgement(kind, case.becomes(_SAYS[kind]), 0.9)
    return None


def _may_be_place(side: Side) -> bool:
    """Say whether words are written as places are, or the text has no capitals: *french fries* are of no place."""
    flags = side.text.words.flags
    written = any(flags[cue.first] & CAPITAL for cue in side.cues if "name" in cue.kinds)
    return written or side.text.text.islower()


def opposed_senses(case: Case, kind: str, *, negated: bool = False) -> bool:
    """Say whether both sides have cues of this kind on one scale, and none of their senses agree.

    A comparison that one side alone denies is none, unless ``negated``: *not long* is *short*.
    """
    before, after = _senses(case.source, kind), _senses(case.copy, kind)
    opposed = [scale for scale in before.keys() & after.keys() if not before[scale] & after[scale]]
    if kind == "causal":
        return any(_links(before[scale], after[scale]) or _links(after[scale], before[scale]) for scale in opposed)
    if kind == "hedge" and case.source.holds("negator") != case.copy.holds("negator"):
        opposed = [scale for scale in opposed if "unlikely" not in before[scale] | after[scale]]  # "not unlikely"
    if kind == "unit" and (case.source.has_value or case.copy.has_value):
        return False  # "a decade" is "ten years"
    if kind == "comparison" and not negated and case.source.holds("negator") != case.copy.holds("negator"):
        return False
    if kind == "quantifier" and case.source.holds("negator") and case.copy.holds("negator"):
        return False  # "not any" is "no"
    return bool(opposed)


def _alone(side: Side) -> bool:
    """Say whether all words with content belong to cues."""
    return side.content == sum(side.text.content(cue.first, cue.last) for cue in side.cues)


def _links(one: set[str], other: set[str]) -> bool:
    """Say whether a word links and the other does not: *because*, or *since* against *although*."""
    return one <= LINKS or bool(one & LINKS and other == {"contrast"})


def _senses(side: Side, kind: str) -> dict[str, set[str]]:
    senses: dict[str, set[str]] = {}
    for cue in side.cues:
        for meaning in cue.meanings if kind in cue.kinds else ():
            if meaning.kind == kind and _applies(side, cue, meaning):
                senses.setdefault(meaning.dimension, set()).add(meaning.sense)
    return senses


def _applies(side: Side, cue: Cue, meaning: Meaning) -> bool:
    return meaning.dimension != "precision" or cue.last in side.text.value_at  # "about" is "nearly" before numbers


def lost_cue(case: Case) -> Judgement | None:
    """Return a type for a cue that one side lacks and for which it has no word of its own."""
    side, other = case.longer, case.shorter
    if len(side) > SHORT or not (side.cues or other.cues):
        return None
    for kind, senses in LOST.items():
        before, after = _senses(case.source, kind), _senses(case.copy, kind)
        if bool(before) == bool(after):
            continue
        having, lacking = (case.source, case.copy) if before else (case.copy, case.source)
        if not stands_for(lacking, having):
            continue
        said = set().union(*(before or after).values())
        if kind == "causal" and len(lacking) and not lacking.holds("causal"):
            continue  # "through" may be "due to"
        if BE.issuperset(lacking.plain) and "be" not in having.plain and _go_on_apart(having, lacking):
            continue  # "may use" stands for another verb than "are"
        if len(lacking) and _same_word(having, lacking):
            continue  # "believed to be" is "believed"
        if "about" in said and len(other):
            continue  # "spoken about 300 men" is no estimate
        if said & senses and (kind == "hedge" or said <= senses):
            return Judgement(kind, case.becomes(_LOST[kind]), 0.7, -1 if before else 1)
    if not len(other) and _bounds(side):
        return Judgement("comparison", case.becomes("A bound"), 0.8, case.turn)
    if len(case.source) != len(case.copy):
        counted = _lost_count(side, other)
    else:
        counted = _lost_count(case.source, case.copy) or _lost_count(case.copy, case.source)
    return Judgement("quantifier", case.becomes(_LOST["quantifier"]), 0.7, case.turn) if counted else None


def _lost_count(having: Side, lacking: Side) -> bool:
    """Say whether a side is a word of quantity, and the other has no more words than it, of no content."""
    if "precision" in _senses(having, "hedge"):
        return False  # "some 70" is "about 70"
    bare = not lacking.content and not lacking.holds("quantifier")
    return bare and stands_for(lacking, having) and _counts(having)


def _go_on_apart(a: Side, b: Side) -> bool:
    """Say whether other words follow two sides: *are fed* and *may eat*."""
    ends = a.last < len(a.text.words) and b.last < len(b.text.words)
    return len(a) > 0 < len(b) and ends and bool(a.text.words.word[a.last] != b.text.words.word[b.last])


def _same_word(having: Side, lacking: Side) -> bool:
    """Say whether a word of a cue stands on the other side as well."""
    cued = {having.text.word(k).lower()[:STEM] for cue in having.cues for k in range(cue.first, cue.last)}
    return any(word[:STEM] in cued for word in _words(lacking) if len(word) > STEM)


def _counts(side: Side) -> bool:
    """Say whether the words are a word of quantity, and others without content."""
    cues = [cue for cue in side.cues if Meaning("counting") in cue.meanings]
    return bool(cues) and side.content == sum(side.text.content(cue.first, cue.last) for cue in cues)


def _bounds(side: Side) -> bool:
    """Say whether the words are a bound before a number: *more than 70*."""
    bound = (
        cue for cue in side.cues if cue.last in side.text.value_at and (cue.first, cue.last) == (side.first, side.last)
    )
    return any(meaning.dimension == "bound" for cue in bound for meaning in cue.meanings)


def stands_for(lacking: Side, having: Side) -> bool:
    """Say whether a side has no word with content but cues and those of the other side: *may cause*, *causes*."""
    beginnings = {word[:STEM] for word in _words(having)}
    cued = {k for cue in lacking.cues for k in range(cue.first, cue.last)}
    free = (k for k in range(lacking.first, lacking.last) if k not in cued and not lacking.text.common[k])
    return all(lacking.text.word(k).lower()[:STEM] in beginnings for k in free)


def _words(side: Side) -> list[str]:
    return [side.text.word(k).lower() for k in range(side.first, side.last)]
