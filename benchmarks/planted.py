"""Changes of fact that were planted among style edits, the copy given."""

from __future__ import annotations

import pyarrow as pa

from benchmarks import corpora
from benchmarks.measurement import Measurement, Table, count, share
from benchmarks.relating import PAIRS, documents_of
from benchmarks.scorers import scorer
from stemmata.alignments import align
from stemmata.changes import list_changes
from stemmata.directions import find_directions
from stemmata.relations import classify

HALF = 250  # rows; the second half is kept for later


def changes(every: int = 1) -> Measurement:
    """Planted changes of fact, the copy given: the first half of the rows; the second is kept for later."""
    rows = corpora.planted()[:HALF:every]
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
    figures = {
        "detection precision": found["precision"],
        "detection recall": found["recall"],
        "detection F1": found["f1"],
        "typed F1, micro": score["typed_micro"]["f1"],
        "typed F1, macro": score["typed_macro_f1"],
        "class A, false alarms per 1,000 words": alarms["A"]["per_1000_words"],
        "class C, false alarms per 1,000 words": alarms["C"]["per_1000_words"],
    }
    detection = " / ".join(share(found[name]) for name in ("precision", "recall", "f1"))
    typed = " / ".join(share(figures[f"typed F1, {name}"]) for name in ("micro", "macro"))
    table_rows = (
        ("detection, precision / recall / F1", detection),
        ("typed, F1 micro / macro", typed),
        ("false alarms per 1,000 words, style edits only", share(alarms["A"]["per_1000_words"], 2)),
        ("false alarms per 1,000 words, not a copy", share(alarms["C"]["per_1000_words"], 2)),
    )
    return Measurement(
        title="Planted changes of fact among style edits",
        corpus="planted-changes",
        part="first half",
        sample=f"{count(len(rows))} pairs",
        scorer="`score_changes.py`",
        tables=(Table(header=("figure", "value"), rows=table_rows),),
        figures=figures,
    )
