"""What the two texts say about their direction: the method's table, row by row.

Weights, spreads and gates are those of the project's method page, fitted on labelled pairs; they are never
negative, so that a reason may speak only in the direction that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from stemmata.direction.comparison import Comparison
from stemmata.direction.content import cut, facts, shorter
from stemmata.direction.habits import added_furniture, and_phrases, contractions, digits, intensifiers
from stemmata.direction.reasons import TEXT, Measure, Reason, weighed
from stemmata.direction.wording import longer_words, rarer_swaps, rarer_words, unknown_words

FEW_SWAPS, ENOUGH = 2, 8  # one or two swaps may be slips of the pen: from few to enough they gain belief
STRONGEST = 3.0  # spreads beyond which a figure says no more
ENGLISH, FREQUENCIES = "English", "frequencies"
HABIT = 0.7  # log-odds that a habit gives at most; habits have weights set by hand


@dataclass(frozen=True)
class Shape:
    """How two texts lie against each other; no direction in it. Shares from 0 to 1.

    Parameters
    ----------
    swaps : int
        Words in each other's place.
    swap_share : float
        Words in swaps over words in all segments.
    common : float
        Matched words over the shorter side of what is compared.
    unequal : float
        Difference of the sides of what is compared, over the longer.
    inside, longest : float
        Matched words, and the longest matched block, over the whole shorter text.
    outside : float
        Difference of the lengths of the whole texts over the longer.
    """

    swaps: int
    swap_share: float
    common: float
    unequal: float
    inside: float
    longest: float
    outside: float

    def gates(self) -> Mapping[str, float]:
        """Return how far each group of reasons is believed, 0 to 1."""
        swapped = _ramp(self.swap_share, 0.25, 0.35)
        return {
            "always": 1.0,
            "swap": swapped * _ramp(self.common, 0.35, 0.30) * _ramp(self.swaps, FEW_SWAPS, ENOUGH - FEW_SWAPS),
            "cut": _ramp(self.inside, 0.80, 0.15) * _ramp(self.outside, 0.08, 0.10) * _ramp(self.longest, 0.90, 0.08),
            "retold": (1 - swapped)
            * _ramp(0.80 - self.common, 0, 0.30)
            * float(np.clip((0.62 - self.unequal) / 0.2, 0.15, 1)),
        }


def _ramp(value: float, low: float, width: float) -> float:
    return float(np.clip((value - low) / width, 0, 1))


def measure_shape(c: Comparison) -> Shape:
    """Measure how two texts lie against each other."""
    s = c.segments
    matched = min(int(mask.sum()) for mask in c.matched)
    short, long = sorted((len(c.x), len(c.y)))
    whole_short, whole_long = sorted((len(c.x.words), len(c.y.words)))
    return Shape(
        swaps=len(c.swaps.x),
        swap_share=_share(2 * len(c.swaps.x), int(s.x_size.sum() + s.y_size.sum())),
        common=_share(matched, short),
        unequal=_share(long - short, long),
        inside=_share(matched, whole_short),
        longest=_share(int(c.blocks[:, 2].max(initial=0)), whole_short),
        outside=_share(whole_long - whole_short, whole_long),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


@dataclass(frozen=True)
class Rule:
    """A reason and its weight.

    Parameters
    ----------
    says : str
        As in ``Reason``.
    measure : callable
        The figure.
    sd : float
        Its spread on labelled pairs.
    weights : mapping
        By gate: log-odds for one spread where the gate is open.
    most : float
        Log-odds beyond which it does not go.
    needs : str
        ENGLISH, FREQUENCIES or empty: where it means anything.
    """

    says: str
    measure: Callable[[Comparison], Measure]
    sd: float
    weights: Mapping[str, float] = field(default_factory=lambda: {"always": 0.3})
    most: float = HABIT
    needs: str = ""


FITTED = float("inf")
SHORTER = Rule("{copy} is shorter", shorter, 0.58, {"retold": 0.75}, FITTED)
CUT = Rule("{copy} begins inside {source}, as a piece cut out of it", cut, 1, {"cut": 0.62}, FITTED)
RULES = (
    Rule("swapped words are rarer in {copy}", rarer_swaps, 1.68, {"swap": 0.35}, FITTED, FREQUENCIES),
    Rule(
        "words found only in {copy} are rarer",
        rarer_words,
        0.41,
        {"swap": 0.30, "retold": 0.24},
        FITTED,
        FREQUENCIES,
    ),
    Rule("words that no list knows stand in {copy}", unknown_words, 0.22, {"swap": 0.22}, FITTED, FREQUENCIES),
    Rule("intensifiers slipped into {copy}", intensifiers, 1, needs=ENGLISH),
    Rule("“as well as” and the like in {copy}, “and” in {source}", and_phrases, 1, needs=ENGLISH),
    Rule("digits in {copy}, number words in {source}", digits, 1, needs=ENGLISH),
    Rule("page furniture stands in {copy} only", added_furniture, 0.07),
    CUT,
    SHORTER,
    Rule("names and numbers stand in {source} only", facts, 1, {"retold": 0.96}, FITTED),
    Rule("words found only in {copy} are longer", longer_words, 0.62, {"retold": 0.46}, FITTED),
    Rule(
        "contractions of {source} are written out in {copy}",
        contractions,
        0.81,
        {"retold": 0.11},
        FITTED,
        ENGLISH,
    ),
)


def text_reasons(c: Comparison, available: frozenset[str]) -> list[Reason]:
    """Return what speaks for a direction in the texts themselves.

    Parameters
    ----------
    c : Comparison
    available : frozenset of str
        Which of ENGLISH and FREQUENCIES this pair offers.
    """
    if not len(c.rows):
        return []
    gates = measure_shape(c).gates()
    reasons = []
    for rule in RULES:
        weight = sum(share * gates[gate] for gate, share in rule.weights.items())
        if weight and (not rule.needs or rule.needs in available):
            value, examples = rule.measure(c)
            log_odds = weight * float(np.clip(value / rule.sd, -STRONGEST, STRONGEST))
            if log_odds:
                log_odds = float(np.clip(log_odds, -rule.most, rule.most))
                reasons.append(weighed(rule.says, TEXT, log_odds, examples))
    return reasons
