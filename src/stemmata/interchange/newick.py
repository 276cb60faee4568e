"""Stemmata as Newick trees, a family a line.

A text from which others derive is an inner node with its label. Several roots stand under a node without one. How sure
a branch is stands behind the label, as ``[&confidence=0.87]``. A tree has no place for second parents: it says
how many there are (``other_parents=1``), and other formats say which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from stemmata.interchange.lineage import Lineage, Member
from stemmata.interchange.signs import apart, number, plain

_BARE = re.compile("[A-Za-z][A-Za-z0-9]*")  # an underscore would be read as a blank


def render_newick(lineage: Lineage) -> str:
    """Return a line for each family."""
    labels = apart((member.doc for member in lineage.members), plain)
    return "".join(f"{write_tree(family, lineage.children, labels)}\n" for family in lineage.families.values())


def write_tree(family: Sequence[Member], children: Mapping[str, Sequence[Member]], labels: Mapping[str, str]) -> str:
    """Return the tree of one family, its labels quoted where they must be; however deep it is."""
    roots = [member for member in family if member.parent is None]
    parts: list[str] = []
    waiting: list[Member | str] = []
    _grow(waiting, roots if len(roots) > 1 else (), "")
    waiting += roots if len(roots) == 1 else ()
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            parts.append(part)
        else:
            _grow(waiting, children.get(part.doc, ()), f"{quote(labels[part.doc])}{_annotation(part)}")
    return "".join([*parts, ";"])


def _grow(waiting: list[Member | str], below: Sequence[Member], label: str) -> None:
    """Put a node before what waits: its children in brackets, then its label."""
    waiting.append(label)
    if below:
        between = [part for child in reversed(below) for part in (child, ",")]
        waiting += [")", *between[:-1], "("]


def quote(label: str) -> str:
    """Return a label in quotes, unless it is a plain word."""
    return label if _BARE.fullmatch(label) else "'" + label.replace("'", "''") + "'"


def _annotation(member: Member) -> str:
    said = [f"confidence={number(member.confidence)}"] if member.confidence is not None else []
    said += [f"other_parents={len(member.others)}"] if member.others else []
    return f"[&{','.join(said)}]" if said else ""
