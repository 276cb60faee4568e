"""What third texts tell: copies of one text that were not made from each other, and copies of a text that is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

from benchmarks import corpora
from benchmarks.corpora import Pair
from benchmarks.measurement import Figures, Table, count
from benchmarks.relating import documents_in, pairs_of
from stemmata.alignments import align
from stemmata.directions import find_directions
from stemmata.relations import classify

Family = tuple[dict[str, str], dict[str, str]]
"""Texts, and the parent of each that has one, by id."""

NAMES = {"spun-news": "spun and edited copies", "raidar": "rewrites and their rewrites", "wikipedia": "page revisions"}


def siblings(every: int = 1) -> tuple[Table, Figures]:
    """Count the pairs that get ``common_source``, and the copies whose source is called lost, though all are there."""
    families: dict[str, list[Family]] = {"spun-news": _spun(), "raidar": _trees(), "wikipedia": _revisions()}
    figures: Figures = {}
    rows = []
    for name, some in families.items():
        met = _judge(some[::every])
        for part in ("siblings", "in line"):
            figures[f"{name} {part} common_source"] = met[f"{part} common_source"] / (met[part] or 1)
        figures[f"{name} lost"] = met["lost"] / (met["copy"] or 1)
        cells = (("siblings common_source", "siblings"), ("in line common_source", "in line"), ("lost", "copy"))
        rows.append((NAMES[name], *(f"{count(met[some])} of {count(met[of])}" for some, of in cells)))
    return (
        Table(
            header=("families of", "siblings", "one derived from the other", "source called lost, of copies"),
            rows=tuple(rows),
            caption="Whole families in which no text is lost, with their third texts (spun-news, RAIDAR, "
            "wikipedia-versions): pairs with the verdict `common_source`, and copies whose source is said to be lost "
            "because they depart from it together with a third text",
        ),
        figures,
    )


def _judge(families: list[Family]) -> Counter[str]:
    texts = {doc: text for held, _ in families for doc, text in held.items()}
    parents = {doc: parent for _, above in families for doc, parent in above.items()}
    pairs = [Pair(*two, "") for held, _ in families for two in combinations(held, 2) if len({held[d] for d in two}) > 1]
    documents, table = documents_in(texts, pairs), pairs_of(pairs)
    alignments = align(documents, table)
    relations = classify(documents, table, alignments)
    met: Counter[str] = Counter()
    for row in find_directions(documents, table, alignments, relations).to_pylist():
        in_line = row["a"] in _line(row["b"], parents) or row["b"] in _line(row["a"], parents)
        part = "in line" if in_line else "siblings"
        met[part] += 1
        met[f"{part} common_source"] += row["verdict"] == "common_source"
        met["copy"] += row["verdict"] == "copy"
        met["lost"] += row["verdict"] == "copy" and any(
            "departs from the source together" in each["reason"] for each in row["evidence"]
        )
    return met


def _line(doc: str, parents: dict[str, str]) -> Iterator[str]:
    while doc in parents:
        doc = parents[doc]
        yield doc


def _spun() -> list[Family]:
    rows = {row["id"]: row for row in corpora.spun_rows()}
    families: dict[str, Family] = {}
    for row in rows.values():
        if row["source_id"]:
            source = row["source_id"]
            texts, parents = families.setdefault(source, ({source: rows[source]["text"]}, {}))
            texts[row["id"]], parents[row["id"]] = row["text"], source
    return list(families.values())


def _trees() -> list[Family]:
    """Return the trees that hold a rewrite of a rewrite: that, what it was made from, and as many others."""
    families: dict[str, list[dict[str, str]]] = {}
    for row in corpora.read_jsonl(corpora.DATA / "raidar-rewrite-trees" / "trees.jsonl.zst"):
        families.setdefault(row["family"], []).append(row)
    found = []
    for rows in families.values():
        deep = [row for row in rows if int(row["depth"]) == 2]
        if deep:
            above = {row["parent"] for row in deep}
            first = [row for row in rows if int(row["depth"]) == 1]
            others = [row for row in first if row["id"] not in above][: len(deep)]
            kept = [*(row for row in rows if int(row["depth"]) == 0 or row["id"] in above), *others, *deep]
            name = deep[0]["family"]
            parents = {f"{name}/{row['id']}": f"{name}/{row['parent']}" for row in kept if int(row["depth"])}
            found.append(({f"{name}/{row['id']}": row["text"] for row in kept}, parents))
    return found


def _revisions() -> list[Family]:
    families: dict[str, dict[int, str]] = {}
    for row in corpora.read_jsonl(corpora.DATA / "wikipedia-versions" / "versions.jsonl.zst"):
        families.setdefault(row["family"], {})[row["version"]] = row["text"]
    found = []
    for name, versions in families.items():
        line = sorted(versions)
        parents = {f"{name}/{later}": f"{name}/{earlier}" for earlier, later in pairwise(line)}
        found.append(({f"{name}/{n}": versions[n] for n in line}, parents))
    return found
