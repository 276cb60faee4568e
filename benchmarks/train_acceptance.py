"""Fit the model that accepts a candidate passage, and print its constants.

::

    python -m benchmarks.train_acceptance

The constants go into ``stemmata/passages/acceptance.py``. Logistic regression on what ``acceptance.weigh_evidence``
gives for the candidates of PAN13 ``train``, without the pairs of 05 that hold a case: those on a case against all
others. The kinds come from trees that have not seen the source (``benchmarks/folds.py``).
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora
from benchmarks.folds import without
from benchmarks.logistic import fit_alike
from benchmarks.train_kinds import words_by_doc
from stemmata.facts import Facts
from stemmata.kinds import using, weigh
from stemmata.languages import function_words
from stemmata.measures import FRAME_WORDS
from stemmata.passages.acceptance import DEFAULTS, long_enough, weigh_evidence
from stemmata.passages.candidates import find_candidates
from stemmata.passages.pair import TextPair, prepare
from stemmata.passages.rectangles import Rectangle

ON_CASE = 0.3  # share of a candidate, in characters of both sides, that lies on a case
PENALTY = 1e-5


def main() -> None:
    """Fit, and print constants and what they give out of fold."""
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    evidence, true, parts, folds = examples()
    unseen = np.zeros(len(true))
    for fold in range(corpora.FOLDS):
        here = folds == fold
        solution = fit_alike(evidence[~here], true[~here], PENALTY)
        unseen[here] = evidence[here] @ solution[:-1] + solution[-1]
    for part in sorted(set(parts)):
        tried = Counter(zip(true[parts == part], unseen[parts == part] > 0, strict=True))
        print(f"{part}: {tried[True, True]} of {tried[True, True] + tried[True, False]}, {tried[False, True]} others")
    names = "BY_SCORE, BY_Q, BY_R, BY_KIND, CONSTANT"
    print(names, "=", ", ".join(f"{value:.3f}" for value in fit_alike(evidence, true, PENALTY)))


def examples() -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.str_], NDArray[np.int64]]:
    """Return of each candidate its evidence, whether it lies on a case, its part, and the fold of its source."""
    texts, pairs = corpora.pan13("train")
    words = words_by_doc(texts)
    frequencies, frame = Facts().frequencies("en"), function_words("en", FRAME_WORDS)
    evidence, true, parts, folds = [], [], [], []
    for p in pairs:
        if p.part.startswith("05") and p.truth:
            continue
        fold = corpora.fold(p.source)
        pair = prepare(texts[p.copy], words[p.copy], texts[p.source], words[p.source], frequencies)
        for candidate in find_candidates(pair, frame, DEFAULTS.tries, reused=True, names=True)[0]:
            rectangle = candidate.rectangle
            if long_enough(pair, rectangle[:4], DEFAULTS.shortest):
                with using(without(fold)):
                    evidence.append(weigh_evidence(rectangle, weigh(candidate.figures)))
                true.append(any(_shared(pair, rectangle, case) > ON_CASE for case in p.truth))
                parts.append(p.part)
                folds.append(fold)
    return np.array(evidence), np.array(true), np.array(parts), np.array(folds)


def _shared(pair: TextPair, r: Rectangle, case: corpora.Passage) -> float:
    """Return the share of a passage that lies on a case; 0 where they have nothing in common on one side."""
    spans = pair.a.span(r.a_from, r.a_to), pair.b.span(r.b_from, r.b_to)
    both = [
        min(end, high) - max(start, low) for (start, end), (low, high) in zip(spans, (case[:2], case[2:]), strict=True)
    ]
    return sum(both) / sum(end - start for start, end in spans) if min(both) > 0 else 0.0


if __name__ == "__main__":
    main()
