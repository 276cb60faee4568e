"""The first page: what came in, what was found, and where to begin."""

from __future__ import annotations

from typing import Any

import numpy as np

from stemmata import schemas
from stemmata.report.charts import draw_dates
from stemmata.report.pile import Pile, closest, explain, headline, remark
from stemmata.report.register import KINDS, Register
from stemmata.report.room import Room
from stemmata.report.run_page import LIMITS
from stemmata.room.kept import kept

FIRST = 12  # families that are shown at once
SIZES = ((2, 2), (3, 5), (6, 10), (11, 50), (51, None))
piled, dates = kept(Pile), kept(draw_dates)  # both go through all documents


def tell(room: Room) -> dict[str, Any]:
    """Return what the page shows."""
    pile = piled(room)
    near = [] if pile.register else closest(room.trace)
    return {
        "about": room.about,
        "pile": pile,
        "headline": headline(pile),
        "remark": remark(pile),
        "why": [] if pile.register else explain(pile, room.about["options"]),
        "closest": [room.findings.relation(row["a"], row["b"]) for row in near],
        "families": room.families(0, FIRST),
        "shown": (),
        "notes": room.trace.notes.to_pylist(),
        "kinds": kinds(pile.register),
        "sizes": sizes(pile.register),
        "timeline": dates(room),
        "tables": [(schemas.BY_NAME[name], getattr(room.trace, name).num_rows) for name in room.trace.names],
        "limits": LIMITS,
    }


def twin(room: Room) -> dict[str, Any]:
    """Return the same for programs."""
    pile = piled(room)
    first, last = pile.dates or (None, None)
    return {
        "version": room.about["version"],
        "command": room.about["command"],
        "started": room.about.get("started"),
        "headline": headline(pile),
        "remark": remark(pile),
        "documents": pile.size,
        "words": pile.words,
        "families": len(pile.register),
        "members": pile.members,
        "compared": pile.compared,
        "related": pile.related,
        "first": first,
        "last": last,
        "kinds": dict(kinds(pile.register)),
        "skipped": len(pile.skipped),
        "tables": room.trace.names,
        "notes": room.trace.notes.to_pylist(),
    }


def kinds(register: Register) -> list[tuple[str, int]]:
    """Return how many copies there are of each kind, the commonest first."""
    counts = zip(KINDS, register.kinds.sum(axis=0).tolist(), strict=True)
    return sorted(((kind, count) for kind, count in counts if count), key=lambda item: (-item[1], item[0]))


def sizes(register: Register) -> list[tuple[str, int]]:
    """Return how many families there are of each size."""
    found = []
    for least, most in SIZES:
        count = int(((register.size >= least) & (register.size <= (most or np.inf))).sum())
        name = f"{least} or more" if most is None else str(least) if least == most else f"{least} to {most}"
        found.append((name, count))
    return [(name, count) for name, count in found if count]
