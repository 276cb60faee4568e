"""Which passages of a pair are accepted, and as what: the stage's decisions in one place.

In this order: passages that their evidence tells from chance and from a common subject, a summary in their place,
two short texts as wholes where nothing else was found; then, beside what is left of all these when it is cut,
sentences that stand in both texts word for word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.errors import check_option
from stemmata.kinds import NONE, SUMMARISED, bounded_odds, name_kind, weigh
from stemmata.passages.candidates import Candidate, find_candidates, measure_words
from stemmata.passages.pair import TextPair
from stemmata.passages.rectangles import Rectangle
from stemmata.passages.short import find_short
from stemmata.passages.summary import Part, find_summary, replace_by_summary
from stemmata.passages.wording import Wording, match_whole_texts, set_words

WHOLE = 0.75  # share of both texts from which a short passage is the whole of them
CHARACTERS_A_WORD = 4  # at least, of a passage whose words are counted in place of its characters
CONDENSED = 3.0  # times by which a source must be longer than its summary, where the copy is not known
HELD = 0.5  # share of a text from which weak evidence counts: the text as a whole is rewritten
# log-odds that a candidate is reuse, by evidence and kind; fitted by benchmarks/train_acceptance.py on PAN13 `train`
BY_SCORE, BY_Q, BY_R, BY_KIND, CONSTANT = 3.945, -5.230, -9.941, 0.747, -7.627
SUMMARY_RIGHT = 0.95  # share of right answers among summaries on labelled pairs (benchmarks/quality.py --only kinds)
SHORT_RIGHT = 0.88  # the same among passages that are too short for ``kinds`` and not the same word for word
FORM_KEPT, FORM_FACTS = 0.4, 4  # share of names and numbers kept below which a short text is a form, and how many


@dataclass(frozen=True, kw_only=True)
class AlignmentOptions:
    """What counts as a passage.

    Parameters
    ----------
    accept : float
        Least log-odds at which a passage is accepted, -20 to 20; higher finds less and errs less. Where passages take
        up half of a text, what looks like reuse otherwise (``kinds``) is accepted below it.
    reuse : float
        Least probability, 0 to 1, that a passage is reuse rather than wording that texts on one subject share. Below
        it a passage is of kind ``none``, which does not count in relations. Kinds weigh alike in this probability,
        and pairs without reuse are the commonest: hence more than one half.
    accept_short : float
        As ``accept`` for single sentences and quotations, from 8 words.
    accept_summary : float
        The same for a passage that condenses the other text, where the caller knows the copy.
    accept_summary_unknown : float
        The same where the copy is not known: a text and its enlarged version look much alike.
    shortest : int
        Characters that a passage needs on both sides, from 1; or a quarter as many words. Two texts that are
        short themselves, and mostly the same words, are one passage all the same; so are sentences word for word.
    tries : int
        Seeds of passages tried in a pair, best first, from 1; in long texts one for every 250 words, if that is more.
    longest : int
        Words of two texts that are aligned in full, 1,000 to 10,000,000. Of a longer text more is read where
        the other is shorter, up to the square of this in pairs of words; what lies beyond is noted.
    """

    accept: float = 0.0
    reuse: float = 0.7
    accept_short: float = 1.0
    accept_summary: float = -0.5
    accept_summary_unknown: float = 0.0
    shortest: int = 100
    tries: int = 40
    longest: int = 1_000_000

    def __post_init__(self) -> None:
        for name in ("accept", "accept_short", "accept_summary", "accept_summary_unknown"):
            check_option(self, name, -20, 20)
        check_option(self, "reuse", 0, 1)
        check_option(self, "shortest", 1, 10**9)
        check_option(self, "tries", 1, 10_000)
        check_option(self, "longest", 1_000, 10_000_000)


DEFAULTS = AlignmentOptions()


class Accepted(NamedTuple):
    """A passage with its words set against each other, its kind, and how sure that is, 0 to 1.

    ``entire`` says that nothing is cut out of it, ``short`` that it may have fewer than ``shortest`` characters;
    ``summarised`` is the probability that it is a piece of a summary.
    """

    rectangle: Rectangle
    wording: Wording
    kind: str
    confidence: float
    entire: bool = False
    short: bool = False
    summarised: float = 0.0


class Acceptance(NamedTuple):
    """What was accepted, and how many seeds or phrases a cap left out."""

    passages: list[Accepted]
    untried: int


def accept_passages(
    pair: TextPair, mirrored: TextPair | None, frame: NDArray[np.uint64], *, names: bool, options: AlignmentOptions
) -> Acceptance:
    """Return the passages of a pair.

    Parameters
    ----------
    pair : TextPair
        The copy comes first where it is known.
    mirrored : TextPair or None
        The pair with its sides exchanged; None where the copy is known.
    frame, names
        As ``measures.measure``.
    """
    candidates, untried = find_candidates(pair, frame, options.tries, reused=mirrored is None, names=names)
    accepted = [one for candidate in candidates if (one := _weighed(pair, candidate, options))]
    summary = _summary(pair, mirrored, [Part(a.rectangle, a.summarised) for a in accepted], options)
    if summary:
        kept = replace_by_summary(summary, [a.rectangle for a in accepted])
        accepted = [a for a in accepted if a.rectangle in kept]
        accepted.insert(0, Accepted(summary, set_words(pair, summary), "summarised", SUMMARY_RIGHT, entire=True))
    if all(a.kind == "none" for a in accepted) and (whole := match_whole_texts(pair)):
        accepted = [_named(pair, whole, frame, names)]
    return Acceptance(accepted, untried)


def accept_sentences(
    pair: TextPair, held: list[Rectangle], frame: NDArray[np.uint64], *, names: bool, options: AlignmentOptions
) -> Acceptance:
    """Return the sentences and quotations outside what is held already, and the phrases that stand too often."""
    found = find_short(pair, held, options.accept_short, names=names)
    return Acceptance([_named(pair, rectangle, frame, names) for rectangle in found.rectangles], found.untried)


def _weighed(pair: TextPair, candidate: Candidate, options: AlignmentOptions) -> Accepted | None:
    """Return a candidate with its kind, if its evidence suffices."""
    rectangle, shares = candidate.rectangle, weigh(candidate.figures)
    kind, confidence = name_kind(candidate.features, shares, options.reuse)
    strong = weigh_evidence(rectangle, shares) @ np.array([BY_SCORE, BY_Q, BY_R, BY_KIND]) + CONSTANT > options.accept
    weak = candidate.held >= HELD and kind != "none"
    short = not long_enough(pair, rectangle[:4], options.shortest)
    if not (strong or weak) or (short and not _is_whole(pair, rectangle)):
        return None
    return Accepted(rectangle, candidate.wording, kind, confidence, short=short, summarised=float(shares[SUMMARISED]))


def weigh_evidence(rectangle: Rectangle, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what tells reuse: evidence (log), words carried over, in phrase, and the log-odds of any kind but none."""
    return np.array([np.log(rectangle.score), rectangle.q, rectangle.r, -bounded_odds(float(shares[NONE]))])


