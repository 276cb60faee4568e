"""Stage 6: the groups of documents that derive from one another."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stemmata import schemas
from stemmata.engines import Engine
from stemmata.errors import check_option
from stemmata.kernels.components import components

JOINING = ("verbatim", "edited", "spun", "paraphrased", "summarised")


@dataclass(frozen=True, kw_only=True)
class FamilyOptions:
    """Which relations join two documents.

    Parameters
    ----------
    least_coverage : float
        Share of one text that must be reused for a relation of extent ``partial`` to join, 0 to 1.
    """

    least_coverage: float = 0.5

    def __post_init__(self) -> None:
        check_option(self, "least_coverage", 0, 1)


def group_families(
    relations: pa.Table,
    documents: pa.Table | None = None,
    *,
    options: FamilyOptions = FamilyOptions(),
    engine: Engine | None = None,  # noqa: ARG001 (relations are small: one place joins them)
) -> pa.Table:
    """Group documents that are joined by relations of reuse.

    Parameters
    ----------
    relations : pyarrow.Table
        ``schemas.RELATIONS``.
    documents : pyarrow.Table, optional
        ``schemas.DOCUMENTS``: names families by content, finds exact copies and the longest member. Without
        it families are named by the ids of their members, and the smallest id is kept.

    Returns
    -------
    pyarrow.Table
        ``schemas.FAMILIES``; documents without a relation of reuse are in no family.
    """
    rows = [row for row in schemas.RELATIONS.check(relations).to_pylist() if _joins(row, options.least_coverage)]
    docs = sorted({row[side] for row in rows for side in ("a", "b")})
    code = {doc: k for k, doc in enumerate(docs)}
    left, right = (np.array([code[row[side]] for row in rows], np.int64) for side in ("a", "b"))
    members: dict[int, list[str]] = defaultdict(list)
    for doc, root in zip(docs, components(len(docs), left, right), strict=True):
        members[int(root)].append(doc)
    known = _known(documents, docs)
    via = _strongest(rows)
    found = []
    for family in members.values():
        name = min(known[doc].sha256 for doc in family)[:16]
        keeper = min(family, key=lambda doc: (-known[doc].length, doc))
        for doc in family:
            twin = next((other for other in family if known[other].text == known[doc].text), doc)
            link, weight = via[doc]
            found.append(
                {
                    "family": name,
                    "doc": doc,
                    "size": len(family),
                    "exact_of": twin if documents is not None and twin != doc else None,
                    "via": link,
                    "weight": weight,
                    "keeper": doc == keeper,
                    "reason": _reason(doc, keeper, documents is not None),
                }
            )
    return schemas.FAMILIES.table(found)


@dataclass(frozen=True)
class _Known:
    sha256: str
    text: str
    length: int


def _known(documents: pa.Table | None, docs: list[str]) -> dict[str, _Known]:
    if documents is None:
        return {doc: _Known(hashlib.sha256(doc.encode()).hexdigest(), doc, 0) for doc in docs}
    columns = schemas.DOCUMENTS.only("doc", "sha256", "text").check(documents)
    return {
        row["doc"]: _Known(row["sha256"], hashlib.sha256(row["text"].encode()).hexdigest(), len(row["text"]))
        for batch in columns.to_batches(1024)
        for row in batch.to_pylist()
    }


def _joins(row: dict[str, object], least: float) -> bool:
    if row["kind"] not in JOINING:
        return False
    return row["extent"] in ("whole", "excerpt") or _strength(row) >= least


def _strength(row: dict[str, object]) -> float:
    """Return the share of the text that is reused more fully."""
    return max(float(str(row["coverage_a"])), float(str(row["coverage_b"])))


def _strongest(rows: list[dict[str, object]]) -> dict[str, tuple[str, float]]:
    """Return each document's strongest link; of equals the one to the smaller id."""
    best: dict[str, tuple[str, float]] = {}
    for row in rows:
        for doc, other in ((row["a"], row["b"]), (row["b"], row["a"])):
            one, two = str(doc), str(other)
            link = (two, _strength(row))
            if one not in best or (-link[1], link[0]) < (-best[one][1], best[one][0]):
                best[one] = link
    return best


def _reason(doc: str, keeper: str, by_length: bool) -> str:
    if doc != keeper:
        return f"the family is kept as {keeper}"
    return "the longest text of the family" if by_length else "the smallest id of the family"
