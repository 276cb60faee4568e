"""Students' answers, copied or not."""

from __future__ import annotations

from benchmarks import corpora
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import NOT_REUSE, relate

NAMES = {
    "cut": "cut: copied with hardly a change",
    "light": "light: copied with light revision",
    "heavy": "heavy: copied with heavy revision",
    "non": "non: written without the source",
}


def clough(every: int = 1) -> Measurement:  # noqa: ARG001 (57 answers are few enough)
    """Share of short answers recognised as copied, by category (non: should be 0), and share told right."""
    texts, pairs = corpora.clough()
    copied = [row["kind"] not in NOT_REUSE for row in relate(texts, pairs)]
    by_category = {name: [held for p, held in zip(pairs, copied, strict=True) if p.truth == name] for name in NAMES}
    figures: Figures = {f"{name} copied": sum(held) / len(held) for name, held in by_category.items()}
    right = sum(held == (p.truth != "non") for p, held in zip(pairs, copied, strict=True))
    figures["copied or not"] = right / len(pairs)
    rows = [(NAMES[name], f"{sum(held)} of {len(held)}") for name, held in by_category.items()]
    rows.append(("told right, copied or not", f"{right} of {len(pairs)} (**{share(figures['copied or not'])}**)"))
    return Measurement(
        title="Short answers: copied or not",
        corpus="Clough and Stevenson's short answers",
        part="tasks a, b, c; nothing was fitted on them",
        sample=f"{count(len(pairs))} answers, each with its task's source",
        scorer="relation neither none nor template",
        tables=(Table(header=("category", "recognised as copied"), rows=tuple(rows)),),
        figures=figures,
    )