def long_enough(pair: TextPair, bounds: tuple[int, int, int, int], shortest: int) -> bool:
    """Say whether a passage has enough characters on both sides or, in a script of short words, enough words."""
    a_from, a_to, b_from, b_to = bounds
    spans = pair.a.span(a_from, a_to), pair.b.span(b_from, b_to)
    characters = min(end - start for start, end in spans)
    return characters >= shortest or CHARACTERS_A_WORD * min(a_to - a_from, b_to - b_from) >= shortest


def _is_whole(pair: TextPair, r: Rectangle) -> bool:
    """Say whether a passage is nearly all of both texts."""
    return r.a_to - r.a_from >= WHOLE * len(pair.a) and r.b_to - r.b_from >= WHOLE * len(pair.b)


def _named(pair: TextPair, rectangle: Rectangle, frame: NDArray[np.uint64], names: bool) -> Accepted:
    """Name a passage that is too short for ``kinds``: word for word it is, or nearly, unless a form filled in anew."""
    wording, features = measure_words(pair, rectangle, frame, names=names)
    kind = "verbatim" if features.verbatim else "edited"
    if features.facts >= FORM_FACTS and features.facts_kept < FORM_KEPT:
        kind = "template"
    return Accepted(rectangle, wording, kind, SHORT_RIGHT, short=True)


def _summary(
    pair: TextPair, mirrored: TextPair | None, accepted: list[Part], options: AlignmentOptions
) -> Rectangle | None:
    """Return the likeliest summary above the threshold: of b in a, or, where the copy is unknown, of a in b."""
    found = []
    one = find_summary(pair, accepted)
    if one:
        found.append((one.odds, one.rectangle))
    if mirrored is not None:
        found = [(odds, r) for odds, r in found if len(pair.b) >= CONDENSED * (r.a_to - r.a_from)]
        other = find_summary(mirrored, [c.mirrored() for c in accepted])
        if other and len(pair.a) >= CONDENSED * (other.rectangle.a_to - other.rectangle.a_from):
            found.append((other.odds, other.rectangle.mirrored()))
    odds, best = max(found, default=(-np.inf, None), key=lambda f: f[0])
    return best if odds > (options.accept_summary if mirrored is None else options.accept_summary_unknown) else None
