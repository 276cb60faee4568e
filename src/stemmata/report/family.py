"""A family as its page shows it: its members in the order of the tree, and what each edge changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from stemmata.report.carried import Alteration, Carried
from stemmata.report.finding import Change, Row
from stemmata.report.findings import Findings

if TYPE_CHECKING:
    from stemmata.tracing import Trace

_DATES = ("published", "not_before", "first_seen", "modified")  # the first that is known
_NO_DOCUMENT: Row = dict.fromkeys(("title", "site", "language", "media_type", *_DATES))


@dataclass(frozen=True, kw_only=True)
class Member:
    """A document of a family, or a copy that the tree needs and the pile lacks.

    Parameters
    ----------
    at : str
        Its anchor on the page.
    row : mapping
        Its row of the table of documents, all null for a lost copy.
    parent, role, confidence, others
        Its place in the tree.
    exact_of : str, optional
        The member with the same text.
    """

    doc: str
    at: str
    row: Row
    parent: str | None
    role: str
    confidence: float
    others: tuple[str, ...] = ()
    exact_of: str | None = None

    @property
    def lost(self) -> bool:
        """Whether it is not in the pile."""
        return self.role == "lost"

    @property
    def date(self) -> datetime | None:
        """The date that it gives, or that is known of it."""
        return dated(self.row)


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A copy and its source; or two members that are related, where no direction could be told.

    Parameters
    ----------
    at : str
        The prefix of its anchors on the page.
    source, copy : Member
        The parent and the child.
    base : Member
        The text with which the copy is compared: the source, or the root where the source is lost.
    oriented : bool
        Whether the tree says that the one derives from the other.
    relation : mapping, optional
        The row of relations; None where the two were never compared.
    changes : tuple of Alteration
        Matters of fact that the copy introduced, the gravest first.
    wording : tuple of Change
        Its other wording.
    aligned : bool
        Whether passages of base and copy are known, so that they can be read side by side.
    """

    at: str
    source: Member
    copy: Member
    base: Member
    oriented: bool
    relation: Row | None
    changes: tuple[Alteration, ...]
    wording: tuple[Change, ...]
    aligned: bool

    @property
    def kind(self) -> str:
        """The kind of reuse; empty where it is not known."""
        if self.relation is None:
            return "verbatim" if self.copy.exact_of and not self.source.lost else ""
        return str(self.relation["kind"])

    @property
    def extent(self) -> str:
        """Its extent; empty where it is not known."""
        return str((self.relation and self.relation["extent"]) or "")

    def coverage(self, doc: str) -> float | None:
        """Return the share of the words of one of the two that the other has as well; None where it is not known."""
        if self.relation is None:
            return None
        return float(self.relation["coverage_a" if self.relation["a"] == doc else "coverage_b"])

    @property
    def known(self) -> bool:
        """Whether what was altered is known: that the two texts were laid beside each other, or are the same."""
        return self.aligned or bool(self.relation) or (self.copy.exact_of is not None and not self.base.lost)

    @property
    def siblings(self) -> bool:
        """Whether the tree says that both derive from one lost copy."""
        return not self.oriented and self.source.parent is not None and self.source.parent == self.copy.parent

    @property
    def severity(self) -> float:
        """The severity of the gravest change, 0 where there is none."""
        return max((altered.change.severity for altered in self.changes), default=0.0)


@dataclass(frozen=True, kw_only=True)
class Family:
    """A family; its edges stand in the order of the tree, then those that no tree directs."""

    number: int
    members: tuple[Member, ...]
    edges: tuple[Edge, ...]
    keeper: Member

    @property
    def at(self) -> str:
        """Its anchor on the page."""
        return f"family{self.number}"

    @cached_property
    def documents(self) -> list[Member]:
        """The members that are in the pile."""
        return [member for member in self.members if not member.lost]

    @cached_property
    def roots(self) -> list[Member]:
        """The members that derive from no other."""
        return [member for member in self.members if member.parent is None]

    @property
    def original(self) -> Member | None:
        """The document from which all others derive; None where it could not be told or is lost."""
        return self.roots[0] if self.roots[0].role == "original" else None

    @property
    def title(self) -> str:
        """What the family is called: the first headline from the root on, else the name of its longest text."""
        return str(next((m.row["title"] for m in self.members if m.row["title"]), self.keeper.doc))

    @cached_property
    def people(self) -> Mapping[str, Member]:
        """The members by name."""
        return {member.doc: member for member in self.members}

    @cached_property
    def into(self) -> Mapping[str, Edge]:
        """The edge by which each member derives from another."""
        return {edge.copy.doc: edge for edge in self.edges if edge.oriented}

    @cached_property
    def beside(self) -> Mapping[str, Edge]:
        """The closest relation of each member that no tree places."""
        undirected = [edge for edge in reversed(self.edges) if not edge.oriented]
        return {side.doc: edge for edge in undirected for side in (edge.source, edge.copy)}

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """How many copies there are of each kind, the commonest first.

        Of members that no tree places, all but one count by their closest relation.
        """
        copies = [edge.kind for edge in self.into.values()]
        loose = [self.beside[m.doc].kind for m in self.members if m.doc in self.beside][1:]
        counts = Counter(filter(None, copies + loose))
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    @property
    def gravest(self) -> tuple[Edge, Alteration] | None:
        """The gravest change of fact, with the edge on which it entered."""
        every = ((edge, altered) for edge in self.edges for altered in edge.changes)
        return max(every, key=lambda one: one[1].change.severity, default=None)

    def distinct(self, column: str) -> list[str]:
        """Return the values of a column of its documents, sorted."""
        return sorted({str(member.row[column]) for member in self.documents if member.row[column]})

    def told(self, limit: int) -> tuple[list[Edge], list[Edge]]:
        """Return the edges with matters of fact, and those with other wording only, in the order of the tree.

        Of more than ``limit`` edges of a sort the gravest, and those with most changes, are taken.
        """
        factual = [edge for edge in self.edges if edge.changes]
        worded = [edge for edge in self.edges if edge.wording and not edge.changes]
        first = sorted(factual, key=lambda edge: (-edge.severity, -len(edge.changes)))[:limit]
        most = sorted(worded, key=lambda edge: -len(edge.wording))[:limit]
        at = {edge.at for edge in (*first, *most)}
        return [edge for edge in factual if edge.at in at], [edge for edge in worded if edge.at in at]

    @property
    def dates(self) -> list[datetime]:
        """The first and the last date; one where they are the same day, none where none is known."""
        dates = sorted(member.date for member in self.documents if member.date)
        return [dates[0], *dates[-1:]] if dates and dates[0].date() != dates[-1].date() else dates[:1]


