"""What people decided, in the tables: it goes before what the machine says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.alignments import align
from stemmata.engines import Engine
from stemmata.pipeline import Clock, Options, run
from stemmata.relations import classify
from stemmata.rulings import FEATURE, Rulings


def rule_relations(relations: pa.Table, rulings: Rulings) -> pa.Table:
    """Return ``schemas.RELATIONS`` as people decided; the evidence says who did, and what the machine had said."""
    if not rulings.relations:
        return relations
    rows = relations.to_pylist()
    for row in rows:
        one = rulings.relations.get((row["a"], row["b"]))
        if one is None:
            continue
        machine = f"{row['kind']}, {row['confidence']:.2f}"
        said = one.says if one.verb == "confirm" else f"{one.says} (the machine had said: {machine})"
        row["evidence"] = [{"feature": FEATURE, "value": 1.0, "says": said}, *row["evidence"]]
        row["confidence"] = 1.0
        if one.verb == "relabel":
            row["kind"], row["extent"] = one.value, row["extent"] or "partial"
        elif one.verb == "dismiss":
            row["kind"], row["extent"], row["coverage_a"], row["coverage_b"] = "none", None, 0.0, 0.0
    return schemas.RELATIONS.table(rows).replace_schema_metadata(relations.schema.metadata)


def rule_copies(pairs: pa.Table, rulings: Rulings) -> pa.Table:
    """Return ``schemas.PAIRS`` with the copies that people named."""
    if not (rulings.relations or rulings.roots):
        return pairs
    keys = zip(pairs["a"].to_pylist(), pairs["b"].to_pylist(), pairs["copy"].to_pylist(), strict=True)
    copies = pa.array([rulings.copy(a, b) or known for a, b, known in keys], pa.string())
    return pairs.set_column(pairs.column_names.index("copy"), schemas.PAIRS.arrow.field("copy"), copies)


def run_ruled(
    documents: pa.Table,
    rulings: Rulings,
    options: Options,
    engine: Engine,
    *,
    made: Mapping[str, pa.Table],
    clock: Clock,
) -> dict[str, pa.Table]:
    """Run all stages behind the pairs as people decided, and return every table by name.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``.
    made : mapping of str to pyarrow.Table
        Tables whose stages were run before: ``statistics``, ``fingerprints`` and ``pairs`` at least.
    """
    given: dict[str, Any] = {"statistics": made["statistics"], "engine": engine}
    pairs = rule_copies(made["pairs"], rulings)
    with clock.stage("alignments"):
        found = align(documents, pairs, options=options.alignments, **given)
    with clock.stage("relations"):
        named = rule_relations(classify(documents, pairs, found, options=options.relations, **given), rulings)
    docs = set(documents["doc"].to_pylist())
    listed = {"together": rulings.together(), "apart": rulings.apart()}
    ruled = {name: [pair for pair in some if docs.issuperset(pair)] for name, some in listed.items()}
    tables = {**made, "pairs": pairs, "alignments": found, "relations": named}
    return run(documents, options, engine, made=tables, **ruled, clock=clock)


def note_reunited(tables: Mapping[str, pa.Table], rulings: Rulings) -> pa.Table:
    """Return ``schemas.NOTES`` with each pair that was dismissed and is of one family nonetheless, through others."""
    dismissed = sorted(pair for pair, one in rulings.relations.items() if one.verb == "dismiss")
    if not dismissed:
        return tables["notes"]
    families, relations = tables["families"], tables["relations"]
    family = dict(zip(families["doc"].to_pylist(), families["family"].to_pylist(), strict=True))
    related = relations.filter(pc.not_equal(relations["kind"], "none"))
    beside: dict[str, set[str]] = {}
    for a, b in [*zip(related["a"].to_pylist(), related["b"].to_pylist(), strict=True), *rulings.together()]:
        if a in family and family[a] == family.get(b):
            beside.setdefault(a, set()).add(b)
            beside.setdefault(b, set()).add(a)
    notes = tables["notes"].to_pylist()
    for a, b in dismissed:
        if a in family and family[a] == family.get(b):
            what = f"{a} and {b}, dismissed, and still of one family through {_through(a, b, beside)}"
            notes.append({"stage": "families", "what": what, "count": 1})
    return schemas.NOTES.table(notes)


def _through(a: str, b: str, beside: Mapping[str, set[str]]) -> str:
    """Return the documents of a shortest way from one document of a family to another."""
    before, ahead = {a: a}, [a]
    while ahead and b not in before:
        reached = [(one, doc) for doc in ahead for one in sorted(beside.get(doc, ())) if one not in before]
        before |= dict(reversed(reached))
        ahead = [*dict(reached)]
    way = []
    while b in before and (b := before[b]) != a:
        way.append(b)
    return " and ".join(reversed(way)) or "others"
