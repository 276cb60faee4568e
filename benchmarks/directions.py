"""Which of two texts is the copy, by what the texts say alone; with weights that have not seen what is measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora
from benchmarks.directing import Aligned, Example, Matrix, align_sets, apart, chances, fit, kind_of, named
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.siblings import siblings
from benchmarks.train_direction import measured
from stemmata.direction.weights import Weights, using
from stemmata.directions import find_directions

LIKELY, STRONG = 0.65, 0.9
SPUN = "spun-news spun"
BINS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)


def direction(every: int = 1) -> Measurement:
    """Share of pairs with a known source whose direction is told, and of those that are right, by kind of copy."""
    examples = measured()
    corpus = np.array([e.corpus for e in examples])
    folded = chances(apart(examples, lambda e: e.fold))
    strange = chances(apart(examples, kind_of))
    uncounted = chances(apart(examples, lambda e: e.fold, counted=False))
    by_fold = {fold: _without(examples, lambda e: e.fold, fold) for fold in range(corpora.FOLDS)}
    by_kind = {kind: _without(examples, kind_of, kind) for kind in {kind_of(e) for e in examples}}
    named_in: Counter[tuple[str, str]] = Counter()
    for held in align_sets(every):
        folds = [by_fold[corpora.fold(corpora.family(p.source))] for p in held.pairs]
        kinds = [by_kind[_kind(held.corpus)]] * len(held.pairs)
        for way, weights in (("verdict", folds), ("strange", kinds)):
            for verdict, right in _verdicts(held, weights):
                named_in.update(_outcomes(held.corpus, way, verdict, right))
        named_in[held.corpus, "pairs"] += len(held.pairs)
    figures: Figures = {}
    for name in corpora.DIRECTED:
        here = corpus == name
        for least in (LIKELY, STRONG):
            for label, chance in (("", folded), ("without the kind ", strange), ("without counts ", uncounted)):
                decided = here & (np.maximum(chance, 1 - chance) >= least)
                figures[f"{name} {label}>= {least}"] = float(decided.sum() / here.sum())
                figures[f"{name} {label}>= {least} right"] = _right(chance[decided])
        for way in ("verdict", "strange"):
            decided_in = named_in[name, way]
            figures[f"{name} {way}"] = decided_in / max(named_in[name, "pairs"], 1)
            figures[f"{name} {way} right"] = named_in[name, f"{way} right"] / (decided_in or 1)
    families, of_families = siblings(every)
    figures |= of_families
    strong = np.maximum(folded, 1 - folded) >= STRONG
    figures[f"all >= {STRONG} right"] = _right(folded[strong])
    return Measurement(
        title="Direction, text alone: share of pairs told, and of those the right ones",
        corpus="spun-news, L2R, RAIDAR, gpt35, Clough and Stevenson, PAN13 (train), wikipedia-versions",
        part="of each data set at most 2,000 pairs, chosen by hash",
        sample=f"{count(len(examples))} pairs",
        scorer="the true source named or not; weights fitted without the family, in five folds, or without the kind",
        tables=(
            _told(figures, corpus),
            _named_table(figures, named_in),
            _reliability(folded, strange),
            _counts(figures),
            families,
        ),
        figures=figures,
    )


def _without(examples: Sequence[Example], by: Callable[[Example], object], value: object) -> Weights:
    return named(fit([e for e in examples if by(e) != value]))


def _kind(corpus: str) -> str:
    return kind_of(Example(corpus, "", "", 0, 0.0, ()))


def _verdicts(held: Aligned, weights: Sequence[Weights]) -> Iterator[tuple[str, bool]]:
    """Yield the verdict of each pair by weights of its own, and whether the source that it names is the true one."""
    place = {(row["a"], row["b"]): k for k, row in enumerate(held.relations.select(["a", "b"]).to_pylist())}
    rows = [place[min(p.copy, p.source), max(p.copy, p.source)] for p in held.pairs]
    order = sorted(range(len(rows)), key=lambda k: id(weights[k]))
    for _, group in groupby(order, key=lambda k: id(weights[k])):
        some = list(group)
        with using(weights[some[0]]):
            relations = held.relations.take([rows[k] for k in some])
            found = find_directions(held.documents, held.table, held.alignments, relations)
        named_as = {(row["a"], row["b"]): (row["verdict"], row["source"]) for row in found.to_pylist()}
        for p in (held.pairs[k] for k in some):
            verdict, source = named_as[min(p.copy, p.source), max(p.copy, p.source)]
            yield verdict, source == p.source


def _outcomes(corpus: str, way: str, verdict: str, right: bool) -> Iterator[tuple[str, str]]:
    if verdict == "copy":
        yield corpus, way
        if right:
            yield corpus, f"{way} right"


def _right(chance: Matrix) -> float:
    return float((chance > 0.5).mean()) if len(chance) else 1.0


def _told(figures: Figures, corpus: NDArray[np.str_]) -> Table:
    header = ("copies", "pairs", "≥ .65", "right", "≥ .9", "right", "kind left out: ≥ .65", "right", "≥ .9", "right")
    rows = []
    for name, shown in corpora.DIRECTED.items():
        cells = []
        for label in ("", "without the kind "):
            for least in (LIKELY, STRONG):
                told = figures[f"{name} {label}>= {least}"]
                right = figures[f"{name} {label}>= {least} right"]
                cells += [share(told), share(right) if told else "–"]
        rows.append((shown, count(int((corpus == name).sum())), *cells))
    return Table(header=header, rows=tuple(rows), caption="Pairs whose confidence is .65, or .9, and more:")


def _named_table(figures: Figures, named_in: Counter[tuple[str, str]]) -> Table:
    rows = []
    for name, shown in corpora.DIRECTED.items():
        cells = []
        for way in ("verdict", "strange"):
            cells += [share(figures[f"{name} {way}"]), f"{named_in[name, f'{way} right']} of {named_in[name, way]}"]
        rows.append((shown, count(named_in[name, "pairs"]), *cells))
    header = ("copies", "pairs", "verdict `copy`", "right", "kind left out: verdict `copy`", "right")
    return Table(header=header, rows=tuple(rows), caption="Verdicts at the default thresholds:")


def _reliability(folded: Matrix, strange: Matrix) -> Table:
    rows = []
    for low, high in pairwise(BINS):
        cells = []
        for chance in (folded, strange):
            sure = np.maximum(chance, 1 - chance)
            here = (sure > low if low == BINS[0] else sure >= low) & (sure < high)
            cells += [count(int(here.sum())), share(float(sure[here].mean()), 2), share(_right(chance[here]), 2)]
        rows.append((f"{share(low, 2)} to {share(high, 2)}", *cells))
    header = ("confidence", "pairs", "mean", "right", "kind left out: pairs", "mean", "right")
    return Table(header=header, rows=tuple(rows), caption="What a confidence is worth, all kinds together:")


def _counts(figures: Figures) -> Table:
    rows = []
    for name in (SPUN, "spun-news excerpt-spun", "spun-news mix-spun", "pan13 03"):
        cells = []
        for label in ("", "without counts "):
            for least in (LIKELY, STRONG):
                told = f"{name} {label}>= {least}"
                cells += [share(figures[told]), share(figures[f"{told} right"])]
        rows.append((corpora.DIRECTED[name], *cells))
    header = ("copies", "≥ .65", "right", "≥ .9", "right", "no counts: ≥ .65", "right", "≥ .9", "right")
    return Table(header=header, rows=tuple(rows), caption="What the counts of word pairs are worth:")
