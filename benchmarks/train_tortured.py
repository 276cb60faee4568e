"""Fit the weights by which an exchange of words is told to be of a wrong sense, and print them.

::

    python -m benchmarks.train_tortured

They go into ``stemmata/alterations/tortured.py``. The examples are exchanges in spun copies of spun-news that were
drawn by chance and read by us (``readings/swaps-fitted.csv``): *wrong* sense, *odd* (nobody would say so in that
place), or *fine*; those that could not be told were left out. Wrong and odd ones are wanted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora
from stemmata.alterations.alteration import Alteration
from stemmata.alterations.collation import Run
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.swaps import list_swaps
from stemmata.alterations.tortured import FIGURES, Background, measure_swaps
from stemmata.facts import Facts
from stemmata.tokens import words_of
from stemmata.wordvectors import word_vectors

READINGS = Path(__file__).parent / "readings"
PENALTY = 0.3
CUTS = (0.4, 0.7, 1.0, 1.3)


def main() -> None:
    """Fit, and print the weights and what they give out of fold."""
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    figures, wanted, folds = examples()
    unseen = np.zeros(len(wanted))
    for fold in range(corpora.FOLDS):
        here = folds == fold
        unseen[here] = figures[here] @ fit(figures[~here], wanted[~here])
    for cut in CUTS:
        told = unseen >= cut
        print(f"log-odds from {cut}: {told.sum()} of {len(told)} told, {(told & wanted).sum()} of them right")
    print(dict(zip(FIGURES, fit(figures, wanted).round(2).tolist(), strict=True)))


def examples() -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """Return of each exchange its figures, whether it is wrong or odd, and the fold of its source."""
    figures, wanted, folds = [], [], []
    for fold, reading, row in _measured():
        figures.append(row)
        wanted.append(reading != "fine")
        folds.append(fold)
    return np.array(figures), np.array(wanted), np.array(folds)


def background() -> Background:
    """Return what is known of English words."""
    facts = Facts()
    return Background(facts.word_pairs("en"), word_vectors("en"), facts.frequencies("en"), facts.function_words("en"))


def _measured() -> Iterator[tuple[int, str, NDArray[np.float64]]]:
    texts, pairs = corpora.spun_news()
    sources = {p.copy: p.source for p in pairs if p.truth == "spun"}
    known = background()
    with (READINGS / "swaps-fitted.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            source, copy = (unmarked(texts[doc]) for doc in (sources[row["copy"]], row["copy"]))
            spans = [int(row[name]) for name in ("source_start", "source_end", "copy_start", "copy_end")]
            found = [Alteration(spans[0], spans[1], spans[2], spans[3], "wording", "", 0.0)]
            whole = [Run(0, len(source.words), 0, len(copy.words))]
            swaps = list(list_swaps(found, source, copy, whole, known.vectors, known.silent))
            if swaps:
                yield corpora.fold(sources[row["copy"]]), row["reading"], measure_swaps(swaps, source, known)[0]


def unmarked(text: str) -> MarkedText:
    """Return a text in which nothing is marked."""
    words = words_of(text)
    return MarkedText(text, words, "en", *np.zeros((3, len(words)), bool))


def fit(figures: NDArray[np.float64], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the weights of a logistic regression without a constant, by Newton's method."""
    weights = np.zeros(figures.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-figures @ weights))
        slope = figures.T @ (wanted - chance) - PENALTY * weights
        curve = (figures.T * (chance * (1 - chance))) @ figures + PENALTY * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    main()
