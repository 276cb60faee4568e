"""The kind of reuse of an aligned passage, and whether it is reuse at all.

Small decision trees, boosted (Friedman 2001), weigh the figures of a passage and of its place in the two texts. They
were grown on labelled pairs by ``benchmarks/train_kinds.py``; all kinds weigh the same there, so that a probability
reads "if each kind were as common as the others".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.measures import Features
from stemmata.once import once

MODELLED = ("edited", "spun", "paraphrased", "summarised", "template", "none")  # a verbatim passage counts as edited
EDITED, SPUN, SUMMARISED, NONE = (MODELLED.index(kind) for kind in ("edited", "spun", "summarised", "none"))
EVEN = 0.5
BOUND = 0.01  # keeps log-odds finite
# words of both sides that do not match, share of words that do, and of names and numbers
FEW_CHANGES, FEW_IDENTITY, MOST_FACTS = 6, 0.85, 0.7
# share of content words exchanged, and of names and numbers kept, below which no spinner shows: it leaves names and
# numbers alone (of spun copies 2 % and .2 % have less)
FEW_EXCHANGED, FEW_FACTS = 0.06, 0.6
# words from which a text with so few changes is no form filled in anew, and share of names and numbers below which
LONG_FORM, DENSE = 80, 0.15


class Place(NamedTuple):
    """A passage in its pair, as its evidence shows it.

    Parameters
    ----------
    score : float
        Evidence of both sides, in nats, above 0.
    q, r : float
        Share of the words carried over, and of those the share carried over in phrase, 0 to 1.
    words_a, words_b : int
        Length of the passage on either side.
    share_a, share_b : float
        Share of either text that it is, 0 to 1.
    held : float
        The larger share of a text that all candidates of the pair take up together, 0 to 1.
    total : float
        Evidence of all candidates of the pair.
    best_q : float
        Share of the words carried over in the strongest of them: one hand mostly works in one way.
    """

    score: float
    q: float
    r: float
    words_a: int
    words_b: int
    share_a: float
    share_b: float
    held: float
    total: float
    best_q: float


FIGURES = (
    "log evidence",
    "evidence a word",
    "carried over",
    "in phrase",
    "larger share of a text",
    "smaller share of a text",
    "share of a text in all passages",
    "log evidence of all passages",
    "carried over below the strongest passage",
    "log ratio of lengths",
    "log mean run",
    "log longest run",
    "log words beyond phrases",
    "identity",
    "numbers kept",
    "log numbers",
    "names kept",
    "log names",
    "frame",
    "windows",
    "substituted",
    "one for one",
    "log words",
)


def describe(f: Features, place: Place) -> list[float]:
    """Return what the trees look at: a value for each of ``FIGURES``."""
    share, other = max(place.share_a, place.share_b), min(place.share_a, place.share_b)
    return [
        float(np.log(place.score)),
        place.score / (place.words_a + place.words_b),
        place.q,
        place.r,
        share,
        other,
        place.held,
        float(np.log(place.total)),
        place.best_q - place.q,
        abs(float(np.log(place.words_a / place.words_b))),
        float(np.log(max(f.run, 0.5))),
        float(np.log(max(f.longest, 1))),
        float(np.log1p(f.phrased)),
        f.identity,
        (f.numbers_kept + 1) / (f.numbers + 2),
        float(np.log1p(f.numbers)),
        (f.names_kept + 1) / (f.names + 2),
        float(np.log1p(f.names)),
        f.frame,
        f.windows,
        f.substituted,
        f.one_for_one,
        float(np.log(max(f.words, 1))),
    ]


class Trees(NamedTuple):
    """Trees of three questions, by round and kind, each whether a figure is at most a threshold.

    Parameters
    ----------
    figure : intp array of shape (rounds, kinds, 3)
        Asked first, then where the answer was yes, and where it was no.
    threshold : float64 array of the same shape
    points : float64 array of shape (rounds, kinds, 4)
        For yes-yes, yes-no, no-yes and no-no.
    """

    figure: NDArray[np.intp]
    threshold: NDArray[np.float64]
    points: NDArray[np.float64]


@once
def trees() -> Trees:
    """Return the trees that ship with the package."""
    held = json.loads((files("stemmata") / "data" / "kinds.json").read_text("utf-8"))
    rounds = np.array(held["trees"]).reshape(-1, len(MODELLED), 10)
    return Trees(rounds[..., :3].astype(np.intp), rounds[..., 3:6], rounds[..., 6:])


_OTHERS: ContextVar[Trees | None] = ContextVar("others", default=None)


@contextmanager
def using(grown: Trees) -> Iterator[None]:
    """Weigh with other trees in this context, and in what an engine runs from it: to measure what others would say."""
    before = _OTHERS.set(grown)
    try:
        yield
    finally:
        _OTHERS.reset(before)


def weigh(figures: list[float]) -> NDArray[np.float64]:
    """Return the probability of each of ``MODELLED`` for the figures of ``describe``."""
    figure, threshold, points = _OTHERS.get() or trees()
    no = np.array(figures)[figure] > threshold
    first = no[..., 0].astype(np.intp)
    leaf = 2 * first + np.take_along_axis(no, 1 + first[..., None], axis=2)[..., 0]
    scores = np.take_along_axis(points, leaf[..., None], axis=2)[..., 0].sum(axis=0)
    powers = np.exp(scores - scores.max())
    shares: NDArray[np.float64] = powers / powers.sum()
    return shares


def bounded_odds(share: float) -> float:
    """Return the log-odds of a probability, kept finite."""
    return float(np.log((share + BOUND) / (1 - share + BOUND)))


def slightly_changed(f: Features) -> bool:
    """Say whether a passage keeps its facts, but for one, and has too few changes to show a hand: it is edited."""
    unlike = f.facts - f.numbers_kept - f.names_kept
    keeps = unlike <= 1 or f.facts_kept >= MOST_FACTS
    return f.changed <= FEW_CHANGES and f.identity >= FEW_IDENTITY and keeps


def looks_spun(f: Features) -> bool:
    """Say whether so many words were exchanged, and so few names and numbers, that a spinner may have done it."""
    return f.substituted >= FEW_EXCHANGED and f.facts_kept >= FEW_FACTS


def looks_filled_in(f: Features) -> bool:
    """Say whether a passage is short and consists of names and numbers so largely that it may be a form."""
    return f.words < LONG_FORM and f.facts >= DENSE * f.words


def name_kind(f: Features, shares: NDArray[np.float64], reuse: float) -> tuple[str, float]:
    """Name the kind of a passage and the probability that it is right, 0 to 1.

    Parameters
    ----------
    shares : float64 array
        As ``weigh``.
    reuse : float
        Least probability that it is any but "none".
    """
    form = MODELLED[int(shares.argmax())] == "template"
    if not form and 1 - shares[NONE] < reuse:
        return "none", max(float(shares[NONE]), EVEN)
    if f.changed == 0 or (slightly_changed(f) and not (form and looks_filled_in(f))):
        return "verbatim" if f.verbatim else "edited", float(1 - shares[NONE])
    likely = shares[:NONE].copy()
    if not looks_spun(f):  # what looks like it was edited by hand
        likely[EDITED] += likely[SPUN]
        likely[SPUN] = 0.0
    best = int(likely.argmax())
    return MODELLED[best], float(likely[best])
