"""What is written at a member of a family where its tree is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stemmata.report import words
from stemmata.report.drawing import Node
from stemmata.report.family import Member
from stemmata.report.timeline import Span, period, span_of

LENGTH, BRIEF = 40, 30  # signs of a name in a tree; on a narrow page

_ROLES = {"lost": "not here", "unresolved": "perhaps the original", "original": "original"}


def label(
    member: Member,
    known: Mapping[str, Span | None],
    kind: str,
    *,
    flag: str = "",
    severity: str = "",
    length: int = LENGTH,
) -> Node:
    """Return a member as a node: its name, and in few words how it derives, its date, and what is odd about it.

    Parameters
    ----------
    member : Member
        The member.
    known : mapping
        The dates of its family, as :func:`dates` gives them.
    kind : str
        The kind of reuse of its parent; empty where it has none or it is not known.
    flag, severity : str
        What must be noticed, and how grave it is.
    length : int
        Signs of its name that are shown at most.
    """
    span, above = span_of(member.row), known.get(member.parent or "")
    elsewhere = "also from another family" if set(member.others) - set(known) else ""
    return Node(
        doc=member.doc,
        parent=member.parent,
        label="a lost copy" if member.lost else words.clipped(member.doc, length),
        note=" · ".join(filter(None, (_ROLES.get(member.role) or kind, period(span), elsewhere))),
        warning="dated before its source" if span and above and span.before(above) else "",
        flag=flag,
        kind=kind,
        severity=severity,
        confidence=member.confidence,
        role=member.role,
        others=member.others,
        span=span,
    )


def dates(members: Iterable[Member]) -> dict[str, Span | None]:
    """Return when each member came to be; where that is not known, when the nearest text above it did.

    Parameters
    ----------
    members : iterable of Member
        Each after its parent.
    """
    found: dict[str, Span | None] = {}
    for member in members:
        found[member.doc] = span_of(member.row) or found.get(member.parent or "")
    return found
