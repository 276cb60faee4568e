"""Stemmata as one JSON document, for programs that know the tables.

=============  ==========================================================================================
``version``    of stemmata
``families``   an object for each: ``family``, its id, and ``members``, the rows of the table of the stemma, with
               ``kind`` (of reuse of the parent), ``title`` and ``published`` where they are known
``elsewhere``  what members draw on and no family holds: ``doc``, ``title``, ``published``
``collation``  where there is one, else null: ``witnesses``, and ``places``, for each what each witness reads;
               an empty text is an omission, null is missing
=============  ==========================================================================================
"""

from __future__ import annotations

import json
from typing import Any

from stemmata._version import __version__
from stemmata.collating.collation import Collation
from stemmata.interchange.lineage import ELSEWHERE, Lineage
from stemmata.interchange.places import by_place


def render_json(lineage: Lineage, collation: Collation | None = None) -> str:
    """Return the document, in ASCII; a member, or a place of the collation, is a line."""
    kinds = {branch.copy: branch.kind for branch in lineage.branches if not branch.second}
    families = []
    for family, members in lineage.families.items():
        rows = [
            {
                "doc": member.doc,
                "parent": member.parent,
                "role": member.role,
                "other_parents": list(member.others),
                "confidence": member.confidence,
                "kind": kinds.get(member.doc),
                "title": member.title,
                "published": member.published,
            }
            for member in members
        ]
        families.append(f'{{"family": {json.dumps(family)}, "members": {_lines(rows)}}}')
    far = [
        {"doc": member.doc, "title": member.title, "published": member.published}
        for member in lineage.members
        if member.role == ELSEWHERE
    ]
    parts = {
        "version": json.dumps(__version__),
        "families": f"[{', '.join(families)}]",
        "elsewhere": _lines(far),
        "collation": _collation(collation),
    }
    body = ",\n".join(f'"{name}": {part}' for name, part in parts.items())
    return f"{{\n{body}\n}}\n"


def _collation(collation: Collation | None) -> str:
    if collation is None:
        return "null"
    rows = list(by_place(collation))
    return f'{{"witnesses": {json.dumps(list(collation.witnesses))}, "places": {_lines(rows)}}}'


def _lines(rows: list[Any]) -> str:
    return "[\n " + ",\n ".join(json.dumps(row, allow_nan=False) for row in rows) + "\n]" if rows else "[]"
