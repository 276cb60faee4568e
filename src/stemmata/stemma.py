"""Stage 8: the family tree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.aligned import read_passages
from stemmata.descent.parents import Evidence, Sources, below_twins, between, choose_parents, find_lost, further_parents
from stemmata.engines import Engine
from stemmata.errors import SchemaError, check_option
from stemmata.sides import known_documents

UNDIRECTED = ("unknown", "contained")
EVEN = 0.5  # that of two equal texts, of which one derives from a third, the other derives from the one
ALIGNED = ("a", "b", "rank", "a_start", "a_end", "b_start", "b_end", "role", "kind", "edits")


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
    relations: pa.Table,  # noqa: ARG001 (the tree asks the passages, of which relations are a summary)
    families: pa.Table,
    directions: pa.Table | None = None,
    *,
    options: StemmaOptions = StemmaOptions(),
    engine: Engine | None = None,  # noqa: ARG001 (families are trees of ids: one place builds them)
) -> pa.Table:
    """Draw the tree of each family from its directed pairs.

    Every member takes the source that explains most of it: of two sources the one that holds its readings where they
    differ, and of equals the one that more members derive from. The parents of a family are chosen together, so that
    no circle arises (Edmonds 1967). Two texts with the verdict ``common_source`` get no edge. Members without a source
    are roots. One root is the ``original``; several are ``unresolved``. A member with the same text as one that has a
    parent, and none itself, stands below that one. Where two copies share sentences that the root lacks, the text from
    which they have them is lost: it stands above them, and may stand above the root, which then is ``unresolved``.

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
    documents = schemas.DOCUMENTS.only("doc", "text").check(documents)
    known_documents(documents, families, "families", ("doc",))
    alignments = schemas.ALIGNMENTS.only(*ALIGNED).check(alignments)
    families = schemas.FAMILIES.only("family", "doc", "exact_of").check(families)
    needed = schemas.DIRECTIONS.only("a", "b", "verdict", "source", "copy", "confidence")
    directed = needed.empty() if directions is None else needed.check(directions)
    evidence = Evidence(read_passages(alignments), documents)
    family_of: dict[str, str] = {}
    members: dict[str, dict[str, str]] = defaultdict(dict)
    for row in families.to_pylist():
        if row["doc"] in family_of:
            raise SchemaError(
                f"{row['doc']!r} is in two families.", where="table 'families', column doc", mend="leave it in one."
            )
        family_of[row["doc"]] = row["family"]
        members[row["family"]][row["doc"]] = row["exact_of"] or row["doc"]
    sources: dict[str, dict[str, float]] = defaultdict(dict)
    undirected: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in directed.to_pylist():
        if row["verdict"] == "copy":
            if row["confidence"] >= options.least_confidence and row["copy"] in family_of:
                sources[row["copy"]][row["source"]] = row["confidence"]
        elif row["verdict"] in UNDIRECTED and row["a"] in family_of and family_of[row["a"]] == family_of.get(row["b"]):
            undirected[family_of[row["a"]]].append((row["a"], row["b"]))
    rows = [
        row for family, texts in members.items() for row in _tree(family, texts, sources, undirected[family], evidence)
    ]
    return schemas.STEMMA.table(rows)


def _tree(
    family: str, texts: dict[str, str], sources: Sources, undirected: list[tuple[str, str]], evidence: Evidence
) -> list[dict[str, Any]]:
    """Return the rows of one family, of whose members ``texts`` tells which are the same."""
    docs = list(texts)
    own = {doc: {source: sure for source, sure in sources.get(doc, {}).items() if source in texts} for doc in docs}
    own = between(own, undirected, evidence)
    parent = choose_parents(own, evidence)
    sure = {doc: own[doc][source] for doc, source in parent.items()}
    for doc, twin in below_twins(texts, parent).items():
        parent[doc], sure[doc] = twin, EVEN
    roots = [doc for doc in docs if doc not in parent]
    resolved = len(roots) == 1 and bool(parent)
    first = sorted(doc for doc, source in parent.items() if source == roots[0])
    lost = find_lost(roots[0], first, evidence) if resolved else None
    role = {doc: "copy" if doc in parent else "original" if resolved else "unresolved" for doc in docs}
    sure |= {root: min(sure[doc] for doc in first) if resolved else 1 / len(roots) for root in roots}
    rows = []
    if lost:
        name = f"lost:{family}/1"
        parent |= dict.fromkeys(lost.copies, name)
        sure |= dict.fromkeys(lost.copies, lost.confidence) | {roots[0]: 1 - lost.confidence}
        role[roots[0]] = "unresolved"
        rows.append({"family": family, "doc": name, "role": "lost", "other_parents": [], "confidence": lost.confidence})
    return rows + [
        {
            "family": family,
            "doc": doc,
            "parent": parent.get(doc),
            "role": role[doc],
            "other_parents": further_parents(doc, parent.get(doc, ""), sources.get(doc, {}), evidence),
            "confidence": sure[doc],
        }
        for doc in docs
    ]