def dated(row: Row) -> datetime | None:
    """Return the date of a document: when it was published, else what else is known."""
    return next((row[name] for name in _DATES if row.get(name)), None)


def read_families(trace: Trace, findings: Findings, documents: Mapping[str, Row]) -> list[Family]:
    """Return all families, the largest first.

    Parameters
    ----------
    documents : mapping
        The rows of the table of documents, by id, without their texts.
    """
    members: dict[str, list[Row]] = defaultdict(list)
    for row in trace.families.to_pylist():
        members[row["family"]].append(row)
    placed: dict[str, list[Row]] = defaultdict(list)
    for row in trace.stemma.to_pylist():
        placed[row["family"]].append(row)
    found = []
    for number, name in enumerate(sorted(members, key=lambda name: (-len(members[name]), name)), 1):
        rows = placed[name] or [
            {**row, "parent": None, "role": "unresolved", "confidence": 0.0} for row in members[name]
        ]
        found.append(_family(number, members[name], rows, findings, documents))
    return found


def _family(
    number: int, members: Sequence[Row], placed: Sequence[Row], findings: Findings, documents: Mapping[str, Row]
) -> Family:
    at, belongs = f"family{number}", {row["doc"]: row for row in members}
    ordered = _in_tree_order(placed, documents)
    people = {
        row["doc"]: Member(
            doc=row["doc"],
            at=f"{at}-m{place}",
            row=documents.get(row["doc"], _NO_DOCUMENT),
            parent=row["parent"],
            role=row["role"],
            confidence=row["confidence"],
            others=tuple(row.get("other_parents") or ()),
            exact_of=belongs.get(row["doc"], {}).get("exact_of"),
        )
        for place, row in enumerate(ordered, 1)
    }
    carried = Carried(people, findings)
    edges = [
        _edge(f"{at}-e{place}-", people, source, copy, oriented, findings, carried)
        for place, (source, copy, oriented) in enumerate(_joined(people, belongs, findings), 1)
    ]
    keeper = next((row["doc"] for row in members if row["keeper"]), members[0]["doc"])
    return Family(number=number, members=tuple(people.values()), edges=tuple(edges), keeper=people[keeper])


def _in_tree_order(placed: Sequence[Row], documents: Mapping[str, Row]) -> list[Row]:
    """Return each member before those that derive from it; of siblings the earliest first."""

    def age(row: Row) -> tuple[bool, str, str]:
        date = dated(documents.get(row["doc"], {}))
        return date is None, date.isoformat() if date else "", row["doc"]

    known = {row["doc"] for row in placed}
    children: dict[str | None, list[Row]] = defaultdict(list)
    for row in sorted(placed, key=age, reverse=True):
        children[row["parent"] if row["parent"] in known else None].append(row)
    ordered, waiting = [], children[None]
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting += children[row["doc"]]
    return ordered


def _joined(
    people: Mapping[str, Member], belongs: Mapping[str, Row], findings: Findings
) -> Iterator[tuple[str, str, bool]]:
    """Yield the edges of the tree, then the pairs that it leaves open, as source, copy and whether it is directed.

    Open are roots, and copies of a lost text: among them those pairs whose changes were listed, and each one's
    strongest link.
    """
    for doc, member in people.items():
        if member.parent is not None and member.parent in people:
            yield member.parent, doc, True
    tops = [doc for doc, member in people.items() if not member.lost and _top(member, people)]
    for a, b in combinations(sorted(tops), 2):
        linked = b == belongs.get(a, {}).get("via") or a == belongs.get(b, {}).get("via")
        if findings.listed(b, a):
            yield b, a, False
        elif findings.listed(a, b) or linked:
            yield a, b, False


def _top(member: Member, people: Mapping[str, Member]) -> bool:
    """Say whether no document of the pile stands above a member."""
    return member.parent is None or member.parent not in people or people[member.parent].lost


def _edge(
    at: str,
    people: Mapping[str, Member],
    source: str,
    copy: str,
    oriented: bool,
    findings: Findings,
    carried: Carried,
) -> Edge:
    base = carried.base(source)
    found = (
        carried.introduced(base, copy) if oriented else [Alteration(change=c) for c in findings.changes(source, copy)]
    )
    factual = [altered for altered in found if altered.change.factual]
    return Edge(
        at=at,
        source=people[source],
        copy=people[copy],
        base=people[base],
        oriented=oriented,
        relation=None if people[source].lost else findings.relation(source, copy),
        changes=tuple(sorted(factual, key=lambda altered: (-altered.change.severity, altered.change.n))),
        wording=tuple(altered.change for altered in found if not altered.change.factual),
        aligned=not people[base].lost and not people[copy].lost and findings.aligned(base, copy),
    )
