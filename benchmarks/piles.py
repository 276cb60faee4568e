"""Whole piles: labelled newswire, all of it, and the sample newsroom."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import stemmata as st
from benchmarks import corpora
from benchmarks.folds import SAID, without
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import NOT_REUSE
from benchmarks.scorers import scorer
from stemmata import demo
from stemmata.kinds import using

SLICE = (4501, 6000)  # ids between which all pairs are labelled
LABELS = {
    "identical": "identical",
    "update": "update",
    "excerpt": "excerpt",
    "rewrite": "rewrite",
    "same-event": "same event, written independently",
    "template": "same form, other facts",
    "unrelated": "unrelated",
}
READ = 100  # reported pairs for a person to read


def reuters(every: int = 1, *, unseen: bool = False) -> Measurement:  # noqa: ARG001 (a pile counts only as a whole)
    """Which pairs of a pile of newswire are found, and which of them are reuse: ids 4501 to 6000, all labelled."""
    stories = [row for row in corpora.reuters() if SLICE[0] <= row["id"] <= SLICE[1]]
    pairs = scorer("score_pairs")
    truth = pairs.read_truth(corpora.DATA / "reuters-21578" / "labels.csv")
    reported = _reported_unseen(stories) if unseen else _reported(stories)
    predicted = {pairs.pair_key(row["a"], row["b"]): row["kind"] for row in reported}
    figures: Figures = {}
    rates = {}
    for after, high in ((", high", True), ("", False)):
        score = pairs.evaluate(truth, predicted, SLICE, high_only=high)["slice"]
        rates[high] = [score[name] for name in ("precision", "recall", "f1")]
        figures |= {f"{name}{after}": score[name] for name in ("precision", "recall", "f1")}
    held = {pair: label for pair, label in truth.items() if label.in_slice}
    rows = []
    for label, name in LABELS.items():
        of = [[pair for pair, t in held.items() if t.label == label and t.high >= high] for high in (True, False)]
        met = [sum(pair in predicted for pair in some) for some in of]
        figures[f"{label} found"] = met[1] / len(of[1])
        rows.append((name, *(f"{count(n)} of {count(len(some))}" for n, some in zip(met, of, strict=True))))
    written = [" / ".join(share(value) for value in rates[high]) for high in (True, False)]
    rows.append(("**precision / recall / F1**", *written))
    return Measurement(
        title="Labelled newswire",
        corpus="Reuters-21578",
        part=f"ids {SLICE[0]} to {SLICE[1]}, all pairs labelled",
        sample=f"{count(len(stories))} stories, those with a placeholder for a text among them",
        scorer=f"`score_pairs.py --slice {SLICE[0]}-{SLICE[1]}`, rows of kind none and template left out{SAID[unseen]}",
        tables=(Table(header=("label", "found, labels of high confidence", "found, all labels"), rows=tuple(rows)),),
        figures=figures,
    )


def reuters_whole(every: int = 1, sample: Path | None = None) -> Measurement:  # noqa: ARG001 (as above)
    """Count what is reported in all 14,000 stories, by kind; put pairs for a person to read into a file."""
    stories = corpora.reuters()
    found = _reported(stories)
    if sample:
        sample.write_text(_to_read(found, {str(row["id"]): row for row in stories}), encoding="utf-8")
    met = Counter(row["kind"] for row in found)
    return Measurement(
        title="All newswire",
        corpus="Reuters-21578",
        part="all ids, no labels",
        sample=f"{count(len(stories))} stories, those with a placeholder for a text among them",
        scorer="relations neither none nor template, counted",
        tables=(
            Table(
                header=("kind", "pairs reported"),
                rows=tuple((kind, count(n)) for kind, n in [*met.most_common(), ("all", met.total())]),
            ),
        ),
        figures={f"{kind} reported": float(n) for kind, n in met.items()},
    )


def _reported(stories: list[dict[str, Any]]) -> list[dict[str, Any]]:
    trace = st.trace([st.Text(row["text"], doc=str(row["id"]), title=row["title"] or None) for row in stories])
    relations = trace.relations.select(["a", "b", "kind", "confidence"]).to_pylist()
    return [row for row in relations if row["kind"] not in NOT_REUSE]


def _reported_unseen(stories: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is reported of each pair by trees that have not seen its source, the story with the smaller id."""
    found = []
    for fold in range(corpora.FOLDS):
        with using(without(fold)):
            rows = _reported(stories)
        sources = [f"reuters/{min(row['a'], row['b'], key=int)}" for row in rows]
        found += [row for row, source in zip(rows, sources, strict=True) if corpora.fold(source) == fold]
    return found


def _to_read(found: list[dict[str, Any]], stories: dict[str, dict[str, Any]]) -> str:
    chosen = sorted(found, key=lambda row: corpora.digest(f"{row['a']} {row['b']}"))[:READ]
    pages = []
    for number, row in enumerate(chosen, 1):
        texts = "\n\n".join(f"[{i}] {stories[i]['title']}\n{stories[i]['text'].strip()}" for i in (row["a"], row["b"]))
        pages.append(f"{number}. {row['a']} and {row['b']}: {row['kind']}, {row['confidence']:.2f}\n\n{texts}\n")
    return f"\n{'=' * 100}\n\n".join(pages)


def newsroom(every: int = 1) -> Measurement:  # noqa: ARG001 (as above)
    """Families, parents and originals of the sample newsroom, as they were made."""
    with TemporaryDirectory() as folder:
        files, metadata = demo.unpack(folder)
        trace = st.trace(files, metadata=metadata)
    score = demo.score(trace.families, trace.stemma)
    return Measurement(
        title="The sample newsroom",
        corpus="the sample newsroom of `stemmata demo`",
        part="",
        sample=f"{count(trace.documents.num_rows)} documents",
        scorer="`stemmata.demo`",
        tables=(
            Table(
                header=("figure", "value"),
                rows=(
                    ("families found exactly", f"{score.exact} of {score.families}"),
                    ("parents right", f"{score.right} of {score.parents}"),
                    ("originals named", f"{score.named} of {score.originals}"),
                    ("originals named wrongly", f"{score.wrong}"),
                ),
            ),
        ),
        figures={
            "families found exactly": score.exact / score.families,
            "parents right": score.right / score.parents,
            "originals named": score.named / score.originals,
            "named wrongly": score.wrong,
        },
    )
