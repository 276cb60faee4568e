"""What identifiers in two files say: marks of revision of a word processor, mails answered, others that only join."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.direction.metadata import Metadata
from stemmata.direction.reasons import LINEAGE, Example, Reason, weighed

GROWN = 2.5  # log-odds, set by judgement
REVISION_MARK = "rsid:"  # one for each time that a file was edited and saved; they are kept in what is made from it
MESSAGE, ANSWERED = "message-id:", "reply-to:"  # a mail's own, and those of the mails that it answers and may quote
LEAST_SHARED = 2  # marks: a single one may be that of a template
MOST_SHOWN = 5
FULLER = "{copy} holds every revision mark of {source}, and further ones"
ANSWERS = "{copy} is an answer to {source}"
JOINED = "both carry the same identifiers: one file or one site is behind them, and which came first they do not say"


def in_lines(documents: pa.Table) -> pa.Table:
    """Return the documents with their lists of identifiers as text, one a line: tables with lists cannot be joined."""
    identifiers = documents.column("lineage")
    lines = pc.binary_join(identifiers.cast(pa.list_(pa.string())), "\n")
    return documents.set_column(documents.column_names.index("lineage"), "lineage", lines)


def lineage_reasons(x: Metadata, y: Metadata) -> list[Reason]:
    """Return what the identifiers of two documents say of their order, and which both carry."""
    x_all, y_all = (frozenset(filter(None, (m.lineage or "").split("\n"))) for m in (x, y))
    x_marks, y_marks = (frozenset(filter(_is_mark, each)) for each in (x_all, y_all))
    reasons = []
    shared = {each for each in x_all & y_all if not each.startswith(ANSWERED)}  # two answers to one mail are no copies
    order = int(x_marks < y_marks) - int(y_marks < x_marks)
    if order and len(x_marks & y_marks) >= LEAST_SHARED:
        counts = f"{len(x_marks)} revision marks", f"{len(y_marks)} revision marks"
        reasons.append(weighed(FULLER, LINEAGE, order * GROWN, [counts]))
        shared -= x_marks
    answers = _answered(y_all, x_all), _answered(x_all, y_all)
    if bool(answers[0]) != bool(answers[1]):
        named: list[Example] = [each.removeprefix(MESSAGE) for each in sorted(answers[0] or answers[1])[:MOST_SHOWN]]
        reasons.append(weighed(ANSWERS, LINEAGE, GROWN if answers[0] else -GROWN, named))
    if shared:
        reasons.append(Reason(JOINED, LINEAGE, 0.0, sorted(shared)[:MOST_SHOWN]))
    return reasons


def _answered(one: frozenset[str], other: frozenset[str]) -> set[str]:
    """Return what identifies the other, if it is a mail that one answers."""
    return {each for each in other if each.startswith(MESSAGE) and ANSWERED + each.removeprefix(MESSAGE) in one}


def _is_mark(identifier: str) -> bool:
    return identifier.casefold().startswith(REVISION_MARK)
