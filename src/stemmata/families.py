"""Stage 6: the groups of documents that derive from one another."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.descent.weaklinks import Link, mixing_links
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import check_option
from stemmata.kernels.components import components
from stemmata.sides import known_documents
from stemmata.twins import first_alike

MIXED = "links of texts that mix two families to the one that they take less from"
PARTED = "links that would join documents of which it is known that they are of two families"
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
    together: Sequence[tuple[str, str]] = (),
    apart: Sequence[tuple[str, str]] = (),
    options: FamilyOptions = FamilyOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Group documents that are joined by relations of reuse.

    The links of a text that mixes two groups are followed to the one that it takes most from; how many were not
    followed is noted.

    Parameters
    ----------
    relations : pyarrow.Table
        ``schemas.RELATIONS``.
    documents : pyarrow.Table, optional
        ``schemas.DOCUMENTS``: names families by content, finds exact copies and the longest member, and tells by
        dates what was put together from what. Without it families are named by the ids of their members, and the
        smallest id is kept.
    together, apart : sequence of pairs of str, optional
        Documents that somebody knows to be of one family, or not to be; each pair in order. Of links that would bring
        two together that are not, the weakest is not followed; who is to be together is, whatever the others say.

    Returns
    -------
    pyarrow.Table
        ``schemas.FAMILIES``; documents without a relation of reuse are in no family.
    """
    needed = schemas.RELATIONS.only("a", "b", "kind", "extent", "coverage_a", "coverage_b")
    rows = [row for row in needed.check(relations).to_pylist() if _joins(row, options.least_coverage)]
    told = [{"a": a, "b": b, "coverage_a": 1.0, "coverage_b": 1.0, "extent": "whole"} for a, b in together]
    known_pairs = {*together, *apart}
    rows = [row for row in rows if (row["a"], row["b"]) not in known_pairs]
    if documents is not None:
        known_documents(documents, schemas.RELATIONS.only("a", "b").table(rows), "relations")
    known = _known(
        documents, sorted({row[side] for row in rows + told for side in ("a", "b")}), engine or LocalEngine()
    )
    links = [Link(row["a"], row["b"], row["coverage_a"], row["coverage_b"], row["extent"] == "whole") for row in rows]
    mixing = mixing_links(links, {doc: facts.date for doc, facts in known.items()})
    rows = [row for row in rows if (row["a"], row["b"]) not in mixing] + told
    rows, parted = _parted(rows, len(told), apart)
    docs = sorted({row[side] for row in rows for side in ("a", "b")})
    code = {doc: k for k, doc in enumerate(docs)}
    left, right = (np.array([code[row[side]] for row in rows], np.int64) for side in ("a", "b"))
    members: dict[int, list[str]] = defaultdict(list)
    for doc, root in zip(docs, components(len(docs), left, right), strict=True):
        members[int(root)].append(doc)
    via = _strongest(rows)
    found = []
    for family in members.values():
        name = min(known[doc].sha256 for doc in family)[:16]
        keeper = min(family, key=lambda doc: (-known[doc].length, doc))
        twins: dict[int, str] = {}
        for doc in family:  # in the order of ids
            twin = twins.setdefault(known[doc].text, doc)
            link, weight = via[doc]
            found.append(
                {
                    "family": name,
                    "doc": doc,
                    "size": len(family),
                    "exact_of": None if twin == doc else twin,
                    "via": link,
                    "weight": weight,
                    "keeper": doc == keeper,
                    "reason": _reason(doc, keeper, documents is not None),
                }
            )
    noted = {MIXED: len(mixing), PARTED: parted}
    notes = [{"stage": "families", "what": what, "count": count} for what, count in noted.items()]
    return schemas.remark(schemas.FAMILIES.table(found), notes=notes)


def _parted(
    rows: list[dict[str, Any]], told: int, apart: Sequence[tuple[str, str]]
) -> tuple[list[dict[str, Any]], int]:
    """Return the links that keep some documents apart, and how many others there were; the last so many are given.

    As in single linkage, the strongest link is followed first, and one that would join two that are apart never.
    """
    if not apart:
        return rows, 0
    group = {str(row[side]): {str(row[side])} for row in rows for side in ("a", "b")}
    given = {id(row) for row in rows[len(rows) - told :]}
    followed = []
    for row in sorted(rows, key=lambda row: (id(row) not in given, -_strength(row), str(row["a"]), str(row["b"]))):
        one, other = group[str(row["a"])], group[str(row["b"])]
        if id(row) not in given and any((a in one and b in other) or (a in other and b in one) for a, b in apart):
            continue
        followed.append(row)
        if one is not other:
            one |= other
            group |= dict.fromkeys(other, one)
    return followed, len(rows) - len(followed)


class _Known(NamedTuple):
    """What a family asks of a member: the digest of its bytes, which text it holds, its length, and how old it is."""

    sha256: str
    text: int
    length: int
    date: datetime | None


def _known(documents: pa.Table | None, docs: list[str], engine: Engine) -> dict[str, _Known]:
    if documents is None:
        return {doc: _Known(hashlib.sha256(doc.encode()).hexdigest(), k, 0, None) for k, doc in enumerate(docs)}
    documents = schemas.DOCUMENTS.only("doc", "sha256", "text", *schemas.DATES).check(documents)
    documents = documents.filter(pc.is_in(documents.column("doc"), pa.array(docs, pa.string())))
    columns = (
        documents.column("doc"),
        documents.column("sha256"),
        pa.array(first_alike(documents, engine)),
        pc.utf8_length(documents.column("text")),
        schemas.dated(documents),
    )
    rows = zip(*(column.to_pylist() for column in columns), strict=True)
    return {row[0]: _Known(*row[1:]) for row in rows}


def _joins(row: dict[str, object], least: float) -> bool:
    if row["kind"] not in JOINING:
        return False
    return row["extent"] in ("whole", "excerpt") or _strength(row) >= least


def _strength(row: dict[str, object]) -> float:
    """Return the share of the text that is reused more fully."""
    return max(float(str(row["coverage_a"])), float(str(row["coverage_b"])))


def _strongest(rows: list[dict[str, Any]]) -> dict[str, tuple[str, float]]:
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
