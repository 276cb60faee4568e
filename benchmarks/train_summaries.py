"""Fit the model that tells a summary, and print its constants.

::

    python -m benchmarks.train_summaries

The constants go into ``stemmata/passages/summary.py``. Logistic regression on what ``summary.find_summary`` gives for
the pairs of PAN13 ``train``: the candidates of 05 with a case against all others. The kinds of passages come from
trees that have not seen the source (``benchmarks/folds.py``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora
from benchmarks.folds import without
from benchmarks.logistic import fit_alike
from benchmarks.train_kinds import words_by_doc
from stemmata.facts import Facts
from stemmata.kinds import using
from stemmata.languages import function_words
from stemmata.measures import FRAME_WORDS
from stemmata.passages.acceptance import AlignmentOptions, accept_passages
from stemmata.passages.pair import prepare
from stemmata.passages.summary import Part, find_summary

NEVER = 20.0  # a threshold that no summary reaches: all other passages are wanted
PENALTY = 3e-5
THRESHOLDS = (-1.0, -0.5, 0.0, 0.5, 1.0)


def main() -> None:
    """Fit, and print constants and what they give out of fold."""
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    figures, true, folds = examples()
    unseen = np.zeros(len(true))
    for fold in range(corpora.FOLDS):
        here = folds == fold
        unseen[here] = _odds(figures[here], fit_alike(figures[~here], true[~here], PENALTY))
    for least in THRESHOLDS:
        found = unseen > least
        print(f"log-odds above {least:4}: {np.sum(found & true)} of {true.sum()}, {np.sum(found & ~true)} others")
    names = "BY_UNEXPLAINED, BY_SCORE, BY_SHARE, BY_SPREAD, BY_CARRIED, BY_KIND, CONSTANT"
    print(names, "=", ", ".join(f"{value:.3f}" for value in fit_alike(figures, true, PENALTY)))


def examples() -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """Return of each candidate its figures, whether it is a summary, and the fold of its source."""
    texts, pairs = corpora.pan13("train")
    words = words_by_doc(texts)
    frequencies, frame = Facts().frequencies("en"), function_words("en", FRAME_WORDS)
    options = AlignmentOptions(accept_summary=NEVER)
    figures, true, folds = [], [], []
    for p in pairs:
        fold = corpora.fold(p.source)
        pair = prepare(texts[p.copy], words[p.copy], texts[p.source], words[p.source], frequencies)
        with using(without(fold)):
            accepted = accept_passages(pair, None, frame, names=True, options=options).passages
        found = find_summary(pair, [Part(one.rectangle, one.summarised) for one in accepted])
        if found:
            figures.append(found.figures)
            true.append(p.part.startswith("05") and bool(p.truth))
            folds.append(fold)
    return np.array(figures), np.array(true), np.array(folds)


def _odds(figures: NDArray[np.float64], solution: NDArray[np.float64]) -> NDArray[np.float64]:
    odds: NDArray[np.float64] = figures @ solution[:-1] + solution[-1]
    return odds


if __name__ == "__main__":
    main()
