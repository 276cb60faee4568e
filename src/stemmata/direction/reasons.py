"""What a reason is, and how reasons are weighed against each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

TEMPERATURE = 1.2  # of the log-odds, set on kinds of reuse left out of the fit
TEXT_MOST = 0.97  # what text alone may claim
CONTRADICTED_MOST = 0.80  # what is left where text, dates and references contradict each other
SURE = 0.90  # what text must claim for dates not to overrule it
CONTRADICTION = 0.65  # the probability from which one of them alone has an opinion
KNOWN = 0.999  # the confidence of a direction that the caller gives, or that the revisions of a page have

TEXT, DATES, REFERENCES, LINEAGE = "text", "dates", "references", "lineage"
REVISION, CALLER, LIMIT = "revision", "caller", "limit"
BESIDE = (DATES, REFERENCES, LINEAGE)  # what can be told without the words of a text

Example = str | tuple[str, str]
"""A reading of one side, or what x has and what y has in its place."""


class Measure(NamedTuple):
    """A figure, positive where x looks like the source, and what it was read from."""

    value: float
    examples: Sequence[Example] = ()


@dataclass(frozen=True)
class Reason:
    """One reason for a direction.

    Parameters
    ----------
    says : str
        A statement; ``{source}`` and ``{copy}`` stand for the sides as this reason has them, ``{x}`` and
        ``{y}`` for the sides themselves.
    origin : str
        TEXT, DATES, REFERENCES, LINEAGE, REVISION, CALLER or LIMIT.
    points : float
        Log-odds that x is the source, shares of the final sum; 0 for what is merely said.
    examples : sequence of Example
    cap : bool
        Whether it only takes others back to what they may claim.
    """

    says: str
    origin: str
    points: float = 0.0
    examples: Sequence[Example] = ()
    cap: bool = False


def weighed(says: str, origin: str, log_odds: float, examples: Sequence[Example] = ()) -> Reason:
    """Return a reason from log-odds as they were fitted or set, before the temperature."""
    return Reason(says, origin, log_odds / TEMPERATURE, examples)


def total(reasons: Iterable[Reason]) -> float:
    """Return the sum of the points, rounded once: it does not depend on their order."""
    return math.fsum(reason.points for reason in reasons)


def limited(reasons: Sequence[Reason]) -> list[Reason]:
    """Return the reasons, and what takes them back to what they may claim together."""
    reasons = list(reasons)
    text = total(r for r in reasons if r.origin == TEXT)
    reasons += _limit("text alone never claims more than 97 %", text, TEXT_MOST, TEXT)
    opinions = [total(r for r in reasons if r.origin == origin) for origin in (TEXT, *BESIDE)]
    if max(opinions) >= log_odds(CONTRADICTION) and min(opinions) <= -log_odds(CONTRADICTION):
        says = "evidence that contradicts itself never claims more than 80 %"
        reasons += _limit(says, total(reasons), CONTRADICTED_MOST, LIMIT)
    sure = abs(text) >= log_odds(SURE)
    whole, undated = total(reasons), total(r for r in reasons if r.origin != DATES)
    if sure and whole * text < 0 < undated * text:
        reasons.append(Reason("dates do not overrule words that are sure by themselves", LIMIT, -whole, cap=True))
    return reasons


def _limit(says: str, points: float, most: float, origin: str) -> list[Reason]:
    over = abs(points) - log_odds(most)
    return [Reason(says, origin, -math.copysign(over, points), cap=True)] if over > 0 else []


def log_odds(probability: float) -> float:
    """Return the natural logarithm of the odds."""
    return math.log(probability / (1 - probability))


def probability(points: float) -> float:
    """Return the probability that log-odds stand for."""
    return 1 / (1 + math.exp(-points))
