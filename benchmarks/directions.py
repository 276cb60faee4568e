"""Which of two texts is the copy, by what the texts say alone."""

from __future__ import annotations

from collections import Counter

from benchmarks import corpora
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import documents_in, pairs_of
from benchmarks.siblings import siblings
from stemmata.alignments import align
from stemmata.directions import find_directions
from stemmata.relations import classify

NAMES = {
    "spun": "spun copies",
    "excerpt-spun": "spun excerpts",
    "mix-spun": "spun mixtures",
    "edited": "edited versions",
    "wikipedia-versions": "page revisions",
    "l2r": "model rewrites",
}


def direction(every: int = 1) -> Measurement:
    """Share of pairs with a known source that get a verdict, and share of those that are right; then whole families."""
    texts, pairs = corpora.sources()
    pairs = pairs[::every]
    documents, table = documents_in(texts, pairs), pairs_of(pairs)
    alignments = align(documents, table)
    relations = classify(documents, table, alignments)
    found = find_directions(documents, table, alignments, relations).select(["copy", "source"]).to_pylist()
    verdicts = {frozenset((r["copy"], r["source"])): r["copy"] for r in found if r["copy"] is not None}
    total, decided, right = (Counter[str]() for _ in range(3))
    for p in pairs:
        verdict = verdicts.get(frozenset((p.copy, p.source)))
        total[p.truth] += 1
        decided[p.truth] += verdict is not None
        right[p.truth] += verdict == p.copy
    figures: Figures = {}
    for kind in NAMES:
        figures[f"{kind} decided"] = decided[kind] / total[kind]
        figures[f"{kind} right"] = right[kind] / (decided[kind] or 1)
    rows = tuple(
        (name, count(total[kind]), share(figures[f"{kind} decided"]), f"{count(right[kind])} of {count(decided[kind])}")
        for kind, name in NAMES.items()
    )
    families, figures_of_families = siblings(every)
    return Measurement(
        title="Direction: share of pairs given a verdict at the default threshold, and how many of those are right",
        corpus="spun-news, wikipedia-versions, L2R",
        part="all pairs with a known source",
        sample=f"{count(len(pairs))} pairs",
        scorer="the source named or not",
        tables=(Table(header=("pairs of", "pairs", "decided", "right, of those decided"), rows=rows), families),
        figures=figures | figures_of_families,
    )
