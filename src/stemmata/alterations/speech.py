"""Rules for what is said by whom: quotations and attributions."""

from __future__ import annotations

from stemmata.alterations.judgement import Case, Judgement

LONGEST_SOURCE = 18  # words of a phrase that says whose a statement is
STATEMENT = 4  # words with content from which a phrase with a verb of saying is more than its attribution
REACH = 2  # words between a speaker and the verb


def inside_quotation(case: Case) -> Judgement | None:
    """Return ``quote`` for words altered between quotation marks that both sides have."""
    if all(side.text.is_quoted(side.first, side.last) for side in (case.source, case.copy)):
        return Judgement("quote", case.becomes("The wording between quotation marks"))
    return None


def named_or_nameless(case: Case) -> Judgement | None:
    """Return ``attribution`` where only one side calls a source anonymous."""
    if case.source.holds("nameless") != case.copy.holds("nameless") and len(case.longer) <= LONGEST_SOURCE:
        return Judgement("attribution", case.becomes("What is said of a source"))
    return None


def lost_source(case: Case) -> Judgement | None:
    """Return ``attribution`` for a phrase that says whose a statement is, where the other side has none."""
    side, other = case.longer, case.shorter
    if not 1 < len(side) <= LONGEST_SOURCE or len(other) > 1 or other.holds("saying"):
        return None
    if side.holds("source"):
        return Judgement("attribution", case.becomes("An attribution"))
    speaker = side.holds("speaker") or side.holds("pronoun") or bool(side.text.names[side.first : side.last].any())
    if side.holds("saying") and speaker and side.content <= STATEMENT:
        return Judgement("attribution", case.becomes("An attribution"), 0.8)
    return None


def speaks(case: Case) -> bool:
    """Say whether both sides stand beside a verb of saying, within the sentence."""
    for text, first, last in (case.source, case.copy):
        before = next((k for k in range(first, max(0, first - REACH), -1) if text.begins_sentence(k)), first - REACH)
        after = next((k for k in range(last, last + REACH) if text.begins_sentence(k)), last + REACH)
        if not (text.holds("saying", max(0, before), first) or text.holds("saying", last, after)):
            return False
    return True
