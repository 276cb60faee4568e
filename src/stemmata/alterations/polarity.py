"""Rule for negation: one side denies what the other states."""

from __future__ import annotations

from stemmata.alterations.cues import Meaning
from stemmata.alterations.denials import Denials
from stemmata.alterations.judgement import Case, Judgement, Side
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.senses import LONG, opposed_senses, stands_for
from stemmata.alterations.tongues import TONGUES

NEAR = 20  # words from a side as far as its sentence is looked at: some texts have no full stops
BOUND = 4  # words before a bound negator in which what binds it stands


def polarity(case: Case) -> Judgement | None:
    """Return ``negation`` where one side denies what the other states.

    Negators are counted; a word against its opposite, or with a prefix of denial, turns the sense once more.
    Where the side with fewer has a word that may deny by itself, nothing is said.
    """
    tongue = TONGUES.get(case.source.text.language or "")
    if tongue is None or len(case.longer) > LONG:
        return None
    denials = tongue.forms.DENIALS
    if not case.source.cues and not case.copy.cues:
        return _reversed(case) if _opposite_words(case, denials) else None
    counts = [_negators(side, denials) for side in (case.source, case.copy)]
    plain = [sum(word in denials.negators for word in side.plain) for side in (case.source, case.copy)]
    odd = (counts[0] - counts[1]) % 2 == 1 and plain[0] != plain[1]
    reversed_ = _opposite_words(case, denials) or opposed_senses(case, "opposite")
    if odd == reversed_:
        return None
    if reversed_:
        return _reversed(case)
    fewer = case.source if counts[0] < counts[1] else case.copy
    more = case.copy if fewer is case.source else case.source
    if (
        len(fewer)
        and more.plain.count(denials.lacking) == 1 == _negators(more, denials)
        and denials.having not in fewer.plain
    ):
        return None  # only "with" becomes "without"
    if fewer.holds("half negative") or any(denials.negative.fullmatch(word) for word in fewer.plain):
        return None
    if denials.concord and _denied(fewer, denials):
        return None
    auxiliary = bool(denials.auxiliaries.intersection(more.plain))
    other_form = auxiliary and fewer.content == 1 == more.content  # did not find: found
    if not (other_form or stands_for(fewer, more)) or opposed_senses(case, "comparison", negated=True):
        return None  # "not identifiable" may be "obscure", and "not long" is "short"
    turn, verb = (-1, "lost") if counts[0] > counts[1] else (1, "added")
    return Judgement("negation", f"A negation is {verb}: {case.readings}.", turn=turn)


def _reversed(case: Case) -> Judgement:
    return Judgement("negation", f"The sense is reversed: {case.readings}.", 0.9)


def _negators(side: Side, denials: Denials) -> int:
    return sum(
        _is_bound(side.text, cue.first, denials)
        if cue.last - cue.first == 1 and side.text.plain(cue.first)[-1] in denials.bound
        else Meaning("negator") in cue.meanings
        for cue in side.cues
    )


def _is_bound(text: MarkedText, k: int, denials: Denials) -> bool:
    """Say whether a word denies by one that stands before it: *ne fume plus*, but not *pas plus*; or *personne ne*."""
    if k and not text.begins_sentence(k) and text.plain(k - 1)[-1] in denials.negators:
        return False
    first = next((j for j in range(k, max(0, k - BOUND), -1) if text.begins_sentence(j)), max(0, k - BOUND))
    behind = range(k + 1, min(k + 2, len(text.words))) if text.plain(k)[-1] in denials.negators else ()
    return any(denials.binds in text.plain(j) for j in (*range(first, k), *behind))


def _opposite_words(case: Case, denials: Denials) -> bool:
    """Say whether a word stands on both sides, once with a prefix or ending that denies it."""
    ours, theirs = case.source.plain, case.copy.plain
    return any(denials.oppose(one, other) for one in ours for other in theirs)


def _denied(side: Side, denials: Denials) -> bool:
    """Say whether the sentence of a side has a negator near, of which it may have had several."""
    text = side.text
    first, last = side.first, side.last
    low, high = max(0, first - NEAR), last + NEAR
    while first > low and not text.begins_sentence(first):
        first -= 1
    while last < high and not text.begins_sentence(last):
        last += 1
    return _negators(Side(text, first, last), denials) > 0
