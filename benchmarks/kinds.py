"""The kind of reuse: what is named against what is true, and how far its confidence can be believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from benchmarks import corpora
from benchmarks.corpora import Pair
from benchmarks.folds import SAID, relate_unseen
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import relate
from stemmata.tokens import words_of

KINDS = ("verbatim", "edited", "spun", "paraphrased", "summarised", "template", "none")
REWRITES = ("l2r", "gpt35")
BINS = 10
MOST = 600  # pairs of a data set


class Answer(NamedTuple):
    """What is true of a pair of a data set, what it was called, and how surely."""

    corpus: str
    truth: str
    kind: str
    confidence: float


def kinds(every: int = 1, *, unseen: bool = False) -> Measurement:
    """Kinds named against true kinds: confusion, recall, precision, macro F1, calibration of confidence."""
    texts, pairs = corpora.kinds(most=MOST)
    answers = name_all(texts, pairs[::every], unseen=unseen)
    return Measurement(
        title="Kinds",
        corpus="PAN13, Reuters-21578, spun-news, wikipedia-versions, L2R, gpt35, Clough and Stevenson",
        part="PAN13: `test`; Reuters: labels of high confidence; L2R: without program text",
        sample=f"{count(len(answers))} pairs, at most {MOST} of a data set, chosen by hash",
        scorer=f"kind of the relation, copy not given; every kind weighs the same{SAID[unseen]}",
        tables=(_confusion(answers), _by_kind(answers), _by_corpus(answers), _calibration(answers)),
        figures=score(answers),
    )


def name_all(texts: dict[str, str], pairs: Sequence[Pair], *, unseen: bool = False) -> list[Answer]:
    """Return what each pair is called."""
    rows = (relate_unseen if unseen else relate)(texts, pairs)
    return [
        Answer(p.corpus, _truth(texts, p), row["kind"], row["confidence"]) for p, row in zip(pairs, rows, strict=True)
    ]


def _truth(texts: dict[str, str], pair: Pair) -> str:
    """Return what is true of a pair: versions and identical stories are verbatim where no word differs, else edited."""
    if pair.corpus != "reuters identical" and pair.truth != "edited":
        return pair.truth
    same = np.array_equal(words_of(texts[pair.copy]).word, words_of(texts[pair.source]).word)
    return "verbatim" if same else "edited"


def score(answers: Sequence[Answer]) -> Figures:
    """Return all figures: of the confusion, of what must never happen, of the calibration."""
    figures = {f"{truth} named {kind}": value for (truth, kind), value in _shares(answers).items()}
    rates = _rates(answers)
    for kind, (recall, found, precision, f1) in rates.items():
        figures |= {f"{kind} recall": recall, f"{kind} recall where found": found}
        figures |= {f"{kind} precision": precision, f"{kind} F1": f1}
    figures["macro F1"] = float(np.mean([f1 for *_, f1 in rates.values()]))
    figures["edited called spun"] = _spun([a for a in answers if a.truth == "edited"])
    figures["model rewrites called spun"] = _spun([a for a in answers if a.corpus in REWRITES])
    figures["calibration error"] = sum(weight * abs(sure - right) for *_, weight, sure, right in _bins(answers))
    return figures


def _spun(answers: Sequence[Answer]) -> float:
    return sum(a.kind == "spun" for a in answers) / max(1, len(answers))


def _shares(answers: Sequence[Answer]) -> dict[tuple[str, str], float]:
    """Return the share of the pairs of each true kind that were given each kind, where any was."""
    total, met = Counter(a.truth for a in answers), Counter((a.truth, a.kind) for a in answers)
    return {(truth, kind): n / total[truth] for (truth, kind), n in sorted(met.items())}


def _rates(answers: Sequence[Answer]) -> dict[str, tuple[float, float, float, float]]:
    """Return of each kind recall, recall where reuse was found, precision with kinds weighed alike, and F1."""
    shares = _shares(answers)
    rates = {}
    for kind in KINDS:
        recall = shares.get((kind, kind), 0.0)
        found = 1.0 if kind == "none" else 1 - shares.get((kind, "none"), 0.0)
        named = sum(shares.get((truth, kind), 0.0) for truth in KINDS)
        precision = recall / named if named else 0.0
        f1 = 2 * precision * recall / (precision + recall) if recall else 0.0
        rates[kind] = recall, recall / found if found else 0.0, precision, f1
    return rates


def _bins(answers: Sequence[Answer]) -> list[tuple[float, int, float, float, float]]:
    """Return of each tenth of confidence its floor, pairs, weight, mean confidence and share that is right."""
    total = Counter(a.truth for a in answers)
    weight = np.array([1 / total[a.truth] for a in answers]) / len(total)
    sure = np.array([a.confidence for a in answers])
    right = np.array([a.kind == a.truth for a in answers], float)
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    bins = []
    for k in range(BINS):
        here = place == k
        if here.any():
            mean_sure, mean_right = (float(np.average(values[here], weights=weight[here])) for values in (sure, right))
            bins.append((k / BINS, int(here.sum()), float(weight[here].sum()), mean_sure, mean_right))
    return bins


def _confusion(answers: Sequence[Answer]) -> Table:
    shares, total = _shares(answers), Counter(a.truth for a in answers)
    rows = []
    for truth in KINDS:
        cells = [shares.get((truth, kind)) for kind in KINDS]
        rows.append((f"{truth} ({count(total[truth])})", *(share(value, 2) if value else "" for value in cells)))
    return Table(header=("truth (pairs)", *KINDS), rows=tuple(rows), caption="Share of the pairs of a true kind:")


def _by_kind(answers: Sequence[Answer]) -> Table:
    figures, rates = score(answers), _rates(answers)
    rows = [(kind, *(share(value) for value in rates[kind])) for kind in KINDS]
    rows.append(("mean", "", "", "", f"**{share(figures['macro F1'])}**"))
    never = "; ".join(
        f"{name} {share(figures[key])}"
        for name, key in (
            ("Edited pairs called spun:", "edited called spun"),
            ("model rewrites called spun:", "model rewrites called spun"),
        )
    )
    return Table(
        header=("kind", "recall", "recall where reuse was found", "precision", "F1"),
        rows=tuple(rows),
        caption=f"{never}.",
    )


def _by_corpus(answers: Sequence[Answer]) -> Table:
    total, right = Counter(a.corpus for a in answers), Counter(a.corpus for a in answers if a.kind == a.truth)
    wrong = {name: Counter(a.kind for a in answers if a.corpus == name and a.kind != a.truth) for name in total}
    rows = [
        (
            name,
            truth,
            count(total[name]),
            share(right[name] / total[name], 2),
            ", ".join(f"{kind} {share(n / total[name], 2)}" for kind, n in wrong[name].most_common(2)),
        )
        for name, truth in corpora.KINDS.items()
        if total[name]
    ]
    return Table(
        header=("data set", "truth", "pairs", "right", "most often taken for"), rows=tuple(rows), caption="By data set:"
    )


def _calibration(answers: Sequence[Answer]) -> Table:
    rows = [
        (f"{low:.1f}-{low + 1 / BINS:.1f}", count(pairs), share(sure, 2), share(right, 2))
        for low, pairs, _, sure, right in _bins(answers)
    ]
    error = share(score(answers)["calibration error"])
    return Table(
        header=("confidence", "pairs", "mean confidence", "right"),
        rows=tuple(rows),
        caption=f"Confidence against truth; expected calibration error **{error}**:",
    )
