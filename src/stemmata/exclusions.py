"""What two texts share and what of it does not count as reuse: what the caller leaves out, and nobody's own text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.aligned import Passages
from stemmata.sides import Sides

EXCLUDED = {"quotes": "quoted", "references": "reference"}  # what ``exclude`` names, and the role of such passages
NEVER_COUNTED = ("base", "furniture")  # roles
SHORT = re.compile(r"short:([1-9]\d{0,4})")
NO_REUSE = {
    "quoted": "quotations that name their source",
    "reference": "references",
    "short": "passages shorter than was asked for",
    "wording": "wording such as texts on one subject share",
    "base": "the base text that was given",
    "furniture": "lines that sites put on every page",
}


class Shared(NamedTuple):
    """A shared passage: its kind, matched words, how sure the kind is, span in a and in b, and edits in words."""

    kind: str
    matched: int
    confidence: float
    a: tuple[int, int]
    b: tuple[int, int]
    edits: NDArray[np.int32]


def sort_out(
    sides: Sides, passages: Passages | None, figures: Sequence[tuple[int, float]], exclude: Collection[str]
) -> dict[str, list[Shared]]:
    """Return the passages that count, under "reuse", and the others by why they do not (``NO_REUSE``).

    Parameters
    ----------
    passages : Passages or None
        Of the pair, with those of kind ``none``; None where it has none.
    figures : sequence of tuples
        Of each passage its matched words and its confidence.
    exclude : collection of str
        As ``RelationOptions.exclude``.
    """
    found: dict[str, list[Shared]] = defaultdict(list)
    if passages is None:
        return found
    for row, (kind, role) in enumerate(zip(passages.kinds, passages.roles, strict=True)):
        a_start, a_end, b_start, b_end = passages.spans[row].tolist()
        here = (sides.a.within(a_start, a_end), sides.b.within(b_start, b_end))
        label = "wording" if kind == "none" else count_as(role, min(w.stop - w.start for w in here), exclude)
        edits = _in_words(sides, passages, row)
        found[label].append(Shared(kind, *figures[row], (a_start, a_end), (b_start, b_end), edits))
    return found


def count_as(role: str, words: int, exclude: Collection[str]) -> str:
    """Return "reuse" for a passage of so many words that counts, else why it does not: its role, or "short"."""
    if role in NEVER_COUNTED or any(EXCLUDED.get(one) == role for one in exclude):
        return role
    shortest = max((int(found[1]) for one in exclude if (found := SHORT.fullmatch(one))), default=0)
    return "short" if words < shortest else "reuse"


def _in_words(sides: Sides, passages: Passages, row: int) -> NDArray[np.int32]:
    """Return a passage's edits as rows (op, a_from, a_to, b_from, b_to) in words."""
    inside = passages.rows(row)
    edits = passages.edits[inside]
    words = np.searchsorted(sides.a.start, edits[:, :2]), np.searchsorted(sides.b.start, edits[:, 2:])
    return np.column_stack([passages.ops[inside], *words]).astype(np.int32)


def coverage(sides: Sides, passages: Sequence[Shared]) -> tuple[float, float]:
    """Return the shares of a and of b, 0 to 1, that lie in some passages."""
    covered = (sides.a.inside(p.a for p in passages), sides.b.inside(p.b for p in passages))
    a, b = (float(held.mean()) if len(held) else 0.0 for held in covered)
    return a, b


def tell_left_out(
    sides: Sides, reused: Sequence[Shared], others: Mapping[str, Sequence[Shared]]
) -> list[dict[str, Any]]:
    """Say how much of both texts is shared and does not count, and what the coverage would be with it."""
    rows = []
    for label in NO_REUSE:
        if label in others and label != "furniture":
            (a, b), (with_a, with_b) = (coverage(sides, held) for held in (others[label], [*reused, *others[label]]))
            says = f"{a:.0%} of a and {b:.0%} of b stand in {NO_REUSE[label]}; they do not count"
            if label not in ("base", "wording") and reused:
                says += f" (with them {with_a:.0%} and {with_b:.0%})"
            rows.append({"feature": f"left_out_{label}", "value": min(a, b), "says": says})
    return rows
