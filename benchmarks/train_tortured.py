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
from benchmarks.logistic import fit
from stemmata.alterations.alteration import Alteration
from stemmata.alterations.collation import Run
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.swaps import list_swaps
from stemmata.alterations.tortured import FIGURES, Background, measure_swaps
from stemmata.facts import Facts
from stemmata.tokens import words_of
from stemmata.wordvectors import word_vectors

FITTED = "swaps-fitted.csv"
SPANS = ("source_start", "source_end", "copy_start", "copy_end")
Place = tuple[str, int, int, int, int]
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
        unseen[here] = figures[here] @ weigh(figures[~here], wanted[~here])
    for cut in CUTS:
        told = unseen >= cut
        print(f"log-odds from {cut}: {told.sum()} of {len(told)} told, {(told & wanted).sum()} of them right")
    print(dict(zip(FIGURES, weigh(figures, wanted).round(2).tolist(), strict=True)))


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
    for (doc, *spans), reading in read(FITTED).items():
        source, copy = unmarked(texts[sources[doc]]), unmarked(texts[doc])
        found = [Alteration(spans[0], spans[1], spans[2], spans[3], "wording", "", 0.0)]
        whole = [Run(0, len(source.words), 0, len(copy.words))]
        for swap in list_swaps(found, source, copy, whole, known.vectors, known.silent):
            yield corpora.fold(sources[doc]), reading, measure_swaps([swap], source, known)[0]


def unmarked(text: str) -> MarkedText:
    """Return a text in which nothing is marked."""
    words = words_of(text)
    return MarkedText(text, words, "en", *np.zeros((3, len(words)), bool))


def weigh(figures: NDArray[np.float64], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the weights of a logistic regression without a constant."""
    return fit(figures, wanted.astype(float), np.ones(len(wanted)), PENALTY, constant=False)


def read(name: str) -> dict[Place, str]:
    """Return what was read of exchanges, by their places."""
    with (Path(__file__).parent / "readings" / name).open(encoding="utf-8", newline="") as file:
        return {(row["copy"], *(int(row[span]) for span in SPANS)): row["reading"] for row in csv.DictReader(file)}  # type: ignore[misc]


if __name__ == "__main__":
    main()
