"""What identifiers in two files say: revision marks, saves, mails answered, accounts and names that mostly join."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.direction.metadata import Metadata
from stemmata.direction.outlets import same_name
from stemmata.direction.reasons import LINEAGE, Example, Reason, weighed
from stemmata.direction.saves import KINDS, SHARED, save_reason

GROWN = 2.5  # log-odds, set by judgement
REVISION_MARK = "rsid:"  # one for each time that a file was edited and saved; they are kept in what is made from it
MESSAGE, ANSWERED = "message-id:", "reply-to:"  # a mail's own, and those of the mails that it answers and may quote
LEAST_SHARED = 2  # marks: a single one may be that of a template
MOST_SHOWN = 5
HANDED_ON = 0.6  # log-odds, set by judgement: too few to decide alone, for editors hand files back as well
AUTHOR, SAVER = "author:", "last-modified-by:"
ACCOUNT = "account:"  # of advertising or analytics, under which a page runs
FULLER = "{copy} holds every revision mark of {source}, and further ones"
ANSWERS = "{copy} is an answer to {source}"
JOINED = "both carry the same identifiers: one file or one site is behind them, and which came first they do not say"
NAMED = {  # what identifiers of a kind say that both carry; of all others, the above
    REVISION_MARK: "both carry the same revision marks: one was made from the other, or both from a third file; "
    "which came first they do not say",
    AUTHOR: "both files name the same author, which does not say which came first",
    SAVER: "both files were last saved by the same person, who may have made either from the other",
    "company:": "both files name the same company, which does not say which came first",
    "template:": "both files were made from the same template, which does not say which came first",
    "book:": "both are files of the same book, and which came first they do not say",
    **dict.fromkeys(KINDS, SHARED),
    ACCOUNT: "both pages carry the same advertising or analytics account: one operator is behind both, or one page was "
    "taken with its scripts; which came first that does not say",
}
TWO_SITES = "pages of two sites carry the same advertising or analytics account: one operator is behind both, or one "
TWO_SITES += "page was taken with its scripts; which came first that does not say"
HANDED = "{copy} names the author of {source} as its own, and was last saved by somebody else"


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
    order = _handed_on(x_all, y_all)
    if order:
        both = sorted(one for one in shared if _is_kind(one, AUTHOR))
        x_saver, y_saver = (", ".join(sorted(one for one in each if _is_kind(one, SAVER))) for each in (x_all, y_all))
        reasons.append(weighed(HANDED, LINEAGE, order * HANDED_ON, [(x_saver, y_saver)]))
        shared -= set(both)
    answers = _answered(y_all, x_all), _answered(x_all, y_all)
    if bool(answers[0]) != bool(answers[1]):
        named: list[Example] = [each.removeprefix(MESSAGE) for each in sorted(answers[0] or answers[1])[:MOST_SHOWN]]
        reasons.append(weighed(ANSWERS, LINEAGE, GROWN if answers[0] else -GROWN, named))
    saved = save_reason(x, y, x_all, y_all)
    if saved:
        reasons.append(saved)
        shared = {one for one in shared if not one.startswith(KINDS)}
    by_wording: dict[str, list[Example]] = {}
    for one in sorted(shared):
        by_wording.setdefault(_joined(one, x.site, y.site), []).append(one)
    said = (says for says in (*NAMED.values(), TWO_SITES, JOINED) if says in by_wording)
    return reasons + [Reason(says, LINEAGE, 0.0, by_wording[says][:MOST_SHOWN]) for says in dict.fromkeys(said)]


def _joined(identifier: str, x_site: str | None, y_site: str | None) -> str:
    """Return what an identifier says that both carry; nothing where that is no more than that both are of one site."""
    kind = next((kind for kind in NAMED if _is_kind(identifier, kind)), "")
    if kind == ACCOUNT and x_site and y_site:
        return "" if same_name(x_site, y_site) else TWO_SITES
    return NAMED.get(kind, JOINED)


def _answered(one: frozenset[str], other: frozenset[str]) -> set[str]:
    """Return what identifies the other, if it is a mail that one answers."""
    return {each for each in other if each.startswith(MESSAGE) and ANSWERED + each.removeprefix(MESSAGE) in one}


def _handed_on(x: frozenset[str], y: frozenset[str]) -> int:
    """Return 1 where the author of both last saved x, and somebody else y; -1 the other way round, else 0."""
    authors = {_name(one, AUTHOR) for one in x & y if _is_kind(one, AUTHOR)}
    savers = [{_name(one, SAVER) for one in each if _is_kind(one, SAVER)} for each in (x, y)]
    if not authors or not all(savers):
        return 0
    own = [bool(each & authors) for each in savers]
    return int(own[0] and not own[1]) - int(own[1] and not own[0])


def _name(identifier: str, kind: str) -> str:
    return identifier[len(kind) :].strip().casefold()


def _is_kind(identifier: str, kind: str) -> bool:
    return identifier.casefold().startswith(kind)


def _is_mark(identifier: str) -> bool:
    return _is_kind(identifier, REVISION_MARK)
