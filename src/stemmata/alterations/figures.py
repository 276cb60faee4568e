"""Rule for a number, amount or date that one side lacks."""

from __future__ import annotations

import re

from stemmata.alterations.judgement import Case, Judgement, Side
from stemmata.alterations.marked import Placed
from stemmata.alterations.values import compare_values
from stemmata.tokens import NUMBER

SHORT = 3  # words of a side
NEAR = 12  # words from a value to where it stands as well
PAIR = 2  # "two" is "both" or "a couple"
WRITTEN_OUT = 12  # up to here a number is often a manner of speaking: "the two sides"
_BRACKET = re.compile(r"[\[(]\Z")
_MARKER = re.compile(r"[.)\]](?=\s)")


def lost_number(case: Case) -> Judgement | None:
    """Return the type of a value that the other side lacks; ``number`` for other figures against figures."""
    if len(case.longer) > SHORT or case.source.holds("idiom") or case.copy.holds("idiom"):
        return None
    before, after = _figures(case.source), _figures(case.copy)
    if before and after:
        return Judgement("number", case.becomes("The number"), 0.8) if before != after else None
    values = [(side, placed) for side in (case.source, case.copy) for placed in _values(side)]
    if len(values) != 1 or not _counts(*values[0]):
        return None
    side, placed = values[0]
    value = placed.value
    other = case.copy if side is case.source else case.source
    if any(
        abs(near.first - other.first) <= NEAR and compare_values(near.value, value) is None
        for near in other.text.values
    ):
        return None  # "in 1959" may be "the 1959 breakup"
    if len(other) and not (other.holds("quantifier") or other.holds("date")):
        return None
    if dict(value.parts).keys() == {"weekday"} and other.holds("date"):
        return None  # "on Monday" may be "yesterday"
    few = value.kind == "number" and value.quantity <= (PAIR if len(other) else WRITTEN_OUT)
    if value.kind in ("ordinal", "scale") or few:
        return None
    kind = "date" if value.kind == "year" else value.kind if value.kind in ("date", "percent") else "number"
    return Judgement(kind, case.becomes(f"The {'percentage' if kind == 'percent' else kind}"), 0.6)


def _figures(side: Side) -> list[str]:
    text = side.text
    return [
        text.word(k) for k in range(side.first, side.last) if text.words.flags[k] & NUMBER and k not in text.value_at
    ]


def _values(side: Side) -> list[Placed]:
    held = (side.text.value_at.get(k) for k in range(side.first, side.last))
    return [placed for placed in held if placed and placed.last <= side.last]


def _counts(side: Side, placed: Placed) -> bool:
    """Say whether a value is part of what is said, and no footnote's number or list's."""
    before, after = side.text.gap(placed.first), side.text.gap(placed.last)
    listed = (not before or "\n" in before) and _MARKER.match(after)
    return not listed and not (_BRACKET.search(before) and after[:1] in ("]", ")"))
