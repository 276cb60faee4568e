"""Stage 8: the family tree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.engines import Engine
from stemmata.errors import SchemaError, check_option


@dataclass(frozen=True, kw_only=True)
class StemmaOptions:
    """Which directions may become edges.

    Parameters
    ----------
    least_confidence : float
        Confidence that a direction needs to be an edge of the tree, 0.5 to 1.
    """

    least_confidence: float = 0.65

    def __post_init__(self) -> None:
        check_option(self, "least_confidence", 0.5, 1)


def build_stemma(
    documents: pa.Table,
    alignments: pa.Table,
    relations: pa.Table,
    families: pa.Table,
    directions: pa.Table | None = None,
    *,
    options: StemmaOptions = StemmaOptions(),
    engine: Engine | None = None,  # noqa: ARG001 (families are trees of ids: one place builds them)
) -> pa.Table:
    """Draw the tree of each family from its directed pairs.

    Every member takes the source with which it shares most, as long as no circle arises; members without a
    source are roots. One root is the ``original``; several, or none that a direction speaks for, are
    ``unresolved``.

    Parameters
    ----------
    documents, alignments, relations, families, directions : pyarrow.Table
        As the stages before leave them. Without ``directions`` every member is ``unresolved``.

    Returns
    -------
    pyarrow.Table
        ``schemas.STEMMA``.

    Raises
    ------
    SchemaError
        A family names a document that is not there.
    """
    known = set(schemas.DOCUMENTS.only("doc").check(documents).column("doc").to_pylist())
    strangers = sorted(set(families.column("doc").to_pylist()) - known)
    if strangers:
        raise SchemaError(
            f"the families name a document {strangers[0]!r} that is not there.",
            where="table 'families', column doc",
            mend="give the document, or leave its family out.",
        )
    relations = schemas.RELATIONS.only("a", "b", "coverage_a", "coverage_b").check(relations)
    alignments = schemas.ALIGNMENTS.only("a", "b", "matched").check(alignments)
    families = schemas.FAMILIES.only("family", "doc").check(families)
    needed = schemas.DIRECTIONS.only("a", "b", "verdict", "source", "copy", "confidence")
    directed = needed.empty() if directions is None else needed.check(directions)
    strength = {(r["a"], r["b"]): max(r["coverage_a"], r["coverage_b"]) for r in relations.to_pylist()}
    identity: dict[tuple[str, str], int] = defaultdict(int)
    for row in alignments.to_pylist():
        identity[row["a"], row["b"]] += row["matched"]
    family_of = {row["doc"]: row["family"] for row in families.to_pylist()}
    edges = [
        (-strength.get(key, 0.0), -identity[key], row["copy"], row["source"], row["confidence"])
        for row in directed.to_pylist()
        for key in [(row["a"], row["b"])]
        if row["verdict"] == "copy" and row["confidence"] >= options.least_confidence
        if row["copy"] in family_of and family_of[row["copy"]] == family_of.get(row["source"])
    ]
    parent: dict[str, str] = {}
    others: dict[str, list[str]] = defaultdict(list)
    sure: dict[str, float] = {}
    for _, _, copy, source, confidence in sorted(edges):
        if copy in parent:
            others[copy].append(source)
        elif copy not in _ancestors(source, parent):
            parent[copy], sure[copy] = source, confidence
    return schemas.STEMMA.table(_rows(family_of, parent, others, sure))


def _ancestors(doc: str, parent: dict[str, str]) -> list[str]:
    line = [doc]
    while line[-1] in parent:
        line.append(parent[line[-1]])
    return line


def _rows(
    family_of: dict[str, str], parent: dict[str, str], others: dict[str, list[str]], sure: dict[str, float]
) -> list[dict[str, Any]]:
    members: dict[str, list[str]] = defaultdict(list)
    for doc, family in family_of.items():
        members[family].append(doc)
    children: dict[str, list[str]] = defaultdict(list)
    for copy, source in parent.items():
        children[source].append(copy)
    rows = []
    for family, docs in members.items():
        roots = [doc for doc in docs if doc not in parent]
        resolved = len(roots) == 1 and len(docs) > 1
        for doc in docs:
            root = doc not in parent
            rows.append(
                {
                    "family": family,
                    "doc": doc,
                    "parent": parent.get(doc),
                    "role": "copy" if not root else "original" if resolved else "unresolved",
                    "other_parents": sorted(set(others[doc]) - set(_ancestors(doc, parent))),
                    "confidence": _root(doc, children, sure, resolved, len(roots)) if root else sure[doc],
                }
            )
    return rows


def _root(doc: str, children: dict[str, list[str]], sure: dict[str, float], resolved: bool, roots: int) -> float:
    """Return how sure a root is: its weakest first edge; of several roots each has its share."""
    return min(sure[child] for child in children[doc]) if resolved else 1 / roots
