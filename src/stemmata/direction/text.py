"""What the two texts say about their direction: the method's table, row by row.

Weights are fitted on labelled pairs (``weights``) but those of habits, which are set by hand; they are never negative,
so that a reason may speak only in the direction that it names.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from stemmata.direction.comparison import Comparison
from stemmata.direction.content import cut, facts, shorter
from stemmata.direction.fitting import more_misfits, rougher, worse_swaps
from stemmata.direction.habits import added_furniture, and_phrases, contractions, digits, intensifiers
from stemmata.direction.reasons import TEXT, Example, Measure, Reason, weighed
from stemmata.direction.weights import Weights, weights
from stemmata.direction.wording import longer_words, rarer_swaps, rarer_words, unknown_words

RETOLD = ("paraphrased", "summarised", "translated")
FEW_SWAPS, ENOUGH = 2, 8  # one or two swaps may be slips of the pen: from few to enough they gain belief
STRONGEST, STRONGEST_RETOLD = 3.0, 2.0  # spreads beyond which a figure says no more; a rewriter may simplify as well
ENGLISH, FREQUENCIES, COUNTS = "English", "frequencies", "counts"
HABIT, MOST_HABIT = 0.3, 0.7  # log-odds of one spread of a habit, set by hand, and at most


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

    def gates(self, kind: str) -> Mapping[str, float]:
        """Return how far each group of reasons is believed in a pair of a kind, 0 to 1."""
        swapped = _ramp(self.swap_share, 0.25, 0.35)
        return {
            "swap": swapped * _ramp(self.common, 0.35, 0.30) * _ramp(self.swaps, FEW_SWAPS, ENOUGH - FEW_SWAPS),
            "cut": _ramp(self.inside, 0.80, 0.15) * _ramp(self.outside, 0.08, 0.10) * _ramp(self.longest, 0.90, 0.08),
            "retold": (kind in RETOLD)
            * (1 - swapped)
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
    """A reason, and what it weighs.

    Parameters
    ----------
    says : str
        As in ``Reason``.
    measure : callable
        The figure.
    sd : float
        Its spread on labelled pairs.
    gates : tuple of str
        Where it is believed; its weight behind each gate is fitted. Behind none: ``HABIT``, wherever it is.
    needs : str
        ENGLISH, FREQUENCIES, COUNTS or empty: where it means anything.
    """

    says: str
    measure: Callable[[Comparison], Measure]
    sd: float
    gates: tuple[str, ...] = ()
    needs: str = ""

    @property
    def name(self) -> str:
        """Under which its weights are kept."""
        return self.measure.__name__


class Figure(NamedTuple):
    """What a rule found: its figure in spreads, behind each gate as far as that is open, and what it was read from."""

    rule: Rule
    behind: Mapping[str, float]
    examples: Sequence[Example]

    def log_odds(self, fitted: Weights) -> float:
        """Return what it weighs, before the temperature."""
        if not self.rule.gates:
            return float(np.clip(HABIT * self.behind[""], -MOST_HABIT, MOST_HABIT))
        own = fitted.get(self.rule.name, {})
        return math.fsum(own.get(gate, 0.0) * figure for gate, figure in self.behind.items())


SHORTER = Rule("{copy} is shorter", shorter, 0.58, ("retold",))
CUT = Rule("{copy} begins inside {source}, as a piece cut out of it", cut, 1, ("cut",), FREQUENCIES)
RULES = (
    Rule("swapped words fit their places worse in {copy}", worse_swaps, 4.19, ("swap",), COUNTS),
    Rule("more swapped words fit worse than better in {copy}", more_misfits, 1.07, ("swap",), COUNTS),
    Rule("{copy} runs less smoothly as a whole", rougher, 1.14, ("swap",), COUNTS),
    Rule("swapped words are rarer in {copy}", rarer_swaps, 1.68, ("swap",), FREQUENCIES),
    Rule("words found only in {copy} are rarer", rarer_words, 0.41, ("swap", "retold"), FREQUENCIES),
    Rule("words that no list knows stand in {copy}", unknown_words, 0.22, ("swap",), FREQUENCIES),
    Rule("intensifiers slipped into {copy}", intensifiers, 1, needs=ENGLISH),
    Rule("“as well as” and the like in {copy}, “and” in {source}", and_phrases, 1, needs=ENGLISH),
    Rule("digits in {copy}, number words in {source}", digits, 1, needs=ENGLISH),
    Rule("page furniture stands in {copy} only", added_furniture, 0.07),
    CUT,
    SHORTER,
    Rule("names and numbers stand in {source} only", facts, 1, ("retold",)),
    Rule("words found only in {copy} are longer", longer_words, 0.62, ("retold",)),
    Rule("contractions of {source} are written out in {copy}", contractions, 0.81, ("retold",), ENGLISH),
)
SWAPPED = frozenset(rule.says for rule in RULES if rule.gates == ("swap",))  # what only who swaps words leaves


def measure_figures(c: Comparison, kind: str, available: frozenset[str]) -> list[Figure]:
    """Return the figures of all rules that say something of a pair.

    Parameters
    ----------
    c : Comparison
    kind : str
        As in ``schemas.RELATIONS``.
    available : frozenset of str
        Which of ENGLISH, FREQUENCIES and COUNTS this pair offers.
    """
    if not len(c.rows):
        return []
    gates = {"": 1.0, **measure_shape(c).gates(kind)}
    found = []
    for rule in RULES:
        opened = {gate: gates[gate] for gate in rule.gates or ("",) if gates[gate] > 0}
        if opened and (not rule.needs or rule.needs in available):
            value, examples = rule.measure(c)
            if value:
                behind = {gate: _spreads(value / rule.sd, gate) * share for gate, share in opened.items()}
                found.append(Figure(rule, behind, examples))
    return found


def _spreads(figure: float, gate: str) -> float:
    most = STRONGEST_RETOLD if gate == "retold" else STRONGEST
    return float(np.clip(figure, -most, most))


def text_reasons(c: Comparison, kind: str, available: frozenset[str]) -> list[Reason]:
    """Return what speaks for a direction in the texts themselves; parameters as of ``measure_figures``."""
    fitted = weights(counted=COUNTS in available)
    found = [(figure, figure.log_odds(fitted)) for figure in measure_figures(c, kind, available)]
    return [weighed(figure.rule.says, TEXT, points, figure.examples) for figure, points in found if points]
