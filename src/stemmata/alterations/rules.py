"""From an altered piece to its type: rules in order, the surest first; what none claims is another wording.

Rules that need words are silent in languages without cue lists (``tongues.py``): there figures, dates, names by their
capitals, quotations, what is left out or put in, what moved and what is disguised are told, and no more. In spun
and rewritten text most substitutions are wording, so a rule claims a piece only where little else can be meant:
the sides are short, and what turned stands on both or was lost without a substitute. A substitution in a wrong
sense is ``wording`` here: to tell it takes all words of the text and a background (``tortured.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from stemmata.alterations.figures import lost_number
from stemmata.alterations.judgement import Case, Judgement, other_words
from stemmata.alterations.marked import CUE, FIGURE, NAME, VALUE
from stemmata.alterations.omissions import phrase_or_clause, whole_sentence
from stemmata.alterations.polarity import polarity
from stemmata.alterations.renaming import other_name
from stemmata.alterations.restyling import other_form, value_against_value
from stemmata.alterations.senses import lost_cue, opposed_amount, opposed_link
from stemmata.alterations.speech import inside_quotation, lost_source, named_or_nameless

Rule: TypeAlias = Callable[[Case], Judgement | None]

NOTHING, ANYTHING = 0, CUE | NAME | FIGURE | VALUE
RULES: dict[Rule, int] = {
    value_against_value: VALUE,
    other_form: NOTHING,
    whole_sentence: NOTHING,
    inside_quotation: NOTHING,
    named_or_nameless: CUE,
    lost_source: CUE,
    phrase_or_clause: NOTHING,
    other_name: ANYTHING,
    opposed_amount: CUE,
    polarity: NOTHING,
    opposed_link: CUE,
    lost_number: FIGURE | VALUE,
    lost_cue: CUE,
}
"""The rules, and what must lie on the words for each to claim them: one of these."""
SEVERAL = {other_form, whole_sentence, phrase_or_clause}
"""Those of them that claim no word set against another word, where both are known to say different things."""


def judge(case: Case) -> Judgement:
    """Name the type of a piece, by the first rule that claims it."""
    told = case.source.told | case.copy.told
    if told and not len(case.shorter):
        told |= CUE  # a phrase may go across the place where one side has nothing
    for rule in _asked(told, case.piece.apart):
        judgement = rule(case)
        if judgement is not None:
            return judgement
    return other_words(case.source.slice, case.copy.slice)


@cache
def _asked(told: int, apart: bool) -> tuple[Rule, ...]:
    """Return the rules that may claim words on which this lies, in order."""
    rules = [rule for rule, needs in RULES.items() if needs == NOTHING or needs & told]
    return tuple(rule for rule in rules if not apart or rule not in SEVERAL)
