"""Rules for what is said by whom: quotations and attributions."""

from __future__ import annotations

from stemmata.alterations.collation import Run
from stemmata.alterations.cues import Meaning
from stemmata.alterations.judgement import Case, Judgement, Piece, Side
from stemmata.alterations.marked import MarkedText

MISQUOTED = "The wording between quotation marks"
LONGEST_SOURCE = 18  # words of a phrase that says whose a statement is
STATEMENT = 4  # words with content from which a phrase with a verb of saying is more than its attribution
REACH = 2  # words between a speaker and the verb


def inside_quotation(case: Case) -> Judgement | None:
    """Return ``quote`` for words altered between quotation marks that both sides have."""
    if case.source.quoted and case.copy.quoted:
        return Judgement("quote", case.becomes(MISQUOTED))
    return None


def join_quotations(
    judged: list[tuple[Piece, Judgement]], source: MarkedText, copy: MarkedText
) -> list[tuple[Piece, Judgement]]:
    """Join what was altered in one sentence of one quotation: a misquotation is one finding."""
    joined: list[tuple[Piece, Judgement]] = []
    for piece, judgement in sorted(judged, key=lambda one: (one[0].run, one[1].type)):
        run = piece.run
        before = joined[-1][0].run if joined and joined[-1][1].type == judgement.type == "quote" else None
        if before and before[1] <= run[0] and before[3] <= run[2] and _one_sentence(before, run, source, copy):
            run = Run(before[0], run[1], before[2], run[3])
            case = Case(Piece(run), Side(source, *run[:2]), Side(copy, *run[2:]), 0)
            joined[-1] = (case.piece, Judgement("quote", case.becomes(MISQUOTED)))
        else:
            joined.append((piece, judgement))
    return joined


def _one_sentence(before: Run, run: Run, source: MarkedText, copy: MarkedText) -> bool:
    """Say whether two runs lie in one quotation of both texts, and in one sentence of the source."""
    return (
        source.is_quoted(before[0], run[1])
        and copy.is_quoted(before[2], run[3])
        and not any(source.begins_sentence(k) for k in range(before[1], run[0] + 1))
    )


def named_or_nameless(case: Case) -> Judgement | None:
    """Return ``attribution`` where only one side calls a source anonymous."""
    if case.source.holds("nameless") != case.copy.holds("nameless") and len(case.longer) <= LONGEST_SOURCE:
        return Judgement("attribution", case.becomes("What is said of a source"))
    return None


def lost_source(case: Case) -> Judgement | None:
    """Return ``attribution`` for a phrase that says whose a statement is, where the other side has none."""
    side, other = case.longer, case.shorter
    if not 1 < len(side) <= LONGEST_SOURCE or len(other) > 1 or _says(other):
        return None
    if side.holds("source"):
        return Judgement("attribution", case.becomes("An attribution"), 1.0, case.turn)
    if not _says(side):
        return None
    if side.text.begins_sentence(side.first) and side.holds("definite") and side.content <= STATEMENT // 2:
        return Judgement("attribution", case.becomes("An attribution"), 0.7, case.turn)
    speaker = side.holds("speaker") or side.holds("pronoun") or bool(side.text.names[side.first : side.last].any())
    if speaker and side.content <= STATEMENT:
        return Judgement("attribution", case.becomes("An attribution"), 0.8, case.turn)
    return None


def speaks(case: Case) -> bool:
    """Say whether both sides stand beside a verb of saying, within the sentence."""
    for side in (case.source, case.copy):
        text, first, last = side.text, side.first, side.last
        before = next((k for k in range(first, max(0, first - REACH), -1) if text.begins_sentence(k)), first - REACH)
        after = next((k for k in range(last, last + REACH) if text.begins_sentence(k)), last + REACH)
        if not (_says(Side(text, max(0, before), first)) or _says(Side(text, last, after))):
            return False
    return True


def _says(side: Side) -> bool:
    """Say whether a verb of saying stands there, and no noun (*the reports*) or name (*United States*)."""
    return any(
        Meaning("saying") in cue.meanings
        and not side.text.names[cue.first]
        and not side.text.holds("definite", max(0, cue.first - 1), cue.first)
        for cue in side.cues
    )
