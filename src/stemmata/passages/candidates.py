"""The passages of a pair that may be reuse, word by word, with the figures that tell."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.kinds import Place, describe
from stemmata.measures import Features, measure
from stemmata.passages.pair import TextPair
from stemmata.passages.rectangles import Rectangle, find_rectangles
from stemmata.passages.wording import Wording, list_edits, set_words

WEAK = -6.0  # log-odds by its evidence alone from which a passage is looked at more closely


class Candidate(NamedTuple):
    """A passage, its words set against each other, what they show, and what ``kinds.weigh`` wants.

    ``held`` is the larger share of a text that all candidates of the pair take up together.
    """

    rectangle: Rectangle
    wording: Wording
    features: Features
    figures: list[float]
    held: float


def find_candidates(
    pair: TextPair, frame: NDArray[np.uint64], tries: int, *, reused: bool, names: bool
) -> tuple[list[Candidate], int]:
    """Return the candidates of a pair, best first, and the seeds left untried.

    Parameters
    ----------
    frame, names
        As ``measures.measure``.
    tries, reused
        As ``find_rectangles``.
    """
    found = find_rectangles(pair, WEAK, tries, reused=reused)
    rectangles = found.rectangles
    held = max(sum(r.a_to - r.a_from for r in rectangles) / max(1, len(pair.a)), _held(pair, rectangles))
    total = sum(r.score for r in rectangles)
    candidates = []
    for r in rectangles:
        wording, features = measure_words(pair, r, frame, names=names)
        words_a, words_b = r.a_to - r.a_from, r.b_to - r.b_from
        shares = words_a / len(pair.a), words_b / len(pair.b)
        place = Place(r.score, r.q, r.r, words_a, words_b, *shares, held, total, rectangles[0].q)
        candidates.append(Candidate(r, wording, features, describe(features, place), held))
    return candidates, found.untried


def measure_words(pair: TextPair, r: Rectangle, frame: NDArray[np.uint64], *, names: bool) -> tuple[Wording, Features]:
    """Set the words of a passage against each other, and return what they show; arguments as ``measures.measure``."""
    wording = set_words(pair, r)
    return wording, measure(list_edits(pair, wording, r[:4]), pair.a.words, pair.b.words, frame, names=names)


def _held(pair: TextPair, rectangles: list[Rectangle]) -> float:
    """Return the share of b that the passages take up; they may overlap there."""
    held = np.zeros(len(pair.b), bool)
    for r in rectangles:
        held[r.b_from : r.b_to] = True
    return float(held.mean()) if len(held) else 0.0
