"""Changes of fact that were planted among style edits, the copy given."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from benchmarks import corpora
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import PAIRS, documents_of
from benchmarks.scorers import scorer
from stemmata.alignments import align
from stemmata.changes import list_changes
from stemmata.directions import find_directions
from stemmata.relations import classify

HALF = 250  # rows; the second half was read by nobody, and not measured before all rules were written
HALVES = {"first half": slice(0, HALF), "second half": slice(HALF, 2 * HALF)}


def changes(every: int = 1) -> Measurement:
    """Planted changes of fact, the copy given: the half that was looked at, and the half that was not."""
    figures: Figures = {}
    scores = {}
    for half, rows in HALVES.items():
        scores[half] = _score(corpora.planted()[rows][::every])
        figures |= {f"{half}, {name}": value for name, value in scores[half].items()}
    table_rows = tuple((name, *(share(score[name]) for score in scores.values())) for name in scores["first half"])
    return Measurement(
        title="Planted changes of fact among style edits",
        corpus="planted-changes",
        part="",
        sample=f"{count(len(corpora.planted()[::every]))} pairs",
        scorer="`score_changes.py`, rows of fact",
        tables=(Table(header=("figure", *HALVES), rows=table_rows),),
        figures=figures,
    )


def _score(rows: list[dict[str, Any]]) -> Figures:
    sides = {f"{row['id']}/{side}": row[side] for row in rows for side in ("source", "copy")}
    table = pa.Table.from_pylist(
        [{"a": f"{r['id']}/copy", "b": f"{r['id']}/source", "copy": "a"} for r in rows], schema=PAIRS
    )
    documents = documents_of(sides)
    alignments = align(documents, table)
    relations = classify(documents, table, alignments)
    directions = find_directions(documents, table, alignments, relations)
    predictions: dict[str, list[dict[str, object]]] = {row["id"]: [] for row in rows}
    for change in list_changes(documents, alignments, directions).to_pylist():
        if change["factual"]:
            predictions[change["source"].partition("/")[0]].append(change)
    score = scorer("score_changes").score({row["id"]: row for row in rows}, predictions)
    found, alarms = score["detection"], score["false_alarms"]
    return {
        "detection precision": found["precision"],
        "detection recall": found["recall"],
        "detection F1": found["f1"],
        "typed F1, micro": score["typed_micro"]["f1"],
        "typed F1, macro": score["typed_macro_f1"],
        "class A, false alarms per 1,000 words": alarms["A"]["per_1000_words"],
        "class C, false alarms per 1,000 words": alarms["C"]["per_1000_words"],
    }
