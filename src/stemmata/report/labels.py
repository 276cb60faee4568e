"""What is written at a member of a family where its tree is drawn."""

from __future__ import annotations

from collections.abc import Mapping

from stemmata.report import words
from stemmata.report.drawing import Node
from stemmata.report.family import Member
from stemmata.report.timeline import Span, period, span_of

LENGTH = 40  # signs of a name in a tree

_ROLES = {"lost": "not in the pile", "unresolved": "perhaps the original", "original": "original"}


def label(member: Member, people: Mapping[str, Member], kind: str, *, flag: str = "", severity: str = "") -> Node:
    """Return a member as a node: its name, and in few words how it derives, its date, and what is odd about it.

    Parameters
    ----------
    member : Member
        The member.
    people : mapping
        All members of its family, by name.
    kind : str
        The kind of reuse of its parent; empty where it has none or it is not known.
    flag, severity : str
        What must be noticed, and how grave it is.
    """
    span, above = span_of(member.row), _above(member, people)
    elsewhere = "also from another family" if set(member.others) - set(people) else ""
    return Node(
        doc=member.doc,
        parent=member.parent,
        label="a lost copy" if member.lost else words.clipped(member.doc, LENGTH),
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


def _above(member: Member, people: Mapping[str, Member]) -> Span | None:
    """Return the date of the nearest text above a member that has one."""
    parent = people.get(member.parent or "")
    while parent and not (span := span_of(parent.row)):
        parent = people.get(parent.parent or "")
    return span if parent else None
