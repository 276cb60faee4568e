"""From an altered piece to its type: rules in order, the surest first; what none claims is another wording.

Rules that need words are silent in languages without cue lists (``tongues.py``): there figures, dates, names by their
capitals, quotations, what is left out or put in, what moved and what is disguised are told, and no more. In spun
and rewritten text most substitutions are wording, so a rule claims a piece only where little else can be meant:
the sides are short, and what turned stands on both or was lost without a substitute. A substitution in a wrong
sense is ``wording`` here: to tell it takes all words of the text and a background (``tortured.py``).
"""

from __future__ import annotations

from stemmata.alterations.figures import lost_number
from stemmata.alterations.judgement import Case, Judgement, quote
from stemmata.alterations.omissions import phrase_or_clause, whole_sentence
from stemmata.alterations.polarity import polarity
from stemmata.alterations.renaming import other_name
from stemmata.alterations.restyling import other_form, value_against_value
from stemmata.alterations.senses import lost_cue, opposed_amount, opposed_link
from stemmata.alterations.speech import inside_quotation, lost_source, named_or_nameless

RULES = (
    value_against_value,
    other_form,
    whole_sentence,
    inside_quotation,
    named_or_nameless,
    lost_source,
    phrase_or_clause,
    other_name,
    opposed_amount,
    polarity,
    opposed_link,
    lost_number,
    lost_cue,
)

QUIET = (other_form, whole_sentence, inside_quotation, phrase_or_clause, polarity)
"""Those of them that may claim words without a value, cue, name or figure."""
WORDS = (inside_quotation, polarity)
"""Those of them that may claim one such word against another."""


def judge(case: Case) -> Judgement:
    """Name the type of a piece, by the first rule that claims it."""
    quiet = case.source.quiet and case.copy.quiet
    for rule in RULES if not quiet else WORDS if case.piece.apart else QUIET:
        judgement = rule(case)
        if judgement is not None:
            return judgement
    before, after = quote(case.source.slice), quote(case.copy.slice)
    if before and after:
        return Judgement("wording", f"Other words: {before} becomes {after}.")
    return Judgement("wording", f"{'Left out' if before else 'Put in'}: {before or after}.")
