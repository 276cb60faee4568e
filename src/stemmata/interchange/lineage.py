"""A table of the stemma as a graph: members, and the branches between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SchemaError
from stemmata.genealogy.families import refuse_circles

ELSEWHERE = "elsewhere"  # the role of a text that a member draws on, and that is in no family of the table


@dataclass(frozen=True, kw_only=True)
class Member:
    """A text or a lost copy.

    Parameters
    ----------
    doc, family : str
        Its name, and that of its family; empty where it is in none.
    role : str
        As in the table of the stemma, or ``ELSEWHERE``.
    parent : str
        From which it derives; None at a root.
    others : tuple of str
        Further texts it draws on, in order.
    confidence : float
        Of the branch to its parent, 0 to 1; at a root, of being it; None of one elsewhere.
    title, published : str
        Where known; a time as ISO 8601, the first of ``schemas.DATES``. None where not.
    """

    doc: str
    family: str
    role: str
    parent: str | None = None
    others: tuple[str, ...] = ()
    confidence: float | None = None
    title: str | None = None
    published: str | None = None

    @property
    def lost(self) -> bool:
        """Whether no document is at hand that holds it."""
        return self.role == "lost"


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A line from a text to one that derives from it.

    Parameters
    ----------
    source, copy : str
        The two.
    kind : str
        The kind of reuse; None where the pair has no relation.
    confidence : float
        That the copy derives from it, 0 to 1; None of a second parent.
    second : bool
        Whether the copy only draws on it, and derives from another.
    """

    source: str
    copy: str
    kind: str | None
    confidence: float | None
    second: bool


@dataclass(frozen=True)
class Lineage:
    """All families of a table: members by family and name, then those elsewhere; branches by their copies."""

    members: tuple[Member, ...]
    branches: tuple[Branch, ...]

    @classmethod
    def of(cls, stemma: pa.Table, documents: pa.Table | None = None, relations: pa.Table | None = None) -> Lineage:
        """Read the tables.

        Parameters
        ----------
        stemma : pyarrow.Table
            ``schemas.STEMMA``.
        documents, relations : pyarrow.Table, optional
            Titles and times, and the kinds of branches.

        Raises
        ------
        SchemaError
            A document is in two families, a parent is not in the family, or a text derives from itself.
        """
        known = _documents(documents)
        rows = schemas.STEMMA.check(stemma).to_pylist()
        members = [
            Member(
                doc=row["doc"],
                family=row["family"],
                role=row["role"],
                parent=row["parent"],
                others=tuple(sorted(set(row["other_parents"] or ()) - {row["parent"], row["doc"]})),
                confidence=row["confidence"],
                **known.get(row["doc"], {}),
            )
            for row in rows
        ]
        _refuse_no_trees(members)
        here = {member.doc for member in members}
        far = sorted({other for member in members for other in member.others} - here)
        members += [Member(doc=doc, family="", role=ELSEWHERE, **known.get(doc, {})) for doc in far]
        kinds = _kinds(relations)
        branches = []
        for member in members:
            ends = [(member.parent, member.confidence, False)] if member.parent is not None else []
            for source, confidence, second in [*ends, *((other, None, True) for other in member.others)]:
                pair = (min(source, member.doc), max(source, member.doc))
                branch = Branch(
                    source=source, copy=member.doc, kind=kinds.get(pair), confidence=confidence, second=second
                )
                branches.append(branch)
        return cls(tuple(members), tuple(branches))

    @cached_property
    def families(self) -> dict[str, list[Member]]:
        """The members of each family."""
        families: dict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            if member.role != ELSEWHERE:
                families[member.family].append(member)
        return dict(families)

    @cached_property
    def children(self) -> dict[str, list[Member]]:
        """What derives from each member."""
        children: dict[str, list[Member]] = defaultdict(list)
        for member in self.members:
            if member.parent is not None:
                children[member.parent].append(member)
        return dict(children)


def _documents(documents: pa.Table | None) -> Mapping[str, dict[str, Any]]:
    if documents is None:
        return {}
    table = schemas.DOCUMENTS.only("doc", "title", "published").check(documents)
    times = table["published"].to_pylist()
    return {
        doc: {"title": title, "published": time and time.isoformat()}
        for doc, title, time in zip(table["doc"].to_pylist(), table["title"].to_pylist(), times, strict=True)
    }


def _kinds(relations: pa.Table | None) -> Mapping[tuple[str, str], str]:
    if relations is None:
        return {}
    table = schemas.RELATIONS.only("a", "b", "kind").check(relations)
    return {(row["a"], row["b"]): row["kind"] for row in table.to_pylist() if row["kind"] != "none"}


def _refuse_no_trees(members: Sequence[Member]) -> None:
    where = "table 'stemma', columns doc and parent"
    family_of: dict[str, str] = {}
    for member in members:
        if family_of.setdefault(member.doc, member.family) != member.family:
            raise SchemaError(f"{member.doc!r} is in two families.", where=where, mend="leave it in one.")
    parents = {member.doc: member.parent for member in members}
    for member in members:
        if member.parent is not None and family_of.get(member.parent) != member.family:
            raise SchemaError(
                f"{member.parent!r}, from which {member.doc!r} derives, is not in its family.",
                where=where,
                mend="give it a row of its own there.",
            )
    refuse_circles(parents)
