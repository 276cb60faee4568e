"""The tree of one text as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stemmata.genealogy.branches import Branches


def list_branches(family: str, witnesses: Sequence[str], drawn: Branches) -> list[dict[str, Any]]:
    """Return rows of ``schemas.STEMMA``: a single root that is a witness is the original, of several none is."""
    roots = [name for name, above in drawn.parents.items() if above is None]
    first = "original" if len(roots) == 1 else "unresolved"
    lost = set(drawn.lost)
    role = {name: "lost" if name in lost else "copy" if above else first for name, above in drawn.parents.items()}
    return [
        {
            "family": family,
            "doc": name,
            "parent": drawn.parents[name],
            "role": role[name],
            "other_parents": sorted(drawn.others.get(name, [])),
            "confidence": drawn.sure[name],
        }
        for name in (*witnesses, *drawn.lost)
    ]
