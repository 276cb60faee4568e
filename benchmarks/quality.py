"""Every accuracy figure of the project, from one command.

::

    python -m benchmarks.quality                     all, on full data
    python -m benchmarks.quality --only pan13        one of them
    python -m benchmarks.quality --every 8           every eighth pair, as CI runs it
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from tempfile import TemporaryDirectory
from types import ModuleType

import pyarrow as pa
import pyarrow.compute as pc

import stemmata as st
from benchmarks import Figures, corpora
from benchmarks.pages import pages
from stemmata import demo
from stemmata.alignments import align
from stemmata.changes import list_changes
from stemmata.directions import find_directions
from stemmata.relations import classify


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen measurements and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=sorted(TASKS), default=sorted(TASKS))
    parser.add_argument("--every", type=int, default=1, help="take every n-th pair")
    chosen = parser.parse_args(arguments)
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    for name in chosen.only:
        print(f"\n{name}: {(TASKS[name].__doc__ or '').splitlines()[0]}")
        for figure, value in TASKS[name](chosen.every).items():
            print(f"  {figure:44} {value:9.4f}")
    return 0


def pan13(every: int = 1, part: str = "test", *, known: bool = True) -> Figures:
    """PlagDet on PAN13, the copy given."""
    texts, pairs = corpora.pan13(part)
    pairs = pairs[::every]
    rows = [{"a": p.copy, "b": p.source, "copy": "a" if known else None} for p in pairs]
    found: dict[tuple[str, str], list[corpora.Passage]] = {}
    for row in align(documents_of(texts), pa.Table.from_pylist(rows, schema=PAIRS)).to_pylist():
        passage = corpora.Passage(row["b_start"], row["b_end"], row["a_start"], row["a_end"])  # src < susp
        found.setdefault((row["b"], row["a"]), []).append(passage)
    scorer = _tool("plagdet")
    cases = {(p.copy, p.source): [scorer.Passage(*t) for t in p.truth] for p in pairs}
    detections = {key: [scorer.Passage(*d) for d in value] for key, value in found.items()}
    figures: Figures = {}
    for kind in [*sorted({p.part for p in pairs}), "all"]:
        asked = [(p.copy, p.source) for p in pairs if kind in (p.part, "all")]
        score = scorer.score(cases, detections, asked)
        if kind.startswith("01"):
            figures[f"{kind} pairs with a false passage"] = sum(key in detections for key in asked)
            continue
        for measure in ("precision", "recall", "granularity", "plagdet"):
            figures[f"{kind} {measure}"] = getattr(score, measure)
    return figures


def pan13_unknown(every: int = 1) -> Figures:
    """PlagDet on PAN13, the copy not given."""
    return pan13(every, known=False)


def clough(every: int = 1) -> Figures:
    """Share of short answers recognised as copied, by kind (non: should be 0)."""
    texts, pairs = corpora.clough()
    return _related(texts, pairs[::every])


def kinds(every: int = 1) -> Figures:
    """Share of pairs of each true kind that are given each kind."""
    texts, pairs = corpora.kinds()
    return _confusion(texts, pairs[::every])


def direction(every: int = 1) -> Figures:
    """Share of pairs with a known source that get a verdict, and share of those that are right."""
    texts, pairs = corpora.sources()
    pairs = pairs[::every]
    documents = documents_of({doc: texts[doc] for p in pairs for doc in (p.copy, p.source)})
    table = pa.Table.from_pylist([{"a": p.copy, "b": p.source, "copy": None} for p in pairs], schema=PAIRS)
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
    for kind in sorted(total):
        figures[f"{kind} ({total[kind]} pairs) decided"] = decided[kind] / total[kind]
        if decided[kind]:
            figures[f"{kind} ({decided[kind]} decided) right"] = right[kind] / decided[kind]
    return figures


def changes(every: int = 1) -> Figures:
    """Planted changes of fact, the copy given: the first half of the rows; the second is kept for later."""
    rows = corpora.planted()[:250:every]
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
    score = _tool("score_changes").score({row["id"]: row for row in rows}, predictions)
    return {
        "detection precision": score["detection"]["precision"],
        "detection recall": score["detection"]["recall"],
        "detection F1": score["detection"]["f1"],
        "typed F1, micro": score["typed_micro"]["f1"],
        "typed F1, macro": score["typed_macro_f1"],
        "class A, false alarms per 1,000 words": score["false_alarms"]["A"]["per_1000_words"],
        "class C, false alarms per 1,000 words": score["false_alarms"]["C"]["per_1000_words"],
    }


def reuters(every: int = 1) -> Figures:  # noqa: ARG001 (a pile is a pile only as a whole)
    """Which pairs of a pile of newswire are found, and which of them are reuse: ids 4501 to 6000, all labelled."""
    low, high = 4501, 6000
    stories = [row for row in corpora.reuters() if low <= row["id"] <= high]
    trace = st.trace([st.Text(row["text"], doc=str(row["id"]), title=row["title"] or None) for row in stories])
    labels = {pair: label for pair, label in corpora.reuters_labels().items() if low <= pair[0] and pair[1] <= high}
    found = {
        (int(row["a"]), int(row["b"])) for row in trace.relations.to_pylist() if row["kind"] not in ("none", "template")
    }
    total = Counter(label for label in labels.values() if label != "unsure")
    met = Counter(labels.get(pair, "not listed") for pair in found)
    reuse = ("identical", "update", "excerpt", "rewrite")
    figures = {f"{label} found": met[label] / total[label] for label in sorted(total)}
    figures["all reuse found"] = sum(met[label] for label in reuse) / sum(total[label] for label in reuse)
    figures["of what is found, reuse"] = sum(met[label] for label in reuse) / (met.total() - met["unsure"])
    return figures


def newsroom(every: int = 1) -> Figures:  # noqa: ARG001 (as above)
    """Families, parents and originals of the sample newsroom, as they were made."""
    with TemporaryDirectory() as folder:
        files, metadata = demo.unpack(folder)
        trace = st.trace(files, metadata=metadata)
    score = demo.score(trace.families, trace.stemma)
    return {
        "families found exactly": score.exact / score.families,
        "parents right": score.right / score.parents,
        "originals named": score.named / score.originals,
        "named wrongly": score.wrong,
    }


def _related(texts: dict[str, str], pairs: list[corpora.Pair]) -> Figures:
    named = _kinds(texts, pairs)
    total, copied = Counter(p.truth for p in pairs), Counter[str]()
    copied.update(p.truth for p, kind in zip(pairs, named, strict=True) if kind not in ("none", "template"))
    return {f"{truth} ({total[truth]} pairs)": copied[truth] / total[truth] for truth in sorted(total)}


def _confusion(texts: dict[str, str], pairs: list[corpora.Pair]) -> Figures:
    named = _kinds(texts, pairs)
    total = Counter(p.truth for p in pairs)
    met = Counter((p.truth, kind) for p, kind in zip(pairs, named, strict=True))
    return {f"{t} ({total[t]} pairs) named {k}": met[t, k] / total[t] for t, k in sorted(met)}


def _kinds(texts: dict[str, str], pairs: list[corpora.Pair]) -> list[str]:
    rows = [{"a": p.copy, "b": p.source, "copy": None} for p in pairs]
    for row in rows:
        row["a"], row["b"] = sorted((str(row["a"]), str(row["b"])))
    table = pa.Table.from_pylist(rows, schema=PAIRS)
    documents = documents_of({doc: texts[doc] for p in pairs for doc in (p.copy, p.source)})
    relations = classify(documents, table, align(documents, table))
    kind = {(r["a"], r["b"]): r["kind"] for r in relations.select(["a", "b", "kind"]).to_pylist()}
    return [kind[str(row["a"]), str(row["b"])] for row in rows]


PAIRS = pa.schema([("a", pa.string()), ("b", pa.string()), ("copy", pa.string())])


def documents_of(texts: dict[str, str]) -> pa.Table:
    docs = pa.array(list(texts), pa.string())
    return pa.table(
        {
            "doc": docs,
            "text": pa.array(list(texts.values()), pa.large_string()),
            "language": pa.array(["en"] * len(texts), pa.string()),
            "sha256": pc.cast(docs, pa.string()),
        }
    )


def _tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, corpora.TOOLS / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer {name}.py in {corpora.TOOLS}: set STEMMATA_DATA")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


TASKS: dict[str, Callable[[int], Figures]] = {
    "changes": changes,
    "clough": clough,
    "direction": direction,
    "kinds": kinds,
    "newsroom": newsroom,
    "pages": pages,
    "pan13": pan13,
    "pan13_unknown": pan13_unknown,
    "reuters": reuters,
}

if __name__ == "__main__":
    raise SystemExit(main())
