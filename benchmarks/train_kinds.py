"""Fit the model that tells spun, edited and paraphrased passages apart, and print its weights.

::

    python -m benchmarks.train_kinds

The weights go into ``stemmata/kinds.py``. Softmax regression on the figures that ``kinds.measure`` gives, the
three kinds weighing the same, five folds by source text; trained on spun-news, wikipedia-versions, Reuters
updates and L2R rewrites.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks import corpora
from benchmarks.quality import PAIRS, documents_of
from stemmata.alignments import align
from stemmata.kinds import MODELLED, describe
from stemmata.relations import classify

Matrix = NDArray[np.float64]


def main() -> None:
    """Fit, cross-validate and print."""
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    figures, truth, fold = _examples()
    weight = (len(truth) / np.bincount(truth))[truth]
    guess = np.zeros((len(truth), len(MODELLED)))
    for k in range(5):
        weights, constants = _fit(figures[fold != k], truth[fold != k], weight[fold != k])
        guess[fold == k] = _softmax(figures[fold == k] @ weights + constants)
    named = guess.argmax(axis=1)
    for k, kind in enumerate(MODELLED):
        met = np.bincount(named[truth == k], minlength=len(MODELLED)) / np.count_nonzero(truth == k)
        print(
            f"{kind:12} {np.count_nonzero(truth == k):5} named "
            + str(dict(zip(MODELLED, met.round(3).tolist(), strict=True)))
        )
    sure = guess.max(axis=1)
    for low, high in ((0.0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        here = (sure >= low) & (sure < high)
        right = np.average((named == truth)[here], weights=weight[here])
        print(f"confidence {low:.2f}-{min(high, 1):.2f}: {np.count_nonzero(here):5} pairs, {right:.3f} right")
    weights, constants = _fit(figures, truth, weight)
    print("WEIGHTS =", np.round(weights, 2).tolist())
    print("CONSTANTS =", np.round(constants, 2).tolist())


def _examples() -> tuple[Matrix, NDArray[np.int64], NDArray[np.int64]]:
    texts, pairs = corpora.kinds()
    pairs = [p for p in pairs if p.truth in MODELLED]
    rows: list[dict[str, Any]] = []
    for p in pairs:
        a, b = sorted((p.copy, p.source))
        rows.append({"a": a, "b": b, "copy": None})
    table = pa.Table.from_pylist(rows, schema=PAIRS)
    documents = documents_of({doc: texts[doc] for p in pairs for doc in (p.copy, p.source)})
    relations = classify(documents, table, align(documents, table)).to_pylist()
    evidence = {(r["a"], r["b"]): {e["feature"]: e["value"] for e in r["evidence"]} for r in relations}
    kind = {(r["a"], r["b"]): r["kind"] for r in relations}
    figures, truth, fold = [], [], []
    for p, row in zip(pairs, rows, strict=True):
        key = row["a"], row["b"]
        if kind[key] in (*MODELLED, "template"):
            figures.append(describe(evidence[key]))
            truth.append(MODELLED.index(p.truth))
            fold.append(int(hashlib.sha256(p.source.encode()).hexdigest(), 16) % 5)
    return np.array(figures), np.array(truth), np.array(fold)


def _fit(figures: Matrix, truth: NDArray[np.int64], weight: Matrix) -> tuple[Matrix, Matrix]:
    """Return weights and constants by gradient descent on standardised figures, with a small ridge."""
    mean, deviation = figures.mean(axis=0), figures.std(axis=0)
    inputs = np.column_stack([(figures - mean) / deviation, np.ones(len(figures))])
    wanted = np.eye(len(MODELLED))[truth]
    solution = np.zeros((inputs.shape[1], len(MODELLED)))
    ridge = np.full_like(solution, 1e-3)
    ridge[-1] = 0
    for _ in range(3000):
        error = (_softmax(inputs @ solution) - wanted) * weight[:, None]
        solution -= 0.5 * (inputs.T @ error / weight.sum() + ridge * solution)
    weights = solution[:-1] / deviation[:, None]
    return weights, solution[-1] - mean @ weights


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = powers / powers.sum(axis=1, keepdims=True)
    return shares


if __name__ == "__main__":
    main()
